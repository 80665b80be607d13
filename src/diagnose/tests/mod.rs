//! For every finding one recording that triggers it and a near miss that does not; and clean days of every protocol.
//! The recordings are made by the protocols' own encoders, with errors put in.

mod clean;
mod clock;
mod links;
mod pace;
mod state;
mod who;

use super::{Code, Diagnosis, Ended, Finding, Heard, Opening, Options};
use crate::wire::{
    Cell, Dec, DeviceId, Messages, Protocol, Report, Session, Transport, Uplink, UtcTime, by_name,
};

/// An IMEI of no tracker that is sold: it stands in the GSM Association's own papers.
const IMEI: &str = "490154203237518";
/// 2026-11-25T00:00:00Z.
const MIDNIGHT: i64 = 1_795_564_800;

/// A tracker that reports, and the diagnosis that listens.
struct Recording {
    protocol: &'static Protocol,
    tracker: Session,
    server: Session,
    messages: Messages,
    diagnosis: Diagnosis,
    link: Option<u32>,
    transport: Option<Transport>,
    to: Option<std::net::SocketAddr>,
}

/// A recording of a protocol's tracker, on link 0 by the protocol's first transport.
fn recording(protocol: &str) -> Recording {
    recording_with(protocol, Options::default())
}

fn recording_with(protocol: &str, options: Options) -> Recording {
    let protocol = by_name(protocol).unwrap();
    let mut recording = Recording {
        protocol,
        tracker: Session::of(DeviceId::new(IMEI.as_bytes()).unwrap()),
        server: Session::new(),
        messages: Messages::new(),
        diagnosis: Diagnosis::new(options),
        link: None,
        transport: protocol.transports.first().copied(),
        to: None,
    };
    recording.open(0, MIDNIGHT);
    recording
}

/// A report in which nothing is wrong.
fn report(time: i64) -> Report {
    let mut report = Report::at(UtcTime::from_unix(time), Dec::new(-38_093_638, 6), Dec::new(145_178_123, 6));
    report.altitude_m = Some(Dec::whole(54));
    report.speed_kmh = Some(Dec::whole(50));
    report.course_deg = Some(86);
    report.satellites = Some(9);
    report.hdop = Some(Dec::new(9, 1));
    report.odometer_m = Some(326_781);
    report.battery_v = Some(Dec::new(396, 2));
    report.battery_pct = Some(80);
    report.power_v = Some(Dec::new(125, 1));
    report.csq = Some(24);
    report.cell =
        Some(Cell { mcc: Some(505), mnc: Some(1), lac: Some(0x27B3), cid: Some(0x0EA7), rssi_dbm: None });
    report
}

impl Recording {
    /// A connection begins.
    fn open(&mut self, link: u32, at: i64) {
        self.link = Some(link);
        self.server = Session::new();
        self.diagnosis.opened(link, &Opening { from_start: true, named: false }, Some(at * 1_000));
    }

    fn close(&mut self, at: i64) {
        self.ends(Ended::Broken, at);
    }

    fn ends(&mut self, how: Ended, at: i64) {
        self.diagnosis.closed(self.link.unwrap(), how, Some(at * 1_000));
    }

    /// Something that the tracker says, as it arrives. False when its protocol has no such message.
    fn say(&mut self, uplink: &Uplink<'_>, arrival: Option<i64>) -> bool {
        let mut frame = Vec::new();
        if self.protocol.encode(uplink, &mut self.tracker, &mut frame).is_err() {
            return false;
        }
        self.arrives(&frame, arrival);
        true
    }

    /// A frame arrives.
    fn arrives(&mut self, frame: &[u8], arrival: Option<i64>) {
        self.protocol.decode(frame, &mut self.server, &mut self.messages);
        for (number, view) in self.messages.views(frame).enumerate() {
            self.diagnosis.heard(&Heard {
                protocol: self.protocol,
                view,
                first: number == 0,
                cut: false,
                link: self.link,
                transport: self.transport,
                server: self.to,
                arrival_ms: arrival.map(|at| at * 1_000 + 400),
                sure: true,
            });
        }
    }

    /// A position at a time, which arrives a second later.
    fn at(&mut self, time: i64) {
        self.say(&Uplink::Position(&report(time)), Some(time + 1));
    }

    /// Positions that arrive every so often, each changed by `change`, which is given its number and the arrival.
    fn positions(&mut self, count: i64, every: i64, change: impl Fn(i64, i64, &mut Report)) {
        for number in 0..count {
            let arrival = MIDNIGHT + number * every;
            let mut report = report(arrival - 1);
            change(number, arrival, &mut report);
            assert!(self.say(&Uplink::Position(&report), Some(arrival)));
        }
    }

    fn findings(self) -> Vec<Finding> {
        self.diagnosis.finish()
    }

    fn codes(self) -> Vec<Code> {
        self.findings().iter().map(|finding| finding.code).collect()
    }

    /// The one finding there is.
    fn only(self, code: Code) -> Finding {
        let findings = self.findings();
        assert_eq!(findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), [code], "{findings:#?}");
        findings.into_iter().next().unwrap()
    }
}

fn set(report: &mut Report, time: i64) {
    report.time = UtcTime::from_unix(time);
}
