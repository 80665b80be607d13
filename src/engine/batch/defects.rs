//! Deliberate defects, each a way in which batches really go wrong: the fault campaign has to find them.

use std::time::Duration;

use super::conversation::{Hand, lines};
use super::entry::{Entry, Why};
use super::{Act, Defect, Engine, Now, Turn};
use crate::engine::mail::Order;

impl Engine {
    /// Changes what was decided, as the defect has it.
    pub(super) fn spoil(&mut self, turn: &mut Turn) {
        match self.policy.defect {
            Some(Defect::NoCommitted) => {
                turn.entries.retain(|entry| !matches!(entry, Entry::Committed { .. }));
            }
            Some(Defect::DeleteFirst) => {
                // What was kept back is written with whatever comes next.
                let mut late = std::mem::take(&mut self.kept_back);
                if turn.acts.iter().any(|act| matches!(act, Act::Give(_, Order::Forget(_)))) {
                    self.kept_back.append(&mut turn.entries);
                }
                late.append(&mut turn.entries);
                turn.entries = late;
            }
            _ => {}
        }
    }

    /// The conversation that a text would answer.
    pub(super) fn by_text(&self, text: &str) -> Option<usize> {
        if self.policy.defect != Some(Defect::TextOnly) {
            return None;
        }
        let lines = lines([text]);
        let mut waiting: Vec<usize> = self
            .conversations
            .iter()
            .filter(|(_, one)| matches!(one.hand, Hand::Waiting { .. }) && one.session.is_answer(&lines))
            .map(|(index, _)| *index)
            .collect();
        waiting.sort_unstable();
        waiting.first().copied()
    }

    /// Sends a command again that was not answered, once.
    pub(super) fn retries(&mut self, now: Now, index: usize) -> bool {
        if self.policy.defect != Some(Defect::RetryOnSilence) {
            return false;
        }
        let Some(conversation) = self.conversations.get_mut(&index).filter(|one| one.attempts == 1) else {
            return false;
        };
        if let Some((attempt, _)) = conversation.hand.attempt() {
            self.attempts.remove(&attempt);
        }
        conversation.hand = Hand::Ready { not_before: now.tick + Duration::from_secs(1), why: Why::NotSent };
        self.make_ready(now, index);
        true
    }
}
