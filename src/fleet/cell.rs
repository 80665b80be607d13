//! One cell as it is read: trimmed, freed from what spreadsheets put around it, or filled by its default.
//! It knows no column's form.

use crate::tracker::is_invisible;

/// A cell that is not empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cell<'r> {
    /// What stands there, trimmed.
    pub(super) text: &'r str,
    /// It is the default and stands in no cell.
    pub(super) default: bool,
    /// What was taken away around it.
    pub(super) trimmed: Trimmed,
}

/// What was taken away around a cell's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trimmed {
    /// Nothing.
    Nothing,
    /// Blanks and tabs.
    Blanks,
    /// Blanks that nobody sees as such: no-break and zero-width ones.
    Invisible(char),
    /// The apostrophe that tells a spreadsheet to leave a number alone.
    Apostrophe,
}

/// Takes away blanks around a text, and the forms that keep numbers whole in spreadsheets: `="0123"` and `'0123`.
pub(super) fn trim(raw: &str) -> (&str, Trimmed) {
    let plain = |byte: Option<&u8>| {
        byte.is_none_or(|byte| (0x22..0x7f).contains(byte) && !matches!(byte, b'=' | b'\''))
    };
    if plain(raw.as_bytes().first()) && plain(raw.as_bytes().last()) {
        return (raw, Trimmed::Nothing);
    }
    let text = raw.trim_matches(|c: char| c.is_whitespace() || (is_invisible(c) && !c.is_control()));
    let taken = || {
        let start = text.as_ptr() as usize - raw.as_ptr() as usize;
        raw[..start].chars().chain(raw[start + text.len()..].chars())
    };
    let trimmed = match taken().find(|c| !c.is_ascii()) {
        Some(odd) => Trimmed::Invisible(odd),
        None if text.len() < raw.len() => Trimmed::Blanks,
        None => Trimmed::Nothing,
    };
    if let Some(inner) = text.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')) {
        return (inner.trim(), trimmed);
    }
    match text.strip_prefix('\'') {
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit() || c == '+') => {
            (rest, Trimmed::Apostrophe)
        }
        _ => (text, trimmed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_around_a_value_is_taken_away_and_told() {
        for (raw, text, trimmed) in [
            ("internet", "internet", Trimmed::Nothing),
            ("", "", Trimmed::Nothing),
            (" internet\t", "internet", Trimmed::Blanks),
            ("\u{a0}internet", "internet", Trimmed::Invisible('\u{a0}')),
            ("internet\u{200b} ", "internet", Trimmed::Invisible('\u{200b}')),
            ("=\"0123\"", "0123", Trimmed::Nothing),
            ("'+573001234567", "+573001234567", Trimmed::Apostrophe),
            ("'tis", "'tis", Trimmed::Nothing),
            (" \u{feff} ", "", Trimmed::Invisible('\u{feff}')),
            ("ñandú", "ñandú", Trimmed::Nothing),
        ] {
            assert_eq!(trim(raw), (text, trimmed), "{raw:?}");
        }
    }
}
