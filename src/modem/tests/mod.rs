//! The dialogue against scripted modems, in simulated time. Vectors of real modems are read from the folder beside the
//! project where it is present, and are not part of it.

mod fake;
mod laws;
mod opening;
mod receiving;
mod sending;
mod vectors;

use std::time::Duration;

use super::{Event, Host, Options, Purpose, SendId};
use crate::sms::{Address, AtPdu, Message, Pdu, Reference, Submit, UserData, split};
use fake::Fake;

/// A dialogue and a modem, joined byte to byte.
struct Pair {
    host: Host,
    fake: Fake,
    now: Duration,
    events: Vec<Event>,
}

impl Pair {
    fn new(fake: Fake, options: Options) -> Self {
        let mut pair =
            Self { host: Host::new(Duration::ZERO, options), fake, now: Duration::ZERO, events: Vec::new() };
        pair.host.tick(pair.now);
        pair.exchange();
        pair
    }

    /// One that has come up.
    fn ready(fake: Fake) -> Self {
        let mut pair = Self::new(fake, Options::default());
        pair.until(|event| matches!(event, Event::Up(_)));
        pair.events.clear();
        pair
    }

    /// Carries bytes to and fro until both are still.
    fn exchange(&mut self) {
        loop {
            let mut quiet = true;
            while let Some(bytes) = self.host.say() {
                quiet = false;
                self.fake.hear(self.now, &bytes);
            }
            while let Some(bytes) = self.fake.say(self.now) {
                quiet = false;
                self.host.hear(self.now, &bytes);
            }
            while let Some(event) = self.host.event() {
                self.events.push(event);
            }
            if quiet {
                return;
            }
        }
    }

    /// Lets time pass to the next thing that happens. Says whether there is one.
    fn step(&mut self) -> bool {
        let next = [self.host.deadline(), self.fake.deadline()].into_iter().flatten().min();
        let Some(at) = next else { return false };
        self.now = self.now.max(at);
        self.host.tick(self.now);
        self.exchange();
        true
    }

    /// Lets time pass until such an event came; panics when none comes within an hour.
    fn until(&mut self, wanted: impl Fn(&Event) -> bool) -> Event {
        let end = self.now + Duration::from_secs(3600);
        let mut seen = 0;
        for _ in 0..20_000 {
            while let Some(event) = self.events.get(seen) {
                if wanted(event) {
                    return event.clone();
                }
                seen += 1;
            }
            if self.now > end || !self.step() {
                break;
            }
        }
        panic!("it did not happen; what did: {:#?}, said: {:#?}", self.events, self.fake.said);
    }

    /// Lets so much time pass.
    fn pass(&mut self, time: Duration) {
        let end = self.now + time;
        for _ in 0..20_000 {
            let next = [self.host.deadline(), self.fake.deadline()].into_iter().flatten().min();
            if next.is_none_or(|at| at > end) {
                self.now = end;
                self.host.tick(end);
                return self.exchange();
            }
            self.step();
        }
        panic!("time does not pass: {:?}", self.host);
    }

    fn submit(&mut self, id: u64, text: &str) {
        self.host.submit(self.now, SendId(id), pdus(text));
        self.exchange();
    }

    fn release(&mut self, id: u64) {
        self.host.release(self.now, SendId(id));
        self.exchange();
    }

    /// Hands a text over and lets it out.
    fn send(&mut self, id: u64, text: &str) {
        self.submit(id, text);
        self.until(|event| *event == Event::Prompt(SendId(id)));
        self.release(id);
    }

    /// How often an event came that fits.
    fn count(&self, wanted: impl Fn(&Event) -> bool) -> usize {
        self.events.iter().filter(|event| wanted(event)).count()
    }
}

/// A text to a number that is set aside for stories, as PDUs.
fn pdus(text: &str) -> Vec<AtPdu> {
    let template = Submit::new(Address::e164("+447700900123").unwrap(), UserData::from_text(""));
    let submits = split(text, Reference::Bits8(7)).unwrap().submits(&template);
    let pdu = |submit| Pdu { service_centre: None, message: Message::Submit(submit) }.to_at().unwrap();
    submits.into_iter().map(pdu).collect()
}

fn looking() -> Options {
    Options { purpose: Purpose::Look, ..Options::default() }
}
