//! Countries as far as telephone numbers need them: calling code and trunk prefix.
//! It may not guess the country of anything; somebody names it.

use std::fmt;
use std::str::FromStr;

use super::countries::COUNTRIES;
use super::told::{Told, shown};
use crate::units::near;

/// A country of the table, by its ISO 3166 code (`CO`), its calling code (`57`, `+57`) or its English name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Country(&'static (&'static str, &'static str, &'static str, &'static str));

/// Countries whose national numbers may begin with a zero that belongs to the number and is sent abroad too.
const KEEP_ZERO: [&str; 6] = ["IT", "VA", "SM", "CI", "BJ", "CG"];

/// Calling codes whose trunk prefix is also a first digit of national numbers: there it is one only in front of a
/// whole national number, which has this many digits.
const WHOLE: [(&str, usize); 3] = [("1", 10), ("7", 10), ("998", 9)];

impl Country {
    /// The ISO 3166 code of two capital letters.
    #[must_use]
    pub fn iso(&self) -> &'static str {
        self.0.0
    }

    /// The calling code without `+`.
    #[must_use]
    pub fn calling_code(&self) -> &'static str {
        self.0.1
    }

    /// The English name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.0.3
    }

    /// The prefixes that are dialled in front of a national number and not from abroad; often none.
    pub fn trunk_prefixes(&self) -> impl Iterator<Item = &'static str> {
        self.0.2.split('|').filter(|prefix| !prefix.is_empty())
    }

    /// Whether national numbers may begin with a zero that stays.
    #[must_use]
    pub fn keeps_zero(&self) -> bool {
        KEEP_ZERO.contains(&self.iso())
    }

    /// National digits without their trunk prefix, if they have one.
    pub(super) fn strip_trunk<'a>(&self, national: &'a str) -> Option<&'a str> {
        let whole =
            WHOLE.iter().find(|(code, _)| *code == self.calling_code()).map_or(0, |(_, digits)| *digits);
        if national.len() <= whole {
            return None;
        }
        self.trunk_prefixes().find_map(|prefix| national.strip_prefix(prefix))
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.iso())
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Country({} +{})", self.iso(), self.calling_code())
    }
}

/// A text that names no country.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{}` is no country: write its two letters (CO, ES, MX) or its calling code (+57){}", shown(.text), or_these(.candidates))]
pub struct CountryError {
    /// What was written.
    pub text: String,
    /// Countries with a similar code or name, as `CO (Colombia)`.
    pub candidates: Vec<String>,
}

/// The tail of the sentence that names candidates.
fn or_these(candidates: &[String]) -> String {
    if candidates.is_empty() { String::new() } else { format!("; near to it are {}", candidates.join(", ")) }
}

impl Told for CountryError {
    fn rule(&self) -> &'static str {
        "country-unknown"
    }

    fn fix(&self) -> Option<String> {
        self.candidates.first().cloned()
    }
}

impl FromStr for Country {
    type Err = CountryError;

    fn from_str(text: &str) -> Result<Self, CountryError> {
        let text = text.trim();
        let code = text.strip_prefix('+').or_else(|| text.strip_prefix("00")).unwrap_or(text);
        let found = COUNTRIES.iter().find(|(iso, calling, _, name)| {
            iso.eq_ignore_ascii_case(text) || *calling == code || name.eq_ignore_ascii_case(text)
        });
        found.map(Self).ok_or_else(|| CountryError { text: text.to_owned(), candidates: candidates(text) })
    }
}

/// Countries whose code or name is near to a text, at most five.
fn candidates(text: &str) -> Vec<String> {
    let named = near(text, COUNTRIES.iter().map(|row| row.3));
    let letters = text.to_uppercase();
    // Two or three letters: codes that share the first letter and one more (`COL` for `CO`, `UK` for none).
    let coded = COUNTRIES.iter().filter(|row| {
        (2..=3).contains(&letters.len())
            && (letters.starts_with(row.0) || row.3.to_uppercase().starts_with(&letters))
    });
    let alias = COUNTRIES.iter().filter(|row| letters == "UK" && row.0 == "GB");
    let mut rows: Vec<_> = alias.chain(coded).collect();
    rows.extend(COUNTRIES.iter().filter(|row| named.contains(&row.3)));
    let mut out: Vec<String> = rows.into_iter().map(|row| format!("{} ({})", row.0, row.3)).collect();
    let mut seen = Vec::new();
    out.retain(|candidate| {
        !seen.contains(candidate) && {
            seen.push(candidate.clone());
            true
        }
    });
    out.truncate(5);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_is_known_by_code_calling_code_and_name() {
        for (text, iso) in [
            ("CO", "CO"),
            ("co", "CO"),
            ("57", "CO"),
            ("+57", "CO"),
            ("0057", "CO"),
            ("Colombia", "CO"),
            ("1", "US"),
            ("+7", "RU"),
            ("44", "GB"),
        ] {
            assert_eq!(text.parse::<Country>().map(|c| c.iso()), Ok(iso), "{text}");
        }
    }

    #[test]
    fn a_miss_names_candidates() {
        for (text, near) in [
            ("COL", "CO (Colombia)"),
            ("Columbia", "CO (Colombia)"),
            ("UK", "GB (United Kingdom)"),
            ("Germny", "DE (Germany)"),
        ] {
            let error = text.parse::<Country>().unwrap_err();
            assert!(error.candidates.iter().any(|c| c == near), "{text}: {error}");
        }
        assert!("".parse::<Country>().is_err());
        assert!("999".parse::<Country>().is_err());
    }

    #[test]
    fn the_table_is_well_formed_and_has_no_country_twice() {
        for (index, row) in COUNTRIES.iter().enumerate() {
            assert!(row.0.len() == 2 && row.0.bytes().all(|b| b.is_ascii_uppercase()), "{row:?}");
            assert!((1..=3).contains(&row.1.len()) && row.1.bytes().all(|b| b.is_ascii_digit()), "{row:?}");
            assert!(row.2.bytes().all(|b| b.is_ascii_digit() || b == b'|'), "{row:?}");
            assert!(!COUNTRIES[..index].iter().any(|other| other.0 == row.0 || other.3 == row.3), "{row:?}");
        }
        assert!(COUNTRIES.len() > 230);
    }
}
