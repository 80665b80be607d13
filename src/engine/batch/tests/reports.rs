//! The last step of a batch: who reports, who does not, and what of it is believed.

use std::time::Duration;

use super::world::{Faults, Kind, World};
use super::{MIXED, believed, count};
use crate::engine::Standing;
use crate::engine::batch::{Pilot, Policy};

const WITHIN: Duration = Duration::from_secs(600);

fn expecting() -> Policy {
    Policy { report_within: Some(WITHIN), ..Policy::default() }
}

/// A command that sets something, as the numeric dialect has it: 1xx; 8xx ask.
fn sets(text: &str) -> bool {
    text.starts_with("0000,1")
}

/// The last of them in the plan for provisioning.
fn last(text: &str) -> bool {
    text.starts_with("0000,103,")
}

#[test]
fn a_tracker_that_reports_after_its_last_command_ends_as_reporting() {
    for reports in [sets as fn(&str) -> bool, last] {
        let mut world = World::new(20, Faults::default(), 1);
        world.reports = reports;
        let engine = world.run(&expecting(), 2, None).unwrap();
        assert_eq!((engine.halt(), count(&world, Standing::Reporting)), (None, 20));
        let (_, _, sentence) = world.ledger.standings.values().next().unwrap();
        assert!(sentence.contains("read back as wanted") && sentence.ends_with("; it reports"), "{sentence}");
    }
}

#[test]
fn what_came_before_the_last_command_proves_nothing() {
    let mut world = World::new(5, Faults::default(), 1);
    // The first command of a plan: its report comes long before the last one is let out.
    world.reports = |text| text.starts_with("0000,109,");
    let begun = world.now.tick;
    world.run(&expecting(), 2, None).unwrap();
    assert_eq!(count(&world, Standing::Verified), 5);
    let sentences = world.ledger.standings.values().map(|(_, _, sentence)| sentence);
    for sentence in sentences {
        assert!(sentence.ends_with("; no message of it came within 10m"), "{sentence}");
    }
    assert!(world.now.tick - begun >= WITHIN);
}

#[test]
fn without_somebody_who_listens_nothing_is_waited_for() {
    let mut world = World::new(5, Faults::default(), 1);
    world.reports = sets;
    world.run(&Policy::default(), 2, None).unwrap();
    assert_eq!(count(&world, Standing::Verified), 5);
}

#[test]
fn who_was_not_set_is_not_waited_for() {
    let mut world = World::new(3, Faults::default(), 1);
    world.kinds.insert("+447700900000".into(), Kind::Silent);
    world.kinds.insert("+447700900001".into(), Kind::Stubborn);
    world.reports = |_| true;
    world.run(&expecting(), 1, None).unwrap();
    for standing in [Standing::Planned, Standing::Refused, Standing::Reporting] {
        assert_eq!(count(&world, standing), 1, "{standing}");
    }
}

#[test]
fn who_reported_before_and_answered_nothing_has_not_shown_that_it_took_anything() {
    let taciturn = |reports| {
        let mut world = World::new(2, Faults::default(), 1);
        world.kinds.insert("+447700900000".into(), Kind::Taciturn);
        world.reports = reports;
        world.run(&expecting(), 1, None).unwrap();
        world
            .ledger
            .standings
            .into_values()
            .map(|(standing, _, sentence)| (standing, sentence))
            .collect::<Vec<_>>()
    };
    // The question comes before everything that changes it: whoever reports upon it reported there already.
    let [(standing, sentence), (other, _)] = &taciturn(|_| true)[..] else { panic!("two trackers") };
    assert_eq!((*standing, *other), (Standing::Sent, Standing::Reporting));
    assert!(sentence.ends_with("do not tell whether it took it"), "{sentence}");
    // Its first report of all comes with the first command: nothing else can have led it there.
    assert!(taciturn(sets).iter().all(|(standing, _)| *standing == Standing::Reporting));
}

#[test]
fn who_has_no_identity_is_not_waited_for() {
    let mut world = World::new(3, Faults::default(), 1);
    world.ledger.anonymous = true;
    let begun = world.now.tick;
    world.run(&expecting(), 3, None).unwrap();
    assert_eq!(count(&world, Standing::Verified), 3);
    assert!(world.now.tick - begun < WITHIN);
    let sentences: Vec<_> = world.ledger.standings.values().map(|(_, _, sentence)| sentence).collect();
    assert!(
        sentences.iter().all(|one| one.ends_with("no identity that a report could be told by")),
        "{sentences:?}"
    );
}

#[test]
fn a_pilot_is_through_when_it_reports() {
    let pilot = Some(Pilot { trackers: 2, pass: 1.0 });
    let mut world = World::new(6, Faults::default(), 1);
    let engine = world.run(&Policy { pilot, ..expecting() }, 2, None).unwrap();
    assert!(engine.halt().is_some(), "a pilot that never reports lets the others begin");
    assert_eq!(count(&world, Standing::Planned), 4);
    let mut world = World::new(6, Faults::default(), 1);
    world.reports = last;
    let engine = world.run(&Policy { pilot, ..expecting() }, 2, None).unwrap();
    assert_eq!((engine.halt(), count(&world, Standing::Reporting)), (None, 6));
}

#[test]
fn a_batch_that_is_killed_while_it_waits_for_reports_goes_on_to_wait() {
    let mut kills = 0;
    for seed in 0..8 {
        let mut world = World::new(15, MIXED, seed);
        world.reports = sets;
        let mut events = 1 + world.dice(8);
        while world.run(&expecting(), 2, Some(events)).is_none() {
            kills += 1;
            world.kill();
            let back = world.now.tick + Duration::from_secs(world.dice(100));
            world.pass(back);
            world.next_reports();
            events = events * 5 / 4 + world.dice(20);
        }
        believed(&world, seed);
        let [reporting, verified] = [Standing::Reporting, Standing::Verified].map(|one| count(&world, one));
        assert!(reporting > 5 && verified == 0, "seed {seed}: {:?}", world.ledger.standings);
        assert!(world.ledger.standings.values().all(|(_, done, _)| *done), "seed {seed}");
    }
    assert!(kills > 60, "only {kills} kills");
}
