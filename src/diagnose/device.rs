//! One tracker over the recording: everything that its messages tell, added up.

use super::clock::{Clock, is_unset};
use super::holes::Beat;
use super::links::{Connections, Servers};
use super::pace::Pace;
use super::power::{Fix, Power};
use super::stale::Stale;
use super::words::{count, time};
use super::{Code, Finding, Heard};
use crate::wire::{Damage, DeviceId, Direction, Kind, Protocol, Transport, UtcTime, Value};

/// A tracker, or everything that names nobody.
#[derive(Debug, Clone)]
pub(super) struct Device {
    pub(super) id: Option<DeviceId>,
    clock: Clock,
    pace: Pace,
    stale: Stale,
    power: Power,
    fix: Fix,
    pub(super) connections: Connections,
    servers: Servers,
    logins: Logins,
    repeats: Repeats,
    frames: u64,
    damaged: u64,
    example: Option<Damage>,
    wrong: Option<(&'static Protocol, Transport, u64)>,
}

/// Logins one after another with nothing else between.
#[derive(Debug, Clone, Default)]
struct Logins {
    row: u64,
    longest: u64,
    first_ms: Option<i64>,
    last_ms: Option<i64>,
}

/// The same message one after another.
#[derive(Debug, Clone, Default)]
struct Repeats {
    last: Option<Mark>,
    row: u64,
    longest: u64,
    kind: Option<Kind>,
}

/// Serial number, time, checksum and length: what tells a message from the one before.
type Mark = (Option<u32>, Option<i64>, Option<u32>, usize);

/// From so many of the same on, there is something to say.
const REPEATED: u64 = 3;

impl Device {
    pub(super) fn new(id: Option<DeviceId>) -> Self {
        Self {
            id,
            clock: Clock::default(),
            pace: Pace::default(),
            stale: Stale::default(),
            power: Power::default(),
            fix: Fix::default(),
            connections: Connections::default(),
            servers: Servers::default(),
            logins: Logins::default(),
            repeats: Repeats::default(),
            frames: 0,
            damaged: 0,
            example: None,
            wrong: None,
        }
    }

    /// A message of the tracker. What the server says to it is not looked at here.
    pub(super) fn heard(&mut self, heard: &Heard<'_>) {
        let view = &heard.view;
        if heard.first {
            self.frame(heard);
        }
        if view.direction == Direction::Down {
            return;
        }
        self.logins.heard(view.kind, heard.arrival_ms);
        self.power.heard(view);
        if view.kind == Kind::Position {
            self.fix.heard(view);
        }
        if let Some(time) = view.time {
            self.timed(heard, time);
        }
    }

    /// A message that says when it was.
    fn timed(&mut self, heard: &Heard<'_>, time: UtcTime) {
        let view = &heard.view;
        // The same frame again waits for its answer, which is told of it; a clock that was never set is told, too.
        let is_position = view.kind == Kind::Position;
        let stands = is_position && !self.repeats.is_again() && !is_unset(time);
        let is_old = stands && heard.arrival_ms.is_some_and(|ms| self.stale.heard(time, ms));
        let arrival_ms = heard.arrival_ms.filter(|_| !is_old && !self.repeats.is_again());
        self.clock.heard(heard.protocol, time, arrival_ms, heard.sure);
        if !is_position {
            return;
        }
        if view.attribute("archived").is_some_and(|archived| archived.value == Value::Flag(true)) {
            self.pace.archived();
        }
        let late = arrival_ms.map(|ms| ms.div_euclid(1_000) - time.unix());
        self.pace.heard(Beat::of(view, time), late, || self.clock.agreed_error_s());
    }

    /// What holds for a frame as a whole.
    fn frame(&mut self, heard: &Heard<'_>) {
        let view = &heard.view;
        let damage = view.messages().damage();
        self.frames += 1;
        self.damaged += u64::from(heard.cut || !damage.is_empty());
        self.example = self.example.or(damage.first().copied());
        if view.direction == Direction::Down {
            return;
        }
        self.repeats.heard(heard);
        if let Some(server) = heard.server {
            self.servers.to(server);
        }
        self.servers.state(state_of_servers(heard));
        if let Some(transport) = heard.transport.filter(|by| !heard.protocol.transports.contains(by)) {
            let number = self.wrong.map_or(0, |(.., number)| number);
            self.wrong = Some((heard.protocol, transport, number + 1));
        }
    }

    pub(super) fn findings(&self, set_s: Option<u64>, out: &mut Vec<Finding>) {
        let from = out.len();
        self.dropped(out);
        self.logins.findings(out);
        self.repeats.findings(out);
        self.connections.findings(out);
        self.transport(out);
        self.servers.findings(out);
        self.fix.findings(out);
        self.clock.findings(out);
        self.stale.findings(out);
        self.pace.findings(set_s, &self.clock, out);
        self.power.findings(out);
        let id = self.id.as_ref().map(DeviceId::as_str);
        for finding in out.iter_mut().skip(from) {
            finding.device_id = id.map(str::to_owned);
        }
    }

    fn dropped(&self, out: &mut Vec<Finding>) {
        if self.damaged == 0 {
            return;
        }
        let example = self.example.map_or_else(String::new, |damage| format!("; the first: {damage}"));
        out.push(Finding::new(
            Code::WouldDrop,
            format!("damaged frames: {} of {}{example}", self.damaged, self.frames),
            "A strict server drops such frames without a word: look whether they were changed on their way here (copied by hand, cut by a log), and update the firmware if not.",
        ));
    }

    fn transport(&self, out: &mut Vec<Finding>) {
        let Some((protocol, transport, number)) = self.wrong else { return };
        let known: Vec<&str> = protocol.transports.iter().map(|by| by.word()).collect();
        out.push(Finding::new(
            Code::WrongTransport,
            format!(
                "{} of {} came by {}, and the protocol is known to travel by {} only",
                count(number, "frame"),
                protocol.name,
                transport.word(),
                known.join(" and ")
            ),
            format!(
                "Set the tracker to {}: a server may not listen for this protocol on {}.",
                known.join(" or "),
                transport.word()
            ),
        ));
    }
}

/// Whether the state of the tracker says that its first server is connected, and its second.
fn state_of_servers(heard: &Heard<'_>) -> [bool; 2] {
    let Some(status) = heard.view.attribute("status") else { return [false; 2] };
    let (mut first, mut second) = (false, false);
    for name in status.value.names() {
        first |= name == "server 1 connected";
        second |= name == "server 2 connected";
    }
    [first, second]
}

impl Logins {
    fn heard(&mut self, kind: Kind, arrival_ms: Option<i64>) {
        if kind != Kind::Login {
            self.row = 0;
            return;
        }
        self.row += 1;
        if self.row == 1 && self.longest < REPEATED {
            self.first_ms = arrival_ms;
        }
        if self.row > self.longest {
            (self.longest, self.last_ms) = (self.row, arrival_ms);
        }
    }

    fn findings(&self, out: &mut Vec<Finding>) {
        if self.longest < REPEATED {
            return;
        }
        let span = self.first_ms.zip(self.last_ms).map(|(first, last)| (last - first) / 1_000);
        let steps = i64::try_from(self.longest - 1).unwrap_or(1);
        let every = span.map_or_else(String::new, |span| format!(", every {} as a rule", time(span / steps)));
        out.push(Finding::new(
            Code::LoginRepeated,
            format!("{} logins one after another and nothing behind them{every}", self.longest),
            "The tracker does not take the server's answer, or gets none: answer each login in the protocol's form with its own serial number, on the same connection.",
        ));
    }
}

impl Repeats {
    fn heard(&mut self, heard: &Heard<'_>) {
        let view = &heard.view;
        let sum = view.messages().checksum().map(|sum| sum.got);
        let this = Some((view.serial, view.time.map(|time| time.unix()), sum, view.frame().len()));
        // A login is looked at on its own, and a protocol without numbers and sums repeats itself by nature.
        let tells = view.kind != Kind::Login && (view.serial.is_some() || view.time.is_some());
        self.row = if tells && this == self.last { self.row + 1 } else { 1 };
        self.last = this;
        if self.row > self.longest {
            (self.longest, self.kind) = (self.row, Some(view.kind));
        }
    }

    /// Whether the last frame was the one before once more.
    fn is_again(&self) -> bool {
        self.row > 1
    }

    fn findings(&self, out: &mut Vec<Finding>) {
        if self.longest < REPEATED {
            return;
        }
        let kind = self.kind.map_or("message", Kind::word);
        out.push(Finding::new(
            Code::MessageRepeated,
            format!("the same {kind} came {} times one after another, with the same number and time", self.longest),
            "The tracker waits for an answer: the server has to answer with the message's own serial number, else it is sent for ever.",
        ));
    }
}
