//! Cuts what arrives into frames, in whatever pieces it arrives: frames, noise between them, foreign traffic.
//! It holds a bounded buffer, believes no length above what the protocols use, and always gets on.

use super::detect::{Candidate, Verdict, detect, may_begin, may_prove};
use super::{Foreign, Framing, Protocol, foreign};

/// The most bytes that are held. The longest frames (65,535 bytes of a watch's sound and its head) fit.
pub const LARGEST: usize = 72 * 1024;

/// Up to so many bytes are looked through again with every piece that comes.
const SMALL: usize = 2 * 1024;

/// Room that an idle connection may keep.
const IDLE: usize = 4 * 1024;

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// A frame.
    Frame {
        /// Of this protocol.
        protocol: &'static Protocol,
        /// The weight of what speaks for it (see [`super::Evidence::score`]).
        score: i8,
        /// Whether it is claimed: by its own evidence, or by that of an earlier frame.
        claimed: bool,
        /// Another protocol that is as likely.
        rival: Option<&'static Protocol>,
    },
    /// The beginning of a frame whose end never came.
    Cut {
        /// The protocol.
        protocol: &'static Protocol,
        /// Whether the stream is known to be of this protocol: a beginning alone proves nothing.
        claimed: bool,
    },
    /// Traffic that is no tracker's; the stream reports it once and then passes everything over.
    Foreign(Foreign),
    /// Bytes that belong to no frame.
    Noise,
}

/// Something found, its bytes, and where they stand in the stream.
#[derive(Debug, Clone, Copy)]
pub struct Found<'a> {
    /// How many bytes came before it.
    pub at: u64,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// What it is.
    pub what: What,
}

/// One direction of one connection, one datagram, or one line of a paste.
#[derive(Debug, Clone, Default)]
pub struct Stream {
    buffer: Vec<u8>,
    /// How far the buffer was given out.
    start: usize,
    /// Where the buffer's first byte stands in the stream.
    offset: u64,
    lock: Option<&'static Protocol>,
    forced: bool,
    strikes: u8,
    /// How many bytes have to be held before what is inside an unfinished frame is looked at again.
    patience: usize,
    ended: bool,
    foreign: Option<Foreign>,
    /// The byte before `start` ended a frame, and may begin the next one as well.
    mark: bool,
}

impl Stream {
    /// A stream whose protocol is to be found out.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A stream of a known protocol: nothing else is looked for.
    #[must_use]
    pub fn of(protocol: &'static Protocol) -> Self {
        Self { lock: Some(protocol), forced: true, ..Self::default() }
    }

    /// The protocol that the stream is locked to: one that a checksum proved, or that two frames agreed on.
    #[must_use]
    pub fn protocol(&self) -> Option<&'static Protocol> {
        self.lock
    }

    /// Takes bytes in, as many as there is room for, and says how many. After [`Stream::next`] found nothing more,
    /// there is room for at least one.
    #[must_use]
    pub fn push(&mut self, bytes: &[u8]) -> usize {
        let kept = usize::from(self.mark).min(self.start);
        if self.start > kept {
            let given = self.start - kept;
            self.buffer.drain(..given);
            self.offset += given as u64;
            self.start = kept;
        }
        if self.buffer.is_empty() && self.buffer.capacity() > IDLE {
            self.buffer.shrink_to(IDLE);
        }
        let taken = bytes.len().min(LARGEST - self.buffer.len().min(LARGEST));
        self.buffer.extend_from_slice(bytes.get(..taken).unwrap_or_default());
        taken
    }

    /// How many bytes wait for the rest of their frame: what was taken in and not given out.
    #[must_use]
    pub fn held(&self) -> usize {
        self.buffer.len().saturating_sub(self.start)
    }

    /// Says that nothing more will come: what is left is then given out as well.
    pub fn end(&mut self) {
        self.ended = true;
    }

    /// Begins anew for the next datagram or line, with what was learned about the protocol.
    pub fn restart(&mut self) {
        self.offset += self.buffer.len() as u64;
        self.buffer.clear();
        (self.start, self.patience, self.ended, self.foreign, self.mark) = (0, 0, false, None, false);
    }

    /// The next thing in the stream, if it is all there.
    #[expect(
        clippy::should_implement_trait,
        reason = "what is found borrows the stream, which an iterator cannot"
    )]
    pub fn next(&mut self) -> Option<Found<'_>> {
        // Lines may end between frames as they like.
        while matches!(self.buffer.get(self.start), Some(b'\r' | b'\n')) {
            self.start += 1;
            self.mark = false;
        }
        let rest = self.buffer.get(self.start..).filter(|rest| !rest.is_empty())?;
        let held = rest.len();
        let (from, found) = match self.behind_the_mark(rest) {
            Some(found) => (self.start - 1, found),
            None => (self.start, self.look(rest)),
        };
        let Some((len, what, sound)) = found else {
            if held >= self.patience {
                self.patience = held + if held > SMALL { held / 4 } else { 1 };
            }
            return None;
        };
        let at = self.offset + from as u64;
        self.start = from + len;
        self.patience = 0;
        self.learn(what, sound);
        let bytes = self.buffer.get(from..from + len)?;
        let ends = |protocol: &Protocol| protocol.shares && bytes.last() == bytes.first();
        self.mark = matches!(what, What::Frame { protocol, .. } if ends(protocol));
        Some(Found { at, bytes, what })
    }

    /// Where nothing begins behind a frame whose end mark may have been the next one's beginning: that next one, if it
    /// is proven, or nothing yet while it may still become one. None where there is no such thing.
    fn behind_the_mark(&self, rest: &[u8]) -> Option<Option<(usize, What, bool)>> {
        let protocol = self.lock.filter(|_| self.mark && self.foreign.is_none())?;
        let with = self.buffer.get(self.start.checked_sub(1)?..)?;
        if !matches!(self.at(rest, self.ended), Here::Nothing) {
            return None;
        }
        match protocol.frame(with, self.ended) {
            Framing::Frame { len, evidence } if evidence.is_proven() && evidence.claims() => {
                let what = What::Frame { protocol, score: evidence.score(), claimed: true, rival: None };
                Some(Some((len, what, true)))
            }
            Framing::Need => Some(None),
            Framing::Frame { .. } | Framing::No(_) => None,
        }
    }

    /// What stands at the start of the rest, how long it is, and whether a checksum or its structure bears it.
    fn look(&self, rest: &[u8]) -> Option<(usize, What, bool)> {
        if self.foreign.is_some() {
            return Some((rest.len(), What::Noise, false));
        }
        let full = rest.len() >= LARGEST;
        match self.at(rest, self.ended) {
            Here::Frame(candidate, rival, claimed) => Some(self.frame(rest, candidate, rival, claimed)),
            Here::Need(protocol) => self.rescue(rest, protocol, full),
            Here::Nothing => match foreign(rest).filter(|_| self.offset == 0 && self.start == 0) {
                Some(found) => Some((rest.len(), What::Foreign(found), false)),
                None => Some((self.noise(rest), What::Noise, false)),
            },
        }
    }

    /// A frame that is not claimed, or that neither checksum nor structure bears, gives way to one that is proven and
    /// begins inside it: the first has lost its end, and is given out as far as it goes.
    fn frame(
        &self,
        rest: &[u8],
        candidate: Candidate,
        rival: Option<&'static Protocol>,
        claimed: bool,
    ) -> (usize, What, bool) {
        let len = candidate.len.clamp(1, rest.len());
        let Candidate { protocol, evidence, .. } = candidate;
        if (!claimed || !evidence.is_sound())
            && let Some(at) = self.better_inside(rest, len, protocol)
        {
            let what = if claimed { self.head(rest, at, protocol) } else { What::Noise };
            return (at, what, false);
        }
        (len, What::Frame { protocol, score: evidence.score(), claimed, rival }, evidence.is_sound())
    }

    /// A frame that goes on is waited for, unless one that is proven begins inside it: then it is damaged, and is
    /// given out as far as it goes. The more is held, the more has to come before it is looked through again: else
    /// a peer that sends a little at a time has everything read once more with every piece.
    fn rescue(&self, rest: &[u8], protocol: &'static Protocol, full: bool) -> Option<(usize, What, bool)> {
        if rest.len() < self.patience && !self.ended && !full {
            return None;
        }
        if let Some(at) = self.better_inside(rest, rest.len(), protocol) {
            let head = rest.get(..at).unwrap_or_default();
            return match protocol.frame(head, true) {
                Framing::Frame { len, evidence } => {
                    let candidate = Candidate { protocol, len, evidence };
                    let claimed = evidence.claims() || self.lock == Some(protocol);
                    Some(self.frame(head, candidate, None, claimed))
                }
                _ => Some((at, self.cut(protocol), false)),
            };
        }
        (self.ended || full).then_some((rest.len(), self.cut(protocol), false))
    }

    /// What a frame is that goes on to where another one begins.
    fn head(&self, rest: &[u8], at: usize, protocol: &'static Protocol) -> What {
        match protocol.frame(rest.get(..at).unwrap_or_default(), true) {
            Framing::Frame { len, evidence } if len == at => {
                What::Frame { protocol, score: evidence.score(), claimed: true, rival: None }
            }
            _ => self.cut(protocol),
        }
    }

    fn cut(&self, protocol: &'static Protocol) -> What {
        What::Cut { protocol, claimed: self.lock == Some(protocol) }
    }

    /// Bytes up to the next place where a frame may begin.
    fn noise(&self, rest: &[u8]) -> usize {
        for at in 1..rest.len() {
            let here = rest.get(at..).unwrap_or_default();
            let begins = here.first().is_some_and(|first| may_begin(*first));
            if begins && !matches!(self.at(here, self.ended), Here::Nothing) {
                return at;
            }
        }
        rest.len()
    }

    /// The first frame behind the first byte, within so many bytes, that has more for it than what surrounds it: a
    /// checksum proves it, or it is of the stream's protocol and the surroundings are not.
    fn better_inside(&self, rest: &[u8], within: usize, around: &Protocol) -> Option<usize> {
        let other = self.lock.filter(|lock| *lock != around);
        (1..within).find(|at| {
            let here = rest.get(*at..).unwrap_or_default();
            let begins =
                |first: &u8| may_prove(*first) || other.is_some_and(|lock| lock.heads.contains(first));
            if !here.first().is_some_and(begins) {
                return false;
            }
            match self.at(here, false) {
                Here::Frame(found, ..) => {
                    let is_own = other == Some(found.protocol);
                    found.evidence.claims() && (found.evidence.is_proven() || is_own)
                }
                _ => false,
            }
        })
    }

    /// What begins here: the locked protocol is asked first, then all.
    fn at(&self, bytes: &[u8], ended: bool) -> Here {
        if let Some(protocol) = self.lock {
            match protocol.frame(bytes, ended) {
                Framing::Frame { len, evidence } => {
                    return Here::Frame(Candidate { protocol, len, evidence }, None, true);
                }
                Framing::Need => return Here::Need(protocol),
                Framing::No(_) if self.forced => return Here::Nothing,
                Framing::No(_) => {}
            }
        }
        match detect(bytes, ended) {
            Verdict::Recognised(candidate) => Here::Frame(candidate, None, true),
            Verdict::Possible(candidates) => match candidates.first() {
                Some(first) => Here::Frame(*first, candidates.get(1).map(|rival| rival.protocol), false),
                None => Here::Nothing,
            },
            Verdict::Incomplete(protocol) => Here::Need(protocol),
            Verdict::Foreign(_) | Verdict::NotRecognised => Here::Nothing,
        }
    }

    /// A claimed frame that its checksum or its structure bears locks the stream; two that are none open it again.
    fn learn(&mut self, what: What, sound: bool) {
        match what {
            What::Frame { protocol, claimed: true, .. } if sound => {
                if self.lock == Some(protocol) || self.lock.is_none() || self.strikes > 0 {
                    (self.lock, self.strikes) = (Some(protocol), 0);
                } else {
                    self.strikes = 1;
                }
            }
            What::Foreign(found) => self.foreign = Some(found),
            What::Frame { .. } | What::Cut { .. } | What::Noise => {
                self.strikes = self.strikes.saturating_add(1);
                if self.strikes >= 2 && !self.forced {
                    (self.lock, self.strikes) = (None, 0);
                }
            }
        }
    }
}

/// What begins at a place.
enum Here {
    Frame(Candidate, Option<&'static Protocol>, bool),
    Need(&'static Protocol),
    Nothing,
}
