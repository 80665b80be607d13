//! In which encoding a file is written: told by its byte order mark, else by what it holds.
//! It only looks; `decode.rs` reads.

use std::io::{self, Read};

/// How the characters of a file are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16, the low byte first: what "Unicode text" means in spreadsheets.
    Utf16Le,
    /// UTF-16, the high byte first.
    Utf16Be,
    /// Windows-1252, which Western spreadsheets write as plain CSV.
    Windows1252,
}

impl Encoding {
    /// The name people know.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le => "UTF-16 LE",
            Self::Utf16Be => "UTF-16 BE",
            Self::Windows1252 => "Windows-1252",
        }
    }
}

/// What a file begins with when it is no text at all: its kind, and what to do instead.
const OTHERS: [(&[u8], &str, &str); 8] = [
    (b"PK\x03\x04", "a spreadsheet or another zip file (.xlsx, .ods)", SAVE_AS),
    (b"PK\x05\x06", "an empty zip file", SAVE_AS),
    (b"\xd0\xcf\x11\xe0", "an old spreadsheet (.xls)", SAVE_AS),
    (b"\x1f\x8b", "a compressed file", "unpack it first"),
    (b"%PDF", "a PDF document", "export the table as CSV from where the document came from"),
    (b"<", "a web page or an XML document", SAVE_AS),
    (b"{", "JSON", "export it as CSV"),
    (b"[", "JSON", "export it as CSV"),
];

/// What to do in every spreadsheet program.
const SAVE_AS: &str =
    "open it in a spreadsheet program and save it as CSV UTF-8, with the number columns formatted as text";

/// What the first bytes of a file say that it is, when that is not a text: its kind and the way out.
pub(super) fn other_kind(head: &[u8]) -> Option<(&'static str, &'static str)> {
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    OTHERS
        .iter()
        .find(|(magic, _, _)| head.starts_with(magic) || text.starts_with(magic))
        .map(|(_, what, out)| (*what, *out))
}

/// The encoding that the first bytes tell by themselves, and how many of them are the byte order mark.
pub(super) fn marked(head: &[u8]) -> Option<(Encoding, usize)> {
    match head {
        [0xef, 0xbb, 0xbf, ..] => Some((Encoding::Utf8, 3)),
        [0xff, 0xfe, ..] => Some((Encoding::Utf16Le, 2)),
        [0xfe, 0xff, ..] => Some((Encoding::Utf16Be, 2)),
        _ => zeros(head).map(|encoding| (encoding, 0)),
    }
}

/// UTF-16 without a mark: headers are ASCII, so nearly every second byte is zero.
fn zeros(head: &[u8]) -> Option<Encoding> {
    let pairs: Vec<_> = head.chunks_exact(2).take(256).collect();
    let high_first = pairs.iter().filter(|pair| pair[0] == 0).count();
    let low_first = pairs.iter().filter(|pair| pair[1] == 0).count();
    let most = pairs.len() - pairs.len() / 4;
    match (high_first, low_first) {
        _ if pairs.is_empty() => None,
        (0, low) if low >= most => Some(Encoding::Utf16Le),
        (high, 0) if high >= most => Some(Encoding::Utf16Be),
        _ => None,
    }
}

/// UTF-8 when every byte of a file is that, else Windows-1252. Reads all of it.
pub(super) fn scan(mut file: impl Read) -> io::Result<Encoding> {
    let mut buffer = vec![0_u8; 1 << 16];
    // Bytes of a character that the last piece cut in two.
    let mut kept = 0;
    loop {
        let read = file.read(&mut buffer[kept..])?;
        let piece = &buffer[..kept + read];
        let (good, broken) = match std::str::from_utf8(piece) {
            Ok(_) => (piece.len(), false),
            Err(error) => (error.valid_up_to(), error.error_len().is_some()),
        };
        if broken || (read == 0 && good < piece.len()) {
            return Ok(Encoding::Windows1252);
        }
        if read == 0 {
            return Ok(Encoding::Utf8);
        }
        let end = piece.len();
        buffer.copy_within(good..end, 0);
        kept = end - good;
    }
}

/// The characters of Windows-1252 from 0x80 to 0x9F; the five that it leaves open are control characters, as the
/// WHATWG's encoding standard has them.
const HIGH: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// One byte of Windows-1252 as a character.
pub(super) fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9f => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_zeros_tell_the_encoding() {
        let wide = |text: &str, big: bool| -> Vec<u8> {
            text.encode_utf16()
                .flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
                .collect()
        };
        assert_eq!(marked(b"\xef\xbb\xbfname"), Some((Encoding::Utf8, 3)));
        assert_eq!(marked(b"\xff\xfen\0"), Some((Encoding::Utf16Le, 2)));
        assert_eq!(marked(b"\xfe\xff\0n"), Some((Encoding::Utf16Be, 2)));
        assert_eq!(marked(&wide("name;imei\r\n", false)), Some((Encoding::Utf16Le, 0)));
        assert_eq!(marked(&wide("name;imei\r\n", true)), Some((Encoding::Utf16Be, 0)));
        assert_eq!(marked(b"name;imei"), None);
        assert_eq!(marked(b""), None);
    }

    #[test]
    fn a_file_that_is_not_utf_8_is_windows_1252() {
        let long = "ñ".repeat(100_000);
        assert_eq!(scan(long.as_bytes()).unwrap(), Encoding::Utf8);
        assert_eq!(scan(&long.as_bytes()[..long.len() - 1]).unwrap(), Encoding::Windows1252);
        assert_eq!(scan(&b"a\xf1o"[..]).unwrap(), Encoding::Windows1252);
        assert_eq!((windows_1252(0xf1), windows_1252(0x80), windows_1252(b'a')), ('ñ', '€', 'a'));
    }
}
