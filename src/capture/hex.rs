//! Bytes from hexadecimal digits, with whatever people and programs put between them.

use super::Refusal;

/// The value of each character as a hexadecimal digit; 255 for all others.
const VALUES: [u8; 256] = {
    let mut values = [255; 256];
    let mut digit = 0;
    while digit < 16 {
        values[b"0123456789abcdef"[digit] as usize] = digit as u8;
        values[b"0123456789ABCDEF"[digit] as usize] = digit as u8;
        digit += 1;
    }
    values
};

/// The value of a hexadecimal digit; above 15 for anything else.
pub(super) fn value(byte: u8) -> u8 {
    VALUES.get(usize::from(byte)).copied().unwrap_or(255)
}

pub(super) fn is_digit(byte: u8) -> bool {
    value(byte) < 16
}

/// Reads a line of hexadecimal digits: `7878`, `78 78`, `0x78,0x78`, `\x78\x78`, `78:78`, also in quotes or behind
/// `hex:`.
pub(super) fn read(line: &[u8], out: &mut Vec<u8>) -> Result<(), Refusal> {
    out.clear();
    let line = line.trim_ascii();
    if pairs(line, out) {
        return if out.is_empty() { Err(Refusal::NoDigits) } else { Ok(()) };
    }
    out.clear();
    groups(line, out)
}

/// Digits and nothing else, two to a byte: by far the most frequent line.
fn pairs(line: &[u8], out: &mut Vec<u8>) -> bool {
    let (pairs, rest) = line.as_chunks::<2>();
    let mut all = 0;
    out.extend(pairs.iter().map(|[high, low]| {
        let (high, low) = (value(*high), value(*low));
        all |= high | low;
        high << 4 | low & 15
    }));
    all < 16 && rest.is_empty()
}

const BETWEEN: &[u8] = b" \t,:;-._|\"'`[]{}()";
const BEFORE: [&[u8]; 4] = [b"0x", b"0X", b"\\x", b"\\X"];

/// Groups of digits with something between them. Each group is whole bytes; one digit behind `0x` is one, too.
fn groups(line: &[u8], out: &mut Vec<u8>) -> Result<(), Refusal> {
    let bare = line.strip_prefix(b"hex:").or_else(|| line.strip_prefix(b"HEX:")).unwrap_or(line);
    let mut rest = bare;
    let place = |rest: &[u8]| line.len() - rest.len();
    while let Some(first) = rest.first() {
        if BETWEEN.contains(first) {
            rest = rest.get(1..).unwrap_or_default();
            continue;
        }
        let marked = BEFORE.iter().find_map(|mark| rest.strip_prefix(*mark));
        rest = marked.unwrap_or(rest);
        // A mark begins the next byte, also without anything between.
        let marks = |at: &usize| {
            let here = rest.get(*at..).unwrap_or_default();
            *at > 0 && BEFORE.iter().any(|mark| here.starts_with(mark))
        };
        let end = (0..rest.len())
            .find(|at| rest.get(*at).is_none_or(|byte| !is_digit(*byte)) || marks(at))
            .unwrap_or(rest.len());
        let (digits, behind) = rest.split_at_checked(end).unwrap_or((rest, &[]));
        match (digits, marked) {
            ([], _) => return Err(not_hex(line, place(rest))),
            ([one], Some(_)) => out.push(value(*one)),
            _ if !pairs(digits, out) => {
                return Err(Refusal::HalfByte { digits: digits.len(), at: place(behind) });
            }
            _ => {}
        }
        rest = behind;
    }
    if out.is_empty() { Err(Refusal::NoDigits) } else { Ok(()) }
}

fn not_hex(line: &[u8], at: usize) -> Refusal {
    let rest = String::from_utf8_lossy(line.get(at..).unwrap_or_default());
    let before = String::from_utf8_lossy(line.get(..at).unwrap_or_default());
    Refusal::NotHex { at: before.chars().count() + 1, found: rest.chars().next().unwrap_or(' ') }
}
