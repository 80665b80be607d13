//! What is run: a small share always, all of it by `run.sh`.

use homing::lab::{Fault, FaultKind};

use crate::fleet::Fleet;
use crate::round::{Outcome, round};
use crate::table;

/// A fault that strikes so often.
fn fault(text: &str, rate: f64) -> Fault {
    Fault { rate, ..text.parse().unwrap() }
}

/// What a message takes on its way: nothing real is faster.
fn way() -> Fault {
    fault("slow=2s", 1.0)
}

fn with_way(faults: impl IntoIterator<Item = Fault>) -> Vec<Fault> {
    [way()].into_iter().chain(faults).collect()
}

#[track_caller]
fn must_be_sound(name: &str, outcome: &Outcome) {
    println!("{}\n{}", table::HEAD, table::line(name, outcome));
    println!("{:?}", outcome.faults);
    let first = |list: &[String]| list.iter().take(12).cloned().collect::<Vec<_>>().join("\n");
    let lists = [&outcome.twice, &outcome.untrue, &outcome.unequal, &outcome.wrong];
    let all: Vec<String> = lists.iter().map(|list| first(list)).collect();
    assert!(lists.iter().all(|list| list.is_empty()), "{}", all.join("\n"));
}

#[test]
fn without_a_fault_every_tracker_is_verified() {
    let fleet = Fleet::new(200);
    let outcome = round(&fleet, with_way([]), 1);
    must_be_sound("none", &outcome);
    assert_eq!(outcome.standings.get("verified"), Some(&200), "{outcome:?}");
}

#[test]
fn every_standing_is_the_best_that_can_be_proven() {
    let fleet = Fleet::new(1000);
    let kinds = ["silent-after-ctrl-z", "error-at-prompt", "cms=38", "silent-answers", "duplicate-delivery"];
    for seed in [1, 2] {
        let outcome = round(&fleet, with_way(kinds.map(|kind| fault(kind, 0.05))), seed);
        must_be_sound("mixed", &outcome);
        let _ = FaultKind::Slow;
    }
}
