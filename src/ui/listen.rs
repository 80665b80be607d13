//! What a listener hears, for people: a line for each message, and what a person has to know before and after.

use std::fmt::Write as _;
use std::net::{IpAddr, SocketAddr};

use super::term::escape;
use crate::serve::{Event, Peer, Reach, Strange, Summary, Why, reach};
use crate::units::rfc_3339_seconds;
use crate::wire::{Direction, Protocol, Transport, View};

/// A line or some about something that happened, without a line break at the end; none for what is no news.
/// `at_ms` is when, in milliseconds since 1970.
#[must_use]
pub fn event(peer: &Peer, event: &Event<'_>, at_ms: i64) -> Option<String> {
    let head = head(peer, at_ms);
    Some(match *event {
        Event::Opened => format!("{head} {} from {}", opened(peer.transport), peer.address),
        Event::Message { way, protocol, claimed, rival, cut, first, view } => {
            let perhaps = if claimed { "" } else { "possible: " };
            let mut text = format!("{head} {} {perhaps}{}", arrow(way), said(protocol, &view));
            if !claimed && let Some(rival) = rival {
                let _ = write!(text, "  (or {})", rival.name);
            }
            if cut {
                text.push_str("\n           ! its end never came");
            }
            if first {
                for damage in view.messages().damage() {
                    let _ = write!(text, "\n           ! {damage}");
                }
            }
            text
        }
        Event::Strange { way, what, bytes } => {
            format!("{head} {} {} ({} bytes): {}", arrow(way), strange(what), bytes.len(), shown(bytes))
        }
        Event::Answered { answer } => format!("{head} < answered: {}", shown(answer)),
        Event::Closed { why, messages } => closed(&head, why, messages),
        // What is sent may hold secrets: whoever knows them shows it.
        Event::Sent { .. } | Event::Bytes { .. } | Event::Settled => return None,
    })
}

/// A line about bytes that an echo sent back.
#[must_use]
pub fn echoed(peer: &Peer, bytes: &[u8], at_ms: i64) -> String {
    format!("{} = {} bytes from {}: {}", head(peer, at_ms), bytes.len(), peer.address, shown(bytes))
}

/// Something else about a peer; `text` is shown as it is.
#[must_use]
pub fn line(peer: &Peer, at_ms: i64, text: &str) -> String {
    format!("{} {text}", head(peer, at_ms))
}

fn head(peer: &Peer, at_ms: i64) -> String {
    let at = rfc_3339_seconds(at_ms);
    // The time of day is enough for what happens now.
    format!("{} {} {}", at.get(11..19).unwrap_or(&at), peer.transport.word(), peer.number)
}

const fn opened(transport: Transport) -> &'static str {
    match transport {
        Transport::Tcp => "connection",
        Transport::Udp => "first datagram",
    }
}

const fn arrow(way: Direction) -> char {
    match way {
        Direction::Up => '>',
        Direction::Down => '<',
    }
}

fn closed(head: &str, why: Why, messages: u64) -> String {
    let plural = if messages == 1 { "" } else { "s" };
    format!("{head} {}, after {messages} message{plural}", why.sentence())
}

/// Protocol, message, identity, and what it says of the tracker.
fn said(protocol: &Protocol, view: &View<'_>) -> String {
    let mut text = format!("{} {}", protocol.name, view.name);
    let mut add = |part: String| {
        text.push_str("  ");
        text.push_str(&part);
    };
    match view.device_id {
        Some(id) => add(id.to_string()),
        None => add("(identity unknown)".to_owned()),
    }
    if let Some(time) = view.time {
        add(time.to_string());
    }
    if let (Some(lat), Some(lon)) = (view.lat, view.lon) {
        add(format!("{},{}", lat.short(), lon.short()));
    }
    match view.valid {
        Some(true) => add("fix".to_owned()),
        Some(false) => add("no fix".to_owned()),
        None => {}
    }
    if let Some(speed) = view.speed_kmh {
        add(format!("{} km/h", speed.short()));
    }
    if let Some(volts) = view.battery_v {
        add(format!("battery {} V", volts.short()));
    }
    if let Some(percent) = view.battery_pct {
        add(format!("battery {} %", percent.short()));
    }
    for event in view.events().iter().filter(|event| event.code != 0) {
        add(format!("{} ({})", event.name, event.code));
    }
    for name in ["text", "result"] {
        if let Some(crate::wire::Value::Text(span)) = view.attribute(name).map(|attribute| attribute.value) {
            add(format!("`{}`", escape(&view.text(span))));
        }
    }
    text
}

fn strange(what: Strange) -> String {
    match what {
        Strange::Noise => "no frame".to_owned(),
        Strange::Foreign(foreign) => format!("no tracker: {}", foreign.word()),
    }
}

/// The most bytes of a line that are shown.
const MOST: usize = 120;

/// Bytes as text where they are text, else as hexadecimal digits; the beginning of long ones.
fn shown(bytes: &[u8]) -> String {
    let part = bytes.get(..MOST).unwrap_or(bytes);
    let more = if bytes.len() > MOST { "…" } else { "" };
    let is_text = part.iter().all(|byte| byte.is_ascii_graphic() || matches!(byte, b' ' | b'\r' | b'\n'));
    if is_text && !part.is_empty() {
        let text = String::from_utf8_lossy(part);
        return format!("{}{more}", escape(text.trim_end()));
    }
    let digits: String = part.iter().map(|byte| format!("{byte:02X}")).collect();
    format!("{digits}{more}")
}

/// Where it listens, from where that can be reached, and what would help a tracker that cannot come. `own` are the
/// addresses of this machine, for a listener at all of them.
#[must_use]
pub fn places(addresses: &[(Transport, SocketAddr)], own: &[IpAddr]) -> Vec<String> {
    let mut lines = Vec::new();
    // The farthest, with the port there.
    let mut best = None::<(Reach, u16)>;
    for (transport, address) in addresses {
        let at = format!("listening at {address}/{}", transport.word());
        if !address.ip().is_unspecified() {
            let far = reach(address.ip());
            best = best.max(Some((far, address.port())));
            lines.push(format!("{at}: {}", far.sentence()));
            continue;
        }
        lines.push(at);
        for ip in own.iter().filter(|own| own.is_ipv4() == address.is_ipv4()) {
            let far = reach(*ip);
            best = best.max(Some((far, address.port())));
            lines.push(format!("  as {ip}: {}", far.sentence()));
        }
    }
    if let Some(advice) = best.and_then(|(far, port)| far.advice(port)) {
        lines.push(format!("for a tracker on a mobile network: {advice}"));
    }
    lines
}

/// What all of it came to, in a few lines.
#[must_use]
pub fn summary(summary: &Summary) -> Vec<String> {
    let plural = |count: u64, word: &str| match count {
        1 => format!("1 {word}"),
        count => format!("{count} {word}s"),
    };
    let mut lines = vec![format!(
        "{} in {}, {} answered, {} damaged; {} ({} at most, {} open at the end), {}",
        plural(summary.messages, "message"),
        plural(summary.frames, "frame"),
        summary.answered,
        summary.damaged,
        plural(summary.connections, "connection"),
        summary.most,
        summary.open,
        plural(summary.datagrams, "datagram"),
    )];
    lines.push(format!("{} bytes came and {} went", summary.received, summary.sent));
    for (why, count) in summary.ended.reasons().filter(|(why, _)| *why != Why::Peer) {
        lines.push(format!("{}: {}", plural(count, "connection"), why.sentence()));
    }
    if summary.connections + summary.datagrams + summary.untaken == 0 {
        lines.push(
            "nothing came: the tracker has to be set to an address and port of this listener, and be able to reach it; \
             `homing simulate startek --to HOST:PORT` tries it from here"
                .to_owned(),
        );
    }
    if summary.possible > 0 {
        let what = if summary.possible == 1 {
            "thing that came may be a frame"
        } else {
            "things that came may be frames"
        };
        lines.push(format!("{} {what} of a tracker, and nothing proves it: not counted", summary.possible));
    }
    if summary.strange > 0 {
        lines.push(format!("{} belonged to no frame", plural(summary.strange, "byte")));
    }
    if summary.unsent > 0 {
        lines.push(format!("{} could not be sent", plural(summary.unsent, "datagram")));
    }
    if summary.untaken > 0 {
        lines.push(format!(
            "{} could not be taken: this machine had no room for them, perhaps too few open files (ulimit -n)",
            plural(summary.untaken, "connection")
        ));
    }
    lines
}
