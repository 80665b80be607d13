//! Couriers carry a command to a tracker and bring back what it answered.
//! A courier knows ports and bytes; it may not know profiles, plans or what an answer means, and it never prints.

mod answer;
mod cable;
mod claim;
mod gather;
mod holder;
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
pub use port::{Port, list};
pub use post::{Give, Post, Tell};
pub use trouble::{Trouble, TroubleKind};
pub use via::{Via, ViaError};

use std::time::Duration;

/// Carries bytes to one tracker and brings its answer.
pub trait Courier {
    /// How to name this courier on the command line, `cable:/dev/ttyUSB0?baud=115200`.
    fn spec(&self) -> &str;

    /// Writes `bytes`, then gathers lines until `enough` is satisfied and the line was quiet for
    /// `wait.settle`, or until `wait.timeout` is over.
    ///
    /// `enough` sees the answer so far, after each completed line and after each quiet; once it
    /// has said yes it is not asked again.
    ///
    /// # Errors
    /// [`Trouble::may_have_left`] tells whether the command may have reached the tracker.
    fn ask(
        &mut self,
        bytes: &[u8],
        wait: Wait,
        enough: &mut dyn FnMut(&Answer) -> bool,
    ) -> Result<Answer, Trouble>;

    /// Changes to the next line speed and returns it, or `None` when every speed was tried.
    ///
    /// Only for the search before the first command that sets something: a tracker that took
    /// such a command has shown that the speed is right.
    ///
    /// # Errors
    /// When the port refuses that speed or is gone.
    fn next_speed(&mut self) -> Result<Option<u32>, Trouble>;
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
