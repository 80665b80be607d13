//! What other batches have to do with the devices of a batch: commands on their way, or of unknown outcome.

use rusqlite::Row;

use super::error::Fault;
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

/// Attempts of unknown outcome count while their conversation does: a person who began it anew has settled them.
const PENDING: &str = "SELECT attempt.device_key, batch.name, step, masked, attempt.id, attempt.state FROM attempt
     JOIN command ON command.id = command_id JOIN tracker ON tracker.id = tracker_id JOIN batch ON batch.id = batch_id
     WHERE (attempt.state IN ('handed', 'committed', 'accepted')
            OR attempt.state = 'unknown' AND command.round = tracker.round)";

impl Reader {
    /// What other batches have on its way, or of unknown outcome, to the devices of a batch. A device that something is
    /// on its way to gets nothing else meanwhile.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn pending_elsewhere(&self, id: BatchId) -> Result<Vec<Pending>, JournalError> {
        let sql = format!(
            "{PENDING} AND tracker.batch_id <> ?1 AND EXISTS
                 (SELECT 1 FROM tracker AS ours WHERE ours.batch_id = ?1 AND ours.device_key = attempt.device_key)
             ORDER BY attempt.id"
        );
        self.pending_by(&sql, id.0)
    }

    /// What any batch has on its way, or of unknown outcome, to a device.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn pending(&self, device_key: &str) -> Result<Vec<Pending>, JournalError> {
        self.pending_by(&format!("{PENDING} AND attempt.device_key = ?1 ORDER BY attempt.id"), device_key)
    }

    fn pending_by(&self, sql: &str, value: impl rusqlite::ToSql) -> Result<Vec<Pending>, JournalError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(sql)?;
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
