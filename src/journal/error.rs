//! What can go wrong with a journal, each with its own sentence and its own way out.
//! It only words what is handed to it; files are looked at where the trouble arises.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;
use thiserror::Error;

/// A process that has the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keeper {
    /// Its process id.
    pub pid: u32,
    /// Its command's name, where the system tells it.
    pub command: Option<String>,
}

impl fmt::Display for Keeper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.command {
            Some(command) => write!(f, "{command} (pid {})", self.pid),
            None => write!(f, "the process with pid {}", self.pid),
        }
    }
}

/// Why a journal cannot be used, or why it did not take something. Nothing is kept of what it did not take.
#[derive(Debug, Error)]
pub enum JournalError {
    /// There is no such file.
    #[error("there is no journal {}", path.display())]
    Missing {
        /// The journal.
        path: PathBuf,
    },
    /// It, or its folder, may not be read or written.
    #[error("the journal {} cannot be written: {why}", path.display())]
    ReadOnly {
        /// The journal.
        path: PathBuf,
        /// What the system says.
        why: String,
    },
    /// The disk has no room left.
    #[error("the disk of the journal {} is full", path.display())]
    Full {
        /// The journal.
        path: PathBuf,
    },
    /// Another process writes it.
    #[error("the journal {} is in use by {}", path.display(), by(keeper.as_ref()))]
    InUse {
        /// The journal.
        path: PathBuf,
        /// Who has it, where that is known.
        keeper: Option<Keeper>,
    },
    /// Another program that is not homing keeps it locked.
    #[error("the journal {} was kept locked by another program for too long", path.display())]
    Busy {
        /// The journal.
        path: PathBuf,
    },
    /// It is on a file system of the network.
    #[error("the journal {} is on {kind}, a file system of the network, whose locks and syncs cannot be relied on", path.display())]
    Network {
        /// The journal.
        path: PathBuf,
        /// Which kind.
        kind: String,
    },
    /// The file is something else.
    #[error("{} is no journal of homing: {what}", path.display())]
    NotAJournal {
        /// The file.
        path: PathBuf,
        /// What it is.
        what: String,
    },
    /// It is damaged.
    #[error("the journal {} is damaged: {what}", path.display())]
    Damaged {
        /// The journal.
        path: PathBuf,
        /// What was found.
        what: String,
    },
    /// A newer homing made it.
    #[error("the journal {} has version {version}, and this homing knows versions up to {known}", path.display())]
    Newer {
        /// The journal.
        path: PathBuf,
        /// Its version.
        version: i64,
        /// The newest one that is known here.
        known: i64,
    },
    /// An older homing made it, and it is only to be read.
    #[error("the journal {} has the old version {version}, and reading alone cannot bring it to {known}", path.display())]
    Older {
        /// The journal.
        path: PathBuf,
        /// Its version.
        version: i64,
        /// The one that is wanted here.
        known: i64,
    },
    /// There is a batch of this name.
    #[error("the journal {} has a batch \"{name}\" already", path.display())]
    NameTaken {
        /// The journal.
        path: PathBuf,
        /// The name.
        name: String,
    },
    /// A batch, tracker or profile that was asked for is not there.
    #[error("the journal {} has no {what}", path.display())]
    Unknown {
        /// The journal.
        path: PathBuf,
        /// What was asked for.
        what: String,
    },
    /// A device has a command on its way already, in this batch or another one.
    #[error("a command is on its way to {name} already, in the batch \"{batch}\"")]
    OnItsWay {
        /// The journal.
        path: PathBuf,
        /// The tracker.
        name: String,
        /// The batch that has it.
        batch: String,
    },
    /// What is to be written contradicts what is there; this is a fault of homing.
    #[error("the journal {} refuses an entry: {what}", path.display())]
    Contradiction {
        /// The journal.
        path: PathBuf,
        /// What contradicts what.
        what: String,
    },
    /// Anything else the system said.
    #[error("the journal {} could not be {doing}: {cause}", path.display())]
    Io {
        /// The journal.
        path: PathBuf,
        /// What was tried, as a participle.
        doing: &'static str,
        /// What the system said.
        cause: io::Error,
    },
    /// Anything else SQLite said.
    #[error("the journal {} did not work: {cause}", path.display())]
    Sqlite {
        /// The journal.
        path: PathBuf,
        /// What SQLite said.
        cause: rusqlite::Error,
    },
}

fn by(keeper: Option<&Keeper>) -> String {
    keeper.map_or_else(|| "another process".to_owned(), Keeper::to_string)
}

const ELSEWHERE: &str = "name another file with --journal";

impl JournalError {
    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            Self::Missing { .. } => "`homing batch run FILE` makes one; --journal names another file".to_owned(),
            Self::ReadOnly { path, .. } => format!(
                "give yourself the right to write {} and its folder, or {ELSEWHERE}",
                path.display()
            ),
            Self::Full { .. } => {
                "make room; `homing batch resume` goes on with what was begun: what was written before is kept, and \
                 nothing was sent that is not written down"
                    .to_owned()
            }
            Self::InUse { keeper: Some(keeper), .. } => format!(
                "wait until it is done or stop it with `kill -INT {}`; list, status and report work meanwhile",
                keeper.pid
            ),
            Self::InUse { .. } => "wait until it is done; list, status and report work meanwhile".to_owned(),
            Self::Busy { .. } => "close the program that has it open, as a shell of SQLite".to_owned(),
            Self::Network { .. } => format!("{ELSEWHERE}, on a disk of this machine"),
            Self::NotAJournal { .. } => format!("{ELSEWHERE}; this one was not touched"),
            Self::Damaged { path, .. } => damaged(path),
            Self::Newer { .. } => format!("update homing, or {ELSEWHERE}"),
            Self::Older { .. } => "`homing batch resume` brings it up to date and keeps a copy of it".to_owned(),
            Self::NameTaken { .. } => "choose another name with --name".to_owned(),
            Self::Unknown { .. } => "`homing batch list` shows what is there".to_owned(),
            Self::OnItsWay { batch, .. } => format!(
                "`homing batch resume {batch}` waits for its answer, `homing batch cancel {batch}` no longer waits"
            ),
            Self::Contradiction { .. } => {
                "nothing of it was kept or sent; please report this with what `homing --version` says".to_owned()
            }
            Self::Sqlite { cause, .. } if cause.sqlite_error_code() == Some(ErrorCode::SystemIoFailure) => {
                "see whether the disk has room and is sound (`df`, `dmesg`); what was written before is kept".to_owned()
            }
            Self::Io { .. } | Self::Sqlite { .. } => return None,
        })
    }
}

fn damaged(path: &Path) -> String {
    let path = path.display();
    format!(
        "move {path}, {path}-wal and {path}-shm away together, put back a copy of yours, or save what can be read \
         with `sqlite3 {path} .recover`; with a new journal nobody knows what was sent, so commands would go out again"
    )
}

/// What goes wrong inside, where the journal's path is not known yet.
#[derive(Debug)]
pub(super) enum Fault {
    Sql(rusqlite::Error),
    Unknown(String),
    OnItsWay {
        name: String,
        batch: String,
    },
    Contradiction(String),
    /// What stands in a column cannot be understood.
    Unreadable(String),
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sql(error)
    }
}

impl Fault {
    /// The same with the journal's path.
    pub(super) fn at(self, path: &Path) -> JournalError {
        let path = path.to_owned();
        match self {
            Self::Sql(error) => sqlite(path, error),
            Self::Unknown(what) => JournalError::Unknown { path, what },
            Self::OnItsWay { name, batch } => JournalError::OnItsWay { path, name, batch },
            Self::Contradiction(what) => JournalError::Contradiction { path, what },
            Self::Unreadable(what) => JournalError::Damaged { path, what },
        }
    }
}

fn sqlite(path: PathBuf, cause: rusqlite::Error) -> JournalError {
    let said = |cause: &rusqlite::Error| match cause {
        rusqlite::Error::SqliteFailure(_, Some(message)) => message.clone(),
        other => other.to_string(),
    };
    match cause.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => JournalError::Full { path },
        // What is shared by those who have it open cannot be made larger: there is no room.
        Some(ErrorCode::SystemIoFailure)
            if cause
                .sqlite_error()
                .is_some_and(|error| error.extended_code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE) =>
        {
            JournalError::Full { path }
        }
        Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
            JournalError::ReadOnly { path, why: said(&cause) }
        }
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => JournalError::Busy { path },
        Some(ErrorCode::NotADatabase) => {
            JournalError::NotAJournal { path, what: "it is no SQLite file".to_owned() }
        }
        Some(ErrorCode::DatabaseCorrupt) => JournalError::Damaged { path, what: said(&cause) },
        Some(ErrorCode::ConstraintViolation) => JournalError::Contradiction { path, what: said(&cause) },
        _ => JournalError::Sqlite { path, cause },
    }
}

/// The error of a file operation.
pub(super) fn io(path: &Path, doing: &'static str, cause: io::Error) -> JournalError {
    let path = path.to_owned();
    match cause.kind() {
        io::ErrorKind::NotFound => JournalError::Missing { path },
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            JournalError::ReadOnly { path, why: cause.to_string() }
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => JournalError::Full { path },
        _ => JournalError::Io { path, doing, cause },
    }
}
