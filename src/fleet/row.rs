//! One row to one tracker, with every problem it has and not only the first.
//! It looks at no other row; `duplicates.rs` does.

use std::collections::HashMap;

use csv::StringRecord;

use super::cell::{Cell, Trimmed};
use super::cells::{Cells, bare_cell, set_cell};
use super::check::Options;
use super::columns::Column;
use super::layout::Layout;
use super::problem::{Fault, Problem, Severity};
use super::report::Report;
use super::text::{device_id, one_line, sim_id};
use crate::apn::Auto;
use crate::tracker::{By, Directory, Host, Iccid, Imei, Phone, ServerError, Settings, Told, Tracker};

/// Makes trackers of rows; keeps what the last rows said, since most rows say the same.
pub(super) struct Builder<'a> {
    cells: Cells<'a>,
    options: &'a Options<'a>,
    profiles: HashMap<String, Result<String, String>>,
    server: Option<Resolved>,
}

/// A server value that was understood, for the next row that says the same.
struct Resolved {
    text: String,
    by: Option<By>,
    takes: Vec<By>,
    host: Host,
    port: u16,
    near: Option<String>,
}

/// The settings whose cells go to `Settings::set` as they are.
const PLAIN: [Column; 8] = [
    Column::Apn,
    Column::ApnUser,
    Column::ApnPassword,
    Column::Login,
    Column::Password,
    Column::Transport,
    Column::Interval,
    Column::Timezone,
];

impl<'a> Builder<'a> {
    /// A builder for one sheet.
    pub(super) fn new(layout: Layout, options: &'a Options<'a>) -> Self {
        let cells = Cells { layout, defaults: &options.defaults };
        Self { cells, options, profiles: HashMap::new(), server: None }
    }

    /// The tracker of a row. What could not be read is left out of it and reported.
    pub(super) fn build(&mut self, record: &StringRecord, out: &mut Report<'_>) -> Tracker {
        let mut tracker = self.identified(record, out);
        let mut auto = None;
        for column in PLAIN {
            if let Some(cell) = self.cells.take(record, column, out) {
                if column == Column::Apn && Auto::read(cell.text).is_some() {
                    auto = Some(cell);
                    continue;
                }
                set(&mut tracker.settings, column.name(), column.name(), cell, out);
            }
        }
        if let Some(cell) = auto {
            self.auto(cell, &mut tracker, out);
        }
        self.server(record, &mut tracker, out);
        self.others(record, &mut tracker, out);
        tracker
    }

    /// The access point of the row's SIM card. A user or password that the row gives counts before those it comes with.
    fn auto(&self, cell: Cell<'_>, tracker: &mut Tracker, out: &mut Report<'_>) {
        let column = Column::Apn.name();
        // A wrong IMSI was told, and what follows from it need not be; defaults on their own have no SIM card.
        let (Some(find), Some(auto)) = (self.options.auto, Auto::read(cell.text)) else { return };
        if out.header_is_wrong || out.is_faulty(Column::Imsi.name()) {
            return;
        }
        let found = find(auto, tracker).and_then(|access| {
            let own = tracker.settings.apn_user.is_some() || tracker.settings.apn_password.is_some();
            access.set(&mut tracker.settings, !own).map_err(|error| Fault {
                setting: None,
                severity: Severity::Error,
                rule: error.rule(),
                message: error.to_string(),
                fix: error.fix(),
            })
        });
        if let Err(Fault { severity, rule, message, fix, .. }) = found {
            let problem = Problem { severity, fix, ..Problem::error(out.line, rule, message) };
            out.push(problem.at(column, cell.text));
        }
    }

    /// A tracker with nothing but its name, its profile and what tells it from others.
    pub(super) fn identified(&mut self, record: &StringRecord, out: &mut Report<'_>) -> Tracker {
        let mut tracker = Tracker { line: Some(out.line), ..Tracker::default() };
        if let Some(cell) = self.cells.take(record, Column::Name, out) {
            tracker.name = one_line(Column::Name.name(), cell, out).unwrap_or_default();
        }
        tracker.profile = self.profile(record, out).unwrap_or_default();
        let country = self.options.country;
        tracker.imei = self.parsed(record, Column::Imei, out, str::parse::<Imei>);
        if let Some((place, imei)) = tracker.imei.and_then(|imei| Some((imei.is_example()?, imei))) {
            out.push(example(out.line, place).at(Column::Imei.name(), imei.as_str()));
        }
        tracker.device_id = self.parsed(record, Column::DeviceId, out, device_id);
        tracker.phone = self.parsed(record, Column::Phone, out, |text| Phone::parse(text, country));
        tracker.iccid = self.iccid(record, out);
        tracker.sim_id = self.parsed(record, Column::SimId, out, sim_id);
        tracker.imsi = self.parsed(record, Column::Imsi, out, str::parse);
        if tracker.key().is_none() && out.errors == 0 && !out.header_is_wrong {
            out.push(no_identity(out.line));
        }
        tracker
    }

    /// Which column holds what.
    pub(super) fn layout(&self) -> &Layout {
        &self.cells.layout
    }

    /// Reports what somebody else found wrong with the tracker of a row, with the column it is about. What concerns
    /// a column with an error of its own is left out: it follows from that.
    pub(super) fn join(&self, record: &StringRecord, faults: Vec<Fault>, out: &mut Report<'_>) {
        let placed =
            faults.into_iter().map(|fault| (self.cells.place(record, fault.setting.as_deref()), fault));
        let new: Vec<_> = placed.filter(|((column, _), _)| !out.is_faulty(column)).collect();
        for ((column, text), fault) in new {
            let Fault { severity, rule, message, fix, .. } = fault;
            let problem = Problem { severity, fix, ..Problem::error(out.line, rule, message) };
            out.push(if column.is_empty() { problem } else { problem.at(column, text) });
        }
    }

    /// A cell through its parser.
    fn parsed<T, E: Told>(
        &self,
        record: &StringRecord,
        column: Column,
        out: &mut Report<'_>,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        let cell = self.cells.take(record, column, out)?;
        parse(cell.text).map_err(|error| out.told(Severity::Error, column.name(), cell, &error)).ok()
    }

    /// The profile's id, through whoever knows the profiles.
    fn profile(&mut self, record: &StringRecord, out: &mut Report<'_>) -> Option<String> {
        let column = Column::Profile.name();
        let Some(cell) = self.cells.take(record, Column::Profile, out) else {
            // Without the column the header has been reported already.
            if self.cells.layout.index(Column::Profile).is_some() {
                out.push(no_profile(out.line).at(column, ""));
            }
            return None;
        };
        if !self.profiles.contains_key(cell.text) {
            self.profiles.insert(cell.text.to_owned(), (self.options.profiles)(cell.text));
        }
        match self.profiles.get(cell.text)? {
            Ok(id) => Some(id.clone()),
            Err(message) => {
                let problem = Problem::error(out.line, "profile-unknown", message.clone());
                out.push(
                    problem
                        .fix("a profile's id or model, `homing profile list` shows them")
                        .at(column, cell.text),
                );
                None
            }
        }
    }

    /// The SIM card's number, with what may be wrong about it.
    fn iccid(&self, record: &StringRecord, out: &mut Report<'_>) -> Option<Iccid> {
        let cell = self.cells.take(record, Column::Iccid, out)?;
        match Iccid::parse(cell.text) {
            Ok((iccid, warning)) => {
                if let Some(warning) = warning {
                    out.told(Severity::Warning, Column::Iccid.name(), cell, &warning);
                }
                Some(iccid)
            }
            Err(error) => {
                out.told(Severity::Error, Column::Iccid.name(), cell, &error);
                None
            }
        }
    }

    /// The server, by its two columns.
    fn server(&mut self, record: &StringRecord, tracker: &mut Tracker, out: &mut Report<'_>) {
        let takes = (self.options.takes)(&tracker.profile);
        let settings = &mut tracker.settings;
        let by = self.cells.take(record, Column::By, out);
        let parsed = by.map(|cell| cell.text.parse::<By>().map_err(|error| (cell, error))).transpose();
        let mut wanted = match parsed {
            Ok(wanted) => wanted,
            Err((cell, error)) => {
                out.told(Severity::Error, Column::By.name(), cell, &error);
                None
            }
        };
        let named = Cell { text: Directory::DEFAULT, default: true, trimmed: Trimmed::Nothing };
        let Some(cell) = self.cells.take(record, Column::Server, out).or(by.map(|_| named)) else { return };
        // A default `by` is meant for named servers; it does not contradict a host or an address of a row.
        if by.is_some_and(|by| by.default) && !cell.default && self.options.directory.get(cell.text).is_none()
        {
            wanted = None;
        }
        if let Some(known) = self
            .server
            .as_ref()
            .filter(|known| known.text == cell.text && known.by == wanted && known.takes == takes)
        {
            return known.apply(settings, out);
        }
        match resolve(self.options.directory, cell.text, wanted, takes) {
            Ok(resolved) => {
                resolved.apply(settings, out);
                self.server = Some(resolved);
            }
            Err(error) => {
                // What contradicts `by` stands in its cell.
                let contradiction = by.filter(|by| error.rule() == "by-against-server" && !by.default);
                let (column, cell) = contradiction.map_or((Column::Server, cell), |by| (Column::By, by));
                out.told(Severity::Error, column.name(), cell, &error);
            }
        }
    }

    /// Settings that only profiles know, notes, and columns that nobody knows.
    fn others(&self, record: &StringRecord, tracker: &mut Tracker, out: &mut Report<'_>) {
        for column in &self.cells.layout.set {
            if let Some(cell) = set_cell(column, record) {
                out.trimmed(&column.column, cell);
                set(&mut tracker.settings, &column.setting, &column.column, cell, out);
            }
        }
        if let Some(cell) = self.cells.take(record, Column::Notes, out) {
            tracker.notes = one_line(Column::Notes.name(), cell, out);
        }
        let lab = self.cells.take(record, Column::Lab, out);
        if lab.is_some() || self.cells.layout.index(Column::Lab).is_some() {
            let text = lab.and_then(|cell| one_line(Column::Lab.name(), cell, out));
            tracker.extra.push((Column::Lab.name().to_owned(), text.unwrap_or_default()));
        }
        // Every column for every row, an empty one too: who writes them into columns again counts on it.
        for (index, header) in &self.cells.layout.extra {
            let text = bare_cell(record, *index).and_then(|cell| one_line(header, cell, out));
            tracker.extra.push((header.clone(), text.unwrap_or_default()));
        }
        for index in &self.cells.layout.headless {
            if let Some(cell) = bare_cell(record, *index) {
                let problem = headless(out.line, *index).at("", cell.text);
                out.push(Problem { column: None, ..problem });
            }
        }
    }
}

/// What a server value stands for.
fn resolve(
    directory: &Directory,
    text: &str,
    by: Option<By>,
    takes: Vec<By>,
) -> Result<Resolved, ServerError> {
    let (host, port) = directory.resolve_for(text, by, &takes)?;
    let near = directory.near_miss(&host).map(str::to_owned);
    Ok(Resolved { text: text.to_owned(), by, takes, host, port, near })
}

impl Resolved {
    /// Sets server and port, and says when the host is a slip away from a known one.
    fn apply(&self, settings: &mut Settings, out: &mut Report<'_>) {
        settings.server = Some(self.host.clone());
        settings.port = Some(self.port);
        if let Some(near) = &self.near {
            let message = format!("the host {} is not {near}, but near to it: compare them", self.host);
            let problem = Problem::error(out.line, "server-near", message).warning().fix(near.clone());
            out.push(problem.at(Column::Server.name(), &self.text));
        }
    }
}

/// A setting from its cell.
fn set(settings: &mut Settings, setting: &str, column: &str, cell: Cell<'_>, out: &mut Report<'_>) {
    if let Err(error) = settings.set(setting, cell.text) {
        out.told(Severity::Error, column, cell, &error);
    }
}

fn no_profile(line: u64) -> Problem {
    let message =
        "the row names no profile: write its id or the tracker's model, `homing profile list` shows them";
    Problem::error(line, "profile-missing", message).fix("a profile's id or model")
}

fn example(line: u64, place: &str) -> Problem {
    let message = format!(
        "this IMEI is the example of {place} and hardly the tracker's own: compare it with the label"
    );
    Problem::error(line, "imei-example", message).warning().fix("the IMEI on the tracker's label")
}

fn no_identity(line: u64) -> Problem {
    let message = "the row has neither imei, device_id, phone, iccid nor sim_id: its commands can be shown, but not sent to any tracker";
    Problem::error(line, "no-identity", message).warning().fix("an IMEI or a phone number")
}

fn headless(line: u64, index: usize) -> Problem {
    let message = format!(
        "column {} has no header, but the row has a value there: name the column, or empty the cell",
        index + 1
    );
    Problem::error(line, "no-header", message).fix("a header for the column")
}
