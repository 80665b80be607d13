//! Killed with -9 at seeded instants and gone on with. `HOMING_KILLS` and `HOMING_KILL_TRACKERS` make more of it:
//! `HOMING_KILLS=50 HOMING_KILL_TRACKERS=1000 cargo test --release --test batches kills -- --nocapture`.

use std::process::Stdio;
use std::time::Duration;

use crate::desk::{Desk, csv};

fn setting(name: &str, usual: usize) -> usize {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(usual)
}

#[test]
#[expect(clippy::print_stdout, reason = "the counts are what this is for")]
fn a_batch_that_is_killed_again_and_again_loses_nothing_and_sends_nothing_twice() {
    let (kills, trackers) = (setting("HOMING_KILLS", 10), setting("HOMING_KILL_TRACKERS", 240));
    let desk = Desk::new(&csv(trackers, |_| ""), &["--modems", "4"]);
    let mut dice = 0x5EED_u64;
    let mut done = 0;
    for round in 0.. {
        let command = if round == 0 || !desk.path("journal.db").exists() {
            desk.run(&[])
        } else {
            desk.batch(&["resume", "--yes"])
        };
        if done == kills {
            let said = command.run();
            assert!([0, 1, 3].contains(&said.code), "{said}");
            break;
        }
        let mut child = command.command().stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        std::thread::sleep(Duration::from_millis(150 + (dice >> 33) % 900));
        child.kill().unwrap();
        child.wait().unwrap();
        done += 1;
    }
    let unknown = desk.agrees();
    let standings = desk.standings();
    let verified = standings.values().filter(|standing| *standing == "verified").count();
    println!(
        "{done} kills, {trackers} trackers: {verified} verified, {unknown} commands unknown, none lost or twice"
    );
    // Each kill can leave one message in doubt on each of the four modems.
    assert!(unknown <= 4 * kills, "{unknown} unknown");
    assert!(verified + 4 * kills >= trackers, "{standings:?}");
}
