//! What a person says of a batch that does not run: a corrected CSV, and a word on what nobody knows the outcome of.
//! What was said with a tracker before stays in the journal and counts no more.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, params};

use super::batch::{add, keep_profiles, profile_row, settle};
use super::error::Fault;
use super::schema::ON_ITS_WAY;
use super::{BatchId, Journal, JournalError, NewTracker, ProfileText};
use crate::engine::batch::TrackerId;
use crate::tracker::{Iccid, Phone};

/// What a corrected CSV does to a tracker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// It is new.
    Added(NewTracker),
    /// Its row is another one: its conversation begins anew.
    Changed(TrackerId, NewTracker),
    /// Its row says the same, on this line.
    Same(TrackerId, u64),
}

/// A person's word on a command whose outcome nobody knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It was sent: the conversation goes on behind it.
    Sent,
    /// It is to be sent again, whatever became of it.
    Resend,
}

impl Journal {
    /// Takes a corrected CSV: new trackers, and trackers whose row is another one. From here on lines are those of that CSV,
    /// and 0 for a tracker that it does not have.
    ///
    /// # Errors
    /// When one of the changed trackers has something on its way, or when it cannot be written.
    pub fn change(
        &mut self,
        id: BatchId,
        file: (&str, &str),
        profiles: &[ProfileText],
        changes: &[Change],
    ) -> Result<(), JournalError> {
        self.write(|connection| {
            let (path, sha256) = file;
            let sql = "UPDATE batch SET file = ?2, file_sha256 = ?3, state = 'paused' WHERE id = ?1";
            if connection.execute(sql, params![id.0, path, sha256])? == 0 {
                return Err(Fault::Unknown(format!("batch {}", id.0)));
            }
            let profiles = keep_profiles(connection, profiles)?;
            connection.execute("UPDATE tracker SET line = 0 WHERE batch_id = ?1", [id.0])?;
            for change in changes {
                match change {
                    Change::Added(tracker) => add(connection, id, tracker, &profiles)?,
                    Change::Changed(of, tracker) => replace(connection, *of, tracker, &profiles)?,
                    Change::Same(of, line) => {
                        let line = i64::try_from(*line).unwrap_or(i64::MAX);
                        let sql = "UPDATE tracker SET line = ?2 WHERE id = ?1";
                        connection.prepare_cached(sql)?.execute(params![of.0, line])?;
                    }
                }
            }
            Ok(())
        })
    }

    /// Takes a person's word: the batch can be gone on with, and the conversation goes on from that command. What was said
    /// after it stays in the journal and counts no more. Of a batch that was cancelled the word alone is kept: it stays
    /// cancelled, and nobody waits for an answer.
    ///
    /// # Errors
    /// When the command's outcome is not unknown, when it is to be sent again and its batch was cancelled, or when it cannot
    /// be written.
    pub fn resolve(
        &mut self,
        tracker: TrackerId,
        ord: u32,
        verdict: Verdict,
        note: &str,
        at_ms: i64,
    ) -> Result<(), JournalError> {
        self.write(|connection| {
            let (command, attempt) = unknown(connection, tracker, ord)?;
            let sql = "INSERT INTO evidence (attempt_id, at_ms, kind, note) VALUES (?1, ?2, 'person', ?3)";
            connection.execute(sql, params![attempt, at_ms, note])?;
            if is_cancelled(connection, tracker)? {
                return known_of(connection, (tracker, attempt), verdict, note);
            }
            set_aside(connection, tracker, ord)?;
            let sql = "UPDATE command SET heard = NULL, state = 'unknown', shown = '[]', ended_ms = NULL WHERE id = ?1";
            connection.execute(sql, [command])?;
            let state = match verdict {
                Verdict::Sent => "accepted",
                Verdict::Resend => "superseded",
            };
            connection.execute("UPDATE attempt SET state = ?2 WHERE id = ?1", params![attempt, state])?;
            let sql = "UPDATE tracker SET done = 0, standing = 'sent', reason = NULL, sentence = ?2 WHERE id = ?1";
            connection.execute(sql, params![tracker.0, note])?;
            let sql = "UPDATE batch SET state = 'paused' WHERE id = (SELECT batch_id FROM tracker WHERE id = ?1)";
            connection.execute(sql, [tracker.0])?;
            Ok(())
        })
    }
}

fn is_cancelled(connection: &Connection, tracker: TrackerId) -> Result<bool, Fault> {
    let sql = "SELECT batch.state = 'cancelled' FROM batch JOIN tracker ON batch.id = batch_id WHERE tracker.id = ?1";
    Ok(connection.query_row(sql, [tracker.0], |row| row.get(0))?)
}

/// Keeps what a person knows of a command of a batch that was cancelled.
fn known_of(
    connection: &Connection,
    (tracker, attempt): (TrackerId, i64),
    verdict: Verdict,
    note: &str,
) -> Result<(), Fault> {
    if verdict == Verdict::Resend {
        return Err(Fault::Contradiction("nothing more of a cancelled batch is sent".to_owned()));
    }
    connection.execute("UPDATE attempt SET state = 'unanswered' WHERE id = ?1", [attempt])?;
    let sql = "UPDATE tracker SET standing = 'sent', reason = NULL, sentence = ?2 WHERE id = ?1 AND standing = 'unknown'";
    connection.execute(sql, params![tracker.0, note])?;
    Ok(())
}

/// The rows of a command whose outcome is unknown, and of the attempt that it is unknown of.
fn unknown(connection: &Connection, tracker: TrackerId, ord: u32) -> Result<(i64, i64), Fault> {
    let sql = "SELECT command.id, attempt.id FROM attempt JOIN command ON command.id = command_id
               JOIN tracker ON tracker.id = tracker_id AND tracker.round = command.round
               WHERE tracker_id = ?1 AND ord = ?2 AND attempt.state = 'unknown'";
    let found = connection.query_row(sql, params![tracker.0, ord], |row| Ok((row.get(0)?, row.get(1)?)));
    found.optional()?.ok_or_else(|| {
        Fault::Contradiction(format!("the outcome of command {ord} of tracker {} is not unknown", tracker.0))
    })
}

/// Puts the commands behind a turn into rounds of their own, so that their turns are free again. Nobody waits any more
/// for what they had on its way.
fn set_aside(connection: &Connection, tracker: TrackerId, ord: u32) -> Result<(), Fault> {
    settle(
        connection,
        "tracker.id = ?1 AND command.round = tracker.round AND ord > ?2",
        params![tracker.0, ord],
    )?;
    let sql = "UPDATE command SET round = -id WHERE tracker_id = ?1 AND ord > ?2
               AND round = (SELECT round FROM tracker WHERE id = ?1)";
    connection.execute(sql, params![tracker.0, ord])?;
    Ok(())
}

/// A conversation that begins anew. Nothing may be on its way.
fn replace(
    connection: &Connection,
    of: TrackerId,
    tracker: &NewTracker,
    profiles: &HashMap<&str, i64>,
) -> Result<(), Fault> {
    let open = format!(
        "SELECT count(*) FROM attempt JOIN command ON command.id = attempt.command_id
         WHERE command.tracker_id = ?1 AND {ON_ITS_WAY}"
    );
    let open: i64 = connection.prepare_cached(&open)?.query_row([of.0], |row| row.get(0))?;
    if open > 0 {
        return Err(Fault::Contradiction(format!("something is on its way to {}", tracker.name)));
    }
    let profile = profile_row(profiles, &tracker.profile)?;
    let sql = "UPDATE tracker SET line = ?2, name = ?3, profile_id = ?4, phone = ?5, iccid = ?6, sim_id = ?7, register = ?8,
               settings = ?9, round = round + 1, standing = 'planned', reason = NULL, sentence = '', done = 0,
               firmware_before = NULL, firmware_after = NULL
               WHERE id = ?1";
    let to = &tracker.to;
    let changed = connection.prepare_cached(sql)?.execute(params![
        of.0,
        i64::try_from(tracker.line).unwrap_or(i64::MAX),
        tracker.name,
        profile,
        to.phone.as_ref().map(Phone::as_str),
        to.iccid.as_ref().map(Iccid::as_str),
        to.sim_id,
        tracker.register,
        tracker.settings,
    ])?;
    if changed == 1 { Ok(()) } else { Err(Fault::Unknown(format!("tracker {}", of.0))) }
}
