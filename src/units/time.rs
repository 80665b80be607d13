//! A moment as text: UTC, by the proleptic Gregorian calendar, without a library and without a clock.

/// Days from 1970-01-01 as year, month and day.
#[must_use]
pub fn date(days: i64) -> (i64, u8, u8) {
    // Years are counted from March, so that the leap day is the last of a year; 400 years are 146,097 days.
    let shifted = days + 719_468;
    let (era, day) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let of_year = day - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let of_month = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    // Both fit: a month has at most 31 days, a year twelve months.
    (era * 400 + year + i64::from(month <= 2), month as u8, of_month as u8)
}

/// Milliseconds since 1970 as `2026-08-01T12:34:56.789Z` (RFC 3339).
#[must_use]
pub fn rfc_3339(ms: i64) -> String {
    let (seconds, part) = (ms.div_euclid(1000), ms.rem_euclid(1000));
    let text = rfc_3339_seconds(seconds * 1000);
    format!("{}.{part:03}Z", text.trim_end_matches('Z'))
}

/// The same without the part of a second: `2026-08-01T12:34:56Z`.
#[must_use]
pub fn rfc_3339_seconds(ms: i64) -> String {
    let seconds = ms.div_euclid(1000);
    let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let (year, month, day) = date(days);
    let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_as_the_calendar_has_them() {
        // Known to everyone who has counted seconds: the epoch, the billionth, leap days, the last 32-bit second.
        for (ms, text) in [
            (0, "1970-01-01T00:00:00.000Z"),
            (1_000_000_000_007, "2001-09-09T01:46:40.007Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (2_147_483_647_999, "2038-01-19T03:14:07.999Z"),
            (4_107_542_399_000, "2100-02-28T23:59:59.000Z"),
            (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
            (-1, "1969-12-31T23:59:59.999Z"),
        ] {
            assert_eq!(rfc_3339(ms), text);
        }
        assert_eq!(rfc_3339_seconds(1_000_000_000_007), "2001-09-09T01:46:40Z");
    }

    #[test]
    fn a_day_follows_another_for_a_thousand_years() {
        let mut last = (1599, 12, 31);
        for days in -135_140..230_000 {
            let (year, month, day) = date(days);
            let next = (year, month, day) > last && (day == last.2 + 1 || day == 1);
            assert!(next, "{last:?} is followed by {year}-{month}-{day}");
            last = (year, month, day);
        }
    }
}
