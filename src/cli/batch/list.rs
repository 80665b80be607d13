//! `homing batch list`: the batches of the journal.

use clap::{Args, ValueEnum};

use crate::journal::Batch;
use crate::report::{self, BatchHead};
use crate::ui::{self, Exit, Failure, Term};

use super::report::head;
use super::{Place, broken};

/// The batches of the journal, the latest first.
#[derive(Debug, Args)]
pub(super) struct List {
    /// Output
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table
    #[default]
    Table,
    /// One JSON document
    Json,
}

impl List {
    pub(super) fn run(self, at: &Place, term: &mut Term) -> anyhow::Result<Exit> {
        let journal = at.read()?;
        let batches: Vec<Batch> = journal.batches().map_err(|error| broken(&error))?;
        let heads: Vec<BatchHead> =
            batches.iter().map(|batch| head(&journal, batch)).collect::<Result<_, Failure>>()?;
        if self.format == Format::Json {
            report::pretty(&mut *term, &report::batches(&heads))?;
            return Ok(Exit::Done);
        }
        if heads.is_empty() {
            term.line("no batch is there");
            return Ok(Exit::Done);
        }
        let rows = heads.iter().map(|head| {
            let counts: Vec<String> =
                head.counts.iter().map(|(standing, count)| format!("{count} {standing}")).collect();
            [
                head.name.clone(),
                head.state.clone(),
                head.created.clone(),
                head.total.to_string(),
                counts.join(", "),
            ]
        });
        let text =
            ui::table::table(&["batch", "state", "begun (UTC)", "trackers", "standings"], rows, term.width());
        term.line(text);
        Ok(Exit::Done)
    }
}
