//! `homing.nat/1`: how long a network keeps a way open that nobody uses, and how often to send a heartbeat.

use std::net::SocketAddr;
use std::time::Duration;

use serde::Serialize;

use crate::probe::{Fate, Heartbeat, Limit, Measured, heartbeat};

/// The schema of one document.
pub const NAT: &str = "homing.nat/1";

/// A measurement.
#[derive(Debug, Serialize)]
pub struct NatView<'a> {
    schema: &'static str,
    ended: &'static str,
    exit: u8,
    target: SocketAddr,
    most_s: f64,
    limits: Vec<LimitView<'a>>,
    heartbeat: Vec<HeartbeatView>,
}

#[derive(Debug, Serialize)]
struct LimitView<'a> {
    method: &'static str,
    transport: &'static str,
    kept_s: Option<f64>,
    lost_s: Option<f64>,
    untold: Option<&'a str>,
    steps: Vec<StepView<'a>>,
}

#[derive(Debug, Serialize)]
struct StepView<'a> {
    idle_s: f64,
    fate: &'static str,
    why: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct HeartbeatView {
    transport: &'static str,
    every_s: u64,
    basis: &'static str,
    bytes_a_day: u64,
    wakes_a_day: u64,
}

/// A view of a measurement. `exit` is the code that the program ends with.
#[must_use]
pub fn nat(measured: &Measured, exit: u8) -> NatView<'_> {
    NatView {
        schema: NAT,
        ended: measured.ended.name(),
        exit,
        target: measured.target,
        most_s: measured.most.as_secs_f64(),
        limits: measured.limits.iter().map(|one| limit(one, measured.most)).collect(),
        heartbeat: heartbeat(measured).iter().map(advice).collect(),
    }
}

fn limit(limit: &Limit, most: Duration) -> LimitView<'_> {
    LimitView {
        method: limit.method.name(),
        transport: limit.method.transport().as_str(),
        kept_s: limit.kept().map(|kept| kept.as_secs_f64()),
        lost_s: limit.lost().map(|step| step.idle.as_secs_f64()),
        untold: limit.untold(most),
        steps: limit
            .steps
            .iter()
            .map(|step| StepView {
                idle_s: step.idle.as_secs_f64(),
                fate: step.fate.name(),
                why: match &step.fate {
                    Fate::Cut(why) => why.as_deref(),
                    Fate::Untold(why) => Some(why),
                    Fate::Kept | Fate::Lost => None,
                },
            })
            .collect(),
    }
}

fn advice(heartbeat: &Heartbeat) -> HeartbeatView {
    HeartbeatView {
        transport: heartbeat.transport.as_str(),
        every_s: heartbeat.every.as_secs(),
        basis: heartbeat.basis.name(),
        bytes_a_day: heartbeat.bytes_a_day,
        wakes_a_day: heartbeat.wakes_a_day,
    }
}
