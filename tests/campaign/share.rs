//! What is run: a small share always, all of it by `run.sh`, which says so in HOMING_CAMPAIGN.

use std::env;
use std::time::Duration;

use homing::lab::Fault;

use crate::fleet::Fleet;
use crate::round::{Outcome, emptied, killed, policy, round};
use crate::table;

/// What a modem, a network or a tracker does wrong now and then.
const NOW_AND_THEN: [&str; 31] = [
    "silent-after-ctrl-z",
    "late-cmgs=4m",
    "error-at-prompt",
    "no-prompt",
    "cms=38",
    "cms=42",
    "cms=21",
    "cms=500",
    "cms=332",
    "cms=321",
    "urc-in-answers",
    "duplicate-delivery",
    "parts-out-of-order",
    "slow=2h",
    "silent-answers",
    "answer-from-other-number",
    "hostile-answer",
    "stale-answer",
    "cmti-lost",
    "delete-fails",
    "sms-lost",
    "delayed=2h",
    "out-of-order",
    "answer-doubled",
    "report-lost",
    "report-wrong",
    "refuses",
    "obeys-silently",
    "answers-only",
    "reboots",
    "come-back=30s",
];

/// What holds all the time.
const STATES: [&str; 6] = ["pin", "puk", "not-registered", "storage-full", "echo-on", "barred"];

/// What leaves enough to prove everything in the end.
const REPAIRABLE: [&str; 14] = [
    "silent-after-ctrl-z",
    "error-at-prompt",
    "no-prompt",
    "cms=38",
    "cms=42",
    "urc-in-answers",
    "duplicate-delivery",
    "parts-out-of-order",
    "cmti-lost",
    "delete-fails",
    "out-of-order",
    "answer-doubled",
    "report-wrong",
    "come-back=30s",
];

/// How much is run.
struct Size {
    trackers: usize,
    /// Seeds of all faults together, and of each alone.
    mixed: u64,
    alone: u64,
}

/// A share, or as many trackers and seeds as HOMING_CAMPAIGN says: `10000x20`.
fn size(share: usize) -> Size {
    let Ok(asked) = env::var("HOMING_CAMPAIGN") else {
        return Size { trackers: share, mixed: 2, alone: 1 };
    };
    let (trackers, seeds) = asked.split_once('x').expect("HOMING_CAMPAIGN is trackers x seeds, as 10000x20");
    Size { trackers: trackers.parse().unwrap(), mixed: seeds.parse().unwrap(), alone: 2 }
}

/// A fault that strikes so often.
fn fault(text: &str, rate: f64) -> Fault {
    Fault { rate, ..text.parse().unwrap() }
}

/// With what a message takes on its way: nothing real is faster.
fn with_way(faults: impl IntoIterator<Item = Fault>) -> Vec<Fault> {
    faults.into_iter().chain([fault("slow=2s", 1.0)]).collect()
}

/// Runs, and shows what came of it.
fn run(name: &str, fleet: &Fleet, faults: impl IntoIterator<Item = Fault>, seed: u64) -> Outcome {
    let outcome = round(fleet, with_way(faults), policy(seed));
    print(name, seed, &outcome);
    outcome
}

#[expect(clippy::print_stdout, reason = "the table is what the campaign is run for")]
fn print(name: &str, seed: u64, outcome: &Outcome) {
    println!("{}", table::line(name, seed, outcome));
}

/// What must not be in any run.
fn faults_of(name: &str, outcome: &Outcome) -> Vec<String> {
    let lists = [&outcome.twice, &outcome.untrue, &outcome.unequal, &outcome.wrong];
    lists.iter().flat_map(|list| list.iter().take(10).map(|what| format!("{name}: {what}"))).collect()
}

#[track_caller]
fn none(wrong: Vec<String>) {
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whether a person asked for this one, or for all.
fn is_asked_for(name: &str) -> bool {
    env::var("HOMING_CAMPAIGN_ONLY").map_or(true, |only| only == name)
}

#[test]
fn without_a_fault_every_tracker_is_verified() {
    let size = size(100);
    let outcome = run("none", &Fleet::new(size.trackers), [], 1);
    none(faults_of("none", &outcome));
    assert_eq!(outcome.standings.get("verified"), Some(&size.trackers), "{outcome:?}");
}

#[test]
fn with_one_fault_every_standing_is_the_best_that_can_be_proven() {
    let size = size(40);
    let (fleet, mut wrong) = (Fleet::new(size.trackers), Vec::new());
    for name in NOW_AND_THEN.into_iter().filter(|name| is_asked_for(name)) {
        for seed in 1..=size.alone {
            // Only long answers have parts.
            let rate = if name == "parts-out-of-order" { 0.5 } else { 0.05 };
            let outcome = run(name, &fleet, [fault(name, rate)], seed);
            // A slow message is told from the way that every message has only by the time it costs.
            let long = outcome.took.0 > Duration::from_secs(2 * 3600);
            let struck = outcome.faults.values().sum::<u64>() > outcome.faults["slow"];
            assert!(if name == "slow=2h" { long } else { struck }, "{name} never struck");
            wrong.extend(faults_of(name, &outcome));
        }
    }
    for name in STATES.into_iter().filter(|name| is_asked_for(name)) {
        wrong.extend(faults_of(name, &run(name, &fleet, [fault(name, 1.0)], 1)));
    }
    none(wrong);
}

#[test]
fn where_strangers_messages_may_be_deleted_they_fill_no_store_and_none_is_lost() {
    let size = size(60);
    let fleet = Fleet::new(size.trackers);
    let name = "answer-from-other-number";
    // Alone it takes many trackers until the stores are full; a store that is full from the start needs none.
    for (name, faults) in
        [(name, vec![fault(name, 0.05)]), ("storage-full", vec![fault("storage-full", 1.0)])]
    {
        for seed in 1..=size.alone {
            let (outcome, lost) = emptied(&fleet, with_way(faults.clone()), policy(seed), true);
            print(&format!("{name}, emptied"), seed, &outcome);
            none(lost.into_iter().take(10).collect());
            none(faults_of(name, &outcome));
            let planned = outcome.standings.get("planned").copied().unwrap_or_default();
            assert!(planned * 20 < size.trackers, "{:?}", outcome.standings);
        }
    }
}

#[test]
fn with_all_faults_mixed_every_standing_is_the_best_that_can_be_proven() {
    let size = size(1000);
    let (fleet, mut wrong) = (Fleet::new(size.trackers), Vec::new());
    let only: Option<u64> = env::var("HOMING_CAMPAIGN_SEED").ok().map(|seed| seed.parse().unwrap());
    for seed in (1..=size.mixed).filter(|seed| only.is_none_or(|only| only == *seed)) {
        let outcome = run("all mixed, 1 % each", &fleet, NOW_AND_THEN.map(|name| fault(name, 0.01)), seed);
        wrong.extend(faults_of(&format!("mixed, seed {seed}"), &outcome));
    }
    none(wrong);
}

#[test]
fn what_can_be_repaired_is_verified_in_the_end() {
    let size = size(150);
    let fleet = Fleet::new(size.trackers);
    for seed in 1..=size.alone {
        let outcome = run("repairable, 5 % each", &fleet, REPAIRABLE.map(|name| fault(name, 0.05)), seed);
        none(faults_of("repairable", &outcome));
        let verified = outcome.standings.get("verified").copied().unwrap_or_default();
        assert!(verified * 100 >= size.trackers * 99, "{:?}", outcome.standings);
    }
}

/// What goes wrong while the program is killed.
fn trouble() -> Vec<Fault> {
    let kinds = ["silent-after-ctrl-z", "cms=38", "silent-answers", "duplicate-delivery", "cmti-lost"];
    with_way(kinds.map(|kind| fault(kind, 0.03)))
}

#[test]
fn a_program_that_is_killed_at_any_write_sends_nothing_twice_and_loses_no_answer() {
    let size = size(200);
    let fleet = Fleet::new(size.trackers);
    for seed in 1..=size.alone {
        let survived = killed(&fleet, trouble(), policy(seed), 0.05);
        let wrong = [&survived.twice, &survived.lost, &survived.untrue];
        assert!(wrong.iter().all(|list| list.is_empty()), "seed {seed}: {survived:#?}");
        assert_eq!(survived.open, 0);
        assert!(survived.kills as usize > size.trackers / 4, "{} kills", survived.kills);
    }
}

/// Each of the ways in which batches go wrong is found by what the campaign looks at.
#[cfg(feature = "defects")]
#[test]
fn every_deliberate_defect_is_found() {
    use homing::engine::batch::{Defect, Policy};

    let fleet = Fleet::new(150);
    let with = |defect| Policy { defect: Some(defect), ..policy(1) };
    let round = |defect, name: &str| round(&fleet, with_way([fault(name, 0.05)]), with(defect));
    let killed = |defect| killed(&fleet, trouble(), with(defect), 0.05);
    // The journal's own rules stop some of them first: what it refuses is a panic here.
    let is_found = |what: &dyn Fn() -> Vec<String>| {
        let seen = std::panic::catch_unwind(std::panic::AssertUnwindSafe(what));
        seen.map_or(true, |list| !list.is_empty())
    };
    assert!(is_found(&|| round(Defect::RetryOnSilence, "silent-answers").twice), "a retry on silence");
    assert!(is_found(&|| round(Defect::StaleAnswer, "stale-answer").unequal), "a stale answer that counts");
    assert!(is_found(&|| round(Defect::TextOnly, "silent-answers").unequal), "a match by the text only");
    assert!(is_found(&|| killed(Defect::NoCommitted).twice), "no W2");
    assert!(is_found(&|| killed(Defect::DeleteFirst).lost), "deleted before it was kept");
}
