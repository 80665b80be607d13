//! What to do, from the combination of verdicts rather than from one alone. Sentences for people; nothing is sent.

use super::endpoint::Want;
use super::evidence::Phase;
use super::probed::{Probed, Round};
use super::resolve::Lookup;
use super::verdict::{DnsVerdict, Verdict};
use crate::tracker::Transport;

/// What a result means and what to do; none where nothing is to be done.
#[must_use]
pub fn result(probed: &Probed, round: &Round) -> Option<String> {
    let port = probed.address.port();
    let text = match probed.verdict {
        Verdict::Answered => return None,
        Verdict::Open if probed.talking => {
            "the port takes connections but did not answer what was sent: the message or the identity may be unknown to \
             the server"
                .to_owned()
        }
        Verdict::Open => return None,
        Verdict::AnsweredUnexpected => {
            "something answers there, but not as expected: another service may have the port, or this server says \
             something else than was expected"
                .to_owned()
        }
        Verdict::OpenButCloses if probed.talking && probed.evidence.sent > 0 => {
            "the server takes connections and hangs up on what was said: it may not know the tracker, or speak another \
             protocol on this port"
                .to_owned()
        }
        Verdict::OpenButCloses => {
            "the server takes connections and hangs up at once: its service may be down behind a proxy, or it refuses \
             this address"
                .to_owned()
        }
        Verdict::OpenButResets => {
            "the server takes connections and breaks them off: its service may have crashed, or a firewall cuts it \
             after the handshake"
                .to_owned()
        }
        Verdict::Closed if probed.transport == Transport::Udp => {
            format!("the host is up and nothing listens on UDP port {port}: check the port, and whether the server takes UDP")
        }
        Verdict::Closed => {
            format!("the host is up and nothing listens on TCP port {port}: check the port, and that the service runs")
        }
        Verdict::Filtered => filtered(probed, round),
        Verdict::OpenOrFiltered => silent_udp(probed, round),
        Verdict::Unreachable => {
            "nobody on this network answers for that address or for the gateway to it: is the host on, and the cable in?"
                .to_owned()
        }
        Verdict::NoRoute if probed.excused => {
            "this machine has no route for this kind of address; the name's other addresses were tried".to_owned()
        }
        Verdict::NoRoute => {
            "this machine has no route there: check its network connection; nothing is known about the server".to_owned()
        }
        Verdict::BlockedHere => {
            format!("a firewall rule or route of this machine forbids it: allow outgoing port {port} here and try again")
        }
        Verdict::LocalFault => local(probed),
        Verdict::NotTested => {
            "UDP was not tested, as nothing was sent: --imei with --protocol, or --payload with --expect, gives something a \
             server can answer"
                .to_owned()
        }
        Verdict::Inconclusive if probed.stats.tries > 0 => {
            "too short a time to tell silence from a lost packet: give --timeout 5s or more".to_owned()
        }
        Verdict::Inconclusive => "the run ended before this was known: give it more time".to_owned(),
    };
    Some(text)
}

fn filtered(probed: &Probed, round: &Round) -> String {
    let port = probed.address.port();
    if let Some(icmp) = probed.evidence.icmp {
        let who = match icmp.from {
            Some(from) if from == probed.address.ip() => "the host's own firewall".to_owned(),
            Some(from) => format!("{from}, a router or firewall on the way,"),
            None => "a router or firewall on the way".to_owned(),
        };
        return format!("{who} refuses it: ask whoever runs it to allow port {port}");
    }
    let others: Vec<&Probed> =
        round.results.iter().filter(|other| other.transport == Transport::Tcp && *other != probed).collect();
    let open = |other: &&Probed| matches!(other.verdict, Verdict::Open | Verdict::Answered);
    if others.iter().any(|other| open(other) && other.address.port() == port) {
        return format!(
            "port {port} of other addresses can be reached: this host is down, or drops what comes"
        );
    }
    if others.iter().any(open) {
        return format!("other ports can be reached: something on the way drops port {port}");
    }
    format!(
        "a firewall drops it, or the host is down: try from another network; is outgoing port {port} allowed here?"
    )
}

fn silent_udp(probed: &Probed, round: &Round) -> String {
    let tcp = round.results.iter().find(|other| {
        other.transport == Transport::Tcp && other.address == probed.address && other.want != Want::No
    });
    match tcp.map(|tcp| tcp.verdict) {
        Some(Verdict::Open | Verdict::Answered) => {
            "TCP works and UDP is silent: UDP is blocked on the way, or the server ignores this message; use TCP, or send \
             what the server must answer"
                .to_owned()
        }
        _ => "silence proves nothing over UDP: the server may ignore this message, or a firewall may drop it".to_owned(),
    }
}

fn local(probed: &Probed) -> String {
    let errno = probed.evidence.errno.as_deref().unwrap_or_default();
    match errno {
        "EMFILE" | "ENFILE" => {
            "this machine allows too few open files: raise `ulimit -n`, or ask for fewer endpoints"
        }
        "EADDRNOTAVAIL" => "this machine has no such address or no free port: check --source",
        "ENODEV" => "this machine has no such interface: check --interface",
        "EMSGSIZE" => "the payload does not fit one datagram: shorten it",
        _ if probed.evidence.phase == Phase::Route => {
            "this machine could not make the socket: see the error's name"
        }
        _ => "this machine could not try: see the error's name",
    }
    .to_owned()
}

/// What a name's verdict means and what to do; none where nothing is to be done.
#[must_use]
pub fn dns(lookup: &Lookup, round: &Round) -> Option<String> {
    let works = round.results.iter().any(|probed| {
        matches!(probed.verdict, Verdict::Open | Verdict::Answered)
            && lookup.expected.contains(&probed.address.ip())
    });
    let by_address = if works { "; its published address works: give trackers that one for now" } else { "" };
    let text = match lookup.verdict {
        DnsVerdict::Resolved => return resolved(lookup),
        DnsVerdict::Nxdomain => "the name does not exist: check its spelling",
        DnsVerdict::Nodata if !lookup.addresses.is_empty() => {
            "the name has no address of the kind that was asked for: leave out -4, -6 or --source, or ask by another name"
        }
        DnsVerdict::Nodata => "the name exists and has no address: whoever runs the domain has to add one",
        DnsVerdict::Servfail => {
            "the resolver could not find out: the domain's own name servers may be down; try another resolver with --dns"
        }
        DnsVerdict::Refused => "the resolver does not serve this machine: use another one, or --dns",
        DnsVerdict::CnameLoop => "the name leads back to itself: whoever runs the domain has to mend it",
        DnsVerdict::Timeout => {
            "no resolver answered in time: check this machine's network, or name a resolver with --dns"
        }
        DnsVerdict::ResolverUnreachable => {
            "the resolver cannot be reached: check /etc/resolv.conf, or name one with --dns"
        }
        DnsVerdict::Failed => "the system cannot resolve it: check the name and this machine's resolver",
        DnsVerdict::Inconclusive => "the run ended before this was known: give it more time",
    };
    Some(format!("{text}{by_address}"))
}

fn resolved(lookup: &Lookup) -> Option<String> {
    if lookup.matches() == Some(false) {
        let wanted: Vec<String> = lookup.expected.iter().map(ToString::to_string).collect();
        return Some(format!(
            "the name does not lead to {}: trackers that are set by address and by name end up at different servers",
            wanted.join(", ")
        ));
    }
    if !lookup.addresses.iter().any(std::net::IpAddr::is_ipv4) {
        return Some(
            "the name has no IPv4 address (no A record), and most trackers know nothing else".to_owned(),
        );
    }
    let system_failed = lookup.system.as_ref().is_some_and(|system| system.error.is_some());
    if system_failed {
        return Some(
            "the system's resolver fails although its server answers: programs here will not find the name"
                .to_owned(),
        );
    }
    let query = lookup.query.as_ref()?;
    (query.answer.addresses.is_empty() && query.answer.verdict != DnsVerdict::Resolved).then(|| {
        format!(
            "only this machine knows the name (its hosts file?): the resolver says {}",
            query.answer.verdict
        )
    })
}
