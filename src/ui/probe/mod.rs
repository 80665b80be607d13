//! What a probe found, as text: a table for people, and one file for each format that other programs read.
//! Every format tells the same verdicts; none adds a judgement of its own.

mod github;
mod junit;
mod nagios;
mod nat;
mod prometheus;

pub use github::{annotations, summary as github_summary};
pub use junit::junit;
pub use nagios::{nagios, nagios_unknown};
pub use nat::{step as nat_step, write as write_nat};
pub use prometheus::prometheus;

use super::table::table;
use super::term::{Term, escape};
use crate::probe::{
    Judgement, Probed, Round, Verdict, advice, dns_advice, dns_evidence, evidence, headline, label,
};

/// Writes a round: the verdict in one line, then what it rests on, then what to do.
pub fn write(term: &mut Term, round: &Round, judgement: &Judgement) {
    let line = headline(round);
    let (word, rest) = line
        .split_once(':')
        .map_or((line.as_str(), String::new()), |(word, rest)| (word, format!(":{rest}")));
    let word = term.bold(&escape(word));
    term.line(format!("{word}{}", escape(&rest)));
    let dns = round.dns.iter().map(|lookup| {
        let ms =
            lookup.query.as_ref().map(|query| query.ms).or(lookup.system.as_ref().map(|system| system.ms));
        [
            lookup.name.clone(),
            String::new(),
            "dns".to_owned(),
            lookup.verdict.to_string(),
            time(ms),
            dns_evidence(lookup),
        ]
    });
    let rows: Vec<_> = dns.chain(round.results.iter().map(row)).collect();
    if !rows.is_empty() {
        let heading = ["endpoint", "address", "over", "verdict", "ms", "evidence"];
        let text = table(&heading, rows, term.width());
        term.line(text);
    }
    for line in statistics(round).iter().chain(&to_do(round)) {
        term.sentence(&escape(line));
    }
    if judgement.warned && round.mismatches().next().is_some() {
        term.warn("a name leads elsewhere than published; --expect-ip makes that a failure");
    }
}

fn row(probed: &Probed) -> [String; 6] {
    let counts = if probed.outcome().is_some() { "" } else { " (not asked)" };
    [
        probed.endpoints.join(", "),
        probed.address.ip().to_string(),
        probed.transport.to_string(),
        format!("{}{}", probed.verdict, if probed.verdict == Verdict::NotTested { "" } else { counts }),
        time(probed.ms.filter(|_| probed.stats.tries > 0)),
        evidence(probed),
    ]
}

fn time(ms: Option<f64>) -> String {
    ms.map_or_else(String::new, |ms| format!("{ms:.1}"))
}

/// Figures of addresses that were tried more than once.
fn statistics(round: &Round) -> Vec<String> {
    let several = round.results.iter().filter(|probed| probed.stats.tries > 1);
    let line = |probed: &Probed| {
        let stats = &probed.stats;
        let times = stats.times.map_or_else(String::new, |times| {
            let jitter = times.jitter.map(|jitter| format!(", jitter {jitter:.1}")).unwrap_or_default();
            format!(
                ", ms: least {:.1}, median {:.1}, p95 {:.1}, most {:.1}{jitter}",
                times.min, times.median, times.p95, times.max
            )
        });
        format!(
            "{}: {} of {} tries good, {:.0} % lost{times}",
            label(probed),
            stats.good,
            stats.tries,
            stats.loss_percent
        )
    };
    several.map(line).collect()
}

/// What to do, each sentence once, with all it is about.
pub(super) fn to_do(round: &Round) -> Vec<String> {
    let mut said: Vec<(String, Vec<String>)> = Vec::new();
    let mut add = |about: String, text: Option<String>| {
        let Some(text) = text else { return };
        match said.iter_mut().find(|(known, _)| *known == text) {
            Some((_, who)) => who.push(about),
            None => said.push((text, vec![about])),
        }
    };
    for lookup in &round.dns {
        add(lookup.name.clone(), dns_advice(lookup, round));
    }
    // What was not even tried comes last.
    let (untried, tried): (Vec<&Probed>, Vec<&Probed>) =
        round.results.iter().partition(|probed| probed.verdict == Verdict::NotTested);
    for probed in tried.into_iter().chain(untried) {
        add(label(probed), advice(probed, round));
    }
    said.into_iter().map(|(text, who)| format!("{}: {text}", some(&who))).collect()
}

/// A few of many names.
fn some(who: &[String]) -> String {
    match who {
        [first, second, third, rest @ ..] if !rest.is_empty() => {
            format!("{first}, {second}, {third} and {} more", rest.len())
        }
        who => who.join(", "),
    }
}

/// What changed from one round to the next, in the order of the results: `d.plaspy.com:8888/tcp: open -> filtered`.
#[must_use]
pub fn changes(before: Option<&Round>, now: &Round) -> Vec<String> {
    let Some(before) = before else { return Vec::new() };
    let names = now.dns.iter().filter_map(|lookup| {
        let old = before.dns.iter().find(|old| old.name == lookup.name)?;
        if old.verdict != lookup.verdict {
            return Some(format!("{}: {} -> {}", lookup.name, old.verdict, lookup.verdict));
        }
        let new: Vec<String> = lookup
            .addresses
            .iter()
            .filter(|address| !old.addresses.contains(address))
            .map(ToString::to_string)
            .collect();
        (!new.is_empty()).then(|| format!("{}: leads to {} now", lookup.name, new.join(", ")))
    });
    let results = now.results.iter().filter_map(|probed| {
        let same = |old: &&Probed| old.address == probed.address && old.transport == probed.transport;
        let old = before.results.iter().find(same).map(|old| old.verdict);
        match old {
            Some(old) if old == probed.verdict => None,
            Some(old) => Some(format!("{}: {old} -> {}", label(probed), probed.verdict)),
            None => Some(format!("{}: new, {}", label(probed), probed.verdict)),
        }
    });
    names.chain(results).collect()
}
