//! The links of a packet capture: which packets belong together, who opened what, and when it ended.
//! A bounded number of them is followed at a time; the one that was silent longest gives way.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::ops::ControlFlow;

use super::super::{Arrival, Each, End, Event, Link, Piece, Side};
use super::packet::{Content, Packet, Segment};
use super::tcp::{Direction, Out};
use crate::wire::Transport;

/// Links that are followed at a time.
const MOST_LINKS: usize = 2_048;
/// Bytes out of order that all of them may hold back together.
const MOST_HELD: usize = 32 * 1024 * 1024;

type Key = (Transport, SocketAddr, SocketAddr);

pub(super) struct Flows {
    port: Option<u16>,
    links: HashMap<Key, Flow>,
    count: u32,
    /// Packets so far: a clock that always goes forward.
    tick: u64,
    held: usize,
}

struct Flow {
    link: Link,
    last: u64,
    arrival: Option<Arrival>,
    /// The direction of who opened it, then the other.
    directions: [Direction; 2],
    /// Which directions have ended; both when the link is over.
    ended: [bool; 2],
}

/// The same key for both directions.
fn key(transport: Transport, one: SocketAddr, other: SocketAddr) -> Key {
    (transport, one.min(other), one.max(other))
}

impl Flows {
    pub(super) fn new(port: Option<u16>) -> Self {
        Self { port, links: HashMap::new(), count: 0, tick: 0, held: 0 }
    }

    pub(super) fn packet(
        &mut self,
        packet: &Packet<'_>,
        arrival: Option<Arrival>,
        each: Each<'_>,
    ) -> ControlFlow<()> {
        if self.port.is_some_and(|port| packet.from.port() != port && packet.to.port() != port) {
            return ControlFlow::Continue(());
        }
        self.tick += 1;
        match packet.content {
            Content::Udp(bytes) => self.datagram(packet, bytes, arrival, each),
            Content::Tcp(segment) => self.segment(packet, &segment, arrival, each),
        }
    }

    fn datagram(
        &mut self,
        packet: &Packet<'_>,
        bytes: &[u8],
        arrival: Option<Arrival>,
        each: Each<'_>,
    ) -> ControlFlow<()> {
        if bytes.is_empty() {
            return ControlFlow::Continue(());
        }
        let key = key(Transport::Udp, packet.from, packet.to);
        let known = self.links.contains_key(&key);
        if !known {
            self.open(key, packet.from, packet.to, true, arrival, each)?;
        }
        let Some(flow) = self.links.get_mut(&key) else { return ControlFlow::Continue(()) };
        (flow.last, flow.arrival) = (self.tick, arrival);
        let side = flow.side(packet.from);
        let link = Some(flow.link.id);
        each(Event::Piece(Piece { bytes, given: bytes.len(), whole: true, line: None, link, side, arrival }))
    }

    fn segment(
        &mut self,
        packet: &Packet<'_>,
        segment: &Segment<'_>,
        arrival: Option<Arrival>,
        each: Each<'_>,
    ) -> ControlFlow<()> {
        let key = key(Transport::Tcp, packet.from, packet.to);
        let opens = segment.syn && segment.acknowledged.is_none();
        if opens && self.links.get(&key).is_some_and(|flow| flow.is_another(packet.from, segment)) {
            self.close(key, End::Open, arrival, each)?;
        }
        if !self.links.contains_key(&key) {
            // What comes behind the end of a connection, and what says nothing, begins none; nor does a single byte, with
            // which TCP asks whether the other end still lives (RFC 9293, 3.8.4).
            if !segment.syn && segment.payload.len() <= 1 {
                return ControlFlow::Continue(());
            }
            let (from, to) = openers(packet, segment);
            self.open(key, from, to, segment.syn, arrival, each)?;
        }
        let Some(flow) = self.links.get_mut(&key) else { return ControlFlow::Continue(()) };
        (flow.last, flow.arrival) = (self.tick, arrival);
        if flow.ended == [true, true] {
            return ControlFlow::Continue(());
        }
        let before: usize = flow.directions.iter().map(Direction::held).sum();
        let go = flow.segment(packet.from, segment, arrival, each);
        let after: usize = flow.directions.iter().map(Direction::held).sum();
        self.held = (self.held + after).saturating_sub(before);
        go?;
        if segment.rst {
            self.end(key, End::Reset, arrival, each)?;
        }
        self.make_room(each)
    }

    fn open(
        &mut self,
        key: Key,
        from: SocketAddr,
        to: SocketAddr,
        opened: bool,
        arrival: Option<Arrival>,
        each: Each<'_>,
    ) -> ControlFlow<()> {
        if self.links.len() >= MOST_LINKS {
            // Those that are over give way first.
            let silent = self.links.iter().min_by_key(|(_, flow)| (flow.ended != [true, true], flow.last));
            if let Some(oldest) = silent.map(|(key, _)| *key) {
                self.close(oldest, End::Open, None, each)?;
            }
        }
        let (id, transport) = (self.count, Some(key.0));
        self.count = self.count.wrapping_add(1);
        let link = Link { id, transport, from: Some(from), to: Some(to), name: None, opened };
        let go = each(Event::Opened(&link, arrival));
        let flow = Flow { link, last: self.tick, arrival, directions: Default::default(), ended: [false; 2] };
        self.links.insert(key, flow);
        go
    }

    /// The link is over; it stays known, so that what is repeated behind its end begins no other.
    fn end(&mut self, key: Key, end: End, arrival: Option<Arrival>, each: Each<'_>) -> ControlFlow<()> {
        let Some(flow) = self.links.get_mut(&key) else { return ControlFlow::Continue(()) };
        let before: usize = flow.directions.iter().map(Direction::held).sum();
        let go = flow.end(end, arrival, each);
        self.held = self.held.saturating_sub(before);
        go
    }

    /// The link is over and forgotten.
    fn close(&mut self, key: Key, end: End, arrival: Option<Arrival>, each: Each<'_>) -> ControlFlow<()> {
        let go = self.end(key, end, arrival, each);
        self.links.remove(&key);
        go
    }

    /// When too much waits altogether, nobody's gaps are waited for any longer.
    fn make_room(&mut self, each: Each<'_>) -> ControlFlow<()> {
        if self.held <= MOST_HELD {
            return ControlFlow::Continue(());
        }
        self.held = 0;
        self.links.values_mut().try_for_each(|flow| flow.flush(each))
    }

    /// The capture is over.
    pub(super) fn finish(&mut self, each: Each<'_>) {
        let mut flows: Vec<Flow> = self.links.drain().map(|(_, flow)| flow).collect();
        flows.sort_by_key(|flow| flow.link.id);
        for flow in &mut flows {
            let arrival = flow.arrival;
            if flow.end(End::Open, arrival, each) == ControlFlow::Break(()) {
                return;
            }
        }
    }
}

/// Who opened a connection: who sent the SYN; when it was not seen, who has the higher port, as servers have low ones.
fn openers(packet: &Packet<'_>, segment: &Segment<'_>) -> (SocketAddr, SocketAddr) {
    let answers = segment.syn && segment.acknowledged.is_some();
    let by_port = !segment.syn && packet.from.port() < packet.to.port();
    if answers || by_port { (packet.to, packet.from) } else { (packet.from, packet.to) }
}

impl Flow {
    fn side(&self, from: SocketAddr) -> Side {
        if self.link.from == Some(from) { Side::First } else { Side::Second }
    }

    /// Whether a SYN begins another connection between the same ports.
    fn is_another(&self, from: SocketAddr, segment: &Segment<'_>) -> bool {
        let [first, second] = &self.directions;
        let own = if self.side(from) == Side::First { first } else { second };
        own.differs(segment.sequence.wrapping_add(1)) || self.ended == [true, true]
    }

    fn segment(
        &mut self,
        from: SocketAddr,
        segment: &Segment<'_>,
        arrival: Option<Arrival>,
        each: Each<'_>,
    ) -> ControlFlow<()> {
        let side = self.side(from);
        let (own, other) = match (&mut self.directions, side) {
            ([first, second], Side::First) => (first, second),
            ([first, second], Side::Second) => (second, first),
        };
        let sequence = if segment.syn {
            own.begin(segment.sequence.wrapping_add(1));
            segment.sequence.wrapping_add(1)
        } else {
            segment.sequence
        };
        let (link, mut go) = (self.link.id, ControlFlow::Continue(()));
        // What the other end has got is given out first: it was sent before this segment.
        if let Some(acknowledged) = segment.acknowledged {
            let to = opposite(side);
            other.acknowledged(acknowledged, &mut |out| tell(link, to, arrival, out, each, &mut go));
        }
        // A reset may carry a text for people; it is no part of the stream.
        if !(segment.rst || segment.payload.is_empty() && !segment.fin) {
            own.segment(sequence, segment.payload, segment.fin, &mut |out| {
                tell(link, side, arrival, out, each, &mut go);
            });
        }
        go?;
        for (direction, side, ended) in self.sides() {
            if direction.is_done() && !*ended {
                *ended = true;
                each(Event::Ended { link, side, end: End::Closed, arrival })?;
            }
        }
        ControlFlow::Continue(())
    }

    fn sides(&mut self) -> impl Iterator<Item = (&mut Direction, Side, &mut bool)> {
        let sides = [Side::First, Side::Second];
        self.directions
            .iter_mut()
            .zip(sides)
            .zip(&mut self.ended)
            .map(|((direction, side), ended)| (direction, side, ended))
    }

    fn end(&mut self, end: End, arrival: Option<Arrival>, each: Each<'_>) -> ControlFlow<()> {
        let (link, mut go) = (self.link.id, ControlFlow::Continue(()));
        for (direction, side, ended) in self.sides() {
            if *ended {
                continue;
            }
            *ended = true;
            direction.finish(&mut |out| tell(link, side, arrival, out, each, &mut go));
            go?;
            each(Event::Ended { link, side, end, arrival })?;
        }
        go
    }

    fn flush(&mut self, each: Each<'_>) -> ControlFlow<()> {
        let (link, arrival, mut go) = (self.link.id, self.arrival, ControlFlow::Continue(()));
        for (direction, side, _) in self.sides() {
            direction.finish(&mut |out| tell(link, side, arrival, out, each, &mut go));
        }
        go
    }
}

fn opposite(side: Side) -> Side {
    if side == Side::First { Side::Second } else { Side::First }
}

/// Hands on what a direction gives out, until `each` has had enough.
fn tell(
    link: u32,
    side: Side,
    arrival: Option<Arrival>,
    out: Out<'_>,
    each: Each<'_>,
    go: &mut ControlFlow<()>,
) {
    if *go == ControlFlow::Break(()) {
        return;
    }
    *go = match out {
        Out::Bytes(bytes) => each(Event::Piece(Piece {
            bytes,
            given: bytes.len(),
            whole: false,
            line: None,
            link: Some(link),
            side,
            arrival,
        })),
        Out::Missing(bytes) => each(Event::Missing { link, side, bytes }),
    };
}
