//! What is on the disk before what leaves, by the system calls of a run: a kill alone would not show it, as the page
//! cache outlives a process. From the writes that were synced a disk is made as a power cut would leave it, and SQLite
//! reads the journal there. strace (its Debian package has this name) is what sees the calls; where it is missing the
//! tests say so, and fail with `HOMING_REQUIRE_STRANGERS=1`.

use std::fs;
use std::path::Path;
use std::process::Command;

use rusqlite::Connection;

use crate::desk::{Desk, fleet, tell};
use crate::homing::{Homing, Said};
use crate::trace::{Call, calls};

/// Ends a message behind `AT+CMGS`: from here on it may be gone.
const CTRL_Z: u8 = 0x1A;

/// Files of the journal, by what stands behind its name.
const FILES: [&str; 2] = ["journal.db", "journal.db-wal"];

/// Places of a trace that were looked at.
#[derive(Debug, Default, PartialEq, Eq)]
struct Checked {
    announced: i64,
    let_out: i64,
    deleted: i64,
    posted: i64,
}

/// A disk on which only that is which was synced.
#[derive(Default)]
struct Disk {
    files: [Vec<u8>; 2],
    /// Written, and not yet synced: the line of the trace, the file, the place, the octets.
    pending: Vec<(usize, usize, usize, Vec<u8>)>,
}

impl Disk {
    fn write(&mut self, call: &Call, file: usize) {
        self.pending.push((call.end, file, call.offset, call.data.clone()));
    }

    /// What was written before a sync began is on the disk once it returned.
    fn sync(&mut self, call: &Call, synced: usize) {
        for (line, file, offset, data) in std::mem::take(&mut self.pending) {
            if file != synced || line > call.begin {
                self.pending.push((line, file, offset, data));
                continue;
            }
            let disk = &mut self.files[file];
            disk.resize(disk.len().max(offset + data.len()), 0);
            disk[offset..offset + data.len()].copy_from_slice(&data);
        }
    }

    /// What the journal would tell after a power cut; none when it has no such row.
    fn ask(&self, sql: &str) -> Option<String> {
        let folder = tempfile::tempdir().unwrap();
        for (name, octets) in FILES.iter().zip(&self.files) {
            fs::write(folder.path().join(name), octets).unwrap();
        }
        let journal = Connection::open(folder.path().join(FILES[0])).unwrap();
        journal.query_row(sql, [], |row| row.get(0)).ok()
    }

    fn must_say(&self, sql: &str, wanted: &str, line: usize) -> Result<(), String> {
        match self.ask(sql) {
            Some(found) if found == wanted => Ok(()),
            found => Err(format!("line {line}: {sql}: {found:?} and not {wanted}")),
        }
    }
}

/// Checks every message and every deletion; `port` is the modem's. The sentence says which line breaks the order.
fn check(calls: &[Call], port: &str) -> Result<Checked, String> {
    let mut checked = Checked::default();
    let mut disk = Disk::default();
    // What leaves counts from where it begins; what is on the disk counts from where its sync has returned.
    let mut order: Vec<(usize, &Call)> = calls
        .iter()
        .map(|call| (if file_of(call).is_some() { call.end } else { call.begin }, call))
        .collect();
    order.sort_by_key(|(line, _)| *line);
    for (line, call) in order {
        match file_of(call) {
            Some(file) if call.writes() => disk.write(call, file),
            Some(file) if call.syncs() => disk.sync(call, file),
            None if call.writes() && call.file == port => told(call, line, &disk, &mut checked)?,
            None if call.writes() => posted(call, line, &disk, &mut checked)?,
            _ => {}
        }
    }
    Ok(checked)
}

fn file_of(call: &Call) -> Option<usize> {
    let name = Path::new(&call.file).file_name()?.to_str()?;
    FILES.iter().position(|file| *file == name)
}

/// Something was written to the modem.
fn told(call: &Call, line: usize, disk: &Disk, checked: &mut Checked) -> Result<(), String> {
    let latest = "SELECT state || ' ' || count(*) FROM (SELECT state FROM attempt ORDER BY id DESC)";
    if call.data.starts_with(b"AT+CMGS=") {
        checked.announced += 1;
        // W1: with this one there are as many attempts as messages that were announced.
        disk.must_say(latest, &format!("handed {}", checked.announced), line)?;
    }
    if call.data.contains(&CTRL_Z) {
        checked.let_out += 1;
        disk.must_say(latest, &format!("committed {}", checked.let_out), line)?;
    }
    if call.data.starts_with(b"AT+CMGD=") {
        checked.deleted += 1;
        // W4: the modem has its messages in order, and each is a row before it goes.
        let kept = disk.ask("SELECT CAST(count(*) AS TEXT) FROM inbound").and_then(|text| text.parse().ok());
        if kept.is_none_or(|kept: i64| kept < checked.deleted) {
            return Err(format!("line {line}: {} were deleted, and {kept:?} are kept", checked.deleted));
        }
    }
    Ok(())
}

/// A request to the gateway names its attempt in the message's id.
fn posted(call: &Call, line: usize, disk: &Disk, checked: &mut Checked) -> Result<(), String> {
    let text = String::from_utf8_lossy(&call.data);
    if !text.contains("\"phoneNumbers\"") {
        return Ok(());
    }
    let id = text.split_once("\"id\":\"homing-").and_then(|(_, rest)| rest.split_once('-'));
    let (attempt, _) = id.ok_or(format!("line {line}: a message without an id: {text}"))?;
    checked.posted += 1;
    disk.must_say(&format!("SELECT state FROM attempt WHERE id = {attempt}"), "committed", line)
}

/// Runs under strace; none when there is no strace.
fn traced(homing: &Homing, trace: &Path) -> Option<Said> {
    let inner = homing.command();
    let mut command = Command::new("strace");
    command.args(["-f", "-y", "-x", "-s", "70000", "-o"]).arg(trace);
    command.args(["-e", "trace=write,writev,pwrite64,sendto,sendmsg,fsync,fdatasync"]);
    command.arg(inner.get_program()).args(inner.get_args());
    command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.envs(inner.get_envs().filter_map(|(name, value)| Some((name, value?))));
    if Command::new("strace").arg("-V").output().is_err() {
        let required = std::env::var_os("HOMING_REQUIRE_STRANGERS").is_some_and(|value| value == "1");
        assert!(!required, "strace is not here, and HOMING_REQUIRE_STRANGERS=1 wants it");
        tell("strace is not here: nothing was looked at");
        return None;
    }
    Some(Said::of(&mut command))
}

fn read(trace: &Path) -> Vec<Call> {
    calls(&fs::read_to_string(trace).unwrap())
}

#[test]
fn by_modem_every_message_and_every_deletion_waits_for_the_disk() {
    let desk = Desk::new("order", &fleet(2), &[]);
    let trace = desk.path("trace");
    let Some(said) = traced(&desk.run(&[]), &trace) else { return };
    assert_eq!(said.code, 0, "{said}");
    let calls = read(&trace);
    let checked = check(&calls, desk.lab.port()).unwrap();
    // Seven messages and seven answers for each tracker; no other is in the modem.
    assert_eq!(checked, Checked { announced: 14, let_out: 14, deleted: 14, posted: 0 });
    assert_eq!(desk.lab.submitted().len(), 14);
    refuses_what_is_doctored(&calls, desk.lab.port());
}

#[test]
fn by_gateway_every_request_waits_for_the_disk() {
    let desk = Desk::new("order", &fleet(2), &["--gateway", "127.0.0.1:0"]);
    let trace = desk.path("trace");
    let csv = desk.csv();
    let run = desk.batch(&["run", csv.to_str().unwrap(), "--via", "gateway:phone", "--yes"]);
    let config = desk.gateway_config();
    let Some(said) = traced(&run.args(&["--config", config.to_str().unwrap()]), &trace) else { return };
    assert_eq!(said.code, 0, "{said}");
    let calls = read(&trace);
    assert_eq!(check(&calls, "no modem").unwrap(), Checked { posted: 14, ..Checked::default() });
    assert_eq!(desk.lab.submitted().len(), 14);
    refuses_what_is_doctored(&calls, "no modem");
}

/// Syncs before a message of which one has to be its own: the other tracker has things to be kept meanwhile.
const SYNCS: usize = 8;

/// The checker itself: where the sync before a message is missing, failed, or returned only behind it, it says so.
fn refuses_what_is_doctored(calls: &[Call], port: &str) {
    let leaves = |call: &&Call| {
        call.writes()
            && ((call.file == port && call.data.contains(&CTRL_Z))
                || String::from_utf8_lossy(&call.data).contains("\"phoneNumbers\""))
    };
    let moments: Vec<usize> = calls.iter().filter(leaves).map(|call| call.begin).collect();
    // The first, one in the middle and the last.
    for moment in [moments[0], moments[moments.len() / 2], moments[moments.len() - 1]] {
        let is_before = |call: &Call| call.syncs() && call.file.ends_with("-wal") && call.end < moment;
        let changes: [fn(&mut Call, usize); 3] = [
            |sync, _| sync.name = "read".to_owned(),
            |sync, _| sync.result = -1,
            |sync, moment| sync.end = moment + 1,
        ];
        for change in changes {
            let mut doctored = calls.to_vec();
            // The last sync can be one of the other tracker's, with this message's own before it.
            let told = (0..SYNCS).find_map(|_| {
                let at = doctored.iter().rposition(is_before)?;
                change(&mut doctored[at], moment);
                // What failed or came late is none any more; the next one before it is taken then.
                let told = check(&doctored, port).err();
                doctored[at].name = "read".to_owned();
                told
            });
            let told = told.expect("a doctored trace passes");
            assert!(told.contains("and not committed"), "{told}");
        }
    }
}
