//! A batch that is killed while its webhook is called: what the gateway was told is kept is in the journal.

use std::thread;
use std::time::Duration;

use crate::desk::fleet;
use crate::homing::all;
use crate::hooked::{Hooked, begin, until};

/// What was answered with success is in the journal, whenever the program was killed; and a run that goes on loses nothing.
fn goes_on(hooked: &Hooked, killed: &str) {
    // What is kept and was not told so, the gateway tells again, if anybody is still there.
    let is_kept = || {
        let (told, rows) = (hooked.told(), hooked.rows().len());
        assert!(told <= rows, "{killed}: the gateway was told that {told} messages are kept, and {rows} are");
    };
    is_kept();
    let said = hooked.resume(&[]).run();
    is_kept();
    if said.says("the journal has no batch") {
        // It died in front of the write that makes the batch: nothing was begun, and nobody was sent or told anything.
        assert_eq!((hooked.told(), hooked.desk.lab.submitted()), (0, Vec::new()), "{killed}: {said}");
        return;
    }
    let mut sets: Vec<String> =
        hooked.desk.lab.events("submit").iter().map(|one| format!("{} {}", one["to"], one["text"])).collect();
    sets.retain(|text| !text.contains("VERSION#") && !text.contains("PARAM#"));
    let all = sets.len();
    sets.sort_unstable();
    sets.dedup();
    assert_eq!(sets.len(), all, "{killed}: a command was submitted twice");
    let report = hooked.desk.report();
    for tracker in report["trackers"].as_array().unwrap() {
        // What was let out by the journal's word may have left or not: what it was to set is read back, or nobody knows.
        let mut states = tracker["commands"].as_array().unwrap().iter().map(|command| &command["state"]);
        let in_doubt = states.any(|state| *state == "unknown");
        let fits = match tracker["standing"].as_str().unwrap() {
            "verified" => true,
            "acknowledged" | "unknown" => in_doubt,
            _ => false,
        };
        assert!(fits, "{killed}: {said}\n{tracker:#}");
    }
}

#[test]
fn a_program_that_is_killed_when_a_reply_comes_has_kept_what_it_said_it_has() {
    // At the moment that the gateway has the reply: it is told, written, or answered, as chance has it.
    all(&[1, 2, 3, 5, 8, 13], |letters| {
        let hooked = Hooked::new(&fleet(2), "");
        hooked.register();
        let mut run = begin(&hooked.run(&["--timeout", "5s"]));
        until("the reply", || hooked.desk.lab.events("inbound").len() >= *letters);
        run.kill().unwrap();
        run.wait().unwrap();
        thread::sleep(Duration::from_millis(100));
        goes_on(&hooked, &format!("{letters} letters"));
    });
}

/// The program dies in front of each of its writes and behind each, so also between a webhook's call and its writing.
#[cfg(feature = "defects")]
#[test]
fn dead_at_every_write_point_what_the_gateway_was_told_is_kept_is_in_the_journal() {
    use std::sync::atomic::{AtomicU32, Ordering};

    let (ended, between) = (AtomicU32::new(0), AtomicU32::new(0));
    for first in (1..200).step_by(4) {
        let here: Vec<u32> = (first..first + 4).collect();
        all(&here, |point| {
            let hooked = Hooked::new(&fleet(1), "");
            hooked.register();
            let run = hooked.run(&["--timeout", "5s"]).env("HOMING_DEFECT", &format!("crash:{point}"));
            if run.run().code == 0 {
                ended.fetch_add(1, Ordering::SeqCst);
                return;
            }
            thread::sleep(Duration::from_millis(100));
            // Called without an answer: it died with the message in its hands.
            let called = hooked.desk.lab.events("hook");
            between
                .fetch_add(u32::from(called.iter().any(|hook| hook["status"].is_null())), Ordering::SeqCst);
            goes_on(&hooked, &format!("point {point}"));
        });
        if ended.load(Ordering::SeqCst) > 0 {
            break;
        }
    }
    assert!(ended.load(Ordering::SeqCst) > 0, "the batch never came to its end");
    assert!(between.load(Ordering::SeqCst) > 0, "it never died between a call and its answer");
}
