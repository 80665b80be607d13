//! The loops that bring engine and couriers together: they own the clock and the waiting.
//! What is said and what it proves is the engine's; a loop only carries.

mod talk;

pub use talk::{Ended, Watch, talk};
