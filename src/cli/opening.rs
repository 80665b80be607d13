//! What a courier is opened with: a gateway's setup, a modem's options, and where its news are heard.

use std::sync::mpsc;

use crate::courier::gateway::{Setup, SetupError};
use crate::courier::{self, ModemOptions, Post, Tell, Trouble, TroubleKind, Via};
use crate::engine::News;
use crate::ui::{Exit, Failure, Term};

use super::context::Context;
use super::secrets::fetch;

/// Opens a gateway of the configuration.
pub(super) fn gateway(
    name: &str,
    ca_file: Option<&std::path::Path>,
    webhook: Option<std::net::SocketAddr>,
    context: &Context,
    tell: Tell,
) -> Result<Post, Failure> {
    let setup = setup(name, ca_file, webhook, context)?;
    courier::gateway::open(setup, tell).map_err(|error| Failure::machine(&error).maybe(error.hint()))
}

/// A gateway of the configuration, with what the command line adds.
pub(super) fn setup(
    name: &str,
    ca_file: Option<&std::path::Path>,
    webhook: Option<std::net::SocketAddr>,
    context: &Context,
) -> Result<Setup, Failure> {
    let mut setup = context.config.gateway(name)?;
    if let Some(path) = ca_file {
        setup.trust(path).map_err(|error| unset(&error))?;
    }
    if let Some(address) = webhook {
        setup.webhook(address).map_err(|error| unset(&error))?;
    }
    Ok(setup)
}

/// A gateway that is not set up as it should be.
fn unset(error: &SetupError) -> Failure {
    Failure::usage(error).maybe(error.hint())
}

/// The options of a modem that a `--via` gives.
pub(super) fn modem_options(via: &Via, term: &mut Term) -> Result<ModemOptions, Failure> {
    let Via::Modem { baud, accept, away, empty, pin, .. } = via else { return Ok(ModemOptions::default()) };
    let pin = match pin {
        Some(source) => Some(fetch("pin=", None, source, term)?),
        None => None,
    };
    let (baud, accept, away, empty) = (*baud, *accept, *away, *empty);
    Ok(ModemOptions { baud, accept, away, empty, pin, ..ModemOptions::default() })
}

/// Where a courier tells its news, and where they are heard.
pub(super) fn news() -> (Tell, mpsc::Receiver<News>) {
    let (sender, receiver) = mpsc::channel();
    let tell = move |news| {
        // Whoever listened has gone: the courier is about to be closed.
        let _ = sender.send(news);
    };
    (Box::new(tell), receiver)
}

/// A port that does not open is this machine's fault, not the tracker's; that a person stopped is nobody's.
pub(super) fn busy(trouble: &Trouble) -> Failure {
    let exit = if trouble.kind() == TroubleKind::Stopped { Exit::Interrupted } else { Exit::Machine };
    Failure { exit, ..Failure::machine(trouble).maybe(trouble.hint()) }
}
