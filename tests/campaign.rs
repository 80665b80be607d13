//! The fault campaign: thousands of trackers in simulated time, by the same engine, loop, journal and modem dialogue as
//! in earnest, against the lab's network wired to it octet by octet, with faults by dice. An observer that has the
//! lab's whole record says for each tracker what can be proven at best, and the journal has to say the same.
//!
//! `tests/campaign/run.sh` runs all of it by hand; here a small share is run, always the same. `gateways` holds the same
//! for SMS gateways, whose courier speaks HTTP, in real time.

#![cfg(test)]
#![cfg(target_os = "linux")]

#[path = "campaign/books.rs"]
mod books;
#[path = "campaign/fates.rs"]
mod fates;
#[path = "campaign/fleet.rs"]
mod fleet;
#[path = "campaign/gateways/mod.rs"]
mod gateways;
#[path = "campaign/observer.rs"]
mod observer;
#[path = "campaign/record.rs"]
mod record;
#[path = "campaign/round.rs"]
mod round;
#[path = "campaign/share.rs"]
mod share;
#[path = "campaign/soak.rs"]
mod soak;
#[path = "campaign/table.rs"]
mod table;
#[path = "campaign/walk.rs"]
mod walk;
#[path = "campaign/world.rs"]
mod world;
