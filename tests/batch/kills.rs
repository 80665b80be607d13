//! A batch that is killed with -9 again and again: afterwards the lab's log and the journal agree to the last message.
//! `campaign.sh` beside this file runs the same with a thousand trackers and fifty kills.

use std::fs::{self, File};
use std::io::{Read as _, Seek as _, SeekFrom};
use std::os::unix::fs::MetadataExt as _;
use std::os::unix::process::ExitStatusExt as _;
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::count::Count;
use crate::desk::{Desk, fleet, tell};

/// How long an answer is waited for: the lab answers at once, and what never left is waited for in vain.
const BRIEF: &str = "3s";

/// For a run that hangs; a kill comes long before.
const LONG: Duration = Duration::from_secs(120);

/// Messages that a tracker of these fleets gets when all goes well: version, param, four commands, and param again.
const EACH: usize = 7;

/// A number of the environment, for longer campaigns by hand.
fn asked(name: &str, usual: usize) -> usize {
    std::env::var(name).map_or(usual, |text| text.parse().unwrap_or_else(|_| panic!("{name}={text}")))
}

/// Numbers that only hang on their seed (splitmix64, public domain by Vigna).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % end as u64).unwrap()
    }
}

/// When a kill strikes.
#[derive(Debug, Clone, Copy)]
enum When {
    /// After so much time, whatever goes on.
    After(Duration),
    /// The moment that the network has seen so many more messages: the answer to Ctrl-Z is on its way.
    Submits(usize),
    /// The moment that the journal's log was written so many more times: the sync is under way.
    Writes(usize),
}

/// Reads the lab's log as it grows.
struct Tail {
    log: File,
    rest: String,
    submits: usize,
}

impl Tail {
    fn from_end(path: PathBuf) -> Tail {
        let mut log = File::open(path).unwrap();
        log.seek(SeekFrom::End(0)).unwrap();
        Tail { log, rest: String::new(), submits: 0 }
    }

    fn look(&mut self) -> usize {
        let mut bytes = Vec::new();
        self.log.read_to_end(&mut bytes).unwrap();
        self.rest.push_str(&String::from_utf8_lossy(&bytes));
        if let Some((whole, rest)) = self.rest.rsplit_once('\n') {
            self.submits += whole.matches("\"kind\":\"submit\"").count();
            self.rest = rest.to_owned();
        }
        self.submits
    }
}

/// What tells that a file was written: its length and its time.
fn print_of(path: &PathBuf) -> (u64, i64, i64) {
    fs::metadata(path).map_or((0, 0, 0), |about| (about.len(), about.mtime(), about.mtime_nsec()))
}

/// Waits for the moment, but not past so many messages; false when the run ended before.
fn wait(run: &mut Child, desk: &Desk, when: When, most: usize) -> bool {
    let mut tail = Tail::from_end(desk.lab.path("lab.log"));
    let log = desk.path("journal.db-wal");
    let (mut writes, mut last, begun) = (0, print_of(&log), Instant::now());
    loop {
        if run.try_wait().unwrap().is_some() {
            return false;
        }
        let now = print_of(&log);
        writes += usize::from(now != last);
        last = now;
        let submits = tail.look();
        let struck = match when {
            When::After(time) => begun.elapsed() >= time,
            When::Submits(count) => submits >= count,
            When::Writes(count) => writes >= count,
        };
        if struck || submits >= most {
            return true;
        }
        assert!(begun.elapsed() < LONG, "{when:?} does not come");
        thread::sleep(Duration::from_micros(100));
    }
}

/// Begins a batch and kills it so often, then lets it come to its end.
pub(crate) fn campaign(desk: &Desk, trackers: usize, kills: usize, seed: u64) -> Count {
    let mut dice = Dice(seed);
    // So much is left that the last kill finds work to be done, also where this test is slow to see that its time came.
    let share = (EACH * trackers / (kills + kills / 2 + 2)).max(2);
    let mut struck = [0, 0, 0];
    for _ in 0..kills {
        let when = match dice.below(3) {
            0 => When::After(Duration::from_millis(20 + dice.below(600) as u64)),
            1 => When::Submits(1 + dice.below(share)),
            _ => When::Writes(1 + dice.below(share * 3)),
        };
        // Before there is a batch there is nothing to go on with: no journal yet (2), or an empty one (4).
        let begun = !matches!(desk.batch(&["status"]).run().code, 2 | 4);
        let homing = if begun { desk.resume(&[]) } else { desk.run(&["--timeout", BRIEF]) };
        let mut run = homing.command().stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let hit = wait(&mut run, desk, when, share);
        run.kill().unwrap();
        let status = run.wait().unwrap();
        assert!(hit && status.signal() == Some(9), "it ended by itself before {when:?}: {status}");
        struck[match when {
            When::After(_) => 0,
            When::Submits(_) => 1,
            When::Writes(_) => 2,
        }] += 1;
    }
    let last = desk.resume(&[]).run();
    let counted = desk.count();
    let [after, submits, writes] = struck;
    tell(&format!(
        "{trackers} trackers, {kills} kills (at a time {after}, behind Ctrl-Z {submits}, in a commit {writes}): {counted}"
    ));
    counted.must_fit(&last);
    counted
}

#[test]
fn a_batch_that_is_killed_again_and_again_loses_nothing_and_sends_nothing_twice() {
    let (trackers, kills) = (asked("HOMING_KILL_TRACKERS", 250), asked("HOMING_KILLS", 10));
    let seed = asked("HOMING_KILL_SEED", 4);
    let desk = Desk::new("kills", &fleet(trackers), &["--modems", "4"]);
    let counted = campaign(&desk, trackers, kills, seed as u64);
    counted.must_be_right();
    // Every tracker got all of its messages, some after a doubt.
    assert!(counted.let_out >= EACH * trackers - counted.standing_unknown * EACH, "{counted}");
}

#[test]
fn a_modem_that_takes_its_time_is_caught_with_messages_let_out_and_no_word_of_them() {
    // Four modems with a message let out each, most of the time: what a kill finds is the worst there is.
    let trackers = 40;
    let desk = Desk::new("slow", &fleet(trackers), &["--modems", "4", "--fault", "late-cmgs=60ms"]);
    let counted = campaign(&desk, trackers, 5, 11);
    counted.must_be_right();
}

#[cfg(not(feature = "defects"))]
#[test]
fn a_program_that_was_not_built_for_it_knows_no_defect() {
    let desk = Desk::new("whole", &fleet(1), &[]);
    let said = desk.run(&[]).env("HOMING_DEFECT", "crash:1,resend,no-unique").run();
    assert_eq!(said.code, 0, "{said}");
    let journal = rusqlite::Connection::open(desk.journal()).unwrap();
    let rules = "SELECT count(*) FROM sqlite_schema WHERE name IN ('one_open', 'not_twice')";
    assert_eq!(journal.query_row(rules, [], |row| row.get::<_, i64>(0)).unwrap(), 2);
}
