//! A GSM modem on a serial port: carries short messages by its dialogue, and tells what modem it is and what lies in it.
//! One thread owns the port and the dialogue; this room decides nothing that the dialogue or the engine decides.

mod carriage;
mod carrier;
mod home;
mod look;
mod returning;
mod texts;
mod wire;

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests;

pub use carriage::Carriage;
pub use look::{Found, Info, Listed, Store, inbox, info};

use std::time::Duration;

use super::{Post, Tell, Trouble};
use crate::modem::{Options, Purpose};
use crate::secret::Secret;

/// The line speed when none is given; modems on USB take any.
const SPEED: u32 = 115_200;

/// How long a service centre keeps a command that it cannot deliver: an old one must not arrive after a newer one.
const VALIDITY: Duration = Duration::from_secs(24 * 60 * 60);

/// How a modem is used. It prints no secret.
#[derive(Debug, Clone, Default)]
pub struct ModemOptions {
    /// The line speed; none for 115200.
    pub baud: Option<u32>,
    /// How long the network may take to accept a message; none leaves it to what is known of the modem.
    pub accept: Option<Duration>,
    /// The PIN of the SIM card. It is entered once at most, and never as the last try.
    pub pin: Option<Secret>,
    /// The time between two looks for messages; none leaves it to what is known of the modem.
    pub poll: Option<Duration>,
    /// How long the service centre keeps a message that it cannot deliver; none for a day.
    pub validity: Option<Duration>,
    /// How long a port that went away is waited for; none for five minutes.
    pub away: Option<Duration>,
    /// Messages from none of a batch's trackers may be deleted where room is short, once they are written down.
    pub empty: bool,
}

impl ModemOptions {
    fn dialogue(&self, purpose: Purpose) -> Options {
        Options {
            purpose,
            pin: self.pin.clone(),
            accept: self.accept,
            poll: self.poll,
            empty: self.empty,
            returns: false,
        }
    }
}

/// Opens the modem at `port` and begins to set it up. `Up` or `Down` is told once that is done; orders may be given
/// before, and wait.
///
/// # Errors
/// When the port is not there, not one, not permitted, in use, or does not run at that speed.
pub fn open(port: &str, options: ModemOptions, tell: Tell) -> Result<Post, Trouble> {
    let speed = options.baud.unwrap_or(SPEED);
    let (wire, inputs, give) = wire::open(port, speed)?;
    let spec = format!("modem:{port}");
    let thread = carrier::start(port, wire, inputs, give.clone(), options, tell).map_err(|cause| {
        Trouble::Io { port: port.to_owned(), doing: "given a thread", cause, sent: false }
    })?;
    Ok(Post::new(spec, super::post::into(give, wire::Input::Order), thread))
}
