//! What the journal does on this machine: `cargo bench --bench journal`. No assertion, as a clock has no place in a test.
//!
//! A batch of 100,000 trackers is made and read back, with the most memory that was taken by then; a batch that is over
//! is read as a report reads it; and commands go through, from their first entry to their last, with so many trackers
//! in hand at a time and couriers that answer at once: then every sync of the disk carries one step of each of them,
//! as in the loop of a batch. `HOMING_BENCH=large`, `report` or
//! `commands` does only that.
//!
//! On a disk whose syncs take 5 ms (a hard disk, a cheap card), made of a fast one by strace:
//!
//! ```text
//! cargo bench --bench journal --no-run        # says what it made
//! HOMING_BENCH=commands strace --seccomp-bpf -f -qq -o /dev/null -e trace=fsync,fdatasync \
//!     -e inject=fsync,fdatasync:delay_exit=5000 target/release/deps/journal-…
//! ```
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a bench prints its figures and fails by panicking"
)]

use std::path::Path;
use std::time::Instant;

use homing::engine::batch::{AttemptState, CourierId, Entry, Replay, TrackerId, Why};
use homing::engine::{AttemptId, Purpose, Recipient, Sender, Standing, State};
use homing::journal::{BatchId, BatchSpec, Journal, NewTracker, ProfileText};
use homing::profile::FormName;
use homing::tracker::Phone;

/// Trackers of the large batch.
const MANY: usize = 100_000;
/// Commands of a tracker: questions, settings, reading back.
const COMMANDS: u32 = 9;
/// Events that the loop of a batch decides together at most.
const GROUP: usize = 512;

/// A part of the work by its name, and where it is done.
type Part = (&'static str, fn(&Path));

fn main() {
    let folder = tempfile::tempdir_in(".").expect("a folder on the disk that is measured");
    let wanted = std::env::var("HOMING_BENCH").ok();
    let parts: [Part; 3] = [("large", large), ("report", report), ("commands", commands)];
    for (_, part) in parts.iter().filter(|(name, _)| wanted.as_deref().is_none_or(|wanted| wanted == *name)) {
        part(folder.path());
    }
}

fn large(folder: &Path) {
    let path = folder.join("large.db");
    let mut journal = Journal::create(&path).expect("a journal");
    let before = most_memory();
    let id = timed("100,000 trackers made", || make(&mut journal, "large", MANY));
    println!("  most memory so far {} MB, {before} of it before", most_memory());
    drop(journal);
    let journal = timed("opened, every page looked at", || Journal::open(&path).expect("a journal"));
    let snapshot = timed("snapshot", || journal.snapshot(id).expect("a snapshot"));
    println!("  {} trackers, most memory so far {} MB", snapshot.trackers.len(), most_memory());
}

fn report(folder: &Path) {
    let path = folder.join("over.db");
    let mut journal = Journal::create(&path).expect("a journal");
    let id = make(&mut journal, "over", 10_000);
    run(&mut journal, id, 1_000, 90_000);
    drop(journal);
    println!("a batch of 10,000 trackers and 90,000 commands that is over: {} MB", size(&path));
    let journal = timed("opened, every page looked at", || Journal::open(&path).expect("a journal"));
    let snapshot = timed("snapshot", || journal.snapshot(id).expect("a snapshot"));
    println!("  {} messages known", snapshot.prints.len());
    let mut attempts = 0;
    timed("read as a report", || {
        journal
            .trackers(id, &mut |tracker| {
                let commands = journal.commands(tracker.id).expect("commands");
                attempts += commands.iter().map(|command| command.attempts.len()).sum::<usize>();
                true
            })
            .expect("a report");
    });
    println!("  {attempts} attempts, most memory so far {} MB", most_memory());
}

fn commands(folder: &Path) {
    println!("commands from their first entry to their last (4 commits each):");
    for (at_once, count) in [(1, 200), (16, 3_000), (64, 12_000), (256, 40_000), (1_024, 90_000)] {
        let mut journal = Journal::create(&folder.join(format!("{at_once}.db"))).expect("a journal");
        let id = make(&mut journal, "commands", 10_000);
        let start = Instant::now();
        let commits = run(&mut journal, id, at_once, count);
        let seconds = start.elapsed().as_secs_f64();
        let (rate, each) = (count as f64 / seconds, 1000.0 * seconds / commits as f64);
        println!(
            "  {at_once:>5} trackers in hand: {rate:>7.0} commands/s, {commits} commits of {each:.1} ms"
        );
    }
}

/// One tracker at work.
struct Hand {
    tracker: TrackerId,
    ord: u32,
    attempt: u64,
    step: u8,
}

/// Takes `count` commands through, `at_once` trackers at a time. How many commits that took.
fn run(journal: &mut Journal, id: BatchId, at_once: usize, count: usize) -> usize {
    let courier = journal.courier("gateway:bench", None, None).expect("a courier");
    let snapshot = journal.snapshot(id).expect("a snapshot");
    let mut fresh = snapshot.trackers.into_iter().map(|seed| seed.id);
    let (mut attempt, mut over, mut commits) = (snapshot.last_attempt, 0, 0);
    let mut hands: Vec<Hand> = Vec::new();
    let mut entries = Vec::new();
    while over < count {
        while hands.len() < at_once {
            let Some(tracker) = fresh.next() else { break };
            hands.push(Hand { tracker, ord: 0, attempt: 0, step: 0 });
        }
        for group in hands.chunks_mut(GROUP) {
            entries.clear();
            for hand in group {
                over += usize::from(go_on(hand, courier, &mut attempt, &mut entries));
            }
            journal.commit(&entries).expect("a commit");
            commits += 1;
        }
        hands.retain(|hand| hand.ord < COMMANDS);
    }
    commits
}

/// The entries of what happens next to a tracker. Whether a command is over by that.
fn go_on(hand: &mut Hand, courier: CourierId, attempts: &mut u64, entries: &mut Vec<Entry>) -> bool {
    let id = AttemptId(hand.attempt);
    let at_ms = 1_790_000_000_000 + i64::try_from(hand.attempt).unwrap_or_default();
    match hand.step {
        0 => begin(hand, courier, attempts, entries),
        1 => entries.push(Entry::Committed { attempt: id, at_ms, day: 20_717, messages: 1 }),
        2 => entries.push(outcome(id, AttemptState::Accepted, vec![hand.attempt.to_string()], at_ms)),
        _ => {
            entries.push(inbound(hand, courier, at_ms));
            entries.push(outcome(id, AttemptState::Answered, Vec::new(), at_ms));
            let (tracker, ord) = (hand.tracker, hand.ord);
            let (state, heard) = (State::Acknowledged, Replay::Lines);
            entries.push(Entry::Ended { tracker, ord, state, heard, shown: vec![TEXT.to_owned()], at_ms });
            hand.ord += 1;
            if hand.ord == COMMANDS {
                entries.push(verified(tracker, at_ms));
            } else {
                begin(hand, courier, attempts, entries);
            }
            hand.step = 1;
            return true;
        }
    }
    hand.step += 1;
    false
}

const TEXT: &str = "$WP+SETSERVER=0000,OK,54.85.159.138,8888,TCP";

fn begin(hand: &mut Hand, courier: CourierId, attempts: &mut u64, entries: &mut Vec<Entry>) {
    *attempts += 1;
    hand.attempt = *attempts;
    let (tracker, ord) = (hand.tracker, hand.ord);
    entries.push(Entry::Command {
        tracker,
        ord,
        step: format!("step-{ord}"),
        purpose: Purpose::Command,
        masked: format!("****,80{ord},54.85.159.138,8888"),
        messages: 1,
        idempotent: true,
    });
    let (attempt, why, at_ms) = (AttemptId(hand.attempt), Why::First, 1_790_000_000_000);
    entries.push(Entry::Handed { attempt, tracker, ord, n: 1, why, courier, at_ms });
}

fn outcome(attempt: AttemptId, state: AttemptState, references: Vec<String>, at_ms: i64) -> Entry {
    Entry::Attempt { attempt, state, references, cause: None, at_ms }
}

fn inbound(hand: &Hand, courier: CourierId, at_ms: i64) -> Entry {
    let number = format!("49171{:07}", hand.tracker.0);
    Entry::Inbound {
        courier,
        print: format!("+{number}|Some({at_ms})|{TEXT}"),
        sender: Sender::International(number),
        sent_ms: Some(at_ms),
        at_ms,
        text: TEXT.to_owned(),
        missing: 0,
        tracker: Some(hand.tracker),
        attempt: Some(AttemptId(hand.attempt)),
        why_not: None,
    }
}

fn verified(tracker: TrackerId, at_ms: i64) -> Entry {
    Entry::Standing {
        tracker,
        standing: Standing::Verified,
        reason: None,
        sentence: "server, port and every setting that can be read back are as wanted".to_owned(),
        done: true,
        firmware: [Some("VT900-X 1.38".to_owned()), None],
        at_ms,
    }
}

fn make(journal: &mut Journal, name: &str, count: usize) -> BatchId {
    let spec = BatchSpec {
        name: name.to_owned(),
        file: format!("{name}.csv"),
        file_sha256: "00".repeat(32),
        form: FormName::Sms,
        options: "{}".to_owned(),
        created_ms: 1_790_000_000_000,
        profiles: vec![ProfileText { name: "istartek-vt".to_owned(), toml: "# a profile\n".repeat(1000) }],
    };
    journal.create_batch(&spec, (0..count).map(tracker)).expect("a batch")
}

fn tracker(number: usize) -> NewTracker {
    let settings = format!(
        r#"{{"imei":"8686830{number:08}","apn":"internet","server":"54.85.159.138","port":"8888","transport":"tcp","interval":"60s","password":{{"line":{number},"sha256":"{}"}}}}"#,
        "5e".repeat(32)
    );
    let phone = Phone::parse(&format!("+49171{number:07}"), None).expect("a number");
    NewTracker {
        line: number as u64 + 2,
        name: format!("van {number}"),
        device_key: format!("8686830{number:08}"),
        profile: "istartek-vt".to_owned(),
        to: Recipient { phone: Some(phone), iccid: None, sim_id: None },
        register: Some(format!("8686830{number:08}")),
        settings,
    }
}

fn timed<T>(what: &str, job: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let made = job();
    println!("{what}: {:.2} s", start.elapsed().as_secs_f64());
    made
}

/// The most memory that this process ever had, in MB, where the system tells it.
fn most_memory() -> u64 {
    let about = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = about.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or_default() / 1024
}

fn size(path: &Path) -> u64 {
    std::fs::metadata(path).map_or(0, |about| about.len() / 1_000_000)
}
