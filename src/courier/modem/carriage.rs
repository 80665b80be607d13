//! Orders of the engine as what a modem's dialogue is told, and its events as news. Pure, so that the same translation
//! serves the thread of a real modem and a rehearsal in simulated time.

use std::time::Duration;

use super::texts::{Writer, cause, milliseconds, receipt, sender};
use super::{ModemOptions, VALIDITY};
use crate::engine::{AttemptId, Capacity, Inbound, News, Order, Outcome, StoreKey};
use crate::modem::{About, Event, Host, Key, Received, SendId, Why};

/// Translates between the engine and the dialogue with one modem.
#[derive(Debug)]
pub struct Carriage {
    writer: Writer,
}

impl Carriage {
    /// For a modem that is used so.
    #[must_use]
    pub fn new(options: &ModemOptions) -> Self {
        Self { writer: Writer::new(options.validity.unwrap_or(VALIDITY)) }
    }

    /// Tells the dialogue what the engine wants. What can be said at once comes back: a text that cannot be sent.
    pub fn obey(&mut self, host: &mut Host, now: Duration, order: Order) -> Option<News> {
        match order {
            Order::Hand { id, to, text } => match self.writer.write(&to, &text) {
                Ok(parts) => host.submit(now, SendId(id.0), parts),
                Err(cause) => return Some(News::Outcome(id, Outcome::NotSent(cause))),
            },
            Order::Release(id) => host.release(now, SendId(id.0)),
            Order::Abort(id) => host.abort(now, SendId(id.0)),
            Order::Forget(key) => host.forget(now, Key(key.0)),
            Order::Ping => host.ping(now),
            Order::Close => host.close(now),
        }
        None
    }

    /// What an event of the dialogue is to the engine; none where it is nothing.
    #[must_use]
    pub fn news(event: Event) -> Option<News> {
        Some(match event {
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
            Event::Note(_) | Event::Unreadable { .. } | Event::Found(_) | Event::Closed => return None,
        })
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
