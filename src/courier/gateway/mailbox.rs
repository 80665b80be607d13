//! Which received messages are new: the same one comes with every look and may come with every webhook's repetition.
//! It remembers only; it asks nobody.

use std::collections::{HashMap, HashSet};

use super::inbox::Letter;
use crate::engine::{Inbound, StoreKey};

/// How far back the first look goes: a reply that came while a batch was interrupted is not lost.
const BACK_MS: i64 = 3 * 24 * 60 * 60 * 1000;
/// How far back later looks go behind the newest message: the clocks of a phone, a gateway and a service centre differ,
/// and a message that was held up is dated before others.
const OVERLAP_MS: i64 = 60 * 60 * 1000;

/// What was received so far.
pub(super) struct Mailbox {
    seen: HashMap<Letter, StoreKey>,
    /// What was told and neither kept nor left.
    open: HashSet<StoreKey>,
    /// The gateway's own names of what was told and is not forgotten.
    ids: HashMap<StoreKey, String>,
    keys: u64,
    newest_ms: Option<i64>,
    begun_ms: i64,
    looked: bool,
}

impl Mailbox {
    /// `now_ms`: milliseconds since 1970.
    pub(super) fn new(now_ms: i64) -> Self {
        Self {
            seen: HashMap::new(),
            open: HashSet::new(),
            ids: HashMap::new(),
            keys: 0,
            newest_ms: None,
            begun_ms: now_ms,
            looked: false,
        }
    }

    /// From when on to ask, in milliseconds since 1970. The clock that dates messages is the gateway's: as long as it
    /// has shown no time, it may be wrong; and a date after `now_ms` may be forged, and hides nothing.
    pub(super) fn since_ms(&self, now_ms: i64) -> i64 {
        match self.newest_ms {
            Some(newest) => newest.min(now_ms) - OVERLAP_MS,
            None => self.begun_ms - BACK_MS,
        }
    }

    /// Takes what one look gave; what the first one gives was there before.
    pub(super) fn looked(&mut self, letters: Vec<Letter>) -> Vec<Inbound> {
        let old = !self.looked;
        self.looked = true;
        self.take(letters, old)
    }

    /// Takes what a webhook was called with: what of it is new, and what of it nobody has kept or left yet, be it new or
    /// told again.
    pub(super) fn called(&mut self, letters: Vec<Letter>) -> (Vec<Inbound>, HashSet<StoreKey>) {
        let inbound = self.take(letters.clone(), false);
        let keys = letters.iter().filter_map(|letter| self.seen.get(letter));
        (inbound, keys.filter(|key| self.open.contains(key)).copied().collect())
    }

    fn take(&mut self, mut letters: Vec<Letter>, old: bool) -> Vec<Inbound> {
        // Gateways list the newest first or the oldest; who listens wants them as they came.
        letters.sort_by_key(|letter| letter.time_ms);
        let mut inbound = Vec::new();
        for letter in letters {
            if self.seen.contains_key(&letter) {
                continue;
            }
            self.keys += 1;
            let key = StoreKey(self.keys);
            if let Some(id) = &letter.id {
                self.ids.insert(key, id.clone());
            }
            self.newest_ms = self.newest_ms.max(letter.time_ms);
            self.seen.insert(letter.clone(), key);
            self.open.insert(key);
            let Letter { sender, text, time_ms, .. } = letter;
            inbound.push(Inbound { key, sender, sent_ms: time_ms, text, missing: (0, 1), old });
        }
        inbound
    }

    /// The gateway's name of a message that is kept elsewhere now.
    pub(super) fn forget(&mut self, key: StoreKey) -> Option<String> {
        self.leave(key);
        self.ids.remove(&key)
    }

    /// A message is to be told by nobody again, though it is not kept.
    pub(super) fn leave(&mut self, key: StoreKey) {
        self.open.remove(&key);
    }
}
