//! How often a tracker should say that it is alive, from how long the network keeps its way open, and what that costs.
//! Pure: the rules are those of RFC 8085 section 3.5 (not more often than every 15 s) and of common practice.

use std::time::Duration;

use super::nat::{Limit, Measured};
use crate::tracker::Transport;

/// What is advised for one transport.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heartbeat {
    /// The transport.
    pub transport: Transport,
    /// At most so long between two heartbeats.
    pub every: Duration,
    /// What it rests on.
    pub basis: Basis,
    /// Bytes on the way a day, both directions, headers of IPv4 and UDP or TCP included.
    pub bytes_a_day: u64,
    /// How often a day the tracker has to wake up its modem for it.
    pub wakes_a_day: u64,
}

/// What an advice rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// The way was lost after some silence.
    Measured,
    /// The way was never lost, as long as was tried.
    NeverLost,
    /// The way is lost sooner than heartbeats may come: some will find it closed.
    TooShort,
    /// Nothing was measured: what usually holds.
    Usual,
}

impl Basis {
    /// The word in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Measured => "measured",
            Self::NeverLost => "never-lost",
            Self::TooShort => "too-short",
            Self::Usual => "usual",
        }
    }
}

/// The shortest time between two messages that only keep a way open (RFC 8085, section 3.5).
const LEAST: Duration = Duration::from_secs(15);

/// A heartbeat of gt06 and its answer, in bytes: 15 and 10.
const FRAMES: u64 = 25;

/// What to set, for each transport.
#[must_use]
pub fn heartbeat(measured: &Measured) -> [Heartbeat; 2] {
    [Transport::Tcp, Transport::Udp].map(|transport| advise(transport, measured))
}

fn advise(transport: Transport, measured: &Measured) -> Heartbeat {
    // Without a measurement: what most networks keep (usual values of trackers and of carriers' NATs), and at most this.
    let (usual, most, headers) = match transport {
        Transport::Tcp => (180, 300, 2 * 40),
        Transport::Udp => (55, 300, 2 * 28),
    };
    let limits = measured.limits.iter().filter(|limit| limit.method.transport() == transport);
    let known = limits.filter(|limit| limit.kept().is_some() || limit.lost().is_some());
    let tightest = known.min_by_key(|limit| (limit.kept().unwrap_or_default(), limit.lost().is_none()));
    let told = tightest.and_then(|limit| from(limit, measured.most, Duration::from_secs(most)));
    let (every, basis) = told.unwrap_or((Duration::from_secs(usual), Basis::Usual));
    let wakes = 86_400 / every.as_secs().max(1);
    Heartbeat { transport, every, basis, bytes_a_day: wakes * (FRAMES + headers), wakes_a_day: wakes }
}

/// Six tenths of the longest silence that was kept, in whole seconds, and not below the least. None when the way was
/// kept for as long as was tried, and that was too short to tell anything.
fn from(limit: &Limit, asked: Duration, most: Duration) -> Option<(Duration, Basis)> {
    let kept = limit.kept().unwrap_or_default();
    let every = Duration::from_secs((kept * 6 / 10).as_secs()).min(most).max(LEAST);
    match (limit.lost().is_some(), kept < LEAST) {
        (true, true) => Some((LEAST, Basis::TooShort)),
        (false, true) => None,
        (false, false) if limit.is_known(asked) => Some((every, Basis::NeverLost)),
        // Where longer silences could not be asked about, what was kept is all that is known.
        (_, false) => Some((every, Basis::Measured)),
    }
}
