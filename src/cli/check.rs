//! `homing check`: the listener and every codec against generated and golden frames, over real sockets on loopback.

use std::time::{SystemTime, UNIX_EPOCH};

use clap::{Args, ValueEnum};

use crate::check::{self, Options, Outcome, Stop};
use crate::report;
use crate::run::Interruptible;
use crate::ui::{self, Exit, Failure, Term};
use crate::wire::PROTOCOLS;

use super::protocols::protocol;

/// The loopback check: generated and golden frames over real sockets, every field and answer compared.
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(super) struct Check {
    /// Only this protocol; may be given several times
    #[arg(long, value_name = "NAME")]
    protocol: Vec<String>,
    /// What chance begins with: the same seed sends the same frames
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Output
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

const AFTER: &str = "\
For each protocol and each transport that it has: every kind of message, the
extremes of every field, frames in pieces and many at once, wrong checksums,
wrong lengths, bytes between frames, and frames of documents with the fields
that these give. Nothing leaves this machine.

Exit codes: 0 all is as it has to be, 1 something is not, 4 this machine's
sockets do not work.";

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// The verdict in one line, then a table
    #[default]
    Table,
    /// One JSON document
    Json,
    /// JUnit XML
    Junit,
}

impl Check {
    pub(super) fn run(self, term: &mut Term) -> anyhow::Result<Exit> {
        let protocols = match self.protocol.as_slice() {
            [] => PROTOCOLS.to_vec(),
            names => names.iter().map(|name| protocol(name)).collect::<Result<_, _>>()?,
        };
        let stop = Stop::default();
        let told = stop.clone();
        let interruptible = Interruptible::new(move || told.stop());
        let spinner = term.spinner("checking");
        let outcome = check::check(&Options { protocols, seed: self.seed }, &stop);
        spinner.finish_and_clear();
        drop(interruptible);
        let outcome = outcome.map_err(|error| {
            let hint = "the check needs TCP and UDP on 127.0.0.1; a sandbox or a full table of files can forbid that";
            Failure::machine(error).hint(hint)
        })?;
        let exit = exit(&outcome);
        match self.format {
            Format::Table => ui::check::write(term, &outcome),
            Format::Json => report::pretty(&mut *term, &report::check(&outcome, exit.code()))?,
            Format::Junit => term.text(&ui::check::junit(&outcome, now_ms())),
        }
        Ok(exit)
    }
}

fn exit(outcome: &Outcome) -> Exit {
    let wrong = outcome.rows.iter().any(|row| row.faults().next().is_some());
    match (outcome.stopped, wrong) {
        (true, _) => Exit::Interrupted,
        (false, true) => Exit::Failed,
        (false, false) => Exit::Done,
    }
}

fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
