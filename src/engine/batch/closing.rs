//! Where a tracker ends, and what hangs on it: the wait for its report, the counts, and the pilot that others wait for.

use super::conversation::Conversation;
use super::entry::Entry;
use super::reports::After;
use super::{Engine, Halt, Now, Turn};
use crate::engine::session::Session;
use crate::engine::standing::{Reason, Standing};
use crate::engine::talk::Spoken;

/// What a conversation came to.
#[derive(Debug)]
pub(super) struct Ending {
    pub(super) standing: Standing,
    pub(super) reason: Option<Reason>,
    /// The reason as a sentence.
    pub(super) sentence: String,
    /// What it told of its firmware before the first command that sets something, and after the last.
    pub(super) firmware: [Option<String>; 2],
    /// It ended as well as it can.
    pub(super) good: bool,
}

impl Engine {
    /// The conversation is over.
    pub(super) fn finish(&mut self, now: Now, index: usize, turn: &mut Turn) {
        let Some(conversation) = self.conversations.remove(&index) else { return };
        if let Some(at) = conversation.courier.and_then(|id| self.find(id)) {
            self.couriers[at].begun = self.couriers[at].begun.saturating_sub(1);
        }
        let Conversation { session, references, unreferred, .. } = conversation;
        self.conclude(now, index, session, turn);
        self.forget_references(index, &references, &unreferred);
    }

    /// Writes down what a conversation came to.
    pub(super) fn conclude(&mut self, now: Now, index: usize, session: Session, turn: &mut Turn) {
        let outcome = session.outcome();
        let told = |spoken: &[Spoken], last: bool| {
            let mut found = spoken.iter().flat_map(|one| &one.values).filter(|(name, _)| name == "firmware");
            let value = if last { found.next_back() } else { found.next() };
            value.map(|(_, value)| value.clone())
        };
        let firmware = [told(&outcome.talk.probes, false), told(&outcome.talk.reads, true)];
        let good = outcome.standing == Standing::Verified
            || (outcome.standing == Standing::Acknowledged && outcome.reason.is_none());
        let ending = Ending {
            standing: outcome.standing,
            reason: outcome.reason,
            sentence: outcome.sentence,
            firmware,
            good,
        };
        self.close(now, index, ending, turn);
    }

    /// The conversation with a tracker has come to this; what is left is to wait for its report, where it can prove
    /// something.
    pub(super) fn close(&mut self, now: Now, index: usize, ending: Ending, turn: &mut Turn) {
        self.probed(index);
        let after = self.after(index, ending.standing);
        self.stand(index, ending.standing);
        let Ending { standing, mut reason, mut sentence, firmware, mut good } = ending;
        if let After::Unprovable(why) = after {
            sentence = format!("{sentence}; {why}");
            reason.get_or_insert(Reason::NoReport);
            good = false;
        }
        turn.entries.push(Entry::Standing {
            tracker: self.items[index].id,
            standing,
            reason,
            sentence: sentence.clone(),
            done: !matches!(after, After::Wait(_)),
            firmware,
            at_ms: now.wall_ms,
        });
        match after {
            After::Wait(within) => self.await_report(now, index, now.tick + within, sentence, turn),
            After::Nothing | After::Unprovable(_) => self.end(index, good),
        }
    }

    /// Nothing is left to do for a tracker.
    pub(super) fn end(&mut self, index: usize, good: bool) {
        let item = &mut self.items[index];
        item.good = good;
        if !std::mem::replace(&mut item.done, true) {
            self.done += 1;
            self.forget_prints(index);
        }
        self.judge_pilot();
    }

    pub(super) fn stand(&mut self, index: usize, standing: Standing) {
        let item = &mut self.items[index];
        let slot =
            |standing: Standing| Standing::ALL.iter().position(|one| *one == standing).unwrap_or_default();
        self.standings[slot(item.standing)] = self.standings[slot(item.standing)].saturating_sub(1);
        self.standings[slot(standing)] += 1;
        item.standing = standing;
    }

    /// A tracker was asked what it is, or never will be.
    pub(super) fn probed(&mut self, index: usize) {
        let in_group = self.policy.pilot.is_none_or(|pilot| index < pilot.trackers);
        if !std::mem::replace(&mut self.items[index].probed, true) && in_group {
            self.unprobed = self.unprobed.saturating_sub(1);
            if self.unprobed == 0 {
                for index in std::mem::take(&mut self.gated) {
                    self.requeue(index);
                }
            }
        }
    }

    /// Lets the others begin when the pilot is through, or stops.
    pub(super) fn judge_pilot(&mut self) {
        let Some(pilot) = self.policy.pilot else { return };
        let first = &self.items[..pilot.trackers.min(self.items.len())];
        if !first.iter().all(|item| item.done || item.capped) {
            return;
        }
        let (good, of) = (first.iter().filter(|item| item.good).count(), first.len());
        if (good as f64) < pilot.pass * of as f64 {
            if of < self.items.len() {
                self.halt.get_or_insert(Halt::Pilot { good, of });
            }
            return;
        }
        self.policy.pilot = None;
        self.unprobed = self.items.iter().filter(|item| !item.probed && !item.done).count();
    }
}
