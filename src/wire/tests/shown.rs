//! What is recorded of a frame's fields for `explain`, in words.

use super::super::{Messages, Protocol, Session, Spans, Value};
use super::support::digits;

/// Every field in its order: its name, the bytes that it points at, and what they say where that is a word or a time.
pub(in super::super) fn shown(protocol: &Protocol, frame: &[u8]) -> Vec<String> {
    let (mut messages, mut spans) = (Messages::new(), Spans::new());
    protocol.explain(frame, &mut Session::new(), &mut messages, &mut spans);
    let one = |seen: &super::super::Seen| {
        let raw = digits(messages.raw_span(seen.span).of(frame));
        match seen.value {
            Value::Word(word) => format!("{} {raw} {word}", seen.name),
            Value::Time(time) => format!("{} {raw} {time}", seen.name),
            Value::Flag(flag) => format!("{} {raw} {flag}", seen.name),
            _ => format!("{} {raw}", seen.name),
        }
    };
    spans.fields().iter().map(one).collect()
}
