//! What templates can make of a value beside minijinja's own filters: parts, paddings, divisions, checksums, zones.
//! Each refuses what it cannot do to the letter, as a device would take the rest for something else.

use minijinja::{Environment, Error, ErrorKind};

use crate::tracker::Timezone;
use crate::wire::checksum::sum8;

/// Adds all of them.
pub(super) fn add_filters(env: &mut Environment<'static>) {
    env.add_filter("first", |text: String, count: usize| part(&text, count, |length| 0..count.min(length)));
    env.add_filter("last", |text: String, count: usize| part(&text, count, |length| length - count..length));
    env.add_filter("pad", |text: String, width: usize| pad(&text, width));
    env.add_filter("div", |text: String, by: i64| div(&text, by));
    env.add_filter("sum8", |text: String| format!("{:02X}", sum8(text.as_bytes())));
    env.add_filter("xor8", |text: String| format!("{:02X}", text.bytes().fold(0, |sum, byte| sum ^ byte)));
    env.add_filter("east_west", |zone: String| {
        zoned(&zone, |zone| if zone.minutes() < 0 { "W" } else { "E" }.to_owned())
    });
    env.add_filter("zone_hours", |zone: String| zoned(&zone, |zone| (zone.minutes().abs() / 60).to_string()));
    env.add_filter("zone_minutes", |zone: String| {
        zoned(&zone, |zone| (zone.minutes().abs() % 60).to_string())
    });
    env.add_filter("total_minutes", |zone: String| zoned(&zone, |zone| zone.minutes().to_string()));
    env.add_filter("decimal_hours", |zone: String| zoned(&zone, |zone| decimal_hours(zone.minutes())));
}

fn refused(why: String) -> Error {
    Error::new(ErrorKind::InvalidOperation, why)
}

/// Some characters of a text that has at least `count`. Which, `of` says of its length.
fn part(text: &str, count: usize, of: impl Fn(usize) -> std::ops::Range<usize>) -> Result<String, Error> {
    let characters: Vec<char> = text.chars().collect();
    if characters.len() < count {
        return Err(refused(format!("\"{text}\" has {} of the {count} characters wanted", characters.len())));
    }
    Ok(characters[of(characters.len())].iter().collect())
}

/// Digits with zeros in front up to a width.
fn pad(text: &str, width: usize) -> Result<String, Error> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(refused(format!("\"{text}\" is not made of digits alone")));
    }
    if text.len() > width {
        return Err(refused(format!("{text} has more than the {width} digits there is room for")));
    }
    Ok(format!("{text:0>width$}"))
}

/// A whole number in a larger unit.
fn div(text: &str, by: i64) -> Result<String, Error> {
    let number: i64 = text.parse().map_err(|_| refused(format!("\"{text}\" is no whole number")))?;
    match (number.checked_div(by), number.checked_rem(by)) {
        (Some(whole), Some(0)) => Ok(whole.to_string()),
        _ => Err(refused(format!("{number} is no multiple of {by}, the step this tracker counts in"))),
    }
}

fn zoned(zone: &str, show: impl Fn(Timezone) -> String) -> Result<String, Error> {
    zone.parse::<Timezone>().map(show).map_err(|error| refused(error.to_string()))
}

/// 8.0, -5.5, 5.75: how one maker prints a time zone.
fn decimal_hours(minutes: i16) -> String {
    let text = format!("{:.2}", f64::from(minutes) / 60.0);
    text.strip_suffix('0').map_or(text.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use minijinja::context;

    use super::*;

    fn made(template: &str) -> Result<String, String> {
        let mut env = Environment::new();
        add_filters(&mut env);
        let values = context! { imei => "490154203237518", s => "90", zone => "-05:00", empty => "" };
        env.render_str(template, values).map_err(|error| error.detail().unwrap_or_default().to_owned())
    }

    #[test]
    fn parts_paddings_divisions_and_checksums_are_to_the_letter() {
        for (template, text) in [
            ("{{ imei|first(14) }}", "49015420323751"),
            ("{{ imei|last(14) }}", "90154203237518"),
            // The six digits before the check digit, as one maker's rule has it.
            ("{{ imei|first(14)|last(6) }}", "323751"),
            ("{{ imei|first(15) }}{{ imei|last(0) }}", "490154203237518"),
            ("{{ s|pad(3) }} {{ s|pad(2) }}", "090 90"),
            ("{{ s|div(10) }} {{ s|div(10)|pad(5) }}", "9 00009"),
            ("{{ zone|total_minutes|div(60) }}", "-5"),
            // NMEA 0183's own example of this checksum, worked out by hand: A ^ B = 03.
            ("{{ 'AB'|xor8 }} {{ ''|xor8 }} {{ 'a'|xor8 }}", "03 00 61"),
        ] {
            assert_eq!(made(template).as_deref(), Ok(text), "{template}");
        }
    }

    #[test]
    fn what_they_cannot_do_to_the_letter_is_refused() {
        for (template, why) in [
            ("{{ imei|first(16) }}", "has 15 of the 16 characters wanted"),
            ("{{ s|last(3) }}", "has 2 of the 3 characters wanted"),
            ("{{ s|pad(1) }}", "90 has more than the 1 digits"),
            ("{{ zone|pad(9) }}", "is not made of digits alone"),
            ("{{ empty|pad(9) }}", "is not made of digits alone"),
            ("{{ s|div(60) }}", "90 is no multiple of 60"),
            ("{{ s|div(0) }}", "90 is no multiple of 0"),
            ("{{ zone|div(10) }}", "is no whole number"),
        ] {
            let said = made(template).unwrap_err();
            assert!(said.contains(why), "{template}: {said}");
        }
    }
}
