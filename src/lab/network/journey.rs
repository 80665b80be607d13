//! Messages on their way: what arrives when, in the order in which it was sent.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::time::Duration;

use super::numbers::Place;
use crate::lab::modem::Incoming;
use crate::sms::{Address, Timestamp};

/// Who handed a message over, for reports about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    Modem(usize),
    /// A gateway, with the id of its text.
    Gateway(u64),
}

/// What a report about a message says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Receipt {
    pub(super) origin: Origin,
    pub(super) reference: u8,
    pub(super) about: Address,
    pub(super) taken: Timestamp,
}

/// A message on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Journey {
    pub(super) to: Place,
    /// The number it goes to, as it was written.
    pub(super) number: String,
    pub(super) what: Incoming,
    /// Wanted when it has arrived.
    pub(super) receipt: Option<Receipt>,
}

/// All that is on its way.
#[derive(Debug, Default)]
pub(super) struct Journeys {
    heap: BinaryHeap<Timed>,
    begun: u64,
}

#[derive(Debug)]
struct Timed {
    at: Duration,
    order: u64,
    journey: Journey,
}

impl Journeys {
    pub(super) fn begin(&mut self, at: Duration, journey: Journey) {
        let order = self.begun;
        self.begun += 1;
        self.heap.push(Timed { at, order, journey });
    }

    /// When the next one arrives.
    pub(super) fn next(&self) -> Option<Duration> {
        self.heap.peek().map(|timed| timed.at)
    }

    /// The next one that has arrived by now.
    pub(super) fn arrived(&mut self, now: Duration) -> Option<Journey> {
        if self.next()? > now {
            return None;
        }
        self.heap.pop().map(|timed| timed.journey)
    }
}

/// The heap gives its greatest first: the earliest, and of those the first that began.
impl Ord for Timed {
    fn cmp(&self, other: &Self) -> Ordering {
        (other.at, other.order).cmp(&(self.at, self.order))
    }
}

impl PartialOrd for Timed {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Timed {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Timed {}
