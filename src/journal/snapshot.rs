//! What the engine goes on from, and the commands of one tracker as they are told to its conversation again.

use rusqlite::{Connection, Row, params};

use super::error::Fault;
use super::words::read;
use super::{BatchId, JournalError, Reader};
use crate::engine::batch::{CourierId, Past, PastAttempt, Seed, Snapshot, TrackerId};
use crate::engine::{AttemptId, Recipient};
use crate::tracker::{Iccid, Phone};

impl Reader {
    /// Where a batch stands.
    ///
    /// # Errors
    /// When the journal cannot be read, or holds what nobody can have written.
    pub fn snapshot(&self, id: BatchId) -> Result<Snapshot, JournalError> {
        self.read(|connection| {
            let number = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0));
            let messages =
                "SELECT ifnull(sum(attempt.messages), 0) FROM attempt JOIN command ON command.id = command_id
                            JOIN tracker ON tracker.id = tracker_id
                            WHERE batch_id = ?1 AND attempt.state NOT IN ('handed', 'not_sent')";
            let messages: i64 = connection.query_row(messages, [id.0], |row| row.get(0))?;
            Ok(Snapshot {
                trackers: seeds(connection, id)?,
                last_attempt: number("SELECT ifnull(max(id), 0) FROM attempt")?.unsigned_abs(),
                messages: messages.unsigned_abs(),
                quota: quota(connection)?,
                prints: prints(connection, id)?,
            })
        })
    }

    /// The commands of a tracker's present conversation, in their order.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn past(&self, tracker: TrackerId) -> Result<Vec<Past>, JournalError> {
        self.read(|connection| {
            let sql =
                "SELECT command.id, ord, step, heard FROM command JOIN tracker ON tracker.id = tracker_id
                       AND tracker.round = command.round WHERE tracker_id = ?1 ORDER BY ord";
            let mut statement = connection.prepare_cached(sql)?;
            let rows = statement.query_map([tracker.0], |row| {
                Ok((row.get::<_, i64>(0)?, row.get(1)?, row.get(2)?, row.get::<_, Option<String>>(3)?))
            })?;
            let mut past = Vec::new();
            for row in rows {
                let (command, ord, step, heard): (i64, u32, String, _) = row?;
                let (attempt, attempts) = last_attempt(connection, command)?;
                past.push(Past {
                    tracker,
                    ord,
                    step,
                    ended: heard.map(|heard| read(&heard)).transpose()?,
                    texts: texts(connection, command)?,
                    attempt,
                    attempts,
                });
            }
            Ok(past)
        })
    }
}

fn seeds(connection: &Connection, id: BatchId) -> Result<Vec<Seed>, Fault> {
    // The courier of a tracker that is not done: the one of its latest attempt in the present conversation.
    let sql = "SELECT id, phone, iccid, sim_id, standing, done, CASE WHEN done THEN NULL ELSE
                   (SELECT courier_id FROM attempt JOIN command ON command.id = command_id
                    WHERE tracker_id = tracker.id AND command.round = tracker.round ORDER BY attempt.id DESC LIMIT 1) END,
                   register IS NOT NULL,
                   (SELECT ifnull(sum(attempt.messages), 0) FROM command JOIN attempt ON attempt.command_id = command.id
                    WHERE tracker_id = tracker.id AND attempt.state NOT IN ('handed', 'not_sent'))
               FROM tracker WHERE batch_id = ?1 ORDER BY line, id";
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([id.0])?;
    let mut seeds = Vec::new();
    while let Some(row) = rows.next()? {
        seeds.push(seed(row)?);
    }
    Ok(seeds)
}

fn seed(row: &Row<'_>) -> Result<Seed, Fault> {
    let (phone, iccid): (Option<String>, Option<String>) = (row.get(1)?, row.get(2)?);
    let courier: Option<i64> = row.get(6)?;
    Ok(Seed {
        id: TrackerId(row.get(0)?),
        to: recipient(phone, iccid, row.get(3)?)?,
        standing: read(&row.get::<_, String>(4)?)?,
        done: row.get(5)?,
        courier: courier.map(CourierId),
        identified: row.get(7)?,
        messages: row.get(8)?,
    })
}

/// Whom messages are for, out of its three columns.
pub(super) fn recipient(
    phone: Option<String>,
    iccid: Option<String>,
    sim_id: Option<String>,
) -> Result<Recipient, Fault> {
    let wrong =
        |what: &str, text: &str| Fault::Unreadable(format!("it holds the {what} {text:?}, which is none"));
    let phone =
        phone.map(|text| Phone::parse(&text, None).map_err(|_| wrong("number", &text))).transpose()?;
    let iccid = iccid.map(|text| Iccid::parse(&text).map_err(|_| wrong("ICCID", &text))).transpose()?;
    Ok(Recipient { phone, iccid: iccid.map(|(iccid, _)| iccid), sim_id })
}

fn quota(connection: &Connection) -> Result<Vec<(CourierId, i64, u32)>, Fault> {
    let mut statement = connection.prepare("SELECT courier_id, day, used FROM quota")?;
    let rows = statement.query_map([], |row| Ok((CourierId(row.get(0)?), row.get(1)?, row.get(2)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn prints(connection: &Connection, id: BatchId) -> Result<Vec<(TrackerId, String)>, Fault> {
    let sql = "SELECT tracker.id, print FROM tracker JOIN inbound ON tracker_id = tracker.id
               WHERE tracker.batch_id = ?1 AND done = 0";
    let mut statement = connection.prepare(sql)?;
    let rows = statement.query_map([id.0], |row| Ok((TrackerId(row.get(0)?), row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn last_attempt(connection: &Connection, command: i64) -> Result<(Option<PastAttempt>, u32), Fault> {
    let sql = "SELECT id, courier_id, state, committed_ms, outcome_ms, cause FROM attempt WHERE command_id = ?1 ORDER BY n";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([command])?;
    let (mut last, mut count) = (None, 0);
    while let Some(row) = rows.next()? {
        count += 1;
        last = Some(PastAttempt {
            id: AttemptId(row.get::<_, i64>(0)?.unsigned_abs()),
            courier: CourierId(row.get(1)?),
            state: read(&row.get::<_, String>(2)?)?,
            committed_ms: row.get(3)?,
            outcome_ms: row.get(4)?,
            cause: row.get(5)?,
        });
    }
    Ok((last, count))
}

/// The texts that count for a command, in the order in which they came.
fn texts(connection: &Connection, command: i64) -> Result<Vec<String>, Fault> {
    let sql = "SELECT text FROM inbound JOIN attempt ON attempt.id = attempt_id WHERE command_id = ?1 ORDER BY inbound.id";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map(params![command], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
