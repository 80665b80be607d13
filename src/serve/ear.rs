//! One direction of one conversation, from bytes to messages: cut, decoded, told, and answered where that is asked for.

use super::event::{Event, Peer, Strange};
use super::house::House;
use crate::wire::{Direction, Found, Messages, Protocol, Session, Stream, What};

/// Listens to one direction.
pub(super) struct Ear {
    stream: Stream,
    /// What each protocol remembers; nearly always there is one.
    sessions: Vec<(&'static Protocol, Session)>,
    way: Direction,
    /// Messages so far.
    messages: u64,
    /// Bytes of a frame that is not whole, as the house knows them.
    held: usize,
}

/// What came of some bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Heard {
    /// Frames that are a tracker's, as far as can be told.
    pub(super) frames: u32,
    /// Whether it is somebody else's traffic.
    pub(super) foreign: bool,
    /// Whether all connections together hold more than they may.
    pub(super) full: bool,
}

impl Ear {
    pub(super) fn new(way: Direction) -> Self {
        Self { stream: Stream::new(), sessions: Vec::new(), way, messages: 0, held: 0 }
    }

    /// Messages so far.
    pub(super) fn messages(&self) -> u64 {
        self.messages
    }

    /// Whether a frame was begun and is not whole.
    pub(super) fn waits(&self) -> bool {
        self.held > 0
    }

    /// Bytes of a connection. Answers are appended where there is somewhere to put them.
    pub(super) fn hear(
        &mut self,
        bytes: &[u8],
        house: &House,
        peer: &Peer,
        mut answers: Option<&mut Vec<u8>>,
    ) -> Heard {
        let (mut heard, mut rest) = (Heard::default(), bytes);
        while !rest.is_empty() {
            let taken = self.stream.push(rest);
            rest = rest.get(taken..).unwrap_or_default();
            let found = self.drain(house, peer, answers.as_deref_mut(), &mut heard);
            if taken == 0 && !found {
                // A stream always gets on; if it ever does not, the rest is not worth a loop without end.
                break;
            }
        }
        heard.full = !self.account(house);
        heard
    }

    /// No more bytes will come: what is left is told.
    pub(super) fn end(&mut self, house: &House, peer: &Peer, answers: Option<&mut Vec<u8>>) {
        self.stream.end();
        self.drain(house, peer, answers, &mut Heard::default());
        self.account(house);
    }

    /// One datagram, which is whole.
    pub(super) fn datagram(
        &mut self,
        bytes: &[u8],
        house: &House,
        peer: &Peer,
        answers: Option<&mut Vec<u8>>,
    ) -> Heard {
        let mut heard = Heard::default();
        self.stream.restart();
        // A datagram is shorter than a stream's room, so that it is taken as a whole.
        let _ = self.stream.push(bytes);
        self.stream.end();
        self.drain(house, peer, answers, &mut heard);
        self.stream.restart();
        heard
    }

    /// Tells the house what is held.
    fn account(&mut self, house: &House) -> bool {
        let (before, now) = (self.held, self.stream.held());
        self.held = now;
        house.hold(before, now)
    }

    /// Gives back what was held, when the conversation is over.
    pub(super) fn close(&mut self, house: &House) {
        house.hold(std::mem::take(&mut self.held), 0);
    }

    /// Everything that is there to be found.
    fn drain(
        &mut self,
        house: &House,
        peer: &Peer,
        mut answers: Option<&mut Vec<u8>>,
        heard: &mut Heard,
    ) -> bool {
        let Self { stream, sessions, way, messages: count, .. } = self;
        house.with_messages(|messages| {
            let mut found_any = false;
            while let Some(found) = stream.next() {
                found_any = true;
                let mut frame = Frame { house, peer, way: *way, sessions, messages };
                *count += frame.tell(found, answers.as_deref_mut(), heard);
            }
            found_any
        })
    }
}

/// Something found, on its way to the sink.
struct Frame<'a> {
    house: &'a House,
    peer: &'a Peer,
    way: Direction,
    sessions: &'a mut Vec<(&'static Protocol, Session)>,
    messages: &'a mut Messages,
}

impl Frame<'_> {
    /// Tells it, and says how many messages of a tracker it holds.
    fn tell(&mut self, found: Found<'_>, answers: Option<&mut Vec<u8>>, heard: &mut Heard) -> u64 {
        let (protocol, claimed, rival, cut) = match found.what {
            What::Frame { protocol, claimed, rival, .. } => (protocol, claimed, rival, false),
            What::Cut { protocol, claimed } => (protocol, claimed, None, true),
            What::Noise => return self.strange(Strange::Noise, found.bytes),
            What::Foreign(what) => {
                heard.foreign = true;
                return self.strange(Strange::Foreign(what), found.bytes);
            }
        };
        self.decode(protocol, found.bytes, claimed && !cut);
        // What is only begun has not come: nobody waits less for the first frame because of it.
        heard.frames += u32::from(claimed && !cut);
        let mut first = true;
        for view in self.messages.views(found.bytes) {
            let event = Event::Message { way: self.way, protocol, claimed, rival, cut, first, view };
            self.house.tell(self.peer, &event);
            first = false;
        }
        // What is only possible is no message: a tracker may have said it, or anybody.
        let count = if claimed { self.messages.len() as u64 } else { 0 };
        let damaged = cut || !self.messages.damage().is_empty();
        if self.way == Direction::Up {
            self.house.count(|summary| {
                summary.possible += u64::from(!claimed);
                summary.frames += u64::from(claimed);
                summary.messages += count;
                summary.damaged += u64::from(claimed && damaged);
            });
        }
        // A wrong answer makes trackers of a dialect believe that all is well: only what is sure is answered.
        if let Some(answers) = answers.filter(|_| claimed && !cut && rival.is_none()) {
            self.answer(protocol, found.bytes, answers);
        }
        count
    }

    /// Decodes within the session of its protocol. What is not sure to be a frame changes no session: an identity that
    /// was read out of noise would else be given to all that follows.
    fn decode(&mut self, protocol: &'static Protocol, frame: &[u8], claimed: bool) {
        let known = self.sessions.iter_mut().find(|(own, _)| *own == protocol);
        let mut session = known.as_ref().map_or_else(Session::new, |(_, session)| *session);
        protocol.decode(frame, &mut session, self.messages);
        if self.way == Direction::Down {
            self.messages.said_by_the_server();
        }
        match known {
            _ if !claimed => {}
            Some((_, known)) => *known = session,
            // There are as many as there are protocols, at most.
            None => self.sessions.push((protocol, session)),
        }
    }

    fn answer(&self, protocol: &Protocol, frame: &[u8], answers: &mut Vec<u8>) {
        let from = answers.len();
        if protocol.acknowledge(frame, self.messages, self.house.now(), answers) {
            let answer = answers.get(from..).unwrap_or_default();
            self.house.count(|summary| summary.answered += 1);
            self.house.tell(self.peer, &Event::Answered { answer });
        }
        // An identity out of a damaged frame is nobody's.
        let id =
            self.messages.first().and_then(|message| message.device_id).filter(|_| self.messages.is_whole());
        if let Some(frame) = id.and_then(|id| self.house.errand(id, protocol)) {
            self.house.tell(self.peer, &Event::Sent { frame: &frame });
            answers.extend_from_slice(&frame);
        }
    }

    fn strange(&self, what: Strange, bytes: &[u8]) -> u64 {
        if self.way == Direction::Up {
            self.house.count(|summary| summary.strange += bytes.len() as u64);
        }
        self.house.tell(self.peer, &Event::Strange { way: self.way, what, bytes });
        0
    }
}
