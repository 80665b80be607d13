//! How long a network keeps a way open, for people: a line for each step, then the limits, then what to set.

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
        let line = term.bold(&escape(&result(limit)));
        term.line(line);
    }
    for advice in heartbeat(measured) {
        term.line(sentence(&advice));
    }
    term.line(
        "This is the way of this computer: to measure a tracker's, let this computer out by the same SIM and APN.",
    );
}

fn result(limit: &Limit) -> String {
    let name = words(limit.method);
    match (limit.kept(), limit.lost()) {
        (Some(kept), Some(lost)) => {
            format!("{name}: kept for {}, lost by {}", show_duration(kept), show_duration(lost.idle))
        }
        (None, Some(lost)) => format!("{name}: lost by {}", show_duration(lost.idle)),
        (Some(kept), None) => {
            format!("{name}: kept for {}, and not lost as far as was tried", show_duration(kept))
        }
        (None, None) => format!("{name}: not measured: {}", limit.untold().unwrap_or("the run ended before")),
    }
}

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
