//! The host's side of the dialogue: bytes that were heard and orders come in, bytes to be written and events go out.
//! Here is who may speak when, and which line belongs to what; opening, sending and receiving have their own files.

use std::collections::VecDeque;
use std::fmt;
use std::time::Duration;

use super::codes::Final;
use super::fields::{behind, is_hex};
use super::flight::{Ask, Flight};
use super::inbox::Inbox;
use super::lines::{Heard, Lines};
use super::opening::Opening;
use super::quirks::Manner;
use super::receiving::{Direct, Stores};
use super::recovery::Recovery;
use super::sending::{Late, Sending};
use super::{About, Event, Key, Options, Purpose, SendId, Why};
use crate::sms::AtPdu;

/// The silence after an ESC that shows that nothing of before is still coming.
const DRAIN: Duration = Duration::from_millis(200);
/// How long finishing may take once nothing is on its way any more.
const CLOSING: Duration = Duration::from_secs(20);
/// How long the missing parts of a long message are waited for before it is told without them, as a part can overtake
/// another by a minute. What comes later still completes it.
const PARTS: Duration = Duration::from_secs(120);

/// Where the dialogue stands.
#[derive(Debug)]
pub(super) enum Phase {
    /// Finding out what modem it is, and getting it ready.
    Opening(Opening),
    /// It sends and receives.
    Ready,
    /// It fell silent, and is asked whether it is there.
    Recovering(Recovery),
    /// Nothing more is said.
    Closed,
}

/// The dialogue with one modem. Times are counted from any fixed moment and never go back.
pub struct Host {
    pub(super) options: Options,
    pub(super) manner: Manner,
    pub(super) about: About,
    lines: Lines,
    out: VecDeque<Vec<u8>>,
    pub(super) events: VecDeque<Event>,
    pub(super) flight: Option<Flight>,
    /// Nothing is written before.
    pub(super) quiet_until: Duration,
    pub(super) phase: Phase,
    pub(super) sends: VecDeque<Sending>,
    /// A message of which the outcome is not known.
    pub(super) late: Option<Late>,
    pub(super) inbox: Inbox,
    pub(super) stores: Stores,
    pub(super) direct: Option<Direct>,
    /// Messages that were handed over and want to be acknowledged.
    pub(super) acknowledgements: u32,
    /// A prompt stands open that nobody asked for.
    pub(super) escape: bool,
    /// The PIN was entered: never again.
    pub(super) pin_entered: bool,
    /// The modem echoes whatever it is told.
    pub(super) echoes: bool,
    /// It seems to have forgotten what it was set to.
    pub(super) reopen: bool,
    /// It was announced as ready, and not as down since.
    pub(super) up: bool,
    /// It was announced as down, and not as ready since.
    pub(super) down: bool,
    /// Why it was last.
    pub(super) why_down: Option<Why>,
    /// It is to be closed, at the latest then.
    pub(super) closing: Option<Duration>,
}

/// What was written may hold a PIN, and is left out.
impl fmt::Debug for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Host").field("about", &self.about).field("phase", &self.phase).finish_non_exhaustive()
    }
}

impl Host {
    /// A dialogue that begins at `now`.
    #[must_use]
    pub fn new(now: Duration, options: Options) -> Self {
        Self {
            manner: Manner::of(None, None),
            about: About::default(),
            lines: Lines::default(),
            out: VecDeque::new(),
            events: VecDeque::new(),
            flight: None,
            quiet_until: now,
            phase: Phase::Opening(Opening::first(now)),
            sends: VecDeque::new(),
            late: None,
            inbox: Inbox::new(PARTS),
            stores: Stores::default(),
            direct: None,
            acknowledgements: 0,
            escape: false,
            pin_entered: false,
            echoes: false,
            reopen: false,
            up: false,
            down: false,
            why_down: None,
            closing: None,
            options,
        }
    }

    /// Takes what the modem said.
    pub fn hear(&mut self, now: Duration, bytes: &[u8]) {
        self.expire(now);
        for byte in bytes {
            if matches!(self.phase, Phase::Closed) {
                return;
            }
            match self.lines.push(*byte) {
                Some(Heard::Prompt) => self.prompt(now),
                Some(Heard::Line(line)) => self.line(now, &line),
                None => {}
            }
        }
        self.pump(now);
    }

    /// Lets time pass; to be called at the [`deadline`](Self::deadline) at the latest.
    pub fn tick(&mut self, now: Duration) {
        self.expire(now);
        self.pump(now);
    }

    /// Takes a message to be sent, in parts that go one after the other. `Prompt` follows, or an outcome at once.
    pub fn submit(&mut self, now: Duration, id: SendId, parts: Vec<AtPdu>) {
        self.take_order(now, id, parts);
        self.tick(now);
    }

    /// Lets a message go for which `Prompt` came. Anything else is passed over.
    pub fn release(&mut self, now: Duration, id: SendId) {
        self.expire(now);
        self.let_go(now, id);
        self.pump(now);
    }

    /// Takes a message back that was not released; `NotSent` follows. Anything else is passed over.
    pub fn abort(&mut self, now: Duration, id: SendId) {
        self.take_back(now, id);
        self.tick(now);
    }

    /// A received message is kept elsewhere, and may be deleted.
    pub fn forget(&mut self, now: Duration, key: Key) {
        self.inbox.forget(key);
        self.tick(now);
    }

    /// A received message is nobody's here: it stays where it is.
    pub fn leave(&mut self, now: Duration, key: Key) {
        self.inbox.leave(key);
        self.tick(now);
    }

    /// A received message is nobody's here, and kept elsewhere: it stays where it is, unless it may be deleted where
    /// room is short.
    pub fn spare(&mut self, now: Duration, key: Key) {
        self.inbox.spare(key);
        self.make_room();
        self.tick(now);
    }

    /// Looks for messages, and whether the modem answers, now.
    pub fn ping(&mut self, now: Duration) {
        self.stores.poll_at = self.stores.poll_at.min(now);
        self.tick(now);
    }

    /// Finishes what is under way, looks for messages once more, and ends with `Closed`.
    pub fn close(&mut self, now: Duration) {
        if self.closing.is_none() && !matches!(self.phase, Phase::Closed) {
            self.closing = Some(now + CLOSING);
            self.stores.poll_at = now;
            self.take_back_all(now, &Why::new("the modem is being closed"));
        }
        self.tick(now);
    }

    /// The port is gone: everything ends here.
    pub fn gone(&mut self, now: Duration, why: Why) {
        if !matches!(self.phase, Phase::Closed) {
            self.quiet_until = now;
            self.stop(now, why);
        }
    }

    /// The next bytes to be written, in one write.
    pub fn say(&mut self) -> Option<Vec<u8>> {
        self.out.pop_front()
    }

    /// The next event.
    pub fn event(&mut self) -> Option<Event> {
        self.events.pop_front()
    }

    /// When [`tick`](Self::tick) is to be called if nothing else happens; none when there is nothing to wait for.
    #[must_use]
    pub fn deadline(&self) -> Option<Duration> {
        let next = match (&self.flight, &self.phase) {
            (_, Phase::Closed) => return None,
            (Some(flight), _) => flight.until,
            (None, _) if self.escape => Some(self.quiet_until),
            (None, Phase::Opening(opening)) => Some(opening.again_at.max(self.quiet_until)),
            (None, Phase::Recovering(recovery)) => Some(recovery.at.max(self.quiet_until)),
            (None, Phase::Ready) => Some(self.next_work().max(self.quiet_until)),
        };
        // What was written is waited for, however long closing takes.
        let closing = self.closing.filter(|_| !self.sends.front().is_some_and(Sending::is_written));
        [next, self.inbox.deadline(), closing].into_iter().flatten().min()
    }

    /// Whether the dialogue is over.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        matches!(self.phase, Phase::Closed)
    }

    /// What is known of the modem so far.
    #[must_use]
    pub fn about(&self) -> &About {
        &self.about
    }

    /// Does what time has brought.
    fn expire(&mut self, now: Duration) {
        self.inbox.overdue(now, &mut self.events);
        if self.flight.as_ref().is_some_and(|flight| flight.until.is_some_and(|until| now >= until))
            && let Some(flight) = self.flight.take()
        {
            // Half a line of an answer that will not be completed in time is nobody's.
            if self.lines.is_mid_line() && !matches!(flight.ask, Ask::Drain) {
                self.lines.clear();
            }
            self.silence(now, flight);
        }
    }

    /// Asks the next thing, if it is our turn.
    fn pump(&mut self, now: Duration) {
        self.settle(now);
        // A question can turn out to need no asking; there are not many in a row.
        for _ in 0..64 {
            if self.flight.is_some() || now < self.quiet_until || matches!(self.phase, Phase::Closed) {
                return;
            }
            let was_ready = matches!(self.phase, Phase::Ready);
            let ask = if std::mem::take(&mut self.escape) {
                Some(Ask::Drain)
            } else {
                match &self.phase {
                    Phase::Opening(_) => self.opening_ask(now),
                    Phase::Recovering(recovery) => (now >= recovery.at).then_some(Ask::Attention),
                    Phase::Ready => self.ready_ask(now),
                    Phase::Closed => None,
                }
            };
            match ask {
                Some(ask) => self.start(now, ask),
                None if was_ready && matches!(self.phase, Phase::Ready) => return self.settle(now),
                None => {}
            }
        }
    }

    fn ready_ask(&mut self, now: Duration) -> Option<Ask> {
        if self.reopen {
            self.restarted(now, "the modem has lost its settings, as after a restart");
            return None;
        }
        let ask = self.receiving_ask(now);
        if ask.is_some() || !self.up {
            return ask;
        }
        self.sending_ask(now)
    }

    /// Ends a dialogue that is to be closed, once nothing is under way or it took too long.
    fn settle(&mut self, now: Duration) {
        let Some(until) = self.closing else { return };
        if matches!(self.phase, Phase::Closed) || self.sends.front().is_some_and(Sending::is_written) {
            return;
        }
        let is_done = match self.phase {
            Phase::Ready => self.flight.is_none() && self.next_work() > now,
            _ => self.options.purpose == Purpose::Carry,
        };
        if !is_done && now < until {
            return;
        }
        self.take_back_now(&Why::new("the modem is being closed"));
        if self.options.purpose == Purpose::List {
            self.inbox.flush(now, &mut self.events);
            self.events.push_back(Event::Found(Box::new(self.about.clone())));
        } else {
            self.inbox.close(now, &mut self.events);
        }
        self.events.push_back(Event::Closed);
        self.end();
    }

    /// Nothing more is said from here on.
    pub(super) fn end(&mut self) {
        self.phase = Phase::Closed;
        self.flight = None;
        self.escape = false;
    }

    /// Ends the dialogue with a reason.
    pub(super) fn stop(&mut self, now: Duration, why: Why) {
        self.fail_all(now, &why);
        self.inbox.close(now, &mut self.events);
        self.about.note(why.clone());
        if self.options.purpose != Purpose::Carry {
            self.events.push_back(Event::Found(Box::new(self.about.clone())));
        }
        self.events.push_back(Event::Down { why, last: true });
        self.end();
    }

    /// Nothing can be sent for now.
    pub(super) fn fall(&mut self, why: Why) {
        self.take_back_waiting(&why);
        self.up = false;
        self.why_down = Some(why.clone());
        if !std::mem::replace(&mut self.down, true) {
            self.events.push_back(Event::Down { why, last: false });
        }
    }

    /// Something that a person should know, once.
    pub(super) fn note(&mut self, why: Why) {
        if self.about.note(why.clone()) && self.up {
            self.events.push_back(Event::Note(why));
        }
    }

    /// Writes a command.
    fn start(&mut self, now: Duration, ask: Ask) {
        let (text, patience) = self.words(&ask);
        if ask == Ask::Drain {
            self.out.push_back(vec![0x1B]);
            self.lines.clear();
            self.flight = Some(Flight::new(ask, String::new(), now + DRAIN));
            return;
        }
        self.out.push_back(format!("{text}\r").into_bytes());
        self.flight = Some(Flight::new(ask, text, now + patience));
    }

    /// Writes what is no command: the text of a message, or an ESC.
    pub(super) fn write(&mut self, bytes: Vec<u8>) {
        self.out.push_back(bytes);
    }

    fn words(&self, ask: &Ask) -> (String, Duration) {
        let seconds = Duration::from_secs;
        match ask {
            Ask::Drain => (String::new(), DRAIN),
            Ask::Attention => ("AT".to_owned(), seconds(2)),
            Ask::Step(step) => (self.step_words(*step).unwrap_or_default(), step.patience()),
            Ask::Registration(which) => (super::opening::registration_words(*which), seconds(10)),
            Ask::Select { store, whole: true } => {
                (format!("AT+CPMS={}", self.stores.arguments(store)), seconds(20))
            }
            Ask::Select { store, whole: false } => (format!("AT+CPMS=\"{store}\""), seconds(20)),
            Ask::List(_) => ("AT+CMGL=4".to_owned(), seconds(40)),
            Ask::Read(slot, _) => (format!("AT+CMGR={}", slot.index), seconds(20)),
            Ask::Delete(slot) => (format!("AT+CMGD={}", slot.index), seconds(20)),
            Ask::Acknowledge => ("AT+CNMA".to_owned(), seconds(5)),
            Ask::Submit => (self.submit_words(), self.manner.prompt),
        }
    }

    /// A prompt stands open.
    fn prompt(&mut self, now: Duration) {
        let is_ours = self.flight.as_ref().is_some_and(|flight| flight.ask == Ask::Submit);
        if !is_ours || !self.prompted(now) {
            self.escape = !is_ours;
        }
    }

    /// Finds out what a line belongs to.
    fn line(&mut self, now: Duration, line: &str) {
        if let Some(direct) = self.direct.take() {
            if is_hex(line) {
                return self.handed_over(now, &direct, line);
            }
            self.note(Why::new("the modem announced a message and then did not hand it over"));
        }
        if self.flight.as_ref().is_some_and(|flight| flight.text.eq_ignore_ascii_case(line)) {
            return self.echoed();
        }
        if let Some(end) = Final::of(line) {
            return self.ended(now, end);
        }
        if self.flight.as_mut().is_some_and(|flight| flight.take(line)) {
            return self.informed(now);
        }
        self.unasked(now, line);
    }

    /// A line that belongs to no answer.
    fn unasked(&mut self, now: Duration, line: &str) {
        if let Some(said) = behind(line, "+CMGS") {
            self.came_late(said);
        } else if is_restart(line) {
            self.restarted(now, "the modem restarted by itself");
        } else {
            self.announced(now, line);
        }
    }

    fn echoed(&mut self) {
        if self.sends.front().is_some_and(Sending::is_written) {
            // Some modems show the text at the prompt although echo is off.
            return;
        }
        match &self.phase {
            Phase::Opening(opening) => self.echoes |= opening.is_past_echo(),
            // Echo was switched off, and is on again.
            Phase::Ready => self.reopen |= !self.echoes,
            Phase::Recovering(_) | Phase::Closed => {}
        }
    }

    /// A command's end came.
    fn ended(&mut self, now: Duration, end: Final) {
        if self.late_refusal(&end) {
            return;
        }
        let Some(mut flight) = self.flight.take() else { return };
        match flight.ask {
            // What ends while nothing is under way belongs to something before.
            Ask::Drain => self.flight = Some(flight),
            Ask::Submit => {
                self.flight = Some(flight);
                self.submit_ended(now, &end);
            }
            _ => {
                self.quiet_until = now + self.manner.gap;
                flight.end();
                self.answered(now, flight, &end);
            }
        }
    }

    /// An answer is complete.
    fn answered(&mut self, now: Duration, flight: Flight, end: &Final) {
        match (&flight.ask, &self.phase) {
            (Ask::Step(step), Phase::Opening(_)) => self.step_ended(now, *step, &flight, Some(end)),
            (Ask::Attention, Phase::Recovering(_)) => self.probe_ended(now, end.is_ok()),
            _ => self.work_ended(now, flight, Some(end)),
        }
    }

    /// An answer did not come in time.
    fn silence(&mut self, now: Duration, mut flight: Flight) {
        flight.end();
        match (&flight.ask, &self.phase) {
            (Ask::Drain, Phase::Opening(_)) => self.drained(now),
            (Ask::Drain, _) => {}
            (Ask::Submit, _) => self.submit_silent(now),
            (Ask::Step(step), Phase::Opening(_)) => self.step_ended(now, *step, &flight, None),
            (Ask::Attention, Phase::Recovering(_)) => self.probe_silent(now),
            (_, Phase::Opening(_)) => self.work_ended(now, flight, None),
            _ => {
                self.work_ended(now, flight, None);
                self.recover(now, false);
            }
        }
    }
}

/// What a modem says when it has just started. `^BOOT` is none: Huawei's modems say it every few seconds.
fn is_restart(line: &str) -> bool {
    ["RDY", "^SYSSTART", "^SYSSTART AIRPLANE MODE", "APP RDY", "MODEM RESET"]
        .iter()
        .any(|word| line.eq_ignore_ascii_case(word))
}
