//! What has to hold whatever bytes come, for the fuzzers: nothing fails, nothing is lost, nothing is claimed that is
//! not there. The rooms are the program's own files.

#[path = "../../src/sms/mod.rs"]
pub mod sms;
#[path = "../../src/units/mod.rs"]
pub mod units;
#[path = "../../src/wire/mod.rs"]
pub mod wire;

use sms::{Direction, Pdu};
use wire::{Found, Framing, Messages, Protocol, Session, Spans, Stream, UtcTime, What, by_name};

/// Any bytes to a stream of no known protocol, in pieces; what it finds is decoded.
pub fn detection(data: &[u8]) {
    let Some((&choice, bytes)) = data.split_first() else { return };
    let (mut session, mut messages) = (Session::new(), Messages::new());
    pour(Stream::new(), bytes, usize::from(choice) + 1, |found| {
        if let What::Frame { protocol, .. } | What::Cut { protocol, .. } = found.what {
            protocol.decode(found.bytes, &mut session, &mut messages);
            messages.views(found.bytes).for_each(drop);
        }
    });
}

/// Any bytes to one codec: as a frame, and as a stream that is known to be its own.
pub fn codec(name: &str, data: &[u8]) {
    let protocol = by_name(name).expect("a protocol of the table");
    reading(protocol, data);
    let piece = usize::from(data.first().copied().unwrap_or_default()) + 1;
    pour(Stream::of(protocol), data, piece, |found| reading(protocol, found.bytes));
}

/// Decoding and explaining read the same, every span lies inside, and iStartek's frames, which a tracker
/// deletes when they are confirmed, are so only when their envelope is whole.
fn reading(protocol: &'static Protocol, bytes: &[u8]) {
    let (mut messages, mut explained, mut spans) = (Messages::new(), Messages::new(), Spans::new());
    protocol.decode(bytes, &mut Session::new(), &mut messages);
    protocol.explain(bytes, &mut Session::new(), &mut explained, &mut spans);
    let list = |messages: &Messages| messages.views(bytes).map(|view| *view).collect::<Vec<_>>();
    assert_eq!(list(&messages), list(&explained));
    assert_eq!(messages.damage(), explained.damage());
    assert!(list(&messages).len() <= bytes.len() + 1, "more messages than bytes");
    for seen in spans.fields() {
        assert!(explained.raw_span(seen.span).end() <= bytes.len(), "{} ends outside", seen.name);
    }
    for ended in [false, true] {
        if let Framing::Frame { len, .. } = protocol.frame(bytes, ended) {
            assert!((1..=bytes.len()).contains(&len), "a frame of {len} in {} bytes", bytes.len());
        }
    }
    let answers = protocol.acknowledge(bytes, &messages, UtcTime::from_unix(1_700_000_000), &mut Vec::new());
    // The sum is done once more by hand: low byte of all that stands before its two digits; CR LF may be missing.
    if answers && protocol.name == "startek" {
        let frame = bytes.strip_suffix(b"\r\n").unwrap_or(bytes);
        let (summed, carried) = frame.split_last_chunk::<2>().expect("a sum");
        let sum = summed.iter().fold(0_u8, |sum, byte| sum.wrapping_add(*byte));
        assert_eq!(
            carried.to_ascii_uppercase(),
            format!("{sum:02X}").as_bytes(),
            "a damaged frame is confirmed"
        );
    }
}

/// Every byte is given out once and in order, but for ends of lines between frames, and the mark that ends one message of
/// JT/T 808 and begins the next; and the stream always gets on.
fn pour(mut stream: Stream, bytes: &[u8], piece: usize, mut each: impl FnMut(&Found<'_>)) {
    let (mut next, mut given) = (0, 0);
    let mut take = |found: &Found<'_>| {
        let at = usize::try_from(found.at).expect("a short stream");
        let is_shared =
            at + 1 == next && matches!(found.what, What::Frame { protocol, .. } if protocol.name == "jt808");
        assert!(!found.bytes.is_empty() && (at >= next || is_shared), "something is given out twice");
        assert!(
            bytes[next.min(at)..at].iter().all(|byte| matches!(byte, b'\r' | b'\n')),
            "something is lost"
        );
        assert_eq!(bytes.get(at..at + found.bytes.len()), Some(found.bytes));
        next = at + found.bytes.len();
        each(found);
    };
    for mut rest in bytes.chunks(piece) {
        while !rest.is_empty() {
            let taken = stream.push(rest);
            rest = &rest[taken..];
            given += taken;
            let mut found = 0;
            while let Some(this) = stream.next() {
                take(&this);
                found += 1;
            }
            assert!(taken > 0 || found > 0, "the stream does not get on");
        }
    }
    stream.end();
    while let Some(this) = stream.next() {
        take(&this);
    }
    assert_eq!((given, stream.held()), (bytes.len(), 0));
    assert!(bytes[next..].iter().all(|byte| matches!(byte, b'\r' | b'\n')), "the end is lost");
}

/// Any octets as a short message, in either direction; what is read of one can be written, or it is said why not.
pub fn pdu(data: &[u8]) {
    for direction in [Direction::ToMobile, Direction::FromMobile] {
        for decoded in [Pdu::decode(data, direction), Pdu::decode_tpdu(data, direction)].into_iter().flatten()
        {
            drop(decoded.pdu.octets());
        }
    }
}
