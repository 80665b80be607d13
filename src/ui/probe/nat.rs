//! How long a network keeps a way open, for people: a line for each step, then the limits, then what to set.

use std::time::Duration;

use crate::probe::{Basis, Fate, Heartbeat, Limit, Measured, Method, Step, heartbeat};
use crate::tracker::Transport;
use crate::ui::term::{Term, escape};
use crate::units::show_duration;

/// What is asked by a method, in a few words.
fn words(method: Method) -> &'static str {
    match method {
        Method::UdpOnce => "UDP, after one datagram",
        Method::UdpStream => "UDP, after a few in both directions",
        Method::Tcp => "TCP",
        Method::KeepAlive => "TCP, by keep-alive",
    }
}

/// One step, as it goes.
#[must_use]
pub fn step(step: &Step) -> String {
    let fate = match &step.fate {
        Fate::Kept => "kept".to_owned(),
        Fate::Lost => "LOST: nothing came through any more".to_owned(),
        Fate::Cut(None) => "CUT: the other side closed it".to_owned(),
        Fate::Cut(Some(errno)) => format!("CUT: {errno}"),
        Fate::Untold(why) => format!("not measured: {why}"),
    };
    escape(&format!("{}, silent for {}: {fate}", words(step.method), show_duration(step.idle)))
}

/// What all steps come to.
pub fn write(term: &mut Term, measured: &Measured) {
    for limit in &measured.limits {
        let line = term.bold(&escape(&result(limit, measured.most)));
        term.sentence(&line);
    }
    for advice in heartbeat(measured) {
        term.sentence(&sentence(&advice));
    }
    term.sentence(
        "This is the way of this computer: to measure a tracker's, let this computer out by the same SIM and APN.",
    );
}

fn result(limit: &Limit, most: Duration) -> String {
    let name = words(limit.method);
    match (limit.kept(), limit.lost()) {
        (Some(kept), Some(lost)) => {
            format!("{name}: kept for {}, lost by {}", show_duration(kept), show_duration(lost.idle))
        }
        (None, Some(lost)) => format!("{name}: lost by {}", show_duration(lost.idle)),
        (Some(kept), None) if !limit.is_known(most) => format!(
            "{name}: kept for {}; longer times were not measured: {}",
            show_duration(kept),
            limit.untold(most).unwrap_or(ENDED)
        ),
        (Some(kept), None) => {
            format!("{name}: kept for {}, and not lost as far as was tried", show_duration(kept))
        }
        (None, None) => format!("{name}: not measured: {}", limit.untold(most).unwrap_or(ENDED)),
    }
}

const ENDED: &str = "the run ended before";

fn sentence(advice: &Heartbeat) -> String {
    let every = show_duration(advice.every);
    let transport = match advice.transport {
        Transport::Tcp => "TCP",
        Transport::Udp => "UDP",
    };
    let basis = match advice.basis {
        Basis::Measured => "six tenths of what was kept",
        Basis::NeverLost => "it was never lost; more often only costs battery",
        Basis::TooShort => {
            "the way is lost even sooner: commands will reach the tracker only just after it has spoken"
        }
        Basis::Usual => "not measured; what most networks allow",
    };
    format!(
        "Heartbeat over {transport}: every {every} ({basis}); about {} kB and {} wake-ups a day.",
        advice.bytes_a_day.div_ceil(1_000),
        advice.wakes_a_day
    )
}
