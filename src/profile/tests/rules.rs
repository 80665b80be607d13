//! Every rule of the lint at work: one small edit of the template brings one finding, with its place to the column.

use std::ops::Range;

use super::super::*;
use super::cases::CASES;

pub(super) const TEMPLATE: &str = include_str!("../../../profiles/_template.toml");

/// The template with some edits, and the bytes between the marks.
fn edited(edits: &[(&str, &str)]) -> (String, Range<usize>) {
    let mut text = TEMPLATE.to_owned();
    for (from, to) in edits {
        assert!(text.contains(from), "the template has no {from:?}");
        text = text.replacen(from, to, 1);
    }
    let start = text.find('‹').expect("no mark");
    let end = text.find('›').expect("no mark") - '‹'.len_utf8();
    (text.replace(['‹', '›'], ""), start..end)
}

pub(super) fn show(finding: &Finding, text: &str) -> String {
    let (place, at) = (finding.place(text), &text[finding.at.clone()]);
    format!(
        "{}:{} {at:?} {} [{}]: {}",
        place.line, place.column, finding.severity, finding.rule, finding.message
    )
}

#[test]
fn the_template_is_without_a_fault() {
    assert_eq!(lint(TEMPLATE, None), []);
}

#[test]
fn each_rule_is_triggered_by_a_small_edit_and_points_at_it() {
    let mut wrong = Vec::new();
    for (rule, weight, edits) in CASES {
        let (text, at) = edited(edits);
        let findings = lint(&text, None);
        let fits = |one: &Finding| one.rule == *rule && one.severity == *weight && one.at == at;
        if !matches!(&findings[..], [one] if fits(one)) {
            let found: Vec<String> = findings.iter().map(|finding| show(finding, &text)).collect();
            let wanted = format!("{rule} at {:?} by {edits:?}", &text[at]);
            wrong.push(format!("{wanted}:\n    {}", found.join("\n    ")));
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn an_example_of_more_than_one_short_message_is_over_the_limits() {
    let long = format!("FACTORY,{}#", "7".repeat(152));
    let text = TEMPLATE.replace("FACTORY#", &long);
    let findings: Vec<String> = lint(&text, None).iter().map(|finding| show(finding, &text)).collect();
    let [one] = &findings[..] else { panic!("{findings:#?}") };
    let message = "error [over-the-limits]: it takes 2 short messages, `parts` allows 1";
    assert!(one.starts_with("212:9 \"\\\"FACTORY,") && one.ends_with(message), "{one}");
    let two = text.replace("parts = 1", "parts = 2");
    assert_eq!(lint(&two, None), []);
}

#[test]
fn the_id_is_the_name_of_the_file() {
    let findings: Vec<String> =
        lint(TEMPLATE, Some("acme")).iter().map(|finding| show(finding, TEMPLATE)).collect();
    let message = "error [id-is-not-file]: `id` is \"acme-a1\", the file is called \"acme.toml\"";
    assert_eq!(findings, [format!("11:6 \"\\\"acme-a1\\\"\" {message}")]);
    assert_eq!(lint(TEMPLATE, Some("acme-a1")), []);
}

#[test]
fn all_problems_come_at_once_in_the_order_of_the_text() {
    let mut text = TEMPLATE.to_owned();
    for (from, to) in [
        ("vendor = \"Acme\"", "vendour = \"Acme\""),
        ("parts = 1", "parts = \"1\""),
        ("sms = \"3m\"", "sms = \"3 minutes\""),
        ("\"interval\", \"speed\"]", "\"interval\", \"sped\", \"factory\"]"),
        ("evidence = \"vendor\"", "evidence = \"rumour\""),
        ("send = \"TIMER,{{ interval }}#\"", "send = \"TIMER,{{ interval }#\""),
        ("sends = \"SPEED,90#\"", "sends = \"SPEED,91#\""),
        ("hears = '^FACTORY#$'", "hears = '^FACTORY$'"),
    ] {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
    }
    let findings = lint(&text, None);
    let rules: Vec<&str> = findings.iter().map(|finding| finding.rule).collect();
    let wanted = [
        "missing-key",
        "unknown-key",
        "wrong-type",
        "bad-value",
        "routine-unknown-step",
        "routine-destructive",
        "bad-value",
        "template",
        "example",
        "hears",
        "hears",
    ];
    let shown: Vec<String> = findings.iter().map(|finding| show(finding, &text)).collect();
    assert_eq!(rules, wanted, "{shown:#?}");
    assert!(load(&text).is_err());
}

#[test]
fn every_fault_of_the_syntax_is_reported_too() {
    let text = TEMPLATE.replacen("parts = 1", "parts =", 1).replacen("kind = \"act\"", "kind \"act\"", 1);
    let findings = lint(&text, None);
    let lines: Vec<usize> = findings.iter().map(|finding| finding.place(&text).line).collect();
    assert_eq!(lines, [29, 200], "{findings:?}");
    assert!(findings.iter().all(|finding| finding.rule == "syntax"), "{findings:?}");
}
