//! GitHub Actions: annotations as workflow commands, and a table for the job's summary page.

use std::fmt::Write as _;

use crate::probe::{
    Judgement, Outcome, Round, Rules, advice, dns_advice, dns_evidence, evidence, headline, label,
};

/// Workflow commands: an error for each failure, a warning for what is not proven or not as published, a notice for
/// the whole.
#[must_use]
pub fn annotations(round: &Round, rules: &Rules, judgement: &Judgement) -> String {
    let mut text = String::new();
    for lookup in &round.dns {
        let mismatch = lookup.matches() == Some(false);
        let level = match level(rules.count(lookup.verdict.outcome())) {
            _ if mismatch && rules.insist => Some("error"),
            None if mismatch => Some("warning"),
            level => level,
        };
        let more = dns_advice(lookup, round).map(|advice| format!(". {advice}")).unwrap_or_default();
        command(
            &mut text,
            level,
            &format!("{} is {}", lookup.name, lookup.verdict),
            &format!("{}{more}", dns_evidence(lookup)),
        );
    }
    for probed in &round.results {
        let level = rules.outcome(probed).and_then(|outcome| level(rules.count(outcome)));
        let level = if level.is_none() && rules.warns(probed) { Some("warning") } else { level };
        let more = advice(probed, round).map(|advice| format!(". {advice}")).unwrap_or_default();
        command(
            &mut text,
            level,
            &format!("{} is {}", label(probed), probed.verdict),
            &format!("{}{more}", evidence(probed)),
        );
    }
    command(&mut text, Some("notice"), &format!("homing probe {}", judgement.state.name()), &headline(round));
    text
}

fn level(outcome: Outcome) -> Option<&'static str> {
    match outcome {
        Outcome::Good => None,
        Outcome::Unproven => Some("warning"),
        Outcome::Failed | Outcome::Machine => Some("error"),
    }
}

fn command(text: &mut String, level: Option<&str>, title: &str, message: &str) {
    if let Some(level) = level {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "::{level} title={}::{}", property(title), data(message));
    }
}

/// A message: the command language gives `%`, CR and LF a meaning.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property, where `:` and `,` mean something too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// The summary page of the job, in Markdown.
#[must_use]
pub fn summary(round: &Round) -> String {
    let mut text = format!(
        "### homing probe\n\n{}\n\n| what | verdict | ms | evidence |\n|---|---|---|---|\n",
        cell(&headline(round))
    );
    for lookup in &round.dns {
        let _ = writeln!(
            text,
            "| {} | {} | | {} |",
            cell(&lookup.name),
            lookup.verdict,
            cell(&dns_evidence(lookup))
        );
    }
    for probed in &round.results {
        let ms = probed.ms.map(|ms| format!("{ms:.1}")).unwrap_or_default();
        let _ = writeln!(
            text,
            "| {} | {} | {ms} | {} |",
            cell(&label(probed)),
            probed.verdict,
            cell(&evidence(probed))
        );
    }
    text
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace(['\r', '\n'], " ")
}
