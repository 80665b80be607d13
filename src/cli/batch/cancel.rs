//! `homing batch cancel`: nothing more is sent of a batch. What was sent stays as it is known.

use clap::Args;

use crate::journal::BatchState;
use crate::ui::{Exit, Failure, Term};

use super::report::{find, head};
use super::{Place, broken};

/// Send nothing more of a batch.
#[derive(Debug, Args)]
pub(super) struct Cancel {
    /// The batch
    name: String,
    /// Do not ask
    #[arg(short, long)]
    yes: bool,
}

impl Cancel {
    pub(super) fn run(self, at: &Place, term: &mut Term) -> anyhow::Result<Exit> {
        let mut journal = at.open()?;
        let batch = find(&journal, Some(&self.name))?;
        let head = head(&journal, &batch)?;
        if !self.yes {
            let question = format!(
                "{} tracker{} of {} {} left; nothing more will be sent to {}. Cancel?",
                head.open,
                if head.open == 1 { "" } else { "s" },
                head.name,
                if head.open == 1 { "is" } else { "are" },
                if head.open == 1 { "it" } else { "them" }
            );
            match term.ask_yes(&question) {
                Ok(true) => {}
                Ok(false) => return Err(Failure::usage("nothing was changed").into()),
                Err(_) => {
                    return Err(Failure::usage("a batch is not cancelled without a word")
                        .hint("--yes says it")
                        .into());
                }
            }
        }
        journal.set_state(batch.id, BatchState::Cancelled).map_err(|error| broken(&error))?;
        term.note(&format!("cancelled; `homing batch report {}` shows what became of it", batch.name));
        Ok(Exit::Done)
    }
}
