//! What a journal is refused for before anything is written, and how it is brought to this version.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;

use super::super::open::{Setting, Want, reader_in, writer_in};
use super::super::place::FileSystem;
use super::super::schema::SCRIPTS;
use super::*;

/// A closed journal with a batch.
fn closed() -> (TempDir, PathBuf) {
    let mut desk = Desk::new();
    desk.batch("monday", 300);
    let path = desk.path();
    let Desk { folder, journal, .. } = desk;
    drop(journal);
    (folder, path)
}

#[test]
fn a_journal_that_is_not_there_is_made_only_where_that_is_wanted() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deep").join("journal.db");
    for missing in [Journal::open(&path).map(drop), Journal::read_only(&path).map(drop)] {
        assert!(matches!(missing.unwrap_err(), JournalError::Missing { .. }));
    }
    assert!(!path.exists() && !folder.path().join("deep").exists());
    drop(Journal::create(&path).unwrap());
    assert!(Journal::open(&path).unwrap().batches().unwrap().is_empty());
    assert!(Journal::read_only(&path).unwrap().batches().unwrap().is_empty());
}

#[cfg(unix)]
#[test]
fn only_this_user_may_read_a_journal_and_what_is_beside_it() {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let mut desk = Desk::new();
    desk.batch("monday", 3);
    let path = desk.path();
    let beside = |end: &str| PathBuf::from(format!("{}{end}", path.display()));
    for end in ["", "-wal", "-shm", ".lock"] {
        assert_eq!(mode(&beside(end)), 0o600, "{end}");
    }
    drop(desk.journal);
    fs::set_permissions(beside(""), fs::Permissions::from_mode(0o644)).unwrap();
    let journal = Journal::open(&beside("")).unwrap();
    assert_eq!(mode(&beside("")), 0o600);
    drop(journal);
}

#[test]
fn a_commit_is_synced_and_references_are_held() {
    let desk = Desk::new();
    let ask = |name: &str| -> String {
        desk.journal
            .connection
            .pragma_query_value(None, name, |row| row.get::<_, rusqlite::types::Value>(0))
            .map(|value| match value {
                rusqlite::types::Value::Text(text) => text,
                rusqlite::types::Value::Integer(number) => number.to_string(),
                other => format!("{other:?}"),
            })
            .unwrap()
    };
    // As sqlite.org/pragma.html numbers them: 2 is FULL.
    assert_eq!(
        (ask("journal_mode"), ask("synchronous"), ask("foreign_keys")),
        ("wal".into(), "2".into(), "1".into())
    );
}

#[test]
fn a_second_process_is_told_who_has_the_journal() {
    const NAME: &str = "opening::a_second_process_is_told_who_has_the_journal";
    if let Some((_, path)) = part() {
        let _journal = Journal::open(&path).unwrap();
        say("open");
        // Until the other process closes its end.
        let _ = std::io::stdin().read_to_end(&mut Vec::new());
        return;
    }
    let (_folder, path) = closed();
    let mut other = child(NAME, "hold", &path).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(other.stdout.take().unwrap()).lines().map_while(Result::ok);
    assert!(lines.any(|line| line == "open"));
    let error = Journal::open(&path).unwrap_err();
    let JournalError::InUse { keeper: Some(keeper), .. } = &error else { panic!("{error:?}") };
    assert_eq!(keeper.pid, other.id());
    assert!(error.to_string().contains(&format!("pid {}", other.id())), "{error}");
    assert!(error.hint().unwrap().contains("list, status and report work meanwhile"));
    // Reading goes on meanwhile.
    assert_eq!(Journal::read_only(&path).unwrap().batches().unwrap().len(), 1);
    drop(other.stdin.take());
    assert!(other.wait().unwrap().success());
    Journal::open(&path).unwrap();
}

#[cfg(unix)]
#[test]
fn one_journal_has_one_lock_by_whatever_name() {
    let (folder, path) = closed();
    let other = folder.path().join("other.db");
    std::os::unix::fs::symlink(&path, &other).unwrap();
    let journal = Journal::open(&path).unwrap();
    assert!(matches!(Journal::open(&other).unwrap_err(), JournalError::InUse { .. }));
    drop(journal);
    Journal::open(&other).unwrap();
}

#[test]
fn a_newer_journal_is_not_touched() {
    let (_folder, path) = closed();
    let raw = rusqlite::Connection::open(&path).unwrap();
    raw.pragma_update(None, "user_version", 99).unwrap();
    drop(raw);
    let before = fs::read(&path).unwrap();
    for error in [Journal::open(&path).map(drop), Journal::read_only(&path).map(drop)] {
        let error = error.unwrap_err();
        assert!(matches!(error, JournalError::Newer { version: 99, known: 1, .. }), "{error:?}");
        assert!(error.to_string().contains("99") && error.hint().unwrap().contains("update homing"));
    }
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn files_of_others_are_not_touched() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("photos.db");
    let raw = rusqlite::Connection::open(&database).unwrap();
    raw.execute_batch("CREATE TABLE photo (id INTEGER)").unwrap();
    drop(raw);
    let text = folder.path().join("fleet.csv");
    fs::write(&text, "imei,phone\n868683024748398,+491710000000\n".repeat(200)).unwrap();
    for path in [&database, &text] {
        let before = fs::read(path).unwrap();
        for error in [
            Journal::open(path).map(drop),
            Journal::create(path).map(drop),
            Journal::read_only(path).map(drop),
        ] {
            assert!(matches!(error.unwrap_err(), JournalError::NotAJournal { .. }));
        }
        assert_eq!(fs::read(path).unwrap(), before);
    }
    let error = Journal::open(folder.path()).unwrap_err();
    assert!(error.to_string().contains("it is a folder"), "{error}");
}

#[test]
fn a_damaged_page_is_found_before_anything_is_sent() {
    let (_folder, path) = closed();
    let mut bytes = fs::read(&path).unwrap();
    assert!(bytes.len() > 40_960, "a batch has some pages");
    bytes[8192..12_288].fill(0xA5);
    fs::write(&path, &bytes).unwrap();
    let error = Journal::open(&path).unwrap_err();
    assert!(matches!(error, JournalError::Damaged { .. }), "{error:?}");
    let hint = error.hint().unwrap();
    assert!(hint.contains(".recover") && hint.contains("would go out again"), "{hint}");
}

#[test]
fn whatever_is_damaged_nothing_panics_and_nothing_is_made_up() {
    let (folder, path) = closed();
    let whole = fs::read(&path).unwrap();
    let mut random = 0x9E37_79B9_7F4A_7C15_u64;
    let mut refused = 0;
    for round in 0..60 {
        let mut bytes = whole.clone();
        for _ in 0..=round % 40 {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            let at = usize::try_from(random % bytes.len() as u64).unwrap();
            bytes[at] ^= 0x5A;
        }
        let copy = folder.path().join("damaged.db");
        for end in ["-wal", "-shm"] {
            let _ = fs::remove_file(format!("{}{end}", copy.display()));
        }
        fs::write(&copy, &bytes).unwrap();
        let read = Journal::open(&copy).and_then(|journal| {
            let batch = journal.batch("monday")?.map(|batch| batch.id).unwrap_or(BatchId(1));
            journal.snapshot(batch).map(|snapshot| snapshot.trackers.len())
        });
        match read {
            Ok(trackers) => assert!(trackers <= 300),
            Err(_) => refused += 1,
        }
    }
    assert!(refused > 20, "{refused}");
}

#[test]
fn a_file_that_ends_too_early_is_damaged() {
    let (_folder, path) = closed();
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
    let error = Journal::open(&path).unwrap_err();
    assert!(matches!(error, JournalError::Damaged { .. }), "{error:?}");
}

#[test]
fn a_file_system_of_the_network_is_refused() {
    let (folder, path) = closed();
    let nfs = |_: &Path| FileSystem { magic: 0x6969, name: Some("nfs4".to_owned()) };
    let setting = Setting { file_system: &nfs, scripts: &SCRIPTS };
    let fresh = folder.path().join("fresh.db");
    let opened = [
        writer_in(&path, Want::Existing, &setting).map(drop),
        writer_in(&fresh, Want::Any, &setting).map(drop),
        reader_in(&path, &setting).map(drop),
    ];
    for error in opened {
        let error = error.unwrap_err();
        assert!(matches!(&error, JournalError::Network { kind, .. } if kind == "NFS"), "{error:?}");
        assert!(error.hint().unwrap().contains("--journal"));
    }
    assert!(!fresh.exists(), "nothing may be made there");
}

#[test]
fn an_older_journal_is_brought_to_this_version_and_a_copy_is_kept() {
    let (_folder, path) = closed();
    let scripts = [SCRIPTS[0], "ALTER TABLE batch ADD COLUMN note TEXT;"];
    let setting = Setting { scripts: &scripts, ..Setting::default() };
    let error = reader_in(&path, &setting).unwrap_err();
    assert!(matches!(error, JournalError::Older { version: 1, known: 2, .. }), "{error:?}");
    let journal = writer_in(&path, Want::Existing, &setting).unwrap();
    assert_eq!(journal.connection.query_row("SELECT count(note) FROM batch", [], |row| row.get(0)), Ok(0));
    drop(journal);
    assert_eq!(reader_in(&path, &setting).unwrap().batches().unwrap().len(), 1);
    // Today's homing does not touch it, and opens the copy.
    assert!(matches!(Journal::open(&path).unwrap_err(), JournalError::Newer { version: 2, .. }));
    let copy = PathBuf::from(format!("{}.v1.bak", path.display()));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(fs::metadata(&copy).unwrap().permissions().mode() & 0o777, 0o600);
    }
    let kept = Journal::open(&copy).unwrap();
    let batch = kept.batch("monday").unwrap().unwrap();
    assert_eq!(kept.snapshot(batch.id).unwrap().trackers.len(), 300);
}

#[test]
fn a_version_that_cannot_be_reached_leaves_the_journal_as_it_was() {
    let (_folder, path) = closed();
    let scripts = [SCRIPTS[0], "ALTER TABLE batch ADD COLUMN note TEXT; SELECT nothing FROM nowhere;"];
    let setting = Setting { scripts: &scripts, ..Setting::default() };
    writer_in(&path, Want::Existing, &setting).unwrap_err();
    // A second try finds the first one's copy and makes it anew.
    writer_in(&path, Want::Existing, &setting).unwrap_err();
    let journal = Journal::open(&path).unwrap();
    assert!(journal.connection.prepare("SELECT note FROM batch").is_err());
    assert_eq!(journal.batches().unwrap().len(), 1);
}
