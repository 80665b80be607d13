//! Where a batch begins or goes on: what the journal has is told to the conversations again, and attempts that were
//! open when the program ended are settled as far as can be said.

use std::collections::{BinaryHeap, HashMap, HashSet, VecDeque};
use std::time::Duration;

use super::closing::Ending;
use super::conversation::{Conversation, Hand, lines};
use super::entry::{AttemptState, Entry, Past, PastAttempt, Replay, Snapshot, TrackerId, Why};
use super::inbound::mark;
use super::{Act, Engine, Item, Loaded, Now, Policy, Turn, attempt_entry};
use crate::engine::session::{Heard, Session};
use crate::engine::standing::{Reason, Standing};

/// What an attempt that was let out counts for when the program ended before a word came of it.
const ENDED: &str = "this program ended before a word came of what became of it";

impl Engine {
    /// Begins a batch, or goes on with it.
    #[must_use]
    pub fn new(snapshot: Snapshot, policy: Policy, turn: &mut Turn) -> Self {
        let Snapshot { trackers, last_attempt, messages, quota, prints } = snapshot;
        let mut engine = Self {
            couriers: Vec::new(),
            index: trackers.iter().enumerate().map(|(index, seed)| (seed.id, index)).collect(),
            numbers: HashMap::new(),
            conversations: HashMap::new(),
            awaited: HashMap::new(),
            attempts: HashMap::new(),
            references: HashMap::new(),
            wordless: HashMap::new(),
            #[cfg(feature = "defects")]
            kept_back: Vec::new(),
            prints: HashSet::new(),
            printed: HashMap::new(),
            loose: VecDeque::new(),
            gated: VecDeque::new(),
            fresh: VecDeque::new(),
            loading: 0,
            timers: BinaryHeap::new(),
            last_attempt,
            messages,
            halt: None,
            unprobed: 0,
            standings: [0; Standing::ALL.len()],
            done: 0,
            capped: 0,
            quota,
            items: Vec::with_capacity(trackers.len()),
            policy,
        };
        for (index, seed) in trackers.into_iter().enumerate() {
            if let Some(phone) = &seed.to.phone {
                engine.numbers.entry(super::inbound::tail(phone.as_str())).or_default().push(index);
            }
            if seed.done {
                engine.done += 1;
            } else if seed.courier.is_some() {
                // Begun before: its answers may be waiting.
                engine.loading += 1;
                turn.acts.push(Act::Load(seed.id));
            } else {
                engine.fresh.push_back(index);
            }
            let slot = Standing::ALL.iter().position(|one| *one == seed.standing).unwrap_or_default();
            engine.standings[slot] += 1;
            engine.items.push(Item {
                id: seed.id,
                to: seed.to,
                standing: seed.standing,
                done: seed.done,
                good: matches!(
                    seed.standing,
                    Standing::Verified | Standing::Acknowledged | Standing::Reporting
                ),
                probed: seed.done,
                set_at: None,
                reported: None,
                identified: seed.identified,
                heard_before: false,
                messages: seed.messages,
                capped: false,
            });
        }
        for (tracker, print) in prints {
            if let Some(index) = engine.index.get(&tracker).copied() {
                engine.is_new(index, mark(&print));
            }
        }
        let group = engine.policy.pilot.map_or(usize::MAX, |pilot| pilot.trackers);
        engine.unprobed = engine.items.iter().take(group).filter(|item| !item.done).count();
        engine.judge_pilot();
        engine
    }

    /// A conversation was loaded.
    pub(super) fn loaded(&mut self, now: Now, tracker: TrackerId, loaded: Loaded, turn: &mut Turn) {
        self.loading = self.loading.saturating_sub(1);
        let Some(&index) = self.index.get(&tracker) else { return };
        if self.items[index].done || self.conversations.contains_key(&index) {
            return;
        }
        let Loaded { session, mut past } = loaded;
        let mut session = match session {
            Ok(session) => session,
            Err(why) => {
                let open = past.iter().find(|one| one.ended.is_none());
                self.let_be(now, open.and_then(|one| one.attempt.as_ref()), turn);
                return self.unmade(now, index, why, turn);
            }
        };
        let open = past.iter().position(|one| one.ended.is_none()).map(|at| past.split_off(at));
        let resumed = !past.is_empty() || open.is_some();
        for one in &past {
            if let Err(why) = replay(&mut session, one) {
                return self.unmade(now, index, why, turn);
            }
        }
        let courier = past.last().and_then(|one| one.attempt.as_ref()).map(|attempt| attempt.courier);
        let ord = past.last().map_or(0, |one| one.ord + 1);
        // All was said before, and its report was waited for.
        let Some(words) = session.turn() else { return self.conclude(now, index, session, turn) };
        let hand = Hand::Ready { not_before: now.tick + words.pause, why: Why::First };
        let conversation = Conversation {
            session,
            words,
            ord,
            written: false,
            attempts: 0,
            kept: 0,
            refused: 0,
            hand,
            courier: None,
            lines: Vec::new(),
            newest_ms: None,
            delivered: None,
            unreferred: Vec::new(),
            references: Vec::new(),
            resumed,
            queued: false,
        };
        self.conversations.insert(index, conversation);
        if let Some(id) = courier {
            self.pin(index, id);
        }
        match open.and_then(|mut open| open.drain(..).next()) {
            Some(open) => self.reopen(now, index, open, turn),
            None => {
                let asked =
                    self.conversations[&index].words.purpose != crate::engine::session::Purpose::Probe;
                if asked {
                    self.probed(index);
                }
                self.make_ready(now, index);
            }
        }
    }

    /// The conversation goes by the courier that it began with, when that is there again.
    fn pin(&mut self, index: usize, id: super::CourierId) {
        let Some(at) = self.find(id) else { return };
        self.couriers[at].begun += 1;
        if let Some(conversation) = self.conversations.get_mut(&index) {
            conversation.courier = Some(id);
        }
    }

    /// There is no conversation with a tracker: nothing more is sent to it.
    fn unmade(&mut self, now: Now, index: usize, why: String, turn: &mut Turn) {
        let standing = self.items[index].standing;
        let reason = if standing == Standing::Unknown { Reason::NoOutcome } else { Reason::NotSent };
        let ending =
            Ending { standing, reason: Some(reason), sentence: why, firmware: [None, None], good: false };
        self.close(now, index, ending, turn);
    }

    /// An attempt that is not gone on with must not keep its device from others.
    fn let_be(&mut self, now: Now, attempt: Option<&PastAttempt>, turn: &mut Turn) {
        let Some(attempt) = attempt else { return };
        let state = match attempt.state {
            AttemptState::Handed => AttemptState::NotSent,
            AttemptState::Committed => AttemptState::Unknown,
            AttemptState::Accepted => AttemptState::Unanswered,
            _ => return,
        };
        turn.entries.push(attempt_entry(attempt.id, state, now));
    }

    /// Settles the command that was open when the program ended.
    fn reopen(&mut self, now: Now, index: usize, open: Past, turn: &mut Turn) {
        let Some(conversation) = self.conversations.get_mut(&index) else { return };
        if conversation.words.name != open.step {
            let why = format!(
                "its next command is \"{}\" now, and was \"{}\" before",
                conversation.words.name, open.step
            );
            self.conversations.remove(&index);
            self.let_be(now, open.attempt.as_ref(), turn);
            return self.unmade(now, index, why, turn);
        }
        conversation.ord = open.ord;
        conversation.written = true;
        conversation.attempts = open.attempts;
        conversation.lines = lines(open.texts.iter().map(String::as_str));
        if conversation.words.purpose != crate::engine::session::Purpose::Probe {
            self.probed(index);
        }
        let Some(attempt) = open.attempt else { return self.make_ready(now, index) };
        self.pin(index, attempt.courier);
        self.settle(now, index, attempt, turn);
    }

    fn settle(&mut self, now: Now, index: usize, attempt: PastAttempt, turn: &mut Turn) {
        let ready = |why| Hand::Ready { not_before: now.tick, why };
        let hand = match attempt.state {
            AttemptState::Handed => {
                // ESC is what a modem hears first when it is opened again, so that nothing is left of it there.
                self.kept_back(
                    now,
                    attempt.id,
                    (None, "this program ended before it was let out".to_owned()),
                    turn,
                );
                ready(Why::NotSent)
            }
            AttemptState::NotSent => ready(Why::NotSent),
            AttemptState::Rejected => ready(Why::Temporary),
            AttemptState::Superseded => ready(Why::Operator),
            AttemptState::Committed => {
                let mut entry = attempt_entry(attempt.id, AttemptState::Unknown, now);
                if let Entry::Attempt { cause, .. } = &mut entry {
                    *cause = Some((None, ENDED.to_owned()));
                }
                turn.entries.push(entry);
                self.waiting(now, index, &attempt, Some(ENDED.to_owned()))
            }
            AttemptState::Unknown => {
                let why = attempt.cause.clone().unwrap_or_else(|| ENDED.to_owned());
                self.waiting(now, index, &attempt, Some(why))
            }
            AttemptState::Accepted | AttemptState::Answered | AttemptState::Unanswered => {
                self.waiting(now, index, &attempt, None)
            }
        };
        let is_waiting = matches!(hand, Hand::Waiting { .. });
        if let Some(conversation) = self.conversations.get_mut(&index) {
            conversation.hand = hand;
        }
        if is_waiting {
            self.attempts.insert(attempt.id, index);
            // What was kept of its answer may be all of it.
            self.look(now, index, turn);
        } else {
            self.make_ready(now, index);
        }
    }

    /// What is left of the wait for an answer, by this machine's clock.
    fn waiting(&mut self, now: Now, index: usize, attempt: &PastAttempt, doubt: Option<String>) -> Hand {
        let committed_ms = attempt.committed_ms.unwrap_or(now.wall_ms);
        let begun = attempt.outcome_ms.unwrap_or(committed_ms);
        let window = self.window(index);
        let over = begun.saturating_add(i64::try_from(window.as_millis()).unwrap_or(i64::MAX));
        let left = u64::try_from(over.saturating_sub(now.wall_ms)).unwrap_or_default();
        // A clock that was set back must not make it wait for years.
        let until = now.tick + Duration::from_millis(left).min(window);
        self.timers.push(std::cmp::Reverse((until, index)));
        Hand::Waiting { attempt: attempt.id, committed_ms, until, doubt }
    }
}

/// Tells a conversation again what it was told before.
fn replay(session: &mut Session, past: &Past) -> Result<(), String> {
    let words = session.turn().map(|words| words.name);
    if words.as_deref() != Some(past.step.as_str()) {
        let now = words.unwrap_or_else(|| "over".to_owned());
        return Err(format!("its conversation does not come to \"{}\" again, but to \"{now}\"", past.step));
    }
    match past.ended {
        Some(Replay::Lines) => {
            session.hear(Heard::Lines(lines(past.texts.iter().map(String::as_str))));
            Ok(())
        }
        Some(Replay::Doubt) => {
            let cause = past.attempt.as_ref().and_then(|attempt| attempt.cause.clone());
            session.doubt(cause.unwrap_or_else(|| ENDED.to_owned()), true);
            Ok(())
        }
        Some(Replay::Cut) => Err(format!("it was cut off at \"{}\"", past.step)),
        None => Ok(()),
    }
}
