//! The number of a SIM card, as it is printed on it.
//! It checks the form only; which operator has the card is for others.

use std::fmt;

use super::damage::{Damage, damage};
use super::digits::{Digits, Stranger, luhn, luhn_holds, scan};
use super::told::{Told, shown, shown_char};

/// A SIM card's number: 18 to 20 digits that begin with 89 (ITU-T E.118).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Iccid(Digits<20>);

impl Iccid {
    /// Reads an ICCID; blanks and dashes between the digits and an `F` behind them (the filler of a SIM's file) are
    /// skipped.
    ///
    /// # Errors
    /// When it is no ICCID or a spreadsheet has rounded it. What may still be right comes as a warning beside it.
    pub fn parse(text: &str) -> Result<(Self, Option<IccidWarning>), IccidError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(IccidError::Empty);
        }
        if let Some(damage) = damage(text) {
            return Err(damage.into());
        }
        let bare = text.trim_end_matches(['F', 'f']);
        let scan = scan::<24>(bare, |c| matches!(c, ' ' | '-')).map_err(|Stranger { position, found }| {
            IccidError::Character { value: text.to_owned(), position, found }
        })?;
        let value = scan.digits.as_str();
        match scan.count {
            15 if luhn_holds(value) => Err(IccidError::Imei(value.to_owned())),
            18..=20 if !value.starts_with("89") => Err(IccidError::Prefix(value.to_owned())),
            18..=20 if value.bytes().skip(15).all(|digit| digit == b'0') => Self::rounded(value),
            18..=20 => Self::checked(value),
            count => Err(IccidError::Length { value: text.to_owned(), count }),
        }
    }

    /// Digits that end as a spreadsheet leaves them. One card in ten thousand really ends so, and then its check digit
    /// fits; of rounded numbers one in ten fits by chance, so even that is told.
    fn rounded(value: &str) -> Result<(Self, Option<IccidWarning>), IccidError> {
        if value.len() > 18 && luhn_holds(value) {
            return Ok((
                Self(Digits::of(value)),
                Some(IccidWarning::PerhapsRounded { value: value.to_owned() }),
            ));
        }
        Err(IccidError::Rounded(value.to_owned()))
    }

    /// 18 to 20 digits, judged by their check digit.
    fn checked(value: &str) -> Result<(Self, Option<IccidWarning>), IccidError> {
        let number = Self(Digits::of(value));
        let check = char::from(luhn(value));
        match value.len() {
            18 => Ok((number, Some(IccidWarning::NoCheckDigit { value: value.to_owned(), check }))),
            _ if luhn_holds(value) => Ok((number, None)),
            19 => Ok((number, Some(IccidWarning::CheckDigit { value: value.to_owned(), check }))),
            _ => {
                let (body, got) = value.split_at(value.len() - 1);
                let got = got.chars().next().unwrap_or_default();
                Err(IccidError::CheckDigit { value: value.to_owned(), got, wanted: char::from(luhn(body)) })
            }
        }
    }

    /// The digits as they were given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl fmt::Display for Iccid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Iccid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Iccid({self})")
    }
}

/// What may be wrong with an ICCID that is taken all the same: cards are printed with and without the check digit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IccidWarning {
    /// 18 digits: the check digit was left out.
    #[error("the ICCID {value} has 18 digits: its check digit is missing, it would be {check}")]
    NoCheckDigit {
        /// The digits.
        value: String,
        /// The digit that belongs behind them.
        check: char,
    },
    /// Zeros behind the 15th digit, and yet a check digit that fits.
    #[error(
        "the ICCID {value} has only zeros after its 15th digit: its check digit fits, and still a spreadsheet may have rounded it"
    )]
    PerhapsRounded {
        /// The digits.
        value: String,
    },
    /// 19 digits whose last is not their check digit.
    #[error(
        "the ICCID {value} ends in a digit that is not its check digit: the check digit is missing (it would be {check}) or a digit is wrong"
    )]
    CheckDigit {
        /// The digits.
        value: String,
        /// The digit that belongs behind them if it is only missing.
        check: char,
    },
}

impl IccidWarning {
    /// The rule of [`IccidWarning::PerhapsRounded`], by which a whole sheet is judged.
    pub const PERHAPS_ROUNDED: &str = "perhaps-rounded";
}

impl Told for IccidWarning {
    fn rule(&self) -> &'static str {
        match self {
            Self::PerhapsRounded { .. } => Self::PERHAPS_ROUNDED,
            Self::NoCheckDigit { .. } | Self::CheckDigit { .. } => "iccid-check-digit",
        }
    }

    fn fix(&self) -> Option<String> {
        match self {
            Self::NoCheckDigit { value, check } | Self::CheckDigit { value, check } => {
                Some(format!("{value}{check}"))
            }
            Self::PerhapsRounded { .. } => Some("compare it with the card or the operator's list".to_owned()),
        }
    }
}

/// Why a text is no ICCID.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IccidError {
    /// Nothing was written.
    #[error("the ICCID is empty: it has 18 to 20 digits and stands on the SIM card")]
    Empty,
    /// A spreadsheet has rewritten the number.
    #[error(transparent)]
    Damage(#[from] Damage),
    /// Something else than a digit.
    #[error("the ICCID `{}` has {} at position {position}: it has 18 to 20 digits and nothing else", shown(value), shown_char(*found))]
    Character {
        /// What was written.
        value: String,
        /// Counted in characters from 1.
        position: usize,
        /// The character.
        found: char,
    },
    /// A spreadsheet keeps 15 digits of a number and writes zeros for the others.
    #[error(
        "the ICCID {0} has only zeros after its 15th digit: a spreadsheet has rounded it; format the column as text and copy it again from the operator's list (a card that really ends so can stand in `sim_id`)"
    )]
    Rounded(String),
    /// It does not begin with 89.
    #[error(
        "the ICCID {0} does not begin with 89, as the number of every SIM card does: compare it with the card"
    )]
    Prefix(String),
    /// It is an IMEI.
    #[error("{0} looks like a tracker's IMEI, not like a SIM card's number: it belongs in the column `imei`")]
    Imei(String),
    /// Any other number of digits.
    #[error("the ICCID `{}` has {count} digits: it needs 18 to 20", shown(value))]
    Length {
        /// What was written.
        value: String,
        /// How many digits it has.
        count: usize,
    },
    /// 20 digits whose last does not fit the others.
    #[error(
        "the ICCID {value} ends in {got}, but its other digits want {wanted}: one of its digits is wrong, compare it with the card"
    )]
    CheckDigit {
        /// The 20 digits.
        value: String,
        /// The last digit.
        got: char,
        /// What the last digit would have to be.
        wanted: char,
    },
}

impl Told for IccidError {
    fn rule(&self) -> &'static str {
        match self {
            Self::Empty => "iccid-empty",
            Self::Damage(damage) => damage.rule(),
            Self::Character { .. } => "iccid-character",
            Self::Rounded(_) => "rounded-number",
            Self::Prefix(_) => "iccid-prefix",
            Self::Imei(_) | Self::Length { .. } => "iccid-length",
            Self::CheckDigit { .. } => "iccid-check-digit",
        }
    }

    fn fix(&self) -> Option<String> {
        Some(match self {
            Self::Damage(damage) => return damage.fix(),
            Self::Rounded(_) => "the whole number, with the column formatted as text".to_owned(),
            Self::Imei(_) => "the SIM card's number here, this one in the column imei".to_owned(),
            Self::CheckDigit { value, wanted, .. } => {
                format!("{}{wanted} if only the last digit is wrong", value.get(..19).unwrap_or_default())
            }
            _ => "the 18 to 20 digits of the SIM card, beginning with 89".to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_iccid_is_read_with_its_warnings() {
        for (text, want, warning) in [
            ("89014103211118510720", "89014103211118510720", None),
            ("8901 4103 2111 1851 0720", "89014103211118510720", None),
            (
                "8901410321111851073F",
                "8901410321111851073",
                Some("is missing (it would be 8) or a digit is wrong"),
            ),
            (
                "8957123456700100000",
                "8957123456700100000",
                Some("its check digit fits, and still a spreadsheet may have rounded it"),
            ),
            (
                "890141032111185107",
                "890141032111185107",
                Some("has 18 digits: its check digit is missing, it would be 2"),
            ),
        ] {
            let (iccid, warned) = Iccid::parse(text).unwrap();
            assert_eq!(iccid.as_str(), want, "{text}");
            assert_eq!(warned.is_some(), warning.is_some(), "{text}: {warned:?}");
            let words = warned.map(|w| w.to_string()).unwrap_or_default();
            assert!(words.contains(warning.unwrap_or_default()), "{text}: {words}");
        }
    }

    #[test]
    fn a_damaged_iccid_is_refused_with_its_own_words() {
        for (text, rule) in [
            ("", "iccid-empty"),
            ("8957123456789010000", "rounded-number"),
            ("89571234567890100000", "rounded-number"),
            ("8.95712E+18", "scientific-notation"),
            ("89014103211118510721", "iccid-check-digit"),
            ("8901410321111851", "iccid-length"),
            ("869912033012424", "iccid-length"),
            ("7901410321111851072", "iccid-prefix"),
            ("89O14103211118510720", "iccid-character"),
        ] {
            assert_eq!(Iccid::parse(text).map_err(|e| e.rule()).err(), Some(rule), "{text}");
        }
        let error = Iccid::parse("89014103211118510721").unwrap_err().to_string();
        assert!(error.contains("want 0"), "{error}");
    }
}
