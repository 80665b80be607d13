//! What lies in a modem's stores, and what is known of it: messages announced once, parts put together, places to be
//! deleted. It asks the modem nothing; and nothing is ever deleted here that was not forgotten or is a copy of such.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::time::Duration;

use super::{Event, Key, Received, Slot, Why};
use crate::sms::{
    self, Address, Deliver, Direction, Gathered, Joined, Joiner, Message, Part, Pdu, Timestamp, UserData,
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

/// A message that was announced, or will be.
#[derive(Debug, Default)]
struct Entry {
    slots: Vec<Slot>,
    forgotten: bool,
}

/// The unfinished part of a long message.
#[derive(Debug)]
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
            joiner: Joiner::default(),
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
        entry.forgotten = true;
        for slot in entry.slots.clone() {
            self.delete(slot);
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

    /// When the next long message is overdue.
    pub(crate) fn deadline(&self) -> Option<Duration> {
        self.overdue_at.filter(|_| !self.groups.is_empty())
    }

    /// Announces long messages whose missing parts did not come.
    pub(crate) fn overdue(&mut self, now: Duration, out: &mut VecDeque<Event>) {
        if self.overdue_at.is_some_and(|at| now >= at) {
            for gathered in self.joiner.overdue(now, self.patience) {
                self.announce(gathered, out);
            }
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
                self.bind(key, slot);
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
        self.bind(key, slot.clone());
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
            self.announce(given_up, out);
        }
        if accepted.joined == Joined::Duplicate {
            // The same part with another time stamp: a copy of what is already here.
            let key = self.groups.get(&name).map(|group| group.key);
            return if let Some(key) = key {
                self.copy(key, slot)
            };
        }
        let key = self.groups.get(&name).map(|group| group.key).unwrap_or_else(|| self.new_key());
        let stored = slot.is_some();
        let group = self.groups.entry(name).or_insert(Group { key, old, time, stored });
        group.old |= old;
        group.stored &= stored;
        if earlier(time, group.time) {
            group.time = time;
        }
        self.remember(print, key);
        self.bind(key, slot);
        match accepted.joined {
            Joined::Whole(gathered) => self.announce(gathered, out),
            Joined::Waiting { .. } => {
                let at = now + self.patience;
                self.overdue_at = Some(self.deadline().map_or(at, |earlier| earlier.min(at)));
            }
            Joined::Duplicate => {}
        }
    }

    /// Announces a long message, whole or not.
    fn announce(&mut self, gathered: Gathered, out: &mut VecDeque<Event>) {
        let Some(group) = self.groups.remove(&gathered.key) else { return };
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
        self.bind(key, Some(slot.clone()));
        if self.entries.get(&key).is_some_and(|entry| entry.forgotten) {
            self.delete(slot);
        }
    }

    fn bind(&mut self, key: Key, slot: Option<Slot>) {
        if self.entries.len() >= PLACES {
            self.entries.pop_first();
        }
        let entry = self.entries.entry(key).or_default();
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
