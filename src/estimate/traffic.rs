//! Bytes on the air: frames of a protocol, what the server answers, and the headers around both.
//! The rule for a day is 86400 / interval x (frame + answer + 2 headers), and headers of 40 bytes for TCP and 28 for UDP.

use super::Assumption;
use crate::tracker::Transport;
use crate::wire::{Cell, Dec, DeviceId, EncodeError, Messages, Protocol, Report, Session, Uplink, UtcTime};

const DAY_S: u64 = 86_400;

/// Days of a month.
const MONTH: u64 = 30;

/// Bytes of an IPv4 and a TCP header without options (RFC 791, RFC 9293).
const TCP: u64 = 40;

/// Bytes of an IPv4 and a UDP header (RFC 791, RFC 768).
const UDP: u64 = 28;

/// Packets by which a connection is opened and closed: SYN, SYN ACK, ACK; FIN, ACK, FIN, ACK (RFC 9293, 3.5 and 3.6).
const OPEN_AND_CLOSE: u64 = 7;

/// A frame, and what a server answers to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lengths {
    /// Bytes of the frame.
    pub frame: u64,
    /// Bytes of the answer; 0 where there is none.
    pub answer: u64,
}

/// The frames of a tracker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frames {
    /// A report of a place.
    pub report: Lengths,
    /// The login; none where the protocol has none.
    pub login: Option<Lengths>,
    /// The sign of life; none where the protocol has none.
    pub heartbeat: Option<Lengths>,
    /// What the lengths rest on.
    pub assumptions: Vec<Assumption>,
}

/// How a tracker reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Traffic {
    /// By what.
    pub transport: Transport,
    /// Seconds from a report to the next, at least 1.
    pub interval_s: u64,
    /// Seconds from a sign of life to the next; none where none is sent.
    pub heartbeat_s: Option<u64>,
    /// Connections that are opened in a day.
    pub sessions: u64,
}

/// What a day holds of one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// What.
    pub what: &'static str,
    /// Bytes of one, with headers and answer.
    pub each: u64,
    /// Seconds from one to the next; none where they are counted a day.
    pub every_s: Option<u64>,
    /// How many a day, rounded.
    pub times: u64,
    /// Bytes of a day, rounded.
    pub bytes: u64,
}

/// Bytes and wake-ups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Data {
    /// What they are made of.
    pub items: Vec<Item>,
    /// Bytes a day.
    pub day: u64,
    /// Bytes a month of 30 days.
    pub month: u64,
    /// How often a day the tracker has to send something.
    pub wake_ups: u64,
    /// What the sums rest on.
    pub assumptions: Vec<Assumption>,
}

impl Frames {
    /// As the protocol's own encoder writes them, for a report in which everything is known that it has room for.
    /// `confirmed` asks for an answer where the protocol leaves the choice.
    ///
    /// # Errors
    /// When the protocol has no such report.
    pub fn of(protocol: &Protocol, confirmed: bool) -> Result<Self, EncodeError> {
        let report = sample();
        let place = if confirmed { Uplink::Confirmed(&report) } else { Uplink::Position(&report) };
        let title = format!("homing's encoder of {}", protocol.name);
        let report_lengths = lengths(protocol, &place)?;
        let answered = match report_lengths.answer {
            0 => "the server does not answer it".to_owned(),
            answer => format!("the server answers it with {answer}"),
        };
        let what = format!(
            "a report of {} bytes: a fix, speed, cell and battery, and an identity of 15 digits; {answered}",
            report_lengths.frame
        );
        Ok(Self {
            report: report_lengths,
            login: lengths(protocol, &Uplink::Login).ok(),
            // Where the sign of life is a report like any other, it has its length.
            heartbeat: lengths(protocol, &Uplink::Heartbeat(&report)).ok(),
            assumptions: vec![Assumption::from(what, title)],
        })
    }

    /// As somebody measured them.
    #[must_use]
    pub fn given(report: Lengths) -> Self {
        let text = format!("a report of {} bytes, an answer of {}", report.frame, report.answer);
        let assumptions = vec![Assumption::from(text, "you")];
        Self { report, login: None, heartbeat: None, assumptions }
    }
}

/// A tracker in the middle of a city, on its way.
fn sample() -> Report {
    Report {
        altitude_m: Some(Dec::whole(2548)),
        speed_kmh: Some(Dec::whole(54)),
        course_deg: Some(128),
        satellites: Some(12),
        hdop: Some(Dec::new(9, 1)),
        odometer_m: Some(326_781),
        battery_v: Some(Dec::new(396, 2)),
        battery_pct: Some(80),
        csq: Some(24),
        cell: Some(Cell {
            mcc: Some(460),
            mnc: Some(0),
            lac: Some(0x27B3),
            cid: Some(0x0EA7),
            ..Cell::default()
        }),
        ..Report::at(UtcTime::from_unix(1_772_000_000), Dec::new(4_710_989, 6), Dec::new(-74_072_092, 6))
    }
}

/// The length of what is said, and of the server's answer to it.
fn lengths(protocol: &Protocol, uplink: &Uplink<'_>) -> Result<Lengths, EncodeError> {
    let id = DeviceId::new(b"869912033012424").ok_or(EncodeError::NoIdentity { protocol: protocol.name })?;
    let (mut session, mut frame, mut answer) = (Session::of(id), Vec::new(), Vec::new());
    protocol.encode(uplink, &mut session, &mut frame)?;
    let mut messages = Messages::default();
    protocol.decode(&frame, &mut Session::of(id), &mut messages);
    protocol.acknowledge(&frame, &messages, UtcTime::from_unix(1_772_000_000), &mut answer);
    Ok(Lengths { frame: frame.len() as u64, answer: answer.len() as u64 })
}

/// The bytes of a day and of a month. What would not fit counts as the most that does.
#[must_use]
pub fn data(frames: &Frames, traffic: &Traffic) -> Data {
    let around = |lengths: Lengths| packets(lengths, traffic.transport);
    let mut items = vec![every("reports", around(frames.report), traffic.interval_s)];
    if let (Some(lengths), Some(seconds)) = (frames.heartbeat, traffic.heartbeat_s) {
        items.push(every("signs of life", around(lengths), seconds));
    }
    let mut daily = |what, each: u64| {
        let bytes = each.saturating_mul(traffic.sessions);
        items.push(Item { what, each, every_s: None, times: traffic.sessions, bytes });
    };
    if traffic.transport == Transport::Tcp {
        daily("connections", OPEN_AND_CLOSE * TCP);
    }
    if let Some(login) = frames.login {
        daily("logins", around(login));
    }
    let day = items.iter().fold(0, |sum: u64, item| sum.saturating_add(item.bytes));
    let sent = |item: &&Item| item.every_s.is_some();
    let wake_ups = items.iter().filter(sent).fold(0, |sum: u64, item| sum.saturating_add(item.times));
    let month = day.saturating_mul(MONTH);
    Data { items, day, month, wake_ups, assumptions: assumptions(frames, traffic) }
}

/// A frame and its answer with their headers. Over TCP what has no answer is still acknowledged, by a header alone.
fn packets(lengths: Lengths, transport: Transport) -> u64 {
    let headers = match transport {
        Transport::Tcp => 2 * TCP,
        Transport::Udp if lengths.answer == 0 => UDP,
        Transport::Udp => 2 * UDP,
    };
    lengths.frame.saturating_add(lengths.answer).saturating_add(headers)
}

/// What comes every so many seconds.
fn every(what: &'static str, each: u64, seconds: u64) -> Item {
    let seconds = seconds.max(1);
    let rounded = |of: u64| of.saturating_add(seconds / 2) / seconds;
    let (times, bytes) = (rounded(DAY_S), rounded(DAY_S.saturating_mul(each)));
    Item { what, each, every_s: Some(seconds), times, bytes }
}

fn assumptions(frames: &Frames, traffic: &Traffic) -> Vec<Assumption> {
    let mut all = frames.assumptions.clone();
    match traffic.transport {
        Transport::Tcp => {
            all.push(Assumption::from(
                "headers of 40 bytes a packet, IPv4 and TCP without options",
                "RFC 791, RFC 9293",
            ));
            all.push(Assumption::assumed(
                "two packets a report: it, and the server's answer with the acknowledgement; each packet more is 40 bytes",
            ));
            all.push(Assumption::assumed(format!(
                "{} connection{} a day, opened and closed with 7 packets",
                traffic.sessions,
                if traffic.sessions == 1 { "" } else { "s" }
            )));
        }
        Transport::Udp => {
            all.push(Assumption::from("headers of 28 bytes a packet, IPv4 and UDP", "RFC 791, RFC 768"));
            all.push(Assumption::assumed("one report a packet"));
        }
    }
    if traffic.heartbeat_s.is_none() {
        all.push(Assumption::assumed("no signs of life beside the reports"));
    }
    all.push(Assumption::assumed("the tracker reports day and night, and nothing is lost or sent twice"));
    all.push(Assumption::assumed("a month of 30 days; the network may bill each session rounded up"));
    all
}
