//! One simulated tracker's words: its login, and where it is at a moment, with what goes wrong on the way. Pure but for
//! the chance that it holds: time comes in, bytes go out.

use std::rc::Rc;

use super::fault::Faults;
use super::spoil;
use super::track::{Place, Track};
use crate::units::Chance;
use crate::wire::{
    Cell, Dec, DeviceId, EncodeError, Kind, Messages, Protocol, Report, Session, Stream, Transport, Uplink,
    UtcTime, What,
};

/// What all trackers of a run have in common.
#[derive(Debug, Clone)]
pub(super) struct Family {
    pub(super) protocol: &'static Protocol,
    pub(super) transport: Transport,
    pub(super) track: Rc<Track>,
    pub(super) speed_kmh: f64,
    /// Whether positions ask to be confirmed, where the protocol knows that.
    pub(super) confirmed: bool,
    pub(super) faults: Faults,
}

/// A tracker.
pub(super) struct Speaker {
    family: Rc<Family>,
    session: Session,
    chance: Chance,
    /// Metres that it was on its way before it began.
    head_start_m: f64,
    /// The last place with a fix.
    last: Option<Place>,
}

/// What is to be done about a position that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Due {
    /// The frame.
    pub(super) frame: Vec<u8>,
    /// How often it is sent: 0 when it goes lost, 2 when it goes twice.
    pub(super) copies: u8,
    /// Whether its checksum is wrong.
    pub(super) spoiled: bool,
    /// Whether the connection is closed behind it.
    pub(super) hang_up: bool,
}

impl Speaker {
    /// Tracker `index` of so many, spread over the track.
    pub(super) fn new(family: &Rc<Family>, id: DeviceId, index: u64, count: u64, seed: u64) -> Self {
        let mut session = Session::of(id);
        session.variant = family.protocol.name == "eelink" && family.transport == Transport::Udp;
        let head_start_m = family.track.length_m() * index as f64 / count.max(1) as f64;
        // Neighbouring seeds would begin alike without this.
        let mut chance = Chance::new(seed ^ index.wrapping_mul(0x9E37_79B9_7F4A_7C15));
        chance.number();
        Self { family: Rc::clone(family), session, chance, head_start_m, last: None }
    }

    /// What opens a connection; none for protocols without a login.
    pub(super) fn login(&mut self) -> Result<Option<Vec<u8>>, EncodeError> {
        let mut frame = Vec::new();
        match self.family.protocol.encode(&Uplink::Login, &mut self.session, &mut frame) {
            Ok(()) => Ok(Some(frame)),
            Err(EncodeError::Nothing { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The position at a moment, so many seconds after it began.
    pub(super) fn position(&mut self, now: UtcTime, since_s: f64) -> Result<Due, EncodeError> {
        let family = Rc::clone(&self.family);
        let gone_m = family.speed_kmh / 3.6 * since_s;
        let faults = family.faults;
        let valid = !self.chance.strikes(faults.no_fix);
        let here = family.track.at(self.head_start_m + gone_m);
        let place = if valid { here } else { self.last.unwrap_or(here) };
        if valid {
            self.last = Some(here);
        }
        let report = self.report(now.plus(faults.clock_s), &place, valid, gone_m);
        let mut frame = Vec::new();
        let uplink = if family.confirmed { Uplink::Confirmed(&report) } else { Uplink::Position(&report) };
        family.protocol.encode(&uplink, &mut self.session, &mut frame)?;
        let spoiled = self.chance.strikes(faults.bad_checksum)
            && spoil::checksum(family.protocol, family.transport, &mut frame);
        let copies = match (self.chance.strikes(faults.drop), self.chance.strikes(faults.duplicate)) {
            (true, _) => 0,
            (false, true) => 2,
            (false, false) => 1,
        };
        Ok(Due { frame, copies, spoiled, hang_up: self.chance.strikes(faults.hang_up) })
    }

    /// What a healthy tracker in a car would say; protocols leave out what they have no room for.
    fn report(&mut self, time: UtcTime, place: &Place, valid: bool, gone_m: f64) -> Report {
        let micro = |degrees: f64| Dec::new((degrees * 1e6).round() as i64, 6);
        let mut report = Report::at(time, micro(place.point.lat), micro(place.point.lon));
        report.valid = valid;
        report.altitude_m =
            place.point.altitude_m.map(|metres| Dec::whole(metres.clamp(-500.0, 9_000.0) as i64));
        report.speed_kmh = Some(Dec::whole(if valid { self.family.speed_kmh.round() as i64 } else { 0 }));
        report.course_deg = Some(place.course_deg as u16 % 360);
        report.satellites = Some(if valid { 7 + self.chance.below(6) as u8 } else { 0 });
        report.hdop = valid.then(|| Dec::new(self.chance.between(7, 15), 1));
        report.odometer_m = Some(gone_m as u64);
        report.battery_v = Some(Dec::new(self.chance.between(395, 412), 2));
        report.battery_pct = Some(self.chance.between(85, 99) as u8);
        report.power_v = Some(Dec::new(self.chance.between(1_250, 1_410), 2));
        report.csq = Some(self.chance.between(17, 27) as u8);
        // A country of the test networks, so that no cell of a real one is told.
        report.cell =
            Some(Cell { mcc: Some(1), mnc: Some(1), lac: Some(100), cid: Some(1_001), rssi_dbm: None });
        report
    }
}

/// Reads what the server says.
pub(super) struct Hearing {
    protocol: &'static Protocol,
    stream: Stream,
}

/// What the server said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Heard {
    pub(super) answers: u64,
    pub(super) commands: u64,
}

impl Hearing {
    pub(super) fn new(protocol: &'static Protocol) -> Self {
        Self { protocol, stream: Stream::of(protocol) }
    }

    /// Bytes of the server. What is no frame is passed over.
    pub(super) fn hear(&mut self, bytes: &[u8], messages: &mut Messages) -> Heard {
        let (mut heard, mut rest) = (Heard::default(), bytes);
        while !rest.is_empty() {
            let taken = self.stream.push(rest);
            rest = rest.get(taken..).unwrap_or_default();
            let mut found_any = false;
            while let Some(found) = self.stream.next() {
                found_any = true;
                if let What::Frame { .. } = found.what {
                    self.protocol.decode(found.bytes, &mut Session::new(), messages);
                    match messages.first().map(|message| message.kind) {
                        // A watch's server speaks as the watch does: its commands look like replies.
                        Some(Kind::Command | Kind::Reply) => heard.commands += 1,
                        Some(_) => heard.answers += 1,
                        None => {}
                    }
                }
            }
            if taken == 0 && !found_any {
                break;
            }
        }
        heard
    }

    /// The same for a datagram, which is whole.
    pub(super) fn datagram(&mut self, bytes: &[u8], messages: &mut Messages) -> Heard {
        self.stream.restart();
        let heard = self.hear(bytes, messages);
        self.stream.restart();
        heard
    }
}
