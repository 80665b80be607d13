//! The most short messages that one tracker may get in a batch. A tracker that has used them up is left where it stands
//! and is not done: nothing of its conversation is lost, and a later run that allows more goes on with it.

use super::entry::Entry;
use super::{Engine, Halt, Now, Turn};
use crate::engine::session::Cut;
use crate::engine::standing::{Reason, Standing};

impl Engine {
    /// Whether a tracker may get so many short messages more.
    pub(super) fn may_have(&self, index: usize, messages: u32) -> bool {
        let item = &self.items[index];
        self.policy.tracker_cap.is_none_or(|cap| item.messages.saturating_add(messages) <= cap)
    }

    /// The next command of a tracker would be one too many: it waits for a run that allows more.
    pub(super) fn cap(&mut self, now: Now, index: usize, messages: u32, turn: &mut Turn) {
        let (Some(cap), Some(conversation)) = (self.policy.tracker_cap, self.conversations.get(&index))
        else {
            return;
        };
        let item = &self.items[index];
        let sentence = match item.messages {
            0 => format!(
                "its first command takes {messages} short messages, and {cap} {} allowed to each tracker",
                if cap == 1 { "is" } else { "are" }
            ),
            sent => format!(
                "{sent} of the {cap} short message{} that {} allowed to each tracker {} sent to it, and its next command takes {messages}",
                if cap == 1 { "" } else { "s" },
                if cap == 1 { "is" } else { "are" },
                if sent == 1 { "was" } else { "were" }
            ),
        };
        // What it has come to if nothing more is sent; the conversation itself goes on where it is.
        let mut ended = conversation.session.clone();
        ended.cut(Reason::TrackerCap, sentence.clone(), Cut::Kept);
        // An earlier attempt may have arrived that a person has given up for another one.
        let standing = match ended.outcome().standing {
            Standing::Planned => item.standing,
            standing => standing,
        };
        turn.entries.push(Entry::Standing {
            tracker: item.id,
            standing,
            reason: Some(Reason::TrackerCap),
            sentence,
            done: false,
            firmware: [None, None],
            at_ms: now.wall_ms,
        });
        self.stand(index, standing);
        let item = &mut self.items[index];
        item.good = false;
        if !std::mem::replace(&mut item.capped, true) {
            self.capped += 1;
        }
        // Nobody waits for it, be it as one that was not asked yet or as one of the pilot.
        self.probed(index);
        self.judge_pilot();
    }

    /// Nothing is left to do but for trackers that have used up their short messages.
    pub(super) fn notice_the_capped(&mut self) {
        let (Some(cap), trackers) = (self.policy.tracker_cap, self.capped) else { return };
        if trackers > 0 && self.halt.is_none() && self.done + trackers == self.items.len() {
            self.halt = Some(Halt::TrackerCap { cap, trackers });
        }
    }
}
