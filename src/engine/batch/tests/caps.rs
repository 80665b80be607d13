//! The most short messages of one tracker, over runs, kills and refusals.

use std::collections::BTreeMap;

use super::count;
use super::world::{Faults, Kind, World};
use crate::engine::Standing;
use crate::engine::batch::{Halt, Pilot, Policy};

/// So many short messages to each tracker.
fn capped(cap: u32) -> Policy {
    Policy { tracker_cap: Some(cap), ..Policy::default() }
}

/// What was let out to each number.
fn sent(world: &World) -> BTreeMap<&str, usize> {
    let mut sent = BTreeMap::new();
    for (_, number, ..) in &world.released {
        *sent.entry(number.as_str()).or_default() += 1;
    }
    sent
}

#[test]
fn a_tracker_at_its_cap_is_left_where_it_stands_and_a_larger_one_goes_on_from_there() {
    let mut world = World::new(10, Faults::default(), 1);
    for run in 0..2 {
        // The second run counts what the first one sent.
        let engine = world.run(&capped(3), 2, None).unwrap();
        assert_eq!(engine.halt(), Some(&Halt::TrackerCap { cap: 3, trackers: 10 }), "run {run}");
        assert!(sent(&world).values().all(|count| *count == 3), "run {run}: {:?}", sent(&world));
        assert_eq!(count(&world, Standing::Sent), 10);
        assert!(world.ledger.standings.values().all(|(_, done, _)| !done));
        world.kill();
    }
    let (_, _, sentence) = world.ledger.standings.values().next().unwrap();
    assert!(sentence.starts_with("3 of the 3 short messages that are allowed to each tracker"), "{sentence}");
    // The question and the four commands: nothing is read back, and nothing is claimed to be.
    world.run(&capped(5), 2, None).unwrap();
    assert_eq!(count(&world, Standing::Acknowledged), 10, "{:?}", world.ledger.standings);
    world.kill();
    let engine = world.run(&capped(9), 2, None).unwrap();
    assert_eq!(engine.halt(), None);
    assert_eq!(count(&world, Standing::Verified), 10);
    assert!(world.heard.values().all(|texts| texts.len() == 9), "{:?}", world.heard);
}

#[test]
fn what_needs_no_more_than_its_cap_ends_as_ever_beside_what_does() {
    let mut world = World::new(6, Faults::default(), 1);
    // Its second command is refused, which is its third message.
    world.kinds.insert("+447700900002".into(), Kind::Stubborn);
    let engine = world.run(&capped(4), 1, None).unwrap();
    assert_eq!(engine.halt(), Some(&Halt::TrackerCap { cap: 4, trackers: 5 }));
    assert_eq!((count(&world, Standing::Refused), engine.progress().done), (1, 1));
}

#[test]
fn what_never_left_does_not_count_and_a_refusal_does() {
    let faults = Faults { not_sent: 300, temporary: 200, ..Faults::default() };
    let mut world = World::new(30, faults, 5);
    let policy = Policy { tries: 50, ..capped(6) };
    world.run(&policy, 2, None).unwrap();
    let sent = sent(&world);
    assert!(sent.values().all(|count| *count <= 6), "{sent:?}");
    // With three in ten that never left, a count of those would let nobody have all six.
    assert!(sent.values().filter(|count| **count == 6).count() >= 28, "{sent:?}");
}

#[test]
fn no_kill_makes_it_more() {
    for seed in 0..12 {
        let mut world = World::new(12, super::MIXED, seed);
        let mut events = 1 + world.dice(8);
        while world.run(&capped(5), 2, Some(events)).is_none() {
            world.kill();
            events = events * 5 / 4 + world.dice(20);
        }
        let sent = sent(&world);
        assert!(sent.values().all(|count| *count <= 5), "seed {seed}: {sent:?}");
        assert!(sent.values().any(|count| *count == 5), "seed {seed}: {sent:?}");
    }
}

#[test]
fn a_pilot_whose_trackers_are_at_their_cap_keeps_nobody_waiting_and_has_not_ended_well() {
    let mut world = World::new(10, Faults::default(), 1);
    let policy = Policy { pilot: Some(Pilot { trackers: 3, pass: 0.5 }), ..capped(4) };
    let engine = world.run(&policy, 1, None).unwrap();
    assert_eq!(engine.halt(), Some(&Halt::Pilot { good: 0, of: 3 }));
    assert_eq!(sent(&world).len(), 3);
    // One message is the question of each, and nobody waits for those that get no second one.
    let mut world = World::new(10, Faults::default(), 1);
    let policy = Policy { identify_first: true, ..capped(1) };
    let engine = world.run(&policy, 1, None).unwrap();
    assert_eq!(engine.halt(), Some(&Halt::TrackerCap { cap: 1, trackers: 10 }));
    assert_eq!(count(&world, Standing::Planned), 10);
}
