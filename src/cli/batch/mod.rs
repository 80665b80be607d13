//! `homing batch`: a CSV through the journal, so that it can be stopped, killed and gone on with, and its report
//! believed.

mod book;
mod cancel;
mod confirm;
mod couriers;
#[cfg(feature = "defects")]
mod defects;
mod differs;
mod dry;
mod expect;
mod kept;
mod late;
mod list;
mod live;
mod out;
mod report;
mod resolve;
mod resume;
mod run;
mod seen;
mod sheet;
mod status;
mod work;

use std::env;
use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::journal::{Journal, JournalError, Reader};
use crate::ui::{Exit, Failure, Term};

use super::context::Global;

/// A CSV of trackers through the journal: run, stopped, gone on with, reported.
#[derive(Debug, Args)]
pub(super) struct BatchArgs {
    #[command(subcommand)]
    command: BatchCommand,
    /// The journal, instead of $XDG_STATE_HOME/homing/journal.db
    #[arg(long, global = true, value_name = "FILE", help_heading = "Everywhere")]
    journal: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum BatchCommand {
    /// Begin a batch, or go on with the one that this CSV began
    Run(Box<run::Run>),
    /// The batches of the journal
    List(list::List),
    /// How far a batch is; also while it runs
    Status(status::Status),
    /// Go on with a batch, as it was begun or with a corrected CSV
    Resume(Box<resume::Resume>),
    /// What nobody knows the outcome of, and a person's word on it
    Resolve(resolve::Resolve),
    /// Who reports, out of what the platform exports of its units
    Confirm(confirm::Confirm),
    /// What became of every tracker
    Report(report::Report),
    /// Send nothing more of a batch
    Cancel(cancel::Cancel),
}

impl BatchArgs {
    pub(super) fn run(self, global: &Global, term: &mut Term) -> anyhow::Result<Exit> {
        let at = Place { named: self.journal };
        match self.command {
            BatchCommand::Run(run) => run.run(&at, global, term),
            BatchCommand::List(list) => list.run(&at, term),
            BatchCommand::Status(status) => status.run(&at, term),
            BatchCommand::Resume(resume) => resume.run(&at, global, term),
            BatchCommand::Resolve(resolve) => resolve.run(&at, term),
            BatchCommand::Confirm(confirm) => confirm.run(&at, term),
            BatchCommand::Report(report) => report.run(&at, term),
            BatchCommand::Cancel(cancel) => cancel.run(&at, term),
        }
    }
}

/// Where the journal is.
struct Place {
    named: Option<PathBuf>,
}

impl Place {
    /// The file named, else the one at its usual place.
    fn path(&self) -> Result<PathBuf, Failure> {
        if let Some(path) = &self.named {
            return Ok(path.clone());
        }
        let base = env::var_os("XDG_STATE_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
        let home = || Some(PathBuf::from(env::var_os("HOME")?).join(".local").join("state"));
        let base = base.or_else(home).ok_or_else(|| {
            Failure::usage("there is no place for the journal: neither XDG_STATE_HOME nor HOME is set")
                .hint("--journal FILE names one")
        })?;
        Ok(base.join("homing").join("journal.db"))
    }

    fn open(&self) -> Result<Journal, Failure> {
        Journal::open(&self.path()?).map_err(|error| broken(&error))
    }

    fn read(&self) -> Result<Reader, Failure> {
        Journal::read_only(&self.path()?).map_err(|error| match error {
            JournalError::Missing { path } => {
                Failure::usage(format!("there is no journal {} yet", path.display()))
                    .hint("`homing batch run FILE --via …` begins a batch; --journal names another journal")
            }
            error => broken(&error),
        })
    }
}

/// A journal that cannot be used: this machine's fault, but for a name that is not there.
fn broken(error: &JournalError) -> Failure {
    let failure = match error {
        JournalError::Unknown { .. } | JournalError::Missing { .. } | JournalError::NameTaken { .. } => {
            Failure::usage(error)
        }
        _ => Failure::machine(error),
    };
    failure.maybe(error.hint())
}
