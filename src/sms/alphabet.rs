//! The GSM 7-bit default alphabet with its extension table (3GPP TS 23.038 section 6.2.1), and the size of a text.

use std::fmt;

/// The default alphabet by septet value, 0x00 to 0x7F. 0x1B is the escape to the extension table.
const DEFAULT: [char; 128] = [
    '@', '£', '$', '¥', 'è', 'é', 'ù', 'ì', 'ò', 'Ç', '\n', 'Ø', 'ø', '\r', 'Å', 'å', //
    'Δ', '_', 'Φ', 'Γ', 'Λ', 'Ω', 'Π', 'Ψ', 'Σ', 'Θ', 'Ξ', '\u{1b}', 'Æ', 'æ', 'ß', 'É', //
    ' ', '!', '"', '#', '¤', '%', '&', '\'', '(', ')', '*', '+', ',', '-', '.', '/', //
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', ':', ';', '<', '=', '>', '?', //
    '¡', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O', //
    'P', 'Q', 'R', 'S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z', 'Ä', 'Ö', 'Ñ', 'Ü', '§', //
    '¿', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', //
    'p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z', 'ä', 'ö', 'ñ', 'ü', 'à',
];

/// The extension table: each costs two septets, the escape and this value.
const EXTENSION: [(char, u8); 10] = [
    ('\u{c}', 0x0A),
    ('^', 0x14),
    ('{', 0x28),
    ('}', 0x29),
    ('\\', 0x2F),
    ('[', 0x3C),
    ('~', 0x3D),
    (']', 0x3E),
    ('|', 0x40),
    ('€', 0x65),
];

/// The alphabet a text is sent in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alphabet {
    /// GSM 7-bit default alphabet, with its extension table where needed.
    Gsm7,
    /// UCS-2: some character is not in the GSM alphabet.
    Ucs2,
}

impl fmt::Display for Alphabet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Gsm7 => "GSM 7-bit",
            Self::Ucs2 => "UCS-2",
        })
    }
}

/// What a text costs as short messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// The alphabet it needs.
    pub alphabet: Alphabet,
    /// Characters a person counts.
    pub characters: usize,
    /// Septets (GSM 7-bit) or 16-bit units (UCS-2), which is what the limits count.
    pub units: usize,
    /// Number of short messages: 160 septets or 70 units in one, 153 or 67 in each part of several.
    pub messages: usize,
}

/// The septet of a character of the default alphabet; the escape itself is no character.
fn default_septet(character: char) -> Option<u8> {
    if character == '\u{1b}' {
        return None;
    }
    DEFAULT.iter().position(|c| *c == character).and_then(|at| u8::try_from(at).ok())
}

/// The character of a septet of the default alphabet; only its seven bits count.
pub(super) fn default_char(septet: u8) -> char {
    DEFAULT[usize::from(septet & 0x7F)]
}

/// The character of a septet behind the escape.
pub(super) fn extension_char(septet: u8) -> Option<char> {
    EXTENSION.iter().find(|(_, code)| *code == septet).map(|(character, _)| *character)
}

/// The septet that follows the escape for a character of the extension table.
#[must_use]
pub fn extension_septet(character: char) -> Option<u8> {
    EXTENSION.iter().find(|(c, _)| *c == character).map(|(_, septet)| *septet)
}

/// Septets a character takes: 1, 2 with the escape, or none when the alphabet lacks it.
fn septets(character: char) -> Option<usize> {
    if character.is_ascii_alphanumeric() || matches!(character, ' ' | '!' | '#' | ',' | '.' | ':') {
        return Some(1);
    }
    default_septet(character).map(|_| 1).or_else(|| extension_septet(character).map(|_| 2))
}

/// Measures a text: alphabet, units, and the number of messages with 8-bit concatenation references.
/// An escape pair or a surrogate pair is never split between two parts.
#[must_use]
pub fn measure(text: &str) -> Size {
    let characters = text.chars().count();
    let (alphabet, units, messages) = match pack(text.chars().map(septets), 160, 153) {
        Some((units, messages)) => (Alphabet::Gsm7, units, messages),
        None => {
            let widths = text.chars().map(|c| Some(c.len_utf16()));
            let (units, messages) = pack(widths, 70, 67).unwrap_or_default();
            (Alphabet::Ucs2, units, messages)
        }
    };
    Size { alphabet, characters, units, messages }
}

/// Units and messages of characters with these widths; none when a width is unknown.
fn pack(widths: impl Iterator<Item = Option<usize>>, single: usize, part: usize) -> Option<(usize, usize)> {
    let (mut units, mut messages, mut filled) = (0, 1, 0);
    for width in widths {
        let width = width?;
        units += width;
        filled += width;
        if filled > part {
            messages += 1;
            filled = width;
        }
    }
    Some((units, if units <= single { 1 } else { messages }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn single_and_concatenated_sizes_are_those_of_the_standard() {
        for (length, messages) in [(0, 1), (160, 1), (161, 2), (306, 2), (307, 3)] {
            assert_eq!(measure(&"a".repeat(length)).messages, messages, "{length} septets");
        }
        for (length, messages) in [(70, 1), (71, 2), (134, 2), (135, 3)] {
            assert_eq!(measure(&"ж".repeat(length)).messages, messages, "{length} units");
        }
    }

    #[test]
    fn extension_characters_cost_two_septets_and_are_never_split() {
        assert_eq!(measure(&"€".repeat(80)).messages, 1);
        assert_eq!(measure("[]").units, 4);
        // 152 septets, then an escape pair that does not fit into the 153rd: 153 * 2 would hold it only when split.
        let text = format!("{}{}{}", "a".repeat(152), "€", "a".repeat(152));
        assert_eq!(measure(&text).units, 306);
        assert_eq!(measure(&text).messages, 3);
    }

    #[test]
    fn the_backquote_and_cyrillic_need_ucs2_but_accented_letters_of_the_table_do_not() {
        assert_eq!(measure("`").alphabet, Alphabet::Ucs2);
        assert_eq!(measure("й").alphabet, Alphabet::Ucs2);
        assert_eq!(measure("ñ à Ç § ¿").alphabet, Alphabet::Gsm7);
    }

    #[test]
    fn a_pair_of_surrogates_is_two_units() {
        assert_eq!(measure("🐕").units, 2);
        assert_eq!(measure(&"🐕".repeat(35)).messages, 1);
        assert_eq!(measure(&"🐕".repeat(36)).messages, 2);
    }
}
