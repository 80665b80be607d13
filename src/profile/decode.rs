//! From the words of a tracker to a setting's value, and whether two values are the same setting.

use super::types::Profile;
use crate::tracker::Timezone;

/// Decoders a profile can name for a captured setting, with what each reads.
pub(super) const DECODERS: [(&str, &str); 3] = [
    ("hours", "a time zone in hours: `8.0`, `-5.5`"),
    ("minutes", "a time zone in minutes: `480`, `-300`"),
    ("gmt", "a time zone as `E,8`, `W,5,30` or `E08`"),
];

/// The value that a captured text means; none when the decoder cannot read it.
pub(super) fn decode(how: &str, text: &str) -> Option<String> {
    let minutes = match how {
        "hours" => quarter_hours(text)?,
        "minutes" => text.trim().parse().ok()?,
        "gmt" => gmt(text)?,
        _ => return None,
    };
    Some(Timezone::from_minutes(minutes)?.to_string())
}

/// Decimal hours to minutes, exact for the quarter hours that time zones come in.
fn quarter_hours(text: &str) -> Option<i16> {
    let text = text.trim();
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let (hours, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let hours: i16 = hours.parse().ok()?;
    let minutes = match part.trim_end_matches('0') {
        "" => 0,
        "25" => 15,
        "5" => 30,
        "75" => 45,
        _ => return None,
    };
    Some(sign * (hours.checked_mul(60)?.checked_add(minutes)?))
}

fn gmt(text: &str) -> Option<i16> {
    let text = text.trim();
    let (sign, offset) = match text.strip_prefix(['E', 'e']) {
        Some(offset) => (1, offset),
        None => (-1, text.strip_prefix(['W', 'w'])?),
    };
    let offset = offset.trim_start().strip_prefix(',').unwrap_or(offset);
    let mut parts = offset.split(',').map(str::trim);
    let hours: i16 = parts.next()?.parse().ok()?;
    let minutes: i16 = parts.next().map_or(Some(0), |part| part.parse().ok())?;
    Some(sign * (hours.checked_mul(60)?.checked_add(minutes)?))
}

impl Profile {
    /// Whether two values of a setting mean the same: settings that are numbers by value, host names and APNs without
    /// regard to case (both are DNS names), everything else to the letter: `0012` is another PIN than `12`.
    #[must_use]
    pub fn same_value(&self, name: &str, wanted: &str, found: &str) -> bool {
        let (wanted, found) = (wanted.trim(), found.trim());
        if wanted == found {
            return true;
        }
        let rule = self.setting(name);
        let is_number = rule.is_some_and(|rule| rule.min.is_some() || rule.max.is_some());
        match name {
            "apn" => wanted.eq_ignore_ascii_case(found),
            "port" | "interval" => same_number(wanted, found),
            _ if is_number => same_number(wanted, found),
            _ if name.contains("server") => {
                wanted.trim_end_matches('.').eq_ignore_ascii_case(found.trim_end_matches('.'))
            }
            _ => false,
        }
    }
}

fn same_number(wanted: &str, found: &str) -> bool {
    matches!((wanted.parse::<i64>(), found.parse::<i64>()), (Ok(a), Ok(b)) if a == b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_zones_are_read_in_the_three_ways_makers_print_them() {
        for (how, text, zone) in [
            ("hours", "8.0", "+08:00"),
            ("hours", "-5.5", "-05:30"),
            ("hours", "5.75", "+05:45"),
            ("hours", "0", "+00:00"),
            ("minutes", "-300", "-05:00"),
            ("gmt", "W,5,30", "-05:30"),
            ("gmt", "E,0", "+00:00"),
            ("gmt", "E08", "+08:00"),
            ("gmt", "W00", "+00:00"),
        ] {
            assert_eq!(decode(how, text).as_deref(), Some(zone), "{how} {text}");
        }
        for (how, text) in [
            ("hours", "8.1"),
            ("gmt", "N,1"),
            ("minutes", "x"),
            ("hours", "99999"),
            ("gmt", "E"),
            ("gmt", "E99999"),
            ("other", "1"),
        ] {
            assert_eq!(decode(how, text), None, "{how} {text}");
        }
    }
}
