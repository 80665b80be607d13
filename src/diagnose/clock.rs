//! The tracker's clock against the times of arrival: a wrong time zone, a roll-over of GPS weeks, a clock that was
//! never set, another error, and messages that were only kept back.

use super::samples::Samples;
use super::words::{offset, time};
use super::{Code, Finding};
use crate::wire::{Protocol, UtcTime};

/// 1,024 weeks, after which the week number of GPS begins again.
const ROLLOVER: i64 = 7_168 * 86_400;
/// A clock this near to right is right: networks take their time.
const FINE: i64 = 120;
/// A quarter of an hour: all time zones in use are whole multiples of it.
const QUARTER: i64 = 900;
/// How far from a multiple of a quarter a zone's difference may lie.
const NEAR: i64 = 120;
/// The widest zones are 14 hours ahead and 12 behind.
const WIDEST: std::ops::RangeInclusive<i64> = -12 * 3_600 - NEAR..=14 * 3_600 + NEAR;
/// Beginnings of clocks that were never set: Unix, GPS, and the year 2000 of many makers.
const BEGINNINGS: [i64; 3] = [0, 315_964_800, 946_684_800];
/// From so many messages on that nobody kept back, the others do not count.
const LIVE: u64 = 3;
/// How long a clock may have run since its beginning.
const RUN: i64 = 3 * 86_400;

/// What is remembered of a tracker's times.
#[derive(Debug, Clone, Default)]
pub(super) struct Clock {
    /// Seconds by which the protocol's own times are ahead of UTC, which its decoder takes off.
    own: i64,
    /// Arrival less device time, seconds.
    late: Samples,
    /// The same of those that came as long after the one before as their times say, which nobody kept back.
    live: Samples,
    /// Device time and arrival of the one before, seconds.
    before: Option<(i64, i64)>,
    unset: u64,
    unset_example: Option<UtcTime>,
    future: u64,
    furthest: i64,
    timed: u64,
    /// Whether an arrival's time zone was not sure.
    unsure: bool,
}

/// How the clock is wrong, or that it is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Error {
    None,
    Rollover(i64),
    Zone(i64),
    Skew(i64),
}

/// The zone of a protocol's times by its standard, seconds. That of JT/T 808 is GMT+8, and exports often send UTC.
fn own_zone(protocol: &Protocol) -> i64 {
    if protocol.name == "jt808" { 8 * 3_600 } else { 0 }
}

/// Whether a time is one of a clock that was never set.
pub(super) fn is_unset(time: UtcTime) -> bool {
    BEGINNINGS.iter().any(|begin| (*begin..begin + RUN).contains(&time.unix()))
}

/// Whether a message came as long after the one before as their times say, seconds, give or take the network.
fn is_in_step(times: i64, arrivals: i64) -> bool {
    arrivals >= 5 && (times - arrivals).abs() <= (arrivals / 4).max(2)
}

impl Clock {
    pub(super) fn heard(
        &mut self,
        protocol: &Protocol,
        device: UtcTime,
        arrival_ms: Option<i64>,
        sure: bool,
    ) {
        self.own = own_zone(protocol);
        self.timed += 1;
        if is_unset(device) {
            self.unset += 1;
            self.unset_example = self.unset_example.or(Some(device));
            return;
        }
        let Some(ms) = arrival_ms else { return };
        self.unsure |= !sure;
        let arrival = ms.div_euclid(1_000);
        let late = arrival - device.unix();
        self.late.add(late);
        let before = self.before.replace((device.unix(), arrival));
        if before.is_some_and(|(time, came)| is_in_step(device.unix() - time, arrival - came)) {
            self.live.add(late);
        }
        if late < -FINE {
            self.future += 1;
            self.furthest = self.furthest.min(late);
        }
    }

    /// How late a message with a right time would be said to be: the error of the clock.
    pub(super) fn error_s(&self) -> i64 {
        match self.error() {
            Error::None => 0,
            Error::Rollover(error) | Error::Zone(error) | Error::Skew(error) => error,
        }
    }

    /// The same where it is sure: messages enough agree on it.
    pub(super) fn agreed_error_s(&self) -> Option<i64> {
        self.agreed().filter(|(_, steady)| *steady).map(|_| self.error_s())
    }

    /// What most messages have in common: how late they are at least, and whether those are more than half of them.
    /// Messages that were kept back are late by this much and that much, and a few may have any time; those that
    /// nobody kept back are asked, when there are any.
    fn agreed(&self) -> Option<(i64, bool)> {
        let samples = if self.live.count >= LIVE { &self.live } else { &self.late };
        let (least, alike, all) = samples.sorted().thickest(FINE)?;
        Some((least, alike * 2 > all))
    }

    fn error(&self) -> Error {
        let Some((least, steady)) = self.agreed() else {
            return Error::None;
        };
        let weeks = (least + ROLLOVER / 2).div_euclid(ROLLOVER);
        let rest = least - weeks * ROLLOVER;
        if weeks != 0 && WIDEST.contains(&(self.own - rest)) {
            return Error::Rollover(least);
        }
        // Without a time that most have in common, what is late may have been kept back, and what is early may not.
        if least.abs() <= FINE || least > 0 && !steady {
            return Error::None;
        }
        let quarters = (least + QUARTER / 2).div_euclid(QUARTER);
        let near = (least - quarters * QUARTER).abs() <= NEAR && quarters != 0;
        if near && WIDEST.contains(&(self.own - least)) && steady {
            return Error::Zone(quarters * QUARTER);
        }
        Error::Skew(least)
    }

    pub(super) fn findings(&self, out: &mut Vec<Finding>) {
        if self.unset > 0 {
            let example = self.unset_example.map(|time| time.to_string()).unwrap_or_default();
            out.push(Finding::new(
                Code::ClockNotSet,
                format!("messages with a time like {example}: {} of {}; the clock was never set", self.unset, self.timed),
                "The tracker sets its clock by GPS or the network: take it outdoors for some minutes, then look again.",
            ));
        }
        let error = self.error();
        self.wrong(error, out);
        if error == Error::None && self.future > 0 {
            out.push(Finding::new(
                Code::FutureTime,
                format!(
                    "messages with a time that was still to come: {} of {}, by up to {}, while the clock is right otherwise",
                    self.future,
                    self.timed,
                    time(self.furthest)
                ),
                "Servers hide such positions or show them for ever as the last one: delete them there, and update the tracker's firmware if it happens again.",
            ));
        }
    }

    fn wrong(&self, error: Error, out: &mut Vec<Finding>) {
        let side = |late: i64| if late > 0 { "behind" } else { "ahead" };
        let doubt = if self.unsure { " (the log names no time zone; --log-zone tells it)" } else { "" };
        match error {
            Error::None => {}
            Error::Rollover(late) => out.push(Finding::new(
                Code::WeekRollover,
                format!("the times are {} {} the arrivals: {} times 1,024 weeks of GPS", time(late), side(late), (late + ROLLOVER / 2).div_euclid(ROLLOVER)),
                "The receiver's week number has rolled over: update the tracker's firmware, or have the server add 7,168 days to its times.",
            )),
            // A clock that shows local time east of Greenwich is ahead of UTC.
            Error::Zone(late) => out.push(self.zone(late, side(late), doubt)),
            Error::Skew(late) => out.push(Finding::new(
                Code::ClockSkew,
                format!("the times are at least {} {} the arrivals, which is no time zone{doubt}", time(late), side(late)),
                if late > 0 {
                    "Either the clock is wrong, or everything here was kept back: compare a message that the tracker sends on request (a locate command) with the clock on the wall."
                } else {
                    "The tracker's clock is fast: let it get a GPS fix outdoors, and restart it if the error stays."
                },
            )),
        }
    }

    fn zone(&self, late: i64, side: &str, doubt: &str) -> Finding {
        let all_along =
            self.late.sorted().thickest(NEAR).is_some_and(|(_, alike, all)| alike * 10 >= all * 9);
        let evidence = format!(
            "the times are {} {side} the arrivals{}, as a clock with the time zone {} is{doubt}",
            time(late),
            if all_along { " all along" } else { " whenever it reports at once" },
            offset(self.own - late)
        );
        if self.own == 0 {
            return Finding::new(
                Code::TimeZone,
                evidence,
                "Set the tracker's time zone to 0 (UTC): the protocol's times are UTC, and the server shows local time by itself.",
            );
        }
        let own = offset(self.own);
        Finding::new(
            Code::TimeZone,
            evidence,
            format!(
                "Set the tracker's time zone to {own}, in which the protocol's standard has its times; where it cannot be set, the server has to be told. The clock itself is right."
            ),
        )
    }
}
