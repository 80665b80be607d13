//! All profiles, step by step: what each rests on and shows.

use std::collections::BTreeMap;

use std::sync::Arc;

use homing::lab::{Behaviour, VirtualTracker};
use homing::plan::What;
use homing::profile::{Catalogue, Evidence, FormName, Means, tracker_with};

use super::{IMEI, planned, texts};

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

/// The tracker's side of every profile is written apart from what it sends: the lab's tracker obeys the whole default
/// plan, made of the values of its examples.
#[test]
fn a_tracker_of_the_lab_obeys_the_default_plan_of_every_profile() {
    let catalogue = Catalogue::built_in();
    let mut heard = 0;
    for entry in catalogue.entries() {
        let profile = entry.profile().unwrap();
        if profile.form(FormName::Sms).is_none() {
            continue;
        }
        let mut values = BTreeMap::from([("apn", "internet"), ("port", "8888"), ("imei", IMEI)]);
        let examples = profile.steps.iter().flat_map(|step| &step.examples).flat_map(|example| &example.with);
        for (name, value) in examples {
            values.entry(name).or_insert(value);
        }
        let takes_ip = profile.servers.iter().any(|by| by.to_string() == "ip");
        values.insert("server", if takes_ip { "54.85.159.138" } else { "d.plaspy.com" });
        values.remove("timezone");
        let values: Vec<(&str, &str)> = values.into_iter().collect();
        let plan = planned(profile, What::Routine("provision"), &values);
        let plan = plan.unwrap_or_else(|faults| panic!("{}: {faults:?}", entry.id));
        let tracker = tracker_with(values.iter().copied()).unwrap();
        let made = VirtualTracker::new(Arc::clone(profile), &tracker, Behaviour::Obeys, None);
        let mut device = made.unwrap_or_else(|error| panic!("{}: {error}", entry.id));
        for (command, text) in plan.commands.iter().zip(texts(&plan)) {
            let hearing = device.hear("+447700900001", &text);
            let step = &profile.steps[command.step];
            let obeyed = format!("it obeyed {}", step.id.value);
            assert!(hearing.note.starts_with(&obeyed), "{} {text:?}: {}", entry.id, hearing.note);
            if let Some(answer) = &hearing.answer {
                let reading = profile.read_reply(command.step, answer);
                let means = reading.map(|reading| reading.means);
                assert_eq!(means, Some(Means::Ok), "{} {}: {answer:?}", entry.id, step.id.value);
            }
            heard += 1;
        }
        assert_eq!(device.setting("port").unwrap_or("8888"), "8888", "{}", entry.id);
    }
    assert!(heard > 250, "{heard}");
}
