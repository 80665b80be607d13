//! Takes what streams give out: decodes frames, counts, and hands everything on to the format and to the diagnosis.

use std::collections::HashMap;
use std::io;

use crate::capture::{End, Side};
use crate::diagnose::{Diagnosis, Ended, Heard, Unread};
use crate::ui::Term;
use crate::ui::decode::{Format, Frame, Other, Place, Tally};
use crate::wire::{
    Direction, Foreign, Found, Kind, Messages, Protocol, Session, Spans, Transport, UtcTime, What,
};

use super::link::Held;

/// Where the bytes at hand come from.
#[derive(Debug, Clone, Default)]
pub(super) struct Source {
    pub(super) place: Place,
    pub(super) link: Option<u32>,
    /// Which end of the link speaks.
    pub(super) side: Option<Side>,
    pub(super) transport: Option<Transport>,
    /// Whom the speaker speaks to.
    pub(super) to: Option<std::net::SocketAddr>,
    /// Whether the capture is sure of the time zone of its times.
    pub(super) sure: bool,
    /// Whether places are counted in bytes.
    pub(super) counted: bool,
    /// How many bytes of a line are its own, when a line end was put back behind them.
    pub(super) given: Option<u64>,
}

impl Source {
    /// How many of so many bytes that begin at `at` are the input's own.
    fn own(&self, at: u64, length: u64) -> u64 {
        self.given.map_or(length, |given| length.min(given.saturating_sub(at)))
    }
}

pub(super) struct Sink<'t> {
    format: Box<dyn Format>,
    pub(super) term: &'t mut Term,
    pub(super) tally: Tally,
    pub(super) diagnosis: Diagnosis,
    messages: Messages,
    spans: Spans,
    answer: Vec<u8>,
    fields: bool,
    /// Which end of each link is the tracker: the first that spoke as one.
    trackers: HashMap<u32, Side>,
    now: UtcTime,
    /// The first thing that went wrong with the result.
    pub(super) error: Option<io::Error>,
}

impl<'t> Sink<'t> {
    pub(super) fn new(
        format: Box<dyn Format>,
        diagnosis: Diagnosis,
        now: UtcTime,
        term: &'t mut Term,
    ) -> Self {
        Self {
            fields: format.wants_fields(),
            format,
            term,
            tally: Tally::default(),
            diagnosis,
            messages: Messages::new(),
            spans: Spans::new(),
            answer: Vec::new(),
            trackers: HashMap::new(),
            now,
            error: None,
        }
    }

    /// Something that a stream gave out.
    pub(super) fn found(
        &mut self,
        found: Found<'_>,
        session: &mut Session,
        held: &mut Held,
        source: &mut Source,
    ) {
        if source.counted {
            source.place.at = Some(found.at);
        }
        match found.what {
            What::Frame { .. } | What::Cut { .. } => {
                self.release(held, source);
                held.frames += 1;
                self.frame(found.what, &found, session, source, held.tail);
                held.torn = false;
            }
            What::Foreign(foreign) => self.foreign(foreign, found.bytes, held, source),
            What::Noise if held.foreign => {}
            What::Noise => {
                // What was put back is nothing that somebody sent.
                let own = source.own(found.at, found.bytes.len() as u64);
                let bytes = found.bytes.get(..own as usize).unwrap_or(found.bytes);
                if held.frames == 0 {
                    held.keep(found.at, bytes);
                } else if own > 0 {
                    self.noise(bytes, own, source, held.torn || held.tail);
                }
            }
        }
    }

    /// The stream is over: when it held no frame at all, nobody knows it.
    pub(super) fn ended(&mut self, held: &mut Held, source: &mut Source) {
        if held.length > 0 {
            if source.counted {
                source.place.at = Some(held.at);
            }
            self.tally.unknown += 1;
            self.diagnosis.unread(Unread::NotRecognised);
            self.other(&Other::NotRecognised(&held.first, held.length), source);
        }
        *held = Held::default();
    }

    /// A frame. `tail` says that the capture does not hold what comes behind it, nor its own rest when it has one.
    fn frame(&mut self, what: What, found: &Found<'_>, session: &mut Session, source: &Source, tail: bool) {
        let (protocol, rival, claimed, cut) = match what {
            What::Frame { protocol, claimed, rival, .. } => (protocol, rival, claimed, false),
            What::Cut { protocol, claimed } => (protocol, None, claimed, true),
            What::Foreign(_) | What::Noise => return,
        };
        // What is only possible must not tell others who speaks.
        let mut stranger = Session::new();
        let is_server = self.is_server(source);
        let answers =
            self.read(protocol, found.bytes, if claimed { session } else { &mut stranger }, is_server);
        if claimed {
            self.learn(source);
        }
        let frame = Frame {
            protocol,
            rival,
            claimed,
            cut,
            put_back: found.bytes.len() as u64 - source.own(found.at, found.bytes.len() as u64),
            bytes: found.bytes,
            messages: &self.messages,
            spans: &self.spans,
            answer: answers.then_some(&self.answer),
            place: &source.place,
        };
        let is_torn = tail && !frame.is_whole();
        if claimed {
            self.tally.frames += 1;
            self.tally.messages += self.messages.len() as u64;
            self.tally.damaged += u64::from(!frame.is_whole());
        } else {
            self.tally.possible += 1;
        }
        let done = self.format.frame(&frame, self.term);
        self.keep(done);
        if claimed && !is_torn {
            self.diagnose(protocol, cut, found.bytes, source);
        }
    }

    /// Decodes a frame. True when the server has to answer it, and the format shows such answers.
    fn read(
        &mut self,
        protocol: &'static Protocol,
        bytes: &[u8],
        session: &mut Session,
        is_server: bool,
    ) -> bool {
        self.answer.clear();
        if self.fields {
            protocol.explain(bytes, session, &mut self.messages, &mut self.spans);
        } else {
            protocol.decode(bytes, session, &mut self.messages);
        }
        if is_server && self.messages.first().is_some_and(|message| !only_trackers_say(message.kind)) {
            self.messages.said_by_the_server();
        }
        self.fields && protocol.acknowledge(bytes, &self.messages, self.now, &mut self.answer)
    }

    /// Whether the other end of the link is known as the tracker.
    fn is_server(&self, source: &Source) -> bool {
        let tracker = source.link.and_then(|link| self.trackers.get(&link));
        tracker.zip(source.side).is_some_and(|(tracker, side)| *tracker != side)
    }

    /// Which end of the link is the tracker: the first that spoke as one, or that said what only trackers say.
    fn learn(&mut self, source: &Source) {
        let (Some(link), Some(side), Some(message)) = (source.link, source.side, self.messages.first())
        else {
            return;
        };
        if message.direction == Direction::Up {
            let tracker = self.trackers.entry(link).or_insert(side);
            if only_trackers_say(message.kind) {
                *tracker = side;
            }
        }
    }

    fn diagnose(&mut self, protocol: &'static Protocol, cut: bool, bytes: &[u8], source: &Source) {
        for (number, view) in self.messages.views(bytes).enumerate() {
            // Some protocols have the same frame for a word and its answer: the other end is no second tracker.
            if view.direction == Direction::Up && self.is_server(source) {
                continue;
            }
            self.diagnosis.heard(&Heard {
                protocol,
                view,
                first: number == 0,
                cut,
                link: source.link,
                transport: source.transport,
                server: source.to,
                arrival_ms: source.place.arrival_ms,
                sure: source.sure,
            });
        }
    }

    /// A side of a link has ended.
    pub(super) fn closed(&mut self, link: u32, side: Side, end: End, at_ms: Option<i64>) {
        let tracker = self.trackers.get(&link).copied().unwrap_or(Side::First);
        let how = match end {
            End::Open => Ended::Unseen,
            End::Reset => Ended::Broken,
            End::Closed if side == tracker => Ended::ByTracker,
            End::Closed => Ended::ByServer,
        };
        self.diagnosis.closed(link, how, at_ms);
    }

    /// A link is over.
    pub(super) fn forget(&mut self, link: u32) {
        self.trackers.remove(&link);
    }

    /// What came before the first frame was noise after all.
    fn release(&mut self, held: &mut Held, source: &mut Source) {
        if held.length > 0 {
            let (first, length) = (std::mem::take(&mut held.first), std::mem::take(&mut held.length));
            let at = source.place.at;
            source.place.at = at.map(|_| held.at);
            self.noise(&first, length, source, held.torn || held.tail);
            source.place.at = at;
        }
    }

    fn noise(&mut self, bytes: &[u8], length: u64, source: &Source, torn: bool) {
        self.tally.noise += 1;
        if !torn {
            self.diagnosis.unread(Unread::Noise);
        }
        self.other(&Other::Noise(bytes, length), source);
    }

    fn foreign(&mut self, foreign: Foreign, bytes: &[u8], held: &mut Held, source: &Source) {
        held.foreign = true;
        self.tally.foreign += 1;
        self.diagnosis.unread(Unread::Foreign(foreign));
        self.other(&Other::Foreign(foreign, bytes), source);
    }

    pub(super) fn other(&mut self, other: &Other<'_>, source: &Source) {
        let done = self.format.other(other, &source.place, self.term);
        self.keep(done);
    }

    fn keep(&mut self, done: io::Result<()>) {
        if let Err(error) = done {
            self.error.get_or_insert(error);
        }
    }

    /// The end: findings, and what the format still has to write.
    pub(super) fn finish(mut self) -> io::Result<Tally> {
        let findings = std::mem::take(&mut self.diagnosis).finish();
        let done = self.format.finish(&self.tally, &findings, self.term);
        self.keep(done);
        self.error.map_or(Ok(self.tally), Err)
    }
}

/// Whether no server says such a thing: several protocols have the same frame for other words and their answers.
fn only_trackers_say(kind: Kind) -> bool {
    matches!(kind, Kind::Position | Kind::Status | Kind::Data)
}
