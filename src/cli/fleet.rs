//! A whole CSV: every row checked before anything happens, then one plan after the other.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read as _, Seek as _, Write as _};
use std::sync::Arc;

use clap::Args;
use indicatif::ProgressBar;

use crate::apn::Auto;
use crate::engine::Recipient;
use crate::fleet::{self, Checked, Defaults, Fault, Options, Problem, Severity, Sheet, SheetError};
use crate::plan::{self, Ask, Plan, Weight};
use crate::profile::{Catalogue, Profile};
use crate::report::{self, PROBLEMS, ProblemView};
use crate::secret::Secret;
use crate::tracker::{Imsi, Tracker, is_secret};
use crate::ui::{self, Exit, Failure, Term, commands::plural};

use super::context::Context;
use super::forewarn::Outlook;
use super::tracker::TrackerArgs;

/// A CSV in place of one tracker.
#[derive(Debug, Args)]
pub(super) struct FleetArgs {
    /// A CSV of trackers, or - for standard input; flags fill its empty cells
    #[arg(long, value_name = "FILE", help_heading = "Fleet")]
    fleet: Option<String>,
    /// Go on without the rows that have an error, and list them at the end
    #[arg(long, requires = "fleet", help_heading = "Fleet")]
    skip_bad: bool,
}

/// What is asked for, for every row alike.
pub(super) struct Asked<'a> {
    /// Flags, which fill empty cells.
    pub(super) flags: &'a TrackerArgs,
    /// The profile of rows that name none.
    pub(super) profile: Option<&'a str>,
    /// Which commands.
    pub(super) ask: &'a Ask<'a>,
    /// Problems that stop it come as a JSON document.
    pub(super) json: bool,
    /// Couriers that have to reach every tracker.
    pub(super) outlook: Option<&'a Outlook>,
}

/// What fills empty cells.
struct Filling {
    defaults: Defaults,
    /// Where each default comes from, by its column.
    froms: BTreeMap<String, String>,
    /// The settings that only the configuration gives.
    ours: BTreeSet<String>,
}

/// What is done with each tracker's plan.
type Each<'e> = &'e mut dyn FnMut(&Profile, &Tracker, &Plan, &mut Term) -> anyhow::Result<()>;

/// Profiles by the text that names them, each looked up once.
struct Profiles<'c> {
    catalogue: &'c Catalogue,
    found: RefCell<BTreeMap<String, Arc<Profile>>>,
}

impl Profiles<'_> {
    fn id(&self, text: &str) -> Result<String, String> {
        let profile = self.catalogue.find(text).map_err(|error| match error.hint() {
            Some(hint) => format!("{error}; {hint}"),
            None => error.to_string(),
        })?;
        let id = profile.id.value.clone();
        self.found.borrow_mut().insert(id.clone(), Arc::clone(profile));
        Ok(id)
    }

    /// A problem without the value of a setting that a profile keeps secret.
    fn masked(&self, mut problem: Problem) -> Problem {
        let column = problem.column.as_deref().unwrap_or_default();
        let name = column.strip_prefix("set.").unwrap_or(column);
        let hidden = || is_secret(name) || self.found.borrow().values().any(|one| one.is_secret(name));
        // A header is no secret, even that of a column of passwords.
        if problem.value.is_some() && !problem.rule.starts_with("header") && hidden() {
            problem.value = Some(Secret::MASK.to_owned());
        }
        problem
    }

    fn get(&self, id: &str) -> Option<Arc<Profile>> {
        self.found.borrow().get(id).map(Arc::clone)
    }
}

impl FleetArgs {
    /// As if it had been given by flags.
    pub(super) fn of(file: &str, skip_bad: bool) -> Self {
        Self { fleet: Some(file.to_owned()), skip_bad }
    }

    pub(super) fn is_given(&self) -> bool {
        self.fleet.is_some()
    }

    /// Checks every row, then hands each plan to `each`.
    pub(super) fn each(
        &self,
        context: &Context,
        asked: &Asked<'_>,
        term: &mut Term,
        each: Each<'_>,
    ) -> anyhow::Result<Exit> {
        let Asked { flags, profile, ask, json, outlook } = *asked;
        flags.one_only()?;
        let name = self.fleet.as_deref().unwrap_or_default();
        let Filling { defaults, froms, ours } = self.defaults(flags, profile, context, term)?;
        let profiles = Profiles { catalogue: &context.catalogue, found: RefCell::default() };
        let find = |text: &str| profiles.id(text);
        let chooser = flags.chooser();
        let auto = |auto: Auto<'_>, imsi: Option<&Imsi>| chooser.choose(auto, imsi);
        let takes = |id: &str| profiles.get(id).map(|profile| profile.servers.clone()).unwrap_or_default();
        let options = Options {
            country: flags.country,
            defaults,
            directory: &context.servers,
            profiles: &find,
            auto: Some(&auto),
            takes: &takes,
        };
        // With --skip-bad the result is plans: a person reads the problems.
        let mut problems = Problems::new(name, json && !self.skip_bad);
        let mut sheet = match Sheet::open(name) {
            Ok(sheet) => sheet,
            Err(error) => return problems.refused(&error, unreadable(&error), term),
        };
        let bar = term.spinner("checking");
        let mut inspect = |tracker: &Tracker| {
            let mut faults = inspect(&profiles, tracker, ask, &ours);
            faults.extend(outlook.and_then(|outlook| outlook.fault(&Recipient::from(tracker))));
            faults
        };
        let mut sink = |problem: Problem| problems.take(&profiles.masked(problem), &bar, term);
        let checked = fleet::check(&mut sheet, &options, &mut inspect, &mut sink);
        bar.finish_and_clear();
        problems.sum_up(term);
        let checked = match checked {
            Ok(checked) => checked,
            Err(error) => return problems.refused(&error, filled(&error, &froms), term),
        };
        chooser.tell(term);
        if checked.header_errors > 0 || (!checked.is_clean() && !self.skip_bad) {
            return problems.stop(&checked, term);
        }
        let bar = term.progress(checked.good, "writing");
        for tracker in fleet::trackers(&mut sheet, &options, &checked) {
            let mut tracker = tracker.map_err(|error| unreadable(&error))?;
            let Some(profile) = profiles.get(&tracker.profile) else { continue };
            drop_foreign(&mut tracker, &profile, &ours);
            let plan = plan::plan(&profile, &tracker, ask)
                .map_err(|_| Failure::usage(format!("{name} changed while it was read")))?;
            each(&profile, &tracker, &plan, term)?;
            bar.inc(1);
            if term.is_closed() {
                break;
            }
        }
        bar.finish_and_clear();
        Ok(left_out(&checked, term))
    }

    /// Flags and configuration as what fills empty cells.
    fn defaults(
        &self,
        flags: &TrackerArgs,
        profile: Option<&str>,
        context: &Context,
        term: &mut Term,
    ) -> Result<Filling, Failure> {
        let (mut defaults, mut froms) = (Defaults::new(), BTreeMap::new());
        let mut ours = BTreeSet::new();
        let mut set = |name: &str, value: &str, from: &str| {
            // A column of a setting that only profiles know has `set.` in front.
            froms.insert(name.to_owned(), from.to_owned());
            froms.insert(format!("set.{name}"), from.to_owned());
            defaults.set(name, value).map_err(|error| Failure::usage(format!("{from}: {error}")))
        };
        for given in flags.settings(context, None, term)? {
            set(&given.name, given.value.expose(), &given.from)?;
            if given.configured {
                ours.insert(given.name);
            }
        }
        let (server, by) = flags.server(context)?;
        set("server", &server, flags.server_from(context))?;
        if let Some(by) = by {
            set("by", &by.to_string(), if flags.settings.by.is_some() { "--by" } else { "[defaults] by" })?;
        }
        if let Some(profile) = profile {
            set("profile", profile, "the profile for all rows")?;
        }
        Ok(Filling { defaults, froms, ours })
    }
}

/// A default of the configuration is meant for the trackers that have the setting.
fn drop_foreign(tracker: &mut Tracker, profile: &Profile, ours: &BTreeSet<String>) {
    tracker.settings.other.retain(|name, _| !ours.contains(name) || profile.mentions(name));
}

/// What the profile finds wrong with a row.
fn inspect(profiles: &Profiles<'_>, tracker: &Tracker, ask: &Ask<'_>, ours: &BTreeSet<String>) -> Vec<Fault> {
    let Some(profile) = profiles.get(&tracker.profile) else { return Vec::new() };
    let made = if ours.is_empty() {
        plan::plan(&profile, tracker, ask)
    } else {
        let mut tracker = tracker.clone();
        drop_foreign(&mut tracker, &profile, ours);
        plan::plan(&profile, &tracker, ask)
    };
    let faults = match made {
        Ok(plan) => plan.remarks,
        Err(faults) => faults,
    };
    faults.into_iter().map(fault).collect()
}

fn fault(fault: plan::Fault) -> Fault {
    let severity = match fault.weight {
        Weight::Error => Severity::Error,
        Weight::Warning => Severity::Warning,
    };
    Fault { setting: fault.setting, severity, rule: fault.rule, message: fault.message, fix: fault.fix }
}

/// A sheet that cannot be read: the user's mistake, but for a disk that fails.
pub(super) fn unreadable(error: &SheetError) -> Failure {
    let problem = error.problem();
    let failure = match error {
        SheetError::Read { .. } => Failure::machine(error),
        _ => Failure::usage(error),
    };
    failure.maybe(problem.fix)
}

/// The same, where a default is named as it was given.
fn filled(error: &SheetError, froms: &BTreeMap<String, String>) -> Failure {
    match error {
        SheetError::Default { column, message, fix } if froms.contains_key(column) => {
            Failure::usage(format!("{}: {message}", froms[column])).maybe(fix.clone())
        }
        _ => unreadable(error),
    }
}

/// Where problems go: as they are found to the terminal, or into a document that is shown when nothing else is.
struct Problems<'f> {
    file: &'f str,
    /// JSON of the problems so far; in a file when there are many, as a million rows can have a million.
    json: Option<tempfile::SpooledTempFile>,
    count: u64,
    /// What was told so far without what differs from row to row, and on how many more rows it is.
    told: Vec<Alike>,
}

/// A problem of several rows.
struct Alike {
    problem: Problem,
    rows: u64,
    /// The first lines on which it was told no more.
    lines: Vec<u64>,
}

/// How often a problem is told in full; the rows of a fleet are often wrong in one and the same way.
const IN_FULL: u64 = 3;
/// Problems that are compared with the next one; those of a sheet in which every row is wrong in its own way are not.
const COMPARED: usize = 256;
/// Lines that are listed.
const LISTED: usize = 20;

impl<'f> Problems<'f> {
    fn new(file: &'f str, json: bool) -> Self {
        let json = json.then(|| tempfile::SpooledTempFile::new(1 << 20));
        Self { file, json, count: 0, told: Vec::new() }
    }

    fn take(&mut self, problem: &Problem, bar: &ProgressBar, term: &mut Term) {
        let is_told = self.json.is_none() || problem.severity == Severity::Warning;
        if is_told && self.is_news(problem) {
            bar.suspend(|| self.tell(problem, term));
        }
        self.keep(problem);
    }

    /// Whether a problem was not told often enough yet; if it was, its line is noted.
    fn is_news(&mut self, problem: &Problem) -> bool {
        let is_alike = |one: &&mut Alike| {
            let Problem { column, severity, rule, message, .. } = &one.problem;
            (column, severity, rule, message)
                == (&problem.column, &problem.severity, &problem.rule, &problem.message)
        };
        match self.told.iter_mut().find(is_alike) {
            Some(one) => {
                one.rows += 1;
                let is_news = one.rows <= IN_FULL;
                if !is_news && one.lines.len() < LISTED {
                    one.lines.push(problem.line);
                }
                is_news
            }
            None => {
                if self.told.len() < COMPARED {
                    self.told.push(Alike { problem: problem.clone(), rows: 1, lines: Vec::new() });
                }
                true
            }
        }
    }

    /// What is wrong on many rows alike, once with its lines.
    fn sum_up(&mut self, term: &mut Term) {
        for Alike { problem, rows, lines } in std::mem::take(&mut self.told) {
            let more = rows.saturating_sub(IN_FULL);
            if more == 0 {
                continue;
            }
            let column = problem.column.as_deref().map(|column| format!("{column}: ")).unwrap_or_default();
            let text = format!(
                "{}: the same on {more} more row{}: {column}{} (line{} {})",
                self.file,
                many(more),
                problem.message,
                many(more),
                listed(&lines, more)
            );
            match problem.severity {
                Severity::Error => term.err(&format!("error: {}", ui::escape(&text))),
                Severity::Warning => term.warn(&text),
            }
        }
    }

    /// For the document; what cannot be kept was told or is told by its count.
    fn keep(&mut self, problem: &Problem) {
        let Some(json) = &mut self.json else { return };
        let lead = if self.count == 0 { "" } else { ",\n" };
        let mut text = lead.as_bytes().to_vec();
        if report::compact(&mut text, &view(problem)).is_ok() {
            self.count += u64::from(json.write_all(&text).is_ok());
        }
    }

    fn tell(&self, problem: &Problem, term: &mut Term) {
        let Problem { line, column, value, message, fix, .. } = problem;
        let text = ui::findings::problem(
            self.file,
            *line,
            column.as_deref(),
            value.as_deref(),
            message,
            fix.as_deref(),
        );
        match problem.severity {
            Severity::Error => term.err(&format!("error: {text}")),
            Severity::Warning => term.warn_shown(&text),
        }
    }

    /// The sheet as a whole cannot be used.
    fn refused(mut self, error: &SheetError, failure: Failure, term: &mut Term) -> anyhow::Result<Exit> {
        self.keep(&error.problem());
        self.document(term)?;
        Err(failure.into())
    }

    /// Rows have errors: nothing is done.
    fn stop(mut self, checked: &Checked, term: &mut Term) -> anyhow::Result<Exit> {
        self.document(term)?;
        let (bad, rows) = (checked.bad_lines.len(), checked.rows);
        let text = if checked.header_errors > 0 {
            format!(
                "the headers of {} have {} error{}, nothing was done",
                self.file,
                checked.header_errors,
                many(checked.header_errors)
            )
        } else {
            let have = if bad == 1 { "has" } else { "have" };
            format!("{bad} of {rows} row{} of {} {have} errors, nothing was done", many(rows), self.file)
        };
        let hint = (checked.header_errors == 0 && checked.good > 0)
            .then_some("correct them, or go on without them: --skip-bad");
        Err(Failure::usage(text).maybe(hint.map(str::to_owned)).into())
    }

    fn document(&mut self, term: &mut Term) -> anyhow::Result<()> {
        let Some(mut json) = self.json.take() else { return Ok(()) };
        json.rewind()?;
        term.text(&format!("{{\"schema\":\"{PROBLEMS}\",\"file\":"));
        report::compact(&mut *term, &self.file)?;
        term.text(",\"problems\":[\n");
        let mut part = [0; 1 << 14];
        loop {
            let read = json.read(&mut part)?;
            if read == 0 {
                break;
            }
            term.write_all(&part[..read])?;
        }
        term.line("\n]}");
        Ok(())
    }
}

fn view(problem: &Problem) -> ProblemView<'_> {
    ProblemView {
        line: problem.line,
        column: problem.column.as_deref(),
        value: problem.value.as_deref(),
        severity: problem.severity.as_str(),
        rule: problem.rule,
        message: &problem.message,
        fix: problem.fix.as_deref(),
    }
}

fn many(count: u64) -> &'static str {
    plural(usize::try_from(count).unwrap_or(usize::MAX))
}

/// The first lines, and how many more there are.
fn listed(lines: &[u64], of: u64) -> String {
    let shown: Vec<String> = lines.iter().map(u64::to_string).collect();
    let more = of.saturating_sub(lines.len() as u64);
    if more > 0 { format!("{} and {more} more", shown.join(", ")) } else { shown.join(", ") }
}

/// Rows that were left out are things asked about that failed.
fn left_out(checked: &Checked, term: &mut Term) -> Exit {
    let bad = checked.bad_lines.len();
    if bad == 0 {
        return Exit::Done;
    }
    let lines: Vec<u64> = checked.bad_lines.iter().take(LISTED).collect();
    let text = format!(
        "left out {bad} of {} row{}: line{} {}",
        checked.rows,
        many(checked.rows),
        many(bad),
        listed(&lines, bad)
    );
    term.error(&text, None);
    Exit::Failed
}
