//! `homing verify`: read the settings back and compare them with what they should be. Changes nothing.

use clap::Args;

use crate::engine::Session;
use crate::plan::{self, Ask, Fault, Plan, What};
use crate::profile::FormName;
use crate::ui::{Exit, Failure, Term};

use super::context::Global;
use super::generate::make;
use super::send::{Line, busy, lead, others, questions, show, speeds};
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
        if profile.routine("verify").is_none() {
            return Err(Failure::usage(format!(
                "the profile {} knows no way to read settings back",
                profile.id.value
            ))
            .into());
        }
        let ask = Ask { assume: &self.assume, ..Ask::routine("provision", FormName::Cable) };
        // What is not given is nothing to compare with: those steps are left out.
        let lacking = |fault: &Fault| fault.rule == "missing-setting";
        let without: Vec<String> = match plan::plan(&profile, &tracker, &ask) {
            Err(faults) => faults.into_iter().filter(lacking).filter_map(|fault| fault.step).collect(),
            Ok(_) => Vec::new(),
        };
        let ask = Ask { without: &without, ..ask };
        let expected = make(&profile, &tracker, &ask, term)?;
        let reads =
            make(&profile, &tracker, &Ask { what: What::Routine("verify"), without: &[], ..ask }, term)?;
        let questions = questions(&profile, &tracker)?;
        let mut courier = via.open(speeds(&profile)).map_err(|trouble| busy(&trouble))?;
        let mut session = Session::new(&profile, tracker.clone(), questions, Plan::empty(), reads, expected);
        others(&mut session, &context, &profile, &tracker, term);
        let ended = lead(session, courier.as_mut(), self.line.timeout, term);
        Ok(show(&profile, &tracker, courier.spec(), &ended, self.line.format, term)?)
    }
}
