//! The pure parts against documents of others, and the talk against small servers of the test's own.
//! `tests/probe.rs` holds the rest, in networks of its own.

mod figures;
mod greetings;
mod heartbeats;
mod texts;
