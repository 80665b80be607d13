//! The whole check: every protocol over every transport that it has, case by case.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use super::cases::{Case, Maker};
use super::client::play;
use super::golden;
use super::listener::Listener;
use super::outcome::{Fault, Group, Outcome, Row, Tally};
use super::room::room;
use crate::serve::ServeError;
use crate::units::Chance;
use crate::wire::{Protocol, Transport, UtcTime};

/// The most faults of a group that are kept; one is enough to fail, and a broken codec would bring thousands.
const MOST: usize = 50;

/// What the listener's clock says: 2024-02-29 23:59:59 UTC, which the golden answers hold.
const NOW: UtcTime = UtcTime::from_unix(1_709_251_199);

/// What is checked.
#[derive(Debug, Clone)]
pub struct Options {
    /// The protocols.
    pub protocols: Vec<&'static Protocol>,
    /// What chance begins with; the same seed gives the same frames.
    pub seed: u64,
}

/// Lets a check be stopped from another thread.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// The check ends after the case that it is at.
    pub fn stop(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    fn is_stopped(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Why nothing could be checked: this machine's own fault.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// The listener could not begin.
    #[error(transparent)]
    Listen(#[from] ServeError),
    /// A socket towards it did not work.
    #[error("a socket on loopback does not work: {0}")]
    Socket(#[from] io::Error),
}

/// Checks.
///
/// # Errors
/// When this machine's sockets do not work.
pub fn check(options: &Options, stop: &Stop) -> Result<Outcome, CheckError> {
    let began = Instant::now();
    let listener = Listener::start(NOW)?;
    let mut outcome = Outcome { seed: options.seed, rows: Vec::new(), stopped: false, took: began.elapsed() };
    for protocol in &options.protocols {
        for transport in protocol.transports {
            if stop.is_stopped() {
                break;
            }
            outcome.rows.push(row(protocol, *transport, options.seed, &listener, stop)?);
        }
    }
    outcome.stopped = stop.is_stopped();
    outcome.took = began.elapsed();
    Ok(outcome)
}

fn row(
    protocol: &'static Protocol,
    transport: Transport,
    seed: u64,
    listener: &Listener,
    stop: &Stop,
) -> Result<Row, CheckError> {
    let mut tallies: Vec<Tally> = Group::ALL.into_iter().map(Tally::new).collect();
    match cases(protocol, transport, seed) {
        Ok(cases) => {
            for case in &cases {
                if stop.is_stopped() {
                    break;
                }
                if let Some(tally) = tallies.iter_mut().find(|tally| tally.group == case.group) {
                    one(case, transport, listener, tally)?;
                }
            }
        }
        Err(what) => {
            let fault = Fault { case: "frames to send".to_owned(), what, sent: String::new() };
            tallies.iter_mut().filter(|tally| tally.group == Group::Kinds).for_each(|tally| {
                tally.cases += 1;
                tally.faults.push(fault.clone());
            });
        }
    }
    tallies.retain(|tally| tally.cases > 0);
    Ok(Row { protocol, transport, tallies })
}

/// The cases of a row, or why there are none.
fn cases(protocol: &'static Protocol, transport: Transport, seed: u64) -> Result<Vec<Case>, String> {
    let room = room(protocol)
        .ok_or_else(|| format!("the check does not know yet what {} has room for", protocol.name))?;
    let mut cases = golden::cases(protocol, transport)?;
    // Each row has a chance of its own, so that one protocol alone sends the same as among all.
    let own =
        protocol.name.bytes().fold(seed, |own, byte| own.wrapping_mul(31).wrapping_add(u64::from(byte)));
    let mut maker = Maker { protocol, transport, room, chance: Chance::new(own), now: NOW };
    let made = maker.cases();
    cases.extend(made.map_err(|error| format!("what there is room for cannot be sent: {error}"))?);
    Ok(cases)
}

fn one(case: &Case, transport: Transport, listener: &Listener, tally: &mut Tally) -> Result<(), CheckError> {
    let began = Instant::now();
    let played = play(case, transport, listener)?;
    tally.cases += 1;
    tally.frames += case.frames;
    tally.fields += played.fields;
    tally.answers += played.answers;
    let left = MOST.saturating_sub(tally.faults.len());
    tally.faults.extend(played.faults.into_iter().take(left));
    tally.took += began.elapsed();
    Ok(())
}
