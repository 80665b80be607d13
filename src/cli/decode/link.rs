//! What is remembered of a link between its pieces: how it is called, its two streams, who speaks.

use std::net::SocketAddr;
use std::rc::Rc;

use crate::capture::{Link, Side};
use crate::wire::{Protocol, Session, Stream, Transport};

/// Bytes of a stream without a frame that are kept to be shown.
const SHOWN: usize = 256;

/// One direction, or one line or datagram.
#[derive(Debug, Default)]
pub(super) struct Flow {
    pub(super) stream: Stream,
    pub(super) held: Held,
}

/// What came before the first frame, which may turn out to be everything.
#[derive(Debug, Default)]
pub(super) struct Held {
    pub(super) first: Vec<u8>,
    pub(super) length: u64,
    /// Where in the stream they begin.
    pub(super) at: u64,
    /// Frames so far.
    pub(super) frames: u64,
    /// Whether the stream is no tracker's, so that the rest of it does not matter.
    pub(super) foreign: bool,
    /// Whether the capture does not hold what came before, so that what does not fit up to the next frame is nobody's
    /// fault.
    pub(super) torn: bool,
    /// Whether the capture does not hold what comes next, so that the frame at hand may not be whole.
    pub(super) tail: bool,
}

impl Held {
    pub(super) fn keep(&mut self, at: u64, bytes: &[u8]) {
        if self.length == 0 {
            self.at = at;
        }
        let room = SHOWN.saturating_sub(self.first.len());
        self.first.extend_from_slice(bytes.get(..room).unwrap_or(bytes));
        self.length += bytes.len() as u64;
    }
}

impl Flow {
    pub(super) fn new(protocol: Option<&'static Protocol>) -> Self {
        Self::torn(protocol, false)
    }

    /// The same, where the capture may not hold what came before.
    fn torn(protocol: Option<&'static Protocol>, torn: bool) -> Self {
        let held = Held { torn, ..Held::default() };
        Self { stream: protocol.map_or_else(Stream::new, Stream::of), held }
    }
}

/// A link and its two directions.
pub(super) struct Linked {
    /// For each direction, the first speaker's first.
    labels: [Option<Rc<str>>; 2],
    pub(super) transport: Option<Transport>,
    pub(super) from: Option<SocketAddr>,
    pub(super) to: Option<SocketAddr>,
    pub(super) session: Session,
    flows: [Flow; 2],
    /// Directions that have not ended.
    pub(super) open: u8,
}

impl Linked {
    pub(super) fn new(link: &Link, protocol: Option<&'static Protocol>) -> Self {
        Self {
            labels: [Side::First, Side::Second].map(|side| label(link, side)),
            transport: link.transport,
            from: link.from,
            to: link.to,
            session: Session::new(),
            flows: [Flow::torn(protocol, !link.opened), Flow::torn(protocol, !link.opened)],
            open: 2,
        }
    }

    /// What the direction in which this side speaks is called.
    pub(super) fn label(&self, side: Side) -> Option<Rc<str>> {
        let [first, second] = &self.labels;
        if side == Side::First { first.clone() } else { second.clone() }
    }

    pub(super) fn flow(&mut self, side: Side) -> (&mut Flow, &mut Session) {
        let [first, second] = &mut self.flows;
        (if side == Side::First { first } else { second }, &mut self.session)
    }
}

/// `tcp 192.0.2.1:40001 > 192.0.2.2:5023`, or what a log calls it.
fn label(link: &Link, side: Side) -> Option<Rc<str>> {
    let transport = link.transport.map_or("", Transport::word);
    let (from, to) = if side == Side::First { (link.from, link.to) } else { (link.to, link.from) };
    let text = match (from, to, &link.name) {
        (Some(from), Some(to), _) => format!("{transport} {from} > {to}"),
        (_, _, Some(name)) => format!("{transport} {name}"),
        _ => return None,
    };
    Some(text.trim_start().into())
}
