//! A store that fills up: who is told, and what is deleted where a person allowed it. Nothing is deleted here but what
//! was spared, which is nobody's of those who ask and kept elsewhere.

use std::time::Duration;

use super::super::Why;
use super::super::about::Store;
use super::super::fields::behind;
use super::super::host::Host;
use crate::sms::Address;

/// Senders that are named one by one.
const NAMED: usize = 3;
/// Looks that a full store is given while it is not clear what of it stays: an answer is deleted as soon as it is kept
/// elsewhere.
const GRACE: u8 = 3;
/// In place of the number of looks, once it was told.
const STUFFED: u8 = u8::MAX;
/// The time between these looks.
const SOON: Duration = Duration::from_secs(2);

impl Host {
    /// Empties places where room is short and that is allowed, until half of the store is free.
    pub(in super::super) fn make_room(&mut self) {
        let Some(store) = self.about.store.as_ref().filter(|_| self.options.empty) else { return };
        let held = Store { used: self.inbox.held(&store.name), ..store.clone() };
        if held.is_nearly_full() {
            self.inbox.make_room(&held.name, held.used.saturating_sub(held.total / 2));
        }
    }

    /// Whether the store is full, so that no answer could come to what is sent: then nothing is, until a look finds room.
    pub(super) fn is_stuffed(&mut self, now: Duration) -> bool {
        let Some(store) = self.about.store.as_ref().filter(|store| store.is_full()) else {
            self.stores.full_looks = 0;
            return false;
        };
        // How full a store is that cannot be listed was said once, at the start.
        if self.manner.no_list || self.stores.unlisted.contains(&store.name) {
            return false;
        }
        if self.stores.full_looks == STUFFED {
            return true;
        }
        self.stores.full_looks += 1;
        let moves = self.inbox.is_undecided(&store.name) || self.inbox.deletion().is_some();
        if moves && self.stores.full_looks <= GRACE {
            self.stores.poll_at = self.stores.poll_at.min(now + SOON);
            return !self.up && !self.options.returns;
        }
        let why = Why::new(self.fullness(store)).hint(WAY_OUT);
        self.stores.full_looks = STUFFED;
        // Told also where it was down before, as that had another reason.
        self.down = false;
        self.fall(why);
        true
    }

    /// A place was emptied, as the modem says; the next list shows whether it was. If nothing is sent for want of room, and
    /// there is nothing more to empty, that is looked for at once.
    pub(super) fn was_emptied(&mut self, now: Duration, name: &str, is_ok: bool) {
        if let Some(store) = self.about.store.as_mut().filter(|store| is_ok && store.name == name) {
            store.used = store.used.saturating_sub(1);
        }
        if !self.up && self.stores.full_looks > 0 && self.inbox.deletion().is_none() {
            self.stores.poll_at = self.stores.poll_at.min(now);
        }
    }

    /// How full a store is, of what, and what that means.
    fn fullness(&self, store: &Store) -> String {
        let Store { name, used, total } = store;
        let whose = whose(&self.inbox.senders(name));
        let (how, then) = if store.is_full() {
            ("full", "no message can arrive, and answers wait in the network or are lost")
        } else {
            ("nearly full", "once it is full, no message can arrive, and nothing is sent until there is room")
        };
        format!("the modem's store {name} is {how}: {used} of {total} places are used{whose}; {then}")
    }

    /// The store is filling up: what arrives then waits in the network, or is lost. Told once; where places may be emptied,
    /// only when that was not enough.
    pub(in super::super) fn warn_if_full(&mut self) {
        let Some(store) = self.about.store.as_ref().filter(|store| store.is_nearly_full()) else { return };
        let name = &store.name;
        let is_undecided = || !self.up && self.inbox.is_undecided(name);
        let waits = self.options.empty && (self.inbox.can_make_room(name) || is_undecided());
        if waits || std::mem::replace(&mut self.stores.warned, true) {
            return;
        }
        let why = Why::new(self.fullness(store));
        self.note(why.hint(WAY_OUT));
    }

    /// The modem says by itself that nothing more fits in.
    pub(super) fn said_to_be_full(&mut self, now: Duration) {
        self.stores.poll_at = self.stores.poll_at.min(now);
        if self.options.empty {
            let store = self.stores.chosen().to_owned();
            self.inbox.make_room(&store, u32::MAX);
        }
        let why = Why::new("the modem says that its message store is full, so no message can arrive");
        self.note(why.hint(WAY_OUT));
    }
}

/// What to do about a store that is full.
const WAY_OUT: &str = "delete old messages from it, which `homing modem inbox` shows; with `modem:PORT?empty=yes` a \
                       batch deletes what is from none of its trackers, once the journal has it";

/// Whose the messages are.
fn whose(counts: &[(&Address, usize)]) -> String {
    let named = counts.iter().take(NAMED).map(|(sender, places)| format!("{places} from {}", masked(sender)));
    let mut named: Vec<String> = named.collect();
    let rest: usize = counts.iter().skip(NAMED).map(|(_, places)| places).sum();
    if rest > 0 {
        named.push(format!("{rest} from {} others", counts.len() - NAMED));
    }
    if named.is_empty() { String::new() } else { format!(" ({})", named.join(", ")) }
}

/// A stranger's number is nobody's business: how it begins and ends tells whose it is to who knows it.
fn masked(sender: &Address) -> String {
    let text: Vec<char> = sender.to_string().chars().collect();
    if text.len() < 9 {
        return text.iter().collect();
    }
    let (head, tail) = (&text[..4], &text[text.len() - 2..]);
    format!("{}…{}", head.iter().collect::<String>(), tail.iter().collect::<String>())
}

/// Words for a full store, of Huawei and SIMCom modems.
pub(super) fn is_full(line: &str) -> bool {
    behind(line, "^SMMEMFULL").is_some()
        || ["^SMMEMFULL", "SMS FULL", "+SMS FULL"].iter().any(|word| line.eq_ignore_ascii_case(word))
}
