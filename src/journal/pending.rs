//! What other batches have to do with the devices of a batch: commands on their way, or of unknown outcome.

use rusqlite::Row;

use super::error::Fault;
use super::schema::ON_ITS_WAY;
use super::words::read;
use super::{BatchId, JournalError, Reader};
use crate::engine::AttemptId;
use crate::engine::batch::AttemptState;

/// A command of another batch that its device may still get, or may have got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    /// The device.
    pub device_key: String,
    /// The batch that it is of.
    pub batch: String,
    /// The step.
    pub step: String,
    /// Its text, secrets masked.
    pub masked: String,
    /// The attempt.
    pub attempt: AttemptId,
    /// On its way (`Handed`, `Committed`, `Accepted`) or `Unknown`.
    pub state: AttemptState,
}

impl Reader {
    /// What other batches have on its way, or of unknown outcome, to the devices of a batch. A device that something is
    /// on its way to gets nothing else meanwhile.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn pending_elsewhere(&self, id: BatchId) -> Result<Vec<Pending>, JournalError> {
        let theirs = "tracker.batch_id <> ?1
                      AND attempt.device_key IN (SELECT device_key FROM tracker WHERE batch_id = ?1)";
        self.pending_by(theirs, id.0)
    }

    /// What any batch has on its way, or of unknown outcome, to a device.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn pending(&self, device_key: &str) -> Result<Vec<Pending>, JournalError> {
        self.pending_by("attempt.device_key = ?1", device_key)
    }

    /// An unknown outcome counts while its conversation does: a person who began that anew has settled it.
    fn pending_by(&self, whose: &str, value: impl rusqlite::ToSql) -> Result<Vec<Pending>, JournalError> {
        let columns =
            "SELECT attempt.device_key, batch.name, step, masked, attempt.id, attempt.state FROM attempt
                       JOIN command ON command.id = command_id JOIN tracker ON tracker.id = tracker_id
                       JOIN batch ON batch.id = batch_id";
        let sql = format!(
            "{columns} WHERE {ON_ITS_WAY} AND {whose} UNION ALL
             {columns} WHERE attempt.state = 'unknown' AND command.round = tracker.round AND {whose} ORDER BY 5"
        );
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&sql)?;
            let mut rows = statement.query([value])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(pending(row)?);
            }
            Ok(found)
        })
    }
}

fn pending(row: &Row<'_>) -> Result<Pending, Fault> {
    Ok(Pending {
        device_key: row.get(0)?,
        batch: row.get(1)?,
        step: row.get(2)?,
        masked: row.get(3)?,
        attempt: AttemptId(row.get::<_, i64>(4)?.unsigned_abs()),
        state: read(&row.get::<_, String>(5)?)?,
    })
}
