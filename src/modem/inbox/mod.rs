//! What lies in a modem's stores, and what is known of it: messages announced once, parts put together, places to be
//! deleted. It asks the modem nothing; and nothing is ever deleted here that was not forgotten, or spared when room was
//! wanted, or is a copy of such.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::time::Duration;

mod long;
mod room;

use super::{Event, Key, Received, Slot, Why};
use crate::sms::{self, Address, Deliver, Direction, Joiner, Message, Part, Pdu, Timestamp, UserData};
use long::{Group, LONG};

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
