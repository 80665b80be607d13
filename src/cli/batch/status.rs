//! `homing batch status`: how far a batch is, also while another process works on it.

use clap::Args;

use crate::report::{self, BATCH};
use crate::ui::{Exit, Term};

use super::Place;
use super::report::{exit_of, find, head};

/// How far a batch is; also while it runs.
#[derive(Debug, Args)]
pub(super) struct Status {
    /// The batch [default: the latest]
    name: Option<String>,
    /// One JSON document
    #[arg(long)]
    json: bool,
}

impl Status {
    pub(super) fn run(self, at: &Place, term: &mut Term) -> anyhow::Result<Exit> {
        let journal = at.read()?;
        let batch = find(&journal, self.name.as_deref())?;
        let head = head(&journal, &batch)?;
        if self.json {
            report::pretty(&mut *term, &report::status(BATCH, &head))?;
        } else {
            term.line(format!("{}: {}, begun {}", head.name, head.state, head.created));
            let done = head.total - head.open;
            term.line(format!("{done} of {} trackers are done", head.total));
            for (standing, count) in &head.counts {
                term.line(format!("  {count:>6} {standing}"));
            }
        }
        exit_of(&journal, &batch)
    }
}
