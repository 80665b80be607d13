//! What the engine knows of a courier: whether it works, what it has in hand, when it may have more.

use std::collections::VecDeque;
use std::time::Duration;

use super::entry::CourierId;
use super::pace::Pace;
use super::policy::Policy;
use crate::engine::mail::{Capacity, Outcome};

/// Messages that a courier refuses in a row, for a reason of its own, before it is given no more.
const REFUSED: u32 = 3;
/// The same of messages that it did not let out.
const KEPT: u32 = 10;

/// Milliseconds of a day.
const DAY_MS: i64 = 86_400_000;

/// A courier of a batch.
#[derive(Debug)]
pub(super) struct Courier {
    pub(super) id: CourierId,
    /// Messages that it may have in hand at a time: one for a modem.
    pub(super) at_once: usize,
    pub(super) in_hand: usize,
    /// It works; what it is.
    pub(super) up: Option<Capacity>,
    /// It was up once, so that all that lay in its store was seen.
    pub(super) looked: bool,
    /// Why it does not work, and whether it never will again.
    pub(super) down: Option<(String, bool)>,
    /// Since when it does not.
    pub(super) since: Option<Duration>,
    /// When it was made known.
    made: Duration,
    /// Messages in a row that it refused, and that it did not let out, for a reason of its own.
    blamed: (u32, u32),
    /// Why nothing is given to it any more, though what comes by it still counts.
    pub(super) tripped: Option<String>,
    pub(super) pace: Pace,
    /// Short messages that it let out on a day.
    used: (i64, u32),
    /// Short messages that it has in hand and did not let out yet: they count for the cap too.
    held: u32,
    /// Conversations whose next command is to go by it.
    pub(super) ready: VecDeque<usize>,
    /// Conversations that go by it and are not over.
    pub(super) begun: usize,
}

impl Courier {
    pub(super) fn new(id: CourierId, at_once: usize, policy: &Policy, now: Duration) -> Self {
        let seed = policy.seed.wrapping_add(id.0.unsigned_abs());
        Self {
            id,
            at_once: at_once.max(1),
            in_hand: 0,
            up: None,
            looked: false,
            down: None,
            since: None,
            made: now,
            blamed: (0, 0),
            tripped: None,
            pace: Pace::new(policy.per_minute, policy.jitter, now, seed),
            used: (i64::MIN, 0),
            held: 0,
            ready: VecDeque::new(),
            begun: 0,
        }
    }

    /// It let out so many short messages on a day, in an earlier run.
    pub(super) fn recall(&mut self, day: i64, used: u32) {
        if day > self.used.0 {
            self.used = (day, used);
        }
    }

    /// It will never work again.
    pub(super) fn is_gone(&self) -> bool {
        matches!(self.down, Some((_, true)))
    }

    /// Since when nothing can be sent by it for now; none while it works.
    pub(super) fn idle_since(&self) -> Option<Duration> {
        if self.up.is_some() { None } else { Some(self.since.unwrap_or(self.made)) }
    }

    /// Something may be sent by it, now or later.
    pub(super) fn sends(&self) -> bool {
        !self.is_gone() && self.tripped.is_none()
    }

    /// Counts what became of a message, for as long as nothing was taken in between. Whether it is the one too many.
    pub(super) fn fared(&mut self, outcome: &Outcome) -> bool {
        match outcome {
            Outcome::Accepted { .. } => self.blamed = (0, 0),
            Outcome::Rejected { cause, .. } if cause.of_courier => self.blamed.0 += 1,
            Outcome::NotSent(cause) if cause.of_courier => self.blamed.1 += 1,
            Outcome::Rejected { .. } | Outcome::NotSent(_) | Outcome::Unknown(_) => return false,
        }
        self.tripped.is_none() && (self.blamed.0 >= REFUSED || self.blamed.1 >= KEPT)
    }

    /// When it may be given a message of so many parts: none while it does not work or has its hands full.
    pub(super) fn free_at(
        &self,
        policy: &Policy,
        now: Duration,
        wall_ms: i64,
        messages: u32,
    ) -> Option<Duration> {
        if self.up.is_none() || self.tripped.is_some() || self.in_hand >= self.at_once {
            return None;
        }
        let quiet = policy.quiet.and_then(|quiet| quiet.left(wall_ms)).map(|left| now + left);
        let today = wall_ms.div_euclid(DAY_MS);
        let used = if self.used.0 == today { self.used.1 } else { 0 };
        let used = used.saturating_add(self.held);
        match policy.daily_cap {
            // A message that is larger than the cap would never go; it is the first of its day.
            Some(cap) if used > 0 && used + messages > cap => {
                let midnight = u64::try_from((today + 1) * DAY_MS - wall_ms).unwrap_or_default();
                Some(
                    self.pace
                        .gate()
                        .max(now + Duration::from_millis(midnight))
                        .max(quiet.unwrap_or_default()),
                )
            }
            _ => Some(self.pace.gate().max(quiet.unwrap_or_default())),
        }
    }

    /// It is given so many short messages, to let them out when it is told to.
    pub(super) fn hold(&mut self, messages: u32) {
        self.in_hand += 1;
        self.held = self.held.saturating_add(messages);
    }

    /// It has had its word on what it held, and let nothing of it out.
    pub(super) fn keep(&mut self, messages: u32) {
        self.held = self.held.saturating_sub(messages);
    }

    /// It lets out so many short messages now; the day that they count for.
    pub(super) fn let_out(&mut self, wall_ms: i64, messages: u32) -> i64 {
        self.keep(messages);
        let today = wall_ms.div_euclid(DAY_MS);
        let used = if self.used.0 == today { self.used.1 } else { 0 };
        self.used = (today, used.saturating_add(messages));
        today
    }
}
