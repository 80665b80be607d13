//! `homing generate`: the exact commands, ready to copy.

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::plan::{self, Ask, Fault, PACKETS, Plan, Weight, What};
use crate::profile::{FormName, Profile};
use crate::report::{PLANS, plan_view};
use crate::tracker::Tracker;
use crate::ui::{self, Exit, Failure, Term, commands, page, qr};

use super::context::Global;
use super::fleet::{Asked, FleetArgs};
use super::tracker::TrackerArgs;

/// Show the exact commands for one tracker or a whole CSV.
#[derive(Debug, Args)]
pub(super) struct Generate {
    /// Profile: its id, a model's name, or the path of a TOML file
    #[arg(required_unless_present = "fleet")]
    profile: Option<String>,
    #[command(flatten)]
    tracker: TrackerArgs,
    #[command(flatten)]
    fleet: FleetArgs,
    #[command(flatten)]
    choice: Choice,
    /// Output
    #[arg(long, value_enum, default_value_t, help_heading = "Output")]
    format: Format,
    /// Folder for the pictures and the printable page of --format qr
    #[arg(long, value_name = "DIR", help_heading = "Output")]
    out: Option<PathBuf>,
}

/// Which commands.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct Choice {
    /// Routine of the profile: provision, verify, identify or one of its own
    #[arg(long, default_value = "provision", help_heading = "Commands")]
    pub(super) routine: String,
    /// Single steps instead of a routine, in this order
    #[arg(long, value_name = "STEP", conflicts_with = "routine", help_heading = "Commands")]
    pub(super) step: Vec<String>,
    /// Leave a step of the routine out
    #[arg(long, value_name = "STEP", help_heading = "Commands")]
    pub(super) without: Vec<String>,
    /// Allow a form that no source gives for this tracker, by its word, as udp
    #[arg(long, value_name = "WORD", help_heading = "Commands")]
    pub(super) assume: Vec<String>,
    /// Begin with the factory reset, which erases the tracker's settings
    #[arg(long, help_heading = "Commands")]
    pub(super) factory_reset: bool,
    /// Form of the commands
    #[arg(long, value_enum, default_value_t, help_heading = "Commands")]
    pub(super) form: FormArg,
    /// Packet number of the first link frame: one character from : to ~, or 58 to 126
    #[arg(long, value_name = "NO", default_value = ":", value_parser = packet, help_heading = "Commands")]
    pub(super) packet: u8,
}

/// Form of the commands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum FormArg {
    /// As a short message
    #[default]
    Sms,
    /// As on a serial line
    Cable,
    /// As a frame on the tracker's own connection
    Link,
}

impl From<FormArg> for FormName {
    fn from(form: FormArg) -> Self {
        match form {
            FormArg::Sms => Self::Sms,
            FormArg::Cable => Self::Cable,
            FormArg::Link => Self::Link,
        }
    }
}

fn packet(text: &str) -> Result<u8, String> {
    let number = match text.as_bytes() {
        [one] if !one.is_ascii_digit() => Some(*one),
        _ => text.parse().ok(),
    };
    number
        .filter(|number| PACKETS.contains(number))
        .ok_or_else(|| format!("\"{text}\" is none: it is one character from : to ~, or 58 to 126"))
}

impl Choice {
    /// As the plan room asks.
    pub(super) fn ask(&self) -> Ask<'_> {
        let what = if self.step.is_empty() { What::Routine(&self.routine) } else { What::Steps(&self.step) };
        Ask {
            what,
            form: self.form.into(),
            assume: &self.assume,
            without: &self.without,
            factory_reset: self.factory_reset,
            packet: self.packet,
        }
    }
}

/// Output formats of `generate`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Format {
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

impl Generate {
    pub(super) fn run(self, global: &Global, term: &mut Term) -> anyhow::Result<Exit> {
        if self.format != Format::Qr && self.out.is_some() {
            return Err(Failure::usage("--out is for --format qr").into());
        }
        let mut context = global.context()?;
        let mut writer = Writer::new(self.format, self.out.clone(), self.fleet.is_given())?;
        if self.fleet.is_given() {
            let ask = self.choice.ask();
            let asked = Asked {
                flags: &self.tracker,
                profile: self.profile.as_deref(),
                ask: &ask,
                json: matches!(self.format, Format::Json | Format::Ndjson),
            };
            let exit = self.fleet.each(&context, &asked, term, &mut |profile, tracker, plan, term| {
                writer.plan(profile, tracker, plan, term)
            })?;
            if exit != Exit::Usage {
                writer.finish(term)?;
            }
            return Ok(exit);
        }
        let name = self.profile.as_deref().unwrap_or_default();
        let profile = context.profile(name)?;
        let tracker = self.tracker.tracker(&context, &profile, term)?;
        let plan = make(&profile, &tracker, &self.choice.ask(), term)?;
        writer.plan(&profile, &tracker, &plan, term)?;
        writer.finish(term)?;
        Ok(Exit::Done)
    }
}

/// A plan for one tracker, or all its faults told.
pub(super) fn make(
    profile: &Profile,
    tracker: &Tracker,
    ask: &Ask<'_>,
    term: &mut Term,
) -> Result<Plan, Failure> {
    plan::plan(profile, tracker, ask).map_err(|faults| {
        let mut serious = faults.into_iter().filter(|fault| fault.weight == Weight::Error).peekable();
        let mut last = None;
        while let Some(fault) = serious.next() {
            if serious.peek().is_some() {
                term.error(&fault.message, fault.fix.as_deref());
            } else {
                last = Some(fault);
            }
        }
        let last = last.unwrap_or_else(|| Fault::error("no-plan", "no plan could be made"));
        Failure::usage(last.message).maybe(last.fix)
    })
}

/// Writes plans in a format, one after the other.
struct Writer {
    format: Format,
    out: Option<PathBuf>,
    several: bool,
    count: u64,
    csv: Option<Vec<String>>,
    page: String,
    rows: Vec<[String; 6]>,
    warned: Vec<String>,
}

impl Writer {
    fn new(format: Format, out: Option<PathBuf>, several: bool) -> Result<Self, Failure> {
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
            page: page::HEAD.to_owned(),
            rows: Vec::new(),
            warned: Vec::new(),
        })
    }

    fn plan(
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
                serde_json::to_writer(&mut *term, &plan_view(profile, tracker, plan))?;
            }
            Format::Ndjson => {
                serde_json::to_writer(&mut *term, &plan_view(profile, tracker, plan))?;
                term.text("\n");
            }
            Format::Csv => self.csv(profile, tracker, plan, term)?,
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
                let code = code.ok_or_else(|| {
                    Failure::usage(format!("\"{}\" is too long for a QR code", command.text))
                })?;
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
        self.page.push_str(&page::section(profile, tracker, plan));
        for (at, command) in plan.commands.iter().enumerate() {
            let picture = qr::picture(&qr::payload(phone.as_deref(), &command.text));
            let picture = picture
                .ok_or_else(|| Failure::usage(format!("\"{}\" is too long for a QR code", command.text)))?;
            let name = page::file_name(self.count, tracker, at + 1, &profile.steps[command.step].id);
            save(&out.join(name), &picture)?;
        }
        Ok(())
    }

    fn finish(&mut self, term: &mut Term) -> anyhow::Result<()> {
        match self.format {
            Format::Json => {
                if self.count == 0 {
                    term.text(&format!("{{\"schema\":\"{PLANS}\",\"plans\":["));
                }
                term.line("\n]}");
            }
            Format::Table => self.table_out(term),
            Format::Qr => {
                if let Some(out) = &self.out {
                    let file = out.join("index.html");
                    save(&file, &format!("{}{}", self.page, page::FOOT))?;
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

fn save(path: &Path, text: &str) -> Result<(), Failure> {
    fs::write(path, text)
        .map_err(|error| Failure::machine(format!("{} cannot be written: {error}", path.display())))
}
