//! The thread of a gateway: orders in, requests, news out. One loop holds all that is remembered; requests run beside it
//! and bring what they found back as events. What an answer means is judged elsewhere, and when to send is not decided
//! here.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};
use tokio::time::sleep_until;

use super::super::Tell;
use super::ask::{capacity, fate, look, polls, wall_ms};
use super::callers::{Call, Callers};
use super::hand::{Hand, hand_over};
use super::inbox::Letter;
use super::judge::Verdict;
use super::mailbox::Mailbox;
use super::pace::Pace;
use super::watch::{Learnt, Watch};
use super::wire::{Trouble, Wire};
use crate::engine::{AttemptId, Cause, Fate, News, Order, Outcome, Sender};

/// How often a gateway may fail to answer before it counts as down.
const FAILURES: u32 = 3;
/// The pause after a first failure; it doubles with each.
const AGAIN: Duration = Duration::from_secs(2);
/// The longest such pause.
const SELDOM: Duration = Duration::from_secs(60);
/// When a message in doubt is asked about for the first time.
const DOUBT: Duration = Duration::from_secs(2);
/// A wait that never ends in practice.
const LONG: Duration = Duration::from_secs(24 * 60 * 60);

/// What a request beside the loop brought.
enum Event {
    /// How handing over a message ended.
    Sent(AttemptId, Verdict),
    /// A look for messages, or whether the gateway answers.
    Looked(Result<Vec<Letter>, Trouble>),
    /// What became of a message.
    Fate(String, Option<Fate>),
    /// A received message was deleted there, or could not be.
    Forgotten,
}

/// Whether anything can be handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// It was not told yet.
    Opening,
    Up,
    Down,
    /// For good.
    Gone,
}

pub(super) struct Courier {
    wire: Arc<Wire>,
    tell: Tell,
    events: UnboundedSender<Event>,
    state: State,
    /// Handed to us and not yet prompted.
    waiting: VecDeque<Hand>,
    /// Prompted: they wait to be let out.
    prompted: HashMap<AttemptId, Hand>,
    /// Under way.
    flying: HashMap<AttemptId, Hand>,
    /// Messages that are being deleted at the gateway.
    forgetting: usize,
    pace: Pace,
    mailbox: Mailbox,
    callers: Callers,
    watch: Watch,
    /// When to look next; none while a look is under way, and where nothing is to be looked for.
    look_at: Option<Instant>,
    looking: bool,
    failures: u32,
    /// What was told of why it does not work.
    told: Option<Cause>,
    closing: bool,
}

/// Runs a courier until it is closed or its gateway is gone for good.
pub(super) async fn run(
    wire: Arc<Wire>,
    tell: Tell,
    mut orders: UnboundedReceiver<Order>,
    mut calls: mpsc::Receiver<Call>,
) {
    let (events, mut happened) = mpsc::unbounded_channel();
    let pace = Pace::new(wire.setup.rate);
    let mut courier = Courier {
        wire,
        tell,
        events,
        state: State::Opening,
        waiting: VecDeque::new(),
        prompted: HashMap::new(),
        flying: HashMap::new(),
        forgetting: 0,
        pace,
        mailbox: Mailbox::new(wall_ms()),
        callers: Callers::default(),
        watch: Watch::default(),
        look_at: Some(Instant::now()),
        looking: false,
        failures: 0,
        told: None,
        closing: false,
    };
    loop {
        courier.act();
        if courier.is_done() {
            orders.close();
            while let Some(order) = orders.recv().await {
                courier.turn_away(order);
            }
            // What was called last is told all the same. Its callers, and whoever calls from now on, learn that it is not
            // kept, and call again.
            calls.close();
            while let Some(call) = calls.recv().await {
                courier.called(call);
            }
            return;
        }
        let wake = sleep_until(courier.wake().into());
        tokio::select! {
            order = orders.recv(), if !courier.closing => courier.obey(order.unwrap_or(Order::Close)),
            Some(event) = happened.recv() => courier.happen(event),
            Some(call) = calls.recv() => courier.called(call),
            () = wake => {}
        }
    }
}

impl Courier {
    fn is_done(&self) -> bool {
        let idle = self.flying.is_empty() && self.forgetting == 0;
        idle && (self.state == State::Gone || self.closing)
    }

    /// Does what is due.
    fn act(&mut self) {
        let now = Instant::now();
        self.look(now);
        self.prompt(now);
        while let Some(reference) = self.watch.due(now) {
            self.ask_fate(reference);
        }
    }

    /// When something is due without anything happening before.
    fn wake(&self) -> Instant {
        let now = Instant::now();
        let prompts = self.state == State::Up && !self.waiting.is_empty() && self.has_slot();
        let pace = prompts.then(|| self.pace.next(now));
        let watch = if self.closing { None } else { self.watch.next() };
        [self.look_at, pace, watch].into_iter().flatten().min().unwrap_or(now + LONG)
    }

    fn has_slot(&self) -> bool {
        self.prompted.len() + self.flying.len() < self.wire.setup.concurrency
    }

    fn obey(&mut self, order: Order) {
        match order {
            Order::Hand { id, to, text } => {
                let hand = Hand { id, to, text };
                match self.state {
                    State::Opening | State::Up => self.waiting.push_back(hand),
                    State::Down | State::Gone => {
                        self.end(
                            id,
                            Outcome::NotSent(Cause::new("the gateway does not answer at the moment")),
                        );
                    }
                }
            }
            Order::Release(id) => {
                if let Some(hand) = self.prompted.remove(&id) {
                    self.send(hand);
                }
            }
            Order::Abort(id) => {
                let before = self.waiting.len();
                self.waiting.retain(|hand| hand.id != id);
                if self.prompted.remove(&id).is_some() || self.waiting.len() < before {
                    self.end(id, Outcome::NotSent(Cause::new("it was taken back")));
                }
            }
            Order::Forget(key) => self.forget(key),
            Order::Leave(key) | Order::Spare(key) => {
                self.mailbox.leave(key);
                self.callers.settled(key);
            }
            Order::Ping => {
                if !self.looking && self.state != State::Gone {
                    self.look_at = Some(Instant::now());
                }
            }
            Order::Close => {
                self.closing = true;
                self.look_at = None;
                self.take_back(&Cause::new("the gateway's courier was closed"));
            }
        }
    }

    /// An order that was given before anybody could know that the courier ends. What is let out with it has an outcome by
    /// then, and nothing is deleted or looked for any more.
    fn turn_away(&mut self, order: Order) {
        match order {
            Order::Hand { id, .. } => {
                self.end(id, Outcome::NotSent(Cause::new("the gateway's courier had ended")));
            }
            Order::Forget(key) | Order::Leave(key) | Order::Spare(key) => self.callers.settled(key),
            Order::Release(_) | Order::Abort(_) | Order::Ping | Order::Close => {}
        }
    }

    /// Prompts what waits, as far as the gateway takes so many at once and so fast.
    fn prompt(&mut self, now: Instant) {
        while self.state == State::Up && self.has_slot() && self.pace.next(now) <= now {
            let Some(hand) = self.waiting.pop_front() else { return };
            self.pace.goes(now);
            let id = hand.id;
            self.prompted.insert(id, hand);
            (self.tell)(News::Prompt(id));
        }
    }

    fn send(&mut self, hand: Hand) {
        let (wire, events, id) = (Arc::clone(&self.wire), self.events.clone(), hand.id);
        self.flying.insert(id, hand.clone());
        tokio::spawn(async move {
            let verdict = hand_over(&wire, &hand).await;
            // The loop ends only when nothing is under way.
            let _ = events.send(Event::Sent(id, verdict));
        });
    }

    fn happen(&mut self, event: Event) {
        match event {
            Event::Sent(id, verdict) => self.sent(id, verdict),
            Event::Looked(result) => self.looked(result),
            Event::Fate(reference, fate) => self.fate(&reference, fate),
            Event::Forgotten => self.forgetting = self.forgetting.saturating_sub(1),
        }
    }

    fn sent(&mut self, id: AttemptId, verdict: Verdict) {
        let now = Instant::now();
        let Some(hand) = self.flying.remove(&id) else { return };
        if let Some(pause) = verdict.pause {
            self.pace.rest(now, pause);
        }
        if verdict.unauthorised && !self.looking && self.state == State::Up {
            // Whether that holds for everything is seen by asking at once.
            self.look_at = Some(now);
        }
        let recipient = hand.to.phone.map(|phone| Sender::International(phone.digits().to_owned()));
        if let Some(status) = &self.wire.setup.definition.status {
            match &verdict.outcome {
                Outcome::Accepted { references } => {
                    for reference in references {
                        self.watch.add(reference.clone(), recipient.clone(), None, now, status.every);
                    }
                }
                // A gateway that takes our own ids can be asked whether it has this one.
                Outcome::Unknown(_) if self.wire.setup.definition.idempotent => {
                    self.watch.add(hand.reference(), recipient, Some(id), now, DOUBT.min(status.every));
                }
                Outcome::Unknown(_) | Outcome::NotSent(_) | Outcome::Rejected { .. } => {}
            }
        }
        self.end(id, verdict.outcome);
    }

    fn end(&mut self, id: AttemptId, outcome: Outcome) {
        (self.tell)(News::Outcome(id, outcome));
    }

    /// Everything that was not let out did not leave.
    fn take_back(&mut self, cause: &Cause) {
        let waiting: Vec<AttemptId> = self.waiting.drain(..).map(|hand| hand.id).collect();
        let mut prompted: Vec<AttemptId> = self.prompted.drain().map(|(id, _)| id).collect();
        prompted.sort_unstable();
        for id in prompted.into_iter().chain(waiting) {
            self.end(id, Outcome::NotSent(cause.clone()));
        }
    }

    /// Looks for messages, or whether the gateway answers, when it is due.
    fn look(&mut self, now: Instant) {
        if self.looking || self.look_at.is_none_or(|at| at > now) {
            return;
        }
        self.look_at = None;
        self.looking = true;
        let (wire, events) = (Arc::clone(&self.wire), self.events.clone());
        let since = self.mailbox.since_ms(wall_ms());
        tokio::spawn(async move {
            // The loop that listens may have ended, and with it whoever wants to know.
            let _ = events.send(Event::Looked(look(&wire, since).await));
        });
    }

    fn looked(&mut self, result: Result<Vec<Letter>, Trouble>) {
        self.looking = false;
        let now = Instant::now();
        match result {
            Ok(letters) => {
                self.failures = 0;
                let inbound = self.mailbox.looked(letters);
                self.tell_all(inbound);
                if self.state != State::Up {
                    self.state = State::Up;
                    self.told = None;
                    let capacity = capacity(&self.wire.setup);
                    (self.tell)(News::Up(capacity));
                }
                self.look_at = polls(&self.wire.setup).map(|every| now + every);
            }
            Err(trouble) => self.failed(trouble, now),
        }
        if self.closing {
            self.look_at = None;
        }
    }

    fn failed(&mut self, Trouble { cause, last }: Trouble, now: Instant) {
        self.failures += 1;
        // One that works gives up only what is refused again and again: a fresh token is refused where somebody else has
        // just had one, or it expired at once.
        let fetches = self.wire.setup.definition.token.is_some();
        let last = last && (!fetches || self.state != State::Up || self.failures >= FAILURES);
        let gone = last || self.state != State::Up || self.failures >= FAILURES;
        if gone && self.state != State::Gone {
            self.state = if last { State::Gone } else { State::Down };
            self.take_back(&cause);
            // What is still so is not told again with every look.
            if last || self.told.as_ref() != Some(&cause) {
                self.told = Some(cause.clone());
                (self.tell)(News::Down { cause, last });
            }
        }
        let pause = AGAIN.saturating_mul(1 << self.failures.min(6).saturating_sub(1)).min(SELDOM);
        self.look_at = (!last).then(|| now + pause);
    }

    fn called(&mut self, Call { letters, done }: Call) {
        let (inbound, open) = self.mailbox.called(letters);
        self.callers.wait(open, done);
        self.tell_all(inbound);
    }

    fn tell_all(&mut self, inbound: Vec<crate::engine::Inbound>) {
        for message in inbound {
            (self.tell)(News::Inbound(message));
        }
    }

    fn ask_fate(&mut self, reference: String) {
        let (wire, events) = (Arc::clone(&self.wire), self.events.clone());
        tokio::spawn(async move {
            let fate = fate(&wire, &reference).await;
            // As above: nobody may want to know any more.
            let _ = events.send(Event::Fate(reference, fate));
        });
    }

    fn fate(&mut self, reference: &str, fate: Option<Fate>) {
        for learnt in self.watch.answered(reference, fate, Instant::now()) {
            match learnt {
                Learnt::Taken(id) => {
                    self.end(id, Outcome::Accepted { references: vec![reference.to_owned()] });
                }
                Learnt::Fate(receipt) => (self.tell)(News::Receipt(receipt)),
            }
        }
    }

    /// A message is kept elsewhere now: where the gateway can delete it, it is deleted there.
    fn forget(&mut self, key: crate::engine::StoreKey) {
        self.callers.settled(key);
        let Some(id) = self.mailbox.forget(key) else { return };
        if self.wire.setup.definition.forget.is_none() {
            return;
        }
        self.forgetting += 1;
        let (wire, events) = (Arc::clone(&self.wire), self.events.clone());
        tokio::spawn(async move {
            if let Some(forget) = &wire.setup.definition.forget {
                // What stays there is told once only all the same.
                let _ = wire.ask(forget, wire.setup.values.clone().with("id", id)).await;
            }
            // The loop ends only when nothing is being deleted.
            let _ = events.send(Event::Forgotten);
        });
    }
}
