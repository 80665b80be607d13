//! `homing batch status`: how far a batch is, also while another process works on it.

use clap::{Args, ValueEnum};

use crate::journal::{Batch, Reader, StoredStranger};
use crate::report::{self, BATCH};
use crate::ui::commands::plural;
use crate::ui::{Exit, Failure, Term, table::table};
use crate::units::rfc_3339_seconds;

use super::report::{exit_of, find, head};
use super::{Place, broken};

/// How far a batch is; also while it runs.
#[derive(Debug, Args)]
pub(super) struct Status {
    /// The batch [default: the latest]
    name: Option<String>,
    /// Output
    #[arg(long, value_enum, default_value_t, conflicts_with = "json")]
    format: Format,
    /// The same as --format json
    #[arg(long, hide = true)]
    json: bool,
    /// Show the messages that came since it was begun and were of no tracker of the batch at work
    #[arg(long, conflicts_with_all = ["json", "format"])]
    strangers: bool,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Lines for people
    #[default]
    Text,
    /// One JSON document
    Json,
}

impl Status {
    pub(super) fn run(self, at: &Place, term: &mut Term) -> anyhow::Result<Exit> {
        let journal = at.read()?;
        let batch = find(&journal, self.name.as_deref())?;
        let head = head(&journal, &batch)?;
        if self.json || self.format == Format::Json {
            report::pretty(&mut *term, &report::status(BATCH, &head))?;
        } else {
            term.line(format!("{}: {}, begun {}", head.name, head.state, head.created));
            let done = head.total - head.open;
            term.line(format!("{done} of {} trackers are done", head.total));
            for (standing, count) in &head.counts {
                term.line(format!("  {count:>6} {standing}"));
            }
            self.tell_of_strangers(&journal, &batch, term)?;
            if head.state == "paused" {
                term.hint(Some(&format!(
                    "nobody is at work on it: `homing batch resume {}` goes on",
                    head.name
                )));
            }
        }
        exit_of(&journal, &batch)
    }

    /// What came by a courier and was of nobody in the batch that was at work then.
    fn tell_of_strangers(&self, journal: &Reader, batch: &Batch, term: &mut Term) -> Result<(), Failure> {
        let (mut count, mut rows) = (0_usize, Vec::new());
        let each = &mut |one: StoredStranger| {
            count += 1;
            if self.strangers {
                let (when, from) = (rfc_3339_seconds(one.received_ms), one.sender.to_string());
                rows.push([when, one.courier, from, one.text.trim_end().to_owned()]);
            }
        };
        journal.strangers(batch.created_ms, each).map_err(|error| broken(&error))?;
        if self.strangers && count > 0 {
            term.line(table(&["came (UTC)", "by", "from", "text"], rows, term.width()));
        } else if count > 0 || self.strangers {
            term.line(format!("{count} message{} of strangers kept", plural(count)));
        }
        if count > 0 && !self.strangers {
            term.hint(Some(&format!("`homing batch status {} --strangers` shows them", batch.name)));
        }
        Ok(())
    }
}
