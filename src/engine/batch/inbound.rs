//! A message that came in: whose it is, whether it answers what is in hand, and why not. It is written first, and only
//! then the courier may forget it; what is from nobody of the batch is written too, and stays where it lies.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::conversation::{Hand, lines};
use super::entry::{AttemptState, Entry};
use super::{Act, CourierId, Engine, Now, Turn, attempt_entry};
use crate::engine::mail::{Inbound, Order, Sender};

/// How far the clocks of this machine and of a service centre may be apart.
const SKEW_MS: i64 = 120_000;
/// Digits at the end of a number by which its tracker is looked for.
const TAIL: usize = 8;

/// The last digits of a number.
pub(super) fn tail(number: &str) -> String {
    let digits: Vec<char> = number.chars().filter(char::is_ascii_digit).collect();
    digits[digits.len().saturating_sub(TAIL)..].iter().collect()
}

/// What stands for a message's print in memory: two messages of a batch share one by chance once in 10^26 batches.
pub(super) fn mark(print: &str) -> u128 {
    let half = |salt: u8| {
        let mut hasher = DefaultHasher::new();
        (salt, print).hash(&mut hasher);
        u128::from(hasher.finish())
    };
    half(0) << 64 | half(1)
}

impl Engine {
    /// The trackers that a sender may be, by number.
    pub(super) fn by_sender<'e>(&'e self, sender: &'e Sender) -> impl Iterator<Item = usize> + 'e {
        let digits = match sender {
            Sender::International(digits) | Sender::National(digits) => tail(digits),
            Sender::Name(_) => String::new(),
        };
        let found = self.numbers.get(&digits).map(Vec::as_slice).unwrap_or_default();
        found
            .iter()
            .copied()
            .filter(move |index| self.items[*index].to.phone.as_ref().is_some_and(|phone| sender.is(phone)))
    }

    /// W4: takes a message.
    pub(super) fn inbound(&mut self, now: Now, at: usize, inbound: Inbound, turn: &mut Turn) {
        let found = self.by_sender(&inbound.sender).next();
        #[cfg(feature = "defects")]
        let found = self.by_text(&inbound.text).or(found);
        let courier = self.couriers[at].id;
        let print = format!("{}|{:?}|{}", inbound.sender, inbound.sent_ms, inbound.text);
        let Some(index) = found else { return self.stranger(now, courier, inbound, print, turn) };
        let forget = Act::Give(courier, Order::Forget(inbound.key));
        if !self.is_new(index, mark(&print)) {
            // The same one again: it was written when it came first.
            turn.acts.push(forget);
            return;
        }
        let why_not = self.why_not(index, &inbound);
        let hand = self.conversations.get(&index).map(|conversation| &conversation.hand);
        let attempt = hand.and_then(Hand::attempt).map(|(attempt, _)| attempt).filter(|_| why_not.is_none());
        let counts = attempt.is_some();
        turn.entries.push(Entry::Inbound {
            courier,
            sender: inbound.sender.clone(),
            sent_ms: inbound.sent_ms,
            at_ms: now.wall_ms,
            text: inbound.text.clone(),
            missing: inbound.missing.0,
            print,
            tracker: Some(self.items[index].id),
            attempt,
            why_not: why_not.map(str::to_owned),
        });
        turn.acts.push(forget);
        if counts && let Some(conversation) = self.conversations.get_mut(&index) {
            conversation.newest_ms = conversation.newest_ms.max(inbound.sent_ms);
            conversation.lines.extend(lines([inbound.text.as_str()]));
            self.look(now, index, turn);
        }
    }

    /// Keeps a message of nobody in this batch. A webhook's call may be told that it was taken, as it is kept then; a
    /// modem goes on to hold it, whose messages are not ours to delete, unless a person allowed that where room is short.
    fn stranger(&mut self, now: Now, courier: CourierId, inbound: Inbound, print: String, turn: &mut Turn) {
        let Inbound { key, sender, sent_ms, text, missing, .. } = inbound;
        // A store tells it again with every look.
        if self.prints.insert(mark(&print)) {
            let (at_ms, missing) = (now.wall_ms, missing.0);
            turn.entries.push(Entry::Stranger { courier, sender, sent_ms, at_ms, text, missing, print });
        }
        turn.acts.push(Act::Give(courier, Order::Spare(key)));
    }

    /// Whether what came is the answer to the command in hand, whose courier has had its word.
    pub(super) fn look(&mut self, now: Now, index: usize, turn: &mut Turn) {
        let Some(conversation) = self.conversations.get(&index) else { return };
        let Hand::Waiting { attempt, .. } = conversation.hand else { return };
        if conversation.session.is_answer(&conversation.lines) {
            turn.entries.push(attempt_entry(attempt, AttemptState::Answered, now));
            self.told(now, index, turn);
        }
    }

    /// Why a message answers nothing that is in hand; none when it may.
    fn why_not(&self, index: usize, inbound: &Inbound) -> Option<&'static str> {
        let Some(conversation) = self.conversations.get(&index) else {
            return Some(if self.items[index].done {
                "the conversation with this tracker was over"
            } else {
                "nothing was sent to this tracker yet"
            });
        };
        let Some((_, Some(committed_ms))) = conversation.hand.attempt() else {
            return Some("it came before the next command, and after the wait for the one before");
        };
        if inbound.missing.0 > 0 {
            return Some("parts of it did not come");
        }
        let sent_ms = inbound.sent_ms?;
        let is_older = conversation.newest_ms.is_some_and(|newest| sent_ms < newest);
        #[cfg(feature = "defects")]
        let is_older = is_older && self.policy.defect != Some(super::Defect::StaleAnswer);
        if is_older {
            return Some("it is dated before an answer that came already");
        }
        // What lay in the store when the courier was opened has to be newer than the command; what comes now may be
        // dated by a clock that is not ours. A service centre's time has whole seconds.
        let skew = if inbound.old { 1000 } else { SKEW_MS };
        #[cfg(feature = "defects")]
        if self.policy.defect == Some(super::Defect::StaleAnswer) {
            return None;
        }
        (sent_ms < committed_ms - skew).then_some("it is dated before the command was sent")
    }
}
