//! The cases of one protocol over one transport, made from what it has room for and from chance.

use super::answers::answer;
use super::compare::{Expected, expected};
use super::outcome::Group;
use super::room::Room;
use crate::simulate::spoil;
use crate::units::Chance;
use crate::wire::{DeviceId, EncodeError, Framing, Protocol, Report, Session, Transport, Uplink, UtcTime};

/// How exactly what arrives has to be what was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// These messages and nothing else.
    Exactly,
    /// These messages, and bytes that are none.
    WithNoise,
    /// These messages whole and in order; what was spoiled is told as damaged or as no frame.
    WithDamage,
    /// The last of these messages whole; what was spoiled may take others with it, as nothing ends its frames.
    AtLast,
}

/// Something to send, and what has to come of it.
#[derive(Debug, Clone)]
pub(super) struct Case {
    pub(super) group: Group,
    pub(super) name: String,
    /// Written one after the other, each when the one before was read; on UDP a datagram each.
    pub(super) writes: Vec<Vec<u8>>,
    /// How many frames those are.
    pub(super) frames: u64,
    pub(super) expected: Vec<Expected>,
    /// What the listener has to answer, all of it.
    pub(super) answers: Vec<Vec<u8>>,
    pub(super) how: How,
}

impl Case {
    pub(super) fn new(group: Group, name: impl Into<String>) -> Self {
        let (writes, expected, answers) = (Vec::new(), Vec::new(), Vec::new());
        Self { group, name: name.into(), writes, frames: 0, expected, answers, how: How::Exactly }
    }
}

/// Reports by chance in each of those cases.
const RANDOM: usize = 400;

/// Makes cases.
pub(super) struct Maker<'a> {
    pub(super) protocol: &'static Protocol,
    pub(super) transport: Transport,
    pub(super) room: &'a Room,
    pub(super) chance: Chance,
    /// What the listener's clock says.
    pub(super) now: UtcTime,
}

/// A tracker that speaks in one case.
struct Speaker {
    id: String,
    session: Session,
    case: Case,
}

impl Maker<'_> {
    /// All cases but the golden ones.
    ///
    /// # Errors
    /// When something cannot be said that the protocol has room for.
    pub(super) fn cases(&mut self) -> Result<Vec<Case>, EncodeError> {
        let mut cases = self.kinds()?;
        cases.push(self.extremes()?);
        cases.push(self.random()?);
        if self.transport == Transport::Tcp {
            cases.extend(self.split()?);
        }
        cases.push(self.together()?);
        cases.extend(self.checksum()?);
        cases.extend(self.length()?);
        cases.extend(self.garbage()?);
        Ok(cases)
    }

    /// A connection that begins as the protocol has it.
    fn speaker(&self, group: Group, name: &str, id: &str) -> Result<Speaker, EncodeError> {
        let device = DeviceId::new(id.as_bytes());
        let mut session = device.map(Session::of).unwrap_or_default();
        session.variant = self.protocol.name == "eelink" && self.transport == Transport::Udp;
        let mut speaker = Speaker { id: id.to_owned(), session, case: Case::new(group, name) };
        if self.room.login {
            self.say(&mut speaker, &Uplink::Login)?;
        }
        Ok(speaker)
    }

    fn first_id(&self) -> &'static str {
        self.room.ids.first().copied().unwrap_or_default()
    }

    fn encode(&self, speaker: &mut Speaker, uplink: &Uplink<'_>) -> Result<Vec<u8>, EncodeError> {
        let mut frame = Vec::new();
        self.protocol.encode(uplink, &mut speaker.session, &mut frame)?;
        Ok(frame)
    }

    /// Says one thing in a write of its own.
    fn say(&self, speaker: &mut Speaker, uplink: &Uplink<'_>) -> Result<(), EncodeError> {
        let frame = self.encode(speaker, uplink)?;
        self.expect(speaker, uplink, &frame);
        speaker.case.writes.push(frame);
        Ok(())
    }

    /// What has to come of a frame.
    fn expect(&self, speaker: &mut Speaker, uplink: &Uplink<'_>, frame: &[u8]) {
        speaker.case.frames += 1;
        speaker.case.expected.push(expected(self.protocol, &speaker.id, uplink));
        let answer = answer(self.protocol.name, frame, self.now);
        speaker.case.answers.extend((!answer.is_empty()).then_some(answer));
    }

    /// Frames of reports by chance, which are expected; they are yet to be written.
    fn frames(&mut self, speaker: &mut Speaker, count: usize) -> Result<Vec<Vec<u8>>, EncodeError> {
        let mut frames = Vec::new();
        for _ in 0..count {
            let report = self.report();
            // Also those that are answered: the answers have to come in order.
            let uplink =
                if self.chance.strikes(0.3) { Uplink::Confirmed(&report) } else { Uplink::Position(&report) };
            let frame = self.encode(speaker, &uplink)?;
            self.expect(speaker, &uplink, &frame);
            frames.push(frame);
        }
        Ok(frames)
    }

    /// Every kind of message, by every form of identity.
    fn kinds(&mut self) -> Result<Vec<Case>, EncodeError> {
        let mut cases = Vec::new();
        for id in self.room.ids {
            let mut speaker = self.speaker(Group::Kinds, &format!("every kind of message of {id}"), id)?;
            let report = self.report();
            if self.room.heartbeat {
                self.say(&mut speaker, &Uplink::Heartbeat(&report))?;
            } else {
                // The heartbeat is an ordinary report with an event of its own.
                let report = Report { event: Some(31), ..report.clone() };
                self.say(&mut speaker, &Uplink::Heartbeat(&report))?;
            }
            let report = self.report();
            self.say(&mut speaker, &Uplink::Position(&report))?;
            self.say(&mut speaker, &Uplink::Confirmed(&report))?;
            for (code, text) in self.room.replies {
                self.say(&mut speaker, &Uplink::Reply { code, text })?;
            }
            cases.push(speaker.case);
        }
        Ok(cases)
    }

    /// The least and the most of every field, one by one, from a report that is otherwise the same.
    fn extremes(&mut self) -> Result<Case, EncodeError> {
        let mut speaker = self.speaker(Group::Extremes, "extremes of every field", self.first_id())?;
        for report in self.extreme_reports() {
            self.say(&mut speaker, &Uplink::Position(&report))?;
        }
        Ok(speaker.case)
    }

    fn random(&mut self) -> Result<Case, EncodeError> {
        let mut speaker = self.speaker(Group::Random, "reports by chance", self.first_id())?;
        let frames = self.frames(&mut speaker, RANDOM)?;
        // Several at once: how many are read at once is another group's.
        let at_once = if self.transport == Transport::Tcp { 10 } else { 1 };
        speaker.case.writes.extend(frames.chunks(at_once).map(<[Vec<u8>]>::concat));
        Ok(speaker.case)
    }

    /// Frames in pieces by chance, and byte by byte.
    fn split(&mut self) -> Result<Vec<Case>, EncodeError> {
        let mut speaker = self.speaker(Group::Split, "pieces by chance", self.first_id())?;
        let all = self.frames(&mut speaker, 20)?.concat();
        let mut rest = &all[..];
        while !rest.is_empty() {
            let most = (rest.len() as u64).min(90);
            let (piece, tail) = rest.split_at(1 + self.chance.below(most) as usize);
            speaker.case.writes.push(piece.to_vec());
            rest = tail;
        }
        let mut slow = self.speaker(Group::Split, "byte by byte", self.first_id())?;
        let all = self.frames(&mut slow, 2)?.concat();
        slow.case.writes.extend(all.chunks(1).map(<[u8]>::to_vec));
        Ok(vec![speaker.case, slow.case])
    }

    fn together(&mut self) -> Result<Case, EncodeError> {
        let mut speaker = self.speaker(Group::Together, "many frames at once", self.first_id())?;
        let count = if self.transport == Transport::Tcp { 40 } else { 12 };
        let frames = self.frames(&mut speaker, count)?;
        let at_once = if self.transport == Transport::Tcp { 40 } else { 4 };
        speaker.case.writes.extend(frames.chunks(at_once).map(<[Vec<u8>]>::concat));
        Ok(speaker.case)
    }

    /// Frames with a wrong checksum, each between two whole ones.
    fn checksum(&mut self) -> Result<Option<Case>, EncodeError> {
        let protocol = self.protocol;
        let mut speaker =
            self.speaker(Group::Checksum, "a wrong checksum between whole frames", self.first_id())?;
        speaker.case.how = How::WithDamage;
        for _ in 0..8 {
            let report = self.report();
            let mut frame = self.encode(&mut speaker, &Uplink::Confirmed(&report))?;
            if !spoil::checksum(protocol, self.transport, &mut frame) {
                return Ok(None);
            }
            speaker.case.frames += 1;
            speaker.case.writes.push(frame);
            let whole = self.frames(&mut speaker, 1)?;
            speaker.case.writes.extend(whole);
        }
        Ok(Some(speaker.case))
    }

    /// Frames whose length says too little or too much, each before whole ones.
    fn length(&mut self) -> Result<Vec<Case>, EncodeError> {
        let mut cases = Vec::new();
        for by in [-11_i32, -1, 1, 11] {
            let name =
                format!("a length that is {} too {}", by.abs(), if by < 0 { "small" } else { "large" });
            let mut speaker = self.speaker(Group::Length, &name, self.first_id())?;
            // Without a mark at its end and without a checksum, only what follows much later tells where frames begin.
            let bare = self.protocol.name == "eelink" && self.transport == Transport::Tcp;
            speaker.case.how = if bare { How::AtLast } else { How::WithDamage };
            let report = self.report();
            let frame = self.encode(&mut speaker, &Uplink::Position(&report))?;
            let Some(frame) = spoil::length(self.protocol, &frame, by) else { continue };
            speaker.case.frames += 1;
            speaker.case.writes.push(frame);
            let from = speaker.case.writes.len() - 1;
            let whole = self.frames(&mut speaker, 4)?;
            speaker.case.writes.extend(whole);
            if !spoil::is_whole_by_chance(
                self.protocol,
                &speaker.case.writes.get(from..).unwrap_or_default().concat(),
            ) {
                cases.push(speaker.case);
            }
        }
        Ok(cases)
    }

    /// Bytes that begin no frame, before, between and behind whole ones.
    fn garbage(&mut self) -> Result<Vec<Case>, EncodeError> {
        let mut speaker = self.speaker(Group::Garbage, "bytes between frames", self.first_id())?;
        speaker.case.how = How::WithNoise;
        for _ in 0..8 {
            let noise = self.noise();
            let frame = self.frames(&mut speaker, 1)?.concat();
            if self.transport == Transport::Tcp || self.chance.strikes(0.5) {
                speaker.case.writes.push([noise, frame].concat());
            } else {
                speaker.case.writes.extend([noise, frame]);
            }
        }
        let noise = self.noise();
        speaker.case.writes.push(noise);
        Ok(vec![speaker.case])
    }

    /// Up to 40 bytes of which none begins a frame of any protocol here.
    fn noise(&mut self) -> Vec<u8> {
        let begins = |byte: u8| {
            crate::wire::PROTOCOLS
                .into_iter()
                .any(|protocol| !matches!(protocol.frame(&[byte], false), Framing::No(_)))
        };
        let quiet: Vec<u8> = (0x80..=0xFE).filter(|byte| !begins(*byte)).collect();
        let count = self.chance.between(1, 40);
        (0..count).filter_map(|_| self.chance.pick(&quiet).copied()).collect()
    }
}
