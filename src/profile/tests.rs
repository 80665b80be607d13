use super::*;

mod cases;
mod catalogue;
mod readme;
mod replies;
mod rules;

#[test]
fn every_built_in_profile_passes_the_lint() {
    let catalogue = Catalogue::built_in();
    assert!(catalogue.entries().len() >= 2);
    for entry in catalogue.entries() {
        let findings = lint(&entry.text, Some(&entry.id));
        let serious = findings.iter().filter(|finding| finding.severity > Severity::Note);
        let shown: Vec<String> = serious.map(|finding| rules::show(finding, &entry.text)).collect();
        assert_eq!(shown, Vec::<String>::new(), "{}", entry.id);
    }
}

#[test]
fn an_alternative_names_a_query_of_a_built_in_profile() {
    let catalogue = Catalogue::built_in();
    for entry in catalogue.entries() {
        for alternative in &entry.profile().unwrap().alternatives {
            let other = catalogue.find(&alternative.profile).unwrap();
            assert_eq!(other.id.value, alternative.profile.value);
            let step = &other.steps[other.step(&alternative.tell).unwrap()];
            assert_eq!(step.kind, Kind::Query, "{}", entry.id);
        }
    }
}
