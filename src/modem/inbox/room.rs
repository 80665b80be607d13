//! How full a store is, of what, and what of it may go: only what is kept elsewhere, and where a person allowed that.

use std::collections::BTreeMap;

use super::{Entry, Held, Inbox, Key, Slot, Word};
use crate::sms::Address;

impl Inbox {
    /// Places of a store that hold something and are not about to be emptied.
    pub(crate) fn held(&self, store: &str) -> u32 {
        let is_held = |(slot, held): &(&Slot, &Held)| {
            slot.store == store && !held.deleted && !self.deletions.contains(slot)
        };
        u32::try_from(self.places.iter().filter(is_held).count()).unwrap_or(u32::MAX)
    }

    /// Empties so many places of a store, if there are as many that may be: what was read first goes first.
    pub(crate) fn make_room(&mut self, store: &str, places: u32) {
        let mut left = places;
        let spared: Vec<Key> = self.entries_in(store, Word::Spared).map(|(key, _, _)| key).collect();
        for key in spared {
            if left == 0 {
                return;
            }
            let slots = self.entries.get(&key).map_or(0, |entry| entry.slots.len());
            left = left.saturating_sub(u32::try_from(slots).unwrap_or(u32::MAX));
            self.forget(key);
        }
    }

    /// Whether something lies in a store that may be deleted where room is wanted.
    pub(crate) fn can_make_room(&self, store: &str) -> bool {
        self.entries_in(store, Word::Spared).next().is_some()
    }

    /// Whether messages lie in a store of which nothing was said yet.
    pub(crate) fn is_undecided(&self, store: &str) -> bool {
        self.entries_in(store, Word::None).next().is_some()
    }

    /// Who sent the messages in a store that nobody has forgotten, and how many places they take; most first.
    pub(crate) fn senders(&self, store: &str) -> Vec<(&Address, usize)> {
        let mut counts: BTreeMap<&Address, usize> = BTreeMap::new();
        for word in [Word::None, Word::Left, Word::Spared] {
            for (_, entry, places) in self.entries_in(store, word) {
                if let Some(sender) = &entry.sender {
                    *counts.entry(sender).or_default() += places;
                }
            }
        }
        let mut senders: Vec<_> = counts.into_iter().collect();
        senders.sort_by_key(|(_, places)| std::cmp::Reverse(*places));
        senders
    }

    /// The messages in a store of which this was said, with the places that they take there.
    fn entries_in(&self, store: &str, word: Word) -> impl Iterator<Item = (Key, &Entry, usize)> {
        let of_word = self.entries.iter().filter(move |(_, entry)| entry.word == word);
        let placed = of_word.map(move |(key, entry)| {
            let places = entry.slots.iter().filter(|slot| slot.store == store).count();
            (*key, entry, places)
        });
        placed.filter(|(_, _, places)| *places > 0)
    }
}
