//! The number of a subscriber, as it stands inside the SIM card.
//! It checks the form only; which operator it belongs to is for others.

use std::fmt;
use std::str::FromStr;

use super::damage::{Damage, damage};
use super::digits::{Digits, Stranger, scan};
use super::told::{Told, shown, shown_char};

/// A subscriber's number: 14 or 15 digits, country and network code first (ITU-T E.212).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Imsi(Digits<15>);

impl Imsi {
    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl fmt::Display for Imsi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Imsi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Imsi({self})")
    }
}

/// Why a text is no IMSI.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImsiError {
    /// Nothing was written.
    #[error("the IMSI is empty: it has 15 digits, sometimes 14")]
    Empty,
    /// A spreadsheet has rewritten the number.
    #[error(transparent)]
    Damage(#[from] Damage),
    /// Something else than a digit.
    #[error("the IMSI `{}` has {} at position {position}: it has 14 or 15 digits and nothing else", shown(value), shown_char(*found))]
    Character {
        /// What was written.
        value: String,
        /// Counted in characters from 1.
        position: usize,
        /// The character.
        found: char,
    },
    /// It is an ICCID.
    #[error("{0} is a SIM card's number (ICCID), not an IMSI: it belongs in the column `iccid`")]
    Iccid(String),
    /// Any other number of digits.
    #[error("the IMSI `{}` has {count} digits: it needs 14 or 15", shown(value))]
    Length {
        /// What was written.
        value: String,
        /// How many digits it has.
        count: usize,
    },
}

impl Told for ImsiError {
    fn rule(&self) -> &'static str {
        match self {
            Self::Empty => "imsi-empty",
            Self::Damage(damage) => damage.rule(),
            Self::Character { .. } => "imsi-character",
            Self::Iccid(_) | Self::Length { .. } => "imsi-length",
        }
    }

    fn fix(&self) -> Option<String> {
        Some(match self {
            Self::Damage(damage) => return damage.fix(),
            Self::Iccid(_) => "the IMSI here, this number in the column iccid".to_owned(),
            _ => "the 15 digits that the operator gives, beginning with the country's three".to_owned(),
        })
    }
}

impl FromStr for Imsi {
    type Err = ImsiError;

    fn from_str(text: &str) -> Result<Self, ImsiError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(ImsiError::Empty);
        }
        if let Some(damage) = damage(text) {
            return Err(damage.into());
        }
        let scan = scan::<20>(text, |c| matches!(c, ' ' | '-')).map_err(|Stranger { position, found }| {
            ImsiError::Character { value: text.to_owned(), position, found }
        })?;
        let value = scan.digits.as_str();
        match scan.count {
            14 | 15 => Ok(Self(Digits::of(value))),
            18..=20 if value.starts_with("89") => Err(ImsiError::Iccid(value.to_owned())),
            count => Err(ImsiError::Length { value: text.to_owned(), count }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_imsi_has_fourteen_or_fifteen_digits() {
        assert_eq!(
            "732101234567890".parse::<Imsi>().map(|i| i.to_string()),
            Ok("732101234567890".to_owned())
        );
        for (text, rule) in [
            ("", "imsi-empty"),
            ("73210123456", "imsi-length"),
            ("7.32101E+14", "scientific-notation"),
            ("89014103211118510720", "imsi-length"),
            ("73210123456789x", "imsi-character"),
        ] {
            assert_eq!(text.parse::<Imsi>().map_err(|e| e.rule()).err(), Some(rule), "{text}");
        }
    }
}
