//! The thread of a modem that carries messages: orders in, the dialogue, news out.
//! It translates only; what is sent when, and what an outcome means, is decided by the engine and the dialogue.

use std::io;
use std::sync::mpsc::Receiver;
use std::thread::{self, JoinHandle};

use super::carriage::Carriage;
use super::wire::{Dialogue, Input, Wire};
use super::{ModemOptions, Tell};
use crate::modem::Purpose;

/// Starts the thread.
pub(super) fn start(
    wire: Wire,
    inputs: Receiver<Input>,
    options: &ModemOptions,
    tell: Tell,
) -> io::Result<JoinHandle<()>> {
    let dialogue = Dialogue::new(wire, inputs, options.dialogue(Purpose::Carry));
    let mut carrier = Carrier { dialogue, carriage: Carriage::new(options), tell };
    thread::Builder::new().name("modem".to_owned()).spawn(move || carrier.run())
}

struct Carrier {
    dialogue: Dialogue,
    carriage: Carriage,
    tell: Tell,
}

impl Carrier {
    fn run(&mut self) {
        self.dialogue.host.tick(self.dialogue.now());
        loop {
            while let Some(event) = self.dialogue.event() {
                if let Some(news) = Carriage::news(event) {
                    (self.tell)(news);
                }
            }
            if self.dialogue.host.is_closed() {
                return;
            }
            if let Some(order) = self.dialogue.wait() {
                let now = self.dialogue.now();
                if let Some(news) = self.carriage.obey(&mut self.dialogue.host, now, order) {
                    (self.tell)(news);
                }
            }
        }
    }
}
