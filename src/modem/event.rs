//! What goes into the dialogue and what comes out of it: options, events, and reasons in words.
//! Values only; nothing here decides anything.

use std::time::Duration;

use super::About;
use crate::secret::Secret;
use crate::sms::{Address, StatusReport, Timestamp};

/// One message to be sent, of one or several parts; the caller gives the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SendId(pub u64);

/// A received message, until it is forgotten.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key(pub u64);

/// What the dialogue is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Purpose {
    /// To send and to receive.
    #[default]
    Carry,
    /// To find out what modem it is and whether it could send; changes nothing that lasts, waits for nothing.
    Look,
    /// To read the messages in its stores once; deletes none.
    List,
}

/// How the dialogue is to be led.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// What for.
    pub purpose: Purpose,
    /// The SIM card's PIN. It is entered once at most, and never as the last try.
    pub pin: Option<Secret>,
    /// How long the network may take to accept a message; none leaves it to what is known of the modem.
    pub accept: Option<Duration>,
    /// The time between two looks for messages; none leaves it to what is known of the modem.
    pub poll: Option<Duration>,
    /// Messages that are nobody's here and were [spared](super::Host::spare) may be deleted where room is short.
    pub empty: bool,
    /// Its port was away, and what it received meanwhile is told once it is up: that is not held back for want of room.
    pub returns: bool,
}

/// Where a message lies in a modem.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot {
    /// The store, as `ME` or `SM`; empty when the modem does not name its store.
    pub store: String,
    /// The place in it.
    pub index: u32,
}

/// Why something is as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    /// The code as its standard writes it, `CMS 38`.
    pub code: Option<String>,
    /// One sentence without a full stop. May hold what the modem said, not escaped; never a PIN.
    pub sentence: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Why {
    /// A reason without code and hint.
    #[must_use]
    pub fn new(sentence: impl Into<String>) -> Self {
        Self { code: None, sentence: sentence.into(), hint: None }
    }

    /// With its code.
    #[must_use]
    pub fn code(self, code: impl Into<String>) -> Self {
        Self { code: Some(code.into()), ..self }
    }

    /// With what to do about it.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// With something in front of its sentence.
    pub(super) fn after(self, words: &str) -> Self {
        Self { sentence: format!("{words}: {}", self.sentence), ..self }
    }
}

/// A message that was received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// What `forget` calls it.
    pub key: Key,
    /// Who sent it.
    pub sender: Address,
    /// When the service centre took it; of a long message the earliest of its parts.
    pub time: Timestamp,
    /// The text, with `…` where parts are missing.
    pub text: String,
    /// Parts that did not come, of how many; (0, 1) for a short message.
    pub missing: (u8, u8),
    /// It lay in the store when the dialogue began.
    pub old: bool,
    /// Where it lies; empty when the modem handed it over without storing it.
    pub slots: Vec<Slot>,
}

/// What came of the dialogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The modem is ready; also after it had not been.
    Up(Box<About>),
    /// [`Purpose::Look`] and [`Purpose::List`]: all that was found out.
    Found(Box<About>),
    /// A message may be released: the modem waits for its text, and nothing has left yet.
    Prompt(SendId),
    /// The network took the message: the reference of each part, as decimal numbers.
    Accepted(SendId, Vec<String>),
    /// Its text and 0x1A were never written.
    NotSent(SendId, Why),
    /// The network or the modem refused it.
    Rejected {
        /// The message.
        id: SendId,
        /// Why.
        why: Why,
        /// Such a refusal passes.
        temporary: bool,
    },
    /// It may have been sent. `Accepted` or `Rejected` may follow.
    Unknown(SendId, Why),
    /// A message was received.
    Message(Received),
    /// A status report was received; it may be forgotten like a message.
    Report {
        /// What `forget` calls it.
        key: Key,
        /// The report.
        report: StatusReport,
    },
    /// Something lies in a store, or was handed over, that is no text: it is kept where it is.
    Unreadable {
        /// Where; none when it was handed over without being stored.
        slot: Option<Slot>,
        /// Who sent it, where that can be read.
        sender: Option<Address>,
        /// What it is, or why it cannot be read.
        why: Why,
    },
    /// Something that a person should know.
    Note(Why),
    /// Nothing can be sent until `Up` comes.
    Down {
        /// Why.
        why: Why,
        /// The dialogue is over.
        last: bool,
    },
    /// The dialogue has ended as it was asked to.
    Closed,
}
