//! The network: registration, signal, and the number of the service centre.

use std::time::Duration;

use super::super::about::Registration;
use super::super::codes::Final;
use super::super::fields::{fields, text};
use super::super::flight::Flight;
use super::super::host::{Host, Phase};
use super::super::{Purpose, Why};
use super::first_number;

/// How long a service centre that is not there is waited for: some modems read it late.
const CENTRE: Duration = Duration::from_secs(8);
/// How long a missing network is not told: a modem that has just started needs a while.
const SEARCHING: Duration = Duration::from_secs(6);
/// Below this `+CSQ` messages may fail.
const WEAK: u8 = 5;

impl Host {
    /// One of the three answers about the network.
    pub(super) fn registration_told(&mut self, now: Duration, which: u8, told: Option<Registration>) {
        let Phase::Opening(opening) = &mut self.phase else { return };
        opening.found[usize::from(which) % 3] = told;
        if told.is_some_and(Registration::is_good) {
            self.about.registration = told;
            return self.go_on(now);
        }
        opening.which = (which + 1) % 3;
        if opening.which != 0 {
            return;
        }
        // All three were asked. The gravest word counts; a modem that says nothing is believed to be served.
        let told = opening.found.into_iter().flatten();
        let gravest = told.max_by_key(|state| (state.is_refused(), state.0 == 2, state.0));
        let has_waited = now >= opening.since + SEARCHING;
        opening.wait(now);
        self.about.registration = gravest;
        match gravest {
            None => self.go_on(now),
            Some(state) if self.options.purpose == Purpose::Look => self.obstacle(now, unserved(state)),
            Some(state) if state.is_refused() || has_waited => self.fall(unserved(state)),
            Some(_) => {}
        }
    }

    pub(super) fn centre_ended(&mut self, now: Duration, flight: &Flight, end: &Final) {
        let centre =
            flight.said().map(|said| text(fields(said).first().copied().unwrap_or_default()).to_owned());
        let is_there = centre.as_ref().is_some_and(|centre| !centre.is_empty());
        if !is_there && (centre.is_some() || !end.is_ok()) && self.once_more(now, CENTRE) {
            return;
        }
        self.about.service_centre = centre;
        if self.about.service_centre.as_deref() == Some("") {
            return self.obstacle(
                now,
                Why::new("the modem has no number of a service centre, so nothing can be sent")
                    .hint("set the one that the operator names, with AT+CSCA=\"+…\",145"),
            );
        }
        self.go_on(now);
    }

    pub(super) fn signal_told(&mut self, said: &str) {
        self.about.signal = first_number(said);
        if let Some(signal) = self.about.signal.filter(|signal| *signal < WEAK) {
            let dbm = self.about.dbm().unwrap_or_default();
            self.note(
                Why::new(format!("the signal is weak: {dbm} dBm (+CSQ {signal}), so messages may fail"))
                    .hint("move the modem or its antenna"),
            );
        }
    }
}

/// Why nothing can be sent in this state.
pub(in super::super) fn unserved(state: Registration) -> Why {
    let why = Why::new(format!("the modem is {state}"));
    if state.is_refused() {
        why.hint("ask the operator whether the SIM card is active, and whether it takes this kind of modem")
    } else {
        why.hint("check antenna and coverage; it goes on by itself once there is a network")
    }
}
