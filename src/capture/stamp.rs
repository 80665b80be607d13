//! Times at the beginning of a log's lines, and the time zone of those that name none.

use crate::wire::{Civil, UtcTime};

use super::Arrival;

/// A time zone as minutes before UTC: `+05:30` is 330.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Zone {
    minutes: i64,
    /// Whether a person said so.
    given: bool,
}

/// Why a text is no time zone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no time zone: write UTC, or hours and minutes as +05:30 or -03:00")]
pub struct ZoneError(String);

impl std::str::FromStr for Zone {
    type Err = ZoneError;

    fn from_str(text: &str) -> Result<Self, ZoneError> {
        let minutes = match text.as_bytes() {
            b"Z" | b"z" | b"UTC" | b"utc" => Some((0, 0)),
            bytes => zone(bytes).map(|(minutes, length)| (minutes, bytes.len() - length)),
        };
        match minutes {
            Some((minutes, 0)) => Ok(Self { minutes, given: true }),
            _ => Err(ZoneError(text.to_owned())),
        }
    }
}

/// A text that is a time and nothing else: a date and a time of day, or seconds since 1970.
#[must_use]
pub fn moment(text: &str, default: Zone) -> Option<Arrival> {
    // In a log a blank stands behind a number of seconds; without it, it may be an identity.
    let (arrival, length) = stamp(format!("{text} ").as_bytes(), default)?;
    (length == text.len()).then_some(arrival)
}

/// A time at the start of a line, and how many characters it has. Quotes and an opening bracket may stand before it.
pub(super) fn stamp(line: &[u8], default: Zone) -> Option<(Arrival, usize)> {
    let skipped = line.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'[' | b'"' | b'(')).count();
    let text = line.get(skipped..)?;
    let (arrival, length) = civil(text, default).or_else(|| unix(text))?;
    Some((arrival, skipped + length))
}

/// `2026-11-25T12:00:00.123+01:00`, with `T` or a blank, `,` or `.`, `-` or `/`, and with or without the
/// seconds and the zone.
fn civil(text: &[u8], default: Zone) -> Option<(Arrival, usize)> {
    let part = |at: usize, len: usize| digits(text.get(at..at + len)?);
    let between = |at: usize, allowed: &[u8]| text.get(at).is_some_and(|byte| allowed.contains(byte));
    let is_date = between(4, b"-/") && between(7, b"-/") && between(10, b"T ");
    if !(is_date && between(13, b":")) {
        return None;
    }
    // A time without seconds is the beginning of its minute.
    let has_seconds = between(16, b":");
    let two = |at| part(at, 2).and_then(|number| u8::try_from(number).ok());
    let civil = Civil {
        year: part(0, 4)?,
        month: two(5)?,
        day: two(8)?,
        hour: two(11)?,
        minute: two(14)?,
        second: if has_seconds { two(17)? } else { 0 },
    };
    let (ms, mut at) = match text.get(19) {
        _ if !has_seconds => (0, 16),
        Some(b'.' | b',') => {
            let fraction = text.get(20..)?;
            let length = fraction.iter().take_while(|byte| byte.is_ascii_digit()).count();
            (thousandths(fraction.get(..length)?), 20 + length)
        }
        _ => (0, 19),
    };
    let blank = usize::from(between(at, b" ") && between(at + 1, b"+-") && between(at + 2, b"0123456789"));
    let named = zone(text.get(at + blank..)?);
    at += named.map_or(0, |(_, length)| blank + length);
    let minutes = named.map_or(default.minutes, |(minutes, _)| minutes);
    let seconds = UtcTime::from_civil(civil)?.unix() - minutes * 60;
    Some((Arrival { ms: seconds * 1000 + ms, sure: named.is_some() || default.given }, at))
}

/// `Z` or an offset, as minutes, and how many characters it has.
fn zone(text: &[u8]) -> Option<(i64, usize)> {
    let (sign, rest) = match text.split_first()? {
        (b'Z' | b'z', _) => return Some((0, 1)),
        (b'+', rest) => (1, rest),
        (b'-', rest) => (-1, rest),
        _ => return None,
    };
    let hours = digits(rest.get(..2)?)?;
    let (minutes, length) = match rest.get(2) {
        Some(b':') => (digits(rest.get(3..5)?)?, 6),
        Some(b'0'..=b'5') => (digits(rest.get(2..4)?)?, 5),
        _ => (0, 3),
    };
    (hours <= 14 && minutes < 60).then_some((sign * (hours * 60 + minutes), length))
}

/// Seconds since 1970 with a fraction, or milliseconds; of this century's first hundred years.
fn unix(text: &[u8]) -> Option<(Arrival, usize)> {
    let length = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let number = text.get(..length)?;
    let (ms, end) = match (length, text.get(length)) {
        (10, Some(b'.')) => {
            let fraction = text.get(11..)?;
            let digits_behind = fraction.iter().take_while(|byte| byte.is_ascii_digit()).count();
            (digits(number)? * 1000 + thousandths(fraction.get(..digits_behind)?), 11 + digits_behind)
        }
        (10, Some(b' ' | b'\t' | b',' | b';' | b']')) => (digits(number)? * 1000, 10),
        (13, Some(b' ' | b'\t' | b',' | b';' | b']')) => (digits(number)?, 13),
        _ => return None,
    };
    // 2000 to 2100: anything else is an identity.
    (946_684_800_000..4_102_444_800_000).contains(&ms).then_some((Arrival { ms, sure: true }, end))
}

fn digits(text: &[u8]) -> Option<i64> {
    let all = !text.is_empty() && text.len() <= 18 && text.iter().all(u8::is_ascii_digit);
    all.then(|| text.iter().fold(0, |number, digit| number * 10 + i64::from(digit - b'0')))
}

/// The first three digits behind a point.
fn thousandths(fraction: &[u8]) -> i64 {
    let digit = |at: usize| fraction.get(at).map_or(0, |digit| i64::from(digit - b'0'));
    digit(0) * 100 + digit(1) * 10 + digit(2)
}
