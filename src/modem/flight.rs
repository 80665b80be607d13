//! The one command that is under way: what was asked, what came as its answer so far, and until when it may come.
//! It only gathers; what an answer leads to is decided by who asked.

use std::time::Duration;

use super::Slot;
use super::fields::{behind, fields, is_hex, number};
use super::opening::Step;

/// No answer that is kept line by line has more; a listing is kept message by message.
const MOST_LINES: usize = 64;
/// No store holds more.
const MOST_MESSAGES: usize = 1024;

/// What a modem is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Ask {
    /// ESC, then silence: what was half written before is cancelled, what comes belongs to nobody.
    Drain,
    /// `AT`, to see whether it answers.
    Attention,
    /// A step of the opening.
    Step(Step),
    /// Use a store; for everything, or only to read from.
    Select {
        /// The store.
        store: String,
        /// For everything.
        whole: bool,
    },
    /// List a store.
    List(String),
    /// Read one place; it held something when the dialogue began.
    Read(Slot, bool),
    /// Empty one place.
    Delete(Slot),
    /// Acknowledge what was handed over.
    Acknowledge,
    /// Which network serves it: the number of the question.
    Registration(u8),
    /// Send the next part of the message at hand.
    Submit,
}

/// A stored message as it was listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stored {
    /// Its place; none when it was asked for by its place.
    pub(crate) index: Option<u32>,
    pub(crate) length: usize,
    pub(crate) digits: String,
}

/// The command under way.
#[derive(Debug)]
pub(crate) struct Flight {
    pub(crate) ask: Ask,
    /// What was written, as its echo would look.
    pub(crate) text: String,
    /// When waiting for its answer ends; none while somebody else is waited for.
    pub(crate) until: Option<Duration>,
    pub(crate) info: Vec<String>,
    pub(crate) stored: Vec<Stored>,
    /// A header came, and its PDU not yet.
    header: Option<Stored>,
    /// Lines were left out, as there were too many.
    pub(crate) cut: bool,
}

impl Flight {
    pub(crate) fn new(ask: Ask, text: String, until: Duration) -> Self {
        let (info, stored) = (Vec::new(), Vec::new());
        Self { ask, text, until: Some(until), info, stored, header: None, cut: false }
    }

    /// Takes a line that belongs to the answer; says whether it does.
    pub(crate) fn take(&mut self, line: &str) -> bool {
        match self.ask {
            Ask::List(_) => return self.message(line, "+CMGL"),
            Ask::Read(..) => return self.message(line, "+CMGR"),
            _ => {}
        }
        let name = self.name();
        let is_answer = (!name.is_empty() && behind(line, name).is_some())
            || (self.wants_plain() && !is_unasked(line))
            || matches!(self.ask, Ask::Step(Step::MakersTries)) && starts_like_a_name(line);
        if is_answer {
            self.keep(line);
        }
        is_answer
    }

    /// What is left of a listing when it ends: a header without its PDU is an empty place.
    pub(crate) fn end(&mut self) {
        if let Some(header) = self.header.take() {
            self.keep_stored(header);
        }
    }

    /// The lines behind the name of the command, without it.
    pub(crate) fn said(&self) -> Option<&str> {
        let name = self.name();
        self.info.iter().find_map(|line| behind(line, name))
    }

    fn message(&mut self, line: &str, name: &str) -> bool {
        if let Some(said) = behind(line, name) {
            self.end();
            let index =
                if name == "+CMGL" { fields(said).first().and_then(|field| number(field)) } else { None };
            let length = super::about::length(said);
            self.header = Some(Stored { index, length, digits: String::new() });
            return true;
        }
        match self.header.take() {
            Some(mut header) if is_hex(line) => {
                line.clone_into(&mut header.digits);
                self.keep_stored(header);
                true
            }
            header => {
                self.header = header;
                false
            }
        }
    }

    fn keep_stored(&mut self, stored: Stored) {
        if self.stored.len() < MOST_MESSAGES {
            self.stored.push(stored);
        } else {
            self.cut = true;
        }
    }

    fn keep(&mut self, line: &str) {
        if self.info.len() < MOST_LINES {
            self.info.push(line.to_owned());
        }
    }

    /// The name in front of its information lines.
    pub(crate) fn name(&self) -> &'static str {
        match &self.ask {
            Ask::Step(step) => step.name(),
            Ask::Select { .. } => "+CPMS",
            Ask::Registration(which) => super::opening::REGISTRATIONS[usize::from(*which) % 3],
            Ask::Submit => "+CMGS",
            _ => "",
        }
    }

    fn wants_plain(&self) -> bool {
        matches!(
            self.ask,
            Ask::Step(
                Step::Maker
                    | Step::Model
                    | Step::Revision
                    | Step::Serial
                    | Step::Subscriber
                    | Step::CardNumber(_)
            )
        )
    }
}

/// Lines without a colon that modems say unasked.
const UNASKED: [&str; 18] = [
    "RING",
    "RDY",
    "READY",
    "BUSY",
    "NO CARRIER",
    "NO ANSWER",
    "NO DIALTONE",
    "CONNECT",
    "CALL READY",
    "SMS READY",
    "SMS DONE",
    "PB DONE",
    "NORMAL POWER DOWN",
    "POWERED DOWN",
    "POWER DOWN",
    "APP RDY",
    "START",
    "MODEM RESET",
];

/// Whether a line looks like one that no question was asked for.
fn is_unasked(line: &str) -> bool {
    starts_like_a_name(line) || UNASKED.iter().any(|known| line.eq_ignore_ascii_case(known))
}

/// `+NAME:`, `^NAME:`, `*NAME:`, `%NAME:`, `#NAME:` or `$NAME:`, and Huawei's bare `^NAME`.
fn starts_like_a_name(line: &str) -> bool {
    let mut bytes = line.bytes();
    let sign = bytes.next().unwrap_or_default();
    let letter = bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic());
    letter && (sign == b'^' || matches!(sign, b'+' | b'*' | b'%' | b'#' | b'$') && line.contains(':'))
}
