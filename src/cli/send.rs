//! `homing send`: one tracker, now, with every answer waited for and the settings read back.

use clap::{Args, ValueEnum};
use indicatif::ProgressBar;

use crate::courier::{Answer, Courier, Happening, Trouble, TroubleKind, Via};
use crate::engine::{
    Asking, Fate, Purpose, Reason, Recipient, Script, ScriptError, Session, Standing, TalkOutcome, Turn,
};
use crate::plan::{self, Plan};
use crate::profile::{FormName, Profile};
use crate::report;
use crate::run::{Ended, Watch, talk};
use crate::tracker::Tracker;
use crate::ui::{self, Exit, Failure, Term, escape};
use crate::units::show_duration;

use super::context::Global;
use super::forewarn::{Flags, Outlook, Word};
use super::generate::Choice;
use super::modem::sim_in;
use super::route::{Format, Line, Messages, form};
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
    /// With --apn auto: take the network of the SIM card in the modem of --via, where the tracker's is of the same
    #[arg(long, value_enum, value_name = "SOURCE", conflicts_with_all = ["imsi", "mcc_mnc"], help_heading = "Settings")]
    apn_from: Option<ApnFrom>,
    /// By SMS, send without asking first which dialect the tracker obeys
    #[arg(long, help_heading = "Commands")]
    no_identify: bool,
    /// Show every message, send nothing
    #[arg(long, help_heading = "Commands")]
    dry_run: bool,
    /// With --dry-run, show secrets too
    #[arg(long, requires = "dry_run", help_heading = "Commands")]
    show_secrets: bool,
}

/// Where `--apn auto` learns the network from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ApnFrom {
    /// The SIM card in the modem
    Modem,
}

impl Send {
    /// The SIM card in the modem, where `--apn auto` is to learn from it.
    fn learn_sim(&mut self, via: &Via, term: &mut Term) -> Result<(), Failure> {
        let Some(ApnFrom::Modem) = self.apn_from else { return Ok(()) };
        if !matches!(via, Via::Modem { .. }) {
            return Err(Failure::usage(
                "--apn-from modem reads the SIM card of a modem, and --via names none",
            )
            .hint("--via modem:PORT; or --imsi or --mcc-mnc"));
        }
        self.tracker.sim = Some(sim_in(&self.line.via, term)?);
        Ok(())
    }

    pub(super) fn run(mut self, global: &Global, term: &mut Term) -> anyhow::Result<Exit> {
        let via = self.line.via()?;
        let form = form(&via);
        if self.no_identify && form == FormName::Cable {
            return Err(Failure::usage(
                "--no-identify is for short messages: on a cable the questions cost nothing",
            )
            .into());
        }
        let mut context = global.context()?;
        let profile = context.profile(&self.profile)?;
        self.learn_sim(&via, term)?;
        let tracker = self.tracker.tracker(&context, &profile, term)?;
        let flags = Flags { dry_run: self.dry_run, ..self.line.flags() };
        let outlook = Outlook::one(&via, flags, &context, term)?;
        outlook.reach(&Recipient::from(&tracker))?;
        let asking = outlook.asking(&Word::Given(self.no_identify), term)?;
        let ask = self.choice.ask(form, *plan::PACKETS.start());
        let script = Script::new(&profile, &tracker, &ask, asking);
        let script = script.map_err(|error| unscripted(error, form, term))?;
        let Script { questions, commands, reads, .. } = &script;
        let remarks: Vec<String> = commands.remarks.iter().map(plan::Fault::sentence).collect();
        for warning in remarks.iter().chain(&commands.warnings) {
            term.warn(warning);
        }
        if self.dry_run {
            return Ok(dry_run(&profile, &tracker, [questions, commands, reads], self.show_secrets, term));
        }
        let [asked, sent, read] = script.messages();
        let others = if asking == Asking::First { profile.alternatives.len() } else { 0 };
        let counted = Messages { questions: asked + others, commands: sent, reads: read };
        let destructive = destructive(&profile, commands);
        self.line.agree(&via, tracker.phone.as_ref(), &counted, destructive, term)?;
        let session = script.session(&profile, &tracker, |id| context.find(id));
        let mut courier = self.line.open(&via, &context, &profile, &tracker, term)?;
        let ended = lead(session, courier.as_mut(), &via, &self.line, term);
        finish(&profile, &tracker, courier.as_mut(), &via, &ended, &self.line, term)
    }
}

/// The steps of a plan that cannot be undone, as a sentence.
fn destructive(profile: &Profile, commands: &Plan) -> Option<String> {
    let steps = commands.commands.iter().map(|command| &profile.steps[command.step]);
    let names: Vec<&str> = steps.filter(|step| step.destructive).map(|step| step.id.as_str()).collect();
    (!names.is_empty()).then(|| format!("the plan holds {}, which cannot be undone", names.join(" and ")))
}

/// Shows an outcome; then the courier may forget the answers it keeps.
pub(super) fn finish(
    profile: &Profile,
    tracker: &Tracker,
    courier: &mut dyn Courier,
    via: &Via,
    ended: &Ended,
    line: &Line,
    term: &mut Term,
) -> anyhow::Result<Exit> {
    let exit = show(profile, tracker, courier.spec(), form(via), ended, line.format, term)?;
    term.finish()?;
    courier.forget();
    Ok(exit)
}

/// A script that cannot be made, with every fault told.
pub(super) fn unscripted(error: ScriptError, form: FormName, term: &mut Term) -> Failure {
    match error {
        ScriptError::Plan(faults) => super::generate::unmade(faults, term),
        ScriptError::NoQuestion(_) => Failure::usage(&error).hint(match form {
            FormName::Sms => "--no-identify sends without asking; what comes back is then all there is to go by",
            _ => "`homing generate` shows the commands; a routine `identify` of the profile would allow to send them",
        }),
        ScriptError::OnlyQuestions => Failure::usage(&error)
            .hint("use a modem, or a gateway by which answers come: `homing gateway list` names them"),
    }
}

fn dry_run(profile: &Profile, tracker: &Tracker, plans: [&Plan; 3], secrets: bool, term: &mut Term) -> Exit {
    let titles = [
        "would ask first, until one is answered:",
        "would send, each after the answer to the one before:",
        "would then ask, to compare with what was sent:",
    ];
    for (title, plan) in titles.iter().zip(plans) {
        if plan.commands.is_empty() {
            continue;
        }
        term.line(title);
        let shown = plan.shown(profile, tracker);
        for (command, shown) in plan.commands.iter().zip(shown) {
            let text = if secrets { command.text.as_str() } else { shown.as_str() };
            term.line(format!("  {}", escape(text.trim_end())));
        }
    }
    term.note("nothing was sent");
    Exit::Done
}

/// Shows a conversation while it goes on.
struct Live<'t> {
    term: &'t mut Term,
    bar: ProgressBar,
    /// A person carries the messages, so nothing may be drawn over what they read and type.
    by_hand: bool,
    /// Answers can come back.
    two_way: bool,
    count: usize,
}

impl Live<'_> {
    fn detail(&mut self, text: &str) {
        self.bar.suspend(|| self.term.detail(text));
    }

    fn warn(&mut self, text: &str) {
        self.bar.suspend(|| self.term.warn(text));
    }
}

impl Watch for Live<'_> {
    fn says(&mut self, turn: &Turn) {
        self.count += 1;
        if self.by_hand {
            let what = match turn.purpose {
                Purpose::Probe => "a question that changes nothing",
                Purpose::Command => "a command",
                Purpose::Read => "reading back",
            };
            self.term.err(&format!("\n--- {}. {}: {what}", self.count, escape(&turn.name)));
            return;
        }
        self.bar.set_message(escape(&format!("{}: {}", turn.name, turn.shown)));
        self.detail(&format!("> {}", turn.shown));
    }

    fn hears(&mut self, _: &Turn, shown: &[String], answer: &Answer) {
        for _ in &answer.late {
            self.detail("< (a late line)");
        }
        if !self.by_hand {
            shown.iter().for_each(|line| self.detail(&format!("< {line}")));
        }
    }

    fn speed(&mut self, baud: u32) {
        let text = format!("no answer was understood, trying {baud} baud");
        self.bar.suspend(|| self.term.note(&text));
    }

    fn happens(&mut self, turn: &Turn, happening: &Happening) {
        match happening {
            Happening::Up(capacity) => {
                self.detail(&format!("ready: {}", capacity.name));
                capacity.warnings.iter().for_each(|warning| self.warn(warning));
                self.two_way = capacity.two_way;
            }
            Happening::Accepted => {
                let wait =
                    if self.two_way { "waiting for the answer" } else { "waiting until it has arrived" };
                self.bar.set_message(escape(&format!("{}: sent, {wait}", turn.name)));
                self.detail("  accepted by the network");
            }
            Happening::Fate(Fate::Delivered) => {
                self.bar.set_message(escape(&format!("{}: delivered, waiting for the answer", turn.name)));
                self.detail("  delivered to the SIM card");
            }
            Happening::Fate(Fate::Failed) => {
                self.warn(&format!("the network says that \"{}\" will not be delivered", turn.name));
            }
            Happening::Fate(Fate::Trying | Fate::Unclear) => self.detail("  not delivered yet"),
            Happening::Again { cause, pause } => self.warn(&format!(
                "\"{}\" was refused for now ({}); once more in {}",
                turn.name,
                cause.sentence,
                show_duration(*pause)
            )),
            Happening::Ignored { why, text, matters: true } => {
                self.warn(&format!(
                    "a message of the tracker is not taken as an answer, because {why}: {text:?}"
                ));
            }
            Happening::Ignored { why, matters: false, .. } => {
                self.detail(&format!("  a message was left alone: {why}"))
            }
            Happening::Down(cause) => self.warn(&cause.sentence),
            Happening::Notice(cause) => self.warn(&cause.words()),
        }
    }
}

/// Leads a session to its end with a line that shows what is going on.
pub(super) fn lead(
    session: Session,
    courier: &mut dyn Courier,
    via: &Via,
    line: &Line,
    term: &mut Term,
) -> Ended {
    let by_hand = *via == Via::Manual;
    let bar =
        if by_hand { term.no_spinner() } else { term.spinner("asking which dialect the tracker obeys") };
    let mut live = Live { term, bar, by_hand, two_way: true, count: 0 };
    let ended = talk(session, courier, line.timeout, &mut live);
    live.bar.finish_and_clear();
    ended
}

/// Shows an outcome, and says what it means for a script.
pub(super) fn show(
    profile: &Profile,
    tracker: &Tracker,
    via: &str,
    form: FormName,
    ended: &Ended,
    format: Format,
    term: &mut Term,
) -> Result<Exit, std::io::Error> {
    show_with(via, form, ended, format, term, |term| match format {
        Format::Text => Ok(()),
        Format::Json => {
            let hint = advice(ended, via, form);
            report::pretty(term, &report::outcome(profile, tracker, via, &ended.outcome, hint.as_deref()))
        }
    })
}

/// The same with a document of the caller's own as JSON, or with what it tells behind the outcome as text.
pub(super) fn show_with(
    via: &str,
    form: FormName,
    ended: &Ended,
    format: Format,
    term: &mut Term,
    tell: impl FnOnce(&mut Term) -> Result<(), serde_json::Error>,
) -> Result<Exit, std::io::Error> {
    let exit = exit(&ended.outcome, ended.trouble.as_ref());
    let hint = advice(ended, via, form);
    if format == Format::Text {
        ui::outcome::write(term, &ended.outcome);
    }
    tell(term)?;
    if exit != Exit::Done {
        let sentence = format!("{}: {}", ended.outcome.standing, ended.outcome.sentence);
        match format {
            // The result has said it.
            Format::Text => term.hint(hint.as_deref()),
            Format::Json => term.error(&sentence, hint.as_deref()),
        }
    }
    Ok(exit)
}

/// What to do about an outcome, where something is left to do.
pub(super) fn advice(ended: &Ended, via: &str, form: FormName) -> Option<String> {
    let done = exit(&ended.outcome, ended.trouble.as_ref()) == Exit::Done;
    if done { None } else { way_out(ended, via, form) }
}

fn exit(outcome: &TalkOutcome, trouble: Option<&Trouble>) -> Exit {
    let exit = match outcome.standing {
        Standing::Verified | Standing::Reporting => Exit::Done,
        // Nothing that could be read back is left open: the tracker's own word is all there is to have.
        Standing::Acknowledged if outcome.reason.is_none() => Exit::Done,
        Standing::Refused | Standing::Failed => Exit::Failed,
        Standing::Planned | Standing::Sent | Standing::Acknowledged | Standing::Unknown => Exit::Unproven,
    };
    with_trouble(exit, trouble)
}

/// An exit with what broke the courier.
pub(super) fn with_trouble(exit: Exit, trouble: Option<&Trouble>) -> Exit {
    match trouble.map(Trouble::kind) {
        // What the network or the gateway said, or did not say, is no fault of this machine.
        None | Some(TroubleKind::Rejected | TroubleKind::Unknown) => exit,
        Some(TroubleKind::Stopped) => exit.and(Exit::Interrupted),
        Some(_) => exit.and(Exit::Machine),
    }
}

/// What a person can do about an outcome: what resolves it where nobody knows it, as nothing is sent twice to find out;
/// else what broke the courier, or what the outcome itself says.
fn way_out(ended: &Ended, via: &str, form: FormName) -> Option<String> {
    let trouble = ended.trouble.as_ref().and_then(Trouble::hint);
    if ended.outcome.standing != Standing::Unknown {
        return trouble.or_else(|| hint(&ended.outcome, via, form));
    }
    if ended.outcome.one_way {
        let first = trouble.map(|hint| format!("{hint}; ")).unwrap_or_default();
        return Some(format!(
            "{first}it is not sent again by itself; a report at the server would resolve it"
        ));
    }
    let inbox = if via.starts_with("modem:") { " (`homing modem inbox`)" } else { "" };
    let word = match form {
        FormName::Sms => format!("an answer of the tracker or a delivery report{inbox}, or "),
        _ => String::new(),
    };
    let first = trouble.unwrap_or_else(|| "it is not sent again by itself".to_owned());
    Some(format!(
        "{first}; what would resolve it: {word}`homing verify`, which reads the settings back and changes nothing"
    ))
}

/// What to look at when only our own words come back.
pub(super) const ECHO: &str = "the device repeats what it hears: its receive and transmit lines may be joined, \
                               or nothing listens behind the adapter";

/// What a person can do about it.
fn hint(outcome: &TalkOutcome, via: &str, form: FormName) -> Option<String> {
    let sms = form == FormName::Sms;
    let hint = match outcome.reason? {
        Reason::Silent if sms => {
            "wrong password, a number the tracker does not obey, no credit or no coverage, the tracker \
             asleep or off, or another dialect: `homing identify` asks all of them"
                .to_owned()
        }
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
        Reason::OtherTracker => "check which tracker this is, or correct --imei".to_owned(),
        Reason::NotRecognised => "`homing identify` asks all dialects; --verbose shows every line".to_owned(),
        Reason::WrongPassword => {
            "give the tracker's password with --password file:PATH, env:NAME or ask".to_owned()
        }
        Reason::NotAuthorised => "send from a number the tracker knows as its administrator's".to_owned(),
        Reason::OneWay => {
            "the tracker's report at the server proves more: look there, or send by `homing batch run \
             --expect-report ADDR`; `homing batch confirm` takes what a platform exports"
                .to_owned()
        }
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
