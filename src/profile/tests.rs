use super::*;

#[path = "tests/lint.rs"]
mod lint_rules;

fn errors(findings: &[Finding], text: &str) -> Vec<String> {
    let serious = findings.iter().filter(|finding| finding.severity > Severity::Note);
    serious
        .map(|f| format!("{} {}:{} {}", f.rule, f.place(text).line, f.place(text).column, f.message))
        .collect()
}

#[test]
fn every_built_in_profile_passes_the_lint() {
    let catalogue = Catalogue::built_in();
    assert!(catalogue.entries().len() >= 2);
    for entry in catalogue.entries() {
        let findings = lint(&entry.text, Some(&entry.id));
        assert_eq!(errors(&findings, &entry.text), Vec::<String>::new(), "{}", entry.id);
    }
}
