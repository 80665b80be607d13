//! The versions of the journal's tables, and how an older journal becomes one of today.
//! A script is one version and one transaction; a copy is kept before the first one that changes tables.

use std::fs::{self, File, OpenOptions};
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::JournalError;
use super::error::{Fault, io};

/// What tells a journal from other SQLite files: `homj`.
pub(super) const APPLICATION: i64 = 0x686F_6D6A;

/// The script of each version, from 1.
pub(super) const SCRIPTS: [&str; 1] = [include_str!("schema/1.sql")];

/// An attempt is on its way, in the words of the index `one_open`, so that it is found by that.
pub(super) const ON_ITS_WAY: &str =
    "(attempt.state = 'handed' OR attempt.state = 'committed' OR attempt.state = 'accepted')";

/// What the head of a file says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Head {
    /// Nothing is in it yet.
    Empty,
    /// A journal of this version.
    Version(i64),
}

/// Reads the head; nothing is changed.
pub(super) fn head(connection: &Connection, path: &Path) -> Result<Head, JournalError> {
    let read = || -> Result<(i64, i64, i64), rusqlite::Error> {
        Ok((
            connection.pragma_query_value(None, "application_id", |row| row.get(0))?,
            connection.pragma_query_value(None, "user_version", |row| row.get(0))?,
            connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?,
        ))
    };
    match read().map_err(|error| Fault::from(error).at(path))? {
        (APPLICATION, version, _) if version > 0 => Ok(Head::Version(version)),
        (0, 0, 0) => Ok(Head::Empty),
        _ => Err(JournalError::NotAJournal {
            path: path.to_owned(),
            what: "it is an SQLite file of another program".to_owned(),
        }),
    }
}

/// The newest version of `scripts`.
pub(super) fn newest(scripts: &[&str]) -> i64 {
    i64::try_from(scripts.len()).unwrap_or(i64::MAX)
}

/// Refuses a journal that is newer than this homing.
pub(super) fn refuse_newer(head: Head, path: &Path, scripts: &[&str]) -> Result<(), JournalError> {
    match head {
        Head::Version(version) if version > newest(scripts) => {
            Err(JournalError::Newer { path: path.to_owned(), version, known: newest(scripts) })
        }
        _ => Ok(()),
    }
}

/// Brings a journal to the newest version.
pub(super) fn migrate(
    connection: &mut Connection,
    path: &Path,
    head: Head,
    scripts: &[&str],
) -> Result<(), JournalError> {
    let has = match head {
        Head::Empty => 0,
        Head::Version(version) => version,
    };
    if has >= newest(scripts) {
        return Ok(());
    }
    if has > 0 {
        keep_copy(connection, path, has)?;
    }
    for (version, script) in (1..).zip(scripts).filter(|(version, _)| *version > has) {
        step(connection, version, script).map_err(|error| Fault::from(error).at(path))?;
    }
    Ok(())
}

fn step(connection: &mut Connection, version: i64, script: &str) -> Result<(), rusqlite::Error> {
    let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    transaction.execute_batch(script)?;
    transaction.pragma_update(None, "application_id", APPLICATION)?;
    transaction.pragma_update(None, "user_version", version)?;
    transaction.commit()
}

/// Keeps a copy as `<journal>.v1.bak`. It gets its name when it is whole.
fn keep_copy(connection: &Connection, path: &Path, version: i64) -> Result<(), JournalError> {
    let copy = beside(path, &format!(".v{version}.bak"));
    let half = beside(path, &format!(".v{version}.bak.part"));
    let wrong = |error| io(path, "copied", error);
    if fs::exists(&half).map_err(wrong)? {
        fs::remove_file(&half).map_err(wrong)?;
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(&half).map_err(wrong)?;
    let name = half.to_str().ok_or_else(|| {
        wrong(std::io::Error::new(std::io::ErrorKind::InvalidFilename, "its name is no UTF-8"))
    })?;
    connection.execute("VACUUM INTO ?1", [name]).map_err(|error| Fault::from(error).at(path))?;
    file.sync_all().and_then(|()| fs::rename(&half, &copy)).map_err(wrong)?;
    if cfg!(unix) {
        File::open(super::place::folder(path)).and_then(|folder| folder.sync_all()).map_err(wrong)?;
    }
    Ok(())
}

/// A file beside the journal whose name begins with the journal's.
pub(super) fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}
