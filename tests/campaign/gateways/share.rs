//! What is run: a small share always, all of it by `gateways.sh`, which says so in HOMING_GATEWAYS.

use std::env;
use std::thread;

use homing::lab::Fault;

use super::run::{Came, Mode, run};
use crate::fleet::Fleet;

/// What a gateway does wrong now and then. `gateway-slow` once within what is waited for, and once beyond it.
const FAULTS: [&str; 11] = [
    "gateway-cut-before-body",
    "gateway-cut-after-body",
    "gateway-500-before-body",
    "gateway-503",
    "gateway-429",
    "gateway-slow=300ms",
    "gateway-slow=4s",
    "gateway-bad-json",
    "gateway-redirect",
    "gateway-expired-token",
    "gateway-duplicate-webhook",
];

/// What leaves enough to prove everything in the end. A gateway that has the message all the same says so when it is
/// asked, or the tracker's answer does.
const REPAIRABLE: [&str; 8] = [
    "gateway-cut-after-body",
    "gateway-503",
    "gateway-429",
    "gateway-slow=300ms",
    "gateway-slow=4s",
    "gateway-bad-json",
    "gateway-expired-token",
    "gateway-duplicate-webhook",
];

/// What the network and trackers do to replies, whichever way they come.
const REPLIES: [&str; 6] = [
    "answer-from-other-number",
    "hostile-answer",
    "silent-answers",
    "answer-doubled",
    "refuses",
    "answers-only",
];

/// How many trackers and seeds: a share, or what HOMING_GATEWAYS says, as `300x2`.
fn size(share: usize) -> (usize, u64) {
    let Ok(asked) = env::var("HOMING_GATEWAYS") else { return (share, 1) };
    let (trackers, seeds) = asked.split_once('x').expect("HOMING_GATEWAYS is trackers x seeds, as 300x2");
    (trackers.parse().unwrap(), seeds.parse().unwrap())
}

fn faults(names: &[&str], rate: f64) -> Vec<Fault> {
    names.iter().map(|name| Fault { rate, ..name.parse().unwrap() }).collect()
}

/// Runs, shows what came of it, and says what is wrong with it.
#[expect(clippy::print_stdout, reason = "the table is what the campaign is run for")]
fn look(name: &str, faults: Vec<Fault>, trackers: usize, seed: u64, mode: Mode) -> (Came, Vec<String>) {
    let fleet = Fleet::new(trackers);
    let came = run(&fleet, faults, seed, mode);
    println!("{}", line(name, seed, mode, &came));
    let outcome = &came.outcome;
    let lists = [&outcome.twice, &outcome.untrue, &outcome.unequal, &outcome.wrong, &came.lost];
    let wrong = lists.iter().flat_map(|list| list.iter().take(10));
    let wrong = wrong.map(|what| format!("{name}, {mode:?}, seed {seed}: {what}")).collect();
    (came, wrong)
}

fn line(name: &str, seed: u64, mode: Mode, came: &Came) -> String {
    let outcome = &came.outcome;
    let standing = |name: &str| outcome.standings.get(name).copied().unwrap_or_default().to_string();
    let counts =
        ["verified", "acknowledged", "sent", "unknown", "refused", "failed", "planned"].map(standing);
    let struck: u64 = outcome.faults.values().sum();
    let wrong = [&outcome.unequal, &outcome.twice, &outcome.wrong, &outcome.untrue, &came.lost];
    format!(
        "| {name} | {} | {seed} | {} | {} | {struck} | {} | {} | {} | {:.1} s |",
        if mode == Mode::Webhook { "told" } else { "asked" },
        outcome.trackers,
        outcome.messages,
        counts.join(" | "),
        wrong.map(|list| list.len().to_string()).join(" | "),
        came.hooks,
        outcome.took.1.as_secs_f64(),
    )
}

#[track_caller]
fn none(wrong: Vec<String>) {
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Runs both ways in which replies come, at the same time.
fn both<T: Send>(run: impl Fn(Mode) -> T + Sync) -> [T; 2] {
    thread::scope(|scope| {
        let runs = [Mode::Polled, Mode::Webhook].map(|mode| {
            let run = &run;
            scope.spawn(move || run(mode))
        });
        runs.map(|run| run.join().unwrap())
    })
}

#[test]
fn through_a_gateway_without_a_fault_every_tracker_is_verified() {
    let (trackers, _) = size(40);
    for (came, wrong) in both(|mode| look("none", Vec::new(), trackers, 1, mode)) {
        none(wrong);
        assert_eq!(came.outcome.standings.get("verified"), Some(&trackers), "{came:?}");
    }
}

#[test]
fn through_a_gateway_with_all_faults_mixed_every_standing_is_the_best_that_can_be_proven() {
    let (trackers, seeds) = size(24);
    for seed in 1..=seeds {
        for (came, wrong) in both(|mode| look("all mixed", faults(&FAULTS, 0.05), trackers, seed, mode)) {
            none(wrong);
            assert!(came.outcome.faults.len() > 5, "{:?}", came.outcome.faults);
        }
    }
}

#[test]
fn through_a_gateway_what_can_be_repaired_is_verified_in_the_end() {
    let (trackers, seeds) = size(24);
    for seed in 1..=seeds {
        for (came, wrong) in both(|mode| look("repairable", faults(&REPAIRABLE, 0.05), trackers, seed, mode))
        {
            none(wrong);
            let verified = came.outcome.standings.get("verified").copied().unwrap_or_default();
            assert!(verified * 100 >= trackers * 99, "{:?}", came.outcome.standings);
        }
    }
}

/// Each fault alone is for the long run by hand.
#[test]
fn through_a_gateway_with_one_fault_every_standing_is_the_best_that_can_be_proven() {
    let share: &[&str] = &["gateway-cut-before-body", "gateway-expired-token"];
    let whole = env::var("HOMING_GATEWAYS").is_ok();
    let (trackers, seeds) = size(12);
    for name in FAULTS.into_iter().filter(|name| whole || share.contains(name)) {
        for seed in 1..=seeds {
            for (came, wrong) in both(|mode| look(name, faults(&[name], 0.05), trackers, seed, mode)) {
                none(wrong);
                let polled = came.hooks.is_empty();
                let may_strike = !(polled && name == "gateway-duplicate-webhook");
                assert!(!may_strike || !came.outcome.faults.is_empty(), "{name} never struck");
            }
        }
    }
}

#[test]
fn through_a_gateway_replies_that_are_forged_spoilt_doubled_or_untrue_prove_no_more_than_they_can() {
    let (trackers, seeds) = size(24);
    for seed in 1..=seeds {
        // Of an answer that comes twice, a webhook is told the second time when the next command may be on its way already:
        // which of the two it is taken for, the lab's log cannot tell.
        let fits = |mode, name: &str| mode == Mode::Polled || name != "answer-doubled";
        let names = |mode| REPLIES.into_iter().filter(|name| fits(mode, name)).collect::<Vec<_>>();
        for (came, wrong) in both(|mode| look("replies", faults(&names(mode), 0.05), trackers, seed, mode)) {
            none(wrong);
            assert!(came.outcome.faults.len() > 3, "{:?}", came.outcome.faults);
        }
    }
}
