//! Septets and 16-bit units as text, and back (3GPP TS 23.038 section 6.2).
//! Whatever comes in gives a text; what had to be replaced is counted.

use super::language::{ESCAPE, Tables};

/// The text of septets, and whether they end in an escape with nothing behind it.
///
/// A code that the extension table lacks shows the character of the main table; two escapes, and one at the very
/// end, show a blank (section 6.2.1.1).
pub(super) fn from_septets(septets: &[u8], tables: Tables) -> (String, bool) {
    let mut text = String::with_capacity(septets.len());
    let mut codes = septets.iter().map(|septet| septet & 0x7F);
    while let Some(code) = codes.next() {
        if code != ESCAPE {
            text.push(tables.character(code));
            continue;
        }
        match codes.next() {
            None => {
                text.push(' ');
                return (text, true);
            }
            Some(ESCAPE) => text.push(' '),
            Some(code) => text.push(tables.shifted(code).unwrap_or_else(|| tables.character(code))),
        }
    }
    (text, false)
}

/// The septets of a text, or the first character that the tables lack.
pub(super) fn to_septets(text: &str, tables: Tables) -> Result<Vec<u8>, char> {
    let mut septets = Vec::with_capacity(text.len());
    for character in text.chars() {
        let (pair, count) = tables.septets(character).ok_or(character)?;
        septets.extend(pair.iter().take(count));
    }
    Ok(septets)
}

/// The text of 16-bit units, pairs of surrogates joined, and how many lone ones had to be replaced.
pub(super) fn from_units(units: &[u16]) -> (String, usize) {
    let mut lone = 0;
    let text = char::decode_utf16(units.iter().copied())
        .map(|unit| {
            unit.unwrap_or_else(|_| {
                lone += 1;
                char::REPLACEMENT_CHARACTER
            })
        })
        .collect();
    (text, lone)
}
