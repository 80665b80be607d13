//! `homing send`: one tracker, now, with every answer waited for and the settings read back.

use std::sync::Arc;
use std::time::Duration;

use clap::{Args, ValueEnum};
use indicatif::ProgressBar;

use crate::courier::{Answer, Courier, Via};
use crate::engine::{Reason, Session, Standing, TalkOutcome, Turn};
use crate::plan::{self, Ask, Plan, What, writes};
use crate::profile::{FormName, Kind, Profile};
use crate::report;
use crate::run::{Ended, Watch, talk};
use crate::tracker::Tracker;
use crate::ui::{self, Exit, Failure, Term, escape};
use crate::units::parse_duration;

use super::context::{Context, Global};
use super::generate::{Choice, make};
use super::tracker::TrackerArgs;

/// Send one tracker's commands now, wait for each answer, read the settings back.
#[derive(Debug, Args)]
pub(super) struct Send {
    /// Profile: its id, a model's name, or the path of a TOML file
    profile: String,
    #[command(flatten)]
    tracker: TrackerArgs,
    #[command(flatten)]
    choice: Choice,
    #[command(flatten)]
    line: Line,
    /// Show every message, send nothing
    #[arg(long, help_heading = "Commands")]
    dry_run: bool,
    /// With --dry-run, show secrets too
    #[arg(long, requires = "dry_run", help_heading = "Commands")]
    show_secrets: bool,
    /// Send without asking
    #[arg(short, long, help_heading = "Commands")]
    yes: bool,
}

/// The courier and how its outcome is shown.
#[derive(Debug, Args)]
pub(super) struct Line {
    /// Courier: cable:PORT[?baud=N]
    #[arg(long, value_name = "COURIER", help_heading = "Courier")]
    pub(super) via: String,
    /// Longest wait for an answer, in place of the profile's own, as 2s
    #[arg(long, value_name = "TIME", value_parser = parse_duration, help_heading = "Courier")]
    pub(super) timeout: Option<Duration>,
    /// Output
    #[arg(long, value_enum, default_value_t, help_heading = "Output")]
    pub(super) format: Format,
}

/// Output formats of an outcome.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    #[default]
    Text,
    /// One JSON document
    Json,
}

impl Send {
    pub(super) fn run(self, global: &Global, term: &mut Term) -> anyhow::Result<Exit> {
        let via = self.line.via()?;
        let mut context = global.context()?;
        let profile = context.profile(&self.profile)?;
        let tracker = self.tracker.tracker(&context, &profile, term)?;
        let ask = self.choice.ask(FormName::Cable, *plan::PACKETS.start());
        let commands = make(&profile, &tracker, &ask, term)?;
        // A password that the commands change is the one that reading back needs.
        let after = commands.after.clone().unwrap_or_else(|| tracker.clone());
        let reads = reads(&profile, &after, &commands, &ask, term)?;
        let remarks: Vec<String> = commands.remarks.iter().map(plan::Fault::sentence).collect();
        for warning in remarks.iter().chain(&commands.warnings) {
            term.warn(warning);
        }
        if self.dry_run {
            return Ok(dry_run(&profile, &tracker, &commands, &reads, self.show_secrets, term));
        }
        self.agree(&profile, &commands, term)?;
        let questions = questions(&profile, &tracker)?;
        let mut courier = via.open(speeds(&profile)).map_err(|trouble| busy(&trouble))?;
        let mut session =
            Session::new(&profile, tracker.clone(), questions, commands.clone(), reads, commands);
        others(&mut session, &context, &profile, &tracker, term);
        let ended = lead(session, courier.as_mut(), self.line.timeout, term);
        Ok(show(&profile, &tracker, courier.spec(), &ended, self.line.format, term)?)
    }

    /// What erases a tracker is not sent without a word of a person.
    fn agree(&self, profile: &Profile, commands: &Plan, term: &mut Term) -> Result<(), Failure> {
        let destructive: Vec<&str> = commands
            .commands
            .iter()
            .map(|command| &profile.steps[command.step])
            .filter(|step| step.destructive)
            .map(|step| step.id.as_str())
            .collect();
        if self.yes {
            return Ok(());
        }
        let commands = commands.commands.len();
        let what = if destructive.is_empty() {
            format!("{commands} command{} for {}", ui::commands::plural(commands), self.line.via)
        } else {
            format!("the plan holds {}, which cannot be undone", destructive.join(" and "))
        };
        match term.ask_yes(&format!("{what}. Send it?")) {
            Ok(true) => Ok(()),
            Ok(false) => Err(Failure::usage("nothing was sent")),
            // A script has said what it wants; a cable costs nothing, and a reset needs its own word.
            Err(_) if destructive.is_empty() => Ok(()),
            Err(_) => Err(Failure::usage(what).hint("--yes sends it without asking")),
        }
    }
}

impl Line {
    pub(super) fn via(&self) -> Result<Via, Failure> {
        self.via.parse::<Via>().map_err(|error| Failure::usage(&error).hint(error.hint()))
    }
}

/// The questions that read back what the commands set: the profile's `verify` for its routine, else the fewest
/// queries that can show the settings.
fn reads(
    profile: &Profile,
    tracker: &Tracker,
    commands: &Plan,
    ask: &Ask<'_>,
    term: &mut Term,
) -> Result<Plan, Failure> {
    let nothing = Plan::empty();
    if !commands.commands.iter().any(|command| writes(profile, command)) {
        return Ok(nothing);
    }
    let ask = Ask { factory_reset: false, without: &[], ..ask.clone() };
    if matches!(ask.what, What::Routine(_)) {
        if profile.routine("verify").is_none() {
            return Ok(nothing);
        }
        return make(profile, tracker, &Ask { what: What::Routine("verify"), ..ask }, term);
    }
    let mut wanted: Vec<&str> =
        commands.commands.iter().flat_map(|command| plan::sets(profile, command)).collect();
    let mut queries: Vec<String> = Vec::new();
    let verify = profile.routine("verify").unwrap_or_default();
    let all = verify
        .iter()
        .copied()
        .chain((0..profile.steps.len()).filter(|at| profile.steps[*at].kind == Kind::Query));
    for at in all {
        let shows: Vec<String> = profile.readable(at).collect();
        let before = wanted.len();
        wanted.retain(|name| !shows.iter().any(|shown| shown == name));
        if wanted.len() < before {
            queries.push(profile.steps[at].id.value.clone());
        }
    }
    make(profile, tracker, &Ask { what: What::Steps(&queries), ..ask }, term)
}

/// Adds the questions by which the dialect is recognised: the profile's own, then one of each dialect it may be
/// The questions by which the profile's dialect is recognised. Nothing is written before one of them was answered,
/// so a profile without any is not sent.
pub(super) fn questions(profile: &Profile, tracker: &Tracker) -> Result<Plan, Failure> {
    let own = plan::plan(profile, tracker, &Ask::routine("identify", FormName::Cable));
    own.ok().filter(|own| !own.commands.is_empty()).ok_or_else(|| {
        Failure::usage(format!(
            "the profile {} has no question that changes nothing, so nothing shows that a tracker obeys it",
            profile.id.value
        ))
        .hint("`homing generate` shows the commands; a routine `identify` of the profile would allow to send them")
    })
}

/// Adds a question of each dialect the tracker may be mistaken for, to say which it is when it is not the profile's.
pub(super) fn others(
    session: &mut Session,
    context: &Context,
    profile: &Arc<Profile>,
    tracker: &Tracker,
    term: &mut Term,
) {
    for alternative in &profile.alternatives {
        let Ok(other) = context.catalogue.find(&alternative.profile).map(Arc::clone) else {
            let (id, names) = (&profile.id.value, &alternative.profile.value);
            term.warn(&format!("the profile {id} names {names}, which is not at hand"));
            continue;
        };
        let steps = [alternative.tell.value.clone()];
        let ask = Ask { what: What::Steps(&steps), ..Ask::routine("identify", FormName::Cable) };
        // Identity only: this tracker's settings are made for its own profile.
        let same = Tracker { imei: tracker.imei, ..Tracker::default() };
        if let Ok(question) = plan::plan(&other, &same, &ask) {
            session.other(&other, question);
        }
    }
}

fn dry_run(
    profile: &Profile,
    tracker: &Tracker,
    commands: &Plan,
    reads: &Plan,
    secrets: bool,
    term: &mut Term,
) -> Exit {
    let mut list = |title: &str, plan: &Plan| {
        if plan.commands.is_empty() {
            return;
        }
        term.line(title);
        let shown = plan.shown(profile, tracker);
        for (command, shown) in plan.commands.iter().zip(shown) {
            let text = if secrets { command.text.as_str() } else { shown.as_str() };
            term.line(format!("  {}", escape(text.trim_end())));
        }
    };
    list("would send, each after the answer to the one before:", commands);
    list("would then ask, to compare with what was sent:", reads);
    term.note("nothing was sent");
    Exit::Done
}

/// Line speeds to try, as the profile's cable form gives them; none given, the courier's own.
pub(super) fn speeds(profile: &Profile) -> &[u32] {
    profile.form(FormName::Cable).map_or(&[], |form| &form.baud)
}

/// A port that does not open is this machine's fault, not the tracker's.
pub(super) fn busy(trouble: &crate::courier::Trouble) -> Failure {
    Failure::machine(trouble).maybe(trouble.hint())
}

/// Shows a conversation while it goes on.
struct Live<'t> {
    term: &'t mut Term,
    bar: ProgressBar,
}

impl Watch for Live<'_> {
    fn says(&mut self, turn: &Turn) {
        self.bar.set_message(escape(&format!("{}: {}", turn.name, turn.shown)));
        if self.term.volume() == ui::Volume::Verbose {
            let text = format!("> {}", turn.shown);
            self.bar.suspend(|| self.term.detail(&text));
        }
    }

    fn hears(&mut self, _: &Turn, shown: &[String], answer: &Answer) {
        if self.term.volume() == ui::Volume::Verbose {
            let late = answer.late.iter().map(|_| "< (a late line)".to_owned());
            let lines: Vec<String> = late.chain(shown.iter().map(|line| format!("< {line}"))).collect();
            self.bar.suspend(|| lines.iter().for_each(|line| self.term.detail(line)));
        }
    }

    fn speed(&mut self, baud: u32) {
        let text = format!("no answer was understood, trying {baud} baud");
        self.bar.suspend(|| self.term.note(&text));
    }
}

/// Leads a session to its end with a line that shows what is going on.
pub(super) fn lead(
    session: Session,
    courier: &mut dyn Courier,
    timeout: Option<Duration>,
    term: &mut Term,
) -> Ended {
    let bar = term.spinner("asking which dialect the tracker obeys");
    let mut live = Live { term, bar };
    let ended = talk(session, courier, timeout, &mut live);
    live.bar.finish_and_clear();
    ended
}

/// Shows an outcome, and says what it means for a script.
pub(super) fn show(
    profile: &Profile,
    tracker: &Tracker,
    via: &str,
    ended: &Ended,
    format: Format,
    term: &mut Term,
) -> Result<Exit, std::io::Error> {
    match format {
        Format::Text => ui::outcome::write(term, &ended.outcome),
        Format::Json => {
            report::pretty(&mut *term, &report::outcome(profile, tracker, via, &ended.outcome))?;
        }
    }
    let exit = exit(&ended.outcome, ended.trouble.is_some());
    if exit != Exit::Done {
        let trouble = ended.trouble.as_ref().and_then(crate::courier::Trouble::hint);
        let hint = trouble.or_else(|| hint(&ended.outcome, via));
        let sentence = format!("{}: {}", ended.outcome.standing, ended.outcome.sentence);
        match format {
            // The result has said it.
            Format::Text => term.hint(hint.as_deref()),
            Format::Json => term.error(&sentence, hint.as_deref()),
        }
    }
    Ok(exit)
}

fn exit(outcome: &TalkOutcome, trouble: bool) -> Exit {
    let exit = match outcome.standing {
        Standing::Verified => Exit::Done,
        // Nothing that could be read back is left open: the tracker's own word is all there is to have.
        Standing::Acknowledged if outcome.reason.is_none() => Exit::Done,
        Standing::Refused | Standing::Failed => Exit::Failed,
        Standing::Planned | Standing::Sent | Standing::Acknowledged | Standing::Unknown => Exit::Unproven,
    };
    if trouble { exit.and(Exit::Machine) } else { exit }
}

/// What to look at when only our own words come back.
pub(super) const ECHO: &str = "the device repeats what it hears: its receive and transmit lines may be joined, \
                               or nothing listens behind the adapter";

/// What a person can do about it.
fn hint(outcome: &TalkOutcome, via: &str) -> Option<String> {
    let hint = match outcome.reason? {
        Reason::Silent if outcome.standing == Standing::Planned => {
            format!(
                "is the tracker on, and is this a data cable (a charge-only cable is silent too)? Other speeds: {}?baud=N; other ports: `homing port list`",
                bare(via)
            )
        }
        Reason::Garbage => format!(
            "the line speed is probably another: {}?baud=9600, 19200, 38400, 57600 or 115200",
            bare(via)
        ),
        Reason::OnlyEcho => ECHO.to_owned(),
        Reason::ModemPort => "a modem has several ports: try the others of `homing port list`".to_owned(),
        Reason::OtherDialect => "use the profile it obeys".to_owned(),
        Reason::OtherTracker => "check which tracker is on the cable, or correct --imei".to_owned(),
        Reason::NotRecognised => "`homing identify` asks all dialects; --verbose shows every line".to_owned(),
        Reason::WrongPassword => {
            "give the tracker's password with --password file:PATH, env:NAME or ask".to_owned()
        }
        Reason::NotAuthorised => "send from a number the tracker knows as its administrator's".to_owned(),
        Reason::NotReadBack if outcome.settings.iter().any(|setting| setting.outstanding) => {
            "`homing verify` asks once more".to_owned()
        }
        Reason::NotReadBack => "no answer of this tracker shows it: its own word is all there is".to_owned(),
        _ => return None,
    };
    Some(hint)
}

fn bare(via: &str) -> &str {
    via.split('?').next().unwrap_or(via)
}
