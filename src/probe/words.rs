//! Verdicts and their evidence in one line, so that every output says the same.

use super::evidence::{Phase, hex};
use super::probed::{Probed, Round};
use super::resolve::Lookup;
use super::verdict::{DnsVerdict, Verdict};
use crate::tracker::Transport;

/// What a result rests on, in a few words.
#[must_use]
pub fn evidence(probed: &Probed) -> String {
    let evidence = &probed.evidence;
    let mut parts: Vec<String> = Vec::new();
    match probed.verdict {
        Verdict::Open if evidence.received_len > 0 && !probed.talking => {
            parts.push("the server spoke first".to_owned())
        }
        Verdict::Open if probed.talking => parts.push(format!("no answer to {} bytes", evidence.sent)),
        Verdict::Answered => {
            parts.extend(probed.said.as_ref().map(|said| format!("the answer to {said}")));
        }
        Verdict::Open => parts.push("connected, and the server keeps the connection".to_owned()),
        Verdict::OpenButCloses => {
            parts.push("connected, then closed by the server without a byte".to_owned())
        }
        Verdict::OpenButResets => parts.push("connected, then reset by the server".to_owned()),
        Verdict::Closed if probed.transport == Transport::Tcp => {
            parts.push("the host refuses (RST)".to_owned())
        }
        Verdict::Filtered if evidence.icmp.is_none() => parts.push("no answer to at least 3 SYNs".to_owned()),
        Verdict::OpenOrFiltered => parts.push(format!("no answer to {}", datagrams(evidence.datagrams))),
        Verdict::NotTested => parts.push("nothing was sent".to_owned()),
        Verdict::Inconclusive if probed.stats.tries == 0 => parts.push("not tried to the end".to_owned()),
        Verdict::Inconclusive if evidence.phase == Phase::Connect && evidence.errno.is_none() => {
            parts.push("no answer, in too short a time to be sure".to_owned());
        }
        _ => {}
    }
    if evidence.received_len > 0 {
        parts.push(format!(
            "{} bytes came: {}",
            evidence.received_len,
            first(&evidence.received, evidence.received_len)
        ));
    }
    if let Some(icmp) = evidence.icmp {
        parts.push(icmp.to_string());
    } else if let Some(errno) = evidence.errno.as_deref()
        && !matches!(probed.verdict, Verdict::Closed)
    {
        parts.push(errno.to_owned());
    }
    if probed.stats.tries > 1 {
        parts.push(format!("{} of {} tries", probed.stats.good, probed.stats.tries));
    }
    parts.join("; ")
}

fn datagrams(count: u32) -> String {
    format!("{count} datagram{}", if count == 1 { "" } else { "s" })
}

/// The first bytes of an answer: as text when they are plain, else as hexadecimal digits; marked where there are more.
fn first(kept: &[u8], count: usize) -> String {
    let bytes = kept.get(..24).unwrap_or(kept);
    let more = if bytes.len() < count { " …" } else { "" };
    match std::str::from_utf8(bytes) {
        Ok(text) if text.chars().all(|c| c.is_ascii_graphic() || c == ' ') => format!("\"{text}\"{more}"),
        _ => hex(bytes) + more,
    }
}

/// What a name's verdict rests on, in a few words.
#[must_use]
pub fn dns_evidence(lookup: &Lookup) -> String {
    let mut parts: Vec<String> = Vec::new();
    if !lookup.addresses.is_empty() {
        let shown: Vec<String> = lookup.addresses.iter().map(ToString::to_string).collect();
        parts.push(shown.join(", "));
    }
    for alias in lookup.chain() {
        parts.push(format!("alias of {}", alias.to));
    }
    if let Some(query) = &lookup.query {
        let said = query.answer.code.as_deref().or(query.answer.errno.as_deref()).unwrap_or("no answer");
        match query.answer.ttl {
            Some(ttl) if query.answer.verdict == DnsVerdict::Resolved => parts.push(format!("TTL {ttl} s")),
            _ => parts.push(format!("{said} from {}", query.server)),
        }
    }
    if let Some(error) = lookup.system.as_ref().and_then(|system| system.error.as_deref()) {
        parts.push(format!("the system says: {error}"));
    }
    match lookup.matches() {
        Some(true) => parts.push("as published".to_owned()),
        Some(false) => parts.push("NOT as published".to_owned()),
        None => {}
    }
    parts.join("; ")
}

/// The whole round in one line.
#[must_use]
pub fn headline(round: &Round) -> String {
    let (mut good, mut asked) = (Vec::new(), 0);
    let mut worst: Option<(super::Outcome, String)> = None;
    let mut note = |outcome, text: String| {
        if worst.as_ref().is_none_or(|(known, _)| *known < outcome) {
            worst = Some((outcome, text));
        }
    };
    for lookup in &round.dns {
        let text = match (lookup.verdict, lookup.addresses.as_slice()) {
            (DnsVerdict::Nodata, [_, ..]) => {
                format!("{} has no address of the kind that was asked for", lookup.name)
            }
            _ => format!("{} does not resolve: {}", lookup.name, lookup.verdict),
        };
        note(lookup.verdict.outcome(), text);
    }
    for probed in &round.results {
        let Some(outcome) = probed.outcome() else { continue };
        asked += 1;
        if outcome == super::Outcome::Good {
            good.push(probed);
        }
        note(outcome, format!("{} is {}", label(probed), probed.verdict));
    }
    let most = good.iter().filter_map(|probed| probed.ms).fold(0.0, f64::max);
    let count = format!("{} of {asked} reached", good.len());
    match worst {
        Some((super::Outcome::Good, _)) if asked == 0 => {
            "nothing but names was asked about, and they resolve".to_owned()
        }
        Some((super::Outcome::Good, _)) => format!("reachable: {count}, {most:.1} ms at most"),
        Some((super::Outcome::Unproven, text)) => format!("not proven: {text} ({count})"),
        Some((super::Outcome::Failed, text)) => format!("not reachable: {text} ({count})"),
        Some((super::Outcome::Machine, text)) => format!("this machine stands in the way: {text} ({count})"),
        None => "nothing was asked about".to_owned(),
    }
}

/// What a result is about: `54.85.159.138:8888/tcp`, with the name that led to it.
#[must_use]
pub fn label(probed: &Probed) -> String {
    let address = probed.address.to_string();
    let names: Vec<&str> =
        probed.endpoints.iter().map(String::as_str).filter(|endpoint| **endpoint != address).collect();
    match names.as_slice() {
        [] => format!("{address}/{}", probed.transport),
        names => format!("{}/{} ({})", names.join(" and "), probed.transport, probed.address.ip()),
    }
}
