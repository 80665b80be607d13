//! A process that writes is killed with SIGKILL at seeded instants: what a commit said yes to is there, and every group
//! is whole. (The page cache outlives a process; that a commit syncs is shown by a trace of system calls.)

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use super::*;

const NAME: &str = "kills::a_killed_writer_loses_nothing_it_was_told_was_written";
const TRACKERS: usize = 8;

/// The group with a number: one command of one tracker, from its beginning to its end.
fn group(number: u64, trackers: &[TrackerId], courier: CourierId) -> Vec<Entry> {
    let at = usize::try_from(number).unwrap();
    let (one, ord, attempt) = (trackers[at % TRACKERS], u32::try_from(at / TRACKERS).unwrap(), number + 1);
    vec![
        command(one, ord),
        handed(attempt, one, ord, 1, courier),
        committed(attempt),
        outcome(attempt, AttemptState::Accepted),
        reply(Some(attempt), one, courier, &format!("reply {number}")),
        outcome(attempt, AttemptState::Answered),
        ended(one, ord, State::Acknowledged, Replay::Lines),
    ]
}

/// How many groups are there: all of them whole, and none left out before the last.
fn whole_groups(journal: &Reader, batch: BatchId) -> u64 {
    let trackers = ids(journal, batch);
    let mut count = 0;
    for (at, one) in trackers.iter().enumerate() {
        for past in journal.past(*one).unwrap() {
            let number = u64::from(past.ord) * TRACKERS as u64 + at as u64;
            let last = past.attempt.as_ref().expect("an attempt came with its command");
            assert_eq!((past.ended, last.state), (Some(Replay::Lines), AttemptState::Answered), "{number}");
            assert_eq!(past.texts, [format!("reply {number}")]);
            count += 1;
        }
    }
    let snapshot = journal.snapshot(batch).unwrap();
    assert_eq!((snapshot.last_attempt, snapshot.messages), (count, count));
    assert_eq!(snapshot.quota.iter().map(|(_, _, used)| u64::from(*used)).sum::<u64>(), count);
    assert_eq!(snapshot.prints.len() as u64, count);
    count
}

/// Writes groups without end, and says of each that it was written.
fn write_groups(path: &Path) {
    let mut journal = Journal::open(path).unwrap();
    let courier = journal.courier("gateway:lab", None, None).unwrap();
    let batch = journal.batch("a").unwrap().unwrap().id;
    let trackers = ids(&journal, batch);
    let first = journal.snapshot(batch).unwrap().last_attempt;
    for number in first..first + 100_000 {
        journal.commit(&group(number, &trackers, courier)).unwrap();
        say(&format!("written {number}"));
    }
}

#[test]
fn a_killed_writer_loses_nothing_it_was_told_was_written() {
    if let Some((_, path)) = part() {
        return write_groups(&path);
    }
    let mut desk = Desk::new();
    let (batch, _) = desk.batch("a", TRACKERS);
    let path = desk.path();
    let Desk { folder: _folder, journal, .. } = desk;
    drop(journal);
    let mut total = 0;
    for seed in 0..12_u64 {
        let mut writer =
            child(NAME, "write", &path).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut lines = BufReader::new(writer.stdout.take().unwrap()).lines().map_while(Result::ok);
        let mut acknowledged = 0;
        let mut hear = |line: &str| {
            if let Some(number) = line.strip_prefix("written ") {
                acknowledged = number.parse::<u64>().unwrap() + 1;
                return true;
            }
            false
        };
        let enough = 1 + seed * 7 % 40;
        let heard = lines.by_ref().filter(|line| hear(line)).take(usize::try_from(enough).unwrap()).count();
        assert_eq!(heard as u64, enough, "the writer ended by itself");
        // Some way into what comes next.
        std::thread::sleep(std::time::Duration::from_micros(seed * 977 % 5000));
        writer.kill().unwrap();
        writer.wait().unwrap();
        // What it had said before it was killed is still in the pipe.
        lines.for_each(|line| {
            hear(&line);
        });
        let reader = Journal::read_only(&path).unwrap();
        let found = whole_groups(&reader, batch);
        assert!(found >= acknowledged && found <= acknowledged + 1, "{found} of {acknowledged}, seed {seed}");
        drop(reader);
        total = whole_groups(&Journal::open(&path).unwrap(), batch);
        assert_eq!(total, found);
    }
    assert!(total >= 12);
}

#[test]
fn a_log_that_was_cut_anywhere_holds_whole_groups() {
    let mut desk = Desk::new();
    let (batch, trackers) = desk.batch("a", TRACKERS);
    desk.journal.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
    for number in 0..30 {
        desk.journal.commit(&group(number, &trackers, desk.courier)).unwrap();
    }
    let (file, log) = (
        std::fs::read(desk.path()).unwrap(),
        std::fs::read(format!("{}-wal", desk.path().display())).unwrap(),
    );
    let copy = desk.folder.path().join("copy.db");
    let mut counts = Vec::new();
    for cut in (0..=24).map(|part| log.len() * part / 24) {
        std::fs::write(&copy, &file).unwrap();
        std::fs::write(format!("{}-wal", copy.display()), &log[..cut]).unwrap();
        let journal = Journal::open(&copy).unwrap();
        counts.push(whole_groups(&journal, batch));
    }
    assert!(counts.is_sorted(), "{counts:?}");
    assert_eq!((counts.first(), counts.last()), (Some(&0), Some(&30)));
    assert!(counts.iter().any(|count| (1..30).contains(count)), "{counts:?}");
}
