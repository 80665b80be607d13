//! Small settings with a form of their own: transport, kind of address, report interval, time zone.
//! It knows no profile's limits: what a device can take is for the plan.

use std::fmt;
use std::str::FromStr;

use super::damage::{Damage, damage};
use super::told::{Told, shown};

/// How a tracker reports.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Transport {
    /// A TCP connection.
    Tcp,
    /// UDP datagrams.
    Udp,
}

impl Transport {
    /// The word in settings, profiles and JSON.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Tcp => "tcp",
            Self::Udp => "udp",
        }
    }
}

impl fmt::Display for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Transport {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let text = text.trim();
        match text {
            _ if text.eq_ignore_ascii_case("tcp") => Ok(Self::Tcp),
            _ if text.eq_ignore_ascii_case("udp") => Ok(Self::Udp),
            _ => Err(ValueError::Transport(text.to_owned())),
        }
    }
}

/// Which of a named server's two addresses a tracker is given.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum By {
    /// The host name.
    Domain,
    /// The address.
    Ip,
}

impl fmt::Display for By {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Domain => "domain",
            Self::Ip => "ip",
        })
    }
}

impl FromStr for By {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let text = text.trim();
        match text {
            _ if text.eq_ignore_ascii_case("domain") => Ok(Self::Domain),
            _ if text.eq_ignore_ascii_case("ip") => Ok(Self::Ip),
            _ => Err(ValueError::By(text.to_owned())),
        }
    }
}

/// Seconds between two reports, at least 1.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Interval(u32);

impl Interval {
    /// An interval of that many seconds; none for 0.
    #[must_use]
    pub fn from_seconds(seconds: u32) -> Option<Self> {
        (seconds > 0).then_some(Self(seconds))
    }

    /// The seconds.
    #[must_use]
    pub fn seconds(self) -> u32 {
        self.0
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl FromStr for Interval {
    type Err = ValueError;

    /// Reads seconds (`60`, `60s`), minutes (`5m`), hours (`1h`) or days (`1d`).
    fn from_str(text: &str) -> Result<Self, ValueError> {
        let text = text.trim();
        if let Some(damage) = damage(text) {
            return Err(damage.into());
        }
        let wrong = || ValueError::Interval(text.to_owned());
        let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        let (digits, unit) = text.split_at(end);
        let scale = match unit.trim() {
            "" | "s" | "S" => 1,
            "m" | "M" | "min" => 60,
            "h" | "H" => 3600,
            "d" | "D" => 86_400,
            _ => return Err(wrong()),
        };
        let seconds =
            digits.parse::<u32>().ok().and_then(|number| number.checked_mul(scale)).ok_or_else(wrong)?;
        Self::from_seconds(seconds).ok_or_else(|| ValueError::IntervalZero(text.to_owned()))
    }
}

/// An offset from UTC in minutes: quarter hours from -12:00 to +14:00.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Timezone(i16);

impl Timezone {
    /// UTC itself.
    pub const UTC: Self = Self(0);

    /// An offset of that many minutes; none outside the range or between quarter hours.
    #[must_use]
    pub fn from_minutes(minutes: i16) -> Option<Self> {
        ((-720..=840).contains(&minutes) && minutes % 15 == 0).then_some(Self(minutes))
    }

    /// Minutes to be added to UTC.
    #[must_use]
    pub fn minutes(self) -> i16 {
        self.0
    }
}

impl fmt::Display for Timezone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { '-' } else { '+' };
        let minutes = self.0.unsigned_abs();
        f.pad(&format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60))
    }
}

impl FromStr for Timezone {
    type Err = ValueError;

    /// Reads `UTC`, `Z`, `0`, `+2`, `-5`, `+05:30`, `+0530`, `UTC-5`. A number without a sign lies east: spreadsheets
    /// drop the `+`, never the `-`.
    fn from_str(text: &str) -> Result<Self, ValueError> {
        let text = text.trim();
        let wrong = || ValueError::Timezone(text.to_owned());
        let head =
            text.get(..3).filter(|head| head.eq_ignore_ascii_case("utc") || head.eq_ignore_ascii_case("gmt"));
        let bare = head.map_or(text, |head| text[head.len()..].trim());
        // Some write the minus of typesetters.
        let (negative, offset) = match bare.strip_prefix(['-', '\u{2212}']) {
            Some(offset) => (true, offset),
            None => (false, bare.strip_prefix('+').unwrap_or(bare)),
        };
        if matches!(bare, "" | "Z" | "z") && !text.is_empty() {
            return Ok(Self::UTC);
        }
        let (hours, minutes) = match offset.split_once(':') {
            Some((hours, minutes)) => (hours, minutes),
            None if offset.len() == 4 && offset.is_ascii() => offset.split_at(2),
            None => (offset, "00"),
        };
        let number = |digits: &str, most: usize| {
            let plain =
                (1..=most).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
            if plain { digits.parse::<i16>().ok() } else { None }
        };
        let hours = number(hours, 2).ok_or_else(wrong)?;
        let minutes = number(minutes, 2).filter(|minutes| *minutes < 60).ok_or_else(wrong)?;
        let offset = hours * 60 + minutes;
        Self::from_minutes(if negative { -offset } else { offset }).ok_or_else(wrong)
    }
}

/// Why a text is none of these values.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ValueError {
    /// A spreadsheet has rewritten the number.
    #[error(transparent)]
    Damage(#[from] Damage),
    /// No transport.
    #[error("`{}` is no transport: write tcp or udp", shown(.0))]
    Transport(String),
    /// No kind of address.
    #[error("`{}` does not say which address to use: write domain or ip", shown(.0))]
    By(String),
    /// No interval.
    #[error("`{}` is no interval: write seconds (60), or 60s, 5m, 1h", shown(.0))]
    Interval(String),
    /// An interval of nothing.
    #[error("the interval `{}` would mean never, or without a pause: write at least 1 second", shown(.0))]
    IntervalZero(String),
    /// No time zone.
    #[error("`{}` is no time zone: write the offset from UTC in quarter hours from -12:00 to +14:00, as in +02:00 or -5", shown(.0))]
    Timezone(String),
}

impl Told for ValueError {
    fn rule(&self) -> &'static str {
        match self {
            Self::Damage(damage) => damage.rule(),
            Self::Transport(_) => "transport",
            Self::By(_) => "by",
            Self::Interval(_) | Self::IntervalZero(_) => "interval",
            Self::Timezone(_) => "timezone",
        }
    }

    fn fix(&self) -> Option<String> {
        match self {
            Self::Damage(damage) => damage.fix(),
            Self::Transport(_) => Some("tcp or udp".to_owned()),
            Self::By(_) => Some("domain or ip".to_owned()),
            Self::Interval(_) | Self::IntervalZero(_) => Some("seconds, at least 1".to_owned()),
            Self::Timezone(_) => Some("an offset from UTC, as in +00:00 or -05:00".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_seconds_unless_a_unit_is_written() {
        for (text, seconds) in
            [("60", 60), ("60s", 60), ("5m", 300), ("1h", 3600), ("1 d", 86_400), (" 10 ", 10)]
        {
            assert_eq!(text.parse::<Interval>().map(Interval::seconds), Ok(seconds), "{text}");
        }
        for text in ["0", "0s", "", "-5", "x", "5w", "99999999999", "99999999h", "1.5m"] {
            assert_eq!(text.parse::<Interval>().map_err(|e| e.rule()), Err("interval"), "{text}");
        }
        assert_eq!("6.0E+1".parse::<Interval>().map_err(|e| e.rule()), Err("scientific-notation"));
    }

    #[test]
    fn time_zones_are_offsets_in_quarter_hours() {
        for (text, shown) in [
            ("UTC", "+00:00"),
            ("z", "+00:00"),
            ("0", "+00:00"),
            ("+2", "+02:00"),
            ("2", "+02:00"),
            ("-5", "-05:00"),
            ("+05:30", "+05:30"),
            ("+0530", "+05:30"),
            ("UTC-5", "-05:00"),
            ("GMT+5:45", "+05:45"),
            ("−3", "-03:00"),
            ("-12", "-12:00"),
            ("+14", "+14:00"),
            ("-00:30", "-00:30"),
        ] {
            assert_eq!(text.parse::<Timezone>().map(|z| z.to_string()), Ok(shown.to_owned()), "{text}");
        }
        for text in
            ["", "+", "-12:15", "+14:15", "+15", "+1:10", "E2", "Bogota", "+05:60", "+05:30:00", "+é2", "ééé"]
        {
            assert_eq!(text.parse::<Timezone>().map_err(|e| e.rule()), Err("timezone"), "{text}");
        }
    }

    #[test]
    fn transport_and_kind_are_read_without_regard_to_case() {
        assert_eq!("TCP".parse(), Ok(Transport::Tcp));
        assert_eq!("Udp".parse(), Ok(Transport::Udp));
        assert_eq!("IP".parse(), Ok(By::Ip));
        assert_eq!("tls".parse::<Transport>().map_err(|e| e.rule()), Err("transport"));
        assert_eq!("name".parse::<By>().map_err(|e| e.rule()), Err("by"));
    }
}
