//! A journal in memory that knows nothing of the engine but the entries, and refuses what the tables of the real one
//! refuse: two open attempts of a device, two submissions of a command.

use std::collections::{BTreeMap, BTreeSet};

use crate::engine::batch::{
    AttemptState, CourierId, Entry, Past, PastAttempt, Replay, Seed, Snapshot, TrackerId,
};
use crate::engine::{AttemptId, Recipient, Standing};

#[derive(Debug, Clone)]
pub(super) struct Attempt {
    pub(super) tracker: TrackerId,
    pub(super) ord: u32,
    pub(super) courier: CourierId,
    pub(super) state: AttemptState,
    pub(super) committed_ms: Option<i64>,
    pub(super) outcome_ms: Option<i64>,
    pub(super) cause: Option<String>,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Command {
    pub(super) step: String,
    pub(super) ended: Option<Replay>,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Ledger {
    pub(super) trackers: Vec<(TrackerId, Recipient)>,
    pub(super) standings: BTreeMap<TrackerId, (Standing, bool, String)>,
    pub(super) commands: BTreeMap<(TrackerId, u32), Command>,
    pub(super) attempts: BTreeMap<AttemptId, Attempt>,
    texts: Vec<(AttemptId, String)>,
    prints: BTreeMap<String, TrackerId>,
    quota: BTreeMap<(CourierId, i64), u32>,
    messages: u64,
    /// Messages of nobody in the batch.
    pub(super) strangers: Vec<(String, String)>,
    strange: BTreeSet<(CourierId, String)>,
    /// Short messages that each attempt took.
    sizes: BTreeMap<AttemptId, u32>,
    /// Nothing tells their reports from others'.
    pub(super) anonymous: bool,
}

fn is_open(state: AttemptState) -> bool {
    matches!(state, AttemptState::Handed | AttemptState::Committed | AttemptState::Accepted)
}

fn is_submitted(state: AttemptState) -> bool {
    matches!(
        state,
        AttemptState::Committed
            | AttemptState::Accepted
            | AttemptState::Answered
            | AttemptState::Unanswered
            | AttemptState::Unknown
    )
}

impl Ledger {
    pub(super) fn new(trackers: Vec<(TrackerId, Recipient)>) -> Self {
        let standings =
            trackers.iter().map(|(id, _)| (*id, (Standing::Planned, false, String::new()))).collect();
        Self { trackers, standings, ..Self::default() }
    }

    pub(super) fn commit(&mut self, entries: Vec<Entry>) {
        entries.into_iter().for_each(|entry| self.take(entry));
        let mut open = BTreeSet::new();
        let mut submitted = BTreeSet::new();
        for attempt in self.attempts.values() {
            if is_open(attempt.state) {
                assert!(open.insert(attempt.tracker), "two open attempts of {:?}", attempt.tracker);
            }
            if is_submitted(attempt.state) {
                let command = (attempt.tracker, attempt.ord);
                assert!(submitted.insert(command), "{command:?} was submitted twice");
            }
        }
    }

    fn take(&mut self, entry: Entry) {
        match entry {
            Entry::Command { tracker, ord, step, .. } => {
                let known = self.commands.insert((tracker, ord), Command { step, ended: None });
                assert!(known.is_none(), "the command {ord} of {tracker:?} was written twice");
            }
            Entry::Handed { attempt, tracker, ord, n, courier, .. } => {
                assert!(
                    self.commands[&(tracker, ord)].ended.is_none(),
                    "an attempt of a command that is over"
                );
                let before =
                    self.attempts.values().filter(|one| (one.tracker, one.ord) == (tracker, ord)).count();
                assert_eq!(n as usize, before + 1, "attempts are counted from 1");
                let new = Attempt {
                    tracker,
                    ord,
                    courier,
                    state: AttemptState::Handed,
                    committed_ms: None,
                    outcome_ms: None,
                    cause: None,
                };
                assert!(self.attempts.insert(attempt, new).is_none(), "{attempt:?} was used twice");
            }
            Entry::Committed { attempt, at_ms, day, messages } => {
                let one = self.attempts.get_mut(&attempt).unwrap();
                assert_eq!(one.state, AttemptState::Handed);
                (one.state, one.committed_ms) = (AttemptState::Committed, Some(at_ms));
                *self.quota.entry((one.courier, day)).or_default() += messages;
                self.messages += u64::from(messages);
                self.sizes.insert(attempt, messages);
            }
            Entry::Attempt { attempt, state, cause, at_ms, .. } => {
                let one = self.attempts.get_mut(&attempt).unwrap();
                if matches!(state, AttemptState::Answered | AttemptState::Unanswered) {
                    assert!(is_submitted(one.state), "{state:?} after {:?}", one.state);
                }
                one.state = state;
                one.outcome_ms = Some(at_ms);
                one.cause = cause.map(|(_, sentence)| sentence);
            }
            Entry::Inbound { text, print, attempt, tracker, .. } => {
                let of = tracker.unwrap();
                // One of a tracker that is done is known to the journal alone.
                let may_be_known = attempt.is_none() && self.standings[&of].1;
                let known = self.prints.insert(print, of);
                assert!(known.is_none() || may_be_known, "a message was written twice");
                if known.is_some() {
                    return;
                }
                self.texts.extend(attempt.map(|attempt| (attempt, text)));
            }
            Entry::Stranger { courier, sender, text, print, .. } => {
                // The same one is told again by every run, and kept once.
                if self.strange.insert((courier, print)) {
                    self.strangers.push((sender.to_string(), text));
                }
            }
            Entry::Evidence { attempt, .. } => assert!(self.attempts.contains_key(&attempt)),
            Entry::Ended { tracker, ord, heard, .. } => {
                let ended = self.commands.get_mut(&(tracker, ord)).unwrap().ended.replace(heard);
                assert!(ended.is_none(), "the command {ord} of {tracker:?} ended twice");
            }
            Entry::Standing { tracker, standing, sentence, done, .. } => {
                let before = self.standings.insert(tracker, (standing, done, sentence));
                assert!(before.is_some_and(|(_, done, _)| !done), "{tracker:?} was done");
            }
            Entry::Reported { tracker, sentence, .. } => {
                let before = self.standings.insert(tracker, (Standing::Reporting, true, sentence));
                let (standing, done, _) = before.unwrap();
                assert!(!done, "{tracker:?} was done");
                assert!(
                    !matches!(standing, Standing::Planned | Standing::Refused | Standing::Failed),
                    "{tracker:?} was {standing}"
                );
            }
        }
    }

    /// Short messages to a tracker that left.
    fn sent_to(&self, tracker: TrackerId) -> u32 {
        let left = |one: &Attempt| !matches!(one.state, AttemptState::Handed | AttemptState::NotSent);
        let ids = self.attempts.iter().filter(|(_, one)| one.tracker == tracker && left(one));
        ids.filter_map(|(id, _)| self.sizes.get(id)).sum()
    }

    pub(super) fn snapshot(&self) -> Snapshot {
        let seed = |(id, to): &(TrackerId, Recipient)| {
            let (standing, done, _) = self.standings[id];
            let begun = self.attempts.values().rfind(|attempt| attempt.tracker == *id);
            Seed {
                id: *id,
                to: to.clone(),
                standing,
                done,
                courier: begun.map(|attempt| attempt.courier),
                identified: !self.anonymous,
                messages: self.sent_to(*id),
            }
        };
        Snapshot {
            trackers: self.trackers.iter().map(seed).collect(),
            last_attempt: self.attempts.last_key_value().map_or(0, |(id, _)| id.0),
            messages: self.messages,
            quota: self.quota.iter().map(|((courier, day), used)| (*courier, *day, *used)).collect(),
            prints: self
                .prints
                .iter()
                .filter(|(_, of)| !self.standings[of].1)
                .map(|(print, of)| (*of, print.clone()))
                .collect(),
        }
    }

    pub(super) fn past(&self, tracker: TrackerId) -> Vec<Past> {
        let commands = self.commands.range((tracker, 0)..=(tracker, u32::MAX));
        let past = commands.map(|((_, ord), command)| {
            let attempts = self.attempts.iter().filter(|(_, one)| (one.tracker, one.ord) == (tracker, *ord));
            let last = attempts.clone().next_back();
            let texts = self.texts.iter().filter(|(of, _)| attempts.clone().any(|(id, _)| id == of));
            Past {
                tracker,
                ord: *ord,
                step: command.step.clone(),
                ended: command.ended,
                texts: texts.map(|(_, text)| text.clone()).collect(),
                attempts: attempts.clone().count().try_into().unwrap(),
                attempt: last.map(|(id, one)| PastAttempt {
                    id: *id,
                    courier: one.courier,
                    state: one.state,
                    committed_ms: one.committed_ms,
                    outcome_ms: one.outcome_ms,
                    cause: one.cause.clone(),
                }),
            }
        });
        past.collect()
    }
}
