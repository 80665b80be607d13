//! Opens the database: every condition is looked at before anything of a journal is changed, and then it is set to
//! write safely. It knows pragmas and no tables.

use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::error::{Fault, io};
use super::place::{self, FileSystem};
use super::schema::{self, Head, SCRIPTS};
use super::{Journal, JournalError, Reader};

/// Whether a journal has to be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Want {
    /// It has to.
    Existing,
    /// It is made where it is not.
    Any,
}

/// How long a reader or another program may keep the file locked. Readers lock it for instants only.
const PATIENCE: Duration = Duration::from_secs(10);

/// Statements that are kept ready; the commit of a group and the report use about thirty.
const STATEMENTS: usize = 64;

/// Pages that are kept in memory, in KiB as SQLite writes it: the indexes of a large batch, not all of its rows.
const CACHE: i64 = -16_384;

/// What the world is like, and which versions there are. Tests put in others.
pub(super) struct Setting<'a> {
    pub(super) file_system: &'a dyn Fn(&Path) -> FileSystem,
    pub(super) scripts: &'a [&'a str],
}

impl Default for Setting<'_> {
    fn default() -> Self {
        Self { file_system: &place::file_system, scripts: &SCRIPTS }
    }
}

/// Opens a journal to write it.
pub(super) fn writer(path: &Path, want: Want) -> Result<Journal, JournalError> {
    writer_in(path, want, &Setting::default())
}

pub(super) fn writer_in(path: &Path, want: Want, setting: &Setting<'_>) -> Result<Journal, JournalError> {
    if want == Want::Any {
        place::make_folder(path)?;
    }
    let path = place::resolve(path)?;
    place::refuse_network(&path, &(setting.file_system)(place::folder(&path)))?;
    if want == Want::Existing {
        place::check_file(&path)?;
    }
    let lock = place::lock(&path)?;
    if want == Want::Any {
        place::make_file(&path)?;
    }
    place::check_file(&path)?;
    let mut connection = connect(&path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let head = schema::head(&connection, &path)?;
    schema::refuse_newer(head, &path, setting.scripts)?;
    sound(&connection, &path)?;
    place::keep_private(&path)?;
    write_safely(&connection, &path)?;
    schema::migrate(&mut connection, &path, head, setting.scripts)?;
    #[cfg(feature = "defects")]
    defect(&connection, &path)?;
    Ok(Journal { reader: Reader { connection, path }, _lock: lock })
}

/// Opens a journal to read it.
pub(super) fn reader(path: &Path) -> Result<Reader, JournalError> {
    reader_in(path, &Setting::default())
}

pub(super) fn reader_in(path: &Path, setting: &Setting<'_>) -> Result<Reader, JournalError> {
    let path = place::resolve(path)?;
    place::check_file(&path)?;
    place::refuse_network(&path, &(setting.file_system)(place::folder(&path)))?;
    let (connection, head) = read_head(&path)?;
    schema::refuse_newer(head, &path, setting.scripts)?;
    let known = schema::newest(setting.scripts);
    match head {
        Head::Version(version) if version == known => Ok(Reader { connection, path }),
        Head::Version(version) => Err(JournalError::Older { path, version, known }),
        Head::Empty => Err(JournalError::NotAJournal { path, what: "it is an empty file".to_owned() }),
    }
}

/// A journal in a folder that may not be written cannot have the index of its log beside it. Without a log it needs
/// none, and nobody can write it meanwhile.
fn read_head(path: &Path) -> Result<(Connection, Head), JournalError> {
    let connection = connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    match schema::head(&connection, path) {
        Err(JournalError::ReadOnly { .. }) if !has_log(path) => {
            let connection = connect_as(
                format!("file:{}?immutable=1", escaped(path)),
                path,
                OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI,
            )?;
            let head = schema::head(&connection, path)?;
            Ok((connection, head))
        }
        head => Ok((connection, head?)),
    }
}

fn has_log(path: &Path) -> bool {
    std::fs::metadata(schema::beside(path, "-wal")).is_ok_and(|about| about.len() > 0)
}

/// A path as SQLite's URIs want it.
fn escaped(path: &Path) -> String {
    let mut text = String::new();
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' => {
                text.push(char::from(*byte))
            }
            other => text.push_str(&format!("%{other:02X}")),
        }
    }
    text
}

fn connect(path: &Path, flags: OpenFlags) -> Result<Connection, JournalError> {
    connect_as(path, path, flags)
}

fn connect_as(name: impl AsRef<Path>, path: &Path, flags: OpenFlags) -> Result<Connection, JournalError> {
    let open = || -> Result<Connection, rusqlite::Error> {
        let connection = Connection::open_with_flags(name, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        connection.busy_timeout(PATIENCE)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        // Otherwise SQLite plans a statement anew for every value that is bound, in case another plan were better.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        connection.pragma_update(None, "trusted_schema", false)?;
        connection.pragma_update(None, "cell_size_check", true)?;
        connection.pragma_update(None, "cache_size", CACHE)?;
        Ok(connection)
    };
    open().map_err(|error| match error.sqlite_error_code() {
        Some(ErrorCode::CannotOpen) => cannot_open(path, error),
        _ => Fault::from(error).at(path),
    })
}

/// SQLite does not say why it cannot open a file; the system does.
fn cannot_open(path: &Path, error: rusqlite::Error) -> JournalError {
    match std::fs::File::open(path) {
        Err(cause) => io(path, "opened", cause),
        Ok(_) => Fault::from(error).at(path),
    }
}

/// Every page can be read, and every row is as its table wants it.
fn sound(connection: &Connection, path: &Path) -> Result<(), JournalError> {
    let found: String = connection
        .query_row("PRAGMA quick_check(1)", [], |row| row.get(0))
        .map_err(|error| Fault::from(error).at(path))?;
    if found == "ok" {
        return Ok(());
    }
    Err(JournalError::Damaged { path: path.to_owned(), what: found.replace('\n', " ") })
}

/// A commit is on the disk when it returns, and a reader never waits for it nor keeps it waiting.
fn write_safely(connection: &Connection, path: &Path) -> Result<(), JournalError> {
    let set = || -> Result<String, rusqlite::Error> {
        let mode = connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        // Only on macOS, where an ordinary sync stops at the drive's own memory.
        connection.pragma_update(None, "fullfsync", true)?;
        connection.pragma_update(None, "checkpoint_fullfsync", true)?;
        connection.pragma_update(None, "foreign_keys", true)?;
        // A log that grew with the making of a batch gives its room back.
        connection.query_row("PRAGMA journal_size_limit = 16777216", [], |_| Ok(()))?;
        Ok(mode)
    };
    let mode = set().map_err(|error| Fault::from(error).at(path))?;
    if mode.eq_ignore_ascii_case("wal") {
        return Ok(());
    }
    let cause = std::io::Error::other(format!("its file system keeps SQLite to the mode {mode:?}"));
    Err(JournalError::Io { path: path.to_owned(), doing: "set to a write-ahead log", cause })
}

/// Takes the journal's check away, so that a test can show what it is for. No release has this.
#[cfg(feature = "defects")]
fn defect(connection: &Connection, path: &Path) -> Result<(), JournalError> {
    if !std::env::var("HOMING_DEFECT").is_ok_and(|words| words.split(',').any(|word| word == "no-unique")) {
        return Ok(());
    }
    connection
        .execute_batch("DROP INDEX IF EXISTS one_open; DROP INDEX IF EXISTS not_twice;")
        .map_err(|error| Fault::from(error).at(path))
}
