//! SMS gateways over HTTP: any of them by a definition in TOML, several messages at a time, replies by asking or by a
//! webhook. This room decides nothing that the engine decides, sends no request twice, and shows no credential.
//!
//! A gateway has no prompt like a modem's: what cannot be taken back is the request itself. So a message is prompted
//! as soon as it could be sent at once (the gateway works, one of its places is free, its rate allows it), and the
//! request goes out when it is released.

mod ask;
mod call;
mod callers;
mod catalogue;
mod client;
mod courier;
mod definition;
mod extract;
mod facts;
mod fault;
mod guests;
mod hand;
mod hidden;
mod inbox;
mod judge;
mod load;
mod mailbox;
mod pace;
mod place;
mod setup;
mod template;
mod time;
mod watch;
mod webhook;
mod wire;

#[cfg(test)]
mod tests;

pub use catalogue::{Entry, built_in};
pub use definition::{Definition, Example, Kind, Needed, Source};
pub use facts::{Facts, Given as GivenValue};
pub use fault::SetupError;
pub use load::{SETTINGS, load};
pub use setup::{Given, Setup};

use std::sync::Arc;
use std::thread;

use tokio::sync::mpsc;

use super::{Post, Tell};
use wire::Wire;

/// Calls of a webhook that wait to be told.
const CALLS: usize = 64;

/// Opens a gateway. `Up` or `Down` is told once it was asked whether it works; orders may be given before, and wait.
///
/// # Errors
/// There is no client, no thread, or the address of the webhook cannot be taken.
pub fn open(setup: Setup, tell: Tell) -> Result<Post, SetupError> {
    let machine = |gateway: &str, why: String| SetupError::Machine { gateway: gateway.to_owned(), why };
    let name = setup.name.clone();
    let spec = format!("gateway:{name}");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| machine(&name, error.to_string()))?;
    let listener = match setup.webhook {
        Some(address) => {
            // A socket belongs to the runtime that it is made in.
            let _inside = runtime.enter();
            let wrong = |error| machine(&name, format!("nothing can listen at {address}: {error}"));
            Some(webhook::bind(address).map_err(wrong)?)
        }
        None => None,
    };
    let wire = Arc::new(Wire::new(setup)?);
    let (give, orders) = mpsc::unbounded_channel();
    let (caller, calls) = mpsc::channel(CALLS);
    let work = async move {
        let setup = Arc::new(wire.setup.clone());
        let listening = listener.map(|listener| tokio::spawn(webhook::listen(listener, setup, caller)));
        courier::run(wire, tell, orders, calls).await;
        if let Some(listening) = listening {
            // Whoever called last gets an answer. A listener that broke has said so itself.
            let _ = listening.await;
        }
    };
    let run = move || {
        runtime.block_on(work);
        // A name may still be looked up; nobody waits for it any more.
        runtime.shutdown_background();
    };
    let thread = thread::Builder::new().name("gateway".to_owned()).spawn(run);
    let thread = thread.map_err(|error| machine(&name, error.to_string()))?;
    let give = move |order| {
        // A courier that has stopped takes no more orders.
        let _ = give.send(order);
    };
    Ok(Post::new(spec, Box::new(give), thread))
}
