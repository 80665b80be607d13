//! The journal: one SQLite file that remembers every command and attempt of every batch, so that a batch that was
//! killed at any instant goes on from it. It keeps what it is told and checks that nothing in it contradicts itself;
//! it decides nothing, sends nothing, and knows no clock and no secret.
//!
//! One process writes, and holds a lock file beside the journal for as long; any number of them read meanwhile.
//! Every table is STRICT, and the rules of the house are constraints: see `schema/1.sql`.

use std::ops::Deref;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

mod batch;
mod commit;
mod error;
mod history;
mod open;
mod pending;
mod person;
mod place;
mod schema;
mod snapshot;
mod strangers;
mod words;

pub use batch::{Batch, BatchId, BatchSpec, BatchState, NewTracker, ProfileText, sha256, sha256_bytes};
pub use error::{JournalError, Keeper};
pub use history::{StoredAttempt, StoredCommand, StoredEvidence, StoredProfile, StoredReply, StoredTracker};
pub use pending::Pending;
pub use person::{Change, Verdict};
pub use strangers::StoredStranger;
pub use words::Word;

use error::Fault;

/// A journal that is read: it holds no lock and never keeps a writer waiting.
#[derive(Debug)]
pub struct Reader {
    connection: Connection,
    path: PathBuf,
}

/// The journal of this process: it reads and writes, and no other process can write meanwhile.
#[derive(Debug)]
pub struct Journal {
    // Dropped in this order: the file is closed before the lock is let go.
    reader: Reader,
    _lock: place::Lock,
}

impl Journal {
    /// Opens a journal that exists, brings it to this version and looks whether it is sound.
    ///
    /// # Errors
    /// When it is missing, damaged, newer, in use by another process, on a file system of the network, or may not be
    /// written. Nothing of a journal is changed before all of this is known.
    pub fn open(path: &Path) -> Result<Self, JournalError> {
        open::writer(path, open::Want::Existing)
    }

    /// The same, and makes the journal with its folder where there is none. Only this user may read it (mode 0600).
    ///
    /// # Errors
    /// As [`Journal::open`], but for a missing one.
    pub fn create(path: &Path) -> Result<Self, JournalError> {
        open::writer(path, open::Want::Any)
    }

    /// Opens a journal only to read it, also while another process writes it.
    ///
    /// # Errors
    /// When it is missing, damaged, of another version, on a file system of the network, or may not be read.
    pub fn read_only(path: &Path) -> Result<Reader, JournalError> {
        open::reader(path)
    }
}

impl Deref for Journal {
    type Target = Reader;

    fn deref(&self) -> &Reader {
        &self.reader
    }
}

impl Reader {
    /// Where the journal is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether a process has the journal to write it, be it this one: whatever batch is open then is worked on.
    #[must_use]
    pub fn is_at_work(&self) -> bool {
        place::is_locked(&self.path)
    }

    /// What `job` found, with the journal's path where it went wrong. All that it reads is of one instant, also what is
    /// read while another reading is under way.
    fn read<T>(&self, job: impl FnOnce(&Connection) -> Result<T, Fault>) -> Result<T, JournalError> {
        let instant = |connection: &Connection| {
            if !connection.is_autocommit() {
                return job(connection);
            }
            let transaction = connection.unchecked_transaction()?;
            let found = job(&transaction)?;
            transaction.commit()?;
            Ok(found)
        };
        instant(&self.connection).map_err(|fault: Fault| fault.at(&self.path))
    }
}

impl Journal {
    /// Does `job` wholly or not at all, with one sync. A job that failed has changed nothing.
    fn write<T>(&mut self, job: impl FnOnce(&Connection) -> Result<T, Fault>) -> Result<T, JournalError> {
        let Reader { connection, path } = &mut self.reader;
        let whole = |connection: &mut Connection| {
            let transaction =
                connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
            let made = job(&transaction)?;
            transaction.commit()?;
            Ok(made)
        };
        whole(connection).map_err(|fault: Fault| fault.at(path))
    }
}

#[cfg(test)]
mod tests;
