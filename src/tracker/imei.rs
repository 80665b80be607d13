//! The IMEI: fifteen digits with a check digit, the identity that nearly every tracker reports.
//! It only checks the number; whether such a tracker exists cannot be known from it.

use std::fmt;
use std::str::FromStr;

use super::damage::{Damage, damage};
use super::digits::{Digits, Stranger, luhn, luhn_holds, scan};
use super::told::{Told, shown, shown_char};

/// An IMEI: 15 digits, the last one their check digit (3GPP TS 23.003, annex B).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Imei(Digits<15>);

/// IMEIs that are printed in documents, in order, and where. A row that holds one was copied, not read from a label.
const EXAMPLES: [(&str, &str); 22] = [
    ("000000000000000", "many manuals"),
    ("012345678901237", "many manuals"),
    ("021104023195429", "iStartek's protocol paper"),
    ("111111111111111", "many manuals"),
    ("111111111111119", "many manuals"),
    ("123456789012345", "many manuals, Suntech's and SinoTrack's among them"),
    ("123456789012347", "many manuals"),
    ("123456789123456", "many manuals"),
    ("135790246811220", "Queclink's protocol papers"),
    ("352099001761481", "public examples of IMEI checks"),
    ("355139089215765", "Protrack's VT02S command list"),
    ("356307042441013", "Teltonika's protocol pages"),
    ("356938035643809", "public examples of IMEI checks"),
    ("490154203237518", "the encyclopaedia's article on the IMEI"),
    ("827643321798018", "iStartek's protocol paper"),
    ("863071016796615", "a command list in the catalogue"),
    ("865429043319537", "a public report of an iStartek frame"),
    ("866069069149704", "public code with iStartek frames"),
    ("866069069232625", "public code with iStartek frames"),
    ("867747070319866", "public code with iStartek frames"),
    ("868373079971794", "public code with iStartek frames"),
    ("869912033012424", "iStartek's protocol paper"),
];

impl Imei {
    /// The 15 digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Where this IMEI is printed as an example, when it is one: it then hardly belongs to the tracker at hand.
    #[must_use]
    pub fn is_example(&self) -> Option<&'static str> {
        example(self.as_str())
    }
}

/// The document that prints these digits as an example, if one is known. It covers some that are no valid IMEI.
fn example(digits: &str) -> Option<&'static str> {
    let found = EXAMPLES.binary_search_by_key(&digits, |(number, _)| number);
    found.ok().and_then(|index| EXAMPLES.get(index)).map(|(_, place)| *place)
}

impl fmt::Display for Imei {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Imei {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Imei({self})")
    }
}

/// Why a text is no IMEI.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImeiError {
    /// Nothing was written.
    #[error("the IMEI is empty: it has 15 digits and stands on the tracker's label")]
    Empty,
    /// A spreadsheet has rewritten the number.
    #[error(transparent)]
    Damage(#[from] Damage),
    /// Something else than a digit.
    #[error("the IMEI `{}` has {} at position {position}: it has 15 digits and nothing else", shown(value), shown_char(*found))]
    Character {
        /// What was written.
        value: String,
        /// Counted in characters from 1.
        position: usize,
        /// The character.
        found: char,
    },
    /// Fourteen digits: without the check digit.
    #[error(
        "the IMEI {value} has 14 digits: the check digit is missing, it would be {check} ({value}{check})"
    )]
    NoCheckDigit {
        /// The 14 digits.
        value: String,
        /// The digit that belongs behind them.
        check: char,
    },
    /// Fewer digits, and with zeros in front they make a valid IMEI.
    #[error(
        "the IMEI {value} has {} digits: a spreadsheet drops leading zeros, {whole} would be valid (if the check digit is missing instead, it would be {check}); format the column as text",
        value.len()
    )]
    LostZeros {
        /// The digits that are left.
        value: String,
        /// The same with its zeros.
        whole: String,
        /// The digit that belongs behind them if it is the check digit that is missing.
        check: char,
    },
    /// Sixteen digits: software version in place of the check digit.
    #[error(
        "{value} has 16 digits and looks like an IMEISV (IMEI and software version): the IMEI would be {imei}"
    )]
    Imeisv {
        /// The 16 digits.
        value: String,
        /// The IMEI of the same device.
        imei: String,
    },
    /// The number of a SIM card.
    #[error("{0} is a SIM card's number (ICCID), not an IMEI: it belongs in the column `iccid`")]
    Iccid(String),
    /// Any other number of digits.
    #[error("the IMEI `{}` has {count} digits: it needs 15", shown(value))]
    Length {
        /// What was written.
        value: String,
        /// How many digits it has.
        count: usize,
    },
    /// The last digit does not fit the others.
    #[error(
        "the IMEI {value} ends in {got}, but its other digits want {wanted}: one of its digits is wrong, compare it with the label"
    )]
    CheckDigit {
        /// The 15 digits.
        value: String,
        /// The last digit.
        got: char,
        /// What the last digit would have to be.
        wanted: char,
    },
    /// A printed example that is not even valid.
    #[error("{value} is the example number of {place} and no tracker's IMEI: take the one on the label")]
    Example {
        /// The 15 digits.
        value: String,
        /// Where it is printed.
        place: &'static str,
    },
}

impl Told for ImeiError {
    fn rule(&self) -> &'static str {
        match self {
            Self::Empty => "imei-empty",
            Self::Damage(damage) => damage.rule(),
            Self::Character { .. } => "imei-character",
            Self::LostZeros { .. } => "leading-zeros",
            Self::NoCheckDigit { .. } | Self::Imeisv { .. } | Self::Iccid(_) | Self::Length { .. } => {
                "imei-length"
            }
            Self::CheckDigit { .. } => "imei-check-digit",
            Self::Example { .. } => "imei-example",
        }
    }

    fn fix(&self) -> Option<String> {
        Some(match self {
            Self::Damage(damage) => return damage.fix(),
            Self::NoCheckDigit { value, check } => format!("{value}{check}"),
            Self::LostZeros { whole, .. } => whole.clone(),
            Self::Imeisv { imei, .. } => imei.clone(),
            Self::Iccid(_) => "the IMEI here, this number in the column iccid".to_owned(),
            Self::CheckDigit { value, wanted, .. } => {
                format!("{}{wanted} if only the last digit is wrong", value.get(..14).unwrap_or_default())
            }
            _ => "the 15 digits of the tracker's label".to_owned(),
        })
    }
}

impl FromStr for Imei {
    type Err = ImeiError;

    /// Reads 15 digits; blanks and dashes between them, as some labels print them, are skipped.
    fn from_str(text: &str) -> Result<Self, ImeiError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(ImeiError::Empty);
        }
        if let Some(damage) = damage(text) {
            return Err(damage.into());
        }
        let scan = scan::<20>(text, |c| matches!(c, ' ' | '-')).map_err(|Stranger { position, found }| {
            ImeiError::Character { value: text.to_owned(), position, found }
        })?;
        let value = scan.digits.as_str();
        if scan.count != 15 {
            return Err(wrong_length(text, value, scan.count));
        }
        if luhn_holds(value) {
            return Ok(Self(Digits::of(value)));
        }
        if let Some(place) = example(value) {
            return Err(ImeiError::Example { value: value.to_owned(), place });
        }
        let (body, got) = value.split_at(14);
        let got = got.chars().next().unwrap_or_default();
        Err(ImeiError::CheckDigit { value: value.to_owned(), got, wanted: char::from(luhn(body)) })
    }
}

/// What another number of digits than 15 most likely is.
fn wrong_length(text: &str, digits: &str, count: usize) -> ImeiError {
    let value = digits.to_owned();
    match count {
        // Numbers that begin with a zero are those of old American and of test devices. One in ten numbers without
        // its check digit looks like one: those of the usual allocations (35, 86) are taken for that.
        13..=14 if luhn_holds(digits) && !(count == 14 && digits.starts_with(['3', '8'])) => {
            ImeiError::LostZeros { whole: format!("{digits:0>15}"), check: char::from(luhn(digits)), value }
        }
        14 => ImeiError::NoCheckDigit { check: char::from(luhn(digits)), value },
        16 => {
            let body = &digits[..14];
            ImeiError::Imeisv { imei: format!("{body}{}", char::from(luhn(body))), value }
        }
        18..=20 if digits.starts_with("89") => ImeiError::Iccid(value),
        _ => ImeiError::Length { value: text.to_owned(), count },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_valid_imei_is_read_with_or_without_its_dashes() {
        for text in ["869912033012424", " 869912033012424 ", "86-991203-301242-4", "86 991203 301242 4"] {
            assert_eq!(
                text.parse::<Imei>().map(|i| i.to_string()),
                Ok("869912033012424".to_owned()),
                "{text}"
            );
        }
    }

    #[test]
    fn each_fault_has_its_own_words() {
        for (text, rule, words) in [
            ("", "imei-empty", "15 digits"),
            ("86991203301242", "imei-length", "the check digit is missing, it would be 4 (869912033012424)"),
            ("12345678901237", "leading-zeros", "012345678901237 would be valid"),
            ("8699120330124", "imei-length", "has 13 digits: it needs 15"),
            (
                "8699120330124201",
                "imei-length",
                "looks like an IMEISV (IMEI and software version): the IMEI would be 869912033012424",
            ),
            ("8957101234567890123", "imei-length", "ICCID"),
            ("869912O33012424", "imei-character", "has `O` at position 7"),
            ("869912033012425", "imei-check-digit", "ends in 5, but its other digits want 4"),
            ("8.68683E+14", "scientific-notation", "spreadsheet"),
            ("01/03/2026", "date-for-number", "is a date"),
            ("869912033012424.0", "decimal-number", "869912033012424"),
            ("123456789012345", "imei-example", "example number"),
        ] {
            let error = text.parse::<Imei>().unwrap_err();
            assert_eq!(error.rule(), rule, "{text}: {error}");
            assert!(error.to_string().contains(words), "{text}: {error}");
        }
    }

    #[test]
    fn examples_of_documents_are_known() {
        assert!(EXAMPLES.is_sorted());
        for text in ["869912033012424", "490154203237518", "356307042441013", "000000000000000"] {
            assert!(text.parse::<Imei>().unwrap().is_example().is_some(), "{text}");
        }
        assert_eq!("868683024748398".parse::<Imei>().unwrap().is_example(), None);
    }
}
