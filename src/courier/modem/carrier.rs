//! The thread of a modem that carries messages: orders in, the dialogue, news out; and when the port went away, a look
//! for it now and then. What is sent when, and what an outcome means, is decided by the engine and the dialogue.

use std::io;
use std::sync::mpsc::{Receiver, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::carriage::Carriage;
use super::home::Home;
use super::wire::{Dialogue, Input, Wire, open_into};
use super::{ModemOptions, SPEED, Tell};
use crate::engine::{Cause, News, Order};
use crate::modem::Purpose;
use crate::units::show_duration;

/// How often a port that went away is looked for.
const LOOK: Duration = Duration::from_millis(500);
/// How long a port that went away is waited for when nobody says: time enough for a person to see it and plug it in.
const AWAY: Duration = Duration::from_secs(5 * 60);

/// Starts the thread. What another port is to tell comes by `heard`.
pub(super) fn start(
    port: &str,
    wire: Wire,
    inputs: Receiver<Input>,
    heard: Sender<Input>,
    options: ModemOptions,
    tell: Tell,
) -> io::Result<JoinHandle<()>> {
    let dialogue = Dialogue::new(wire, inputs, options.dialogue(Purpose::Carry));
    let carriage = Carriage::new(&options);
    let home = Home::of(port);
    let mut carrier = Carrier { dialogue, carriage, home, heard, options, tell, closes: false };
    thread::Builder::new().name("modem".to_owned()).spawn(move || carrier.run())
}

struct Carrier {
    dialogue: Dialogue,
    carriage: Carriage,
    home: Home,
    heard: Sender<Input>,
    options: ModemOptions,
    tell: Tell,
    /// It was told to end.
    closes: bool,
}

impl Carrier {
    fn run(&mut self) {
        loop {
            self.talk();
            if self.closes || !self.carriage.is_away() || !self.comes_back() {
                return;
            }
        }
    }

    /// Leads one dialogue to its end.
    fn talk(&mut self) {
        self.dialogue.host.tick(self.dialogue.now());
        let mut noted = false;
        loop {
            while let Some(event) = self.dialogue.event() {
                if self.dialogue.is_lost() && !self.closes && !std::mem::replace(&mut noted, true) {
                    self.carriage.lost();
                }
                self.carriage.news(event).into_iter().for_each(&mut self.tell);
            }
            if self.dialogue.host.is_closed() || self.carriage.is_over() {
                return;
            }
            if let Some(order) = self.dialogue.wait() {
                self.obey(order);
            }
        }
    }

    fn obey(&mut self, order: Order) {
        self.closes |= order == Order::Close;
        let now = self.dialogue.now();
        if let Some(news) = self.carriage.obey(&mut self.dialogue.host, now, order) {
            (self.tell)(news);
        }
    }

    /// Waits for the port. Whether there is one to talk to.
    fn comes_back(&mut self) -> bool {
        self.dialogue.let_go();
        let patience = self.options.away.unwrap_or(AWAY);
        let until = Instant::now() + patience;
        while Instant::now() < until {
            if let Some(order) =
                self.dialogue.order(LOOK.min(until.saturating_duration_since(Instant::now())))
            {
                self.obey(order);
                if self.closes {
                    return false;
                }
                continue;
            }
            let speed = self.options.baud.unwrap_or(SPEED);
            // While it is being set up it may not be permitted yet; the next look may find it ready.
            let found = self.home.found().and_then(|port| open_into(port, speed, self.heard.clone()).ok());
            if let Some(wire) = found {
                self.dialogue.renew(wire, self.options.dialogue(Purpose::Carry));
                self.carriage.back();
                return true;
            }
        }
        let cause = Cause::new(format!("the modem did not come back within {}", show_duration(patience)))
            .hint("plug it in, and go on with `homing batch resume` where it was a batch");
        (self.tell)(News::Down { cause, last: true });
        false
    }
}
