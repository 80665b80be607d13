//! The forms in which gateways write a time, to and from milliseconds since 1970. It looks at no clock.

use toml::value::{Datetime, Offset};

/// How a gateway writes times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum TimeForm {
    /// `2025-01-31T12:00:00Z` (RFC 3339); without an offset it is UTC.
    #[default]
    Iso,
    /// Seconds since 1970.
    Unix,
    /// Milliseconds since 1970.
    UnixMs,
    /// `Fri, 31 Jan 2025 12:00:00 +0000` (RFC 2822).
    Mail,
}

impl TimeForm {
    /// All forms with the word each has in a definition.
    pub(super) const WORDS: [(&'static str, Self); 4] =
        [("iso", Self::Iso), ("unix", Self::Unix), ("unix_ms", Self::UnixMs), ("rfc2822", Self::Mail)];

    /// Milliseconds since 1970; none for what is no time of this form.
    pub(super) fn read(self, text: &str) -> Option<i64> {
        let text = text.trim();
        match self {
            Self::Iso => iso(text),
            Self::Unix => text.parse::<i64>().ok()?.checked_mul(1000),
            Self::UnixMs => text.parse().ok(),
            Self::Mail => mail(text),
        }
    }

    /// Milliseconds since 1970 in this form.
    pub(super) fn write(self, ms: i64) -> String {
        let seconds = ms.div_euclid(1000);
        match self {
            Self::Unix => seconds.to_string(),
            Self::UnixMs => ms.to_string(),
            Self::Iso | Self::Mail => {
                let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
                let (year, month, day) = date(days);
                let (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60);
                if self == Self::Iso {
                    return format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z");
                }
                // 1970-01-01 was a Thursday.
                let weekday = WEEKDAYS[usize::try_from((days + 4).rem_euclid(7)).unwrap_or_default()];
                let name = MONTHS[usize::try_from(month - 1).unwrap_or_default() % 12];
                format!("{weekday}, {day:02} {name} {year:04} {hour:02}:{minute:02}:{second:02} +0000")
            }
        }
    }
}

const WEEKDAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// TOML's dates and times are those of RFC 3339.
fn iso(text: &str) -> Option<i64> {
    // An offset without a colon is common and no RFC 3339.
    let colon = text.len().checked_sub(2).filter(|at| {
        text.is_char_boundary(*at)
            && text[..*at].len() > 3
            && text.as_bytes().get(at - 3).is_some_and(|b| matches!(b, b'+' | b'-'))
            && text.contains('T')
    });
    let text = match colon {
        Some(at) => format!("{}:{}", &text[..at], &text[at..]),
        None => text.to_owned(),
    };
    let Datetime { date: Some(date), time: Some(time), offset } = text.parse().ok()? else { return None };
    let days = days(i64::from(date.year), i64::from(date.month), i64::from(date.day));
    let minutes = match offset {
        Some(Offset::Custom { minutes }) => i64::from(minutes),
        Some(Offset::Z) | None => 0,
    };
    let seconds = i64::from(time.second.unwrap_or_default());
    let of_day = i64::from(time.hour) * 3600 + i64::from(time.minute) * 60 + seconds - minutes * 60;
    let ms = i64::from(time.nanosecond.unwrap_or_default() / 1_000_000);
    Some((days * 86_400 + of_day) * 1000 + ms)
}

fn mail(text: &str) -> Option<i64> {
    let text = text.split_once(',').map_or(text, |(_, rest)| rest);
    let mut parts = text.split_whitespace();
    let day: i64 = parts.next()?.parse().ok().filter(|day| (1..=31).contains(day))?;
    let name = parts.next()?;
    let month = MONTHS.iter().position(|month| month.eq_ignore_ascii_case(name))? + 1;
    let year: i64 = parts.next()?.parse().ok().filter(|year| (1970..=9999).contains(year))?;
    let mut clock = parts.next()?.split(':').map(|part| part.parse::<i64>().ok());
    let (hour, minute) = (clock.next()??, clock.next()??);
    let second = clock.next().unwrap_or(Some(0))?;
    if hour > 23 || minute > 59 || second > 60 || hour < 0 || minute < 0 || second < 0 {
        return None;
    }
    let zone = match parts.next()? {
        "GMT" | "UT" | "UTC" | "Z" => 0,
        zone => {
            let (sign, digits) = match zone.split_at_checked(1)? {
                ("+", digits) => (1, digits),
                ("-", digits) => (-1, digits),
                _ => return None,
            };
            let number: i64 = digits.parse().ok().filter(|_| digits.len() == 4)?;
            sign * (number / 100 * 60 + number % 100)
        }
    };
    let month = i64::try_from(month).ok()?;
    Some((days(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - zone * 60) * 1000)
}

/// Days since 1970-01-01 of a date of the Gregorian calendar: years begin in March, so that leap days come last.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Year, month and day of days since 1970-01-01.
fn date(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year + era * 400 + i64::from(month <= 2);
    (year, month, of_year - (153 * shifted + 2) / 5 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Times that `date -u -d @SECONDS` of GNU coreutils gives.
    const TIMES: [(i64, &str, &str); 4] = [
        (0, "1970-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00 +0000"),
        (951_782_400, "2000-02-29T00:00:00Z", "Tue, 29 Feb 2000 00:00:00 +0000"),
        (1_738_324_799, "2025-01-31T11:59:59Z", "Fri, 31 Jan 2025 11:59:59 +0000"),
        (4_107_542_400, "2100-03-01T00:00:00Z", "Mon, 01 Mar 2100 00:00:00 +0000"),
    ];

    #[test]
    fn every_form_is_written_and_read_back() {
        for (seconds, iso, mail) in TIMES {
            let ms = seconds * 1000;
            assert_eq!(TimeForm::Iso.write(ms), iso);
            assert_eq!(TimeForm::Mail.write(ms), mail);
            assert_eq!(TimeForm::Iso.read(iso), Some(ms), "{iso}");
            assert_eq!(TimeForm::Mail.read(mail), Some(ms), "{mail}");
            assert_eq!(TimeForm::Unix.read(&TimeForm::Unix.write(ms)), Some(ms));
            assert_eq!(TimeForm::UnixMs.read(&TimeForm::UnixMs.write(ms + 7)), Some(ms + 7));
        }
    }

    #[test]
    fn offsets_and_fractions_are_counted() {
        for (text, ms) in [
            ("2025-01-31T18:59:59.250+07:00", 1_738_324_799_250),
            ("2025-01-31T18:59:59+0700", 1_738_324_799_000),
            ("2025-01-31T06:29:59-05:30", 1_738_324_799_000),
            ("2025-01-31T11:59:59", 1_738_324_799_000),
            ("2025-01-31 11:59:59Z", 1_738_324_799_000),
        ] {
            assert_eq!(TimeForm::Iso.read(text), Some(ms), "{text}");
        }
        let west = "Fri, 31 Jan 2025 06:59:59 -0500";
        assert_eq!(TimeForm::Mail.read(west), Some(1_738_324_799_000));
    }

    #[test]
    fn what_is_no_time_is_none() {
        for form in [TimeForm::Iso, TimeForm::Unix, TimeForm::UnixMs, TimeForm::Mail] {
            for text in ["", "soon", "2025-13-01T00:00:00Z", "Fri, 31 Foo 2025 00:00:00 +0000", "+", "é"] {
                assert_eq!(form.read(text), None, "{form:?} {text}");
            }
        }
        assert_eq!(TimeForm::Unix.read("9223372036854775807"), None);
    }
}
