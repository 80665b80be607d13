//! `homing generate`: the exact commands, ready to copy.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::plan::{self, Ask, Fault, PACKETS, Plan, Weight, What};
use crate::profile::{FormName, Profile};
use crate::tracker::Tracker;
use crate::ui::{Exit, Failure, Term};

use super::context::Global;
use super::fleet::{Asked, FleetArgs};
use super::tracker::TrackerArgs;
use super::writer::{Format, Writer};

/// Show the exact commands for one tracker or a whole CSV.
#[derive(Debug, Args)]
pub(super) struct Generate {
    /// Profile: its id, a model's name, or the path of a TOML file
    profile: Option<String>,
    #[command(flatten)]
    tracker: TrackerArgs,
    #[command(flatten)]
    fleet: FleetArgs,
    #[command(flatten)]
    choice: Choice,
    /// Form of the commands
    #[arg(long, value_enum, default_value_t, help_heading = "Commands")]
    form: FormArg,
    /// Packet number of the first link frame: one character from : to ~, or 58 to 126
    #[arg(long, value_name = "NO", default_value = ":", value_parser = packet, help_heading = "Commands")]
    packet: u8,
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
    /// Allow single steps that erase, lock out or stop reporting
    #[arg(long, help_heading = "Commands")]
    pub(super) destructive: bool,
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
    pub(super) fn ask(&self, form: FormName, packet: u8) -> Ask<'_> {
        let what = if self.step.is_empty() { What::Routine(&self.routine) } else { What::Steps(&self.step) };
        Ask {
            what,
            form,
            assume: &self.assume,
            without: &self.without,
            factory_reset: self.factory_reset,
            destructive: self.destructive,
            packet,
        }
    }
}

impl Generate {
    pub(super) fn run(self, global: &Global, term: &mut Term) -> anyhow::Result<Exit> {
        if self.format != Format::Qr && self.out.is_some() {
            return Err(Failure::usage("--out is for --format qr").into());
        }
        if self.format == Format::Qr && self.form != FormArg::Sms {
            return Err(Failure::usage("--format qr is for messages: a code opens a phone's SMS app")
                .hint("leave --form out, or take another --format")
                .into());
        }
        let mut context = global.context()?;
        let mut writer = Writer::new(self.format, self.out.clone(), self.fleet.is_given())?;
        if self.fleet.is_given() {
            let ask = self.choice.ask(self.form.into(), self.packet);
            let asked = Asked {
                flags: &self.tracker,
                profile: self.profile.as_deref(),
                ask: &ask,
                json: matches!(self.format, Format::Json | Format::Ndjson),
                outlook: None,
            };
            let exit = self.fleet.each(&context, &asked, term, &mut |profile, tracker, plan, term| {
                writer.plan(profile, tracker, plan, term)
            })?;
            if exit != Exit::Usage {
                writer.finish(term)?;
            }
            return Ok(exit);
        }
        let Some(name) = self.profile.as_deref() else {
            return Err(Failure::usage("whose commands? Name a profile, or a CSV with --fleet")
                .hint("homing generate istartek-pt32 --apn internet, or homing generate --fleet fleet.csv; `homing profile list` shows the profiles")
                .into());
        };
        let profile = context.profile(name)?;
        let tracker = self.tracker.tracker(&context, &profile, term)?;
        let plan = make(&profile, &tracker, &self.choice.ask(self.form.into(), self.packet), term)?;
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
    plan::plan(profile, tracker, ask).map_err(|faults| unmade(faults, term))
}

/// A plan that cannot be made: every serious fault is told, the last one as the failure.
pub(super) fn unmade(faults: Vec<Fault>, term: &mut Term) -> Failure {
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
}
