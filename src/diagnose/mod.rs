//! From messages over time to findings, each with its evidence and its advice in a sentence.
//! Pure: times are arguments, and where nobody knows when something arrived, only what needs no such time is said.

use std::collections::HashMap;
use std::net::SocketAddr;

use crate::tracker::Imei;
use crate::wire::{DeviceId, Direction, Foreign, Kind, Protocol, Transport, View};

mod clock;
mod device;
mod finding;
mod holes;
mod links;
mod pace;
mod power;
mod samples;
mod stale;
#[cfg(test)]
mod tests;
mod who;
mod words;

use device::Device;
use links::Open;
use words::count;

pub use finding::{Code, Finding, Weight};

/// What is known beforehand.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The trackers that are expected; none means any.
    pub expected: Vec<Imei>,
    /// Seconds between two reports, as they were set.
    pub interval_s: Option<u64>,
}

/// A message and how it came.
#[derive(Debug, Clone, Copy)]
pub struct Heard<'a> {
    /// Its protocol.
    pub protocol: &'static Protocol,
    /// What it says.
    pub view: View<'a>,
    /// Whether it is the first message of its frame.
    pub first: bool,
    /// Whether the end of its frame never came.
    pub cut: bool,
    /// The link it came by, where there are any.
    pub link: Option<u32>,
    /// By what it travelled, where that is known.
    pub transport: Option<Transport>,
    /// Whom it was sent to, where that is known.
    pub server: Option<SocketAddr>,
    /// When it arrived, milliseconds since 1970, where that is known.
    pub arrival_ms: Option<i64>,
    /// Whether the time zone of the arrival is sure.
    pub sure: bool,
}

/// How a link began.
#[derive(Debug, Clone, Copy, Default)]
pub struct Opening {
    /// Whether its beginning was seen, so that nothing was said on it before.
    pub from_start: bool,
    /// Whether it is a connection, which a log calls by a name: when it began is known, what was said before is not.
    pub named: bool,
}

/// How a link ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// Nobody saw it.
    Unseen,
    /// The tracker closed it.
    ByTracker,
    /// The server closed it.
    ByServer,
    /// It was reset, or it is not known who closed it.
    Broken,
}

/// What is no whole frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread {
    /// Bytes that no protocol knows.
    NotRecognised,
    /// Bytes between frames.
    Noise,
    /// Traffic that is no tracker's.
    Foreign(Foreign),
}

/// Trackers that are told apart; what others say is counted with what names nobody.
const MOST_DEVICES: usize = 16_384;
/// Links that are followed at a time.
const MOST_LINKS: usize = 65_536;

/// The diagnosis of a stream or a recording, as it goes on. What it remembers is bounded.
#[derive(Debug, Default)]
pub struct Diagnosis {
    options: Options,
    devices: Vec<Device>,
    places: HashMap<Option<DeviceId>, usize>,
    /// The tracker that spoke last, as its place.
    latest: Option<(Option<DeviceId>, usize)>,
    links: HashMap<u32, Open>,
    /// Messages that name nobody, on links that were seen from their beginning.
    nameless: u64,
    noise: u64,
    foreign: Vec<(Foreign, u64)>,
}

impl Diagnosis {
    /// With what is known beforehand.
    #[must_use]
    pub fn new(options: Options) -> Self {
        Self { options, ..Self::default() }
    }

    /// A link begins. `at_ms` is milliseconds since 1970, where that is known.
    pub fn opened(&mut self, link: u32, opening: &Opening, at_ms: Option<i64>) {
        if self.links.len() < MOST_LINKS {
            let Opening { from_start, named } = *opening;
            let open = Open { from_start, named, opened_ms: at_ms, ..Open::default() };
            self.links.insert(link, open);
        }
    }

    /// A message was heard. Messages of one frame come one after another.
    pub fn heard(&mut self, heard: &Heard<'_>) {
        let view = &heard.view;
        let place = self.place(view.device_id);
        self.follow(heard, place);
        if let Some(device) = self.devices.get_mut(place) {
            device.heard(heard);
        }
    }

    /// Something came that is no whole frame.
    pub fn unread(&mut self, what: Unread) {
        match what {
            // A capture holds much else, and a line that nobody knows has been told already.
            Unread::NotRecognised => {}
            Unread::Noise => self.noise += 1,
            Unread::Foreign(foreign) => match self.foreign.iter_mut().find(|(known, _)| *known == foreign) {
                Some((_, number)) => *number += 1,
                None => self.foreign.push((foreign, 1)),
            },
        }
    }

    /// A link is over, or followed no further. Of several ends of one link the first counts.
    pub fn closed(&mut self, link: u32, how: Ended, at_ms: Option<i64>) {
        let Some(open) = self.links.remove(&link).filter(|_| how != Ended::Unseen) else { return };
        let device = open.device.and_then(|place| self.devices.get_mut(place));
        if let (Some(device), Some(opened), Some(at)) = (device, open.opened_ms, at_ms) {
            let silent = at - open.last_ms.unwrap_or(opened);
            // To the nearest second.
            device.connections.ended(how, at, (at - opened + 500) / 1_000, (silent + 500) / 1_000);
        }
    }

    /// What there is to say: about everything, then tracker by tracker, the gravest first.
    #[must_use]
    pub fn finish(self) -> Vec<Finding> {
        let mut out = Vec::new();
        let heard: Vec<DeviceId> = self.devices.iter().filter_map(|device| device.id).collect();
        who::findings(&heard, &self.options.expected, &mut out);
        self.bytes(&mut out);
        out.sort_by_key(|finding| finding.code.weight());
        for device in &self.devices {
            let from = out.len();
            device.findings(self.options.interval_s, &mut out);
            out.get_mut(from..).unwrap_or_default().sort_by_key(|finding| finding.code.weight());
        }
        out
    }

    /// The place of a tracker among those that were heard.
    fn place(&mut self, id: Option<DeviceId>) -> usize {
        if let Some((_, place)) = self.latest.filter(|(known, _)| *known == id) {
            return place;
        }
        let id = id.filter(|id| self.devices.len() < MOST_DEVICES || self.places.contains_key(&Some(*id)));
        let place = *self.places.entry(id).or_insert_with(|| {
            self.devices.push(Device::new(id));
            self.devices.len() - 1
        });
        self.latest = Some((id, place));
        place
    }

    /// What a message means for the link it came by.
    fn follow(&mut self, heard: &Heard<'_>, place: usize) {
        let Some(open) = heard.link.and_then(|link| self.links.get_mut(&link)) else { return };
        if heard.view.direction == Direction::Down {
            return;
        }
        open.last_ms = heard.arrival_ms.or(open.last_ms);
        if heard.view.device_id.is_none() {
            self.nameless += u64::from(open.from_start && heard.view.kind == Kind::Position);
            return;
        }
        if open.device.is_none() {
            open.device = Some(place);
            let counts = (open.from_start || open.named) && heard.transport != Some(Transport::Udp);
            if let (Some(device), Some(at)) = (self.devices.get_mut(place), open.opened_ms.filter(|_| counts))
            {
                device.connections.opened(at);
            }
        }
    }

    /// What is about no tracker.
    fn bytes(&self, out: &mut Vec<Finding>) {
        if self.nameless > 0 {
            out.push(Finding::new(
                Code::NoIdentity,
                format!("{} came on connections that began without a login", count(self.nameless, "position")),
                "A server cannot tell whose they are and drops them: the tracker has to log in first, so look for what it sends before.",
            ));
        }
        if self.noise > 0 {
            out.push(Finding::new(
                Code::WouldDrop,
                format!("{} of bytes between frames belong to none", count(self.noise, "stretch").replace("stretchs", "stretches")),
                "A strict server hangs up or drops what follows: look for what else writes into this connection, or for a frame that is cut.",
            ));
        }
        for (foreign, number) in &self.foreign {
            out.push(Finding::new(
                Code::Foreign,
                format!("{} began with {}, which is no tracker", count(*number, "stream"), foreign.word()),
                "Port scanners knock on every open port: leave it unanswered; a phone app that reports by HTTP belongs on another port.",
            ));
        }
    }
}
