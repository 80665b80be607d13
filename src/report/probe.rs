//! `homing.probe/1`: whether a server is reachable, with the evidence. And `homing.probe-event/1`, the same line by line.

use std::net::IpAddr;

use serde::Serialize;

use crate::probe::{
    Alias, Asked, Ended, Evidence, Icmp, Judgement, Lookup, Outcome, Probed, Round, Stats, System, Want,
    advice, dns_advice, hex,
};

/// The schema of one document.
pub const PROBE: &str = "homing.probe/1";
/// The schema of one line.
pub const PROBE_EVENT: &str = "homing.probe-event/1";

/// A whole round.
#[derive(Debug, Serialize)]
pub struct ProbeView<'a> {
    schema: &'static str,
    ended: &'static str,
    ms: f64,
    exit: u8,
    state: &'static str,
    dns: Vec<DnsView<'a>>,
    results: Vec<ResultView<'a>>,
}

/// A view of a whole round. `exit` is the code that the program ends with.
#[must_use]
pub fn probe<'a>(round: &'a Round, judgement: &Judgement, exit: u8) -> ProbeView<'a> {
    ProbeView {
        schema: PROBE,
        ended: round.ended.name(),
        ms: thousandth(round.ms),
        exit,
        state: judgement.state.name(),
        dns: round.dns.iter().map(|lookup| dns(lookup, round)).collect(),
        results: round.results.iter().map(|probed| result(probed, round)).collect(),
    }
}

/// One line of a run that is told as it goes.
#[derive(Debug, Serialize)]
pub struct EventView<'a> {
    schema: &'static str,
    /// Counted from 1; more than one only when a run is repeated.
    round: u64,
    #[serde(flatten)]
    what: What<'a>,
}

#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
enum What<'a> {
    Dns(Box<DnsView<'a>>),
    Result(Box<ResultView<'a>>),
    Summary { ended: &'static str, ms: f64, rounds: u64, exit: u8, state: &'static str, changed: Vec<String> },
}

/// A name that was looked up.
#[must_use]
pub fn probe_dns_event(lookup: &Lookup, number: u64) -> EventView<'_> {
    event(number, What::Dns(Box::new(dns(lookup, &alone()))))
}

/// An address that has its verdict.
#[must_use]
pub fn probe_result_event(probed: &Probed, number: u64) -> EventView<'_> {
    event(number, What::Result(Box::new(result(probed, &alone()))))
}

/// The end of a round, with what changed since the one before.
#[must_use]
pub fn probe_summary_event<'a>(
    round: &Round,
    judgement: &Judgement,
    exit: u8,
    number: u64,
    changed: Vec<String>,
) -> EventView<'a> {
    let (ended, ms, state) = (round.ended.name(), thousandth(round.ms), judgement.state.name());
    event(number, What::Summary { ended, ms, rounds: number, exit, state, changed })
}

fn event(round: u64, what: What<'_>) -> EventView<'_> {
    EventView { schema: PROBE_EVENT, round, what }
}

/// What is told at once cannot take what comes later into account.
fn alone() -> Round {
    Round { dns: Vec::new(), results: Vec::new(), ended: Ended::Complete, ms: 0.0 }
}

#[derive(Debug, Serialize)]
struct DnsView<'a> {
    name: &'a str,
    verdict: &'static str,
    addresses: &'a [IpAddr],
    expected: &'a [IpAddr],
    matches: Option<bool>,
    system: Option<SystemView<'a>>,
    query: Option<QueryView<'a>>,
    advice: Option<String>,
}

#[derive(Debug, Serialize)]
struct SystemView<'a> {
    addresses: &'a [IpAddr],
    error: Option<&'a str>,
    ms: f64,
}

#[derive(Debug, Serialize)]
struct QueryView<'a> {
    server: String,
    verdict: &'static str,
    code: Option<&'a str>,
    errno: Option<&'a str>,
    addresses: &'a [IpAddr],
    chain: Vec<AliasView<'a>>,
    ttl: Option<u32>,
    ms: f64,
    before: Vec<BeforeView>,
}

#[derive(Debug, Serialize)]
struct AliasView<'a> {
    from: &'a str,
    to: &'a str,
    ttl: u32,
}

#[derive(Debug, Serialize)]
struct BeforeView {
    server: String,
    verdict: &'static str,
}

fn dns<'a>(lookup: &'a Lookup, round: &Round) -> DnsView<'a> {
    DnsView {
        name: &lookup.name,
        verdict: lookup.verdict.name(),
        addresses: &lookup.addresses,
        expected: &lookup.expected,
        matches: lookup.matches(),
        system: lookup.system.as_ref().map(system),
        query: lookup.query.as_ref().map(query),
        advice: dns_advice(lookup, round),
    }
}

fn system(system: &System) -> SystemView<'_> {
    SystemView { addresses: &system.addresses, error: system.error.as_deref(), ms: thousandth(system.ms) }
}

fn query(asked: &Asked) -> QueryView<'_> {
    let answer = &asked.answer;
    QueryView {
        server: asked.server.to_string(),
        verdict: answer.verdict.name(),
        code: answer.code.as_deref(),
        errno: answer.errno.as_deref(),
        addresses: &answer.addresses,
        chain: answer.chain.iter().map(alias).collect(),
        ttl: answer.ttl,
        ms: thousandth(asked.ms),
        before: asked
            .before
            .iter()
            .map(|(server, verdict)| BeforeView { server: server.to_string(), verdict: verdict.name() })
            .collect(),
    }
}

fn alias(alias: &Alias) -> AliasView<'_> {
    AliasView { from: &alias.from, to: &alias.to, ttl: alias.ttl }
}

#[derive(Debug, Serialize)]
struct ResultView<'a> {
    endpoint: &'a str,
    also: &'a [String],
    address: IpAddr,
    port: u16,
    transport: &'static str,
    asked: bool,
    outcome: Option<&'static str>,
    verdict: &'static str,
    ms: Option<f64>,
    answer_ms: Option<f64>,
    tries: TriesView,
    evidence: EvidenceView<'a>,
    advice: Option<String>,
}

#[derive(Debug, Serialize)]
struct TriesView {
    made: usize,
    good: usize,
    loss_percent: f64,
    min_ms: Option<f64>,
    median_ms: Option<f64>,
    p95_ms: Option<f64>,
    max_ms: Option<f64>,
    jitter_ms: Option<f64>,
}

#[derive(Debug, Serialize)]
struct EvidenceView<'a> {
    phase: &'static str,
    errno: Option<&'a str>,
    local: bool,
    icmp: Option<IcmpView>,
    sent_bytes: usize,
    datagrams: u32,
    received_bytes: usize,
    received: Option<String>,
    source: Option<IpAddr>,
}

#[derive(Debug, Serialize)]
struct IcmpView {
    version: u8,
    r#type: u8,
    code: u8,
    meaning: &'static str,
    from: Option<IpAddr>,
}

fn result<'a>(probed: &'a Probed, round: &Round) -> ResultView<'a> {
    let (endpoint, also) =
        probed.endpoints.split_first().map_or(("", &[][..]), |(first, rest)| (first, rest));
    ResultView {
        endpoint,
        also,
        address: probed.address.ip(),
        port: probed.address.port(),
        transport: probed.transport.as_str(),
        asked: probed.want == Want::Asked && !probed.excused,
        outcome: probed.outcome().map(outcome),
        verdict: probed.verdict.name(),
        ms: probed.ms.map(thousandth),
        answer_ms: probed.answer_ms.map(thousandth),
        tries: tries(&probed.stats),
        evidence: evidence(&probed.evidence),
        advice: advice(probed, round),
    }
}

fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Good => "good",
        Outcome::Unproven => "unproven",
        Outcome::Failed => "failed",
        Outcome::Machine => "machine",
    }
}

fn tries(stats: &Stats) -> TriesView {
    let time = |pick: fn(&crate::probe::Times) -> f64| stats.times.as_ref().map(pick).map(thousandth);
    TriesView {
        made: stats.tries,
        good: stats.good,
        loss_percent: thousandth(stats.loss_percent),
        min_ms: time(|times| times.min),
        median_ms: time(|times| times.median),
        p95_ms: time(|times| times.p95),
        max_ms: time(|times| times.max),
        jitter_ms: stats.times.and_then(|times| times.jitter).map(thousandth),
    }
}

fn evidence(evidence: &Evidence) -> EvidenceView<'_> {
    let icmp = |icmp: Icmp| IcmpView {
        version: if icmp.v6 { 6 } else { 4 },
        r#type: icmp.kind,
        code: icmp.code,
        meaning: icmp.meaning(),
        from: icmp.from,
    };
    EvidenceView {
        phase: evidence.phase.name(),
        errno: evidence.errno.as_deref(),
        local: evidence.local,
        icmp: evidence.icmp.map(icmp),
        sent_bytes: evidence.sent,
        datagrams: evidence.datagrams,
        received_bytes: evidence.received_len,
        received: (evidence.received_len > 0).then(|| hex(&evidence.received)),
        source: evidence.source,
    }
}

/// Times to the microsecond: more digits would only look exact.
fn thousandth(number: f64) -> f64 {
    (number * 1_000.0).round() / 1_000.0
}
