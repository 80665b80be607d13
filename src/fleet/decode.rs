//! A file in any of the encodings as a stream of UTF-8 with `\n` at every line's end, for the CSV reader.
//! It keeps the number of physical lines as it is, and it knows nothing of cells.

use std::io::{self, Read};

use super::encoding::{Encoding, windows_1252};
use super::quotes::Quotes;

/// A line of its own behind everything else: a quote that is still open swallows it. It holds a control character,
/// so that no real cell is equal to it, and counts only at the end of the stream.
pub(super) const END: &str = "\u{1}end\u{2}";

/// The longest row that is taken. A quote that is never closed would else take the rest of the file into memory.
const LONGEST_ROW: usize = 1 << 20;

/// Size of the pieces that are read.
const PIECE: usize = 1 << 16;

/// Bytes of a file to UTF-8.
pub(super) struct Decoder<R> {
    source: R,
    encoding: Encoding,
    /// What was read and not yet decoded: half a character of UTF-16 at most.
    raw: Vec<u8>,
    /// The first half of a character that takes two units of UTF-16.
    surrogate: Option<u16>,
    /// What was decoded and not yet handed on.
    out: Vec<u8>,
    given: usize,
    /// The last byte was a carriage return, already handed on as a line's end.
    after_return: bool,
    ended: bool,
    quotes: Quotes,
    /// Bytes handed on since the last row was complete.
    row: usize,
}

impl<R: Read> Decoder<R> {
    /// A decoder of a source that stands behind the byte order mark. The separator only serves the watch on quotes.
    pub(super) fn new(source: R, encoding: Encoding, separator: u8) -> Self {
        let (raw, out, quotes) = (Vec::new(), Vec::new(), Quotes::new(separator));
        Self {
            source,
            encoding,
            raw,
            surrogate: None,
            out,
            given: 0,
            after_return: false,
            ended: false,
            quotes,
            row: 0,
        }
    }

    /// Whether the end of the source was reached.
    pub(super) fn ended(&self) -> bool {
        self.ended
    }

    /// What was seen of quotes on the way.
    pub(super) fn quotes(&mut self) -> &mut Quotes {
        &mut self.quotes
    }

    /// Says that a row is complete.
    pub(super) fn row_done(&mut self) {
        self.row = 0;
    }

    /// UTF-8 goes straight into the reader's buffer. Returns 0 at the end of the source.
    fn straight(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.source.read(buffer)?;
            let kept = line_ends(&mut buffer[..read], &mut self.after_return);
            if kept > 0 || read == 0 {
                return Ok(kept);
            }
        }
    }

    /// The other encodings go through a buffer of their own. False at the end of the source.
    fn refill(&mut self) -> io::Result<bool> {
        let kept = self.raw.len();
        self.raw.resize(kept + PIECE, 0);
        let read = self.source.read(&mut self.raw[kept..])?;
        self.raw.truncate(kept + read);
        self.out.clear();
        self.given = 0;
        match self.encoding {
            Encoding::Utf8 => self.out.append(&mut self.raw),
            Encoding::Windows1252 => {
                self.raw.drain(..).for_each(|byte| push(&mut self.out, windows_1252(byte)));
            }
            Encoding::Utf16Le => self.wide(u16::from_le_bytes, read == 0),
            Encoding::Utf16Be => self.wide(u16::from_be_bytes, read == 0),
        }
        let end = line_ends(&mut self.out, &mut self.after_return);
        self.out.truncate(end);
        Ok(read > 0)
    }

    /// Units of UTF-16 to characters; a half without its other half becomes U+FFFD.
    fn wide(&mut self, unit: fn([u8; 2]) -> u16, last: bool) {
        let lost = char::REPLACEMENT_CHARACTER;
        let mut units = self.raw.chunks_exact(2);
        for pair in &mut units {
            let unit = unit([pair[0], pair[1]]);
            let pending = self.surrogate.take();
            match (pending, unit) {
                (Some(high), 0xdc00..=0xdfff) => {
                    let code = 0x10000 + ((u32::from(high) - 0xd800) << 10) + (u32::from(unit) - 0xdc00);
                    push(&mut self.out, char::from_u32(code).unwrap_or(lost));
                    continue;
                }
                (Some(_), _) => push(&mut self.out, lost),
                (None, _) => {}
            }
            match unit {
                0xd800..=0xdbff => self.surrogate = Some(unit),
                unit => push(&mut self.out, char::from_u32(u32::from(unit)).unwrap_or(lost)),
            }
        }
        let rest = units.remainder().len();
        self.raw.drain(..self.raw.len() - rest);
        if last && (self.surrogate.take().is_some() || !self.raw.is_empty()) {
            self.raw.clear();
            push(&mut self.out, lost);
        }
    }

    /// Puts the last line behind everything else.
    fn end(&mut self) {
        self.ended = true;
        if self.given == self.out.len() {
            self.out.clear();
            self.given = 0;
        }
        self.out.push(b'\n');
        self.out.extend_from_slice(END.as_bytes());
        self.out.push(b'\n');
    }
}

/// Adds a character in UTF-8.
fn push(out: &mut Vec<u8>, c: char) {
    out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
}

/// Makes `\n` of `\r\n` and of a lone `\r`, in place. Returns how many bytes are left.
fn line_ends(bytes: &mut [u8], after_return: &mut bool) -> usize {
    let clean = !*after_return && !bytes.contains(&b'\r');
    if clean {
        return bytes.len();
    }
    let mut kept = 0;
    for index in 0..bytes.len() {
        let byte = bytes[index];
        let second_half = byte == b'\n' && *after_return;
        *after_return = byte == b'\r';
        if !second_half {
            bytes[kept] = if byte == b'\r' { b'\n' } else { byte };
            kept += 1;
        }
    }
    kept
}

impl<R: Read> Read for Decoder<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        if self.row > LONGEST_ROW {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, "row too long"));
        }
        if self.encoding == Encoding::Utf8 && !self.ended {
            let read = self.straight(buffer)?;
            if read > 0 {
                self.quotes.watch(&buffer[..read]);
                self.row += read;
                return Ok(read);
            }
            self.end();
        }
        while self.given == self.out.len() && !self.ended {
            if !self.refill()? {
                self.end();
            }
        }
        let ready = &self.out[self.given..];
        let count = ready.len().min(buffer.len());
        buffer[..count].copy_from_slice(&ready[..count]);
        self.quotes.watch(&buffer[..count]);
        self.given += count;
        self.row += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hands out one byte at a time: every boundary is met.
    struct Slow<'a>(&'a [u8]);

    impl Read for Slow<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let count = self.0.len().min(buffer.len()).min(1);
            buffer[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    fn decode(bytes: &[u8], encoding: Encoding) -> String {
        let (mut whole, mut slow) = (String::new(), String::new());
        Decoder::new(bytes, encoding, b',').read_to_string(&mut whole).unwrap();
        Decoder::new(Slow(bytes), encoding, b',').read_to_string(&mut slow).unwrap();
        assert_eq!(whole, slow);
        whole.strip_suffix(&format!("\n{END}\n")).unwrap().to_owned()
    }

    #[test]
    fn every_encoding_becomes_the_same_text() {
        let text = "Pérez €;🐕\n";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decode(text.as_bytes(), Encoding::Utf8), text);
        assert_eq!(decode(&little, Encoding::Utf16Le), text);
        assert_eq!(decode(&big, Encoding::Utf16Be), text);
        assert_eq!(decode(b"P\xe9rez \x80", Encoding::Windows1252), "Pérez €");
    }

    #[test]
    fn line_ends_become_one_character_and_lines_stay_as_many() {
        assert_eq!(decode(b"a\r\nb\rc\nd\r\r\n\n", Encoding::Utf8), "a\nb\nc\nd\n\n\n");
        assert_eq!(decode(b"\r\n\r\n", Encoding::Windows1252), "\n\n");
    }

    #[test]
    fn half_a_character_is_marked_and_does_not_panic() {
        assert_eq!(decode(&[0x61, 0x00, 0x3d], Encoding::Utf16Le), "a\u{fffd}");
        assert_eq!(decode(&[0x3d, 0xd8, 0x61, 0x00], Encoding::Utf16Le), "\u{fffd}a");
        assert_eq!(decode(&[0x3d, 0xd8], Encoding::Utf16Le), "\u{fffd}");
    }
}
