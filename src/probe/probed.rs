//! What a run brings: one value for each name and one for each address and transport, and how the run ended.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use super::attempt::Attempt;
use super::endpoint::Want;
use super::evidence::{Evidence, Phase};
use super::resolve::Lookup;
use super::stats::Stats;
use super::tries::Tries;
use super::verdict::{DnsVerdict, Outcome, Verdict};
use crate::tracker::Transport;

/// What became of one address over one transport.
#[derive(Debug, Clone, PartialEq)]
pub struct Probed {
    /// The endpoints that led to it, as they were asked: equal addresses are tried once.
    pub endpoints: Vec<String>,
    /// The address and port.
    pub address: SocketAddr,
    /// The transport.
    pub transport: Transport,
    /// Whether its verdict counts.
    pub want: Want,
    /// Whether a question was sent, so that only its answer proves anything.
    pub talking: bool,
    /// What was said, in words: `the gt06 login of 86…`.
    pub said: Option<String>,
    /// What it came to.
    pub verdict: Verdict,
    /// The time that is reported, in milliseconds: the median to the connection (TCP) or the answer (UDP); without a
    /// success, until the verdict.
    pub ms: Option<f64>,
    /// From the question to the answer over TCP, in milliseconds, the median.
    pub answer_ms: Option<f64>,
    /// Figures over the tries.
    pub stats: Stats,
    /// What the verdict rests on: that of the last try that came to it.
    pub evidence: Evidence,
    /// Why it does not count although it was asked: another address of the same name was reached by the other family.
    pub excused: bool,
}

impl Probed {
    /// What the tries of one address come to. None without a try.
    pub(super) fn of(slot: &Slot, tries: &Tries, talking: bool, made: &[Attempt]) -> Option<Self> {
        let verdicts: Vec<Verdict> = made.iter().map(|attempt| attempt.verdict).collect();
        let verdict = tries.verdict(&verdicts, talking)?;
        let shown = made.iter().rev().find(|attempt| attempt.verdict == verdict)?;
        let reached = |attempt: &&Attempt| attempt.connect.is_some() || attempt.answer.is_some();
        let times: Vec<f64> = made.iter().filter(reached).map(|attempt| ms(attempt.time())).collect();
        let answers: Vec<f64> = made.iter().filter_map(|attempt| attempt.answer).map(ms).collect();
        let stats = Stats::of(made.len(), &times);
        let median = |times: &[f64]| Stats::of(times.len(), times).times.map(|times| times.median);
        let tcp = slot.transport == Transport::Tcp;
        Some(Self {
            verdict,
            ms: median(&times).or_else(|| Some(ms(shown.waited))),
            answer_ms: if tcp { median(&answers) } else { None },
            stats,
            evidence: shown.evidence.clone(),
            ..Self::untried(slot, talking)
        })
    }

    /// An address that was not tried: as nothing could be asked, or as the run ended.
    pub(super) fn untried(slot: &Slot, talking: bool) -> Self {
        let silent = slot.transport == Transport::Udp && !talking;
        Self {
            endpoints: slot.endpoints.clone(),
            address: slot.address,
            transport: slot.transport,
            want: slot.want,
            talking,
            said: None,
            verdict: if silent { Verdict::NotTested } else { Verdict::Inconclusive },
            ms: None,
            answer_ms: None,
            stats: Stats::of(0, &[]),
            evidence: Evidence::new(Phase::Route),
            excused: false,
        }
    }

    /// What it says about what was asked; none when it does not count.
    #[must_use]
    pub fn outcome(&self) -> Option<Outcome> {
        (self.want == Want::Asked && !self.excused).then(|| self.verdict.outcome(self.talking))
    }
}

/// A duration in milliseconds.
pub(super) fn ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1_000.0
}

/// One address over one transport that is to be tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Slot {
    pub(super) endpoints: Vec<String>,
    pub(super) address: SocketAddr,
    pub(super) transport: Transport,
    pub(super) want: Want,
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// Everything was tried.
    Complete,
    /// The deadline of the run came first.
    Deadline,
    /// A person stopped it.
    Interrupted,
}

impl Ended {
    /// The word in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::Deadline => "deadline",
            Self::Interrupted => "interrupted",
        }
    }
}

/// What a run brought.
#[derive(Debug, Clone, PartialEq)]
pub struct Round {
    /// One for each name.
    pub dns: Vec<Lookup>,
    /// One for each address and transport.
    pub results: Vec<Probed>,
    /// How it ended.
    pub ended: Ended,
    /// How long it took, in milliseconds.
    pub ms: f64,
}

impl Round {
    /// Excuses addresses of a family that this machine has no route for, where the same name was reached by the other:
    /// a machine without IPv6 says nothing about a server that has both.
    pub(super) fn excuse(&mut self) {
        for lookup in &self.dns {
            let of_name = |probed: &Probed| lookup.addresses.contains(&probed.address.ip());
            let reached = |v4: bool, transport: Transport| {
                self.results.iter().any(|probed| {
                    of_name(probed)
                        && probed.address.is_ipv4() == v4
                        && probed.transport == transport
                        && !matches!(probed.verdict, Verdict::NoRoute | Verdict::Inconclusive)
                })
            };
            let excused: Vec<bool> = self
                .results
                .iter()
                .map(|probed| {
                    of_name(probed)
                        && probed.verdict == Verdict::NoRoute
                        && reached(!probed.address.is_ipv4(), probed.transport)
                })
                .collect();
            for (probed, excused) in self.results.iter_mut().zip(excused) {
                probed.excused |= excused;
            }
        }
    }

    /// Names whose addresses lack an expected one.
    pub fn mismatches(&self) -> impl Iterator<Item = &Lookup> {
        self.dns.iter().filter(|lookup| lookup.matches() == Some(false))
    }

    /// Names that resolve to IPv6 addresses only, which most trackers cannot use.
    pub fn without_v4(&self) -> impl Iterator<Item = &Lookup> {
        let lacks = |lookup: &&Lookup| !lookup.addresses.iter().any(IpAddr::is_ipv4);
        self.dns.iter().filter(|lookup| lookup.verdict == DnsVerdict::Resolved).filter(lacks)
    }
}
