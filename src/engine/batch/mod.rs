//! Thousands of trackers at once, as a pure state machine: which command goes out next, by which courier, and what
//! each piece of news means. It knows no file and no clock; what must outlive a crash comes out as entries, and the
//! loop around it writes them before it lets anything out.
//!
//! ```text
//! news, timers ─▶ on() ─▶ entries (written first), then acts (orders to couriers, conversations to be loaded)
//! ```

mod cap;
mod closing;
mod conversation;
mod courier;
#[cfg(feature = "defects")]
mod defects;
mod dispatch;
mod entry;
mod holding;
mod inbound;
mod news;
mod pace;
mod policy;
mod receipts;
mod reports;
mod resume;

#[cfg(test)]
mod tests;

pub use entry::{
    AttemptState, CourierId, Entry, EvidenceKind, Past, PastAttempt, Replay, Seed, Snapshot, TrackerId, Why,
};
pub use holding::Holding;
#[cfg(feature = "defects")]
pub use policy::Defect;
pub use policy::{Halt, Pilot, Policy, Quiet};

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, HashSet, VecDeque};
use std::time::Duration;

use super::mail::{AttemptId, News, Order, Recipient};
use super::session::{Cut, Heard, Purpose, Session};
use super::standing::{Reason, Standing};
use super::talk::State;
use conversation::{Conversation, Hand};
use courier::Courier;
use reports::Awaited;

/// The moment at which something happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Now {
    /// Milliseconds since 1970 by this machine's clock, which may be set.
    pub wall_ms: i64,
    /// Time since any fixed moment, which never goes back: monotonic, or simulated.
    pub tick: Duration,
}

/// What happens to a batch.
#[derive(Debug)]
pub enum Event {
    /// Time has passed; to be told at [`Engine::deadline`] at the latest.
    Timer,
    /// A conversation that was asked for, with what it came to so far.
    Loaded(TrackerId, Box<Loaded>),
    /// A courier's news.
    News(CourierId, News),
    /// A tracker's message came to where it is to report, with the identity and by the transport planned; how, as a
    /// sentence.
    Reported(TrackerId, String),
    /// A person wants it to stop: what is in hand is finished, nothing more is begun.
    Stop,
}

/// A conversation as it is to be gone on with.
#[derive(Debug)]
pub struct Loaded {
    /// Its beginning; or why there is none, as a sentence.
    pub session: Result<Session, String>,
    /// Its commands so far, in their order.
    pub past: Vec<Past>,
}

/// What the engine wants done, once its entries are written.
#[derive(Debug)]
pub enum Act {
    /// Load the conversation with a tracker: [`Event::Loaded`] answers.
    Load(TrackerId),
    /// Give an order to a courier.
    Give(CourierId, Order),
}

/// What comes of an event: entries that are to be written first, then acts.
#[derive(Debug, Default)]
pub struct Turn {
    /// To be written, in this order.
    pub entries: Vec<Entry>,
    /// To be done afterwards.
    pub acts: Vec<Act>,
}

/// How far a batch is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Progress {
    /// Trackers by where they stand, in the order of [`Standing::ALL`].
    pub standings: [usize; Standing::ALL.len()],
    /// Trackers for which nothing is left to do.
    pub done: usize,
    /// All trackers.
    pub trackers: usize,
    /// Trackers whose answer is waited for.
    pub waiting: usize,
    /// Short messages that were let out, earlier runs included.
    pub messages: u64,
}

/// A tracker as the engine keeps it: little, as there may be a hundred thousand.
#[derive(Debug)]
struct Item {
    id: TrackerId,
    to: Recipient,
    standing: Standing,
    done: bool,
    /// It ended as well as it can.
    good: bool,
    /// It was asked what it is.
    probed: bool,
    /// When the last command that changes it was let out, in this run.
    set_at: Option<Duration>,
    /// When its last message came to its server, and how.
    reported: Option<(Duration, String)>,
    /// It has an identity that a report can be told by.
    identified: bool,
    /// It reported there before anything that changes it was let out.
    heard_before: bool,
    /// Short messages that went to it in this batch, earlier runs included, and that are on their way to a courier.
    messages: u32,
    /// It has used up what it may get.
    capped: bool,
}

/// The state of a batch.
#[derive(Debug)]
pub struct Engine {
    policy: Policy,
    couriers: Vec<Courier>,
    items: Vec<Item>,
    index: HashMap<TrackerId, usize>,
    /// Trackers by the last digits of their number.
    numbers: HashMap<String, Vec<usize>>,
    conversations: HashMap<usize, Conversation>,
    /// Trackers whose conversation is over and whose first message is waited for.
    awaited: HashMap<usize, Awaited>,
    attempts: HashMap<AttemptId, usize>,
    /// What couriers call the messages that were taken.
    references: HashMap<(CourierId, String), (AttemptId, usize)>,
    /// Attempts that ended without a word of their courier, which may still come.
    wordless: HashMap<AttemptId, usize>,
    /// Messages of trackers that are not done, by their marks, and which are whose: a batch of a weekend has a million.
    prints: HashSet<u128>,
    printed: HashMap<usize, Vec<u128>>,
    /// Conversations whose next command may go by any courier.
    loose: VecDeque<usize>,
    /// Conversations that wait until all others were asked what they are.
    gated: VecDeque<usize>,
    /// Trackers to be loaded, in order.
    fresh: VecDeque<usize>,
    loading: usize,
    timers: BinaryHeap<Reverse<(Duration, usize)>>,
    last_attempt: u64,
    messages: u64,
    halt: Option<Halt>,
    /// Trackers of the pilot, or of the batch, that were not asked yet what they are.
    unprobed: usize,
    standings: [usize; Standing::ALL.len()],
    done: usize,
    /// Trackers that have used up what they may get.
    capped: usize,
    quota: Vec<(CourierId, i64, u32)>,
    /// Entries that a defect keeps back.
    #[cfg(feature = "defects")]
    kept_back: Vec<Entry>,
}

impl Engine {
    /// Makes a courier known that may have `at_once` messages in hand at a time. It counts as working once it says so.
    pub fn courier(&mut self, id: CourierId, at_once: usize, now: Now) {
        let mut courier = Courier::new(id, at_once, &self.policy, now.tick);
        for (_, day, used) in self.quota.iter().filter(|(of, ..)| *of == id) {
            courier.recall(*day, *used);
        }
        self.couriers.push(courier);
    }

    /// Takes an event.
    pub fn on(&mut self, now: Now, event: Event, turn: &mut Turn) {
        match event {
            Event::Timer => {}
            Event::Loaded(tracker, loaded) => self.loaded(now, tracker, *loaded, turn),
            Event::News(courier, news) => self.news(now, courier, news, turn),
            Event::Reported(tracker, sentence) => self.reported(now, tracker, sentence, turn),
            Event::Stop => self.halt = Some(Halt::Stopped),
        }
        self.expire(now, turn);
        self.dispatch(now, turn);
        #[cfg(feature = "defects")]
        self.spoil(turn);
    }

    /// When [`Event::Timer`] is to be told if nothing else happens.
    #[must_use]
    pub fn deadline(&self, now: Now) -> Option<Duration> {
        let timer = self.timers.peek().map(|Reverse((at, _))| *at);
        let end = self.end_of_patience().filter(|_| self.halt.is_none());
        [timer, self.next_dispatch(now), end].into_iter().flatten().min()
    }

    /// Whether nothing more happens by itself.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        if self.done == self.items.len() {
            return true;
        }
        let in_hand = self.couriers.iter().any(|courier| courier.in_hand > 0);
        match &self.halt {
            None => false,
            Some(Halt::Stopped) => !in_hand,
            Some(_) => {
                !in_hand
                    && self.awaited.is_empty()
                    && !self.conversations.values().any(|one| self.is_waited_for(one))
            }
        }
    }

    /// Whether a courier has said that it will not work any more.
    #[must_use]
    pub fn is_gone(&self, courier: CourierId) -> bool {
        self.find(courier).is_some_and(|at| self.couriers[at].is_gone())
    }

    /// Why nothing is given to a courier any more, when it refused whatever it got.
    #[must_use]
    pub fn tripped(&self, courier: CourierId) -> Option<&str> {
        self.find(courier).and_then(|at| self.couriers[at].tripped.as_deref())
    }

    /// Why it does not go on by itself, when it does not.
    #[must_use]
    pub fn halt(&self) -> Option<&Halt> {
        self.halt.as_ref()
    }

    /// How far it is.
    #[must_use]
    pub fn progress(&self) -> Progress {
        let waiting = |one: &&Conversation| matches!(one.hand, Hand::Waiting { .. });
        Progress {
            standings: self.standings,
            done: self.done,
            trackers: self.items.len(),
            waiting: self.conversations.values().filter(waiting).count() + self.awaited.len(),
            messages: self.messages,
        }
    }

    /// Whether an answer may still come on a living courier.
    fn is_waited_for(&self, conversation: &Conversation) -> bool {
        matches!(conversation.hand, Hand::Waiting { .. })
            && conversation
                .courier
                .and_then(|id| self.find(id))
                .is_some_and(|at| !self.couriers[at].is_gone())
    }

    fn find(&self, id: CourierId) -> Option<usize> {
        self.couriers.iter().position(|courier| courier.id == id)
    }

    /// Ends the waits that are over.
    fn expire(&mut self, now: Now, turn: &mut Turn) {
        while let Some(Reverse((at, index))) = self.timers.peek().copied() {
            if at > now.tick {
                return;
            }
            self.timers.pop();
            self.unreported(now, index, turn);
            let Some(conversation) = self.conversations.get_mut(&index) else { continue };
            match &mut conversation.hand {
                Hand::Ready { not_before, .. } if *not_before <= now.tick => self.queue(index),
                Hand::Waiting { until, .. } if *until <= now.tick => self.wait_is_over(now, index, turn),
                _ => {}
            }
        }
    }

    /// An answer did not come in its time. What came while nobody was here is read first; and where its courier has
    /// ended, an answer may lie there.
    fn wait_is_over(&mut self, now: Now, index: usize, turn: &mut Turn) {
        let Some(conversation) = self.conversations.get(&index) else { return };
        let courier = conversation.courier.and_then(|id| self.find(id)).map(|at| &self.couriers[at]);
        match courier {
            Some(courier) if conversation.resumed && !courier.looked && !courier.is_gone() => {
                self.again(index, now.tick + Duration::from_secs(1));
            }
            Some(courier) if courier.is_gone() => self.cut_off(now, index, turn),
            _ => self.unanswered(now, index, turn),
        }
    }

    /// Its courier has ended, so that no answer can come. While others work the tracker is looked for by them; without
    /// any, the batch stops here and is gone on with when there is one again.
    fn cut_off(&mut self, now: Now, index: usize, turn: &mut Turn) {
        if !self.couriers.iter().any(Courier::sends) {
            return;
        }
        let Some(conversation) = self.conversations.get_mut(&index) else { return };
        let Hand::Waiting { attempt, doubt, .. } = &mut conversation.hand else { return };
        let (attempt, in_doubt) = (*attempt, doubt.is_some());
        let sentence =
            doubt.take().unwrap_or_else(|| "its courier ended before an answer could come".to_owned());
        let mut entry = attempt_entry(attempt, AttemptState::Unknown, now);
        if let Entry::Attempt { cause, .. } = &mut entry {
            *cause = Some((None, sentence.clone()));
        }
        turn.entries.push(entry);
        if in_doubt {
            self.unreferred(index, attempt);
        }
        self.ended(now, index, turn, |session| session.doubt(sentence, true), None);
    }

    /// Waits a little longer.
    fn again(&mut self, index: usize, at: Duration) {
        if let Some(Conversation { hand: Hand::Waiting { until, .. }, .. }) =
            self.conversations.get_mut(&index)
        {
            *until = at;
            self.timers.push(Reverse((at, index)));
        }
    }

    /// The wait for an answer is over.
    fn unanswered(&mut self, now: Now, index: usize, turn: &mut Turn) {
        let Some(conversation) = self.conversations.get(&index) else { return };
        let Hand::Waiting { attempt, doubt, .. } = conversation.hand.clone() else { return };
        #[cfg(feature = "defects")]
        if self.retries(now, index) {
            return;
        }
        match doubt {
            None => {
                turn.entries.push(attempt_entry(attempt, AttemptState::Unanswered, now));
                self.told(now, index, turn);
            }
            Some(sentence) => {
                // A report that comes now may be about it, and cannot be told from one about the next.
                self.unreferred(index, attempt);
                let Some(conversation) = self.conversations.get(&index) else { return };
                let gone = conversation
                    .courier
                    .and_then(|id| self.find(id))
                    .is_none_or(|at| self.couriers[at].is_gone());
                self.ended(now, index, turn, |session| session.doubt(sentence, !gone), None);
            }
        }
    }

    /// Tells the conversation what came for the command at hand.
    fn told(&mut self, now: Now, index: usize, turn: &mut Turn) {
        let Some(conversation) = self.conversations.get(&index) else { return };
        let heard = Heard::Lines(conversation.lines.clone());
        self.ended(now, index, turn, |session| session.hear(heard), Some(Replay::Lines));
    }

    /// The command at hand is over, as `tell` has it; then the next one.
    fn ended(
        &mut self,
        now: Now,
        index: usize,
        turn: &mut Turn,
        tell: impl FnOnce(&mut Session) -> State,
        heard: Option<Replay>,
    ) {
        let tracker = self.items[index].id;
        let Some(conversation) = self.conversations.get_mut(&index) else { return };
        if let Some((attempt, _)) = conversation.hand.attempt() {
            self.attempts.remove(&attempt);
        }
        let shown = conversation.session.shown(&conversation.lines);
        let state = tell(&mut conversation.session);
        let goes_on = conversation.session.turn().is_some();
        let heard = heard.unwrap_or(if goes_on { Replay::Doubt } else { Replay::Cut });
        let ord = conversation.ord;
        turn.entries.push(Entry::Ended { tracker, ord, state, heard, shown, at_ms: now.wall_ms });
        conversation.lines.clear();
        conversation.ord += 1;
        self.advance(now, index, turn);
    }

    /// Goes on to the next command, or ends the conversation.
    fn advance(&mut self, now: Now, index: usize, turn: &mut Turn) {
        let Some(conversation) = self.conversations.get_mut(&index) else { return };
        let Some(words) = conversation.session.turn() else { return self.finish(now, index, turn) };
        let purpose = words.purpose;
        conversation.hand = Hand::Ready { not_before: now.tick + words.pause, why: Why::First };
        conversation.words = words;
        conversation.written = false;
        (conversation.attempts, conversation.kept, conversation.refused) = (0, 0, 0);
        conversation.delivered = None;
        if purpose != Purpose::Probe {
            self.probed(index);
        }
        self.make_ready(now, index);
    }

    /// Queues the command at hand, now or when its pause is over.
    fn make_ready(&mut self, now: Now, index: usize) {
        let Some(conversation) = self.conversations.get(&index) else { return };
        let Hand::Ready { not_before, .. } = conversation.hand else { return };
        if not_before > now.tick {
            self.timers.push(Reverse((not_before, index)));
        } else {
            self.queue(index);
        }
    }

    /// Ends the conversation at the command in hand, for a reason that is not the tracker's.
    fn cut(&mut self, now: Now, index: usize, reason: Reason, sentence: String, how: Cut, turn: &mut Turn) {
        self.ended(now, index, turn, |session| session.cut(reason, sentence, how), Some(Replay::Cut));
    }
}

/// That an attempt got so far, without more to say.
fn attempt_entry(attempt: AttemptId, state: AttemptState, now: Now) -> Entry {
    Entry::Attempt { attempt, state, references: Vec::new(), cause: None, at_ms: now.wall_ms }
}
