//! Times as the gateway's API writes them: ISO 8601 with an offset.

use std::time::{SystemTime, UNIX_EPOCH};

/// Milliseconds since 1970 in UTC, by the wall clock.
pub(super) fn now_ms() -> i64 {
    let wall = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(wall.as_millis()).unwrap_or(i64::MAX)
}

/// Reads `2026-08-01T12:34:56`, with or without a fraction, and with `Z` or an offset; milliseconds since 1970 in UTC.
pub(super) fn parse(text: &str) -> Option<i64> {
    let (date, time) = text.split_once('T')?;
    let [year, month, day] = numbers(date, '-', [4, 2, 2])?;
    let zone = time.find(['Z', '+', '-'])?;
    let (time, zone) = time.split_at(zone);
    let (time, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let [hour, minute, second] = numbers(time, ':', [2, 2, 2])?;
    let good =
        (1..=12).contains(&month) && (1..=31).contains(&day) && hour < 24 && minute < 60 && second < 60;
    let seconds = days(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second;
    good.then_some((seconds - offset(zone)?) * 1_000 + milliseconds(fraction)?)
}

/// Numbers of these widths with a character between them.
fn numbers(text: &str, between: char, widths: [usize; 3]) -> Option<[i64; 3]> {
    let parts: Vec<&str> = text.split(between).collect();
    let [one, two, three] = parts.as_slice() else { return None };
    let number = |text: &str, width: usize| {
        let good = text.len() == width && text.bytes().all(|byte| byte.is_ascii_digit());
        if good { text.parse().ok() } else { None }
    };
    let [first, second, third] = widths;
    Some([number(one, first)?, number(two, second)?, number(three, third)?])
}

/// Seconds that a zone is ahead of UTC.
fn offset(zone: &str) -> Option<i64> {
    if zone == "Z" {
        return Some(0);
    }
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let [hours, minutes, _] = numbers(&format!("{}:00", zone.get(1..)?), ':', [2, 2, 2])?;
    (hours < 24 && minutes < 60).then_some(sign * (hours * 3_600 + minutes * 60))
}

/// The first three digits of a fraction of a second.
fn milliseconds(fraction: &str) -> Option<i64> {
    let good = (1..=9).contains(&fraction.len()) && fraction.bytes().all(|byte| byte.is_ascii_digit());
    if good { format!("{fraction:0<3}").get(..3)?.parse().ok() } else { None }
}

/// Days from 1970-01-01 to a day of the Gregorian calendar.
fn days(year: i64, month: i64, day: i64) -> i64 {
    // Years that begin in March have their leap day at the end.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let before = year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    // 719468 days lie between 0000-03-01 and 1970-01-01.
    before + (month * 153 + 2) / 5 + day - 1 - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_with_their_fraction_and_offset() {
        // 2001-09-09T01:46:40Z is the billionth second; 2000-02-29 and 1972-12-31 lie beside leap days.
        for (text, ms) in [
            ("1970-01-01T00:00:00Z", 0),
            ("2001-09-09T01:46:40Z", 1_000_000_000_000),
            ("2001-09-09T01:46:40.7Z", 1_000_000_000_700),
            ("2001-09-09T01:46:40.007999+00:00", 1_000_000_000_007),
            ("2001-09-08T20:16:40-05:30", 1_000_000_000_000),
            ("2001-09-09T08:46:40+07:00", 1_000_000_000_000),
            ("2000-03-01T00:00:00Z", 951_868_800_000),
            ("1972-12-31T23:59:59Z", 94_694_399_000),
        ] {
            assert_eq!(parse(text), Some(ms), "{text}");
        }
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in [
            "",
            "yesterday",
            "2001-09-09",
            "2001-09-09T01:46:40",
            "2001-09-09T01:46:40 00:00",
            "2001-13-09T01:46:40Z",
            "2001-09-09T24:46:40Z",
            "2001-09-09T01:46:40+7",
            "2001-09-09T01:46:40.Z",
            "+001-09-09T01:46:40Z",
            "2001-09-09T01:46:40+\u{e9}0:00",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
