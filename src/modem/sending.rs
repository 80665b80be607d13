//! The way of a message out: length, prompt, release, text with 0x1A in one write, reference.
//! The law of this file: 0x1A is written once for each part, and after it nothing is ever called not sent.

use std::time::Duration;

use super::codes::{Final, Verdict};
use super::fields::{behind, fields, number};
use super::flight::Ask;
use super::host::{Host, Phase};
use super::{Event, SendId, Why};
use crate::sms::AtPdu;

/// How long the end of a refused or cancelled submission may take.
const CANCELLING: Duration = Duration::from_secs(5);
/// What may still be missing of an answer once its other half is there.
const HALF: Duration = Duration::from_secs(5);
/// A modem that asks to wait is asked again so often, after such a pause.
const WAITS: u8 = 10;
const PAUSE: Duration = Duration::from_secs(2);

/// How far the part at hand is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Not begun.
    Waiting,
    /// `AT+CMGS` was written.
    Asked,
    /// The prompt stands; waits for `release`.
    Prompted,
    /// ESC was written at the prompt.
    Cancelled,
    /// Text and 0x1A were written.
    Written,
}

/// A message on its way out.
#[derive(Debug)]
pub(super) struct Sending {
    id: SendId,
    parts: Vec<AtPdu>,
    /// The part at hand, from 0.
    at: usize,
    references: Vec<String>,
    stage: Stage,
    released: bool,
    /// `+CMGS` came, and `OK` not yet.
    reference: Option<Option<String>>,
    /// `OK` came, and `+CMGS` not yet.
    ended: bool,
    waits: u8,
    not_before: Duration,
    /// Why it is being cancelled.
    cancelled: Option<Why>,
}

/// A message that may have been sent.
#[derive(Debug)]
pub(super) struct Late {
    id: SendId,
    references: Vec<String>,
    /// Nothing was left to be sent behind the part in question.
    is_last: bool,
}

impl Sending {
    pub(super) fn is_written(&self) -> bool {
        self.stage == Stage::Written
    }

    /// When it may be begun.
    pub(super) fn begins(&self) -> Option<Duration> {
        (self.stage == Stage::Waiting).then_some(self.not_before)
    }

    fn part(&self) -> String {
        format!("part {} of {}", self.at + 1, self.parts.len())
    }
}

impl Host {
    /// Takes a message to be sent, or says at once that it cannot be.
    pub(super) fn take_order(&mut self, now: Duration, id: SendId, parts: Vec<AtPdu>) {
        let refusal = if parts.is_empty() {
            Some(Why::new("there is nothing to send"))
        } else if matches!(self.phase, Phase::Closed) || self.closing.is_some() {
            Some(Why::new("the modem is closed"))
        } else if self.down {
            let words = "the modem is not ready";
            Some(self.why_down.clone().map_or_else(|| Why::new(words), |why| why.after(words)))
        } else {
            None
        };
        if let Some(refusal) = refusal {
            return self.events.push_back(Event::NotSent(id, refusal));
        }
        self.sends.push_back(Sending {
            id,
            parts,
            at: 0,
            references: Vec::new(),
            stage: Stage::Waiting,
            released: false,
            reference: None,
            ended: false,
            waits: 0,
            not_before: now,
            cancelled: None,
        });
    }

    /// Begins the next part, if there is one.
    pub(super) fn sending_ask(&mut self, now: Duration) -> Option<Ask> {
        let is_closing = self.closing.is_some();
        let sending = self.sends.front_mut()?;
        if sending.stage != Stage::Waiting || now < sending.not_before || (is_closing && !sending.released) {
            return None;
        }
        sending.stage = Stage::Asked;
        sending.reference = None;
        sending.ended = false;
        Some(Ask::Submit)
    }

    /// The command for the part at hand.
    pub(super) fn submit_words(&self) -> String {
        let part = self.sends.front().and_then(|sending| sending.parts.get(sending.at));
        part.map_or_else(String::new, |part| format!("AT+CMGS={}", part.length))
    }

    /// The prompt came. Says whether it was expected.
    pub(super) fn prompted(&mut self, now: Duration) -> bool {
        let lost = self.reopen;
        let Some(sending) = self.sends.front_mut() else { return false };
        match sending.stage {
            Stage::Asked if lost && sending.cancelled.is_none() => {
                // In text mode the modem would take the digits for a text, and the length for a number.
                sending.cancelled = Some(Why::new("the modem has lost its settings, as after a restart"));
                self.cancel(now);
            }
            Stage::Asked if sending.cancelled.is_some() => self.cancel(now),
            Stage::Asked if sending.released => self.write_text(now),
            Stage::Asked => {
                sending.stage = Stage::Prompted;
                self.events.push_back(Event::Prompt(sending.id));
                if let Some(flight) = &mut self.flight {
                    flight.until = None;
                }
            }
            // A line end inside the text makes another prompt.
            Stage::Waiting | Stage::Prompted | Stage::Cancelled | Stage::Written => {}
        }
        true
    }

    /// Lets the message at the prompt go.
    pub(super) fn let_go(&mut self, now: Duration, id: SendId) {
        if let Some(sending) = self.sends.front_mut()
            && sending.id == id
            && sending.stage == Stage::Prompted
        {
            sending.released = true;
            self.write_text(now);
        }
    }

    /// Takes a message back, if it was not released.
    pub(super) fn take_back(&mut self, now: Duration, id: SendId) {
        let why = Why::new("it was taken back before it was sent");
        let Some(at) = self.sends.iter().position(|sending| sending.id == id && !sending.released) else {
            return;
        };
        self.take_back_at(now, at, why);
    }

    /// Takes everything back that was not released.
    pub(super) fn take_back_all(&mut self, now: Duration, why: &Why) {
        for at in (0..self.sends.len()).rev() {
            if self.sends.get(at).is_some_and(|sending| !sending.released) {
                self.take_back_at(now, at, why.clone());
            }
        }
    }

    /// Takes back what was not begun.
    pub(super) fn take_back_waiting(&mut self, why: &Why) {
        let (keep, gone): (Vec<_>, Vec<_>) =
            self.sends.drain(..).partition(|sending| sending.stage != Stage::Waiting);
        self.sends = keep.into();
        for sending in gone {
            self.events.push_back(not_sent(&sending, why.clone()));
        }
    }

    /// Nothing more can be waited for: takes back all that has not left.
    pub(super) fn take_back_now(&mut self, why: &Why) {
        let was_prompted = self.sends.front().is_some_and(|sending| sending.stage == Stage::Prompted);
        if was_prompted {
            self.write(vec![0x1B]);
        }
        for sending in std::mem::take(&mut self.sends) {
            let why = sending.cancelled.clone().unwrap_or_else(|| why.clone());
            self.events.push_back(not_sent(&sending, why));
        }
    }

    /// The modem is gone or starts anew: says of the message at hand what can be said.
    pub(super) fn fail_current(&mut self, now: Duration, why: &Why) {
        if self.sends.front().is_none_or(|sending| sending.stage == Stage::Waiting) {
            return;
        }
        if self.sends.front().is_some_and(Sending::is_written) {
            return self.leave_open(now, why.clone());
        }
        if let Some(sending) = self.sends.pop_front() {
            let why = sending.cancelled.clone().unwrap_or_else(|| why.clone());
            self.events.push_back(not_sent(&sending, why));
        }
    }

    /// The modem is gone for good.
    pub(super) fn fail_all(&mut self, now: Duration, why: &Why) {
        self.fail_current(now, why);
        for sending in std::mem::take(&mut self.sends) {
            self.events.push_back(not_sent(&sending, why.clone()));
        }
    }

    /// A line of the answer came.
    pub(super) fn informed(&mut self, now: Duration) {
        let Some(flight) = self.flight.as_mut().filter(|flight| flight.ask == Ask::Submit) else { return };
        let line = flight.info.pop().unwrap_or_default();
        let said = behind(&line, "+CMGS").unwrap_or_default().to_owned();
        let Some(sending) = self.sends.front_mut() else { return };
        if sending.stage != Stage::Written {
            // Nothing of this message has left: it is the answer to an earlier one.
            return self.came_late(&said);
        }
        sending.reference = Some(reference(&said));
        if sending.ended {
            return self.taken(now);
        }
        flight.until = flight.until.map(|until| until.min(now + HALF));
    }

    /// The submission ended in words.
    pub(super) fn submit_ended(&mut self, now: Duration, end: &Final) {
        let Some(sending) = self.sends.front_mut() else { return };
        match sending.stage {
            // `OK` cannot be the answer to `AT+CMGS`: it belongs to something before.
            Stage::Asked if end.is_ok() => {}
            Stage::Asked => self.refused_early(now, end),
            Stage::Prompted => {
                // It gave the prompt up by itself; whether it did is made sure of.
                sending.cancelled = Some(end.why("it was waiting for the text of the message"));
                self.cancel(now);
            }
            Stage::Cancelled => {
                self.flight = None;
                self.quiet_until = now + self.manner.gap;
                self.fail_current(now, &Why::new("it was taken back before it was sent"));
                self.settle_refusal(now, end);
            }
            Stage::Written => self.submission_ended(now, end),
            Stage::Waiting => {}
        }
    }

    /// The submission ended in silence.
    pub(super) fn submit_silent(&mut self, now: Duration) {
        let Some(sending) = self.sends.front_mut() else { return };
        match sending.stage {
            Stage::Written if sending.reference.is_some() => self.taken(now),
            Stage::Written if sending.ended => {
                let why = Why::new(
                    "the modem said OK to the message and gave no reference, so nothing proves it was sent",
                );
                self.leave_open(now, why);
                self.recover(now, false);
            }
            Stage::Written => {
                let why = Why::new("the modem fell silent after the message was handed to it")
                    .hint("it may have been sent: wait for an answer or a report before it is sent again");
                self.leave_open(now, why);
                self.fall(Why::new("the modem fell silent after a message was handed to it"));
                self.recover(now, true);
            }
            _ => {
                let silent = Why::new("the modem gave no prompt for the text of the message");
                let why = sending.cancelled.clone().unwrap_or(silent);
                self.fail_current(now, &why);
                self.escape = true;
                self.recover(now, false);
            }
        }
    }

    /// A reference came while no message was waiting for one.
    pub(super) fn came_late(&mut self, said: &str) {
        let Some(late) = self.late.take() else { return };
        if late.is_last {
            let mut references = late.references;
            references.extend(reference(said));
            self.events.push_back(Event::Accepted(late.id, references));
        }
    }

    /// A refusal came for a message that was given up waiting for. Says whether it was one.
    pub(super) fn late_refusal(&mut self, end: &Final) -> bool {
        let Phase::Recovering(_) = self.phase else { return false };
        let is_refusal = matches!(end, Final::Cms(..));
        if is_refusal
            && let Verdict::Rejected { temporary } = end.verdict()
            && let Some(late) = self.late.take()
        {
            let temporary = temporary && late.references.is_empty();
            self.events.push_back(Event::Rejected {
                id: late.id,
                why: end.why("the message was handed to it, late"),
                temporary,
            });
        }
        is_refusal
    }

    fn take_back_at(&mut self, now: Duration, at: usize, why: Why) {
        match self.sends.get_mut(at) {
            Some(sending) if sending.stage == Stage::Waiting => {
                let id = sending.id;
                self.sends.remove(at);
                self.events.push_back(Event::NotSent(id, why));
            }
            Some(sending) if sending.cancelled.is_none() => {
                sending.cancelled = Some(why);
                if sending.stage == Stage::Prompted {
                    self.cancel(now);
                }
            }
            _ => {}
        }
    }

    /// Cancels at the prompt.
    fn cancel(&mut self, now: Duration) {
        if let (Some(sending), Some(flight)) = (self.sends.front_mut(), &mut self.flight) {
            sending.stage = Stage::Cancelled;
            flight.until = Some(now + CANCELLING);
            self.write(vec![0x1B]);
        }
    }

    /// Writes the text with its 0x1A: from here on the message may be sent.
    fn write_text(&mut self, now: Duration) {
        let accept = self.options.accept.unwrap_or(self.manner.accept);
        let Some(sending) = self.sends.front_mut() else { return };
        let Some(part) = sending.parts.get(sending.at) else { return };
        let mut bytes = part.hex.clone().into_bytes();
        bytes.push(0x1A);
        sending.stage = Stage::Written;
        self.late = None;
        if let Some(flight) = &mut self.flight {
            flight.text.clone_from(&part.hex);
            flight.until = Some(now + accept);
        }
        self.write(bytes);
    }

    /// `AT+CMGS` itself was refused: nothing was written.
    fn refused_early(&mut self, now: Duration, end: &Final) {
        self.flight = None;
        self.quiet_until = now + self.manner.gap;
        let Some(sending) = self.sends.front_mut() else { return };
        if end.is_busy() && sending.waits < WAITS && sending.cancelled.is_none() && self.closing.is_none() {
            sending.waits += 1;
            sending.stage = Stage::Waiting;
            sending.not_before = now + PAUSE;
            return;
        }
        self.fail_current(now, &end.why("the message was announced to it"));
        self.settle_refusal(now, end);
    }

    /// What a refusal means for what comes after.
    fn settle_refusal(&mut self, now: Duration, end: &Final) {
        if end.is_sim() {
            self.stop(now, end.why("a message was to be sent"));
        } else {
            // A prompt may stand open in spite of the refusal.
            self.escape = true;
        }
    }

    /// The text was written, and an end came.
    fn submission_ended(&mut self, now: Duration, end: &Final) {
        let Some(sending) = self.sends.front_mut() else { return };
        if end.is_ok() {
            if sending.reference.is_some() {
                return self.taken(now);
            }
            sending.ended = true;
            if let Some(flight) = &mut self.flight {
                flight.until = flight.until.map(|until| until.min(now + HALF));
            }
            return;
        }
        if sending.reference.is_some() {
            // The reference says that the network has it, whatever comes behind.
            return self.taken(now);
        }
        self.flight = None;
        self.quiet_until = now + self.manner.gap;
        let why = end.why("the message was handed to it");
        match end.verdict() {
            Verdict::Unknown => {
                self.leave_open(now, why.hint("it may have been sent: it is not sent again by itself"))
            }
            Verdict::Rejected { temporary } => {
                if let Some(sending) = self.sends.pop_front() {
                    self.events.push_back(rejected(&sending, why, temporary));
                }
                if end.is_sim() {
                    self.stop(now, end.why("a message was to be sent"));
                }
            }
        }
    }

    /// The network took the part at hand.
    fn taken(&mut self, now: Duration) {
        self.flight = None;
        self.quiet_until = now + self.manner.gap;
        let Some(sending) = self.sends.front_mut() else { return };
        sending.references.extend(sending.reference.take().flatten());
        sending.at += 1;
        if sending.at < sending.parts.len() {
            sending.stage = Stage::Waiting;
            sending.not_before = now;
            sending.waits = 0;
        } else if let Some(sending) = self.sends.pop_front() {
            self.events.push_back(Event::Accepted(sending.id, sending.references));
        }
    }

    /// The message at hand may have been sent.
    fn leave_open(&mut self, now: Duration, why: Why) {
        self.flight = None;
        self.quiet_until = now + self.manner.gap;
        if self.sends.front().is_some_and(|sending| sending.reference.is_some()) {
            self.taken(now);
            return;
        }
        let Some(sending) = self.sends.pop_front() else { return };
        let is_last = sending.at + 1 == sending.parts.len();
        let why = if sending.parts.len() > 1 { why.after(&sending.part()) } else { why };
        self.events.push_back(Event::Unknown(sending.id, why));
        self.late = Some(Late { id: sending.id, references: sending.references, is_last });
    }
}

/// The end of a message of which the part at hand was never written. If an earlier part was, the whole was sent in part.
fn not_sent(sending: &Sending, why: Why) -> Event {
    if sending.at == 0 {
        return Event::NotSent(sending.id, why);
    }
    rejected(sending, why, false)
}

fn rejected(sending: &Sending, why: Why, temporary: bool) -> Event {
    let id = sending.id;
    if sending.parts.len() == 1 {
        return Event::Rejected { id, why, temporary };
    }
    // What was accepted before cannot be called back, and the next try would send it again.
    let temporary = temporary && sending.at == 0;
    Event::Rejected { id, why: why.after(&format!("{} was not sent", sending.part())), temporary }
}

/// A reference as a decimal number, where there is one.
fn reference(said: &str) -> Option<String> {
    fields(said).first().and_then(|field| number(field)).map(|reference| reference.to_string())
}
