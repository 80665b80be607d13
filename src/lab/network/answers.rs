//! What comes back: the answers of trackers, as faults let them, and reports about messages.

use super::journey::{Journey, Origin, Receipt};
use super::mobile::Heard;
use super::numbers::{Place, STRANGER};
use super::{Network, Output, address};
use crate::lab::event::{Event, Now};
use crate::lab::fault::FaultKind;
use crate::lab::modem::Incoming;
use crate::sms::{Deliver, Status, StatusReport, Timestamp, UserData, split};

/// How old an answer is, when that fault strikes: an hour, in seconds.
const STALE: i64 = 3600;

/// How far the reference of a wrong report is off.
const WRONG: u8 = 3;

/// TP-ST of what was delivered, and of what never will be (TS 23.040 section 9.2.3.15).
const RECEIVED: Status = Status(0x00);
const NOT_OBTAINABLE: Status = Status(0x43);

impl Network {
    /// A tracker or the echo heard something whole.
    pub(super) fn react(
        &mut self,
        number: &str,
        deliver: &Deliver,
        heard: Option<Heard>,
        now: Now,
        out: &mut Vec<Output>,
    ) {
        let Some(Heard { text, answer, changed, note, call }) = heard else { return };
        let from = deliver.originator.to_string();
        let to = number.to_owned();
        out.push(Output::Log(Event::Deliver { to, from: from.clone(), text, note, changed }));
        out.extend(call.map(Output::Call));
        if let Some(answer) = answer {
            self.answer(number, &from, answer, now, out);
        }
    }

    /// Nobody has this number.
    pub(super) fn lose(&self, number: String, deliver: &Deliver, out: &mut Vec<Output>) {
        out.push(Output::Log(Event::Deliver {
            to: number,
            from: deliver.originator.to_string(),
            text: deliver.user_data.text(),
            note: "nobody has this number".to_owned(),
            changed: Vec::new(),
        }));
    }

    /// Sends an answer. Only modems and gateways get one: two trackers would talk for ever.
    fn answer(&mut self, from: &str, to: &str, text: String, now: Now, out: &mut Vec<Output>) {
        let place = self.place(to);
        if self.strikes(FaultKind::SilentAnswers, out)
            || !matches!(place, Place::Modem(_) | Place::Gateway(_))
        {
            return;
        }
        let from = if self.strikes(FaultKind::AnswerFromOtherNumber, out) { STRANGER } else { from };
        let text = if self.strikes(FaultKind::HostileAnswer, out) { hostile(&text) } else { text };
        let times = if self.strikes(FaultKind::AnswerDoubled, out) { 2 } else { 1 };
        for _ in 0..times {
            self.say(from, place, to, &text, now, out);
        }
    }

    /// Sends a text of a tracker, in as many messages as it takes.
    fn say(&mut self, from: &str, place: Place, to: &str, text: &str, now: Now, out: &mut Vec<Output>) {
        let Ok(parts) = split(text, self.next_reference()) else { return };
        let event = Event::Answer {
            from: from.to_owned(),
            to: to.to_owned(),
            text: text.to_owned(),
            parts: parts.parts.len(),
        };
        out.push(Output::Log(event));
        let mut parts = parts.parts;
        if parts.len() > 1 && self.strikes(FaultKind::PartsOutOfOrder, out) {
            parts.reverse();
        }
        for part in parts {
            self.answer_part(from, place, to, part, now, out);
        }
    }

    fn answer_part(
        &mut self,
        from: &str,
        place: Place,
        to: &str,
        part: UserData,
        now: Now,
        out: &mut Vec<Output>,
    ) {
        let stale = if self.strikes(FaultKind::StaleAnswer, out) { STALE } else { 0 };
        let time = Timestamp::from_unix(self.stamp(from, now) - stale, 0);
        let (Some(originator), Some(time)) = (address(from), time) else { return };
        let what = Incoming::Message(Deliver::new(originator, time, part));
        self.send(Journey { to: place, number: to.to_owned(), what, receipt: None }, now, out);
    }

    /// The service centre's time of the next answer from a number, in seconds. A real tracker takes seconds for each, so
    /// that no two of its answers have the same; two that are alike and of one second are one that came twice.
    fn stamp(&mut self, from: &str, now: Now) -> i64 {
        let second = now.wall_ms.div_euclid(1000);
        let last = self.stamps.entry(from.to_owned()).or_insert(i64::MIN);
        *last = second.max(last.saturating_add(1));
        *last
    }

    /// Tells whoever sent a message what became of it.
    pub(super) fn report(&mut self, receipt: Receipt, delivered: bool, now: Now, out: &mut Vec<Output>) {
        let Receipt { origin, reference, about, taken } = receipt;
        match origin {
            Origin::Gateway(id) => self.post.arrived(id, delivered),
            Origin::Modem(_) if self.strikes(FaultKind::ReportLost, out) => {}
            Origin::Modem(modem) => {
                let wrong = self.strikes(FaultKind::ReportWrong, out);
                let reference = if wrong { reference.wrapping_add(WRONG) } else { reference };
                let Some(reached) = Timestamp::from_unix(now.wall_ms.div_euclid(1000), 0) else { return };
                let status = if delivered { RECEIVED } else { NOT_OBTAINABLE };
                let report = StatusReport::new(reference, about, [taken, reached], status);
                let number = super::modem_number(modem);
                let what = Incoming::Report(report);
                self.send(Journey { to: Place::Modem(modem), number, what, receipt: None }, now, out);
            }
        }
    }
}

/// What would start a spreadsheet's formula, clear a screen, and end a line.
fn hostile(text: &str) -> String {
    format!("=1+1;\u{1b}[2J\u{7}{text}\r\n\u{8}\u{202e}")
}
