//! Couriers that refuse whatever they get, that are away, and hours in which nothing is sent.

use std::collections::BTreeSet;
use std::time::Duration;

use super::count;
use super::world::{Faults, World};
use crate::engine::batch::{CourierId, Engine, Event, Halt, Now, Policy, Quiet, Turn};
use crate::engine::{Capacity, Cause, News, Sender, Standing};

/// 1 August 2026, 12:00:00 UTC, when every world begins.
const NOON_MS: i64 = 1_785_585_600_000;

#[test]
fn a_barred_sim_card_stops_after_three_refusals_and_its_work_goes_by_the_other() {
    let mut world = World::new(30, Faults::default(), 1);
    world.barred = vec![1];
    let engine = world.run(&Policy::default(), 2, None).unwrap();
    assert_eq!(engine.halt(), None);
    assert_eq!(engine.tripped(CourierId(1)), Some("the operator has barred sending"));
    assert_eq!(engine.tripped(CourierId(2)), None);
    assert_eq!(world.refusals, 3);
    assert_eq!(count(&world, Standing::Verified), 30, "{:?}", world.ledger.standings);
}

#[test]
fn a_barred_sim_card_alone_ends_the_run_and_fails_no_tracker() {
    let mut world = World::new(30, Faults::default(), 1);
    world.barred = vec![1];
    let engine = world.run(&Policy::default(), 1, None).unwrap();
    assert_eq!(engine.halt(), Some(&Halt::NoCourier("the operator has barred sending".to_owned())));
    assert_eq!(world.refusals, 3);
    assert!(world.ledger.standings.values().all(|(_, done, _)| !done), "{:?}", world.ledger.standings);
    // Somebody buys credit.
    world.kill();
    world.barred.clear();
    let engine = world.run(&Policy::default(), 1, None).unwrap();
    assert_eq!(engine.halt(), None);
    assert_eq!(count(&world, Standing::Verified), 30);
}

#[test]
fn refusals_with_successes_in_between_stop_nobody() {
    let mut world = World::new(60, Faults { refused: 300, ..Faults::default() }, 3);
    let engine = world.run(&Policy::default(), 1, None).unwrap();
    assert_eq!((engine.halt(), engine.tripped(CourierId(1))), (None, None));
}

#[test]
fn what_waits_for_a_courier_that_stays_away_goes_by_the_other_after_a_minute() {
    let mut world = World::new(40, Faults::default(), 1);
    let (from, time) = (Duration::from_secs(100), Duration::from_secs(40 * 60));
    world.away = Some((1, from, time));
    world.run(&Policy::default(), 2, None).unwrap();
    assert_eq!(count(&world, Standing::Verified), 40);
    let last = world.released.last().unwrap().3;
    assert!(last < from + time, "the batch waited for it: {last:?}");
    // Two minutes suffice for whatever the first one had in hand, and the others went on meanwhile.
    let by_first = world.released.iter().filter(|(id, .., at)| world.by[id].0 == 1 && *at > from);
    assert_eq!(by_first.count(), 0);
}

#[test]
fn a_courier_that_is_back_within_a_minute_keeps_its_trackers() {
    let mut world = World::new(40, Faults::default(), 1);
    world.away = Some((1, Duration::from_secs(100), Duration::from_secs(30)));
    world.run(&Policy::default(), 2, None).unwrap();
    assert_eq!(count(&world, Standing::Verified), 40);
    let mut couriers: std::collections::BTreeMap<&String, std::collections::BTreeSet<i64>> =
        Default::default();
    for (id, number, ..) in &world.released {
        couriers.entry(number).or_default().insert(world.by[id].0);
    }
    assert!(couriers.values().all(|of| of.len() == 1), "{couriers:?}");
}

#[test]
fn quiet_hours_hold_back_what_is_sent_and_nothing_that_comes() {
    // From 12:05 to 12:35 by UTC, written as 14:05 to 14:35 by a clock two hours ahead.
    let quiet = Quiet::new(14 * 60 + 5, 14 * 60 + 35, 120).unwrap();
    let mut world = World::new(40, Faults::default(), 1);
    world.run(&Policy { quiet: Some(quiet), ..Policy::default() }, 1, None).unwrap();
    assert_eq!(count(&world, Standing::Verified), 40);
    let at = |minute: u64| Duration::from_secs(minute * 60);
    let let_out: Vec<Duration> = world.released.iter().map(|(.., at)| *at).collect();
    // A message that was handed over a moment before is let out.
    let inside = let_out.iter().filter(|time| at(5) + Duration::from_secs(1) < **time && **time < at(35));
    assert_eq!(inside.count(), 0, "{let_out:?}");
    assert!(let_out.iter().any(|time| *time < at(5)) && let_out.iter().any(|time| *time >= at(35)));
}

#[test]
fn the_rest_of_quiet_hours_is_known_across_midnight_and_by_any_clock() {
    let night = Quiet::new(22 * 60, 7 * 60, 0).unwrap();
    let left =
        |quiet: Quiet, minutes: i64| quiet.left(NOON_MS + minutes * 60_000).map(|left| left.as_secs() / 60);
    assert_eq!(left(night, 0), None);
    assert_eq!(left(night, 10 * 60 - 1), None);
    assert_eq!(left(night, 10 * 60), Some(9 * 60));
    assert_eq!(left(night, 13 * 60), Some(6 * 60));
    assert_eq!(left(night, 19 * 60 - 1), Some(1));
    assert_eq!(left(night, 19 * 60), None);
    // 12:00 UTC is 22:00 in Sydney in winter.
    assert_eq!(left(Quiet::new(22 * 60, 7 * 60, 600).unwrap(), 0), Some(9 * 60));
    // Before 1970 a day begins at midnight too.
    assert_eq!(night.left(-1), Some(Duration::from_millis(7 * 3_600_000 + 1)));
    for (from, to, offset) in [(60, 60, 0), (1440, 0, 0), (0, 1440, 0), (0, 1, 900)] {
        assert_eq!(Quiet::new(from, to, offset), None);
    }
}

#[test]
fn couriers_of_which_none_works_end_the_run_after_a_while_and_say_why() {
    let (minute, hour) = (Duration::from_secs(60), Duration::from_secs(3600));
    let down = |sentence: &str| News::Down { cause: Cause::new(sentence), last: false };
    let up = News::Up(Capacity::default());
    // Never ready, once with a word and once without one; and ready before, so that it is waited for longer.
    for (news, within, says) in [
        (vec![(minute, down("no network"))], minute * 16, "no network; it was waited for, for 15m"),
        (vec![], minute * 15, "it did not become ready; it was waited for, for 15m"),
        (vec![(minute, up), (hour, down("no network"))], hour * 7, "no network; it was waited for, for 6h"),
    ] {
        let world = World::new(2, Faults::default(), 1);
        let mut engine = Engine::new(world.ledger.snapshot(), Policy::default(), &mut Turn::default());
        engine.courier(CourierId(1), 1, world.now);
        for (at, news) in news {
            let now = Now { tick: at, ..world.now };
            engine.on(now, Event::News(CourierId(1), news), &mut Turn::default());
        }
        let before = Now { tick: within - Duration::from_secs(1), ..world.now };
        engine.on(before, Event::Timer, &mut Turn::default());
        assert_eq!(engine.halt(), None);
        assert_eq!(engine.deadline(before), Some(within));
        engine.on(Now { tick: within, ..world.now }, Event::Timer, &mut Turn::default());
        assert_eq!(engine.halt(), Some(&Halt::NoCourier(says.to_owned())));
        assert!(engine.is_finished());
    }
}

#[test]
fn a_courier_that_works_keeps_the_others_waited_for() {
    let mut world = World::new(60, Faults::default(), 1);
    world.away = Some((1, Duration::from_secs(10), Duration::from_secs(3600 * 24)));
    let policy = Policy { per_minute: Some(0.5), ..Policy::default() };
    let engine = world.run(&policy, 2, None).unwrap();
    assert_eq!(engine.halt(), None);
    assert_eq!(count(&world, Standing::Verified), 60);
    assert!(world.now.tick > Duration::from_secs(3600 * 7), "{:?}", world.now.tick);
}

#[test]
fn what_is_from_nobody_of_the_batch_is_written_down_and_only_then_spared() {
    let mut world = World::new(20, Faults { forged: 300, ..Faults::default() }, 1);
    assert!(world.run(&Policy::default(), 1, Some(300)).is_none());
    assert!(world.ledger.strangers.len() > 2, "{:?}", world.ledger.strangers);
    // None was deleted, as nobody allowed that: they are read again by the next run.
    world.kill();
    world.run(&Policy::default(), 1, None).unwrap();
    // Two of one second with the same words are one.
    let stranger = Sender::International("447999999999".to_owned());
    let forged = world.stores.values().filter(|(_, one)| one.sender == stranger);
    let lie: BTreeSet<Option<i64>> = forged.map(|(_, one)| one.sent_ms).collect();
    assert_eq!(world.ledger.strangers.len(), lie.len(), "{:#?}", world.stores);
}
