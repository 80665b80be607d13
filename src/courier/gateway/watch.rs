//! Messages whose fate is asked for: when each is due, and what is new about it. Pure; the time is an argument.

use std::collections::{BTreeSet, HashMap};
use std::time::{Duration, Instant};

use super::definition::Status;
use super::extract::Body;
use crate::engine::{AttemptId, Fate, Receipt, Sender};

/// The longest time between two questions about one message.
const SELDOM: Duration = Duration::from_secs(300);
/// Questions about one message at most: after some hours nothing new is to be expected.
const MOST: u32 = 40;
/// Questions at the same time.
const AT_ONCE: usize = 4;

/// What is asked about.
#[derive(Debug, Default)]
pub(super) struct Watch {
    entries: HashMap<String, Entry>,
    /// When each is due; one that is being asked about is not in it.
    due: BTreeSet<(Instant, String)>,
    busy: usize,
}

#[derive(Debug)]
struct Entry {
    /// Nobody knows whether it was taken: the first word of it says that it was.
    doubt: Option<AttemptId>,
    recipient: Option<Sender>,
    pause: Duration,
    asked: u32,
    fate: Option<Fate>,
}

/// What a question brought.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Learnt {
    /// An attempt that was in doubt was taken.
    Taken(AttemptId),
    /// What became of it is known, or known to be different.
    Fate(Receipt),
}

impl Watch {
    /// Asks about a message from now on, first after `pause`.
    pub(super) fn add(
        &mut self,
        reference: String,
        recipient: Option<Sender>,
        doubt: Option<AttemptId>,
        now: Instant,
        pause: Duration,
    ) {
        self.due.insert((now + pause, reference.clone()));
        self.entries.insert(reference, Entry { doubt, recipient, pause, asked: 0, fate: None });
    }

    /// When the next question is due; none while enough are under way.
    pub(super) fn next(&self) -> Option<Instant> {
        if self.busy >= AT_ONCE {
            return None;
        }
        self.due.first().map(|(due, _)| *due)
    }

    /// A message that is to be asked about now.
    pub(super) fn due(&mut self, now: Instant) -> Option<String> {
        self.next().filter(|due| *due <= now)?;
        let (_, reference) = self.due.pop_first()?;
        if let Some(entry) = self.entries.get_mut(&reference) {
            entry.asked += 1;
        }
        self.busy += 1;
        Some(reference)
    }

    /// Takes the answer about a message: what became of it, or none when the gateway did not say.
    pub(super) fn answered(&mut self, reference: &str, fate: Option<Fate>, now: Instant) -> Vec<Learnt> {
        self.busy = self.busy.saturating_sub(1);
        let Some(entry) = self.entries.get_mut(reference) else { return Vec::new() };
        let mut learnt = Vec::new();
        if let Some(fate) = fate {
            learnt.extend(entry.doubt.take().map(Learnt::Taken));
            if entry.fate != Some(fate) {
                entry.fate = Some(fate);
                let (reference, recipient) = (reference.to_owned(), entry.recipient.clone());
                learnt.push(Learnt::Fate(Receipt { key: None, reference, recipient, at_ms: None, fate }));
            }
        }
        let is_final = matches!(fate, Some(Fate::Delivered | Fate::Failed));
        if is_final || entry.asked >= MOST {
            self.entries.remove(reference);
        } else {
            entry.pause = (entry.pause * 2).min(SELDOM);
            self.due.insert((now + entry.pause, reference.to_owned()));
        }
        learnt
    }
}

impl Status {
    /// What an answer says became of a message; none when it holds no state.
    pub(super) fn fate(&self, body: &Body) -> Option<Fate> {
        let state = self.state.of(body)?;
        let fates =
            [(&self.delivered, Fate::Delivered), (&self.failed, Fate::Failed), (&self.trying, Fate::Trying)];
        let known = fates.into_iter().find(|(states, _)| states.contains(&state));
        Some(known.map_or(Fate::Unclear, |(_, fate)| fate))
    }
}
