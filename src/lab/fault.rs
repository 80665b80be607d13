//! What can go wrong in the lab, by name, and the dice for each time that it could.
//! Here faults are named and decided; what they do stands where they strike.

use std::time::Duration;

use super::chance::Chance;
use crate::units::{DurationError, nearest, parse_duration, show_duration};

/// Something that goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FaultKind {
    /// No answer after the PDU, though the network took it.
    SilentAfterCtrlZ,
    /// A late answer after the PDU.
    LateCmgs,
    /// An error where the prompt belongs.
    ErrorAtPrompt,
    /// Nothing where the prompt belongs.
    NoPrompt,
    /// The network refuses the PDU.
    Cms,
    /// Unsolicited lines in the middle of answers.
    UrcInAnswers,
    /// The echo cannot be switched off.
    EchoOn,
    /// The modem's store is full.
    StorageFull,
    /// The port goes away after the PDU.
    Vanish,
    /// Messages arrive twice.
    DuplicateDelivery,
    /// The parts of long answers arrive in the wrong order.
    PartsOutOfOrder,
    /// The network takes its time.
    Slow,
    /// The SIM card wants its PIN.
    Pin,
    /// The SIM card wants its PUK.
    Puk,
    /// No network.
    NotRegistered,
    /// Answers get lost.
    SilentAnswers,
    /// Answers come from another number.
    AnswerFromOtherNumber,
    /// Answers hold what drives terminals and spreadsheets.
    HostileAnswer,
    /// Answers carry an old time.
    StaleAnswer,
    /// Messages are stored without a word.
    CmtiLost,
    /// Messages stay where they are when they are deleted.
    DeleteFails,
    /// The gateway hangs up in front of the body.
    GatewayCutBeforeBody,
    /// The gateway hangs up behind the body.
    GatewayCutAfterBody,
    /// The gateway fails behind the body.
    Gateway503,
    /// The gateway has too much to do.
    Gateway429,
    /// The gateway takes its time.
    GatewaySlow,
    /// The gateway's answer is broken.
    GatewayBadJson,
}

/// What a fault needs to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// Nothing.
    Nothing,
    /// A time.
    Time,
    /// A number of `+CMS ERROR`.
    Code,
}

/// A line of the table of faults.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// Which.
    pub kind: FaultKind,
    /// Its name on the command line.
    pub name: &'static str,
    /// What stands behind `=`.
    pub needs: Needs,
    /// What it does, in one sentence.
    pub does: &'static str,
}

const fn entry(kind: FaultKind, name: &'static str, needs: Needs, does: &'static str) -> Entry {
    Entry { kind, name, needs, does }
}

/// Every fault, as README and help show them.
pub const FAULTS: [Entry; 27] = [
    entry(
        FaultKind::SilentAfterCtrlZ,
        "silent-after-ctrl-z",
        Needs::Nothing,
        "the network takes the message, but the modem says nothing after Ctrl-Z; it answers the next command",
    ),
    entry(
        FaultKind::LateCmgs,
        "late-cmgs",
        Needs::Time,
        "the modem says +CMGS and OK only after this time, and holds back every other answer until then",
    ),
    entry(
        FaultKind::ErrorAtPrompt,
        "error-at-prompt",
        Needs::Nothing,
        "AT+CMGS is answered with ERROR in place of the prompt",
    ),
    entry(
        FaultKind::NoPrompt,
        "no-prompt",
        Needs::Nothing,
        "AT+CMGS is not answered at all, and no data is taken",
    ),
    entry(
        FaultKind::Cms,
        "cms",
        Needs::Code,
        "the message is refused after Ctrl-Z with this +CMS ERROR and goes nowhere",
    ),
    entry(
        FaultKind::UrcInAnswers,
        "urc-in-answers",
        Needs::Nothing,
        "unsolicited lines stand in the middle of answers, also between the prompt and +CMGS",
    ),
    entry(FaultKind::EchoOn, "echo-on", Needs::Nothing, "ATE0 says OK and changes nothing"),
    entry(
        FaultKind::StorageFull,
        "storage-full",
        Needs::Nothing,
        "every place of the modem's stores holds a stranger's message; the network keeps what arrives until one is free",
    ),
    entry(
        FaultKind::Vanish,
        "vanish",
        Needs::Nothing,
        "the network takes the message, and the port is gone for good right after Ctrl-Z",
    ),
    entry(FaultKind::DuplicateDelivery, "duplicate-delivery", Needs::Nothing, "every message arrives twice"),
    entry(
        FaultKind::PartsOutOfOrder,
        "parts-out-of-order",
        Needs::Nothing,
        "the parts of a long answer arrive with the last one first",
    ),
    entry(
        FaultKind::Slow,
        "slow",
        Needs::Time,
        "the network takes this much longer to take a message, to carry it and to carry its answer",
    ),
    entry(
        FaultKind::Pin,
        "pin",
        Needs::Nothing,
        "the SIM card wants its PIN, which is 1234, within three tries",
    ),
    entry(FaultKind::Puk, "puk", Needs::Nothing, "the SIM card is blocked and wants its PUK"),
    entry(
        FaultKind::NotRegistered,
        "not-registered",
        Needs::Nothing,
        "the modem searches for a network and finds none; what is sent is refused with +CMS ERROR 331",
    ),
    entry(
        FaultKind::SilentAnswers,
        "silent-answers",
        Needs::Nothing,
        "trackers obey, and their answers are lost",
    ),
    entry(
        FaultKind::AnswerFromOtherNumber,
        "answer-from-other-number",
        Needs::Nothing,
        "answers come from a number that nobody wrote to",
    ),
    entry(
        FaultKind::HostileAnswer,
        "hostile-answer",
        Needs::Nothing,
        "answers hold a spreadsheet formula, escape sequences and control characters around their text",
    ),
    entry(
        FaultKind::StaleAnswer,
        "stale-answer",
        Needs::Nothing,
        "the service centre's time of an answer is an hour before the command",
    ),
    entry(
        FaultKind::CmtiLost,
        "cmti-lost",
        Needs::Nothing,
        "messages are stored without +CMTI, so that only looking finds them",
    ),
    entry(FaultKind::DeleteFails, "delete-fails", Needs::Nothing, "AT+CMGD says OK and deletes nothing"),
    entry(
        FaultKind::GatewayCutBeforeBody,
        "gateway-cut-before-body",
        Needs::Nothing,
        "the gateway closes the connection when the header of a message has come, and takes nothing",
    ),
    entry(
        FaultKind::GatewayCutAfterBody,
        "gateway-cut-after-body",
        Needs::Nothing,
        "the gateway takes a message and closes the connection without an answer",
    ),
    entry(
        FaultKind::Gateway503,
        "gateway-503",
        Needs::Nothing,
        "the gateway takes a message and answers 503",
    ),
    entry(
        FaultKind::Gateway429,
        "gateway-429",
        Needs::Nothing,
        "the gateway takes nothing and answers 429 with Retry-After: 1",
    ),
    entry(
        FaultKind::GatewaySlow,
        "gateway-slow",
        Needs::Time,
        "the gateway takes a message and answers only after this time",
    ),
    entry(
        FaultKind::GatewayBadJson,
        "gateway-bad-json",
        Needs::Nothing,
        "the gateway takes a message, and its answer breaks off in the middle of the JSON",
    ),
];

/// A fault that is switched on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fault {
    /// Which.
    pub kind: FaultKind,
    /// How long, where it has a time.
    pub time: Duration,
    /// The number of the error, where it has one.
    pub code: u16,
    /// How often it strikes where it could, 0 to 1.
    pub rate: f64,
}

/// Why a text names no fault.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FaultError {
    /// No such name.
    #[error("there is no fault `{name}`{}", near.map(|near| format!(": did you mean {near}?")).unwrap_or_default())]
    Unknown {
        /// What was written.
        name: String,
        /// What may have been meant.
        near: Option<&'static str>,
    },
    /// A value is missing.
    #[error("the fault {0} needs {1}")]
    NoValue(&'static str, &'static str),
    /// A value too many.
    #[error("the fault {0} takes no value")]
    Value(&'static str),
    /// A wrong time.
    #[error("the fault {0}: {1}")]
    Time(&'static str, DurationError),
    /// A wrong code.
    #[error("the fault {0} needs a number of +CMS ERROR, 0 to 511, as {0}=38; `{1}` is none")]
    Code(&'static str, String),
    /// The same one twice.
    #[error("the fault {0} is given twice")]
    Twice(&'static str),
}

impl FaultKind {
    /// Its line of the table.
    #[must_use]
    pub fn entry(self) -> &'static Entry {
        let known = FAULTS.iter().find(|entry| entry.kind == self);
        // Every kind has its line; a test holds that.
        known.unwrap_or(&FAULTS[0])
    }

    /// Its name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.entry().name
    }
}

impl std::str::FromStr for Fault {
    type Err = FaultError;

    fn from_str(text: &str) -> Result<Self, FaultError> {
        let (name, value) = text.split_once('=').map_or((text, None), |(name, value)| (name, Some(value)));
        let Some(entry) = FAULTS.iter().find(|entry| entry.name == name) else {
            let near = nearest(name, FAULTS.iter().map(|entry| entry.name));
            return Err(FaultError::Unknown { name: name.to_owned(), near });
        };
        let mut fault = Self { kind: entry.kind, time: Duration::ZERO, code: 0, rate: 1.0 };
        match (entry.needs, value) {
            (Needs::Nothing, None) => {}
            (Needs::Nothing, Some(_)) => return Err(FaultError::Value(entry.name)),
            (Needs::Time, None) => return Err(FaultError::NoValue(entry.name, "a time, as in slow=5s")),
            (Needs::Code, None) => return Err(FaultError::NoValue(entry.name, "a number, as in cms=38")),
            (Needs::Time, Some(value)) => {
                fault.time = parse_duration(value).map_err(|error| FaultError::Time(entry.name, error))?;
            }
            (Needs::Code, Some(value)) => {
                let code = value.parse().ok().filter(|code| *code <= 511);
                fault.code = code.ok_or_else(|| FaultError::Code(entry.name, value.to_owned()))?;
            }
        }
        Ok(fault)
    }
}

/// As it is written on the command line.
impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let entry = self.kind.entry();
        match entry.needs {
            Needs::Nothing => f.write_str(entry.name),
            Needs::Time => write!(f, "{}={}", entry.name, show_duration(self.time)),
            Needs::Code => write!(f, "{}={}", entry.name, self.code),
        }
    }
}

/// The faults of a lab and their dice.
#[derive(Debug, Clone)]
pub struct Faults {
    on: Vec<Fault>,
    chance: Chance,
}

impl Faults {
    /// These faults; the seed decides when they strike, where they do not always.
    ///
    /// # Errors
    /// When one is given twice.
    pub fn new(on: Vec<Fault>, seed: u64) -> Result<Self, FaultError> {
        for (at, fault) in on.iter().enumerate() {
            if on[..at].iter().any(|earlier| earlier.kind == fault.kind) {
                return Err(FaultError::Twice(fault.kind.name()));
            }
        }
        Ok(Self { on, chance: Chance::new(seed) })
    }

    /// No fault at all.
    #[must_use]
    pub fn none() -> Self {
        Self { on: Vec::new(), chance: Chance::new(0) }
    }

    /// Whether a fault strikes this time.
    pub fn strikes(&mut self, kind: FaultKind) -> Option<Fault> {
        let fault = *self.on.iter().find(|fault| fault.kind == kind)?;
        (fault.rate >= 1.0 || self.chance.strikes(fault.rate)).then_some(fault)
    }

    /// Whether a fault is switched on, for those that are a state and no event.
    #[must_use]
    pub fn is_on(&self, kind: FaultKind) -> bool {
        self.on.iter().any(|fault| fault.kind == kind)
    }

    /// What is switched on.
    pub fn iter(&self) -> impl Iterator<Item = &Fault> {
        self.on.iter()
    }
}
