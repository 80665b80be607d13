//! Captures of others, read where they are; and small helpers.

use std::path::PathBuf;

use serde_json::Value as Json;

use super::super::{Dec, Found, Messages, Protocol, Session, Stream, View, What};

/// One captured input and what another decoder makes of it.
pub(in super::super) struct Capture {
    pub(in super::super) protocol: String,
    pub(in super::super) place: (i64, i64),
    pub(in super::super) bytes: Vec<u8>,
    pub(in super::super) positions: Vec<Json>,
}

#[expect(clippy::print_stderr, reason = "whoever reads the test's output is told that nothing was compared")]
/// The captures, or none with a word about it: they are not part of the project.
pub(in super::super) fn captures() -> Vec<Capture> {
    let folder = std::env::var_os("HOMING_VECTORS")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/vectors"), PathBuf::from);
    let Ok(text) = std::fs::read_to_string(folder.join("protocols.jsonl")) else {
        eprintln!("skipped: no captures in {} (HOMING_VECTORS names another folder)", folder.display());
        return Vec::new();
    };
    text.lines().map(capture).collect()
}

fn capture(line: &str) -> Capture {
    let row: Json = serde_json::from_str(line).unwrap();
    let text = |key: &str| row.get(key).and_then(Json::as_str).unwrap_or_default();
    let frame = if text("frame").is_empty() { text("bodyHex") } else { text("frame") };
    let bytes = if text("kind") == "text" { frame.as_bytes().to_vec() } else { unhex(frame) };
    Capture {
        protocol: text("protocol").to_owned(),
        place: (row["session"].as_i64().unwrap_or(-1), row["n"].as_i64().unwrap_or(-1)),
        bytes,
        positions: row["reference_output"].as_array().cloned().unwrap_or_default(),
    }
}

/// Bytes of hexadecimal digits; of anything else, the text itself.
pub(in super::super) fn unhex(text: &str) -> Vec<u8> {
    let byte = |at: usize| text.get(at..at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok());
    let bytes: Option<Vec<u8>> = (0..text.len()).step_by(2).map(byte).collect();
    bytes.unwrap_or_else(|| text.as_bytes().to_vec())
}

/// A whole stream in pieces, handed to `each` with everything that is found.
pub(in super::super) fn pour(mut stream: Stream, pieces: &[&[u8]], mut each: impl FnMut(Found<'_>)) {
    for piece in pieces {
        let mut rest = *piece;
        while !rest.is_empty() {
            let taken = stream.push(rest);
            rest = &rest[taken..];
            let mut before = usize::MAX;
            while let Some(found) = stream.next() {
                each(found);
                before = before.wrapping_sub(1);
            }
            assert!(taken > 0 || before < usize::MAX, "the stream does not get on");
        }
    }
    stream.end();
    while let Some(found) = stream.next() {
        each(found);
    }
}

/// Every message of a stream of one protocol, shown to `each`.
pub(in super::super) fn read(protocol: &'static Protocol, pieces: &[&[u8]], mut each: impl FnMut(View<'_>)) {
    let (mut session, mut messages) = (Session::new(), Messages::new());
    pour(Stream::of(protocol), pieces, |found| {
        if let What::Frame { .. } | What::Cut { .. } = found.what {
            protocol.decode(found.bytes, &mut session, &mut messages);
            messages.views(found.bytes).for_each(&mut each);
        }
    });
}

/// A decimal of a text, for expectations.
pub(in super::super) fn dec(text: &str) -> Dec {
    Dec::parse(text.as_bytes()).unwrap()
}
