//! Reports to send: by chance, and with the least and the most of every field, as far as a protocol has room.

use super::cases::Maker;
use super::room::{Room, Span};
use crate::wire::{Cell, Civil, Dec, Report, UtcTime};

impl Maker<'_> {
    /// A report by chance, with everything that there is room for.
    pub(super) fn report(&mut self) -> Report {
        let room = self.room;
        let time = UtcTime::from_unix(self.chance.between(room.times.0, room.times.1));
        let (lat, lon) =
            (self.chance.between(-90_000_000, 90_000_000), self.chance.between(-180_000_000, 180_000_000));
        let mut report = Report::at(time, Dec::new(lat, 6), Dec::new(lon, 6));
        report.valid = self.chance.strikes(0.8);
        report.altitude_m = self.number(room.altitude_m);
        report.speed_kmh = self.number(room.speed_kmh);
        report.course_deg = Some(self.chance.below(360) as u16);
        report.satellites = room.satellites.map(|most| self.chance.below(u64::from(most) + 1) as u8);
        report.hdop = self.number(room.hdop);
        report.odometer_m = self.number(room.odometer_m).and_then(|metres| u64::try_from(metres.m).ok());
        report.battery_v = self.number(room.battery_v);
        report.battery_pct = room.battery_pct.then(|| self.chance.below(101) as u8);
        report.power_v = self.number(room.power_v);
        report.csq = room.csq.then(|| self.chance.below(32) as u8);
        report.cell = room.cell.map(|room| {
            let mut part = |most: u64| 1 + self.chance.below(most);
            Cell {
                mcc: Some(part(room.mcc.into()) as u16),
                mnc: Some(part(room.mnc.into()) as u16),
                lac: Some(part(room.lac.into()) as u32),
                cid: Some(part(room.cid)),
                rssi_dbm: None,
            }
        });
        if self.chance.strikes(0.2) {
            report.event = self.chance.pick(room.events).copied();
        }
        report
    }

    fn number(&mut self, span: Option<Span>) -> Option<Dec> {
        span.map(|span| span.dec(self.chance.between(span.least, span.most)))
    }

    /// The least and the most of every field, one by one, from a report that is otherwise the same.
    pub(super) fn extreme_reports(&mut self) -> Vec<Report> {
        let room = self.room;
        let base = Report { event: None, ..self.report() };
        let mut reports = vec![base.clone()];
        let mut with = |change: &dyn Fn(&mut Report)| {
            let mut report = base.clone();
            change(&mut report);
            reports.push(report);
        };
        for time in moments(room.times) {
            with(&|report| report.time = time);
        }
        for (lat, lon) in PLACES {
            with(&|report| (report.lat, report.lon) = (Dec::new(lat, 6), Dec::new(lon, 6)));
        }
        for valid in [true, false] {
            with(&|report| report.valid = valid);
        }
        for course in [0, 1, 90, 359] {
            with(&|report| report.course_deg = Some(course));
        }
        for (span, set) in numbers(room) {
            for m in [span.least, span.least + 1, span.most - 1, span.most] {
                with(&|report| set(report, span.dec(m)));
            }
        }
        for satellites in room.satellites.into_iter().flat_map(|most| [0, 1, most]) {
            with(&|report| report.satellites = Some(satellites));
        }
        for percent in [0, 1, 99, 100].into_iter().filter(|_| room.battery_pct) {
            with(&|report| report.battery_pct = Some(percent));
        }
        for csq in [0, 1, 30, 31].into_iter().filter(|_| room.csq) {
            with(&|report| report.csq = Some(csq));
        }
        if let Some(most) = room.cell {
            let cell = |mcc, mnc, lac, cid| Cell { mcc, mnc, lac, cid, rssi_dbm: None };
            with(&|report| report.cell = Some(cell(Some(1), Some(0), Some(1), Some(1))));
            let all = cell(Some(most.mcc), Some(most.mnc), Some(most.lac), Some(most.cid));
            with(&|report| report.cell = Some(all));
        }
        for event in room.events {
            with(&|report| report.event = Some(*event));
        }
        reports
    }
}

/// All four quarters of the earth, its edges, and places of which a sign is easily lost.
const PLACES: [(i64, i64); 12] = [
    (33_868_820, 151_209_290),
    (-33_868_820, 151_209_290),
    (4_658_000, -74_094_000),
    (-34_603_700, -58_381_600),
    (90_000_000, 180_000_000),
    (-90_000_000, -180_000_000),
    (0, 0),
    (1, 1),
    (-1, -1),
    (-500_000, 500_000),
    (59_999_999, -59_999_999),
    (10_000_000, 100_000_000),
];

/// Leap days, the ends of years, months and days, and the first and last moment there is.
fn moments((first, last): (i64, i64)) -> Vec<UtcTime> {
    let civil = |year, month, day, hour, minute, second| {
        UtcTime::from_civil(Civil { year, month, day, hour, minute, second })
    };
    let known = [
        civil(2000, 2, 29, 12, 0, 0),
        civil(2024, 2, 28, 23, 59, 59),
        civil(2024, 2, 29, 0, 0, 0),
        civil(2024, 2, 29, 23, 59, 59),
        civil(2024, 3, 1, 0, 0, 0),
        civil(2023, 12, 31, 16, 0, 0),
        civil(2026, 12, 31, 23, 59, 59),
        civil(2038, 1, 19, 3, 14, 7),
        civil(2038, 1, 19, 3, 14, 8),
        civil(2096, 2, 29, 23, 59, 59),
    ];
    let edges = [first, last].map(|unix| Some(UtcTime::from_unix(unix)));
    known.into_iter().chain(edges).flatten().filter(|time| (first..=last).contains(&time.unix())).collect()
}

type Set = fn(&mut Report, Dec);

/// The numbers that there is room for, and how each gets into a report.
fn numbers(room: &Room) -> impl Iterator<Item = (Span, Set)> {
    let all: [(Option<Span>, Set); 6] = [
        (room.altitude_m, |report, value| report.altitude_m = Some(value)),
        (room.speed_kmh, |report, value| report.speed_kmh = Some(value)),
        (room.hdop, |report, value| report.hdop = Some(value)),
        (room.odometer_m, |report, value| report.odometer_m = u64::try_from(value.m).ok()),
        (room.battery_v, |report, value| report.battery_v = Some(value)),
        (room.power_v, |report, value| report.power_v = Some(value)),
    ];
    all.into_iter().filter_map(|(span, set)| span.map(|span| (span, set)))
}
