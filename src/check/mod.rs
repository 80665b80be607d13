//! The loopback check: the real listener on real sockets hears generated frames and golden ones, and every field and
//! every answer is compared with what was sent. It never leaves the machine, and it finds no fault with what a protocol
//! has no room for.

mod answers;
mod cases;
mod client;
mod compare;
mod golden;
mod got;
mod listener;
mod outcome;
mod reports;
mod room;
mod run;
#[cfg(test)]
mod tests;

pub use outcome::{Fault, Group, Outcome, Row, Tally};
pub use run::{CheckError, Options, Stop, check};
