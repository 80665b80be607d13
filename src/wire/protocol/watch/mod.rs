//! The protocol of children's watches (SeTracker, Beesure): `[3G*id*length*content]`, text without a checksum.
//! The length is often wrong by the escapes of sound and photos; the brackets decide then.

use super::super::ascii::hex;
use super::super::{Carries, Code, Dec, Direction, Evidence, Fit, Framing, Message, Messages, UtcTime};
use super::{Protocol, Transport};

mod body;
mod encode;
#[cfg(test)]
mod tests;

/// The protocol's line in the table.
pub(in super::super) static PROTOCOL: Protocol = Protocol {
    name: "watch",
    title: "Watches (SeTracker, Beesure)",
    transports: &[Transport::Tcp],
    carries: Carries {
        degrees: Dec::new(5, 7),
        altitude_m: Some(Dec::new(5, 1)),
        speed_kmh: Some(Dec::new(5, 3)),
        course: true,
        satellites: Some(255),
        hdop: None,
        odometer_m: None,
        battery_v: None,
        battery_pct: true,
        power_v: None,
        csq: false,
        cell: true,
        event: false,
        bare_imei: false,
    },
    heads: b"[",
    summed: false,
    shares: false,
    doubt: None,
    frame: framing,
    decode: body::read,
    explain: body::read,
    acknowledge,
    encode: encode::uplink,
    command: encode::command,
};

/// The longest head: bracket, maker, identity of 20, index, length.
const LONGEST_HEAD: usize = 40;

/// What the length counts.
const LENGTH_RULE: &str = "counted over the content, between the last star of the head and the bracket";

/// The parts of a head.
#[derive(Debug, Clone, Copy)]
struct Head {
    /// The byte after the identity.
    id_end: usize,
    /// The four digits of the index, where there is one.
    index: Option<usize>,
    /// Where the digits of the length stand.
    length_at: usize,
    /// The declared length.
    length: usize,
    /// Where the content begins.
    content: usize,
}

/// What stands at the start of bytes: no head, the beginning of one, or a head.
enum Start {
    No(&'static str),
    Partial,
    Head(Head),
}

fn four(bytes: &[u8], at: usize) -> Option<usize> {
    let digits = bytes.get(at..at + 4)?;
    hex(digits).filter(|_| bytes.get(at + 4) == Some(&b'*')).map(|number| number as usize)
}

fn start(bytes: &[u8]) -> Start {
    let is_maker =
        bytes.iter().skip(1).take(2).all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase());
    if bytes.first().is_some_and(|first| *first != b'[')
        || !is_maker
        || bytes.get(3).is_some_and(|star| *star != b'*')
    {
        return Start::No("it does not begin with [, two letters of a maker and *");
    }
    let id = bytes.iter().skip(4).take(21).take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let id_end = 4 + id;
    match bytes.get(id_end) {
        None if id < 21 => return Start::Partial,
        Some(b'*') if (5..=20).contains(&id) => {}
        _ => return Start::No("no identity of 5 to 20 digits follows the maker"),
    }
    let first = id_end + 1;
    match (four(bytes, first), four(bytes, first + 5)) {
        (Some(_), Some(length)) => Start::Head(Head {
            id_end,
            index: Some(first),
            length_at: first + 5,
            length,
            content: first + 10,
        }),
        // Five more bytes decide whether this was the length or an index before it.
        (Some(_), None) if may_be_index(bytes, first + 5) => Start::Partial,
        (Some(length), None) => {
            Start::Head(Head { id_end, index: None, length_at: first, length, content: first + 5 })
        }
        (None, _) if bytes.len() < first + 5 => Start::Partial,
        (None, _) => Start::No("no length of four hexadecimal digits follows the identity"),
    }
}

fn may_be_index(bytes: &[u8], at: usize) -> bool {
    let rest = bytes.get(at..).unwrap_or_default();
    rest.iter().take(4).all(u8::is_ascii_hexdigit) && rest.get(4).is_none_or(|star| *star == b'*')
}

fn framing(bytes: &[u8], ended: bool) -> Framing {
    let head = match start(bytes) {
        Start::No(why) => return Framing::No(why),
        Start::Partial if ended => match whole_start(bytes) {
            Some(head) => head,
            None => return Framing::No("it ends within its first bytes"),
        },
        Start::Partial => return Framing::Need,
        Start::Head(head) => head,
    };
    let declared = head.content + head.length;
    if bytes.get(declared) == Some(&b']') {
        return found(bytes, head, declared + 1, Fit::Fits);
    }
    // A bracket inside the content is escaped, so that one which a frame follows is the end.
    let tail = bytes.get(head.content..).unwrap_or_default();
    let is_head = |at: &usize| matches!(tail.get(at + 1..).map(start), Some(Start::Head(_)));
    if let Some(at) = memchr::memmem::find_iter(tail, b"][").find(is_head) {
        return found(bytes, head, head.content + at + 1, Fit::Partly);
    }
    // A whole frame that begins before any bracket: this one has lost its end.
    let closed = memchr::memchr(b']', tail);
    let open = tail.get(..closed.unwrap_or(tail.len())).unwrap_or_default();
    if let Some(at) = memchr::memchr_iter(b'[', open).find(|at| is_whole(tail.get(*at..).unwrap_or_default()))
    {
        return found(bytes, head, head.content + at, Fit::Against);
    }
    // A text that a bracket closes, with nothing behind it, is answered now: a wrong length would have it wait for bytes
    // that the watch has no reason to send. Brackets within sound and photos are escaped.
    let is_text = |at: &usize| at + 1 == tail.len() && tail.iter().all(|byte| (b' '..=b'~').contains(byte));
    if bytes.len() <= declared && !ended && closed.as_ref().is_none_or(|at| !is_text(at)) {
        return Framing::Need;
    }
    match closed {
        Some(at) => found(bytes, head, head.content + at + 1, Fit::Partly),
        None if ended => found(bytes, head, bytes.len(), Fit::Against),
        None if tail.len() > 0xFFFF => Framing::No("no bracket closes it"),
        None => Framing::Need,
    }
}

/// Whether a frame begins here whose bracket stands where its length says.
fn is_whole(bytes: &[u8]) -> bool {
    matches!(start(bytes), Start::Head(head) if bytes.get(head.content + head.length) == Some(&b']'))
}

/// A head that is as short as a whole frame may be: `[SG*8800000015*0002*LK]` has nothing behind it to decide by.
fn whole_start(bytes: &[u8]) -> Option<Head> {
    let star = bytes.iter().take(LONGEST_HEAD).skip(4).position(|byte| *byte == b'*')? + 4;
    let length = four(bytes, star + 1)?;
    Some(Head { id_end: star, index: None, length_at: star + 1, length, content: star + 6 })
}

fn found(bytes: &[u8], head: Head, len: usize, framing: Fit) -> Framing {
    let content = bytes.get(head.content..len).unwrap_or_default();
    let marks = body::marks(content);
    let id = bytes.get(4..head.id_end).is_some_and(|id| id.len() >= 10 && id.iter().all(u8::is_ascii_digit));
    Framing::Frame { len, evidence: Evidence { checksum: None, framing, id, marks } }
}

/// `LK` and alarms are answered by their own name, `INIT` by `INIT,1`; positions want nothing. An index is repeated.
fn acknowledge(frame: &[u8], messages: &Messages, _: UtcTime, out: &mut Vec<u8>) -> bool {
    let (Some(Message { direction: Direction::Up, code: Code::Text(code), .. }), Start::Head(head)) =
        (messages.first(), start(frame))
    else {
        return false;
    };
    let answer: &[u8] = match code.of(frame) {
        b"LK" => b"LK",
        b"INIT" => b"INIT,1",
        name @ (b"TKQ" | b"TKQ2") => name,
        name if name.starts_with(b"AL") && name.len() <= 12 => name,
        _ => return false,
    };
    let before = frame.get(..head.length_at).unwrap_or_default();
    out.extend_from_slice(before);
    out.extend_from_slice(format!("{:04X}*", answer.len()).as_bytes());
    out.extend_from_slice(answer);
    out.push(b']');
    true
}
