//! A disk without room, and a journal that may not be written: what was written before stays, nothing is half.

#![cfg(unix)]

use std::process::{Command, Stdio};

use super::*;

const NAME: &str = "room::a_full_disk_keeps_what_was_written";

/// Writes until it cannot, and says how many groups were written and why it ended.
fn write_until_full(path: &Path) {
    let mut journal = Journal::create(path).unwrap();
    let courier = journal.courier("gateway:lab", None, None).unwrap();
    let batch = journal.create_batch(&spec("a"), [tracker(0)]).unwrap();
    let one = ids(&journal, batch)[0];
    for number in 0..100_000_u32 {
        let attempt = u64::from(number) + 1;
        let group = [
            command(one, number),
            handed(attempt, one, number, 1, courier),
            committed(attempt),
            outcome(attempt, AttemptState::Answered),
            reply(Some(attempt), one, courier, &format!("{number} {}", "x".repeat(400))),
            ended(one, number, State::Acknowledged, Replay::Lines),
        ];
        if let Err(error) = journal.commit(&group) {
            say(&format!("written {number} kind {}", kind(&error)));
            return;
        }
    }
    say("never full");
}

fn kind(error: &JournalError) -> &'static str {
    match error {
        JournalError::Full { .. } => "full",
        JournalError::Io { .. } | JournalError::Sqlite { .. } => "io",
        _ => "other",
    }
}

/// Runs the part that writes inside a shell that first takes its room away. What it said: groups, kind of error.
fn run(shell: &mut Command, path: &Path) -> (u32, String) {
    let writer = child(NAME, "write", path);
    shell.arg(writer.get_program()).args(writer.get_args());
    shell.envs(writer.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let output = shell.stderr(Stdio::inherit()).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let line =
        text.lines().find_map(|line| line.strip_prefix("written ")).unwrap_or_else(|| panic!("{text}"));
    let (written, kind) = line.split_once(" kind ").unwrap();
    (written.parse().unwrap(), kind.to_owned())
}

/// What is in the journal afterwards: as many whole commands as were written, and nothing of the one that was refused.
fn holds(path: &Path, written: u32) {
    let mut journal = Journal::open(path).unwrap();
    let batch = journal.batch("a").unwrap().unwrap().id;
    let one = ids(&journal, batch)[0];
    let past = journal.past(one).unwrap();
    assert_eq!(past.len(), usize::try_from(written).unwrap());
    assert!(past.iter().all(|past| past.ended == Some(Replay::Lines) && past.texts.len() == 1));
    // With room it goes on.
    journal.commit(&[command(one, written)]).unwrap();
}

#[test]
fn a_full_disk_keeps_what_was_written() {
    if let Some((_, path)) = part() {
        return write_until_full(&path);
    }
    // A limit on the size of files works for every user: writing beyond it fails as a disk's end does.
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal.db");
    let mut shell = Command::new("sh");
    shell.args(["-c", r#"trap '' XFSZ; ulimit -f 1600 || exit 9; exec "$@""#, "sh"]);
    let (written, kind) = run(&mut shell, &path);
    assert_eq!(kind, "io");
    assert!(written > 5, "{written}");
    holds(&path, written);
}

/// On a small disk of its own in memory, in a namespace of mounts; where those are not allowed there is the test above.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_called_full() {
    let namespace = ["--user", "--map-root-user", "--mount"];
    let mut probe = Command::new("unshare");
    let allowed = probe.args(namespace).args(["sh", "-c", "mount -t tmpfs -o size=1m tmpfs /mnt"]).output();
    if !allowed.is_ok_and(|output| output.status.success()) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let disk = folder.path().join("disk");
    std::fs::create_dir(&disk).unwrap();
    // The journal outlives the namespace as a copy.
    let script = r#"mount -t tmpfs -o size=1m tmpfs "$1" || exit 9; disk="$1"; shift; "$@"; cp -a "$disk/." "$disk.kept""#;
    let mut shell = Command::new("unshare");
    shell.args(namespace).args(["sh", "-c", script, "sh"]).arg(&disk);
    let (written, kind) = run(&mut shell, &disk.join("journal.db"));
    assert_eq!(kind, "full");
    assert!(written > 5, "{written}");
    holds(&folder.path().join("disk.kept").join("journal.db"), written);
}

/// As a user whom files and folders can be closed to: root may write everywhere. Only for this thread.
#[cfg(target_os = "linux")]
fn as_nobody<T>(job: impl FnOnce() -> T) -> T {
    use nix::unistd::{Uid, geteuid, setfsuid};
    if !geteuid().is_root() {
        return job();
    }
    setfsuid(Uid::from_raw(65_534));
    let done = job();
    setfsuid(Uid::from_raw(0));
    done
}

#[cfg(target_os = "linux")]
#[test]
fn a_journal_that_may_not_be_written_is_refused_and_can_be_read() {
    use std::fs::{Permissions, set_permissions};
    use std::os::unix::fs::PermissionsExt;
    let mut desk = Desk::new();
    desk.batch("a", 3);
    let path = desk.path();
    let Desk { folder, journal, .. } = desk;
    drop(journal);
    let closed = |mode, file| {
        set_permissions(&path, Permissions::from_mode(file)).unwrap();
        set_permissions(folder.path(), Permissions::from_mode(mode)).unwrap();
    };
    // The lock is anybody's here, so that what is refused is the file.
    std::fs::remove_file(format!("{}.lock", path.display())).unwrap();
    for (folder, file) in [(0o777, 0o444), (0o555, 0o666), (0o555, 0o444)] {
        closed(folder, file);
        let error = as_nobody(|| Journal::open(&path).map(drop)).unwrap_err();
        assert!(matches!(error, JournalError::ReadOnly { .. }), "{folder:o} {file:o}: {error:?}");
        assert!(error.hint().unwrap().contains("--journal"));
        let error = as_nobody(|| Journal::create(&path).map(drop)).unwrap_err();
        assert!(matches!(error, JournalError::ReadOnly { .. }), "{folder:o} {file:o}: {error:?}");
        let batches = as_nobody(|| Journal::read_only(&path)?.batches()).unwrap();
        assert_eq!(batches.len(), 1, "{folder:o} {file:o}");
        let _ = std::fs::remove_file(format!("{}.lock", path.display()));
    }
    closed(0o555, 0o000);
    let error = as_nobody(|| Journal::read_only(&path).map(drop)).unwrap_err();
    assert!(matches!(error, JournalError::ReadOnly { .. }), "{error:?}");
    let elsewhere = folder.path().join("new").join("journal.db");
    let error = as_nobody(|| Journal::create(&elsewhere).map(drop)).unwrap_err();
    assert!(matches!(error, JournalError::ReadOnly { .. }), "{error:?}");
    closed(0o700, 0o600);
}
