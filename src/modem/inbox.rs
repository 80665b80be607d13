//! What lies in a modem's stores, and what is known of it: messages announced once, parts put together, places to be
//! deleted. It asks the modem nothing; and nothing is ever deleted here that was not forgotten, or spared when room was
//! wanted, or is a copy of such.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::time::Duration;

use super::{Event, Key, Received, Slot, Why};
use crate::sms::{
    self, Address, Before, Deliver, Direction, Gathered, Joined, Joiner, Message, Part, Pdu, Timestamp,
    UserData,
};

/// Places that are remembered; no modem has as many.
const PLACES: usize = 4096;
/// Messages that are known again when they come twice.
const KNOWN: usize = 1024;
/// How often a place is told to be emptied.
const DELETIONS: u8 = 3;
/// Digits of the longest PDU, with ample room; what is longer is kept out.
const LONGEST: usize = 1024;

/// What makes a message the same one: sender, service centre's time, content and part (its header).
type Print = (Address, Timestamp, UserData);

/// A place that holds something.
#[derive(Debug)]
struct Held {
    digits: String,
    key: Option<Key>,
    deletions: u8,
    deleted: bool,
}

/// Unfinished messages whose parts wait for the rest, and whole ones that are known again.
const LONG: usize = 256;

/// A message that was announced, or will be.
#[derive(Debug, Default)]
struct Entry {
    slots: Vec<Slot>,
    sender: Option<Address>,
    word: Word,
}

/// What was said of a message that was announced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Word {
    /// Nothing yet.
    #[default]
    None,
    /// It is nobody's here, and stays.
    Left,
    /// It is nobody's here, and kept elsewhere: it may be deleted where room is wanted.
    Spared,
    /// It is kept elsewhere, and is to be deleted.
    Forgotten,
}

/// The unfinished part of a long message, as long as a part that is missing may still come.
#[derive(Debug, Clone)]
struct Group {
    key: Key,
    old: bool,
    time: Timestamp,
    stored: bool,
}

/// The stores' content as it is known.
#[derive(Debug)]
pub(crate) struct Inbox {
    places: BTreeMap<Slot, Held>,
    entries: BTreeMap<Key, Entry>,
    known: HashMap<Print, Key>,
    known_order: VecDeque<Print>,
    joiner: Joiner,
    groups: BTreeMap<sms::Key, Group>,
    deletions: VecDeque<Slot>,
    last_key: u64,
    patience: Duration,
    overdue_at: Option<Duration>,
}

impl Inbox {
    /// Waits so long for the missing parts of a long message.
    pub(crate) fn new(patience: Duration) -> Self {
        Self {
            places: BTreeMap::new(),
            entries: BTreeMap::new(),
            known: HashMap::new(),
            known_order: VecDeque::new(),
            joiner: Joiner::new(LONG),
            groups: BTreeMap::new(),
            deletions: VecDeque::new(),
            last_key: 0,
            patience,
            overdue_at: None,
        }
    }

    /// Takes what a place holds. Returns whether it is news.
    pub(crate) fn stored(&mut self, now: Duration, found: Found<'_>, out: &mut VecDeque<Event>) {
        let Found { slot, length, digits, old } = found;
        if let Some(held) = self.places.get(&slot) {
            if held.digits == digits {
                return self.still_there(&slot, out);
            }
            self.gone(&slot);
        }
        if self.places.len() >= PLACES {
            return;
        }
        let kept: String = digits.chars().take(LONGEST).collect();
        self.places.insert(slot.clone(), Held { digits: kept, key: None, deletions: 0, deleted: false });
        let decoded = if digits.len() > LONGEST { None } else { Some(Pdu::from_stored(length, digits)) };
        match decoded {
            Some(Ok(decoded)) => self.take(now, decoded.pdu.message, Some(slot), old, out),
            Some(Err(error)) => out.push_back(unreadable(Some(slot), None, &error.to_string())),
            None => out.push_back(unreadable(Some(slot), None, "it is longer than any message")),
        }
    }

    /// Takes what the modem handed over without storing it.
    pub(crate) fn direct(&mut self, now: Duration, length: usize, digits: &str, out: &mut VecDeque<Event>) {
        if digits.len() > LONGEST {
            return out.push_back(unreadable(None, None, "it is longer than any message"));
        }
        match Pdu::from_at(length, digits, Direction::ToMobile) {
            Ok(decoded) => self.take(now, decoded.pdu.message, None, false, out),
            Err(error) => out.push_back(unreadable(None, None, &error.to_string())),
        }
    }

    /// Compares with a whole listing of a store: what is not in it is gone.
    pub(crate) fn listed(&mut self, store: &str, present: &BTreeSet<u32>) {
        let is_gone = |slot: &&Slot| slot.store == store && !present.contains(&slot.index);
        let gone: Vec<Slot> = self.places.keys().filter(is_gone).cloned().collect();
        for slot in gone {
            self.gone(&slot);
        }
    }

    /// A place is empty, or holds something else now.
    pub(crate) fn gone(&mut self, slot: &Slot) {
        self.deletions.retain(|other| other != slot);
        if let Some(Held { key: Some(key), .. }) = self.places.remove(slot)
            && let Some(entry) = self.entries.get_mut(&key)
        {
            entry.slots.retain(|other| other != slot);
        }
    }

    /// A message is kept elsewhere now: its places are to be emptied.
    pub(crate) fn forget(&mut self, key: Key) {
        let Some(entry) = self.entries.get_mut(&key) else { return };
        entry.word = Word::Forgotten;
        for slot in entry.slots.clone() {
            self.delete(slot);
        }
    }

    /// A message is nobody's here: it stays where it is.
    pub(crate) fn leave(&mut self, key: Key) {
        self.say(key, Word::Left);
    }

    /// A message is nobody's here, and kept elsewhere: its places may be emptied where room is wanted.
    pub(crate) fn spare(&mut self, key: Key) {
        self.say(key, Word::Spared);
    }

    fn say(&mut self, key: Key, word: Word) {
        if let Some(entry) = self.entries.get_mut(&key).filter(|entry| entry.word != Word::Forgotten) {
            entry.word = word;
        }
    }

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

    /// The next place to be emptied.
    pub(crate) fn deletion(&self) -> Option<&Slot> {
        self.deletions.front()
    }

    /// The modem was told to empty the place; whether it did will be seen when it is next read.
    pub(crate) fn deleted(&mut self, slot: &Slot) {
        self.deletions.retain(|other| other != slot);
        if let Some(held) = self.places.get_mut(slot) {
            held.deleted = true;
            held.deletions = held.deletions.saturating_add(1);
        }
    }

    /// A store cannot be used: nothing can be emptied there.
    pub(crate) fn give_up(&mut self, store: &str) {
        self.deletions.retain(|slot| slot.store != store);
    }

    /// Places that were told to be emptied and not read since.
    pub(crate) fn unverified(&self) -> impl Iterator<Item = &Slot> {
        self.places
            .iter()
            .filter(|(_, held)| held.deleted && held.deletions < DELETIONS)
            .map(|(slot, _)| slot)
    }

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

    /// A place holds what it held before.
    fn still_there(&mut self, slot: &Slot, out: &mut VecDeque<Event>) {
        let Some(held) = self.places.get_mut(slot) else { return };
        if !held.deleted {
            return;
        }
        held.deleted = false;
        if held.deletions < DELETIONS {
            self.deletions.push_back(slot.clone());
        } else if held.deletions == DELETIONS {
            held.deletions = DELETIONS + 1;
            let why = Why::new(format!("the modem does not delete the message at {}", place(slot)))
                .hint("delete it by hand, or the store fills up");
            out.push_back(Event::Note(why));
        }
    }

    fn take(
        &mut self,
        now: Duration,
        message: Message,
        slot: Option<Slot>,
        old: bool,
        out: &mut VecDeque<Event>,
    ) {
        match message {
            Message::Deliver(deliver) => self.deliver(now, &deliver, slot, old, out),
            Message::StatusReport(report) => {
                let key = self.new_key();
                self.bind(key, None, slot);
                out.push_back(Event::Report { key, report });
            }
            // What was sent or is to be sent by somebody else: not ours to touch.
            Message::Submit(_) => {}
        }
    }

    fn deliver(
        &mut self,
        now: Duration,
        deliver: &Deliver,
        slot: Option<Slot>,
        old: bool,
        out: &mut VecDeque<Event>,
    ) {
        let print = (deliver.originator.clone(), deliver.service_centre_time, deliver.user_data.clone());
        if let Some(&key) = self.known.get(&print) {
            return self.copy(key, slot);
        }
        if let Some(part) = Part::of(deliver).filter(|part| part.key().total > 1) {
            return self.part(now, part, print, slot, old, out);
        }
        let key = self.new_key();
        self.remember(print, key);
        self.bind(key, Some(&deliver.originator), slot.clone());
        let Some(text) = deliver.user_data.text() else {
            return out.push_back(binary(slot, deliver.originator.clone()));
        };
        out.push_back(Event::Message(Received {
            key,
            sender: deliver.originator.clone(),
            time: deliver.service_centre_time,
            text,
            missing: (0, 1),
            old,
            slots: slot.into_iter().collect(),
        }));
    }

    fn part(
        &mut self,
        now: Duration,
        part: Part,
        print: Print,
        slot: Option<Slot>,
        old: bool,
        out: &mut VecDeque<Event>,
    ) {
        let (name, time) = (part.key().clone(), print.1);
        let accepted = self.joiner.accept(part, now);
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

    /// Another copy of a message that is known: it goes the way of the first.
    fn copy(&mut self, key: Key, slot: Option<Slot>) {
        let Some(slot) = slot else { return };
        self.bind(key, None, Some(slot.clone()));
        if self.entries.get(&key).is_some_and(|entry| entry.word == Word::Forgotten) {
            self.delete(slot);
        }
    }

    fn bind(&mut self, key: Key, sender: Option<&Address>, slot: Option<Slot>) {
        if self.entries.len() >= PLACES && !self.entries.contains_key(&key) {
            // What lies nowhere any more is the least loss.
            let placeless = self.entries.iter().find(|(_, entry)| entry.slots.is_empty());
            let oldest = placeless.or_else(|| self.entries.first_key_value()).map(|(key, _)| *key);
            oldest.and_then(|oldest| self.entries.remove(&oldest));
        }
        let entry = self.entries.entry(key).or_default();
        if entry.sender.is_none() {
            entry.sender = sender.cloned();
        }
        if let Some(slot) = slot {
            if let Some(held) = self.places.get_mut(&slot) {
                held.key = Some(key);
            }
            entry.slots.push(slot);
        }
    }

    fn delete(&mut self, slot: Slot) {
        let is_ours = self.places.get(&slot).is_some_and(|held| !held.deleted);
        if is_ours && !self.deletions.contains(&slot) {
            self.deletions.push_back(slot);
        }
    }

    fn remember(&mut self, print: Print, key: Key) {
        if self.known_order.len() >= KNOWN
            && let Some(oldest) = self.known_order.pop_front()
        {
            self.known.remove(&oldest);
        }
        self.known_order.push_back(print.clone());
        self.known.insert(print, key);
    }

    fn new_key(&mut self) -> Key {
        self.last_key += 1;
        Key(self.last_key)
    }
}

/// What a place was found to hold.
pub(crate) struct Found<'f> {
    pub(crate) slot: Slot,
    /// The length that the modem gave with it.
    pub(crate) length: usize,
    pub(crate) digits: &'f str,
    /// It was there when the dialogue began.
    pub(crate) old: bool,
}

/// A place in words.
pub(crate) fn place(slot: &Slot) -> String {
    if slot.store.is_empty() {
        format!("place {}", slot.index)
    } else {
        format!("place {} of store {}", slot.index, slot.store)
    }
}

fn earlier(one: Timestamp, other: Timestamp) -> bool {
    matches!((one.unix(), other.unix()), (Some(one), Some(other)) if one < other)
}

fn unreadable(slot: Option<Slot>, sender: Option<Address>, why: &str) -> Event {
    let what = match &slot {
        Some(slot) => format!("what lies at {} of the modem cannot be read as a message: {why}", place(slot)),
        None => format!("what the modem handed over cannot be read as a message: {why}"),
    };
    Event::Unreadable { slot, sender, why: Why::new(what) }
}

fn binary(slot: Option<Slot>, sender: Address) -> Event {
    let at = slot.as_ref().map_or_else(String::new, |slot| format!(" at {}", place(slot)));
    let why =
        Why::new(format!("the message from {sender}{at} is data and no text, as a multimedia notice is"))
            .hint("it is left where it is; delete it by hand if the store fills up");
    Event::Unreadable { slot, sender: Some(sender), why }
}
