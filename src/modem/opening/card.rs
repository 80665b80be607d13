//! The SIM card: what it waits for, and its PIN, which is entered once at most and never as the last try.

use std::time::Duration;

use super::super::about::{self, Card};
use super::super::codes::Final;
use super::super::flight::Flight;
use super::super::host::Host;
use super::super::quirks::tries_left;
use super::super::{Purpose, Why};
use super::Step;

pub(super) const PIN_BY_HAND: &str = "enter the PIN, or switch it off, with the SIM card in a telephone";

impl Host {
    /// What the SIM card waits for.
    pub(super) fn card_ended(&mut self, now: Duration, flight: &Flight, end: &Final) {
        self.about.card = match (flight.said(), end) {
            (Some(said), _) => Card::of(said),
            (None, Final::Cme(Some(11), _) | Final::Cms(Some(311), _)) => Card::Pin,
            (None, Final::Cme(Some(12), _) | Final::Cms(Some(316), _)) => Card::Puk,
            (None, end) if end.is_sim() => Card::Absent(end.why("its SIM card was asked for").sentence),
            (None, _) => Card::Unsaid,
        };
        match self.about.card.clone() {
            Card::Ready | Card::Unsaid => self.go_on(now),
            Card::Pin => self.pin_wanted(now),
            Card::Puk => self.obstacle(
                now,
                Why::new("the SIM card is locked and wants its PUK")
                    .hint("put it into a telephone and enter PUK and a new PIN there"),
            ),
            Card::Other(code) => {
                self.obstacle(now, Why::new(format!("the modem waits for the code {code:?}")))
            }
            Card::Absent(said) => {
                let hint = "put a SIM card in, or the modem into another slot, then start again";
                self.obstacle(now, Why::new(said).hint(hint));
            }
        }
    }

    fn pin_wanted(&mut self, now: Duration) {
        if self.pin_entered {
            // A card that was just opened can need a moment to say so.
            if !self.once_more(now, Duration::from_secs(10)) {
                let why = Why::new("the SIM card wants its PIN again, and it is never entered twice");
                self.locked(now, why.hint(PIN_BY_HAND));
            }
            return;
        }
        match &self.options.pin {
            None => self.obstacle(
                now,
                Why::new("the SIM card waits for its PIN, and none was given")
                    .hint("give it with pin=env:NAME or pin=file:PATH behind the port, or switch it off in a telephone"),
            ),
            Some(pin) if !is_pin(pin.expose()) => {
                self.locked(now, Why::new("the PIN that was given is not 4 to 8 digits, so it was not entered"));
            }
            Some(_) => self.go_to(now, Step::Tries),
        }
    }

    /// The card stays locked. Whoever only looks is told the rest all the same.
    fn locked(&mut self, now: Duration, why: Why) {
        if self.options.purpose == Purpose::Look {
            self.note(why);
            // Behind the card, whose lock would only be met again.
            self.go_to(now, Step::Card.next());
        } else {
            self.stop(now, why);
        }
    }

    /// How many tries are left: without knowing, or as the last one, a PIN is not entered.
    pub(super) fn tries_ended(&mut self, now: Duration, step: Step, flight: &Flight) {
        match tries_left(&flight.info) {
            None if step == Step::Tries && self.manner.tries.is_some() => self.go_on(now),
            None => self.locked(
                now,
                Why::new("the modem does not tell how many tries the PIN has left, so it was not entered")
                    .hint(PIN_BY_HAND),
            ),
            Some(0 | 1) => self.locked(
                now,
                Why::new("the PIN has one try left, so it was not entered: a wrong one locks the card")
                    .hint(PIN_BY_HAND),
            ),
            Some(_) => self.go_to(now, Step::EnterPin),
        }
    }

    pub(super) fn pin_ended(&mut self, now: Duration, end: &Final) {
        if end.is_ok() {
            return self.go_to(now, Step::Card);
        }
        let why = end.why("the PIN was entered");
        self.locked(
            now,
            why.hint("check the PIN; it is not entered again by itself, as three wrong ones lock the card"),
        );
    }

    pub(super) fn card_number_ended(&mut self, now: Duration, which: u8, flight: &Flight) {
        self.about.iccid = about::card_number(&flight.info);
        if self.about.iccid.is_none() && which < 2 {
            self.go_to(now, Step::CardNumber(which + 1));
        } else {
            self.go_on(now);
        }
    }
}

/// A PIN is 4 to 8 digits (TS 31.101 section 9.5.1); nothing else may get into a command.
fn is_pin(text: &str) -> bool {
    (4..=8).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}
