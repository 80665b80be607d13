//! All profiles, step by step: what each rests on and shows.

use std::collections::BTreeMap;

use homing::profile::{Catalogue, Evidence, Means};

/// What a profile says that has no answer of its family.
const NONE_KNOWN: &str = "no source gives the answers of this family";

#[test]
#[expect(clippy::print_stdout, reason = "the counts are for whoever runs it with --nocapture")]
fn every_step_has_a_source_with_evidence_and_an_example_and_every_answer_shows_one() {
    let catalogue = Catalogue::built_in();
    let (mut steps, mut answers) = (BTreeMap::<Evidence, usize>::new(), BTreeMap::<Evidence, usize>::new());
    let mut silent = Vec::new();
    for entry in catalogue.entries() {
        let profile = entry.profile().unwrap();
        let has = |source: &str| profile.sources.iter().any(|known| known.id.value == source);
        for step in &profile.steps {
            let name = format!("{} {}", entry.id, step.id.value);
            assert!(has(&step.source), "{name} has no source");
            assert!(!step.examples.is_empty(), "{name} has no example");
            assert!(step.title.is_some(), "{name} has no title");
            *steps.entry(profile.evidence(&step.source)).or_default() += 1;
            for reply in step.replies.iter().chain(&profile.replies) {
                assert!(has(&reply.source) && !reply.examples.is_empty(), "{name}");
            }
            for reply in &step.replies {
                *answers.entry(profile.evidence(&reply.source)).or_default() += 1;
            }
        }
        let says_none = profile.notes.iter().any(|note| note.text.starts_with(NONE_KNOWN));
        assert_eq!(says_none, !profile.answers(), "{}: it says {NONE_KNOWN:?}, or gives answers", entry.id);
        if !profile.answers() {
            silent.push(entry.id.as_str());
        }
        let reads = profile.routine("verify").unwrap_or_default();
        for at in reads {
            let step = &profile.steps[*at];
            assert!(step.replies.iter().any(|reply| reply.means == Means::Value), "{} verify", entry.id);
        }
    }
    let shown = |counts: &BTreeMap<Evidence, usize>| {
        let parts: Vec<String> =
            counts.iter().map(|(evidence, count)| format!("{evidence} {count}")).collect();
        parts.join(", ")
    };
    println!("{} profiles", catalogue.entries().len());
    println!("steps by evidence: {}", shown(&steps));
    println!("forms of answers by evidence: {}", shown(&answers));
    println!("without a documented answer: {}", silent.len());
    assert!(catalogue.entries().len() >= 60 && steps.len() == 4, "{steps:?}");
}
