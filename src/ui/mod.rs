//! What a person sees: the terminal, and one file per output format.
//! Formats turn values into text; only `term.rs` prints.

pub mod audit;
pub mod batch;
pub mod check;
pub mod commands;
pub mod csv;
pub mod decode;
mod echo;
pub mod estimate;
pub mod exit;
pub mod findings;
pub mod listen;
pub mod outcome;
pub mod page;
pub mod probe;
pub mod qr;
pub mod simulate;
pub mod table;
pub mod term;

pub use echo::show_typing;
pub use exit::{Exit, Failure};
pub use term::{Term, Volume, escape};
