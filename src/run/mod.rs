//! The loops that bring engine and couriers together: they own the clock and the waiting.
//! What is said and what it proves is the engine's; a loop only carries.

mod batch;
mod correspondence;
mod interrupt;
mod talk;

pub use batch::{Clock, Inputs, Ledger, Reports, Spectator, Stopper, Threads, Work, World};
pub use correspondence::{Correspondence, Patience};
pub use interrupt::{Interruptible, interrupt};
pub use talk::{Ended, Watch, talk};
