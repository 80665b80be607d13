//! Service centre time stamps and the times written like them (3GPP TS 23.040 section 9.2.3.11).
//! The seven octets are kept as they came; they are read without a clock, and only when asked.

use std::fmt;

/// TP-SCTS, TP-DT or an absolute TP-VP: local time and its distance from UTC in quarters of an hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp([u8; 7]);

/// A date and a time of day, as the clocks show it where it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Civil {
    /// 1970 to 2069: the standard writes two digits.
    pub year: u16,
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

/// What is wrong with a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum TimeFault {
    /// No such date or time of day.
    #[error("holds no date and time")]
    NoTime,
    /// A semi-octet above 9, which the standard has a mobile read as 0.
    #[error("has a semi-octet that is no digit; it was read as 0")]
    NotADigit,
    /// A time zone that is none.
    #[error("has no known time zone: it is local time of an unknown place")]
    NoZone,
}

impl fmt::Display for Civil {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { year, month, day, hour, minute, second } = self;
        write!(f, "{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
    }
}

/// Two semi-octets, the first one in the low half, as a number; what is no digit counts as 0.
pub(super) fn two_digits(octet: u8) -> u8 {
    digit(octet & 0x0F) * 10 + digit(octet >> 4)
}

fn digit(half: u8) -> u8 {
    if half > 9 { 0 } else { half }
}

fn semi_octets(number: u8) -> u8 {
    (number / 10 % 10) | ((number % 10) << 4)
}

impl Timestamp {
    /// A time from its seven octets, whatever they are.
    #[must_use]
    pub fn from_octets(octets: [u8; 7]) -> Self {
        Self(octets)
    }

    /// The seven octets.
    #[must_use]
    pub fn octets(self) -> [u8; 7] {
        self.0
    }

    /// A time from seconds since 1970 in UTC, written for a zone so many quarters of an hour east of it.
    /// None outside 1970 to 2069 in that zone, or more than 48 quarters west or 56 east.
    #[must_use]
    pub fn from_unix(seconds: i64, zone: i8) -> Option<Self> {
        if !ZONES.contains(&zone) {
            return None;
        }
        let local = seconds.checked_add(i64::from(zone) * 900)?;
        let (days, second) = (local.div_euclid(86_400), local.rem_euclid(86_400) as u32);
        let (year, month, day) = date(days)?;
        let sign = if zone < 0 { 0x08 } else { 0 };
        let time = [second / 3_600, second / 60 % 60, second % 60].map(|part| semi_octets(part as u8));
        let [hour, minute, second] = time;
        let [year, month, day] = [(year % 100) as u8, month, day].map(semi_octets);
        let zone = semi_octets(zone.unsigned_abs()) | sign;
        Some(Self([year, month, day, hour, minute, second, zone]))
    }

    /// The local date and time, none when there is no such one.
    #[must_use]
    pub fn civil(self) -> Option<Civil> {
        let [year, month, day, hour, minute, second, _] = self.0.map(two_digits);
        let year = u16::from(year) + if year < 70 { 2_000 } else { 1_900 };
        let is_time = hour < 24 && minute < 60 && second < 60;
        let is_date = (1..=12).contains(&month) && (1..=month_days(year, month)).contains(&day);
        (is_time && is_date).then_some(Civil { year, month, day, hour, minute, second })
    }

    /// Quarters of an hour east of UTC, none when the octet cannot be a time zone of this world (12 hours west to
    /// 14 hours east).
    #[must_use]
    pub fn zone(self) -> Option<i8> {
        let octet = self.0[6];
        let quarters = two_digits(octet & !0x08) as i8;
        let zone = if octet & 0x08 == 0 { quarters } else { -quarters };
        (octet >> 4 <= 9 && ZONES.contains(&zone)).then_some(zone)
    }

    /// Seconds since 1970 in UTC, none without a time or without a zone.
    #[must_use]
    pub fn unix(self) -> Option<i64> {
        let Civil { year, month, day, hour, minute, second } = self.civil()?;
        let time = i64::from(hour) * 3_600 + i64::from(minute) * 60 + i64::from(second);
        Some(days(year, month, day) * 86_400 + time - i64::from(self.zone()?) * 900)
    }

    /// The gravest thing that is wrong with it.
    #[must_use]
    pub fn fault(self) -> Option<TimeFault> {
        let no_digit = |octet: &u8| octet & 0x0F > 9 || octet >> 4 > 9;
        if self.civil().is_none() {
            Some(TimeFault::NoTime)
        } else if self.0.iter().take(6).any(no_digit) {
            Some(TimeFault::NotADigit)
        } else {
            self.zone().is_none().then_some(TimeFault::NoZone)
        }
    }
}

/// `2026-03-01 12:34:56 +02:00`.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(civil) = self.civil() else { return f.write_str("no time") };
        let Some(zone) = self.zone() else { return write!(f, "{civil} (zone unknown)") };
        let (sign, quarters) = (if zone < 0 { '-' } else { '+' }, zone.unsigned_abs());
        write!(f, "{civil} {sign}{:02}:{:02}", quarters / 4, quarters % 4 * 15)
    }
}

/// Time zones of this world in quarters of an hour.
const ZONES: std::ops::RangeInclusive<i8> = -48..=56;

fn is_leap(year: u16) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

fn month_days(year: u16, month: u8) -> u8 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn year_days(year: u16) -> i64 {
    if is_leap(year) { 366 } else { 365 }
}

/// Days from 1970-01-01 to a date of 1970 or later.
fn days(year: u16, month: u8, day: u8) -> i64 {
    let years: i64 = (1970..year).map(year_days).sum();
    let months: i64 = (1..month).map(|month| i64::from(month_days(year, month))).sum();
    years + months + i64::from(day) - 1
}

/// The date so many days after 1970-01-01, up to 2069.
fn date(mut days: i64) -> Option<(u16, u8, u8)> {
    if days < 0 {
        return None;
    }
    for year in 1970..2070 {
        if days >= year_days(year) {
            days -= year_days(year);
            continue;
        }
        for month in 1..=12 {
            let length = i64::from(month_days(year, month));
            if days < length {
                return Some((year, month, days as u8 + 1));
            }
            days -= length;
        }
    }
    None
}
