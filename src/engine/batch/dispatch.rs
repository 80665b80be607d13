//! Who goes next: conversations that were begun come before new ones, and each stays with the courier it began with.

use std::time::Duration;

use super::conversation::Hand;
use super::entry::{AttemptState, Entry};
use super::{Act, Engine, Halt, Now, Turn, attempt_entry};
use crate::engine::mail::{AttemptId, Order};
use crate::engine::session::Purpose;

/// How long a courier may be down before what waits for it goes to others: a modem that restarts takes half a minute.
const MOVE_ON: Duration = Duration::from_secs(60);

impl Engine {
    /// Queues a conversation whose command may go.
    pub(super) fn queue(&mut self, index: usize) {
        let Some(conversation) = self.conversations.get_mut(&index) else { return };
        if std::mem::replace(&mut conversation.queued, true) {
            return;
        }
        let group = self.policy.pilot.is_some() || self.policy.identify_first;
        if group && self.unprobed > 0 && conversation.words.purpose == Purpose::Command {
            return self.gated.push_back(index);
        }
        let courier = conversation.courier;
        let pinned = courier.and_then(|id| self.find(id)).filter(|at| self.couriers[*at].sends());
        match pinned {
            Some(at) => self.couriers[at].ready.push_back(index),
            None => self.loose.push_back(index),
        }
    }

    /// Queues one again that stood in another queue.
    pub(super) fn requeue(&mut self, index: usize) {
        if let Some(conversation) = self.conversations.get_mut(&index) {
            conversation.queued = false;
        }
        self.queue(index);
    }

    /// Gives every courier that is free its next command.
    pub(super) fn dispatch(&mut self, now: Now, turn: &mut Turn) {
        self.move_on(now);
        for at in 0..self.couriers.len() {
            while self.halt.is_none() && self.next(now, at, turn) {}
        }
        self.notice_the_capped();
        self.notice_the_end();
    }

    /// What waits for a courier that has been down for a while goes to the others, where one works.
    fn move_on(&mut self, now: Now) {
        if !self.couriers.iter().any(|courier| courier.up.is_some() && courier.sends()) {
            return;
        }
        for courier in &mut self.couriers {
            if courier.since.is_some_and(|since| now.tick >= since + MOVE_ON) {
                self.loose.extend(courier.ready.drain(..));
            }
        }
    }

    /// When that is next.
    fn next_move(&self, now: Now) -> Option<Duration> {
        let works = self.couriers.iter().any(|courier| courier.up.is_some() && courier.sends());
        let waits = self.couriers.iter().filter(|courier| works && !courier.ready.is_empty());
        waits.filter_map(|courier| courier.since).map(|since| (since + MOVE_ON).max(now.tick)).min()
    }

    /// Hands one command to a courier, if there is one and the courier may have it.
    fn next(&mut self, now: Now, at: usize, turn: &mut Turn) -> bool {
        let Some(index) = self.candidate(at) else {
            self.begin_another(now, at, turn);
            return false;
        };
        let is_ready = |one: &&super::Conversation| matches!(one.hand, Hand::Ready { .. });
        let Some(conversation) = self.conversations.get(&index).filter(is_ready) else {
            self.take_candidate(at);
            return true;
        };
        let messages = u32::try_from(conversation.words.messages).unwrap_or(u32::MAX);
        if !self.may_have(index, messages) {
            self.take_candidate(at);
            self.cap(now, index, messages, turn);
            return true;
        }
        let free = self.couriers[at].free_at(&self.policy, now.tick, now.wall_ms, messages);
        if free.is_none_or(|free| free > now.tick) {
            return false;
        }
        if let Some(most) =
            self.policy.max_messages.filter(|most| self.messages + u64::from(messages) > *most)
        {
            self.halt = Some(Halt::MaxMessages(most));
            return false;
        }
        self.take_candidate(at);
        self.hand(now, at, index, messages, turn);
        true
    }

    fn candidate(&self, at: usize) -> Option<usize> {
        self.couriers[at].ready.front().or_else(|| self.loose.front()).copied()
    }

    fn take_candidate(&mut self, at: usize) {
        let taken = self.couriers[at].ready.pop_front().or_else(|| self.loose.pop_front());
        if let Some(conversation) = taken.and_then(|index| self.conversations.get_mut(&index)) {
            conversation.queued = false;
        }
    }

    /// Loads the next tracker when a courier has nothing to do.
    fn begin_another(&mut self, now: Now, at: usize, turn: &mut Turn) {
        let free = self.couriers[at].free_at(&self.policy, now.tick, now.wall_ms, 1);
        if free.is_none_or(|free| free > now.tick) || self.loading > 0 {
            return;
        }
        if let Some(index) = self.next_fresh() {
            self.fresh.pop_front();
            self.loading += 1;
            turn.acts.push(Act::Load(self.items[index].id));
        }
    }

    /// The next tracker to be begun; none while the pilot is not through.
    fn next_fresh(&self) -> Option<usize> {
        let index = *self.fresh.front()?;
        self.policy.pilot.is_none_or(|pilot| index < pilot.trackers).then_some(index)
    }

    /// When a courier may have what waits for it.
    pub(super) fn next_dispatch(&self, now: Now) -> Option<Duration> {
        if self.halt.is_some() {
            return None;
        }
        let times = (0..self.couriers.len()).filter_map(|at| {
            let candidate = self.candidate(at).and_then(|index| self.conversations.get(&index));
            let messages = match candidate {
                Some(conversation) => u32::try_from(conversation.words.messages).unwrap_or(u32::MAX),
                None => {
                    self.next_fresh().filter(|_| self.loading == 0)?;
                    1
                }
            };
            self.couriers[at].free_at(&self.policy, now.tick, now.wall_ms, messages)
        });
        times.chain(self.next_move(now)).min()
    }

    /// W1: a command goes to a courier.
    fn hand(&mut self, now: Now, at: usize, index: usize, messages: u32, turn: &mut Turn) {
        let tracker = self.items[index].id;
        let to = self.items[index].to.clone();
        let Some(conversation) = self.conversations.get_mut(&index) else { return };
        let Hand::Ready { why, .. } = conversation.hand else { return };
        self.last_attempt += 1;
        let attempt = AttemptId(self.last_attempt);
        let courier = &mut self.couriers[at];
        if conversation.courier != Some(courier.id) {
            conversation.courier = Some(courier.id);
            courier.begun += 1;
        }
        conversation.attempts += 1;
        if !std::mem::replace(&mut conversation.written, true) {
            turn.entries.push(Entry::Command {
                tracker,
                ord: conversation.ord,
                step: conversation.words.name.clone(),
                purpose: conversation.words.purpose,
                masked: conversation.words.shown.clone(),
                messages,
                idempotent: conversation.words.idempotent,
            });
        }
        turn.entries.push(Entry::Handed {
            attempt,
            tracker,
            ord: conversation.ord,
            n: conversation.attempts,
            why,
            courier: courier.id,
            at_ms: now.wall_ms,
        });
        conversation.hand = Hand::Given { attempt, committed_ms: None };
        courier.hold(messages);
        courier.pace.take(now.tick, messages);
        self.messages += u64::from(messages);
        self.items[index].messages = self.items[index].messages.saturating_add(messages);
        self.attempts.insert(attempt, index);
        let text = conversation.words.text.clone();
        turn.acts.push(Act::Give(courier.id, Order::Hand { id: attempt, to, text }));
    }

    /// No courier will ever work again.
    fn notice_the_end(&mut self) {
        let over = !self.couriers.is_empty() && !self.couriers.iter().any(super::Courier::sends);
        if over && self.halt.is_none() && self.done < self.items.len() {
            let why = self.couriers.last().and_then(|courier| {
                courier.tripped.clone().or_else(|| courier.down.as_ref().map(|(why, _)| why.clone()))
            });
            self.halt = Some(Halt::NoCourier(why.unwrap_or_default()));
        }
    }

    /// Nothing of the command in hand left this machine.
    pub(super) fn kept_back(
        &mut self,
        now: Now,
        attempt: AttemptId,
        cause: (Option<String>, String),
        turn: &mut Turn,
    ) {
        let mut entry = attempt_entry(attempt, AttemptState::NotSent, now);
        if let Entry::Attempt { cause: why, .. } = &mut entry {
            *why = Some(cause);
        }
        turn.entries.push(entry);
    }
}
