//! What is handed to a courier of short messages, and what it reports: the words that engine and couriers share.
//! Values only; nothing here sends, waits or judges.

use std::fmt;

use crate::tracker::{Iccid, Phone, Tracker};

/// One handing-over of one command; unique while a courier lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AttemptId(pub u64);

/// A received message in a courier's store, which keeps it until it is told to forget it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StoreKey(pub u64);

/// Whom a message is for. Modems and most gateways need the number, gateways of IoT SIM cards one of the others.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Recipient {
    /// The number its SIM card is called by.
    pub phone: Option<Phone>,
    /// The number of its SIM card.
    pub iccid: Option<Iccid>,
    /// The id of its SIM card at a gateway.
    pub sim_id: Option<String>,
}

impl From<&Tracker> for Recipient {
    fn from(tracker: &Tracker) -> Self {
        Self { phone: tracker.phone, iccid: tracker.iccid, sim_id: tracker.sim_id.clone() }
    }
}

/// What a courier is told to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Order {
    /// Prepare one text for one recipient. Reports [`News::Prompt`] when the next step is the one that cannot be taken
    /// back, and then waits for `Release` or `Abort`.
    Hand {
        /// The attempt, repeated in every report on it; gateways send it along as the caller's own reference.
        id: AttemptId,
        /// Whom for.
        to: Recipient,
        /// The exact text.
        text: String,
    },
    /// Let it out: the write of PDU and Ctrl-Z, or the request with its body.
    Release(AttemptId),
    /// Take it back, before it was let out.
    Abort(AttemptId),
    /// A received message is kept elsewhere now and may be deleted from the store.
    Forget(StoreKey),
    /// A received message was looked at and is kept by nobody here: it stays in the store, and whoever waits to learn
    /// whether it was taken need not bring it again.
    Leave(StoreKey),
    /// A received message is from nobody of the batch, and written down now: it stays in the store as with `Leave`,
    /// unless a person allowed it to be deleted where room is short.
    Spare(StoreKey),
    /// Look for messages and whether the courier still works, now.
    Ping,
    /// Finish what is in hand and stop.
    Close,
}

/// What a courier reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// It works; also after it had been down.
    Up(Capacity),
    /// The attempt waits for `Release`: nothing has left yet.
    Prompt(AttemptId),
    /// How an attempt ended. At most once for each attempt, but for a later one that says more than `Unknown`.
    Outcome(AttemptId, Outcome),
    /// A message was received.
    Inbound(Inbound),
    /// A status report on a message sent earlier.
    Receipt(Receipt),
    /// Something about it that a person should know, and that changes nothing.
    Notice(Cause),
    /// It does not work: nothing can be handed over until `Up` comes. `last` when it will not come back by itself.
    Down {
        /// Why.
        cause: Cause,
        /// The courier has stopped for good.
        last: bool,
    },
}

/// What a courier that works is, and how it is to be used.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Capacity {
    /// Who it is, as `Quectel EC25, IMEI 86…, SIM 26…`.
    pub name: String,
    /// IMEI of the modem, where it tells it.
    pub imei: Option<String>,
    /// IMSI of its SIM card: message references are unique within one.
    pub imsi: Option<String>,
    /// The number others see, where it is known.
    pub number: Option<String>,
    /// What a person should know, as a weak signal or a full store.
    pub warnings: Vec<String>,
    /// How long an answer may take, where the courier knows better than the profile; only rehearsals do.
    pub answer_within: Option<std::time::Duration>,
    /// Whether a tracker's answer can come back on this route.
    pub two_way: bool,
}

/// How an attempt ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The network or the gateway took it. That says nothing of the tracker.
    Accepted {
        /// What it is called there: a modem's message references (one a part), or a gateway's id.
        references: Vec<String>,
    },
    /// Nothing left this machine: to repeat it is safe once the cause is gone.
    NotSent(Cause),
    /// The network or the gateway refused it.
    Rejected {
        /// Why.
        cause: Cause,
        /// Such a refusal passes: it may be tried again, a few times and with growing pauses.
        temporary: bool,
    },
    /// It may have left or not. Never repeated without evidence or a person.
    Unknown(Cause),
}

/// Why something went as it did, in words and, where there is one, with its code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause {
    /// The code as its papers write it: `CMS 38`, `HTTP 503`, `21610`.
    pub code: Option<String>,
    /// One sentence without a full stop. Holds no secret; may hold what a device or server said, not escaped.
    pub sentence: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// It lies with the courier and not with this message: whatever it is given next would fare alike.
    pub of_courier: bool,
}

impl Cause {
    /// A cause without code and hint.
    #[must_use]
    pub fn new(sentence: impl Into<String>) -> Self {
        Self { code: None, sentence: sentence.into(), hint: None, of_courier: false }
    }

    /// One that lies with the courier.
    #[must_use]
    pub fn of_courier(self) -> Self {
        Self { of_courier: true, ..self }
    }

    /// The sentence with what to do about it.
    #[must_use]
    pub fn words(&self) -> String {
        match &self.hint {
            Some(hint) => format!("{}: {hint}", self.sentence),
            None => self.sentence.clone(),
        }
    }

    /// With what to do about it.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// With its code.
    #[must_use]
    pub fn code(self, code: impl Into<String>) -> Self {
        Self { code: Some(code.into()), ..self }
    }
}

/// Who sent a message, as the network says it; anyone may forge it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Sender {
    /// A number with its country: digits without the plus.
    International(String),
    /// A number as it is dialled somewhere, country unknown.
    National(String),
    /// A name. It is no number, even when it looks like one.
    Name(String),
}

/// A message that was received; a long one with its parts put together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inbound {
    /// What [`Order::Forget`] calls it.
    pub key: StoreKey,
    /// Who sent it.
    pub sender: Sender,
    /// When the service centre or the gateway got it, in milliseconds since 1970; none where it does not say.
    pub sent_ms: Option<i64>,
    /// The text. Not escaped.
    pub text: String,
    /// Parts that did not come, of how many; (0, 1) for a short message.
    pub missing: (u8, u8),
    /// It was in the store before this courier was opened: it answers nothing that was sent since.
    pub old: bool,
}

/// A status report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// What [`Order::Forget`] calls it, where it lies in a store until then.
    pub key: Option<StoreKey>,
    /// What the message was called when it was accepted.
    pub reference: String,
    /// Whom it was for, as the report says it.
    pub recipient: Option<Sender>,
    /// When the service centre was done with it, in milliseconds since 1970.
    pub at_ms: Option<i64>,
    /// What became of it.
    pub fate: Fate,
}

/// What became of a message, by a status report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It reached the tracker's SIM card.
    Delivered,
    /// The network still tries.
    Trying,
    /// It will not be delivered.
    Failed,
    /// The report says nothing that is known.
    Unclear,
}

impl fmt::Display for Sender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::International(digits) => write!(f, "+{digits}"),
            Self::National(digits) => f.write_str(digits),
            Self::Name(name) => write!(f, "{name:?}"),
        }
    }
}

impl Sender {
    /// Whether this is `phone`. A national number is compared by the digits that follow its leading zeros, at least
    /// eight of them; a name never is one.
    #[must_use]
    pub fn is(&self, phone: &Phone) -> bool {
        let wanted = phone.as_str().trim_start_matches('+');
        match self {
            Self::International(digits) => digits == wanted,
            Self::National(digits) => {
                // Some networks leave out the type of number, so that an international one looks national.
                let tail = digits.trim_start_matches('0');
                tail.len() >= 8 && wanted.ends_with(tail)
            }
            Self::Name(_) => false,
        }
    }
}
