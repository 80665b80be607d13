//! The steps of the opening, their words, their order, and how far an opening is.
//! Values only; what an answer leads to is decided beside.

use std::time::Duration;

use super::super::about::Registration;

/// The pause before something is asked again that may have changed meanwhile.
const PAUSE: Duration = Duration::from_secs(2);

/// The questions for circuit, packet and LTE registration.
pub(in super::super) const REGISTRATIONS: [&str; 3] = ["+CREG", "+CGREG", "+CEREG"];

/// The commands for the SIM card's number; modems know one of them.
const CARD_NUMBERS: [&str; 3] = ["+CCID", "+ICCID", "^ICCID"];

pub(in super::super) fn registration_words(which: u8) -> String {
    format!("AT{}?", REGISTRATIONS[usize::from(which) % 3])
}

/// What is asked while opening, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Step {
    /// ESC, and silence.
    Drain,
    /// `AT`.
    Attention,
    /// Echo off.
    Echo,
    /// Results in words.
    Verbose,
    /// Errors with numbers, or else with words.
    Errors,
    Maker,
    Model,
    Revision,
    Serial,
    /// One of the maker's settings.
    Setting(u8),
    /// What the SIM card waits for.
    Card,
    /// How many tries its PIN has left.
    Tries,
    /// The same in the maker's own words.
    MakersTries,
    EnterPin,
    Subscriber,
    /// The SIM card's number, by one of three commands.
    CardNumber(u8),
    OwnNumber,
    Registration,
    Operator,
    Signal,
    ServiceCentre,
    PduMode,
    Service,
    /// Which stores there are.
    Stores,
    /// Use one.
    Select,
    /// How full it is.
    Filled,
    /// Which notices there are.
    Indications,
    /// Choose one.
    Indicate,
    Done,
}

/// How far the opening is.
#[derive(Debug)]
pub(in super::super) struct Opening {
    pub(super) step: Step,
    /// When it goes on.
    pub(in super::super) again_at: Duration,
    /// When the step at hand began.
    pub(super) since: Duration,
    pub(super) tries: u8,
    pub(super) silences: u8,
    /// It was open before: it is waited for.
    pub(super) again: bool,
    pub(super) which: u8,
    pub(super) found: [Option<Registration>; 3],
    pub(super) choices: Vec<String>,
}

impl Step {
    /// The name in front of its information lines.
    pub(in super::super) fn name(self) -> &'static str {
        match self {
            Self::Maker => "+CGMI",
            Self::Model => "+CGMM",
            Self::Revision => "+CGMR",
            Self::Serial => "+CGSN",
            Self::Card => "+CPIN",
            Self::Tries => "+CPINR",
            Self::Subscriber => "+CIMI",
            Self::CardNumber(which) => CARD_NUMBERS[usize::from(which) % 3],
            Self::OwnNumber => "+CNUM",
            Self::Operator => "+COPS",
            Self::Signal => "+CSQ",
            Self::ServiceCentre => "+CSCA",
            Self::Service => "+CSMS",
            Self::Stores | Self::Filled => "+CPMS",
            Self::Indications => "+CNMI",
            _ => "",
        }
    }

    /// How long its answer may take.
    pub(in super::super) fn patience(self) -> Duration {
        Duration::from_secs(match self {
            Self::Attention => 2,
            Self::EnterPin | Self::Operator => 30,
            Self::Card | Self::ServiceCentre | Self::Stores | Self::Filled => 20,
            _ => 10,
        })
    }

    /// The one behind it.
    pub(super) fn next(self) -> Self {
        match self {
            Self::Drain => Self::Attention,
            Self::Attention => Self::Echo,
            Self::Echo => Self::Verbose,
            Self::Verbose => Self::Errors,
            Self::Errors => Self::Maker,
            Self::Maker => Self::Model,
            Self::Model => Self::Revision,
            Self::Revision => Self::Serial,
            Self::Serial => Self::Setting(0),
            Self::Setting(_) => Self::Card,
            Self::Card | Self::EnterPin => Self::Subscriber,
            Self::Tries => Self::MakersTries,
            // Never by itself to the PIN.
            Self::MakersTries => Self::Card,
            Self::Subscriber => Self::CardNumber(0),
            Self::CardNumber(_) => Self::OwnNumber,
            Self::OwnNumber => Self::Registration,
            Self::Registration => Self::Operator,
            Self::Operator => Self::Signal,
            Self::Signal => Self::ServiceCentre,
            Self::ServiceCentre => Self::PduMode,
            Self::PduMode => Self::Service,
            Self::Service => Self::Stores,
            Self::Stores => Self::Select,
            Self::Select => Self::Filled,
            Self::Filled => Self::Indications,
            Self::Indications => Self::Indicate,
            Self::Indicate | Self::Done => Self::Done,
        }
    }
}

impl Opening {
    /// Of a port that was just opened.
    pub(in super::super) fn first(now: Duration) -> Self {
        Self::at(now, Step::Drain, false)
    }

    /// Of a modem that was open before.
    pub(in super::super) fn again(now: Duration, step: Step) -> Self {
        Self::at(now, step, true)
    }

    pub(super) fn at(now: Duration, step: Step, again: bool) -> Self {
        Self {
            step,
            again_at: now,
            since: now,
            tries: 0,
            silences: 0,
            again,
            which: 0,
            found: [None; 3],
            choices: Vec::new(),
        }
    }

    pub(in super::super) fn is_past_attention(&self) -> bool {
        self.step > Step::Attention
    }

    pub(in super::super) fn is_past_echo(&self) -> bool {
        self.step > Step::Echo
    }

    /// Something unasked says that a question is worth asking now.
    pub(in super::super) fn hurry(&mut self, now: Duration) {
        if self.step == Step::Registration {
            self.again_at = self.again_at.min(now);
        }
    }

    pub(super) fn wait(&mut self, now: Duration) {
        self.tries = self.tries.saturating_add(1);
        self.again_at = now + PAUSE;
    }
}
