//! Messages of several parts: put together as the parts come, told when they are whole, or when the rest does not come.

use std::collections::VecDeque;
use std::time::Duration;

use super::{Event, Inbox, Key, Print, Received, Slot, binary};
use crate::sms::{Before, Gathered, Joined, Part, Timestamp};

/// Unfinished messages whose parts wait for the rest, and whole ones that are known again.
pub(super) const LONG: usize = 256;

/// The unfinished part of a long message, as long as a part that is missing may still come.
#[derive(Debug, Clone)]
pub(super) struct Group {
    key: Key,
    old: bool,
    time: Timestamp,
    stored: bool,
}

impl Inbox {
    /// When the next long message is overdue.
    pub(crate) fn deadline(&self) -> Option<Duration> {
        self.overdue_at.filter(|_| self.joiner.waiting().next().is_some())
    }

    /// Announces long messages whose missing parts did not come. A part that comes later completes them all the same.
    pub(crate) fn overdue(&mut self, now: Duration, out: &mut VecDeque<Event>) {
        if self.overdue_at.is_some_and(|at| now >= at) {
            for gathered in self.joiner.overdue(now, self.patience) {
                self.announce(gathered, out);
            }
            self.groups.retain(|name, _| self.joiner.has(name));
            // Parts of other messages may have come later than the one that set the time.
            self.overdue_at = Some(now + self.patience.max(Duration::from_secs(1)) / 4);
        }
    }

    /// Announces the unfinished messages that nothing would bring again. Those in a store stay there.
    pub(crate) fn close(&mut self, now: Duration, out: &mut VecDeque<Event>) {
        let patience = Duration::ZERO;
        for gathered in self.joiner.overdue(now, patience) {
            if self.groups.get(&gathered.key).is_some_and(|group| !group.stored) {
                self.announce(gathered, out);
            }
        }
    }

    /// Announces all unfinished messages, for one who only looks.
    pub(crate) fn flush(&mut self, now: Duration, out: &mut VecDeque<Event>) {
        for gathered in self.joiner.overdue(now, Duration::ZERO) {
            self.announce(gathered, out);
        }
    }

    pub(super) fn part(
        &mut self,
        now: Duration,
        part: Part,
        print: Print,
        slot: Option<Slot>,
        old: bool,
        out: &mut VecDeque<Event>,
    ) {
        let time = print.1;
        let accepted = self.joiner.accept(part, now);
        let name = accepted.key;
        if let Some(given_up) = accepted.given_up {
            let name = given_up.key.clone();
            self.announce(given_up, out);
            self.groups.remove(&name);
        }
        if accepted.joined == Joined::Duplicate {
            // The same part with another time stamp: a copy of what is already here.
            let key = self.groups.get(&name).map(|group| group.key);
            return if let Some(key) = key {
                self.copy(key, slot)
            };
        }
        let key = match (self.groups.get(&name).map(|group| group.key), accepted.before) {
            (Some(told), Before::Told) => self.renamed(told),
            (Some(known), Before::Parts) => known,
            (_, Before::Nothing) | (None, _) => {
                self.groups.remove(&name);
                self.new_key()
            }
        };
        let stored = slot.is_some();
        let sender = name.sender.clone();
        let group = self.groups.entry(name).or_insert(Group { key, old, time, stored });
        group.key = key;
        group.old |= old;
        group.stored &= stored;
        if earlier(time, group.time) {
            group.time = time;
        }
        self.remember(print, key);
        self.bind(key, Some(&sender), slot);
        match accepted.joined {
            Joined::Whole(gathered) => {
                let name = gathered.key.clone();
                self.announce(gathered, out);
                self.groups.remove(&name);
            }
            Joined::Waiting { .. } => {
                let at = now + self.patience;
                self.overdue_at = Some(self.deadline().map_or(at, |earlier| earlier.min(at)));
            }
            Joined::Duplicate => {}
        }
    }

    /// A message that was told as unfinished and will be told again is another one from here on: what was said of the
    /// first, whose parts it takes over, is not said of it.
    fn renamed(&mut self, told: Key) -> Key {
        let key = self.new_key();
        let slots = self.entries.get_mut(&told).map(|entry| std::mem::take(&mut entry.slots));
        for slot in slots.unwrap_or_default() {
            self.bind(key, None, Some(slot));
        }
        key
    }

    /// Announces a long message, whole or not.
    fn announce(&mut self, gathered: Gathered, out: &mut VecDeque<Event>) {
        let Some(group) = self.groups.get(&gathered.key).cloned() else { return };
        let slots = self.entries.get(&group.key).map(|entry| entry.slots.clone()).unwrap_or_default();
        let Some(text) = gathered.text() else {
            return out.push_back(binary(slots.into_iter().next(), gathered.key.sender));
        };
        let missing = gathered.missing().count();
        out.push_back(Event::Message(Received {
            key: group.key,
            missing: (u8::try_from(missing).unwrap_or(u8::MAX), gathered.key.total),
            sender: gathered.key.sender,
            time: group.time,
            text,
            old: group.old,
            slots,
        }));
    }
}

fn earlier(one: Timestamp, other: Timestamp) -> bool {
    matches!((one.unix(), other.unix()), (Some(one), Some(other)) if one < other)
}
