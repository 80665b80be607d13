//! What spreadsheets do to long numbers: powers of ten, dates, decimals.
//! It only recognises the damage; which number stood there before cannot be known.

use super::told::{Told, shown};

/// A number that a program has rewritten.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Damage {
    /// `8.68683E+14`.
    #[error(
        "`{}` is a long number that a spreadsheet has rewritten and whose last digits are lost: format the column as text and enter it again",
        shown(.0)
    )]
    Scientific(String),
    /// `2026-03-01`, `01/03/2026`, `Mar-26`.
    #[error("`{}` is a date where a number belongs: format the column as text and enter the number again", shown(.0))]
    Date(String),
    /// `869912033012424.0`, `869.912.033.012.424`.
    #[error("`{}` is written like a decimal number: format the column as text, the number would be {whole}", shown(.value))]
    Decimal {
        /// What was written.
        value: String,
        /// Its digits before the `.0`, or without the marks between thousands.
        whole: String,
    },
}

impl Told for Damage {
    fn rule(&self) -> &'static str {
        match self {
            Self::Scientific(_) => "scientific-notation",
            Self::Date(_) => "date-for-number",
            Self::Decimal { .. } => "decimal-number",
        }
    }

    fn fix(&self) -> Option<String> {
        match self {
            Self::Scientific(_) => Some("the whole number, from the label or the operator's list".to_owned()),
            Self::Date(_) => Some("the number, with the column formatted as text".to_owned()),
            Self::Decimal { whole, .. } => Some(whole.clone()),
        }
    }
}

/// The damage that a text shows, if any. A text of digits alone shows none.
#[must_use]
pub fn damage(text: &str) -> Option<Damage> {
    // Nearly every number is digits alone, perhaps behind a plus.
    if text.strip_prefix('+').unwrap_or(text).bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    if is_scientific(text) {
        return Some(Damage::Scientific(text.to_owned()));
    }
    if is_date(text) {
        return Some(Damage::Date(text.to_owned()));
    }
    decimal(text).map(|whole| Damage::Decimal { value: text.to_owned(), whole })
}

/// Whether every byte is a digit, and there is one.
fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `8.68683E+14`, `8,68683E+14`, `9E14`.
fn is_scientific(text: &str) -> bool {
    let text = text.strip_prefix(['+', '-']).unwrap_or(text);
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else { return false };
    let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let whole = match mantissa.split_once(['.', ',']) {
        Some((whole, fraction)) => fraction.is_empty().then_some(whole).or(digits(fraction).then_some(whole)),
        None => Some(mantissa),
    };
    digits(exponent) && exponent.len() <= 3 && whole.is_some_and(digits)
}

/// `869912033012424.0`, or the marks between thousands: `869.912.033.012.424`, `869,912,033,012,424`.
fn decimal(text: &str) -> Option<String> {
    for mark in ['.', ','] {
        if let Some((whole, fraction)) = text.split_once(mark)
            && digits(whole.strip_prefix('+').unwrap_or(whole))
            && digits(fraction)
            && fraction.bytes().all(|byte| byte == b'0')
        {
            return Some(whole.to_owned());
        }
    }
    if !text.contains(['.', ',']) {
        return None;
    }
    // Four groups at least: a phone number is often written in three.
    let groups: Vec<&str> = text.split(if text.contains('.') { '.' } else { ',' }).collect();
    let (first, rest) = groups.split_first()?;
    let thousands = rest.len() >= 3
        && digits(first)
        && first.len() <= 3
        && rest.iter().all(|g| g.len() == 3 && digits(g));
    thousands.then(|| groups.concat())
}

/// English, Spanish, Portuguese, French and German month names begin with one of these.
const MONTHS: [&str; 28] = [
    "jan", "ene", "feb", "fev", "fév", "mar", "mär", "mrz", "apr", "abr", "avr", "may", "mai", "jun", "juin",
    "jul", "juil", "aug", "ago", "aoû", "sep", "set", "oct", "okt", "out", "nov", "dec", "dic",
];

/// Whether a text is a date, perhaps with a time behind it.
fn is_date(text: &str) -> bool {
    let date = text.split_once(['T', ' ']).filter(|(_, time)| is_time(time)).map_or(text, |(date, _)| date);
    let Some(mark) = date.chars().find(|c| matches!(c, '-' | '/' | '.')) else { return false };
    let parts: Vec<&str> = date.split(mark).collect();
    match parts.as_slice() {
        [a, b] => (is_short(b) && is_month(a)) || (is_short(a) && is_month(b)),
        [a, b, c] if is_day_or_year(a) && is_day_or_year(c) && is_month(b) => true,
        [a, b, c] if a.len() == 4 => is_year(a) && is_number(b, 12) && is_number(c, 31),
        [a, b, c] if c.len() == 4 || (c.len() == 2 && mark == '/') => {
            is_day_or_year(c)
                && ((is_number(a, 31) && is_number(b, 12)) || (is_number(a, 12) && is_number(b, 31)))
        }
        _ => false,
    }
}

/// A time of day: `00:00`, `12:30:00`.
fn is_time(text: &str) -> bool {
    let text = text.trim_end_matches(['Z', 'z']);
    text.contains(':') && text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b'.'))
}

/// A number of one or two digits from 1 to `most`.
fn is_number(text: &str, most: u8) -> bool {
    text.len() <= 2 && digits(text) && text.parse::<u8>().is_ok_and(|number| (1..=most).contains(&number))
}

/// A year of this century or the last.
fn is_year(text: &str) -> bool {
    text.len() == 4 && digits(text) && (text.starts_with("19") || text.starts_with("20"))
}

/// The other half of `Mar-26` and `26-Mar`: a day or a year of two or four digits.
fn is_short(text: &str) -> bool {
    is_number(text, 31) || is_day_or_year(text)
}

/// A day, a year of two digits, or a whole year.
fn is_day_or_year(text: &str) -> bool {
    (text.len() <= 2 && digits(text)) || is_year(text)
}

/// The name of a month, short or long.
fn is_month(text: &str) -> bool {
    let lower = text.trim_end_matches('.').to_lowercase();
    lower.chars().count() >= 3
        && lower.chars().all(char::is_alphabetic)
        && MONTHS.iter().any(|m| lower.starts_with(m))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damage_by_spreadsheets_is_recognised() {
        for (text, rule) in [
            ("8.68683E+14", "scientific-notation"),
            ("8,68683E+14", "scientific-notation"),
            ("9e14", "scientific-notation"),
            ("2026-03-01", "date-for-number"),
            ("01/03/2026", "date-for-number"),
            ("1/3/26", "date-for-number"),
            ("13.03.2026", "date-for-number"),
            ("Mar-26", "date-for-number"),
            ("26-mar", "date-for-number"),
            ("01-ene-2026", "date-for-number"),
            ("2026-03-01 00:00:00", "date-for-number"),
            ("869912033012424.0", "decimal-number"),
            ("573001234567,00", "decimal-number"),
            ("869.912.033.012.424", "decimal-number"),
        ] {
            assert_eq!(damage(text).map(|d| d.rule()), Some(rule), "{text}");
        }
    }

    #[test]
    fn numbers_as_people_write_them_are_not_damage() {
        for text in [
            "869912033012424",
            "+57 300 123 4567",
            "300.123.4567",
            "12-34-5678",
            "300-12-34",
            "06/12.34.56.78",
            "9E",
            "",
            "-",
            "E5",
        ] {
            assert_eq!(damage(text), None, "{text}");
        }
    }
}
