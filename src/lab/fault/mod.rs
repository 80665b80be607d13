//! What can go wrong in the lab, by name, and the dice for each time that it could.
//! Here faults are named and decided; what they do stands where they strike.

mod dice;
mod table;

use std::time::Duration;

use crate::units::{DurationError, nearest, parse_duration, show_duration};

pub use dice::Faults;
pub use table::FAULTS;

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
    /// The port goes away after the PDU, and comes back under another name.
    ComeBack,
    /// The SIM card may not send.
    Barred,
    /// Messages get lost.
    SmsLost,
    /// Messages are held back for long.
    Delayed,
    /// Messages are overtaken by later ones.
    OutOfOrder,
    /// Answers come twice, each with a time of its own.
    AnswerDoubled,
    /// Reports of delivery get lost.
    ReportLost,
    /// Reports of delivery name another message.
    ReportWrong,
    /// Trackers refuse.
    Refuses,
    /// Trackers obey and say nothing.
    ObeysSilently,
    /// Trackers answer as if they had obeyed.
    AnswersOnly,
    /// Trackers restart, and hear nothing meanwhile.
    Reboots,
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
    /// The gateway fails in front of the body.
    Gateway500BeforeBody,
    /// The gateway sends its clients elsewhere.
    GatewayRedirect,
    /// The gateway takes a token no more.
    GatewayExpiredToken,
    /// The gateway tells a webhook of a message twice.
    GatewayDuplicateWebhook,
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
    Twice(String),
    /// No rate.
    #[error("`{1}` is no rate for the fault {0}: write 5% or 0.05, above 0 and at most 1")]
    Rate(&'static str, String),
    /// A rate for what is a state.
    #[error("the fault {0} is a state that holds all the time, and takes no rate")]
    State(&'static str),
}

impl FaultKind {
    /// Its line of the table.
    #[must_use]
    pub fn entry(self) -> &'static Entry {
        let known = FAULTS.iter().find(|entry| entry.kind == self);
        // Every kind has its line; a test holds that.
        known.unwrap_or(&FAULTS[0])
    }

    /// Whether it holds all the time, in place of striking now and then.
    #[must_use]
    pub fn is_state(self) -> bool {
        matches!(self, Self::Pin | Self::Puk | Self::NotRegistered | Self::StorageFull | Self::Barred)
    }

    /// Its name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.entry().name
    }
}

/// `5%` or `0.05`.
fn read_rate(entry: &Entry, text: &str) -> Result<f64, FaultError> {
    if entry.kind.is_state() {
        return Err(FaultError::State(entry.name));
    }
    let (digits, scale) = text.strip_suffix('%').map_or((text, 1.0), |digits| (digits, 100.0));
    let is_plain = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let rate = digits.parse::<f64>().ok().filter(|_| is_plain).map(|rate| rate / scale);
    rate.filter(|rate| *rate > 0.0 && *rate <= 1.0)
        .ok_or_else(|| FaultError::Rate(entry.name, text.to_owned()))
}

impl std::str::FromStr for Fault {
    type Err = FaultError;

    fn from_str(text: &str) -> Result<Self, FaultError> {
        let (what, rate) = text.split_once(':').map_or((text, None), |(what, rate)| (what, Some(rate)));
        let (name, value) = what.split_once('=').map_or((what, None), |(name, value)| (name, Some(value)));
        let Some(entry) = FAULTS.iter().find(|entry| entry.name == name) else {
            let near = nearest(name, FAULTS.iter().map(|entry| entry.name));
            return Err(FaultError::Unknown { name: name.to_owned(), near });
        };
        let rate = rate.map_or(Ok(1.0), |text| read_rate(entry, text))?;
        let mut fault = Self { kind: entry.kind, time: Duration::ZERO, code: 0, rate };
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
            Needs::Nothing => f.write_str(entry.name)?,
            Needs::Time => write!(f, "{}={}", entry.name, show_duration(self.time))?,
            Needs::Code => write!(f, "{}={}", entry.name, self.code)?,
        }
        if self.rate < 1.0 { write!(f, ":{}", self.rate) } else { Ok(()) }
    }
}
