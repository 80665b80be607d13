//! Random courses of a batch against a simple account of them in memory: what the journal gives back is what was
//! written, in whatever groups, and after it was closed in between.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::engine::batch::{Past, PastAttempt, Seed, Snapshot};

const TRACKERS: usize = 3;

/// One thing that may come next: which tracker, which of the ways on, by which courier, and whether a group ends here.
type Move = (usize, u8, usize, bool);

/// What the journal should hold, kept as plainly as can be.
#[derive(Default)]
struct Account {
    trackers: Vec<Seed>,
    past: BTreeMap<TrackerId, Vec<Past>>,
    attempts: u64,
    let_out: BTreeMap<AttemptId, u32>,
    states: BTreeMap<AttemptId, AttemptState>,
    of: BTreeMap<AttemptId, TrackerId>,
    quota: BTreeMap<(CourierId, i64), u32>,
    prints: Vec<(TrackerId, String)>,
    clock: i64,
}

impl Account {
    fn attempt(&mut self, one: TrackerId) -> Option<&mut PastAttempt> {
        self.past.get_mut(&one)?.last_mut()?.attempt.as_mut()
    }

    /// The entries of a move; none where it is not possible.
    fn play(&mut self, (at, way, courier, _): Move, couriers: &[CourierId]) -> Vec<Entry> {
        let one = self.trackers[at].id;
        self.clock += 7;
        if self.trackers[at].done {
            return vec![self.stray(one, couriers[0])];
        }
        let open =
            self.past.get(&one).and_then(|past| past.last()).filter(|last| last.ended.is_none()).cloned();
        match open {
            None if way % 8 == 7 => vec![self.done(at)],
            None => self.begin(at, couriers[courier]),
            Some(last) => match last.attempt.as_ref().map(|attempt| attempt.state) {
                None => Vec::new(),
                Some(AttemptState::Handed) if way % 4 == 0 => {
                    vec![self.ends(one, AttemptState::NotSent, way)]
                }
                Some(AttemptState::Handed) => vec![self.let_out(one)],
                Some(AttemptState::Committed) => {
                    use AttemptState::{Accepted, NotSent, Rejected, Unknown};
                    vec![self.ends(
                        one,
                        [Accepted, Accepted, Accepted, Unknown, Rejected, NotSent][way as usize % 6],
                        way,
                    )]
                }
                Some(AttemptState::Accepted | AttemptState::Unknown) => self.wait(one, way),
                Some(AttemptState::NotSent | AttemptState::Rejected | AttemptState::Superseded) => {
                    vec![self.again(at, &last, couriers[courier])]
                }
                Some(AttemptState::Answered) => vec![self.over(one, Replay::Lines)],
                Some(AttemptState::Unanswered) => vec![self.over(one, Replay::Lines)],
            },
        }
    }

    fn begin(&mut self, at: usize, courier: CourierId) -> Vec<Entry> {
        let one = self.trackers[at].id;
        let past = self.past.entry(one).or_default();
        let ord = u32::try_from(past.len()).unwrap();
        let step = format!("step-{ord}");
        past.push(Past {
            tracker: one,
            ord,
            step,
            ended: None,
            texts: Vec::new(),
            attempt: None,
            attempts: 0,
        });
        vec![command(one, ord), self.hand(at, ord, 1, courier)]
    }

    fn again(&mut self, at: usize, last: &Past, courier: CourierId) -> Entry {
        self.hand(at, last.ord, last.attempts + 1, courier)
    }

    fn hand(&mut self, at: usize, ord: u32, n: u32, courier: CourierId) -> Entry {
        let one = self.trackers[at].id;
        self.attempts += 1;
        let id = AttemptId(self.attempts);
        let last = self.past.get_mut(&one).unwrap().last_mut().unwrap();
        last.attempts = n;
        let state = AttemptState::Handed;
        last.attempt =
            Some(PastAttempt { id, courier, state, committed_ms: None, outcome_ms: None, cause: None });
        self.trackers[at].courier = Some(courier);
        self.states.insert(id, state);
        self.of.insert(id, one);
        handed(id.0, one, ord, n, courier)
    }

    fn let_out(&mut self, one: TrackerId) -> Entry {
        let (clock, messages) = (self.clock, 1 + u32::from(self.clock % 2 == 0));
        let attempt = self.attempt(one).unwrap();
        attempt.state = AttemptState::Committed;
        attempt.committed_ms = Some(clock);
        let (id, courier, day) = (attempt.id, attempt.courier, clock / 50);
        self.states.insert(id, AttemptState::Committed);
        self.let_out.insert(id, messages);
        *self.quota.entry((courier, day)).or_default() += messages;
        Entry::Committed { attempt: id, at_ms: clock, day, messages }
    }

    fn ends(&mut self, one: TrackerId, state: AttemptState, way: u8) -> Entry {
        let clock = self.clock;
        let attempt = self.attempt(one).unwrap();
        attempt.state = state;
        attempt.outcome_ms = Some(clock);
        let taken = matches!(state, AttemptState::Accepted | AttemptState::Answered);
        let cause =
            (!taken && way.is_multiple_of(2)).then(|| (Some("CMS 38".to_owned()), format!("cause {way}")));
        match &cause {
            Some((_, sentence)) => attempt.cause = Some(sentence.clone()),
            None if taken => attempt.cause = None,
            None => {}
        }
        let id = attempt.id;
        self.states.insert(id, state);
        let references = if state == AttemptState::Accepted { vec![clock.to_string()] } else { Vec::new() };
        Entry::Attempt { attempt: id, state, references, cause, at_ms: clock }
    }

    /// Something was accepted, or nobody knows.
    fn wait(&mut self, one: TrackerId, way: u8) -> Vec<Entry> {
        match way % 6 {
            0 | 1 => {
                let text = format!("answer {}", self.clock);
                let id = self.attempt(one).unwrap().id;
                let courier = self.attempt(one).unwrap().courier;
                self.past.get_mut(&one).unwrap().last_mut().unwrap().texts.push(text.clone());
                let message = reply(Some(id.0), one, courier, &text);
                self.keep_print(&message);
                vec![message]
            }
            2 => vec![self.ends(one, AttemptState::Answered, way), self.over(one, Replay::Lines)],
            3 => vec![self.ends(one, AttemptState::Unanswered, way)],
            4 if self.attempt(one).unwrap().state == AttemptState::Unknown => {
                vec![self.over(one, if way % 12 == 4 { Replay::Doubt } else { Replay::Cut })]
            }
            4 => vec![self.ends(one, AttemptState::Unknown, way)],
            _ => vec![self.ends(one, AttemptState::Superseded, way)],
        }
    }

    fn over(&mut self, one: TrackerId, heard: Replay) -> Entry {
        let last = self.past.get_mut(&one).unwrap().last_mut().unwrap();
        last.ended = Some(heard);
        ended(one, last.ord, State::Acknowledged, heard)
    }

    fn done(&mut self, at: usize) -> Entry {
        self.trackers[at].done = true;
        self.trackers[at].courier = None;
        self.trackers[at].standing = Standing::Verified;
        stands(self.trackers[at].id, Standing::Verified, true)
    }

    fn stray(&mut self, one: TrackerId, courier: CourierId) -> Entry {
        let message = reply(None, one, courier, &format!("stray {}", self.clock));
        self.keep_print(&message);
        message
    }

    fn keep_print(&mut self, message: &Entry) {
        let Entry::Inbound { print, tracker: Some(tracker), .. } = message else { unreachable!() };
        self.prints.push((*tracker, print.clone()));
    }

    fn snapshot(&self) -> Snapshot {
        let counted =
            |id: &AttemptId| !matches!(self.states[id], AttemptState::Handed | AttemptState::NotSent);
        let open = |id: &TrackerId| self.trackers.iter().any(|seed| seed.id == *id && !seed.done);
        let mut prints: Vec<_> = self.prints.iter().filter(|(of, _)| open(of)).cloned().collect();
        prints.sort();
        let mut trackers = self.trackers.clone();
        for seed in &mut trackers {
            let left = self.let_out.iter().filter(|(id, _)| counted(id) && self.of[id] == seed.id);
            seed.messages = left.map(|(_, n)| *n).sum();
        }
        Snapshot {
            trackers,
            last_attempt: self.attempts,
            messages: self.let_out.iter().filter(|(id, _)| counted(id)).map(|(_, n)| u64::from(*n)).sum(),
            quota: self.quota.iter().map(|((courier, day), used)| (*courier, *day, *used)).collect(),
            prints,
        }
    }
}

fn same(journal: &Reader, batch: BatchId, account: &Account) -> Result<(), TestCaseError> {
    let mut snapshot = journal.snapshot(batch).unwrap();
    snapshot.prints.sort();
    snapshot.quota.sort();
    prop_assert_eq!(snapshot, account.snapshot());
    for seed in &account.trackers {
        let expected = account.past.get(&seed.id).cloned().unwrap_or_default();
        prop_assert_eq!(journal.past(seed.id).unwrap(), expected);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn the_journal_gives_back_what_was_written(
        moves in prop::collection::vec((0..TRACKERS, any::<u8>(), 0..2_usize, prop::bool::weighted(0.4)), 1..120)
    ) {
        let mut desk = Desk::new();
        let (batch, _) = desk.batch("a", TRACKERS);
        let path = desk.path();
        let couriers = [desk.courier, desk.journal.courier("gateway:lab", None, None).unwrap()];
        let Desk { folder: _folder, mut journal, .. } = desk;
        let mut account = Account { trackers: journal.snapshot(batch).unwrap().trackers, ..Account::default() };
        let mut group = Vec::new();
        for (turn, next) in moves.into_iter().enumerate() {
            group.extend(account.play(next, &couriers));
            if next.3 {
                journal.commit(&group).unwrap();
                group.clear();
                same(&journal, batch, &account)?;
            }
            if next.3 && turn % 5 == 0 {
                drop(journal);
                journal = Journal::open(&path).unwrap();
            }
        }
        journal.commit(&group).unwrap();
        same(&Journal::read_only(&path).unwrap(), batch, &account)?;
    }
}
