//! What the engine keeps in memory, and what it lets go: of a tracker that is done only where it stands is left, as there
//! may be a hundred thousand of them.

use super::{CourierId, Engine};
use crate::engine::mail::AttemptId;
use crate::engine::standing::Standing;

/// How much an engine holds beside the trackers themselves: for whoever wants to know what grows with what was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Holding {
    /// Conversations that are not over, and those whose report is waited for.
    pub open: usize,
    /// Messages that are known again when they come twice.
    pub prints: usize,
    /// What couriers call messages that a report may still be about.
    pub references: usize,
    /// Attempts in hand, and those whose courier's word may still come.
    pub attempts: usize,
    /// Moments at which something is due.
    pub timers: usize,
}

impl Engine {
    /// How much it holds.
    #[must_use]
    pub fn holding(&self) -> Holding {
        Holding {
            open: self.conversations.len() + self.awaited.len(),
            prints: self.prints.len(),
            references: self.references.len(),
            attempts: self.attempts.len() + self.wordless.len(),
            timers: self.timers.len(),
        }
    }

    /// Remembers a message of a tracker. False when it is known; one of a tracker that is done is not remembered, and the
    /// journal knows it.
    pub(super) fn is_new(&mut self, index: usize, mark: u128) -> bool {
        if self.items[index].done {
            return true;
        }
        let is_new = self.prints.insert(mark);
        if is_new {
            self.printed.entry(index).or_default().push(mark);
        }
        is_new
    }

    /// Nothing is left to do for a tracker: its messages are known to the journal.
    pub(super) fn forget_prints(&mut self, index: usize) {
        for mark in self.printed.remove(&index).into_iter().flatten() {
            self.prints.remove(&mark);
        }
    }

    /// A conversation is over. Where all of it was answered, no report says more of it.
    pub(super) fn forget_references(
        &mut self,
        index: usize,
        references: &[(CourierId, String)],
        unreferred: &[AttemptId],
    ) {
        if !matches!(self.items[index].standing, Standing::Verified | Standing::Acknowledged) {
            return;
        }
        for key in references {
            // A modem's references begin anew after 256: it may be another tracker's by now.
            if self.references.get(key).is_some_and(|(_, of)| *of == index) {
                self.references.remove(key);
            }
        }
        for attempt in unreferred {
            self.wordless.remove(attempt);
        }
    }
}
