//! Metrics in the text format 0.0.4 of Prometheus, for the textfile collector: no time stamps on samples, base units,
//! and every state of a verdict always there, so that an alert never waits for a series to appear.

use std::fmt::Write as _;

use crate::probe::{DnsVerdict, Outcome, Probed, Round, Verdict};

/// The metrics of a round. `at` is when it ended, in seconds since 1970.
#[must_use]
pub fn prometheus(round: &Round, success: bool, at: f64) -> String {
    let mut page = Page::default();
    page.family("probe_success", "Whether all that was asked was reached.");
    page.sample("probe_success", &[], f64::from(u8::from(success)));
    page.family("probe_duration_seconds", "How long the whole probe took.");
    page.sample("probe_duration_seconds", &[], round.ms / 1_000.0);
    page.family("tracker_probe_last_run_timestamp_seconds", "When the probe last ended, since 1970.");
    page.sample("tracker_probe_last_run_timestamp_seconds", &[], at);
    page.family("tracker_probe_info", "The program that probed.");
    page.sample("tracker_probe_info", &[("version", env!("CARGO_PKG_VERSION"))], 1.0);
    names(&mut page, round);
    results(&mut page, round);
    page.text
}

fn names(page: &mut Page, round: &Round) {
    if round.dns.is_empty() {
        return;
    }
    page.family("probe_dns_lookup_time_seconds", "How long looking up a name took.");
    for lookup in &round.dns {
        let ms =
            lookup.query.as_ref().map(|query| query.ms).or(lookup.system.as_ref().map(|system| system.ms));
        if let Some(ms) = ms {
            page.sample("probe_dns_lookup_time_seconds", &[("name", &lookup.name)], ms / 1_000.0);
        }
    }
    page.family(
        "tracker_probe_dns_verdict",
        "What looking up a name came to: 1 for the verdict, 0 for the others.",
    );
    for lookup in &round.dns {
        for verdict in DnsVerdict::ALL {
            let labels = [("name", lookup.name.as_str()), ("verdict", verdict.name())];
            page.sample("tracker_probe_dns_verdict", &labels, f64::from(u8::from(verdict == lookup.verdict)));
        }
    }
    page.family(
        "tracker_probe_dns_as_published",
        "Whether a name leads to the address that is expected of it.",
    );
    for lookup in &round.dns {
        if let Some(matches) = lookup.matches() {
            page.sample(
                "tracker_probe_dns_as_published",
                &[("name", &lookup.name)],
                f64::from(u8::from(matches)),
            );
        }
    }
}

fn results(page: &mut Page, round: &Round) {
    if round.results.is_empty() {
        return;
    }
    page.family("tracker_probe_verdict", "What an address came to: 1 for the verdict, 0 for the others.");
    for probed in &round.results {
        for verdict in Verdict::ALL {
            let value = f64::from(u8::from(verdict == probed.verdict));
            labelled(page, "tracker_probe_verdict", probed, ("verdict", verdict.name()), value);
        }
    }
    page.family("tracker_probe_good", "Whether an address that was asked about was reached.");
    for probed in &round.results {
        if let Some(outcome) = probed.outcome() {
            let good = f64::from(u8::from(outcome == Outcome::Good));
            labelled(page, "tracker_probe_good", probed, ("", ""), good);
        }
    }
    page.family(
        "tracker_probe_phase_seconds",
        "How long a phase took, the median of the tries that were good.",
    );
    for probed in round.results.iter().filter(|probed| probed.stats.good > 0) {
        let tcp = probed.transport == crate::tracker::Transport::Tcp;
        let phase = if tcp { "connect" } else { "first_byte" };
        for (phase, ms) in [(phase, probed.ms), ("first_byte", probed.answer_ms)] {
            if let Some(ms) = ms {
                labelled(page, "tracker_probe_phase_seconds", probed, ("phase", phase), ms / 1_000.0);
            }
        }
    }
    page.family("tracker_probe_loss_ratio", "Share of the tries that were not good, 0 to 1.");
    for probed in round.results.iter().filter(|probed| probed.stats.tries > 0) {
        labelled(page, "tracker_probe_loss_ratio", probed, ("", ""), probed.stats.loss_percent / 100.0);
    }
}

fn labelled(page: &mut Page, name: &str, probed: &Probed, more: (&str, &str), value: f64) {
    let endpoint = probed.endpoints.first().map(String::as_str).unwrap_or_default();
    let address = probed.address.ip().to_string();
    let labels =
        [("endpoint", endpoint), ("address", &address), ("transport", probed.transport.as_str()), more];
    page.sample(name, &labels, value);
}

#[derive(Default)]
struct Page {
    text: String,
}

impl Page {
    fn family(&mut self, name: &str, help: &str) {
        // Writing to a String cannot fail.
        let _ = writeln!(self.text, "# HELP {name} {help}\n# TYPE {name} gauge");
    }

    fn sample(&mut self, name: &str, labels: &[(&str, &str)], value: f64) {
        let labels: Vec<String> = labels
            .iter()
            .filter(|(name, _)| !name.is_empty())
            .map(|(name, value)| format!("{name}=\"{}\"", quoted(value)))
            .collect();
        let labels = if labels.is_empty() { String::new() } else { format!("{{{}}}", labels.join(",")) };
        let _ = writeln!(self.text, "{name}{labels} {value}");
    }
}

fn quoted(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}
