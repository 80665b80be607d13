//! `homing port`: what is plugged in.

use clap::{Args, Subcommand, ValueEnum};

use crate::courier;
use crate::report;
use crate::ui::{self, Exit, Term};

use super::opening::busy;

/// The serial ports of this machine.
#[derive(Debug, Args)]
pub(super) struct PortArgs {
    #[command(subcommand)]
    command: PortCommand,
}

#[derive(Debug, Subcommand)]
enum PortCommand {
    /// What is plugged in, and what each port probably is
    List(List),
}

#[derive(Debug, Args)]
struct List {
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

impl PortArgs {
    pub(super) fn run(self, term: &mut Term) -> anyhow::Result<Exit> {
        let PortCommand::List(list) = self.command;
        let ports = courier::list().map_err(|trouble| busy(&trouble))?;
        if list.format == Format::Json {
            report::pretty(&mut *term, &report::ports(&ports))?;
            return Ok(Exit::Done);
        }
        if ports.is_empty() {
            term.line("no serial port is there");
            term.note("plug the tracker in with a data cable; a charge-only cable shows no port");
            return Ok(Exit::Done);
        }
        let rows = ports.iter().map(|port| {
            let held = port.in_use.clone().unwrap_or_default();
            [port.path.clone(), port.what.clone(), port.stable.clone().unwrap_or_default(), held]
        });
        let text = ui::table::table(&["port", "probably", "stable name", "in use by"], rows, term.width());
        term.line(text);
        Ok(Exit::Done)
    }
}
