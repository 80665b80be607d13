//! What batches have to do with devices: commands on their way, and commands of which nobody knows whether they arrived.

use rusqlite::{Connection, Row, ToSql};

use super::error::Fault;
use super::schema::ON_ITS_WAY;
use super::words::read;
use super::{BatchId, JournalError, Reader};
use crate::engine::AttemptId;
use crate::engine::batch::{AttemptState, TrackerId};

/// A command that its device may still get, or may have got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    /// The device.
    pub device_key: String,
    /// The batch that it is of.
    pub batch: String,
    /// The tracker of that batch.
    pub tracker: TrackerId,
    /// Which turn of its conversation.
    pub ord: u32,
    /// The step.
    pub step: String,
    /// Its text, secrets masked.
    pub masked: String,
    /// The attempt.
    pub attempt: AttemptId,
    /// On its way (`Handed`, `Committed`, `Accepted`) or `Unknown`.
    pub state: AttemptState,
}

const PENDING: &str =
    "SELECT attempt.device_key, batch.name, tracker.id, ord, step, masked, attempt.id, attempt.state FROM attempt
     JOIN command ON command.id = command_id JOIN tracker ON tracker.id = tracker_id JOIN batch ON batch.id = batch_id";

/// A command in doubt. It counts while its conversation does: a person who began that anew has settled it. What became of
/// a question changes nothing, unless it is all that its tracker stands unknown for; and of a command whose values were
/// read back since it is known.
const IN_DOUBT: &str =
    "attempt.state = 'unknown' AND command.round = tracker.round AND command.state <> 'acknowledged'
     AND (purpose = 'command' OR tracker.standing = 'unknown')";

impl Reader {
    /// What other batches have on its way, or in doubt, to the devices of a batch. A device that something is on its way to
    /// gets nothing else meanwhile. Of what is in doubt the first command of each tracker counts, as in
    /// [`in_doubt`](Self::in_doubt).
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn pending_elsewhere(&self, id: BatchId) -> Result<Vec<Pending>, JournalError> {
        let theirs = "tracker.batch_id <> ?1
                      AND attempt.device_key IN (SELECT device_key FROM tracker WHERE batch_id = ?1)";
        self.pending_by(theirs, &id.0)
    }

    /// What any batch has on its way, or in doubt, to a device.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn pending(&self, device_key: &str) -> Result<Vec<Pending>, JournalError> {
        self.pending_by("attempt.device_key = ?1", &device_key)
    }

    /// The first command of each tracker of a batch of which nobody knows whether it arrived, in the order of the CSV.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn in_doubt(&self, id: BatchId) -> Result<Vec<Pending>, JournalError> {
        self.read(|connection| {
            doubts(connection, "tracker.batch_id = ?1", "line = 0, line, tracker.id", &id.0)
        })
    }

    fn pending_by(&self, whose: &str, value: &dyn ToSql) -> Result<Vec<Pending>, JournalError> {
        let open = format!("{PENDING} WHERE {ON_ITS_WAY} AND {whose}");
        self.read(|connection| {
            let mut found = all(connection, &open, value)?;
            found.extend(doubts(connection, whose, "tracker.id", value)?);
            found.sort_by_key(|one| one.attempt.0);
            Ok(found)
        })
    }
}

/// The first command in doubt of each tracker.
fn doubts(
    connection: &Connection,
    whose: &str,
    order: &str,
    value: &dyn ToSql,
) -> Result<Vec<Pending>, Fault> {
    let sql = format!("{PENDING} WHERE {IN_DOUBT} AND {whose} ORDER BY {order}, purpose <> 'command', ord");
    let mut found = all(connection, &sql, value)?;
    found.dedup_by_key(|one| one.tracker);
    Ok(found)
}

fn all(connection: &Connection, sql: &str, value: &dyn ToSql) -> Result<Vec<Pending>, Fault> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([value])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(pending(row)?);
    }
    Ok(found)
}

fn pending(row: &Row<'_>) -> Result<Pending, Fault> {
    Ok(Pending {
        device_key: row.get(0)?,
        batch: row.get(1)?,
        tracker: TrackerId(row.get(2)?),
        ord: row.get(3)?,
        step: row.get(4)?,
        masked: row.get(5)?,
        attempt: AttemptId(row.get::<_, i64>(6)?.unsigned_abs()),
        state: read(&row.get::<_, String>(7)?)?,
    })
}
