//! The thread of a modem that carries messages: orders in, the dialogue, news out.
//! It translates only; what is sent when, and what an outcome means, is decided by the engine and the dialogue.

use std::io;
use std::sync::mpsc::Receiver;
use std::thread::{self, JoinHandle};

use super::texts::{Writer, cause, milliseconds, receipt, sender};
use super::wire::{Dialogue, Input, Wire};
use super::{ModemOptions, Tell, VALIDITY};
use crate::engine::{AttemptId, Capacity, Inbound, News, Order, Outcome, StoreKey};
use crate::modem::{About, Event, Key, Purpose, Received, SendId, Why};

/// Starts the thread.
pub(super) fn start(
    wire: Wire,
    inputs: Receiver<Input>,
    options: &ModemOptions,
    tell: Tell,
) -> io::Result<JoinHandle<()>> {
    let dialogue = Dialogue::new(wire, inputs, options.dialogue(Purpose::Carry));
    let writer = Writer::new(options.validity.unwrap_or(VALIDITY));
    let mut carrier = Carrier { dialogue, writer, tell };
    thread::Builder::new().name("modem".to_owned()).spawn(move || carrier.run())
}

struct Carrier {
    dialogue: Dialogue,
    writer: Writer,
    tell: Tell,
}

impl Carrier {
    fn run(&mut self) {
        self.dialogue.host.tick(self.dialogue.now());
        loop {
            while let Some(event) = self.dialogue.event() {
                self.happened(event);
            }
            if self.dialogue.host.is_closed() {
                return;
            }
            if let Some(order) = self.dialogue.wait() {
                self.obey(order);
            }
        }
    }

    fn obey(&mut self, order: Order) {
        let now = self.dialogue.now();
        let host = &mut self.dialogue.host;
        match order {
            Order::Hand { id, to, text } => match self.writer.write(&to, &text) {
                Ok(parts) => host.submit(now, SendId(id.0), parts),
                Err(cause) => (self.tell)(News::Outcome(id, Outcome::NotSent(cause))),
            },
            Order::Release(id) => host.release(now, SendId(id.0)),
            Order::Abort(id) => host.abort(now, SendId(id.0)),
            Order::Forget(key) => host.forget(now, Key(key.0)),
            Order::Ping => host.ping(now),
            Order::Close => host.close(now),
        }
    }

    fn happened(&mut self, event: Event) {
        let news = match event {
            Event::Up(about) => News::Up(capacity(&about)),
            Event::Prompt(id) => News::Prompt(AttemptId(id.0)),
            Event::Accepted(id, references) => ended(id, Outcome::Accepted { references }),
            Event::NotSent(id, why) => ended(id, Outcome::NotSent(cause(why))),
            Event::Rejected { id, why, temporary } => {
                ended(id, Outcome::Rejected { cause: cause(why), temporary })
            }
            Event::Unknown(id, why) => ended(id, Outcome::Unknown(cause(why))),
            Event::Message(received) => News::Inbound(inbound(received)),
            Event::Report { key, report } => News::Receipt(receipt(Some(StoreKey(key.0)), &report)),
            Event::Down { why, last } => News::Down { cause: cause(why), last },
            // What should be known of the modem is told with the next `Up`.
            Event::Note(_) | Event::Unreadable { .. } | Event::Found(_) | Event::Closed => return,
        };
        (self.tell)(news);
    }
}

fn ended(id: SendId, outcome: Outcome) -> News {
    News::Outcome(AttemptId(id.0), outcome)
}

fn capacity(about: &About) -> Capacity {
    Capacity {
        name: about.name(),
        imei: about.imei.clone(),
        imsi: about.imsi.clone(),
        number: about.number.clone(),
        warnings: about.notes.iter().map(words).collect(),
        answer_within: about.answer_within,
        two_way: true,
    }
}

/// A note with what to do about it.
pub(super) fn words(why: &Why) -> String {
    match &why.hint {
        Some(hint) => format!("{}: {hint}", why.sentence),
        None => why.sentence.clone(),
    }
}

fn inbound(received: Received) -> Inbound {
    Inbound {
        key: StoreKey(received.key.0),
        sender: sender(&received.sender),
        sent_ms: milliseconds(received.time),
        text: received.text,
        missing: received.missing,
        old: received.old,
    }
}
