//! Every family of the catalogue behind a tracker of software, asked by short message which dialect it obeys.
//! `cargo test --test identify -- --nocapture` prints the table; `HOMING_BLESS=1` writes it into `docs/identify.md`.
#![cfg(test)]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::{env, fs};

use homing::engine::survey;
use homing::identify::{Answered, Survey, Verdict};
use homing::lab::{Behaviour, VirtualTracker};
use homing::plan::{Ask, What, plan};
use homing::profile::{Catalogue, FormName, Kind, Means, Profile, tracker_with};
use homing::tracker::{Imei, Tracker};

/// What the README says that is paid for when nobody says otherwise.
const CEILING: usize = 4;

/// Enough to ask everything.
const ALL: usize = 1000;

fn catalogue() -> Vec<Arc<Profile>> {
    let catalogue = Catalogue::built_in();
    catalogue.entries().iter().map(|entry| Arc::clone(entry.profile().unwrap())).collect()
}

/// A tracker in the field, set up already.
fn in_the_field() -> Tracker {
    let mut tracker =
        tracker_with([("server", "54.85.159.138"), ("port", "8888"), ("apn", "internet")]).unwrap();
    tracker.imei = Some("869912033012424".parse::<Imei>().unwrap());
    tracker.device_id = Some("100850000".to_owned());
    tracker
}

/// One family behind the lab, and what is asked of it.
fn ask(family: &Arc<Profile>, behaviour: Behaviour, candidates: &[Arc<Profile>], most: usize) -> Option<Survey> {
    let mut device = VirtualTracker::new(Arc::clone(family), &in_the_field(), behaviour, None).ok()?;
    let mut survey = survey(candidates, &catalogue(), &Tracker::default(), most);
    while let Some(inquiry) = survey.next() {
        let heard = device.hear("+573001234567", inquiry.text.expose());
        assert!(heard.changed.is_empty() && !heard.set, "{}: {} changed it", family.id.value, inquiry.shown);
        survey.hear(&heard.answer.into_iter().collect::<Vec<_>>(), false);
    }
    assert!(survey.spent() <= most, "{}", family.id.value);
    Some(survey)
}

fn named(survey: &Survey, candidates: &[Arc<Profile>]) -> Option<String> {
    match survey.verdict() {
        Verdict::Is(at) => Some(candidates[at].id.value.clone()),
        _ => None,
    }
}

#[test]
fn explore() {
    let all = catalogue();
    for family in &all {
        for most in [CEILING, ALL] {
            let Some(survey) = ask(family, Behaviour::Obeys, &all, most) else { println!("{} none", family.id.value); continue };
            let asked: Vec<_> = survey.asked().map(|(i, a)| format!("{:?}={a:?}", i.shown)).collect();
            println!("{} {most} {:?} {:?} spent {} {}", family.id.value, named(&survey, &all), survey.candidates().iter().map(|at| all[*at].id.value.clone()).collect::<Vec<_>>(), survey.spent(), asked.join(" "));
        }
    }
}
