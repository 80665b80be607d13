//! One line for monitoring systems, by the Monitoring Plugins Development Guidelines: state, text, performance data,
//! then long text.

use std::fmt::Write as _;

use crate::probe::{Judgement, Probed, Round, Rules, Want, dns_evidence, evidence, headline, label};
use crate::ui::term::escape;

/// The plugin's output.
#[must_use]
pub fn nagios(round: &Round, rules: &Rules, judgement: &Judgement) -> String {
    let mut text = format!("HOMING {} - {}", judgement.state.name(), plain(&headline(round)));
    let mut remarks: Vec<String> = Vec::new();
    for lookup in round.mismatches() {
        remarks.push(format!("{} leads elsewhere than published", lookup.name));
    }
    for probed in round.results.iter().filter(|probed| rules.warns(probed)) {
        remarks.push(format!("{} is slow", label(probed)));
    }
    for remark in remarks {
        let _ = write!(text, "; {}", plain(&remark));
    }
    let asked = || round.results.iter().filter(|probed| probed.want == Want::Asked);
    let data: Vec<String> = asked().map(|probed| performance(probed, rules)).collect();
    if !data.is_empty() {
        let _ = write!(text, " | {}", data.join(" "));
    }
    text.push('\n');
    for lookup in &round.dns {
        let line = format!("{}: {}: {}", lookup.name, lookup.verdict, dns_evidence(lookup));
        let _ = writeln!(text, "{}", plain(&line));
    }
    for probed in &round.results {
        let line = format!("{}: {}: {}", label(probed), probed.verdict, evidence(probed));
        let _ = writeln!(text, "{}", plain(&line));
    }
    for line in super::to_do(round) {
        let _ = writeln!(text, "{}", plain(&line));
    }
    text
}

/// The line of a plugin that could not even begin.
#[must_use]
pub fn nagios_unknown(message: &str) -> String {
    format!("HOMING UNKNOWN - {}\n", plain(message))
}

/// `'label'=value[UOM];[warn];[crit];[min];[max]`; the value is U when there is none.
fn performance(probed: &Probed, rules: &Rules) -> String {
    let range =
        |range: &Option<crate::probe::Range>| range.as_ref().map(ToString::to_string).unwrap_or_default();
    let value = match probed.ms.filter(|_| probed.stats.good > 0) {
        Some(ms) => format!("{ms:.3}ms"),
        None => "U".to_owned(),
    };
    // A label may hold neither `=` nor a quote; an endpoint has neither.
    format!(
        "'{}/{}'={value};{};{};0;",
        probed.address,
        probed.transport,
        range(&rules.warn),
        range(&rules.critical)
    )
}

/// A text without the character that begins performance data, and without any that drives a terminal.
fn plain(text: &str) -> String {
    escape(text).replace('|', "/")
}
