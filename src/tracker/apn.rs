//! Access point names.
//! It checks the alphabet only; whether an operator has the APN is for others.

use std::fmt;
use std::str::FromStr;

use super::told::{Told, shown, shown_char};

/// An access point name: labels of letters, digits and hyphens with dots between them, at most 100 characters
/// (3GPP TS 23.003, clause 9.1).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Apn(String);

/// The most characters of an APN: 100 octets with the length octets of its labels, of which the first replaces no dot.
const LONGEST: usize = 99;

/// The most characters of one label, as in the DNS.
const LABEL: usize = 63;

impl Apn {
    /// The name as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Apn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// Why a text is no APN.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ApnError {
    /// Nothing was written.
    #[error("the APN is empty: the operator of the SIM card names it, for example internet")]
    Empty,
    /// A character that no APN has.
    #[error("the APN `{}` has {} at position {position}: letters, digits, hyphens and dots are all it may hold", shown(value), shown_char(*found))]
    Character {
        /// What was written.
        value: String,
        /// Counted in characters from 1.
        position: usize,
        /// The character.
        found: char,
    },
    /// A dot at an end or next to another, or a hyphen at the end of a label.
    #[error("the APN `{}` has {} at position {position}, where a letter or digit belongs", shown(value), shown_char(*found))]
    Edge {
        /// What was written.
        value: String,
        /// Counted in characters from 1.
        position: usize,
        /// The dot or hyphen.
        found: char,
    },
    /// Too long.
    #[error(
        "the APN `{}` has {length} characters: it may have {LONGEST}, and {LABEL} between two dots",
        shown(value)
    )]
    Length {
        /// What was written.
        value: String,
        /// How many characters it has.
        length: usize,
    },
}

impl Told for ApnError {
    fn rule(&self) -> &'static str {
        match self {
            Self::Empty => "apn-empty",
            Self::Character { .. } | Self::Edge { .. } => "apn-character",
            Self::Length { .. } => "apn-length",
        }
    }

    fn fix(&self) -> Option<String> {
        Some("the APN as the operator writes it, for example internet or internet.operator.com".to_owned())
    }
}

impl FromStr for Apn {
    type Err = ApnError;

    fn from_str(text: &str) -> Result<Self, ApnError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(ApnError::Empty);
        }
        let value = || text.to_owned();
        let stranger =
            text.chars().enumerate().find(|(_, c)| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '.')));
        if let Some((index, found)) = stranger {
            return Err(ApnError::Character { value: value(), position: index + 1, found });
        }
        if text.len() > LONGEST || text.split('.').any(|label| label.len() > LABEL) {
            return Err(ApnError::Length { value: value(), length: text.len() });
        }
        match edge(text) {
            Some((position, found)) => Err(ApnError::Edge { value: value(), position, found }),
            None => Ok(Self(value())),
        }
    }
}

/// The first dot or hyphen of a name that has no letter or digit on a side where it needs one, counted from 1.
pub(super) fn edge(text: &str) -> Option<(usize, char)> {
    let bytes = text.as_bytes();
    let solid =
        |index: Option<usize>| index.and_then(|i| bytes.get(i)).is_some_and(u8::is_ascii_alphanumeric);
    let joint = |index: Option<usize>| {
        index.and_then(|i| bytes.get(i)).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'-')
    };
    let bad = bytes.iter().enumerate().find(|(index, byte)| {
        let sides = [index.checked_sub(1), index.checked_add(1)];
        match byte {
            b'.' => !sides.into_iter().all(solid),
            // Hyphens may stand together inside a label (`xn--`).
            b'-' => !sides.into_iter().all(joint),
            _ => false,
        }
    });
    bad.map(|(index, byte)| (index + 1, char::from(*byte)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn apns_of_operators_are_taken_as_they_are() {
        for text in ["internet", "internet.comcel.com.co", "CMNET", "3gnet", "m2m-pro.vodafone", "em"] {
            assert_eq!(text.parse::<Apn>().map(|apn| apn.to_string()), Ok(text.to_owned()));
        }
    }

    #[test]
    fn a_wrong_character_is_named_with_its_position() {
        for (text, words) in [
            ("", "is empty"),
            ("inter net", "has a blank at position 6"),
            ("internet,", "has `,` at position 9"),
            ("web_vpn", "has `_` at position 4"),
            ("ínternet", "has `í` at position 1"),
            ("internet.", "has `.` at position 9, where"),
            ("a..b", "has `.` at position 2, where"),
            ("-a", "has `-` at position 1, where"),
            ("a-.b", "has `-` at position 2, where"),
        ] {
            let error = text.parse::<Apn>().unwrap_err().to_string();
            assert!(error.contains(words), "{text}: {error}");
        }
        assert!("a".repeat(64).parse::<Apn>().is_err());
        assert!(["abcdefghi"; 10].join(".").parse::<Apn>().is_ok());
        assert!(["abcdefghi"; 11].join(".").parse::<Apn>().is_err());
    }
}
