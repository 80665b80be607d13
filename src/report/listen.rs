//! `homing.listen-event/1`: what a listener hears, one object a line.

use std::net::SocketAddr;

use serde::Serialize;

use super::compact;
use super::message::{MessageView, message};
use super::write::hex;
use crate::profile::{Evidence, Means, Reading};
use crate::serve::{Event, Peer, Strange, Summary};
use crate::units::rfc_3339;
use crate::wire::{Damage, Transport};

/// The schema of one line.
pub const LISTEN_EVENT: &str = "homing.listen-event/1";

/// One line.
#[derive(Debug, Serialize)]
pub struct ListenEventView<'a> {
    schema: &'static str,
    at: String,
    #[serde(flatten)]
    peer: Option<PeerView>,
    #[serde(flatten)]
    what: What,
    /// Stands last in its line. It writes itself, as there can be very many.
    #[serde(skip)]
    message: Option<MessageView<'a>>,
}

impl ListenEventView<'_> {
    /// Appends the line, without a line break.
    ///
    /// # Errors
    /// None in practice: memory takes everything.
    pub fn write(&self, out: &mut Vec<u8>) -> serde_json::Result<()> {
        compact(&mut *out, self)?;
        if let Some(message) = &self.message {
            // An object that is not empty ends in a brace.
            out.pop();
            out.extend_from_slice(b",\"message\":");
            message.write(out).map_err(serde_json::Error::io)?;
            out.push(b'}');
        }
        Ok(())
    }
}

#[derive(Debug, Serialize)]
struct PeerView {
    peer: u64,
    transport: &'static str,
    from: SocketAddr,
    to: SocketAddr,
}

#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
enum What {
    Listening { addresses: Vec<AddressView>, relay: Option<SocketAddr>, echo: bool },
    Opened,
    Message(Box<HeardView>),
    Strange { way: &'static str, what: &'static str, bytes: usize, raw: String },
    Answered { raw: String },
    Sent { step: String, shown: String },
    Reply(ReplyView),
    Echoed { bytes: usize, raw: String },
    Closed { why: &'static str, messages: u64 },
    Summary(SummaryView),
}

#[derive(Debug, Serialize)]
struct AddressView {
    transport: &'static str,
    address: SocketAddr,
}

#[derive(Debug, Serialize)]
struct HeardView {
    /// From whom it came; a message has a direction of its own.
    way: &'static str,
    claimed: bool,
    rival: Option<&'static str>,
    cut: bool,
    damage: Vec<String>,
}

#[derive(Debug, Serialize)]
struct ReplyView {
    step: String,
    text: String,
    means: Option<Means>,
    values: std::collections::BTreeMap<String, String>,
    evidence: Option<Evidence>,
}

#[derive(Debug, Serialize)]
struct SummaryView {
    ended: &'static str,
    exit: u8,
    connections: u64,
    most: usize,
    open: usize,
    closed: std::collections::BTreeMap<&'static str, u64>,
    datagrams: u64,
    unsent: u64,
    received: u64,
    sent: u64,
    frames: u64,
    messages: u64,
    possible: u64,
    damaged: u64,
    answered: u64,
    strange: u64,
    untaken: u64,
}

/// A view of something that happened at a moment, in milliseconds since 1970. None for what is no news.
#[must_use]
pub fn listen_event<'a>(peer: &Peer, event: &Event<'a>, at_ms: i64) -> Option<ListenEventView<'a>> {
    let mut shown = None;
    let what = match *event {
        Event::Opened => What::Opened,
        Event::Message { way, protocol, claimed, rival, cut, first, view } => {
            // The faults are those of the frame, and are told with its first message.
            let damage = view.messages().damage().iter().filter(|_| first);
            shown = Some(message(protocol, view, None));
            What::Message(Box::new(HeardView {
                way: way.word(),
                claimed,
                rival: rival.map(|rival| rival.name),
                cut,
                damage: damage.map(Damage::to_string).collect(),
            }))
        }
        Event::Strange { way, what, bytes } => {
            What::Strange { way: way.word(), what: strange(what), bytes: bytes.len(), raw: beginning(bytes) }
        }
        Event::Answered { answer } => What::Answered { raw: hex(answer) },
        Event::Closed { why, messages } => What::Closed { why: why.word(), messages },
        Event::Sent { .. } | Event::Bytes { .. } | Event::Settled => return None,
    };
    Some(ListenEventView { message: shown, ..line(Some(peer), what, at_ms) })
}

/// A view of a command that goes out: its step, and its frame as it may be shown.
#[must_use]
pub fn listen_sent<'a>(peer: &Peer, step: &str, shown: &str, at_ms: i64) -> ListenEventView<'a> {
    line(Some(peer), What::Sent { step: step.to_owned(), shown: shown.to_owned() }, at_ms)
}

/// A view of a tracker's answer to a command. Its secrets are masked before.
#[must_use]
pub fn listen_reply<'a>(
    peer: &Peer,
    step: &str,
    text: &str,
    reading: Option<&Reading>,
    at_ms: i64,
) -> ListenEventView<'a> {
    let view = ReplyView {
        step: step.to_owned(),
        text: text.to_owned(),
        means: reading.map(|reading| reading.means),
        values: reading.map(|reading| reading.values.iter().cloned().collect()).unwrap_or_default(),
        evidence: reading.map(|reading| reading.evidence),
    };
    line(Some(peer), What::Reply(view), at_ms)
}

/// A view of bytes that an echo sent back.
#[must_use]
pub fn listen_echoed<'a>(peer: &Peer, bytes: &[u8], at_ms: i64) -> ListenEventView<'a> {
    line(Some(peer), What::Echoed { bytes: bytes.len(), raw: beginning(bytes) }, at_ms)
}

/// A view of where a listener listens.
#[must_use]
pub fn listening<'a>(
    addresses: &[(Transport, SocketAddr)],
    relay: Option<SocketAddr>,
    echo: bool,
    at_ms: i64,
) -> ListenEventView<'a> {
    let each = |(transport, address): &(Transport, SocketAddr)| AddressView {
        transport: transport.word(),
        address: *address,
    };
    line(None, What::Listening { addresses: addresses.iter().map(each).collect(), relay, echo }, at_ms)
}

/// A view of what all of it came to. `exit` is the code that the program ends with.
#[must_use]
pub fn listen_summary<'a>(
    summary: &Summary,
    ended: &'static str,
    exit: u8,
    at_ms: i64,
) -> ListenEventView<'a> {
    let Summary { connections, most, open, datagrams, unsent, received, sent, .. } = *summary;
    let Summary { frames, messages, possible, damaged, answered, strange, untaken, .. } = *summary;
    let closed = summary.ended.reasons().map(|(why, count)| (why.word(), count)).collect();
    let view = SummaryView {
        ended,
        exit,
        connections,
        most,
        open,
        closed,
        datagrams,
        unsent,
        received,
        sent,
        frames,
        messages,
        possible,
        damaged,
        answered,
        strange,
        untaken,
    };
    line(None, What::Summary(view), at_ms)
}

fn line<'a>(peer: Option<&Peer>, what: What, at_ms: i64) -> ListenEventView<'a> {
    let peer = peer.map(|peer| PeerView {
        peer: peer.number,
        transport: peer.transport.word(),
        from: peer.address,
        to: peer.at,
    });
    ListenEventView { schema: LISTEN_EVENT, at: rfc_3339(at_ms), peer, what, message: None }
}

/// The most bytes of what is no frame that are shown.
const BEGINNING: usize = 256;

fn beginning(bytes: &[u8]) -> String {
    hex(bytes.get(..BEGINNING).unwrap_or(bytes))
}

fn strange(what: Strange) -> &'static str {
    match what {
        Strange::Noise => "bytes that belong to no frame",
        Strange::Foreign(foreign) => foreign.word(),
    }
}
