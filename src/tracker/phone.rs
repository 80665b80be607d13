//! Telephone numbers in the international form of ITU-T E.164.
//! It never guesses a country: without `+` somebody must have named one.

use std::fmt;

use super::country::Country;
use super::damage::{Damage, damage};
use super::digits::{Digits, Stranger, scan};
use super::told::{Told, shown, shown_char};

/// An E.164 number: 7 to 15 digits, the first one not 0; shown with its `+`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phone {
    /// The `+` and the digits.
    text: [u8; 16],
    len: u8,
}

impl Phone {
    /// Reads a number as people write it: blanks, dashes, dots, parentheses and slashes are skipped, `00` (and in
    /// North America `011`) counts as `+`, and a number without `+` is a national one of `country`, whose trunk
    /// prefix is taken off.
    ///
    /// # Errors
    /// When it is no number, or when it could be read two ways; the error says how to write it.
    pub fn parse(text: &str, country: Option<Country>) -> Result<Self, PhoneError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(PhoneError::Empty);
        }
        if let Some(damage) = damage(text) {
            return Err(damage.into());
        }
        if let Some(rest) = text.strip_prefix('+') {
            if !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()) {
                return Self::international(text, rest);
            }
            // `+44 (0)20 …`: the zero in parentheses is for callers inside the country.
            let rest = rest.replacen("(0)", "", 1);
            return Self::international(text, &digits(text, &rest, 1)?);
        }
        let digits = digits(text, text, 0)?;
        if let Some(rest) = digits.strip_prefix("00") {
            return Self::international(text, rest);
        }
        match country {
            Some(country) => Self::national(text, &digits, country),
            None if digits.starts_with('0') => Err(PhoneError::National(text.to_owned())),
            None => Err(PhoneError::NoCountry { value: text.to_owned(), digits }),
        }
    }

    /// The number with its `+`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // Only `+` and ASCII digits are ever stored, so this cannot fail.
        std::str::from_utf8(&self.text[..usize::from(self.len)]).unwrap_or_default()
    }

    /// The number without its `+`.
    #[must_use]
    pub fn digits(&self) -> &str {
        self.as_str().get(1..).unwrap_or_default()
    }

    /// A number whose digits begin with the calling code.
    fn international(value: &str, digits: &str) -> Result<Self, PhoneError> {
        if digits.starts_with('0') {
            return Err(PhoneError::ZeroCode(value.to_owned()));
        }
        if !(7..=15).contains(&digits.len()) {
            return Err(PhoneError::Length { value: value.to_owned(), count: digits.len() });
        }
        let mut text = [b'+'; 16];
        text[1..=digits.len()].copy_from_slice(digits.as_bytes());
        // At most 16, so it fits.
        Ok(Self { text, len: digits.len() as u8 + 1 })
    }

    /// A number as it is dialled inside its country.
    fn national(value: &str, digits: &str, country: Country) -> Result<Self, PhoneError> {
        let code = country.calling_code();
        if code == "1"
            && let Some(rest) = digits.strip_prefix("011")
        {
            return Self::international(value, rest);
        }
        let stripped = country.strip_trunk(digits);
        if stripped.is_none() && digits.starts_with(code) && code != "1" {
            return Err(PhoneError::Ambiguous { value: value.to_owned(), digits: digits.to_owned(), code });
        }
        let national = stripped.unwrap_or(digits);
        if national.starts_with('0') && !country.keeps_zero() {
            return Err(PhoneError::NationalZero { value: value.to_owned(), country: country.name(), code });
        }
        // Argentina's mobiles have a 9 from abroad and a 15 behind the area code at home; where it stands depends on
        // the area code, so the number must be written out.
        if country.iso() == "AR" && !(national.starts_with('9') && national.len() == 11) {
            return Err(PhoneError::Argentina(value.to_owned()));
        }
        Self::international(value, &format!("{code}{national}"))
    }
}

/// The digits of a number without its marks.
fn digits(value: &str, text: &str, offset: usize) -> Result<String, PhoneError> {
    let between = |c: char| {
        matches!(
            c,
            ' ' | '\u{a0}' | '\u{202f}' | '-' | '\u{2010}' | '\u{2011}' | '\u{2013}' | '.' | '(' | ')' | '/'
        )
    };
    let scan = scan::<20>(text, between).map_err(|Stranger { position, found }| PhoneError::Character {
        value: value.to_owned(),
        position: position + offset,
        found,
    })?;
    if scan.count > 20 || scan.count == 0 {
        return Err(PhoneError::Length { value: value.to_owned(), count: scan.count });
    }
    Ok(Digits::<20>::as_str(&scan.digits).to_owned())
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Phone({self})")
    }
}

/// Why a text is no telephone number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PhoneError {
    /// Nothing was written.
    #[error("the phone number is empty: write it as +573001234567")]
    Empty,
    /// A spreadsheet has rewritten the number.
    #[error(transparent)]
    Damage(#[from] Damage),
    /// Something that no number holds.
    #[error("the phone number `{}` has {} at position {position}: write it as +573001234567", shown(value), shown_char(*found))]
    Character {
        /// What was written.
        value: String,
        /// Counted in characters from 1.
        position: usize,
        /// The character.
        found: char,
    },
    /// Neither `+` nor a country.
    #[error(
        "the phone number `{}` has no +: the + was lost or this is a national number; write +{digits} if it begins with the calling code, or give --country",
        shown(value)
    )]
    NoCountry {
        /// What was written.
        value: String,
        /// Its digits.
        digits: String,
    },
    /// No `+`, and a 0 in front, as numbers have it inside their country.
    #[error(
        "the phone number `{}` begins with 0, as inside its country: give --country, or write + and the calling code, as in +573001234567",
        shown(.0)
    )]
    National(String),
    /// A calling code that begins with 0.
    #[error("the phone number `{}` has a 0 where the calling code belongs: write + and the calling code, as in +573001234567", shown(.0))]
    ZeroCode(String),
    /// Too few or too many digits.
    #[error(
        "the phone number `{}` makes {count} digits with its calling code: it needs 7 to 15",
        shown(value)
    )]
    Length {
        /// What was written.
        value: String,
        /// How many digits it has.
        count: usize,
    },
    /// It begins with the calling code of the country and may be either form.
    #[error(
        "the phone number `{}` begins with {code} and has no +: write +{digits} if {code} is the calling code, or +{code}{digits} if it belongs to the number",
        shown(value)
    )]
    Ambiguous {
        /// What was written.
        value: String,
        /// Its digits.
        digits: String,
        /// The calling code of the country.
        code: &'static str,
    },
    /// A zero in front of a number of a country that has none.
    #[error(
        "the phone number `{}` begins with 0, which numbers of {country} do not: write it with its calling code, +{code} and the number",
        shown(value)
    )]
    NationalZero {
        /// What was written.
        value: String,
        /// The country's name.
        country: &'static str,
        /// Its calling code.
        code: &'static str,
    },
    /// A national number of Argentina.
    #[error("the phone number `{}` is a national one of Argentina: write a mobile as +54 9, area code and number, without 0 and 15", shown(.0))]
    Argentina(String),
}

impl Told for PhoneError {
    fn rule(&self) -> &'static str {
        match self {
            Self::Empty => "phone-empty",
            Self::Damage(damage) => damage.rule(),
            Self::Character { .. } => "phone-character",
            Self::NoCountry { .. } | Self::National(_) => "phone-no-country",
            Self::ZeroCode(_) | Self::NationalZero { .. } => "phone-zero",
            Self::Length { .. } => "phone-length",
            Self::Ambiguous { .. } => "phone-ambiguous",
            Self::Argentina(_) => "phone-argentina",
        }
    }

    fn fix(&self) -> Option<String> {
        Some(match self {
            Self::Damage(damage) => return damage.fix(),
            Self::NoCountry { .. } | Self::National(_) => {
                "the number with + and its calling code, or --country".to_owned()
            }
            Self::Ambiguous { digits, .. } => format!("+{digits}"),
            Self::NationalZero { code, .. } => format!("+{code}…"),
            Self::Argentina(_) => "+549…".to_owned(),
            _ => "+, calling code and number, as in +573001234567".to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, country: &str) -> Result<String, &'static str> {
        let country = (!country.is_empty()).then(|| country.parse().unwrap());
        Phone::parse(text, country).map(|phone| phone.as_str().to_owned()).map_err(|error| error.rule())
    }

    #[test]
    fn numbers_as_people_write_them_become_international() {
        for (text, country, want) in [
            ("+573001234567", "", "+573001234567"),
            ("+57 (300) 123-45.67", "", "+573001234567"),
            ("0057 300 1234567", "", "+573001234567"),
            ("300 123 4567", "CO", "+573001234567"),
            ("300.123.4567", "57", "+573001234567"),
            ("0170/1234567", "DE", "+491701234567"),
            ("+44 (0)20 7946 0958", "", "+442079460958"),
            ("06 20 123 4567", "HU", "+36201234567"),
            ("06 12345678", "IT", "+390612345678"),
            ("8 912 345 67 89", "RU", "+79123456789"),
            ("812 345 67 89", "RU", "+78123456789"),
            ("(555) 010-9999", "US", "+15550109999"),
            ("1 555 010 9999", "US", "+15550109999"),
            ("011 57 300 1234567", "US", "+573001234567"),
            ("0414-1234567", "VE", "+584141234567"),
            ("+5491112345678", "AR", "+5491112345678"),
            ("9 11 1234 5678", "AR", "+5491112345678"),
            ("80 29 123 45 67", "BY", "+375291234567"),
            ("+882 1234567890", "", "+8821234567890"),
        ] {
            assert_eq!(read(text, country).as_deref(), Ok(want), "{text} {country}");
        }
        let phone = Phone::parse("+573001234567", None).unwrap();
        assert_eq!((phone.digits(), phone.to_string().as_str()), ("573001234567", "+573001234567"));
    }

    #[test]
    fn what_can_be_read_two_ways_is_refused_with_the_way_out() {
        for (text, country, rule) in [
            ("", "", "phone-empty"),
            ("573001234567", "", "phone-no-country"),
            ("3001234567", "", "phone-no-country"),
            ("573001234567", "CO", "phone-ambiguous"),
            ("03001234567", "CO", "phone-zero"),
            ("+0573001234", "", "phone-zero"),
            ("+57300", "", "phone-length"),
            ("+5730012345678901", "", "phone-length"),
            ("+57300x234567", "", "phone-character"),
            ("call me", "CO", "phone-character"),
            ("5.73001E+11", "CO", "scientific-notation"),
            ("573001234567.0", "CO", "decimal-number"),
            ("2026-03-01", "CO", "date-for-number"),
            ("011 15 1234-5678", "AR", "phone-argentina"),
            ("+", "", "phone-length"),
        ] {
            assert_eq!(read(text, country), Err(rule), "{text} {country}");
        }
        let error = Phone::parse("573001234567", "CO".parse().ok()).unwrap_err();
        assert!(error.to_string().contains("write +573001234567 if 57 is the calling code"), "{error}");
        let error = Phone::parse("573001234567", None).unwrap_err().to_string();
        assert!(error.contains("write +573001234567") && error.contains("--country"), "{error}");
    }

    #[test]
    fn a_number_that_begins_with_0_is_not_said_to_need_only_a_plus() {
        // No calling code begins with 0 (ITU-T E.164).
        let told = |text: &str| Phone::parse(text, None).unwrap_err().to_string();
        assert!(!told("07700900101").contains("+0") && told("07700900101").contains("--country"));
        assert!(told("573001234567").contains("write +573001234567"));
    }
}
