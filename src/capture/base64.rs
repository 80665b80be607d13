//! Bytes in base64, as some platforms and brokers write them into their logs (RFC 4648, sections 4 and 5).

/// The shortest text that is taken for base64: seven bytes, as the shortest frames have.
const FEWEST: usize = 10;

/// Reads a line that is base64 and nothing else, also in quotes; false when it is none.
pub(super) fn read(line: &[u8], out: &mut Vec<u8>) -> bool {
    out.clear();
    let bare = line.trim_ascii();
    let digits = bare.strip_suffix(b"==").or_else(|| bare.strip_suffix(b"=")).unwrap_or(bare);
    let padded = digits.len() < bare.len();
    // One digit over is never a byte, and what is padded fills its last four.
    if digits.len() < FEWEST || digits.len() % 4 == 1 || padded && !bare.len().is_multiple_of(4) {
        return false;
    }
    for four in digits.chunks(4) {
        let mut bits = 0_u32;
        for digit in four {
            let Some(value) = value(*digit) else { return false };
            bits = bits << 6 | value;
        }
        let [_, bytes @ ..] = (bits << (6 * (4 - four.len()))).to_be_bytes();
        out.extend(bytes.iter().take(four.len() - 1));
    }
    true
}

fn value(digit: u8) -> Option<u32> {
    let (from, first) = match digit {
        b'A'..=b'Z' => (b'A', 0),
        b'a'..=b'z' => (b'a', 26),
        b'0'..=b'9' => (b'0', 52),
        b'+' | b'-' => return Some(62),
        b'/' | b'_' => return Some(63),
        _ => return None,
    };
    Some(u32::from(digit - from) + first)
}
