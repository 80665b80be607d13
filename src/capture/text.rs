//! Bytes from a line of text, as a person copies it: escapes are undone, and the lost line end is put back.

use super::hex;

/// Reads a line without its line end. `\r`, `\n`, `\t`, `\0`, `\\` and `\xHH` become the bytes that they mean, and
/// what ends in neither CR LF nor an escape for them gets CR LF: it was lost when the line was copied, and text
/// frames end in it. Gives how many of the bytes the line had: those behind were put back.
pub(super) fn read(line: &[u8], out: &mut Vec<u8>) -> usize {
    out.clear();
    let mut rest = line;
    while let Some(at) = rest.iter().position(|byte| *byte == b'\\') {
        let (plain, from) = rest.split_at_checked(at).unwrap_or((rest, &[]));
        out.extend_from_slice(plain);
        let (byte, taken) = escape(from);
        out.push(byte);
        rest = from.get(taken..).unwrap_or_default();
    }
    out.extend_from_slice(rest);
    let lost = match out.as_slice() {
        [.., b'\r', b'\n'] => 0,
        [.., b'\r'] => 1,
        _ => 2,
    };
    while out.last().is_some_and(|byte| matches!(byte, b'\r' | b'\n')) {
        out.pop();
    }
    out.extend_from_slice(b"\r\n");
    out.len() - lost
}

/// The byte of an escape and how many characters it has; a backslash that begins none is one.
fn escape(from: &[u8]) -> (u8, usize) {
    match from {
        [_, b'r', ..] => (b'\r', 2),
        [_, b'n', ..] => (b'\n', 2),
        [_, b't', ..] => (b'\t', 2),
        [_, b'0', ..] => (0, 2),
        [_, b'\\', ..] => (b'\\', 2),
        [_, b'x', high, low, ..] if hex::is_digit(*high) && hex::is_digit(*low) => {
            (hex::value(*high) << 4 | hex::value(*low), 4)
        }
        _ => (b'\\', 1),
    }
}
