//! The way of the bytes: from the events of a capture through a stream for each direction, line or datagram.

use std::collections::HashMap;
use std::io;
use std::ops::ControlFlow;

use crate::capture::{End, Event, Link, Piece, Side};
use crate::diagnose::Opening;
use crate::ui::decode::{Other, Tally};
use crate::wire::{Protocol, Session};

use super::link::{Flow, Linked};
use super::sink::{Sink, Source};

pub(super) struct Work<'t> {
    protocol: Option<&'static Protocol>,
    links: HashMap<u32, Linked>,
    sink: Sink<'t>,
}

impl<'t> Work<'t> {
    pub(super) fn new(protocol: Option<&'static Protocol>, sink: Sink<'t>) -> Self {
        Self { protocol, links: HashMap::new(), sink }
    }

    /// One event of the capture. Breaks off when nobody reads the result any longer, or when it cannot be written.
    pub(super) fn event(&mut self, event: Event<'_>) -> ControlFlow<()> {
        match event {
            Event::Opened(link, arrival) => {
                self.sink.diagnosis.opened(link.id, &opening(link), arrival.map(|arrival| arrival.ms));
                self.links.insert(link.id, Linked::new(link, self.protocol));
            }
            Event::Piece(piece) => self.piece(&piece),
            Event::Missing { link, side, bytes } => self.missing(link, side, bytes),
            Event::Ended { link, side, end, arrival } => {
                self.ended(link, side, end, arrival.map(|arrival| arrival.ms));
            }
            Event::Refused { line, why } => {
                let mut source = Source::default();
                source.place.line = Some(line);
                self.sink.tally.refused += 1;
                self.sink.other(&Other::Refused(&why.to_string()), &source);
            }
        }
        let over = self.sink.term.is_closed() || self.sink.error.is_some();
        if over { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    fn piece(&mut self, piece: &Piece<'_>) {
        let linked = piece.link.and_then(|link| self.links.get_mut(&link));
        let mut source = source(piece, linked.as_deref());
        match linked {
            // A line is a stream of its own; what a log's connection knows of its tracker it keeps.
            Some(linked) if piece.line.is_some() && piece.whole => {
                let mut flow = Flow::new(self.protocol);
                pour(&mut self.sink, &mut flow, &mut linked.session, piece.bytes, true, &mut source);
            }
            Some(linked) => {
                let (flow, session) = linked.flow(piece.side);
                pour(&mut self.sink, flow, session, piece.bytes, piece.whole, &mut source);
                if piece.whole {
                    flow.stream.restart();
                }
            }
            None => {
                let (mut flow, mut session) = (Flow::new(self.protocol), Session::new());
                pour(&mut self.sink, &mut flow, &mut session, piece.bytes, true, &mut source);
            }
        }
    }

    /// Bytes that are missing end what came before them.
    fn missing(&mut self, link: u32, side: Side, bytes: u64) {
        let Some(linked) = self.links.get_mut(&link) else { return };
        let mut source = Source { link: Some(link), side: Some(side), ..Source::default() };
        source.place.link = linked.label(side);
        self.sink.tally.missing += 1;
        let (flow, session) = linked.flow(side);
        flow.held.tail = true;
        flow.stream.end();
        drain(&mut self.sink, flow, session, &mut source);
        flow.stream.restart();
        (flow.held.tail, flow.held.torn) = (false, true);
        self.sink.other(&Other::Missing(bytes), &source);
    }

    fn ended(&mut self, link: u32, side: Side, end: End, at_ms: Option<i64>) {
        let Some(linked) = self.links.get_mut(&link) else { return };
        let mut source = Source {
            link: Some(link),
            side: Some(side),
            transport: linked.transport,
            counted: true,
            ..Source::default()
        };
        source.place.link = linked.label(side);
        let (flow, session) = linked.flow(side);
        // Where nobody saw the end, it is the capture that ends within a frame.
        flow.held.tail = end == End::Open;
        flow.stream.end();
        drain(&mut self.sink, flow, session, &mut source);
        self.sink.ended(&mut flow.held, &mut source);
        linked.open = linked.open.saturating_sub(1);
        let over = linked.open == 0;
        if over {
            self.links.remove(&link);
        }
        // A connection is over when one side has closed it: many captures do not hold the other's word for it.
        if over || end != End::Open {
            self.sink.closed(link, side, end, at_ms);
        }
        if over {
            self.sink.forget(link);
        }
    }

    pub(super) fn finish(self) -> io::Result<Tally> {
        self.sink.finish()
    }
}

fn opening(link: &Link) -> Opening {
    Opening { from_start: link.opened, named: link.name.is_some() }
}

fn source(piece: &Piece<'_>, linked: Option<&Linked>) -> Source {
    let mut source = Source {
        link: piece.link,
        side: Some(piece.side),
        counted: piece.line.is_none(),
        given: (piece.given < piece.bytes.len()).then_some(piece.given as u64),
        ..Source::default()
    };
    source.place.line = piece.line;
    source.place.arrival_ms = piece.arrival.map(|arrival| arrival.ms);
    source.sure = piece.arrival.is_some_and(|arrival| arrival.sure);
    if let Some(linked) = linked {
        source.place.link = linked.label(piece.side);
        source.transport = linked.transport;
        source.to = if piece.side == Side::First { linked.to } else { linked.from };
    }
    source
}

/// Bytes into a stream, and what it gives out into the sink. `whole` says that nothing follows.
fn pour(
    sink: &mut Sink<'_>,
    flow: &mut Flow,
    session: &mut Session,
    bytes: &[u8],
    whole: bool,
    source: &mut Source,
) {
    let mut rest = bytes;
    while !rest.is_empty() {
        // Behind a drain there is room for at least one byte, so this gets on.
        let taken = flow.stream.push(rest);
        rest = rest.get(taken..).unwrap_or_default();
        if whole && rest.is_empty() {
            flow.stream.end();
        }
        drain(sink, flow, session, source);
    }
    if whole {
        sink.ended(&mut flow.held, source);
    }
}

fn drain(sink: &mut Sink<'_>, flow: &mut Flow, session: &mut Session, source: &mut Source) {
    while let Some(found) = flow.stream.next() {
        sink.found(found, session, &mut flow.held, source);
    }
}
