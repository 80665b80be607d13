//! `homing verify`: read the settings back and compare them with what they should be, or with what they were. Changes
//! nothing.

mod change;
mod show;

use clap::Args;

use crate::engine::{Matter, Recipient, ScriptError, Session, add_others, queries_for, questions};
use crate::plan::{self, Ask, Fault, Plan, What};
use crate::profile::{FormName, Profile};
use crate::report::Snapshot;
use crate::tracker::Tracker;
use crate::ui::{Exit, Failure, Term};

use super::context::Global;
use super::forewarn::Outlook;
use super::generate::make;
use super::route::{Line, Messages, form, messages};
use super::talk::{lead, unscripted};
use super::tracker::TrackerArgs;
use change::Change;

/// Read the settings back and compare them with what they should be.
#[derive(Debug, Args)]
pub(super) struct Verify {
    /// Profile: its id, a model's name, or the path of a TOML file
    profile: String,
    #[command(flatten)]
    tracker: TrackerArgs,
    /// Allow a form that no source gives for this tracker, by its word, as udp
    #[arg(long, value_name = "WORD", help_heading = "Commands")]
    assume: Vec<String>,
    /// Ask too for what the routine leaves out: time zone, second server, SMS reports, remote management
    #[arg(long, help_heading = "Commands")]
    full: bool,
    #[command(flatten)]
    change: Change,
    #[command(flatten)]
    line: Line,
}

/// What a verification asks first, what it reads, and what that is compared with.
struct Script {
    questions: Plan,
    reads: Plan,
    expected: Plan,
}

impl Verify {
    pub(super) fn run(self, global: &Global, term: &mut Term) -> anyhow::Result<Exit> {
        let via = self.line.via()?;
        let mut context = global.context()?;
        let profile = context.profile(&self.profile)?;
        let before = self.change.before(&profile)?;
        let tracker = self.tracker.tracker(&context, &profile, term)?;
        let form = form(&via);
        let outlook = Outlook::one(&via, self.line.flags(), &context, term)?;
        outlook.hears()?;
        outlook.reach(&Recipient::from(&tracker))?;
        let script = self.script(&profile, &tracker, form, before.as_ref(), term)?;
        let counted = Messages {
            questions: messages(&script.questions) + profile.alternatives.len(),
            commands: 0,
            reads: messages(&script.reads),
        };
        self.line.agree(&via, tracker.phone.as_ref(), &counted, None, term)?;
        let Script { questions, reads, expected } = script;
        let trusted = questions.commands.is_empty();
        let mut session = Session::new(&profile, tracker.clone(), questions, Plan::empty(), reads, expected);
        match trusted {
            true => session.trust(),
            false => add_others(&mut session, &profile, &tracker, form, |id| context.find(id)),
        }
        let mut courier = self.line.open(&via, &context, &profile, &tracker, term)?;
        let ended = lead(session, courier.as_mut(), &via, &self.line, term);
        let view =
            show::View { profile: &profile, tracker: &tracker, via: courier.spec(), form, ended: &ended };
        let exit = self.change.finish(&view, before.as_ref(), self.line.format, term)?;
        term.finish()?;
        courier.forget();
        Ok(exit)
    }

    /// What is asked, and what the answers are compared with.
    fn script(
        &self,
        profile: &Profile,
        tracker: &Tracker,
        form: FormName,
        before: Option<&Snapshot>,
        term: &mut Term,
    ) -> Result<Script, Failure> {
        if profile.routine("verify").is_none() {
            let message = format!("the profile {} knows no way to read settings back", profile.id.value);
            let hint = "no known answer of this family shows its settings; a report at the server proves more: `homing listen`, or \
                        `homing batch run --expect-report ADDR`";
            return Err(Failure::usage(message).hint(hint));
        }
        let ask = Ask { assume: &self.assume, ..Ask::routine("provision", form) };
        let questions = match questions(profile, tracker, &ask) {
            // What reads settings back changes nothing, and needs no question before it.
            Err(ScriptError::NoQuestion(_)) => Plan::empty(),
            made => made.map_err(|error| unscripted(error, form, term))?,
        };
        let expected = match before {
            // What is read is compared with the snapshot, and with nothing else.
            Some(_) => Plan::empty(),
            None => expected(profile, tracker, &ask, term)?,
        };
        let mut reads = make(profile, tracker, &Ask { what: What::Routine("verify"), ..ask.clone() }, term)?;
        let asked: Vec<usize> = reads.commands.iter().map(|command| command.step).collect();
        let mut more = self.more(profile, &asked, &questions, form);
        if let Some(before) = before {
            let own: Vec<usize> = more.iter().filter_map(|name| profile.step(name)).chain(asked).collect();
            more.extend(before.questions(profile, &own, form));
        }
        if !more.is_empty() {
            let ask = Ask { what: What::Steps(&more), ..ask };
            reads.commands.extend(make(profile, tracker, &ask, term)?.commands);
        }
        Ok(Script { questions, reads, expected })
    }

    /// Queries beside the routine's: for what --full asks, and for the firmware where it is to be known.
    fn more(&self, profile: &Profile, asked: &[usize], questions: &Plan, form: FormName) -> Vec<String> {
        let mut wanted: Vec<&str> = Vec::new();
        if self.full {
            wanted.extend(Matter::ALL.iter().flat_map(|matter| matter.names(profile)));
        }
        if self.full || self.change.wants_firmware() {
            wanted.push("firmware");
        }
        // The first question that recognises the dialect is always asked.
        let first = questions.commands.first().map(|command| command.step);
        let asked: Vec<usize> = asked.iter().copied().chain(first).collect();
        queries_for(profile, &asked, &wanted, form)
    }
}

/// The plan whose settings the tracker is to have. What is not given is nothing to compare with: those steps are left out.
fn expected(profile: &Profile, tracker: &Tracker, ask: &Ask<'_>, term: &mut Term) -> Result<Plan, Failure> {
    let lacking = |fault: &Fault| fault.rule == "missing-setting";
    let without: Vec<String> = match plan::plan(profile, tracker, ask) {
        Err(faults) => faults.into_iter().filter(lacking).filter_map(|fault| fault.step).collect(),
        Ok(_) => Vec::new(),
    };
    make(profile, tracker, &Ask { without: &without, ..ask.clone() }, term)
}
