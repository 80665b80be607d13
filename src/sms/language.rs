//! National language tables of the GSM 7-bit alphabet (3GPP TS 23.038 section 6.2.1.2 and annex A).
//! Turkish, Spanish and Portuguese are here; the others are known by name only, and a text that needs one says so.

use super::alphabet::{default_char, extension_char};

/// The escape to the extension or single shift table.
pub(super) const ESCAPE: u8 = 0x1B;

/// A language with tables of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// Identifier 1.
    Turkish,
    /// Identifier 2; it has no locking shift table.
    Spanish,
    /// Identifier 3.
    Portuguese,
}

/// Where a locking shift table differs from the default alphabet (annex A.3.1).
const TURKISH_LOCKING: &[(u8, char)] =
    &[(0x04, '€'), (0x07, 'ı'), (0x0B, 'Ğ'), (0x0C, 'ğ'), (0x1C, 'Ş'), (0x1D, 'ş'), (0x40, 'İ'), (0x60, 'ç')];

/// Annex A.3.3.
#[rustfmt::skip]
const PORTUGUESE_LOCKING: &[(u8, char)] = &[
    (0x04, 'ê'), (0x06, 'ú'), (0x07, 'í'), (0x08, 'ó'), (0x09, 'ç'), (0x0B, 'Ô'), (0x0C, 'ô'), (0x0E, 'Á'),
    (0x0F, 'á'), (0x12, 'ª'), (0x13, 'Ç'), (0x14, 'À'), (0x15, '∞'), (0x16, '^'), (0x17, '\\'), (0x18, '€'),
    (0x19, 'Ó'), (0x1A, '|'), (0x1C, 'Â'), (0x1D, 'â'), (0x1E, 'Ê'), (0x24, 'º'), (0x40, 'Í'), (0x5B, 'Ã'),
    (0x5C, 'Õ'), (0x5D, 'Ú'), (0x60, '~'), (0x7B, 'ã'), (0x7C, 'õ'), (0x7D, '`'),
];

/// What a single shift table has beside the default extension table (annex A.2.1).
const TURKISH_SINGLE: &[(u8, char)] =
    &[(0x47, 'Ğ'), (0x49, 'İ'), (0x53, 'Ş'), (0x63, 'ç'), (0x67, 'ğ'), (0x69, 'ı'), (0x73, 'ş')];

/// Annex A.2.2.
#[rustfmt::skip]
const SPANISH_SINGLE: &[(u8, char)] = &[
    (0x09, 'ç'), (0x41, 'Á'), (0x49, 'Í'), (0x4F, 'Ó'), (0x55, 'Ú'), (0x61, 'á'), (0x69, 'í'), (0x6F, 'ó'),
    (0x75, 'ú'),
];

/// Annex A.2.3.
#[rustfmt::skip]
const PORTUGUESE_SINGLE: &[(u8, char)] = &[
    (0x05, 'ê'), (0x09, 'ç'), (0x0B, 'Ô'), (0x0C, 'ô'), (0x0E, 'Á'), (0x0F, 'á'), (0x12, 'Φ'), (0x13, 'Γ'),
    (0x15, 'Ω'), (0x16, 'Π'), (0x17, 'Ψ'), (0x18, 'Σ'), (0x19, 'Θ'), (0x1F, 'Ê'), (0x41, 'À'), (0x49, 'Í'),
    (0x4F, 'Ó'), (0x55, 'Ú'), (0x5B, 'Ã'), (0x5C, 'Õ'), (0x61, 'Â'), (0x69, 'í'), (0x6F, 'ó'), (0x75, 'ú'),
    (0x7B, 'ã'), (0x7C, 'õ'), (0x7F, 'â'),
];

/// Names of the language identifiers (section 6.2.1.2.4), from 1.
const NAMES: [&str; 13] = [
    "Turkish",
    "Spanish",
    "Portuguese",
    "Bengali",
    "Gujarati",
    "Hindi",
    "Kannada",
    "Malayalam",
    "Oriya",
    "Punjabi",
    "Tamil",
    "Telugu",
    "Urdu",
];

/// The name of a language identifier.
pub(super) fn name(identifier: u8) -> &'static str {
    usize::from(identifier).checked_sub(1).and_then(|at| NAMES.get(at)).copied().unwrap_or("reserved")
}

impl Language {
    /// The language of an identifier, when its tables are here.
    #[must_use]
    pub fn from_identifier(identifier: u8) -> Option<Self> {
        Some(match identifier {
            1 => Self::Turkish,
            2 => Self::Spanish,
            3 => Self::Portuguese,
            _ => return None,
        })
    }

    /// The identifier that the user data header carries.
    #[must_use]
    pub fn identifier(self) -> u8 {
        match self {
            Self::Turkish => 1,
            Self::Spanish => 2,
            Self::Portuguese => 3,
        }
    }

    fn locking(self) -> &'static [(u8, char)] {
        match self {
            Self::Turkish => TURKISH_LOCKING,
            Self::Spanish => &[],
            Self::Portuguese => PORTUGUESE_LOCKING,
        }
    }

    fn single(self) -> &'static [(u8, char)] {
        match self {
            Self::Turkish => TURKISH_SINGLE,
            Self::Spanish => SPANISH_SINGLE,
            Self::Portuguese => PORTUGUESE_SINGLE,
        }
    }
}

/// The pair of tables that a 7-bit text is written with; the default is the GSM alphabet and its extension table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Tables {
    /// The locking shift table, in place of the default alphabet.
    pub locking: Option<Language>,
    /// The single shift table, in place of the extension table.
    pub single: Option<Language>,
}

impl Tables {
    /// The character of a septet.
    pub(super) fn character(self, septet: u8) -> char {
        find(self.locking.map(Language::locking), septet).unwrap_or_else(|| default_char(septet))
    }

    /// The character of a septet behind the escape, when there is one.
    pub(super) fn shifted(self, septet: u8) -> Option<char> {
        find(self.single.map(Language::single), septet).or_else(|| extension_char(septet))
    }

    /// The septets of a character: one, or the escape and one; none when the tables lack it.
    pub(super) fn septets(self, character: char) -> Option<([u8; 2], usize)> {
        let plain = (0..=0x7F).find(|septet| *septet != ESCAPE && self.character(*septet) == character);
        let shifted = || (0..=0x7F).find(|septet| self.shifted(*septet) == Some(character));
        plain.map(|septet| ([septet, 0], 1)).or_else(|| shifted().map(|septet| ([ESCAPE, septet], 2)))
    }
}

fn find(table: Option<&[(u8, char)]>, septet: u8) -> Option<char> {
    table?.iter().find(|(code, _)| *code == septet).map(|(_, character)| *character)
}
