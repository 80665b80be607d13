//! Entries of the engine, written in one transaction with one sync. An entry that contradicts what is there keeps the
//! whole group out.

use rusqlite::{Connection, ErrorCode, OptionalExtension, params};

use super::error::Fault;
use super::schema::ON_ITS_WAY;
use super::words::{Word, list, sender};
use super::{Journal, JournalError};
use crate::engine::batch::{AttemptState, Entry, TrackerId};

impl Journal {
    /// Writes entries, in their order, wholly or not at all; they are on the disk when this returns.
    ///
    /// # Errors
    /// When one of them contradicts the tables (a second open attempt of a device, a second submission of a command),
    /// or when they cannot be written.
    pub fn commit(&mut self, entries: &[Entry]) -> Result<(), JournalError> {
        self.write(|connection| {
            let whole = |entry| write(connection, entry).map_err(|fault| explained(connection, entry, fault));
            entries.iter().try_for_each(whole)
        })
    }
}

/// What a broken constraint means for an entry.
fn explained(connection: &Connection, entry: &Entry, fault: Fault) -> Fault {
    let Fault::Sql(rusqlite::Error::SqliteFailure(code, Some(said))) = &fault else { return fault };
    if code.code != ErrorCode::ConstraintViolation {
        return fault;
    }
    // As SQLite names the columns of the two indexes `one_open` and `not_twice`, and a reference to nothing.
    match (said.strip_prefix("UNIQUE constraint failed: ").unwrap_or(said), entry) {
        ("attempt.device_key", Entry::Handed { tracker, .. }) => match on_its_way(connection, *tracker) {
            Ok(Some((name, batch))) => Fault::OnItsWay { name, batch },
            _ => fault,
        },
        ("attempt.command_id", Entry::Committed { attempt, .. } | Entry::Attempt { attempt, .. }) => {
            let what = format!("attempt {} would send a command again that may have arrived", attempt.0);
            Fault::Contradiction(what)
        }
        ("FOREIGN KEY constraint failed", _) => {
            Fault::Contradiction("it names something that is not there".to_owned())
        }
        _ => fault,
    }
}

/// The name of a tracker, and the batch that has something on its way to the same device.
fn on_its_way(connection: &Connection, tracker: TrackerId) -> Result<Option<(String, String)>, Fault> {
    let sql = format!(
        "SELECT ours.name, batch.name FROM tracker AS ours
         JOIN attempt ON attempt.device_key = ours.device_key AND {ON_ITS_WAY}
         JOIN command ON command.id = command_id JOIN tracker ON tracker.id = command.tracker_id
         JOIN batch ON batch.id = tracker.batch_id WHERE ours.id = ?1"
    );
    Ok(connection.query_row(&sql, [tracker.0], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
}

fn write(connection: &Connection, entry: &Entry) -> Result<(), Fault> {
    match entry {
        Entry::Command { .. } => command(connection, entry),
        Entry::Handed { .. } => handed(connection, entry),
        Entry::Committed { attempt, at_ms, day, messages } => {
            let sql = "UPDATE attempt SET state = 'committed', committed_ms = ?2, messages = ?3 WHERE id = ?1 AND state = 'handed'";
            let changed = connection.prepare_cached(sql)?.execute(params![id(attempt.0), at_ms, messages])?;
            one(changed, || format!("attempt {} was not handed over before it was let out", attempt.0))?;
            let sql = "INSERT INTO quota (courier_id, day, used)
                       SELECT courier_id, ?2, ?3 FROM attempt WHERE id = ?1
                       ON CONFLICT (courier_id, day) DO UPDATE SET used = used + excluded.used";
            connection.prepare_cached(sql)?.execute(params![id(attempt.0), day, messages])?;
            Ok(())
        }
        Entry::Attempt { .. } => outcome(connection, entry),
        Entry::Inbound { .. } => inbound(connection, entry),
        Entry::Stranger { .. } => super::strangers::keep(connection, entry),
        Entry::Evidence { attempt, kind, note, at_ms } => {
            let sql = "INSERT INTO evidence (attempt_id, at_ms, kind, note) VALUES (?1, ?2, ?3, ?4)";
            connection.prepare_cached(sql)?.execute(params![id(attempt.0), at_ms, kind.word(), note])?;
            Ok(())
        }
        Entry::Ended { tracker, ord, state, heard, shown, at_ms } => {
            let sql = "UPDATE command SET state = ?3, heard = ?4, shown = ?5, ended_ms = ?6
                       WHERE tracker_id = ?1 AND ord = ?2 AND heard IS NULL
                       AND round = (SELECT round FROM tracker WHERE id = ?1)";
            let values = params![tracker.0, ord, state.word(), heard.word(), list(shown), at_ms];
            let changed = connection.prepare_cached(sql)?.execute(values)?;
            one(changed, || format!("the command {ord} of tracker {} is not open", tracker.0))
        }
        Entry::Standing { .. } => standing(connection, entry),
        Entry::Reported { tracker, sentence, at_ms } => reported(connection, *tracker, sentence, *at_ms),
    }
}

fn id(attempt: u64) -> i64 {
    i64::try_from(attempt).unwrap_or(i64::MAX)
}

fn one(changed: usize, what: impl Fn() -> String) -> Result<(), Fault> {
    if changed == 1 { Ok(()) } else { Err(Fault::Contradiction(what())) }
}

fn command(connection: &Connection, entry: &Entry) -> Result<(), Fault> {
    let Entry::Command { tracker, ord, step, purpose, masked, messages, idempotent } = entry else {
        return Ok(());
    };
    let sql = "INSERT INTO command (tracker_id, round, ord, step, purpose, masked, messages, idempotent)
               SELECT id, round, ?2, ?3, ?4, ?5, ?6, ?7 FROM tracker WHERE id = ?1";
    let values = params![tracker.0, ord, step, purpose.word(), masked, messages, idempotent];
    let changed = connection.prepare_cached(sql)?.execute(values)?;
    one(changed, || format!("there is no tracker {}", tracker.0))
}

/// The row of a command of the present conversation.
fn command_row(connection: &Connection, tracker: TrackerId, ord: u32) -> Result<Option<i64>, Fault> {
    let sql = "SELECT command.id FROM command JOIN tracker ON tracker.id = command.tracker_id
               AND tracker.round = command.round WHERE tracker.id = ?1 AND ord = ?2";
    Ok(connection.prepare_cached(sql)?.query_row(params![tracker.0, ord], |row| row.get(0)).optional()?)
}

fn handed(connection: &Connection, entry: &Entry) -> Result<(), Fault> {
    let Entry::Handed { attempt, tracker, ord, n, why, courier, at_ms } = entry else { return Ok(()) };
    let command = command_row(connection, *tracker, *ord)?;
    let command =
        command.ok_or_else(|| Fault::Contradiction(format!("tracker {} has no command {ord}", tracker.0)))?;
    let sql = "INSERT INTO attempt (id, command_id, n, device_key, courier_id, why, state, handed_ms)
               SELECT ?1, ?2, ?3, device_key, ?4, ?5, 'handed', ?6 FROM tracker WHERE id = ?7";
    let values = params![id(attempt.0), command, n, courier.0, why.word(), at_ms, tracker.0];
    connection.prepare_cached(sql)?.execute(values)?;
    let sql = "UPDATE command SET state = 'unknown' WHERE id = ?1 AND heard IS NULL";
    connection.prepare_cached(sql)?.execute([command])?;
    Ok(())
}

fn is_there(connection: &Connection, tracker: Option<TrackerId>) -> Result<bool, Fault> {
    let sql = "SELECT EXISTS (SELECT 1 FROM tracker WHERE id = ?1)";
    let id = tracker.map(|tracker| tracker.0);
    Ok(connection.prepare_cached(sql)?.query_row([id], |row| row.get(0))?)
}

/// W3. What was taken is no longer in doubt, so a cause of doubt goes. What a courier let out without asking before was
/// let out by now at the latest.
fn outcome(connection: &Connection, entry: &Entry) -> Result<(), Fault> {
    let Entry::Attempt { attempt, state, references, cause, at_ms } = entry else { return Ok(()) };
    if matches!(state, AttemptState::Handed | AttemptState::Committed) {
        return Err(Fault::Contradiction(format!("attempt {} cannot end as {}", attempt.0, state.word())));
    }
    let sql = "UPDATE attempt SET state = ?2, outcome_ms = ?3,
               committed_ms = CASE WHEN ?2 IN ('accepted', 'answered', 'unanswered', 'unknown')
                              THEN ifnull(committed_ms, ?3) ELSE committed_ms END,
               refs = CASE WHEN ?4 = '[]' THEN refs ELSE ?4 END,
               code = CASE WHEN ?2 IN ('accepted', 'answered') THEN ?5 ELSE ifnull(?5, code) END,
               cause = CASE WHEN ?2 IN ('accepted', 'answered') THEN ?6 ELSE ifnull(?6, cause) END
               WHERE id = ?1";
    let (code, cause) = cause.as_ref().map_or((None, None), |(code, cause)| (code.as_ref(), Some(cause)));
    let values = params![id(attempt.0), state.word(), at_ms, list(references), code, cause];
    let changed = connection.prepare_cached(sql)?.execute(values)?;
    one(changed, || format!("there is no attempt {}", attempt.0))
}

fn inbound(connection: &Connection, entry: &Entry) -> Result<(), Fault> {
    let Entry::Inbound {
        courier,
        sender: from,
        sent_ms,
        at_ms,
        text,
        missing,
        print,
        tracker,
        attempt,
        why_not,
    } = entry
    else {
        return Ok(());
    };
    let (kind, name) = sender(from);
    let sql = "INSERT INTO inbound (batch_id, courier_id, tracker_id, attempt_id, sender_kind, sender, sent_ms, received_ms,
                                    text, missing, print, why_not)
               SELECT batch_id, ?1, id, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11 FROM tracker WHERE id = ?2";
    // Of a tracker that is done nobody but the journal remembers the messages: the same one again is no news. An answer
    // that would count twice is another matter.
    let again = if attempt.is_none() { " ON CONFLICT (batch_id, print) DO NOTHING" } else { "" };
    let changed = connection.prepare_cached(&format!("{sql}{again}"))?.execute(params![
        courier.0,
        tracker.map(|tracker| tracker.0),
        attempt.map(|attempt| id(attempt.0)),
        kind,
        name,
        sent_ms,
        at_ms,
        text,
        missing,
        print,
        why_not,
    ])?;
    if changed == 0 && attempt.is_none() && is_there(connection, *tracker)? {
        return Ok(());
    }
    one(changed, || "a message of no tracker was to be kept".to_owned())
}

fn standing(connection: &Connection, entry: &Entry) -> Result<(), Fault> {
    let Entry::Standing { tracker, standing, reason, sentence, done, firmware, at_ms } = entry else {
        return Ok(());
    };
    let [before, after] = firmware;
    let sql = "UPDATE tracker SET standing = ?2, reason = ?3, sentence = ?4, done = ?5, changed_ms = ?6,
               firmware_before = ifnull(?7, firmware_before), firmware_after = ifnull(?8, firmware_after)
               WHERE id = ?1 AND done = 0";
    let changed = connection.prepare_cached(sql)?.execute(params![
        tracker.0,
        standing.word(),
        reason.map(Word::word),
        sentence,
        done,
        at_ms,
        before,
        after
    ])?;
    one(changed, || format!("tracker {} was done already, or is not there", tracker.0))
}

fn reported(connection: &Connection, tracker: TrackerId, sentence: &str, at_ms: i64) -> Result<(), Fault> {
    let sql =
        "UPDATE tracker SET standing = 'reporting', reason = NULL, sentence = ?2, done = 1, changed_ms = ?3
               WHERE id = ?1 AND standing IN ('sent', 'acknowledged', 'verified', 'reporting', 'unknown')";
    let changed = connection.prepare_cached(sql)?.execute(params![tracker.0, sentence, at_ms])?;
    one(changed, || format!("tracker {} was sent nothing, or refused it: it cannot be reporting", tracker.0))
}
