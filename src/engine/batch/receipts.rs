//! Status reports: evidence of a message, and the end of a doubt about it where they can be about no other.

use super::conversation::Hand;
use super::entry::{AttemptState, Entry, EvidenceKind};
use super::{Act, Engine, Now, Turn};
use crate::engine::mail::{AttemptId, Fate, Order, Outcome, Receipt};

/// That a message which nobody took in words was delivered, so that it must have been taken.
pub(super) fn delivered(attempt: AttemptId, reference: String, now: Now) -> Entry {
    let (state, references) = (AttemptState::Accepted, vec![reference]);
    Entry::Attempt { attempt, state, references, cause: None, at_ms: now.wall_ms }
}

impl Engine {
    /// A command is over, and its courier has had no word on it: a report that comes now may be about it.
    pub(super) fn unreferred(&mut self, index: usize, attempt: AttemptId) {
        if let Some(conversation) = self.conversations.get_mut(&index) {
            conversation.unreferred.push(attempt);
            self.wordless.insert(attempt, index);
        }
    }

    /// A courier's word on a command that is over: evidence, and reports about it can be told from others now.
    pub(super) fn late(
        &mut self,
        now: Now,
        at: usize,
        attempt: AttemptId,
        outcome: Outcome,
        turn: &mut Turn,
    ) {
        let Some(index) = self.wordless.get(&attempt).copied() else { return };
        let note = match outcome {
            Outcome::Unknown(_) => return,
            Outcome::Accepted { references } => {
                let note = format!("the network took it, as {}", references.join(", "));
                let courier = self.couriers[at].id;
                self.references
                    .extend(references.into_iter().map(|reference| ((courier, reference), (attempt, index))));
                note
            }
            Outcome::Rejected { cause, .. } | Outcome::NotSent(cause) => cause.sentence,
        };
        self.wordless.remove(&attempt);
        if let Some(conversation) = self.conversations.get_mut(&index) {
            conversation.unreferred.retain(|one| *one != attempt);
        }
        turn.entries.push(Entry::Evidence { attempt, kind: EvidenceKind::Late, note, at_ms: now.wall_ms });
    }

    /// Takes a status report.
    pub(super) fn receipt(&mut self, now: Now, at: usize, receipt: &Receipt, turn: &mut Turn) {
        // What it says is written in this turn, and only then its place in the store is given free.
        turn.acts.extend(receipt.key.map(|key| Act::Give(self.couriers[at].id, Order::Forget(key))));
        let Some((attempt, index)) = self.referred(at, receipt).or_else(|| self.doubtful(receipt)) else {
            return;
        };
        turn.entries.push(Entry::Evidence {
            attempt,
            kind: EvidenceKind::Report(receipt.fate),
            note: format!("status report for reference {}", receipt.reference),
            at_ms: now.wall_ms,
        });
        let Some(conversation) = self.conversations.get_mut(&index) else { return };
        // One part that arrived says nothing of the others.
        if receipt.fate != Fate::Delivered || conversation.words.messages > 1 {
            return;
        }
        match &mut conversation.hand {
            Hand::Waiting { doubt: doubt @ Some(_), attempt: waiting, .. } if *waiting == attempt => {
                *doubt = None;
                turn.entries.push(delivered(attempt, receipt.reference.clone(), now));
            }
            Hand::Given { attempt: given, committed_ms: Some(_) } if *given == attempt => {
                conversation.delivered = Some(receipt.reference.clone());
            }
            _ => {}
        }
    }

    /// The message that a report names, be it over or not: the last one with this reference, if it went to whom the
    /// report is about. A modem's references begin anew after 256.
    fn referred(&self, at: usize, receipt: &Receipt) -> Option<(AttemptId, usize)> {
        let known = self.references.get(&(self.couriers[at].id, receipt.reference.clone())).copied();
        known.filter(|(_, index)| {
            let phone = self.items.get(*index).and_then(|item| item.to.phone.as_ref());
            receipt.recipient.as_ref().zip(phone).is_none_or(|(sender, phone)| sender.is(phone))
        })
    }

    /// A message without a word of its courier that a report can only be about: to its recipient, and done with after it
    /// was let out. Where an earlier one to the same tracker has no reference either, it may be about that.
    fn doubtful(&self, receipt: &Receipt) -> Option<(AttemptId, usize)> {
        let sender = receipt.recipient.as_ref()?;
        let at_ms = receipt.at_ms?;
        self.by_sender(sender).find_map(|index| {
            let conversation = self.conversations.get(&index).filter(|one| one.unreferred.is_empty())?;
            let (attempt, committed_ms) = match conversation.hand {
                Hand::Waiting { attempt, committed_ms, doubt: Some(_), .. }
                | Hand::Given { attempt, committed_ms: Some(committed_ms) } => (attempt, committed_ms),
                _ => return None,
            };
            // A service centre's time has whole seconds.
            (at_ms + 1000 > committed_ms).then_some((attempt, index))
        })
    }
}
