//! A moment of UTC in whole seconds, as trackers write it. It is read and written without a clock.

use std::fmt;

use crate::units::{date, rfc_3339_seconds};

/// Seconds since 1970-01-01 00:00:00 UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UtcTime(i64);

/// A date and a time of day in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Civil {
    /// The year, for example 2026.
    pub year: i64,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 59.
    pub second: u8,
}

impl UtcTime {
    /// A moment from seconds since 1970.
    #[must_use]
    pub const fn from_unix(seconds: i64) -> Self {
        Self(seconds)
    }

    /// Seconds since 1970.
    #[must_use]
    pub const fn unix(self) -> i64 {
        self.0
    }

    /// A moment from its date and time of day; none when the calendar has no such one. A second of 60 is none.
    #[must_use]
    #[inline]
    pub fn from_civil(civil: Civil) -> Option<Self> {
        let Civil { year, month, day, hour, minute, second } = civil;
        let is_time = hour < 24 && minute < 60 && second < 60;
        let is_year = (0..=9_999).contains(&year);
        if !(is_time && is_year && (1..=12).contains(&month) && day >= 1 && day <= month_days(year, month)) {
            return None;
        }
        let time = i64::from(hour) * 3_600 + i64::from(minute) * 60 + i64::from(second);
        Some(Self(days(year, month, day) * 86_400 + time))
    }

    /// A moment from six numbers year (0 to 99, of the years 2000 to 2099), month, day, hour, minute, second.
    #[must_use]
    #[inline]
    pub fn from_two_digits([year, month, day, hour, minute, second]: [u8; 6]) -> Option<Self> {
        let year = (year < 100).then_some(2_000 + i64::from(year))?;
        Self::from_civil(Civil { year, month, day, hour, minute, second })
    }

    /// Whether six numbers are all zero: no date, and what a tracker writes whose clock was never set.
    pub(super) fn is_unset(six: [u8; 6]) -> bool {
        six == [0; 6]
    }

    /// The date and time of day.
    #[must_use]
    pub fn civil(self) -> Civil {
        let (days, second) = (self.0.div_euclid(86_400), self.0.rem_euclid(86_400));
        let (year, month, day) = date(days);
        let [hour, minute, second] = [second / 3_600, second / 60 % 60, second % 60].map(|part| part as u8);
        Civil { year, month, day, hour, minute, second }
    }

    /// Year (two digits), month, day, hour, minute, second; none outside the years 2000 to 2099.
    #[must_use]
    pub fn two_digits(self) -> Option<[u8; 6]> {
        let Civil { year, month, day, hour, minute, second } = self.civil();
        let year = u8::try_from(year - 2_000).ok().filter(|year| *year < 100)?;
        Some([year, month, day, hour, minute, second])
    }

    /// So many seconds later, or earlier when negative.
    #[must_use]
    pub const fn plus(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds))
    }
}

/// `2026-02-24T04:45:57Z`.
impl fmt::Display for UtcTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&rfc_3339_seconds(self.0.saturating_mul(1_000)))
    }
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn month_days(year: i64, month: u8) -> u8 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from 1970-01-01 to a date; the year is counted from March, so that the leap day is its last.
fn days(year: i64, month: u8, day: u8) -> i64 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let of_year = (153 * i64::from(month) + 2) / 5 + i64::from(day) - 1;
    let leaps = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    365 * year + leaps + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_those_of_the_calendar() {
        for (six, unix) in [
            // Known to everyone who has counted seconds.
            ([1, 9, 9, 1, 46, 40], 1_000_000_000),
            ([0, 2, 29, 0, 0, 0], 951_782_400),
            ([38, 1, 19, 3, 14, 7], 2_147_483_647),
            ([24, 2, 29, 23, 59, 59], 1_709_251_199),
        ] {
            let time = UtcTime::from_two_digits(six).unwrap();
            assert_eq!(time.unix(), unix, "{six:?}");
            assert_eq!(time.two_digits(), Some(six));
        }
        assert_eq!(UtcTime::from_unix(1_709_251_199).to_string(), "2024-02-29T23:59:59Z");
    }

    #[test]
    fn what_the_calendar_does_not_have_is_none() {
        for six in [
            [23, 2, 29, 0, 0, 0],
            [24, 13, 1, 0, 0, 0],
            [24, 0, 1, 0, 0, 0],
            [24, 4, 31, 0, 0, 0],
            [24, 4, 0, 0, 0, 0],
            [24, 4, 1, 24, 0, 0],
            [24, 4, 1, 0, 60, 0],
            [24, 4, 1, 0, 0, 60],
            [100, 4, 1, 0, 0, 0],
        ] {
            assert_eq!(UtcTime::from_two_digits(six), None, "{six:?}");
        }
        assert_eq!(UtcTime::from_unix(0).two_digits(), None, "1970 has no two digits here");
    }

    #[test]
    fn every_day_of_a_century_comes_back() {
        for day in 10_957..47_482 {
            let time = UtcTime::from_unix(day * 86_400 + 45_296);
            assert_eq!(UtcTime::from_civil(time.civil()), Some(time));
        }
    }
}
