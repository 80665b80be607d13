//! What is said to a server, and whether its answer counts. [`Talk`] is the seam: [`super::Greeting`] speaks a
//! tracker's protocol, and [`Plain`] says and expects what a user wrote. Bytes in, bytes out: nothing here sends.

use std::fmt;

use regex_lite::Regex;

use crate::tracker::Transport;

/// What an answer is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judged {
    /// It is the one that was wanted.
    Wanted,
    /// Not yet: more bytes could make it the one that was wanted.
    Other,
}

/// Something to say to a server.
pub trait Talk: fmt::Debug + Send + Sync {
    /// The bytes to send, made anew for each try so that an answer can be bound to its question.
    fn question(&self, transport: Transport, attempt: u32) -> Vec<u8>;

    /// Whether what came is the answer to the question. Over TCP it is all bytes so far, over UDP one datagram.
    fn judge(&self, question: &[u8], received: &[u8]) -> Judged;

    /// What is said, for people: `8 bytes of --payload`.
    fn describe(&self) -> String;

    /// The transport that this is said over, where there is only one.
    fn only(&self) -> Option<Transport> {
        None
    }
}

/// A payload and an expectation as a user wrote them.
#[derive(Debug, Clone)]
pub struct Plain {
    payload: Vec<u8>,
    expect: Option<Expect>,
}

impl Plain {
    /// Says this, and expects that; without an expectation every answer counts.
    #[must_use]
    pub fn new(payload: Vec<u8>, expect: Option<Expect>) -> Self {
        Self { payload, expect }
    }
}

impl Talk for Plain {
    fn question(&self, _: Transport, _: u32) -> Vec<u8> {
        self.payload.clone()
    }

    fn judge(&self, _: &[u8], received: &[u8]) -> Judged {
        let wanted = match &self.expect {
            None => true,
            Some(expect) => expect.is_in(received),
        };
        if wanted { Judged::Wanted } else { Judged::Other }
    }

    fn describe(&self) -> String {
        format!("{} bytes of --payload", self.payload.len())
    }
}

/// What has to stand in an answer.
#[derive(Debug, Clone)]
pub enum Expect {
    /// These bytes, anywhere.
    Bytes(Vec<u8>),
    /// A match, anywhere, of a regular expression over the bytes, each taken as the character of the same number.
    Regex(Regex),
}

impl Expect {
    /// Reads `hex:…`, `text:…` or `re:…`.
    ///
    /// # Errors
    /// When the prefix or what follows it is none.
    pub fn parse(text: &str) -> Result<Self, TalkError> {
        match text.strip_prefix("re:") {
            Some(pattern) => Regex::new(pattern)
                .map(Self::Regex)
                .map_err(|error| TalkError::Regex { pattern: pattern.to_owned(), why: error.to_string() }),
            None => bytes(text, "--expect", "re:, hex: or text:").map(Self::Bytes),
        }
    }

    fn is_in(&self, received: &[u8]) -> bool {
        match self {
            Self::Bytes(wanted) => received.windows(wanted.len()).any(|window| window == wanted),
            Self::Regex(regex) => {
                let text: String = received.iter().map(|byte| char::from(*byte)).collect();
                regex.is_match(&text)
            }
        }
    }
}

/// Why a payload or an expectation cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TalkError {
    /// No prefix that says how to read it.
    #[error("`{value}` does not say how it is to be read: {option} takes {forms} in front of it")]
    Prefix {
        /// What was written.
        value: String,
        /// The option.
        option: &'static str,
        /// The prefixes it takes.
        forms: &'static str,
    },
    /// Nothing behind the prefix.
    #[error("`{0}` has nothing behind its prefix: an empty message can be neither sent nor recognised")]
    Empty(String),
    /// Something that is no hexadecimal digit.
    #[error("`{value}` has `{found}` at position {position}, which is no hexadecimal digit")]
    Digit {
        /// What was written.
        value: String,
        /// The stranger.
        found: char,
        /// Counted in characters from 1, prefix included.
        position: usize,
    },
    /// Half a byte at the end.
    #[error("`{0}` has an odd number of hexadecimal digits: two make a byte")]
    Odd(String),
    /// A backslash with something unknown behind it.
    #[error("`{value}` has `\\{after}`, which means nothing: \\r, \\n, \\t, \\0, \\\\ and \\xHH do")]
    Escape {
        /// What was written.
        value: String,
        /// What stands behind the backslash.
        after: String,
    },
    /// No regular expression.
    #[error("`{pattern}` is no regular expression: {why}")]
    Regex {
        /// What was written behind `re:`.
        pattern: String,
        /// What the reader of regular expressions says.
        why: String,
    },
    /// More than a datagram or a polite question holds.
    #[error("the payload has {0} bytes: at most {MOST} are sent")]
    Long(usize),
}

/// The most bytes of a question: what fits one Ethernet frame over IPv6 and UDP.
const MOST: usize = 1_452;

/// Reads `hex:…` or `text:…` for a payload.
///
/// # Errors
/// When the prefix or what follows it is none, or when it is too long.
pub fn payload(text: &str) -> Result<Vec<u8>, TalkError> {
    let bytes = bytes(text, "--payload", "hex: or text:")?;
    if bytes.len() > MOST { Err(TalkError::Long(bytes.len())) } else { Ok(bytes) }
}

fn bytes(text: &str, option: &'static str, forms: &'static str) -> Result<Vec<u8>, TalkError> {
    let bytes = if let Some(digits) = text.strip_prefix("hex:") {
        from_hex(text, digits)?
    } else if let Some(rest) = text.strip_prefix("text:") {
        from_text(text, rest)?
    } else {
        return Err(TalkError::Prefix { value: text.to_owned(), option, forms });
    };
    if bytes.is_empty() { Err(TalkError::Empty(text.to_owned())) } else { Ok(bytes) }
}

/// Pairs of digits; blanks, colons and dashes between them are skipped.
fn from_hex(whole: &str, digits: &str) -> Result<Vec<u8>, TalkError> {
    let mut nibbles = Vec::with_capacity(digits.len());
    for (index, found) in digits.chars().enumerate() {
        match found.to_digit(16) {
            Some(digit) => nibbles.push(digit),
            None if matches!(found, ' ' | ':' | '-') => {}
            None => {
                return Err(TalkError::Digit { value: whole.to_owned(), found, position: index + 5 });
            }
        }
    }
    let (pairs, rest) = nibbles.as_chunks::<2>();
    if !rest.is_empty() {
        return Err(TalkError::Odd(whole.to_owned()));
    }
    Ok(pairs.iter().filter_map(|[high, low]| u8::try_from(high * 16 + low).ok()).collect())
}

/// UTF-8 with the escapes that shells do not make.
fn from_text(whole: &str, text: &str) -> Result<Vec<u8>, TalkError> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        bytes.extend_from_slice(before.as_bytes());
        let wrong = |length: usize| TalkError::Escape {
            value: whole.to_owned(),
            after: after.chars().take(length).collect(),
        };
        let (byte, used) = match after.chars().next() {
            Some('r') => (b'\r', 1),
            Some('n') => (b'\n', 1),
            Some('t') => (b'\t', 1),
            Some('0') => (0, 1),
            Some('\\') => (b'\\', 1),
            Some('x') => {
                let digits = after.get(1..3).filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
                let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
                (byte.ok_or_else(|| wrong(3))?, 3)
            }
            _ => return Err(wrong(1)),
        };
        bytes.push(byte);
        rest = after.get(used..).unwrap_or_default();
    }
    bytes.extend_from_slice(rest.as_bytes());
    Ok(bytes)
}
