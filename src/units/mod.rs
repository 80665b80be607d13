//! What every room writes and reads in one way: durations, near words, characters that nobody sees.
//! It may not look at a clock, a file or the terminal.

use std::time::Duration;

mod chance;
mod later;
mod nearest;
mod time;
pub use chance::Chance;
pub use later::{LONGEST as LONGEST_WAIT, ask_later, asked_later};
pub use nearest::{distance, near, nearest};
pub use time::{date, rfc_3339, rfc_3339_seconds};

/// Whether a character would drive a terminal or hide in a text: control characters, line and paragraph separators,
/// direction marks, and others that take no room on a screen.
#[must_use]
pub fn is_unprintable(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

/// Why a text is no duration.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DurationError {
    /// Nothing was written.
    #[error("the duration is empty: write for example 500ms, 5s, 3m, 1h or 2d")]
    Empty,
    /// A number without its unit.
    #[error("the duration `{0}` has no unit: write for example {0}s, {0}m or {0}h")]
    NoUnit(String),
    /// A unit that is none of the known ones.
    #[error("the duration `{text}` ends in `{unit}`, which is no unit: use ms, s, m, h or d")]
    Unit {
        /// What was written.
        text: String,
        /// The part after the digits.
        unit: String,
    },
    /// No whole number in front of the unit.
    #[error("the duration `{0}` does not begin with a whole number: write for example 500ms, 5s or 3m")]
    Number(String),
    /// More than a machine can count.
    #[error("the duration `{0}` is too long: the most is 36500d")]
    TooLong(String),
}

/// Milliseconds in each unit, the longest first.
const UNITS: [(&str, u64); 5] = [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1)];

/// The longest duration that is taken: a hundred years, in milliseconds.
const LONGEST_MS: u64 = 36_500 * 86_400_000;

/// Reads a whole number and its unit: `500ms`, `5s`, `3m` (minutes), `1h`, `2d`.
///
/// # Errors
/// When the number or the unit is missing or unknown, or when it is above a hundred years.
pub fn parse_duration(text: &str) -> Result<Duration, DurationError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(DurationError::Empty);
    }
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, unit) = text.split_at(end);
    let unit = unit.trim_start();
    if digits.is_empty() || unit.starts_with(['.', ',']) {
        return Err(DurationError::Number(text.to_owned()));
    }
    if unit.is_empty() && digits.bytes().all(|digit| digit == b'0') {
        return Ok(Duration::ZERO);
    }
    if unit.is_empty() {
        return Err(DurationError::NoUnit(digits.to_owned()));
    }
    let Some((_, scale)) = UNITS.iter().find(|(name, _)| name.eq_ignore_ascii_case(unit)) else {
        return Err(DurationError::Unit { text: text.to_owned(), unit: unit.to_owned() });
    };
    digits
        .parse::<u64>()
        .ok()
        .and_then(|number| number.checked_mul(*scale))
        .filter(|ms| *ms <= LONGEST_MS)
        .map(Duration::from_millis)
        .ok_or_else(|| DurationError::TooLong(text.to_owned()))
}

/// Writes a duration with the longest unit that loses nothing (`90s`, `3m`, `500ms`), so that [`parse_duration`]
/// reads it back. Less than a millisecond is dropped.
#[must_use]
pub fn show_duration(duration: Duration) -> String {
    let ms = duration.as_millis();
    if ms == 0 {
        return "0s".to_owned();
    }
    let (unit, scale) =
        UNITS.iter().find(|(_, scale)| ms.is_multiple_of(u128::from(*scale))).unwrap_or(&("ms", 1));
    format!("{}{unit}", ms / u128::from(*scale))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_unit_is_read_and_written_back() {
        for (text, ms, shown) in [
            ("500ms", 500, "500ms"),
            ("5s", 5_000, "5s"),
            ("3m", 180_000, "3m"),
            ("1h", 3_600_000, "1h"),
            ("2d", 172_800_000, "2d"),
            ("90s", 90_000, "90s"),
            ("60s", 60_000, "1m"),
            ("1500ms", 1_500, "1500ms"),
            ("0", 0, "0s"),
            ("0s", 0, "0s"),
            (" 7 S ", 7_000, "7s"),
        ] {
            let read = parse_duration(text).unwrap();
            assert_eq!(read, Duration::from_millis(ms), "{text}");
            assert_eq!(show_duration(read), shown, "{text}");
            assert_eq!(parse_duration(shown).unwrap(), read, "{text}");
        }
    }

    #[test]
    fn what_is_no_duration_is_told_with_the_way_out() {
        for (text, words) in [
            ("", "is empty"),
            ("5", "has no unit: write for example 5s"),
            ("5 weeks", "ends in `weeks`"),
            ("s", "does not begin with a whole number"),
            ("1.5h", "does not begin with a whole number"),
            ("-3s", "does not begin with a whole number"),
            ("99999999999999999999d", "is too long"),
            ("36501d", "is too long"),
        ] {
            let error = parse_duration(text).unwrap_err().to_string();
            assert!(error.contains(words), "{text}: {error}");
        }
    }
}
