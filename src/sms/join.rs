//! The parts of long messages, put together in whatever order they come (3GPP TS 23.040 section 9.2.3.24.1).
//! It holds a bounded number of unfinished messages and looks at no clock: times are handed to it. What is told as
//! unfinished is kept for a while, so that a part that comes late still completes it.

use std::collections::BTreeMap;
use std::time::Duration;

use super::header::{Concatenation, Reference};
use super::text::{from_septets, from_units};
use super::{Address, Deliver, Payload, Timestamp, UserData};

/// How long the parts of a message that was told as unfinished wait for the rest: a day, as long as a service centre
/// keeps what it cannot deliver when nobody says otherwise.
const KEPT: Duration = Duration::from_secs(24 * 60 * 60);
/// How far apart, in seconds, the service centre may have got two parts of one message: a sender sends them in one go,
/// and references repeat, so that what it got later is of another message.
const ONE_GO: u64 = 300;

/// What the parts of one message share. The service centre does not belong to it: two parts may come through two.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// Who sent them.
    pub sender: Address,
    /// Their reference, its width included.
    pub reference: Reference,
    /// How many there are.
    pub total: u8,
    /// Which message of these it is: references repeat, and two that share one may be under way at a time. The joiner
    /// counts them; 0 in a part that it has not seen.
    pub nth: u64,
}

/// One part of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    key: Key,
    sequence: u8,
    time: Timestamp,
    user_data: UserData,
}

/// The parts of one message that are there, by their number from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gathered {
    /// What they share.
    pub key: Key,
    /// The parts.
    pub parts: BTreeMap<u8, UserData>,
}

/// What a part did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Joined {
    /// It was the last one missing.
    Whole(Gathered),
    /// Others are still missing.
    Waiting {
        /// How many parts are there.
        have: u8,
        /// How many there will be.
        total: u8,
    },
    /// It was there already.
    Duplicate,
}

/// What came of accepting a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// The message that it belongs to.
    pub key: Key,
    /// What the part did.
    pub joined: Joined,
    /// What was there of its message.
    pub before: Before,
    /// An unfinished message that had to make room and was not told yet, as too many were waiting.
    pub given_up: Option<Gathered>,
}

/// What was there of a message when a part of it came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Before {
    /// Nothing: the part begins it.
    Nothing,
    /// Other parts, that wait for it.
    Parts,
    /// Other parts, that were told as an unfinished message.
    Told,
}

/// Puts parts together.
#[derive(Debug, Clone)]
pub struct Joiner {
    limit: usize,
    /// Unfinished messages, and finished ones as long as there is room, so that late duplicates are known.
    groups: Vec<Group>,
    /// Messages so far.
    count: u64,
}

#[derive(Debug, Clone)]
struct Group {
    key: Key,
    /// When its latest part came.
    touched: Duration,
    /// It was told as unfinished, with the parts that are there.
    told: bool,
    parts: BTreeMap<u8, (Timestamp, UserData)>,
}

impl Part {
    /// The part that a message is; none when it is a whole message or its element is impossible.
    #[must_use]
    pub fn of(deliver: &Deliver) -> Option<Self> {
        let Concatenation { reference, total, sequence } = deliver.concatenation()?;
        Some(Self {
            key: Key { sender: deliver.originator.clone(), reference, total, nth: 0 },
            sequence,
            time: deliver.service_centre_time,
            user_data: deliver.user_data.clone(),
        })
    }

    /// What it shares with the others.
    #[must_use]
    pub fn key(&self) -> &Key {
        &self.key
    }

    /// Its number, from 1.
    #[must_use]
    pub fn sequence(&self) -> u8 {
        self.sequence
    }
}

impl Group {
    fn is_whole(&self) -> bool {
        self.parts.len() == usize::from(self.key.total)
    }

    /// Whether it waits for parts, and nobody was told.
    fn is_waiting(&self) -> bool {
        !self.told && !self.is_whole()
    }

    fn gathered(self) -> Gathered {
        let parts = self.parts.into_iter().map(|(sequence, (_, user_data))| (sequence, user_data));
        Gathered { key: self.key, parts: parts.collect() }
    }

    /// Whether it shares with a part what parts of one message share.
    fn is_like(&self, part: &Part) -> bool {
        let Key { sender, reference, total, nth: _ } = &part.key;
        self.key.sender == *sender && self.key.reference == *reference && self.key.total == *total
    }

    /// Seconds between what the service centre says of a part and of those that are there, the nearest of them.
    fn apart(&self, part: &Part) -> u64 {
        let times = self.parts.values().filter_map(|(time, _)| time.unix().zip(part.time.unix()));
        times.map(|(one, other)| one.abs_diff(other)).min().unwrap_or_default()
    }

    /// Whether a part is of another message, that has the same reference: one with its number is there that has other
    /// content, or, where no more of it was waited for, another time; or it was sent at another time than the others.
    fn contradicts(&self, part: &Part, now: Duration) -> bool {
        let is_over = |time: &Timestamp| !self.is_waiting() && *time != part.time;
        if let Some((time, user_data)) = self.parts.get(&part.sequence) {
            return *user_data != part.user_data || is_over(time);
        }
        let is_far = |time: &Timestamp| {
            let times = time.unix().zip(part.time.unix());
            times.is_some_and(|(one, other)| one.abs_diff(other) > ONE_GO)
        };
        let is_old = self.told && now.saturating_sub(self.touched) >= KEPT;
        is_old || self.parts.values().any(|(time, _)| is_far(time))
    }
}

impl Default for Joiner {
    fn default() -> Self {
        Self::new(64)
    }
}

impl Joiner {
    /// A joiner that holds so many messages, one at least.
    #[must_use]
    pub fn new(limit: usize) -> Self {
        Self { limit: limit.max(1), groups: Vec::new(), count: 0 }
    }

    /// Takes a part that came at `now`, counted from any fixed moment. Of several unfinished messages that it could
    /// belong to it is of the one whose parts the service centre got at the nearest time, the oldest of equals.
    pub fn accept(&mut self, part: Part, now: Duration) -> Accepted {
        let could_be = |(_, group): &(usize, &Group)| group.is_like(&part) && !group.contradicts(&part, now);
        let found = self.groups.iter().enumerate().filter(could_be);
        let found = found.min_by_key(|(_, group)| group.apart(&part)).map(|(at, _)| at);
        let given_up = if found.is_none() { self.make_room() } else { None };
        let before = match found.map(|at| &self.groups[at]) {
            None => Before::Nothing,
            Some(group) if group.told => Before::Told,
            Some(_) => Before::Parts,
        };
        let at = found.unwrap_or_else(|| {
            self.count += 1;
            let key = Key { nth: self.count, ..part.key };
            self.groups.push(Group { key, touched: now, told: false, parts: BTreeMap::new() });
            self.groups.len() - 1
        });
        let group = &mut self.groups[at];
        let key = group.key.clone();
        if group.parts.contains_key(&part.sequence) {
            return Accepted { key, joined: Joined::Duplicate, before, given_up };
        }
        (group.touched, group.told) = (now, false);
        group.parts.insert(part.sequence, (part.time, part.user_data));
        let joined = if group.is_whole() {
            Joined::Whole(group.clone().gathered())
        } else {
            Joined::Waiting { have: group.parts.len() as u8, total: group.key.total }
        };
        Accepted { key, joined, before, given_up }
    }

    /// Tells the unfinished messages whose latest part came `patience` or longer before `now`, each once. What is there
    /// of them is kept for a day, unless others need the room.
    pub fn overdue(&mut self, now: Duration, patience: Duration) -> Vec<Gathered> {
        let is_overdue =
            |group: &&mut Group| group.is_waiting() && now.saturating_sub(group.touched) >= patience;
        let overdue = self.groups.iter_mut().filter(is_overdue);
        overdue
            .map(|group| {
                group.told = true;
                group.clone().gathered()
            })
            .collect()
    }

    /// The unfinished messages that were not told: what their parts share, and how many are there.
    pub fn waiting(&self) -> impl Iterator<Item = (&Key, usize)> {
        self.groups.iter().filter(|group| group.is_waiting()).map(|group| (&group.key, group.parts.len()))
    }

    /// Whether parts of an unfinished message are there, told or not.
    #[must_use]
    pub fn has(&self, key: &Key) -> bool {
        self.groups.iter().any(|group| group.key == *key && !group.is_whole())
    }

    /// Drops the finished message, or else one that was told as unfinished, or else gives up the unfinished one, that
    /// was touched longest ago, when there is no room for another.
    fn make_room(&mut self) -> Option<Gathered> {
        if self.groups.len() < self.limit {
            return None;
        }
        let oldest = |(_, group): &(usize, &Group)| (group.is_waiting(), !group.is_whole(), group.touched);
        let (at, _) = self.groups.iter().enumerate().min_by_key(oldest)?;
        let group = self.groups.remove(at);
        group.is_waiting().then(|| group.gathered())
    }
}

impl Gathered {
    /// Whether nothing is missing.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.parts.len() == usize::from(self.key.total)
    }

    /// The numbers of the missing parts.
    pub fn missing(&self) -> impl Iterator<Item = u8> {
        (1..=self.key.total).filter(|sequence| !self.parts.contains_key(sequence))
    }

    /// The text, with `…` where parts are missing; none when a part is no text. A pair of codes that a careless
    /// sender tore apart between two parts is one character again, though each part alone was noted as damaged.
    #[must_use]
    pub fn text(&self) -> Option<String> {
        let (mut text, mut run) = (String::new(), Vec::<&UserData>::new());
        for sequence in 1..=self.key.total {
            let part = self.parts.get(&sequence);
            if run.last().is_some_and(|last| !part.is_some_and(|part| continues(last, part))) {
                text.push_str(&read_run(&std::mem::take(&mut run))?);
            }
            match part {
                Some(part) => run.push(part),
                None if !text.ends_with('…') => text.push('…'),
                None => {}
            }
        }
        text.push_str(&read_run(&run)?);
        Some(text)
    }
}

/// Whether two parts are written in one way, so that their codes can be read as one sequence.
fn continues(one: &UserData, next: &UserData) -> bool {
    match (&one.payload, &next.payload) {
        (Payload::Gsm7(_), Payload::Gsm7(_)) => one.tables() == next.tables(),
        (Payload::Ucs2(_), Payload::Ucs2(_)) => true,
        _ => false,
    }
}

/// The text of parts that are written in one way.
fn read_run(run: &[&UserData]) -> Option<String> {
    let (mut septets, mut units) = (Vec::new(), Vec::new());
    for part in run {
        match &part.payload {
            Payload::Gsm7(part) => septets.extend(part),
            Payload::Ucs2(part) => units.extend(part),
            Payload::Data(_) | Payload::Compressed(_) => return None,
        }
    }
    let tables = run.first().map(|part| part.tables()).unwrap_or_default();
    Some(from_septets(&septets, tables).0 + &from_units(&units).0)
}
