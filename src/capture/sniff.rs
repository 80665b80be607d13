//! What a capture is written as, by its beginning.

use super::{Form, dump};

/// How much of the beginning is looked at.
const LOOK: usize = 16 * 1024;

/// A packet capture by its magic number; bytes when they are no text; a dump by its offsets; else lines.
pub(super) fn form(head: &[u8]) -> Form {
    let head = head.get(..LOOK).unwrap_or(head);
    match head {
        // pcap in both byte orders, with microseconds, nanoseconds, and the form of a patched tcpdump.
        [0xA1, 0xB2, 0xC3 | 0xCD, 0xD4 | 0x34, ..]
        | [0xD4 | 0x34, 0xC3 | 0xCD, 0xB2, 0xA1, ..]
        | [0xA1, 0xB2, 0x3C, 0x4D, ..]
        | [0x4D, 0x3C, 0xB2, 0xA1, ..]
        // pcapng: a section header.
        | [0x0A, 0x0D, 0x0D, 0x0A, ..] => Form::Pcap,
        _ if is_text(head) && (dump::begins(head) || dump::is_wrapped(head) || dump::is_wrapped_base64(head)) => Form::Dump,
        _ if is_text(head) => Form::Lines,
        _ => Form::Raw,
    }
}

/// Text has no control characters but blanks and line ends, and is UTF-8 (its last character may be cut).
fn is_text(head: &[u8]) -> bool {
    let is_utf8 = match str::from_utf8(head) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    };
    is_utf8
        && !head.iter().any(|byte| byte.is_ascii_control() && !matches!(byte, b'\t' | b'\r' | b'\n' | 0x1B))
}
