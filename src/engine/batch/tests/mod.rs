//! Whole batches in simulated time, with faults, and with a process that is killed wherever it stands.

mod breakers;
mod caps;
mod ledger;
mod reports;
mod world;

use std::collections::BTreeMap;
use std::time::Duration;

use super::{AttemptState, Halt, Holding, Pilot, Policy};
use crate::engine::Standing;
use world::{Faults, Kind, World};

const MIXED: Faults = Faults {
    unknown: 20,
    not_sent: 30,
    temporary: 30,
    refused: 5,
    lost: 20,
    no_answer: 20,
    doubled: 50,
    forged: 50,
};

fn count(world: &World, standing: Standing) -> usize {
    world.ledger.standings.values().filter(|(one, _, _)| *one == standing).count()
}

#[test]
fn trackers_that_obey_are_verified_and_each_command_goes_once() {
    let mut world = World::new(50, Faults::default(), 1);
    let engine = world.run(&Policy::default(), 2, None).unwrap();
    assert_eq!(engine.halt(), None);
    assert_eq!(count(&world, Standing::Verified), 50, "{:?}", world.ledger.standings.values().next());
    // One question, four commands, four questions that read back.
    let texts = &world.heard["+447700900007"];
    let wanted = [
        "0000,801",
        "0000,109,internet",
        "0000,100,1,d.plaspy.com,8888",
        "0000,102,60",
        "0000,103,0",
        "0000,801",
        "0000,808,109",
        "0000,808,100",
        "0000,808,102",
    ];
    assert_eq!(texts, &wanted);
    assert_eq!(world.released.len(), 50 * wanted.len());
    // Of what is done nothing is left in memory but the moments that nobody waits for any more.
    let holding = engine.holding();
    assert_eq!(Holding { timers: 0, ..holding }, Holding::default());
    assert_eq!(engine.progress().messages, world.released.len() as u64);
}

#[test]
fn a_silent_tracker_costs_its_question_only_and_keeps_nobody_waiting() {
    let mut world = World::new(20, Faults::default(), 1);
    world.kinds.insert("+447700900000".into(), Kind::Silent);
    world.kinds.insert("+447700900005".into(), Kind::Stubborn);
    world.run(&Policy::default(), 1, None).unwrap();
    assert_eq!(count(&world, Standing::Verified), 18);
    assert_eq!(count(&world, Standing::Planned), 1);
    assert_eq!(count(&world, Standing::Refused), 1);
    assert!(world.heard["+447700900000"].iter().all(|text| text == "0000,801"));
    let last = world.released.last().unwrap().3;
    // Nineteen others with eight messages of four seconds each; the silent one waits beside them.
    assert!(last < Duration::from_secs(20 * 9 * 5 + 180), "{last:?}");
}

#[test]
fn with_every_fault_nothing_is_lost_or_twice_and_nothing_is_claimed_that_did_not_happen() {
    for seed in 0..10 {
        let mut world = World::new(60, MIXED, seed);
        world.run(&Policy::default(), 3, None).unwrap();
        believed(&world, seed);
        let strangers = &world.ledger.strangers;
        let forged = |(from, _): &(String, String)| from == "+447999999999";
        assert!(!strangers.is_empty() && strangers.iter().all(forged), "seed {seed}: {strangers:?}");
        assert!(count(&world, Standing::Verified) >= 30, "seed {seed}: {:?}", world.ledger.standings);
    }
}

#[test]
fn a_batch_that_is_killed_anywhere_goes_on_without_losing_or_repeating_anything() {
    let mut kills = 0;
    for seed in 0..16 {
        let mut world = World::new(25, MIXED, seed);
        // At first every few events, then ever more seldom, so that it ends.
        let mut events = 1 + world.dice(8);
        while world.run(&Policy::default(), 2, Some(events)).is_none() {
            kills += 1;
            world.kill();
            if world.dice(3) == 0 {
                world.drain();
            }
            let away = Duration::from_secs(world.dice(400));
            let back = world.now.tick + away;
            world.pass(back);
            events = events * 5 / 4 + world.dice(20);
        }
        believed(&world, seed);
    }
    assert!(kills > 150, "only {kills} kills");
}

/// What the ledger says can be believed, by what the world has seen itself.
fn believed(world: &World, seed: u64) {
    let mut let_out: BTreeMap<u64, usize> = BTreeMap::new();
    for (attempt, ..) in &world.released {
        *let_out.entry(attempt.0).or_default() += 1;
    }
    assert!(let_out.values().all(|count| *count == 1), "seed {seed}: an attempt was let out twice");
    for (id, attempt) in &world.ledger.attempts {
        let left = let_out.contains_key(&id.0);
        let state = attempt.state;
        let fits = match state {
            AttemptState::NotSent | AttemptState::Handed => !left,
            AttemptState::Accepted | AttemptState::Answered | AttemptState::Unanswered => left,
            AttemptState::Rejected => left,
            // Killed between the write and the release: nobody can know, and nobody claims to.
            AttemptState::Unknown | AttemptState::Committed | AttemptState::Superseded => true,
        };
        assert!(fits, "seed {seed}: {id:?} is {state:?}, let out: {left}");
        assert!(
            !matches!(state, AttemptState::Handed | AttemptState::Committed),
            "seed {seed}: {id:?} is open"
        );
    }
    for (tracker, (standing, done, sentence)) in &world.ledger.standings {
        assert!(done, "seed {seed}: {tracker:?} is not done");
        let number = world.ledger.trackers[tracker.0 as usize - 1].1.phone.unwrap().as_str().to_owned();
        let heard = world.heard.get(&number).cloned().unwrap_or_default();
        if *standing == Standing::Verified {
            for text in ["0000,100,1,d.plaspy.com,8888", "0000,808,100"] {
                assert!(
                    heard.iter().any(|one| one == text),
                    "seed {seed}: {number} never heard {text:?}: {sentence}"
                );
            }
        }
    }
}

#[test]
fn the_pace_is_kept_with_one_modem_and_with_four() {
    for (couriers, rate) in [(1, 6.0), (4, 6.0), (4, 10.0)] {
        let mut world = World::new(150, Faults::default(), 3);
        world.sending = Duration::from_secs(2);
        let policy = Policy { per_minute: Some(rate), ..Policy::default() };
        world.run(&policy, couriers, None).unwrap();
        // The first and the last conversations do not fill the pace.
        let times: Vec<f64> = world.released.iter().map(|(.., at)| at.as_secs_f64()).collect();
        let inner = &times[40..times.len() - 80];
        let found = (inner.len() - 1) as f64 / (inner[inner.len() - 1] - inner[0]) * 60.0;
        let wanted = rate * couriers as f64;
        assert!((found / wanted - 1.0).abs() < 0.02, "{couriers} modems: {found} a minute, {wanted} wanted");
    }
}

#[test]
fn caps_hold_across_runs_and_days() {
    let mut world = World::new(30, Faults::default(), 1);
    let policy = Policy { max_messages: Some(100), ..Policy::default() };
    let engine = world.run(&policy, 2, None).unwrap();
    assert_eq!(engine.halt(), Some(&Halt::MaxMessages(100)));
    assert_eq!(world.released.len(), 100);
    world.kill();
    let engine = world.run(&policy, 2, None).unwrap();
    assert_eq!((engine.halt(), world.released.len()), (Some(&Halt::MaxMessages(100)), 100));
    world.kill();
    let policy = Policy { daily_cap: Some(70), ..Policy::default() };
    world.run(&policy, 2, None).unwrap();
    assert_eq!(count(&world, Standing::Verified), 30);
    let mut days: BTreeMap<u64, usize> = BTreeMap::new();
    for (.., at) in &world.released {
        // The simulation begins at noon.
        *days.entry((at.as_secs() + 43_200) / 86_400).or_default() += 1;
    }
    assert!(days.values().all(|count| *count <= 140), "{days:?}");
    assert!(days.len() > 1, "{days:?}");
}

#[test]
fn a_pilot_that_fails_stops_the_batch_and_one_that_passes_does_not() {
    let pilot = Some(Pilot { trackers: 4, pass: 0.9 });
    let policy = Policy { pilot, ..Policy::default() };
    let mut world = World::new(30, Faults::default(), 1);
    world.kinds.insert("+447700900002".into(), Kind::Silent);
    let engine = world.run(&policy, 2, None).unwrap();
    assert_eq!(engine.halt(), Some(&Halt::Pilot { good: 3, of: 4 }));
    assert_eq!(world.heard.len(), 4);
    let mut world = World::new(30, Faults::default(), 1);
    let engine = world.run(&policy, 2, None).unwrap();
    assert_eq!((engine.halt(), count(&world, Standing::Verified)), (None, 30));
    // Nothing that changes one of the four was sent before each of them had been asked.
    let first = world.released.iter().position(|(_, _, text, _)| text != "0000,801").unwrap();
    assert_eq!(first, 4);
}

#[test]
fn identifying_first_asks_everybody_before_anybody_is_changed() {
    let mut world = World::new(12, Faults::default(), 1);
    world.kinds.insert("+447700900002".into(), Kind::Silent);
    let policy = Policy { identify_first: true, ..Policy::default() };
    world.run(&policy, 2, None).unwrap();
    let first = world.released.iter().position(|(_, _, text, _)| text != "0000,801").unwrap();
    assert_eq!(first, 12);
    assert_eq!(count(&world, Standing::Verified), 11);
}

#[test]
fn a_courier_that_ends_leaves_its_work_to_the_others() {
    let mut world = World::new(12, Faults::default(), 1);
    world.dies = Some((1, Duration::from_secs(60)));
    let engine = world.run(&Policy::default(), 2, None).unwrap();
    assert_eq!(engine.halt(), None);
    believed(&world, 0);
    // Those whose answer lay with the dead one were asked again or read back by the other.
    assert!(count(&world, Standing::Verified) >= 10, "{:?}", world.ledger.standings);
}

#[test]
fn without_any_courier_the_batch_stops_and_goes_on_later() {
    let mut world = World::new(6, Faults::default(), 1);
    world.dies = Some((1, Duration::from_secs(40)));
    let engine = world.run(&Policy::default(), 1, None).unwrap();
    assert!(matches!(engine.halt(), Some(Halt::NoCourier(_))), "{:?}", engine.halt());
    world.kill();
    world.dies = None;
    let engine = world.run(&Policy::default(), 1, None).unwrap();
    assert_eq!(engine.halt(), None);
    believed(&world, 0);
    assert_eq!(count(&world, Standing::Verified), 6);
}
