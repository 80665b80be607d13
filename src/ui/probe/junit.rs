//! JUnit's XML as Jenkins and most CI systems read it: a failure is a negative verdict, an error this machine's own
//! fault, and what was not tested is skipped.

use std::fmt::Write as _;

use crate::probe::{Outcome, Probed, Round, Rules, advice, dns_advice, dns_evidence, evidence, label};
use crate::units::rfc_3339_seconds;

/// The document. `at_ms` is when the round ended, in milliseconds since 1970.
#[must_use]
pub fn junit(round: &Round, rules: &Rules, at_ms: i64) -> String {
    let cases: Vec<Case> = dns_cases(round, rules)
        .chain(round.results.iter().map(|probed| case(probed, round, rules)))
        .collect();
    let count = |kind: &str| cases.iter().filter(|case| case.kind == Some(kind)).count();
    let (failures, errors, skipped) = (count("failure"), count("error"), count("skipped"));
    let time = round.ms / 1_000.0;
    let stamp = rfc_3339_seconds(at_ms);
    // The schema's time stamp has no zone; it is UTC all the same.
    let stamp = stamp.trim_end_matches('Z');
    let total = cases.len();
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    // Writing to a String cannot fail.
    let _ = writeln!(
        xml,
        "<testsuites name=\"homing\" tests=\"{total}\" failures=\"{failures}\" errors=\"{errors}\" time=\"{time:.3}\">"
    );
    let _ = writeln!(
        xml,
        "  <testsuite name=\"homing probe\" tests=\"{total}\" failures=\"{failures}\" errors=\"{errors}\" \
         skipped=\"{skipped}\" time=\"{time:.3}\" timestamp=\"{stamp}\">"
    );
    for case in &cases {
        case.write(&mut xml);
    }
    xml.push_str("  </testsuite>\n</testsuites>\n");
    xml
}

struct Case {
    class: &'static str,
    name: String,
    ms: f64,
    kind: Option<&'static str>,
    verdict: &'static str,
    message: String,
}

impl Case {
    fn write(&self, xml: &mut String) {
        let time = self.ms / 1_000.0;
        let _ = write!(
            xml,
            "    <testcase classname=\"probe.{}\" name=\"{}\" time=\"{time:.3}\"",
            self.class,
            text(&self.name)
        );
        let message = text(&self.message);
        let _ = match self.kind {
            None => writeln!(xml, "/>"),
            Some("skipped") => writeln!(xml, ">\n      <skipped message=\"{message}\"/>\n    </testcase>"),
            Some(kind) => {
                writeln!(
                    xml,
                    ">\n      <{kind} type=\"{}\" message=\"{message}\"/>\n    </testcase>",
                    self.verdict
                )
            }
        };
    }
}

fn dns_cases<'a>(round: &'a Round, rules: &'a Rules) -> impl Iterator<Item = Case> + 'a {
    round.dns.iter().map(move |lookup| {
        let kind = match lookup.verdict.outcome() {
            _ if lookup.matches() == Some(false) && rules.insist => Some("failure"),
            outcome => kind(outcome, rules),
        };
        let ms =
            lookup.query.as_ref().map(|query| query.ms).or(lookup.system.as_ref().map(|system| system.ms));
        let message = joined(dns_evidence(lookup), dns_advice(lookup, round));
        let name = format!("{} resolves", lookup.name);
        Case { class: "dns", name, ms: ms.unwrap_or(0.0), kind, verdict: lookup.verdict.name(), message }
    })
}

fn case(probed: &Probed, round: &Round, rules: &Rules) -> Case {
    Case {
        class: probed.transport.as_str(),
        name: label(probed),
        ms: probed.ms.unwrap_or(0.0),
        kind: match rules.outcome(probed) {
            None => Some("skipped"),
            Some(outcome) => kind(outcome, rules),
        },
        verdict: probed.verdict.name(),
        message: joined(format!("{}: {}", probed.verdict, evidence(probed)), advice(probed, round)),
    }
}

fn kind(outcome: Outcome, rules: &Rules) -> Option<&'static str> {
    match rules.count(outcome) {
        Outcome::Good => None,
        Outcome::Failed => Some("failure"),
        Outcome::Unproven => Some("skipped"),
        Outcome::Machine => Some("error"),
    }
}

fn joined(evidence: String, advice: Option<String>) -> String {
    match advice {
        Some(advice) => format!("{evidence}; {advice}"),
        None => evidence,
    }
}

/// Text safe inside an attribute; characters that XML does not know are left out.
fn text(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !c.is_control()) {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            _ => safe.push(c),
        }
    }
    safe
}
