//! Orders of the engine as what a modem's dialogue is told, and its events as news. Pure, so that the same translation
//! serves the thread of a real modem and a rehearsal in simulated time.

use std::time::Duration;

use super::returning::Returning;
use super::texts::{Writer, cause, milliseconds, receipt, sender};
use super::{ModemOptions, VALIDITY};
use crate::engine::{AttemptId, Capacity, Cause, Inbound, News, Order, Outcome, StoreKey};
use crate::modem::{About, Event, Host, Received, SendId, Why};

/// Refusals of whatever this SIM card sends: barred by the operator, barred, not subscribed or without credit (3GPP TS
/// 24.011 table E-1).
const BARRED: [&str; 3] = ["CMS 8", "CMS 10", "CMS 50"];

/// Translates between the engine and the dialogues with one modem: the second begins when its port was away.
#[derive(Debug)]
pub struct Carriage {
    writer: Writer,
    returning: Returning,
}

impl Carriage {
    /// For a modem that is used so.
    #[must_use]
    pub fn new(options: &ModemOptions) -> Self {
        Self { writer: Writer::new(options.validity.unwrap_or(VALIDITY)), returning: Returning::default() }
    }

    /// Tells the dialogue what the engine wants. What can be said at once comes back: a text that cannot be sent.
    pub fn obey(&mut self, host: &mut Host, now: Duration, order: Order) -> Option<News> {
        match order {
            Order::Hand { id, .. } if self.is_away() => {
                let cause = Cause::new("the modem's port is away, so that nothing was handed over");
                return Some(News::Outcome(id, Outcome::NotSent(cause)));
            }
            Order::Hand { id, to, text } => match self.writer.write(&to, &text) {
                Ok(parts) => host.submit(now, SendId(id.0), parts),
                Err(cause) => return Some(News::Outcome(id, Outcome::NotSent(cause))),
            },
            Order::Release(id) => host.release(now, SendId(id.0)),
            Order::Abort(id) => host.abort(now, SendId(id.0)),
            Order::Forget(key) => {
                if let Some(key) = self.returning.inside(key) {
                    host.forget(now, key);
                }
            }
            Order::Leave(key) => {
                if let Some(key) = self.returning.inside(key) {
                    host.leave(now, key);
                }
            }
            Order::Spare(key) => {
                if let Some(key) = self.returning.inside(key) {
                    host.spare(now, key);
                }
            }
            Order::Ping => host.ping(now),
            Order::Close => host.close(now),
        }
        None
    }

    /// What an event of the dialogue is to the engine; nothing where it is nothing, or is to wait.
    #[must_use]
    pub fn news(&mut self, event: Event) -> Vec<News> {
        let news = match event {
            Event::Up(about) => {
                let up = News::Up(capacity(&about));
                return self.returning.up(&about, up);
            }
            Event::Prompt(id) => News::Prompt(AttemptId(id.0)),
            Event::Accepted(id, references) => ended(id, Outcome::Accepted { references }),
            Event::NotSent(id, why) => ended(id, Outcome::NotSent(cause(why).of_courier())),
            Event::Rejected { id, why, temporary } => {
                let mut cause = cause(why);
                cause.of_courier = cause.code.as_deref().is_some_and(|code| BARRED.contains(&code));
                ended(id, Outcome::Rejected { cause, temporary })
            }
            Event::Unknown(id, why) => ended(id, Outcome::Unknown(cause(why))),
            Event::Message(received) => {
                let key = self.returning.outside(received.key);
                News::Inbound(inbound(received, key))
            }
            Event::Report { key, report } => {
                News::Receipt(receipt(Some(self.returning.outside(key)), &report))
            }
            Event::Down { why, last } => News::Down { cause: cause(why), last },
            Event::Note(why) => News::Notice(cause(why)),
            Event::Unreadable { .. } | Event::Found(_) | Event::Closed => return Vec::new(),
        };
        self.returning.tell(news)
    }

    /// The port is gone. Whether it is to be waited for; to be said before the news of it are asked for.
    pub fn lost(&mut self) -> bool {
        self.returning.lost()
    }

    /// Whether the port is away and may come back.
    #[must_use]
    pub fn is_away(&self) -> bool {
        self.returning.is_away()
    }

    /// The port is there again, and a new dialogue begins.
    pub fn back(&mut self) {
        self.returning.back();
    }

    /// Whether it turned out to be another modem: its dialogue is to end, with nothing more said.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.returning.is_over()
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

fn inbound(received: Received, key: StoreKey) -> Inbound {
    Inbound {
        key,
        sender: sender(&received.sender),
        sent_ms: milliseconds(received.time),
        text: received.text,
        missing: received.missing,
        old: received.old,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_should_know_of_a_modem_is_told_at_once_with_the_way_out() {
        let why = Why::new("the modem's store ME is nearly full").hint("delete old messages");
        let told = Carriage::new(&ModemOptions::default()).news(Event::Note(why));
        let cause = Cause::new("the modem's store ME is nearly full").hint("delete old messages");
        assert_eq!(cause.words(), "the modem's store ME is nearly full: delete old messages");
        assert_eq!(told, [News::Notice(cause)]);
    }
}
