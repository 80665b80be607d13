//! What the tests of the journal share: a journal with a batch of a few trackers, and entries.

use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::*;
use crate::engine::batch::{AttemptState, CourierId, Entry, Replay, TrackerId, Why};
use crate::engine::{AttemptId, Purpose, Recipient, Sender, Standing, State};
use crate::profile::FormName;
use crate::tracker::{Iccid, Phone};

mod batches;
mod kills;
mod laws;
mod model;
mod opening;
mod persons;
mod room;
mod words;

/// A journal in a folder of its own.
struct Desk {
    folder: TempDir,
    journal: Journal,
    courier: CourierId,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut journal = Journal::create(&folder.path().join("journal.db")).unwrap();
        let courier =
            journal.courier("modem:/dev/ttyUSB0", Some("867698041234567"), Some("262011234567890")).unwrap();
        Self { folder, journal, courier }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("journal.db")
    }

    /// A batch of `count` trackers whose devices are `dev0`, `dev1` and so on.
    fn batch(&mut self, name: &str, count: usize) -> (BatchId, Vec<TrackerId>) {
        let batch = self.journal.create_batch(&spec(name), (0..count).map(tracker)).unwrap();
        (batch, ids(&self.journal, batch))
    }

    /// A command of a tracker as it is handed over for the first time.
    fn begin(&mut self, tracker: TrackerId, ord: u32, attempt: u64) {
        self.journal
            .commit(&[command(tracker, ord), handed(attempt, tracker, ord, 1, self.courier)])
            .unwrap();
    }
}

fn ids(journal: &Reader, batch: BatchId) -> Vec<TrackerId> {
    journal.snapshot(batch).unwrap().trackers.iter().map(|seed| seed.id).collect()
}

fn spec(name: &str) -> BatchSpec {
    BatchSpec {
        name: name.to_owned(),
        file: format!("{name}.csv"),
        file_sha256: sha256("imei,phone\n"),
        form: FormName::Sms,
        options: r#"{"routine":"provision"}"#.to_owned(),
        created_ms: 1_790_000_000_000,
        profiles: vec![ProfileText {
            name: "istartek-vt".to_owned(),
            toml: "id = \"istartek-vt\"\n".to_owned(),
        }],
    }
}

fn tracker(number: usize) -> NewTracker {
    NewTracker {
        line: number as u64 + 2,
        name: format!("van {number}"),
        device_key: format!("dev{number}"),
        profile: "istartek-vt".to_owned(),
        to: Recipient {
            phone: Some(Phone::parse(&format!("+49171{number:07}"), None).unwrap()),
            iccid: None,
            sim_id: None,
        },
        register: Some(format!("86868302474{number:04}")),
        settings: format!(r#"{{"apn":"internet","n":{number}}}"#),
    }
}

fn command(tracker: TrackerId, ord: u32) -> Entry {
    Entry::Command {
        tracker,
        ord,
        step: format!("step-{ord}"),
        purpose: Purpose::Command,
        masked: format!("****,80{ord}"),
        messages: 1,
        idempotent: true,
    }
}

fn handed(attempt: u64, tracker: TrackerId, ord: u32, n: u32, courier: CourierId) -> Entry {
    let why = if n == 1 { Why::First } else { Why::NotSent };
    Entry::Handed { attempt: AttemptId(attempt), tracker, ord, n, why, courier, at_ms: 1000 }
}

fn committed(attempt: u64) -> Entry {
    Entry::Committed { attempt: AttemptId(attempt), at_ms: 2000, day: 20_000, messages: 1 }
}

fn outcome(attempt: u64, state: AttemptState) -> Entry {
    Entry::Attempt { attempt: AttemptId(attempt), state, references: Vec::new(), cause: None, at_ms: 3000 }
}

fn reply(attempt: Option<u64>, tracker: TrackerId, courier: CourierId, text: &str) -> Entry {
    Entry::Inbound {
        courier,
        sender: Sender::International("491710000000".to_owned()),
        sent_ms: Some(2500),
        at_ms: 2600,
        text: text.to_owned(),
        missing: 0,
        print: format!("491710000000|2500|{text}"),
        tracker: Some(tracker),
        attempt: attempt.map(AttemptId),
        why_not: attempt.is_none().then(|| "nothing was sent to this tracker yet".to_owned()),
    }
}

fn ended(tracker: TrackerId, ord: u32, state: State, heard: Replay) -> Entry {
    Entry::Ended { tracker, ord, state, heard, shown: vec!["OK".to_owned()], at_ms: 4000 }
}

fn stands(tracker: TrackerId, standing: Standing, done: bool) -> Entry {
    Entry::Standing {
        tracker,
        standing,
        reason: None,
        sentence: format!("it stands {standing}"),
        done,
        firmware: [None, None],
        at_ms: 5000,
    }
}

/// The same test as a process of its own: what it does there is chosen by `part`.
fn child(test: &str, part: &str, path: &Path) -> std::process::Command {
    let mut command = std::process::Command::new(std::env::current_exe().unwrap());
    let name = format!("journal::tests::{test}");
    command.args([&name, "--exact", "--nocapture", "--test-threads=1"]).env(PART, part).env(PLACE, path);
    command
}

const PART: &str = "HOMING_TEST_PART";
const PLACE: &str = "HOMING_TEST_PLACE";

/// The part that this process plays, and where; none in the process of the tests.
fn part() -> Option<(String, PathBuf)> {
    Some((std::env::var(PART).ok()?, PathBuf::from(std::env::var_os(PLACE)?)))
}

/// Says something to the process that started this one, on a line of its own: the harness has begun one by then.
fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    std::io::Write::write_all(&mut out, format!("\n{line}\n").as_bytes()).unwrap();
    std::io::Write::flush(&mut out).unwrap();
}
