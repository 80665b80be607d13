//! Plans in each of the output formats of `generate`, written one after the other.

use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use crate::plan::{Command, Fault, Plan};
use crate::profile::Profile;
use crate::report::{self, PLANS, plan_view};
use crate::tracker::Tracker;
use crate::ui::{self, Failure, Term, commands, page, qr};

/// Output formats of `generate`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Each command on its own line, with what there is to know above it
    #[default]
    Text,
    /// A table
    Table,
    /// One JSON document
    Json,
    /// One JSON object a tracker and line
    Ndjson,
    /// One row a command
    Csv,
    /// QR codes that turn into ready messages on a phone
    Qr,
}

/// Writes plans in a format, one after the other.
pub(super) struct Writer {
    format: Format,
    out: Option<PathBuf>,
    several: bool,
    count: u64,
    csv: Option<Vec<String>>,
    page: Option<BufWriter<File>>,
    rows: Vec<[String; 6]>,
    warned: Vec<String>,
}

impl Writer {
    pub(super) fn new(format: Format, out: Option<PathBuf>, several: bool) -> Result<Self, Failure> {
        if let Some(out) = &out {
            fs::create_dir_all(out)
                .map_err(|error| Failure::machine(format!("{} cannot be made: {error}", out.display())))?;
        }
        Ok(Self {
            format,
            out,
            several,
            count: 0,
            csv: None,
            page: None,
            rows: Vec::new(),
            warned: Vec::new(),
        })
    }

    pub(super) fn plan(
        &mut self,
        profile: &Profile,
        tracker: &Tracker,
        plan: &Plan,
        term: &mut Term,
    ) -> anyhow::Result<()> {
        self.count += 1;
        match self.format {
            Format::Text => {
                self.warn(plan, term);
                commands::write(term, profile, tracker, plan);
            }
            Format::Table => self.table(profile, tracker, plan, term),
            Format::Json => {
                let lead = if self.count == 1 {
                    format!("{{\"schema\":\"{PLANS}\",\"plans\":[\n")
                } else {
                    ",\n".to_owned()
                };
                term.text(&lead);
                report::compact(&mut *term, &plan_view(profile, tracker, plan))?;
            }
            Format::Ndjson => {
                report::compact(&mut *term, &plan_view(profile, tracker, plan).line())?;
                term.text("\n");
            }
            Format::Csv => {
                self.warn(plan, term);
                self.csv(profile, tracker, plan, term)?;
            }
            Format::Qr => {
                self.warn(plan, term);
                self.qr(profile, tracker, plan, term)?;
            }
        }
        Ok(())
    }

    /// A remark that holds for many trackers is said once.
    fn warn(&mut self, plan: &Plan, term: &mut Term) {
        // The remarks on a fleet's rows were told with their lines.
        let remarks: Vec<String> =
            if self.several { Vec::new() } else { plan.remarks.iter().map(Fault::sentence).collect() };
        for warning in remarks.iter().chain(&plan.warnings) {
            if !self.warned.contains(warning) && self.warned.len() < 1000 {
                self.warned.push(warning.clone());
                term.warn(warning);
            }
        }
    }

    fn table(&mut self, profile: &Profile, tracker: &Tracker, plan: &Plan, term: &mut Term) {
        self.warn(plan, term);
        for (at, command) in plan.commands.iter().enumerate() {
            let first = if at == 0 { tracker.label().to_string() } else { String::new() };
            self.rows.push([
                first,
                profile.steps[command.step].id.value.clone(),
                command.text.trim_end_matches(['\r', '\n']).to_owned(),
                command.size.characters.to_string(),
                command.sms().map(|sms| sms.to_string()).unwrap_or_default(),
                command.evidence.to_string(),
            ]);
        }
        // A table knows its widths only when it is whole; a large fleet is shown in parts.
        if self.rows.len() >= 4000 {
            self.table_out(term);
        }
    }

    fn table_out(&mut self, term: &mut Term) {
        if !self.rows.is_empty() {
            let heading = ["tracker", "step", "command", "characters", "SMS", "evidence"];
            let text = ui::table::table(&heading, std::mem::take(&mut self.rows), term.width());
            term.line(text);
        }
    }

    fn csv(
        &mut self,
        profile: &Profile,
        tracker: &Tracker,
        plan: &Plan,
        term: &mut Term,
    ) -> anyhow::Result<()> {
        let extra: Vec<String> = tracker.extra.iter().map(|(name, _)| name.clone()).collect();
        let mut csv = ui::csv::Writer::new(&mut *term, self.csv.is_none().then_some(extra.as_slice()))?;
        csv.plan(profile, tracker, plan)?;
        csv.finish()?;
        drop(csv);
        self.csv.get_or_insert(extra);
        Ok(())
    }

    fn qr(
        &mut self,
        profile: &Profile,
        tracker: &Tracker,
        plan: &Plan,
        term: &mut Term,
    ) -> anyhow::Result<()> {
        let phone = tracker.value("phone");
        if phone.is_none() {
            let text =
                "without --phone the codes hold the bare texts; with it they open the phone's message app";
            if !self.warned.iter().any(|warned| warned == text) {
                self.warned.push(text.to_owned());
                term.warn(text);
            }
        }
        let Some(out) = self.out.clone() else {
            term.line(term.bold(&ui::escape(&commands::heading(profile, tracker))));
            for (at, command) in plan.commands.iter().enumerate() {
                let code = qr::terminal(&qr::payload(phone.as_deref(), &command.text), term.has_colour());
                let code = code.ok_or_else(|| too_long(profile, command))?;
                term.line(format!(
                    "\n{}/{} {}",
                    at + 1,
                    plan.commands.len(),
                    commands::caption(profile, command)
                ));
                term.line(ui::escape(&command.text));
                term.line(term.paper(&code));
            }
            return Ok(());
        };
        for (at, command) in plan.commands.iter().enumerate() {
            let picture = qr::picture(&qr::payload(phone.as_deref(), &command.text));
            let picture = picture.ok_or_else(|| too_long(profile, command))?;
            let name = page::file_name(self.count, tracker, at + 1, &profile.steps[command.step].id);
            let path = out.join(name);
            fs::write(&path, picture).map_err(|error| unwritten(&path, &error))?;
        }
        self.page(&out, &page::section(profile, tracker, plan))
    }

    /// Writes on at the printable page, which is begun with the first part.
    fn page(&mut self, out: &Path, text: &str) -> anyhow::Result<()> {
        let file = out.join(PAGE);
        let begin = || {
            let mut page = BufWriter::new(File::create(&file)?);
            page.write_all(page::HEAD.as_bytes())?;
            Ok(page)
        };
        let mut page = match self.page.take() {
            Some(page) => page,
            None => begin().map_err(|error| unwritten(&file, &error))?,
        };
        page.write_all(text.as_bytes()).map_err(|error| unwritten(&file, &error))?;
        self.page = Some(page);
        Ok(())
    }

    pub(super) fn finish(&mut self, term: &mut Term) -> anyhow::Result<()> {
        match self.format {
            Format::Json => {
                if self.count == 0 {
                    term.text(&format!("{{\"schema\":\"{PLANS}\",\"plans\":["));
                }
                term.line("\n]}");
            }
            Format::Table => self.table_out(term),
            Format::Qr => {
                if let Some(out) = self.out.clone() {
                    self.page(&out, page::FOOT)?;
                    let file = out.join(PAGE);
                    let written = self.page.take().map_or(Ok(()), |mut page| page.flush());
                    written.map_err(|error| unwritten(&file, &error))?;
                    term.line(format!(
                        "{} ({} tracker{})",
                        file.display(),
                        self.count,
                        commands::plural(usize::try_from(self.count).unwrap_or(0))
                    ));
                }
            }
            Format::Text if self.several => {
                let count = usize::try_from(self.count).unwrap_or(0);
                term.note(&format!("{count} tracker{}", commands::plural(count)));
            }
            Format::Text | Format::Ndjson | Format::Csv => {}
        }
        Ok(())
    }
}

/// The printable page's file.
const PAGE: &str = "index.html";

/// A text that no code can hold is named by its step: it may carry a password.
fn too_long(profile: &Profile, command: &Command) -> Failure {
    let (step, characters) = (&profile.steps[command.step].id.value, command.size.characters);
    Failure::usage(format!("the step \"{step}\" has {characters} characters, too many for a QR code"))
        .hint("--format text shows it, to be sent by hand")
}

fn unwritten(path: &Path, error: &std::io::Error) -> Failure {
    Failure::machine(format!("{} cannot be written: {error}", path.display()))
}
