//! Couriers carry a command to a tracker and bring back what it answered.
//! A courier knows ports and bytes; it may not know profiles, plans or what an answer means, and it never prints.
//!
//! A cable and a person are asked and answer at once ([`Courier`]); what carries short messages is a thread of its own
//! that takes orders and reports news ([`Post`]), so that a batch can use several at a time.

mod answer;
mod cable;
mod claim;
pub mod gateway;
mod gather;
mod holder;
mod manual;
pub mod modem;
mod port;
mod post;
mod trouble;
mod usb;
mod via;

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests;

pub use answer::{Answer, Tail};
pub use cable::{Cable, SPEEDS};
pub use holder::{Holder, holders};
pub use manual::{Manual, Person, Said};
pub use modem::ModemOptions;
pub use port::{Port, list};
pub use post::{Give, Post, Tell};
pub use trouble::{Trouble, TroubleKind};
pub use via::{Via, ViaError};

use std::time::Duration;

use crate::engine::{Capacity, Cause, Fate};

/// Carries bytes to one tracker and brings its answer.
pub trait Courier {
    /// How to name this courier on the command line, `cable:/dev/ttyUSB0?baud=115200`.
    fn spec(&self) -> &str;

    /// Hands `bytes` over, then gathers lines until `listener` has enough and the line was quiet for `wait.settle`,
    /// or until `wait.timeout` is over.
    ///
    /// The listener sees the answer so far, after each completed line and after each quiet; once it
    /// has said yes it is not asked again.
    ///
    /// # Errors
    /// [`Trouble::may_have_left`] tells whether the command may have reached the tracker.
    fn ask(&mut self, bytes: &[u8], wait: Wait, listener: &mut dyn Listener) -> Result<Answer, Trouble>;

    /// Changes to the next line speed and returns it, or `None` when every speed was tried or there are none.
    ///
    /// Only for the search before the first command that sets something: a tracker that took
    /// such a command has shown that the speed is right.
    ///
    /// # Errors
    /// When the port refuses that speed or is gone.
    fn next_speed(&mut self) -> Result<Option<u32>, Trouble> {
        Ok(None)
    }

    /// Whether a modem's own AT port could be at the other end instead of a tracker.
    fn may_be_modem(&self) -> bool {
        false
    }

    /// The outcome was shown: a store that still holds the answers may forget them.
    fn forget(&mut self) {}

    /// Whether it works after it had broken off: a modem that fell silent and answers again.
    fn is_up(&self) -> bool {
        true
    }
}

/// Who waits for an answer.
pub trait Listener {
    /// Whether the answer so far is the one that is waited for.
    fn is_enough(&mut self, answer: &Answer) -> bool;

    /// Something happened on the way that a person may want to see.
    fn happens(&mut self, _: &Happening) {}
}

impl<F: FnMut(&Answer) -> bool> Listener for F {
    fn is_enough(&mut self, answer: &Answer) -> bool {
        self(answer)
    }
}

/// What happens on a way that takes minutes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happening {
    /// The courier works; what it is.
    Up(Capacity),
    /// The network or the gateway took the command: the wait for the answer begins.
    Accepted,
    /// The network told that the message is in the tracker's SIM card, or will not get there.
    Fate(Fate),
    /// It was refused for now, or could not be handed over: it is tried again after a pause.
    Again {
        /// Why.
        cause: Cause,
        /// How long it waits.
        pause: Duration,
    },
    /// A message came that is not taken as an answer.
    Ignored {
        /// Why not, as a sentence.
        why: String,
        /// It is from the tracker and new: a person should see it.
        matters: bool,
        /// What it says; not escaped.
        text: String,
    },
    /// The courier does not work at the moment.
    Down(Cause),
    /// Something about the courier that a person should know.
    Notice(Cause),
}

/// No tracker answers with more; a port that does is printing something else.
const LONGEST_ANSWER: usize = 16 * 1024;

/// How long to wait for an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait {
    /// The longest time from the last byte written to the end of the answer.
    pub timeout: Duration,
    /// The quiet that ends an answer, and that completes a line without a line end.
    pub settle: Duration,
}
