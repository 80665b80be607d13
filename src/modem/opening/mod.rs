//! Getting a modem ready, step by step: is it there, who is it, its SIM card, its network, PDU mode, stores, notices.
//! A step that a modem refuses is passed over unless nothing can be sent without it; the PIN is entered once at most.

mod card;
mod network;
mod step;

pub(super) use network::unserved;
pub(crate) use step::Step;
pub(super) use step::{Opening, REGISTRATIONS, registration_words};

use std::time::Duration;

use super::about::{self, Store};
use super::codes::Final;
use super::fields::{fields, number};
use super::flight::{Ask, Flight};
use super::host::{Host, Phase};
use super::quirks::Manner;
use super::receiving::told;
use super::{Event, Purpose, Why};
use card::PIN_BY_HAND;

/// `AT` is asked so often before a port counts as one without a modem.
const ATTENTIONS: u8 = 5;
/// A modem can be silent for so long that still hands over a message of a program that was killed.
const BUSY: Duration = Duration::from_secs(60);
/// A modem that has just started is busy with its SIM card for so long.
const STARTING: Duration = Duration::from_secs(60);
/// Silence so often in a row is no hiccup; each step is asked twice.
const SILENCES: u8 = 6;

/// The settings of `+CNMI` that are tried where the modem does not tell which it has.
const INDICATIONS: [&str; 5] = ["2,1,0,1,0", "2,1,0,2,0", "2,1,0,0,0", "2,1", "1,1"];

impl Host {
    /// The next question of the opening.
    pub(super) fn opening_ask(&mut self, now: Duration) -> Option<Ask> {
        let Phase::Opening(opening) = &self.phase else { return None };
        if now < opening.again_at {
            return None;
        }
        let (step, which) = (opening.step, opening.which);
        match step {
            Step::Drain => Some(Ask::Drain),
            Step::Done => {
                self.opened(now);
                None
            }
            _ if !self.is_wanted(step) => {
                self.go_on(now);
                None
            }
            Step::Registration => Some(Ask::Registration(which)),
            Step::Select => match self.stores.candidate() {
                Some(store) => Some(Ask::Select { store, whole: true }),
                None => {
                    self.note(
                        Why::new("the modem lets none of its stores be chosen")
                            .hint("messages it receives may not be found"),
                    );
                    self.go_on(now);
                    None
                }
            },
            step => Some(Ask::Step(step)),
        }
    }

    /// Nothing of before is on its way any more.
    pub(super) fn drained(&mut self, now: Duration) {
        if matches!(&self.phase, Phase::Opening(opening) if opening.step == Step::Drain) {
            self.go_on(now);
        }
    }

    /// The words of a step; none when it has none.
    pub(super) fn step_words(&self, step: Step) -> Option<String> {
        let Phase::Opening(opening) = &self.phase else { return None };
        let words = match step {
            Step::Attention => "AT".to_owned(),
            Step::Echo => "ATE0".to_owned(),
            Step::Verbose => "ATV1".to_owned(),
            Step::Errors => format!("AT+CMEE={}", 1 + opening.tries.min(1)),
            Step::Setting(which) => (*self.manner.settings.get(usize::from(which))?).to_owned(),
            Step::Tries => "AT+CPINR=\"SIM PIN\"".to_owned(),
            Step::MakersTries => self.manner.tries?.to_owned(),
            Step::EnterPin => format!("AT+CPIN=\"{}\"", self.options.pin.as_ref()?.expose()),
            Step::PduMode => "AT+CMGF=0".to_owned(),
            Step::Stores | Step::Indications => format!("AT{}=?", step.name()),
            Step::Indicate => format!("AT+CNMI={}", opening.choices.first()?),
            Step::Card | Step::ServiceCentre | Step::Service | Step::Filled | Step::Operator => {
                format!("AT{}?", step.name())
            }
            _ => format!("AT{}", step.name()),
        };
        Some(words)
    }

    /// Whether a step is for this modem and this purpose.
    fn is_wanted(&self, step: Step) -> bool {
        let is_carry = self.options.purpose == Purpose::Carry;
        match step {
            Step::Setting(_) => is_carry && self.step_words(step).is_some(),
            Step::MakersTries => self.manner.tries.is_some(),
            Step::Registration | Step::Operator | Step::Signal | Step::ServiceCentre | Step::OwnNumber => {
                self.options.purpose != Purpose::List
            }
            Step::Select => self.options.purpose != Purpose::Look,
            Step::Indications => is_carry,
            Step::Indicate => is_carry && self.step_words(step).is_some(),
            _ => true,
        }
    }

    /// To the next step.
    fn go_on(&mut self, now: Duration) {
        if let Phase::Opening(opening) = &mut self.phase {
            self.phase = Phase::Opening(Opening {
                step: opening.step.next(),
                choices: std::mem::take(&mut opening.choices),
                silences: opening.silences,
                ..Opening::at(now, opening.step, opening.again)
            });
        }
    }

    fn go_to(&mut self, now: Duration, step: Step) {
        if let Phase::Opening(opening) = &mut self.phase {
            self.phase = Phase::Opening(Opening::at(now, step, opening.again));
        }
    }

    /// Asks the step at hand once more after a pause, for as long as `patience` is not over. Says whether it does.
    fn once_more(&mut self, now: Duration, patience: Duration) -> bool {
        let looks = self.options.purpose == Purpose::Look;
        let Phase::Opening(opening) = &mut self.phase else { return false };
        let is_over = now >= opening.since + patience || (looks && opening.tries >= 2);
        if !is_over {
            opening.wait(now);
        }
        !is_over
    }

    /// Nothing can be sent with this modem as it is. One who only looks sees the rest.
    fn obstacle(&mut self, now: Duration, why: Why) {
        if self.options.purpose == Purpose::Carry {
            self.stop(now, why);
        } else {
            self.note(why);
            self.go_on(now);
        }
    }

    /// A step's answer is complete, or did not come.
    pub(super) fn step_ended(&mut self, now: Duration, step: Step, flight: &Flight, end: Option<&Final>) {
        if matches!(&self.phase, Phase::Opening(opening) if opening.step != step) {
            return;
        }
        if step == Step::Attention {
            return self.attention_ended(now, end);
        }
        let Some(end) = end else { return self.step_silent(now, step, flight) };
        if let Phase::Opening(opening) = &mut self.phase {
            opening.silences = 0;
        }
        if end.is_busy() && self.once_more(now, STARTING) {
            return;
        }
        match step {
            Step::Errors => self.errors_ended(now, end),
            Step::Setting(which) if !end.is_ok() => self.go_to(now, Step::Setting(which.saturating_add(1))),
            Step::Card => self.card_ended(now, flight, end),
            Step::Tries | Step::MakersTries => self.tries_ended(now, step, flight),
            Step::EnterPin => self.pin_ended(now, end),
            Step::CardNumber(which) => self.card_number_ended(now, which, flight),
            Step::ServiceCentre => self.centre_ended(now, flight, end),
            Step::PduMode => self.pdu_mode_ended(now, end),
            Step::Indications => self.indications_ended(now, flight),
            Step::Indicate => self.indicate_ended(now, end),
            _ => {
                self.learn(step, flight);
                self.go_on(now);
            }
        }
    }

    /// `AT` was answered or not.
    fn attention_ended(&mut self, now: Duration, end: Option<&Final>) {
        if end.is_some_and(Final::is_ok) {
            return self.go_on(now);
        }
        let Phase::Opening(opening) = &mut self.phase else { return };
        opening.tries = opening.tries.saturating_add(1);
        opening.again_at = now + Duration::from_millis(300);
        // If it waits for the text of a message, it takes `AT` for that.
        self.escape |= opening.tries % 4 == 2;
        if opening.tries < ATTENTIONS {
            return;
        }
        if opening.again {
            return self.recover(now, true);
        }
        let is_over = self.options.purpose != Purpose::Carry || now >= opening.since + BUSY;
        let why = Why::new("nothing at this port answers AT as a modem does").hint(
            "a modem has several ports, and one or two of them take commands: try the others; or give the line speed with baud=",
        );
        if is_over { self.stop(now, why) } else { self.fall(why) }
    }

    /// A step was not answered. Its answer may still come, and must not be taken for the next one's.
    fn step_silent(&mut self, now: Duration, step: Step, flight: &Flight) {
        self.escape = true;
        let Phase::Opening(opening) = &mut self.phase else { return };
        opening.silences += 1;
        let is_first = opening.silences % 2 == 1;
        match step {
            Step::EnterPin => {
                let why = Why::new("the modem did not say whether it took the PIN");
                return self.stop(now, why.hint(PIN_BY_HAND));
            }
            Step::Tries | Step::MakersTries => return self.tries_ended(now, step, flight),
            _ if opening.silences >= SILENCES => {}
            Step::Registration => {
                let which = opening.which;
                return self.registration_told(now, which, None);
            }
            Step::Card | Step::PduMode => return,
            _ if is_first => return,
            _ => return self.go_on(now),
        }
        let Phase::Opening(opening) = &self.phase else { return };
        if opening.again || self.options.purpose == Purpose::Carry {
            self.fall(
                Why::new("the modem fell silent while it was set up").hint("unplug it and plug it in again"),
            );
            self.recover(now, true);
        } else {
            self.stop(now, Why::new("the modem fell silent while it was asked about itself"));
        }
    }

    fn errors_ended(&mut self, now: Duration, end: &Final) {
        match &mut self.phase {
            Phase::Opening(opening) if !end.is_ok() && opening.tries == 0 => opening.tries = 1,
            _ => self.go_on(now),
        }
    }

    /// What an answer tells that stops nothing.
    fn learn(&mut self, step: Step, flight: &Flight) {
        let (info, name) = (&flight.info[..], step.name());
        let said = flight.said().unwrap_or_default();
        match step {
            Step::Maker => self.about.manufacturer = about::plain(info, name),
            Step::Model => {
                self.about.model = about::plain(info, name);
                self.manner = Manner::of(self.about.manufacturer.as_deref(), self.about.model.as_deref());
                self.about.answer_within = self.manner.answer_within;
                for note in self.manner.notes.clone() {
                    self.note(Why::new(note));
                }
            }
            Step::Revision => self.about.revision = about::plain(info, name),
            Step::Serial => self.about.imei = about::digits(info, name),
            Step::Subscriber => self.about.imsi = about::digits(info, name),
            Step::OwnNumber => self.about.number = about::own_number(said),
            Step::Operator => self.about.operator = about::operator(said),
            Step::Signal => self.signal_told(said),
            Step::Service => self.about.service = first_number(said),
            Step::Stores => {
                let (read, receive) = about::stores(said);
                self.stores.known(&read, &receive);
                self.about.stores = read;
            }
            Step::Filled => {
                let chosen = self.stores.chosen().to_owned();
                self.about.store = Store::of(said, &chosen).or(self.about.store.take());
                // Who carries messages reads them first, and can say whose they are.
                if self.options.purpose == Purpose::Look {
                    self.warn_if_full();
                }
            }
            _ => {}
        }
    }

    /// A modem that has just started refuses PDU mode until its SIM card is read.
    fn pdu_mode_ended(&mut self, now: Duration, end: &Final) {
        if !end.is_ok() && self.once_more(now, STARTING) {
            return;
        }
        self.about.pdu_mode = Some(end.is_ok());
        if end.is_ok() {
            return self.go_on(now);
        }
        let why = end.why("PDU mode was asked for");
        self.obstacle(
            now,
            why.hint("this port or this modem takes no messages as PDUs: try its other ports"),
        );
    }

    fn indications_ended(&mut self, now: Duration, flight: &Flight) {
        let best = flight.said().and_then(about::indications);
        let rest = INDICATIONS.iter().map(|choice| (*choice).to_owned());
        let mut choices: Vec<String> = best.into_iter().collect();
        choices.extend(rest);
        if let Phase::Opening(opening) = &mut self.phase {
            opening.choices = choices;
        }
        self.go_on(now);
    }

    fn indicate_ended(&mut self, now: Duration, end: &Final) {
        if end.is_ok() {
            return self.go_on(now);
        }
        let Phase::Opening(opening) = &mut self.phase else { return };
        opening.choices.remove(0);
        if opening.choices.is_empty() {
            self.note(Why::new(
                "the modem does not announce messages; they are looked for from time to time",
            ));
        }
    }

    /// The answer to a question of the opening that others ask too.
    pub(super) fn opening_work_ended(&mut self, now: Duration, flight: &Flight, end: Option<&Final>) {
        let Phase::Opening(opening) = &mut self.phase else { return };
        let Some(end) = end else {
            let step = opening.step;
            return self.step_silent(now, step, flight);
        };
        opening.silences = 0;
        match (&flight.ask, opening.step) {
            (Ask::Select { .. }, Step::Select) if !(end.is_busy() && self.once_more(now, STARTING)) => {
                self.stores.tried(end.is_ok());
                if end.is_ok() {
                    self.learn(Step::Filled, flight);
                    self.go_on(now);
                }
            }
            (Ask::Registration(which), Step::Registration) => {
                self.registration_told(now, *which, told(*which, flight));
            }
            _ => {}
        }
    }

    /// Everything is as far as it gets.
    fn opened(&mut self, now: Duration) {
        if self.options.purpose == Purpose::Look {
            self.events.push_back(Event::Found(Box::new(self.about.clone())));
            self.events.push_back(Event::Closed);
            return self.end();
        }
        self.phase = Phase::Ready;
        self.begin_to_receive(now);
    }
}

fn first_number(said: &str) -> Option<u8> {
    fields(said).first().and_then(|field| number(field)).and_then(|value| u8::try_from(value).ok())
}
