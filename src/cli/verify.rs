//! `homing verify`: read the settings back and compare them with what they should be. Changes nothing.

use clap::Args;

use crate::engine::{Recipient, Session, add_others, questions};
use crate::plan::{self, Ask, Fault, Plan, What};
use crate::ui::{Exit, Failure, Term};

use super::context::Global;
use super::forewarn::Outlook;
use super::generate::make;
use super::route::{Line, Messages, form, messages};
use super::send::{finish, lead, unscripted};
use super::tracker::TrackerArgs;

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
    #[command(flatten)]
    line: Line,
}

impl Verify {
    pub(super) fn run(self, global: &Global, term: &mut Term) -> anyhow::Result<Exit> {
        let via = self.line.via()?;
        let mut context = global.context()?;
        let profile = context.profile(&self.profile)?;
        let tracker = self.tracker.tracker(&context, &profile, term)?;
        let form = form(&via);
        let outlook = Outlook::one(&via, self.line.flags(), &context, term)?;
        outlook.hears()?;
        outlook.reach(&Recipient::from(&tracker))?;
        if profile.routine("verify").is_none() {
            return Err(Failure::usage(format!(
                "the profile {} knows no way to read settings back",
                profile.id.value
            ))
            .into());
        }
        let ask = Ask { assume: &self.assume, ..Ask::routine("provision", form) };
        // What is not given is nothing to compare with: those steps are left out.
        let lacking = |fault: &Fault| fault.rule == "missing-setting";
        let without: Vec<String> = match plan::plan(&profile, &tracker, &ask) {
            Err(faults) => faults.into_iter().filter(lacking).filter_map(|fault| fault.step).collect(),
            Ok(_) => Vec::new(),
        };
        let ask = Ask { without: &without, ..ask };
        let expected = make(&profile, &tracker, &ask, term)?;
        let reads = make(
            &profile,
            &tracker,
            &Ask { what: What::Routine("verify"), without: &[], ..ask.clone() },
            term,
        )?;
        let questions = questions(&profile, &tracker, &ask).map_err(|error| unscripted(error, form, term))?;
        let counted = Messages {
            questions: messages(&questions) + profile.alternatives.len(),
            commands: 0,
            reads: messages(&reads),
        };
        self.line.agree(&via, tracker.phone.as_ref(), &counted, None, term)?;
        let mut session = Session::new(&profile, tracker.clone(), questions, Plan::empty(), reads, expected);
        add_others(&mut session, &profile, &tracker, form, |id| context.find(id));
        let mut courier = self.line.open(&via, &context, &profile, &tracker, term)?;
        let ended = lead(session, courier.as_mut(), &via, &self.line, term);
        finish(&profile, &tracker, courier.as_mut(), &via, &ended, &self.line, term)
    }
}
