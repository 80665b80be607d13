//! `homing batch status`: how far a batch is, also while another process works on it.

use clap::Args;

use crate::report::{self, BATCH};
use crate::ui::{Exit, Term, escape};

use crate::journal::StoredStranger;
use crate::units::rfc_3339_seconds;

use super::report::{exit_of, find, head};
use super::{Place, broken};

/// How far a batch is; also while it runs.
#[derive(Debug, Args)]
pub(super) struct Status {
    /// The batch [default: the latest]
    name: Option<String>,
    /// One JSON document
    #[arg(long)]
    json: bool,
    /// What came from none of its trackers, as the journal keeps it; it may be deleted in the modem (?empty=yes)
    #[arg(long, conflicts_with = "json")]
    strangers: bool,
}

impl Status {
    pub(super) fn run(self, at: &Place, term: &mut Term) -> anyhow::Result<Exit> {
        let journal = at.read()?;
        let batch = find(&journal, self.name.as_deref())?;
        let head = head(&journal, &batch)?;
        let strangers = journal.strangers(batch.id).map_err(|error| broken(&error))?;
        if self.strangers {
            strangers.iter().for_each(|one| term.line(line(one)));
        } else if self.json {
            report::pretty(&mut *term, &report::status(BATCH, &head))?;
        } else {
            term.line(format!("{}: {}, begun {}", head.name, head.state, head.created));
            let done = head.total - head.open;
            term.line(format!("{done} of {} trackers are done", head.total));
            for (standing, count) in &head.counts {
                term.line(format!("  {count:>6} {standing}"));
            }
            match strangers.len() {
                0 => {}
                1 => term.line("1 message came from none of its trackers: --strangers shows it"),
                more => term
                    .line(format!("{more} messages came from none of its trackers: --strangers shows them")),
            }
        }
        exit_of(&journal, &batch)
    }
}

/// A message of a stranger, in a line: when, by what, from whom, what.
fn line(one: &StoredStranger) -> String {
    let StoredStranger { courier, sender, sent_ms, received_ms, text, missing } = one;
    let at = rfc_3339_seconds(sent_ms.unwrap_or(*received_ms));
    let parts = if *missing > 0 { format!(" ({missing} of its parts did not come)") } else { String::new() };
    escape(&format!("{at} {courier} {sender}: {text}{parts}"))
}
