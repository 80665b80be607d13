//! A conversation with one tracker at a terminal: shown while it goes on, and told when it has ended.

use indicatif::ProgressBar;

use crate::courier::{Answer, Courier, Happening, Via};
use crate::engine::{Fate, Purpose, ScriptError, Session, Turn};
use crate::profile::{FormName, Profile};
use crate::report;
use crate::run::{Ended, Watch, talk};
use crate::tracker::Tracker;
use crate::ui::{self, Exit, Failure, Term, escape};
use crate::units::show_duration;

use super::ending::{advice, exit};
use super::generate::unmade;
use super::route::{Format, Line, form};

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
        ScriptError::Plan(faults) => unmade(faults, term),
        ScriptError::NoQuestion(_) => Failure::usage(&error).hint(match form {
            FormName::Sms => "--no-identify sends without asking; what comes back is then all there is to go by",
            _ => "`homing generate` shows the commands; a routine `identify` of the profile would allow to send them",
        }),
        ScriptError::OnlyQuestions => Failure::usage(&error)
            .hint("use a modem, or a gateway by which answers come: `homing gateway list` names them"),
    }
}
