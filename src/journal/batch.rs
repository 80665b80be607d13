//! Batches and their trackers: made, found, counted. What happens to them is written elsewhere.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::error::Fault;
use super::schema::ON_ITS_WAY;
use super::words::{Word, read};
use super::{Journal, JournalError, Reader};
use crate::engine::batch::CourierId;
use crate::engine::{Recipient, Standing};
use crate::profile::FormName;
use crate::tracker::{Iccid, Phone};

/// A batch: its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BatchId(pub i64);

/// How far a batch is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BatchState {
    /// It is worked on, or was when its process ended.
    Open,
    /// It stopped before its end and can be gone on with.
    Paused,
    /// Nothing is left to do.
    Done,
    /// A person wants nothing more of it.
    Cancelled,
}

/// A batch as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// Its row.
    pub id: BatchId,
    /// Its name, unique in the journal.
    pub name: String,
    /// The path of the CSV that it began with.
    pub file: String,
    /// The SHA-256 of that file, in hexadecimal digits.
    pub file_sha256: String,
    /// In which form its commands travel.
    pub form: FormName,
    /// What it was begun with, as its maker wrote it.
    pub options: String,
    /// When it was made, in milliseconds since 1970.
    pub created_ms: i64,
    /// How far it is.
    pub state: BatchState,
}

/// A batch to be made.
#[derive(Debug, Clone)]
pub struct BatchSpec {
    /// Its name.
    pub name: String,
    /// The path of its CSV.
    pub file: String,
    /// The SHA-256 of that file.
    pub file_sha256: String,
    /// In which form its commands travel.
    pub form: FormName,
    /// What it is begun with; not looked at here.
    pub options: String,
    /// When, in milliseconds since 1970.
    pub created_ms: i64,
    /// The profiles of its trackers, each once.
    pub profiles: Vec<ProfileText>,
}

/// A profile as a batch begins with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileText {
    /// Its id.
    pub name: String,
    /// Its text.
    pub toml: String,
}

/// A tracker to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTracker {
    /// Its line in the CSV.
    pub line: u64,
    /// What people call it.
    pub name: String,
    /// What tells it from others.
    pub device_key: String,
    /// The id of its profile, which is among the batch's.
    pub profile: String,
    /// Whom messages for it are for.
    pub to: Recipient,
    /// The identity to register at the platform.
    pub register: Option<String>,
    /// All of it without its secrets; not looked at here.
    pub settings: String,
}

/// The SHA-256 of a text, in hexadecimal digits.
#[must_use]
pub fn sha256(text: &str) -> String {
    sha256_bytes(text.as_bytes())
}

/// The SHA-256 of octets, in hexadecimal digits.
#[must_use]
pub fn sha256_bytes(bytes: &[u8]) -> String {
    let digest = ring::digest::digest(&ring::digest::SHA256, bytes);
    digest.as_ref().iter().map(|octet| format!("{octet:02x}")).collect()
}

const COLUMNS: &str = "id, name, file, file_sha256, form, options, created_ms, state";

fn batch(row: &Row<'_>) -> Result<Batch, Fault> {
    Ok(Batch {
        id: BatchId(row.get(0)?),
        name: row.get(1)?,
        file: row.get(2)?,
        file_sha256: row.get(3)?,
        form: read(&row.get::<_, String>(4)?)?,
        options: row.get(5)?,
        created_ms: row.get(6)?,
        state: read(&row.get::<_, String>(7)?)?,
    })
}

impl Reader {
    /// The batch of this name.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn batch(&self, name: &str) -> Result<Option<Batch>, JournalError> {
        self.read(|connection| {
            let sql = format!("SELECT {COLUMNS} FROM batch WHERE name = ?1");
            let found =
                connection.prepare_cached(&sql)?.query_row([name], |row| Ok(batch(row))).optional()?;
            found.transpose()
        })
    }

    /// A batch by its row.
    ///
    /// # Errors
    /// When there is none, or when the journal cannot be read.
    pub fn batch_by_id(&self, id: BatchId) -> Result<Batch, JournalError> {
        self.read(|connection| {
            let sql = format!("SELECT {COLUMNS} FROM batch WHERE id = ?1");
            let found =
                connection.prepare_cached(&sql)?.query_row([id.0], |row| Ok(batch(row))).optional()?;
            found.unwrap_or_else(|| Err(Fault::Unknown(format!("batch {}", id.0))))
        })
    }

    /// All batches, the latest first.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn batches(&self) -> Result<Vec<Batch>, JournalError> {
        self.read(|connection| {
            let mut statement =
                connection.prepare(&format!("SELECT {COLUMNS} FROM batch ORDER BY id DESC"))?;
            let rows = statement.query_map([], |row| Ok(batch(row)))?;
            rows.map(|row| row?).collect()
        })
    }

    /// How many trackers of a batch stand where, and for how many something is left to do.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn counts(&self, id: BatchId) -> Result<Vec<(Standing, u64, u64)>, JournalError> {
        self.read(|connection| {
            let sql = "SELECT standing, count(*), count(*) - sum(done) FROM tracker WHERE batch_id = ?1 GROUP BY standing";
            let mut statement = connection.prepare_cached(sql)?;
            let rows = statement.query_map([id.0], |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?, row.get::<_, i64>(2)?))
            })?;
            let mut counts = Vec::new();
            for row in rows {
                let (standing, count, open) = row?;
                counts.push((read(&standing)?, count.unsigned_abs(), open.unsigned_abs()));
            }
            Ok(counts)
        })
    }
}

impl Journal {
    /// Makes a batch with its trackers, wholly or not at all.
    ///
    /// # Errors
    /// When its name is taken, when two trackers are the same one, or when it cannot be written.
    pub fn create_batch(
        &mut self,
        spec: &BatchSpec,
        trackers: impl IntoIterator<Item = NewTracker>,
    ) -> Result<BatchId, JournalError> {
        if self.batch(&spec.name)?.is_some() {
            return Err(JournalError::NameTaken { path: self.path().to_owned(), name: spec.name.clone() });
        }
        self.write(|connection| {
            let sql = "INSERT INTO batch (name, file, file_sha256, form, options, created_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
            let values = params![spec.name, spec.file, spec.file_sha256, spec.form.word(), spec.options, spec.created_ms];
            connection.execute(sql, values)?;
            let id = BatchId(connection.last_insert_rowid());
            let profiles = keep_profiles(connection, &spec.profiles)?;
            for tracker in trackers {
                add(connection, id, &tracker, &profiles)?;
            }
            Ok(id)
        })
    }

    /// Takes a batch back that was made and not begun.
    ///
    /// # Errors
    /// When there is no such batch, when a command of it was begun, or when it cannot be written.
    pub fn withdraw(&mut self, id: BatchId) -> Result<(), JournalError> {
        self.write(|connection| {
            let sql =
                "SELECT count(*) FROM command JOIN tracker ON tracker.id = tracker_id WHERE batch_id = ?1";
            let begun: i64 = connection.query_row(sql, [id.0], |row| row.get(0))?;
            if begun > 0 {
                return Err(Fault::Contradiction(format!("the batch {} was begun", id.0)));
            }
            connection.execute("DELETE FROM tracker WHERE batch_id = ?1", [id.0])?;
            if connection.execute("DELETE FROM batch WHERE id = ?1", [id.0])? == 0 {
                return Err(Fault::Unknown(format!("batch {}", id.0)));
            }
            Ok(())
        })
    }

    /// Says how far a batch is. While one is at work no other one is, whatever became of the process that had it. Nobody waits any more for what a cancelled one has on its way: that ends as far as it is
    /// known, and its trackers are free for another batch.
    ///
    /// # Errors
    /// When there is no such batch, when it was cancelled and is to be anything else, or when it cannot be written.
    pub fn set_state(&mut self, id: BatchId, state: BatchState) -> Result<(), JournalError> {
        self.write(|connection| {
            let was: Option<String> = connection
                .query_row("SELECT state FROM batch WHERE id = ?1", [id.0], |row| row.get(0))
                .optional()?;
            let was: BatchState = read(&was.ok_or_else(|| Fault::Unknown(format!("batch {}", id.0)))?)?;
            if was == BatchState::Cancelled && state != was {
                return Err(Fault::Contradiction(format!("the batch {} was cancelled", id.0)));
            }
            connection.execute("UPDATE batch SET state = ?2 WHERE id = ?1", params![id.0, state.word()])?;
            if state == BatchState::Open {
                let sql = "UPDATE batch SET state = 'paused' WHERE state = 'open' AND id <> ?1";
                connection.execute(sql, [id.0])?;
            }
            if state == BatchState::Cancelled {
                settle(connection, "tracker.batch_id = ?1", [id.0])?;
            }
            Ok(())
        })
    }

    /// The row of a courier, made when there is none. A modem with its card is the same one on any port.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn courier(
        &mut self,
        spec: &str,
        imei: Option<&str>,
        imsi: Option<&str>,
    ) -> Result<CourierId, JournalError> {
        self.write(|connection| {
            let by_card = "SELECT id FROM courier WHERE imei = ?1 AND imsi = ?2";
            let by_spec =
                "SELECT id FROM courier WHERE spec = ?1 AND ifnull(imei, '') = ?2 AND ifnull(imsi, '') = ?3";
            let id = |row: &Row<'_>| row.get::<_, i64>(0);
            let found = match (imei, imsi) {
                (Some(imei), Some(imsi)) => connection.query_row(by_card, [imei, imsi], id),
                _ => connection.query_row(
                    by_spec,
                    [spec, imei.unwrap_or_default(), imsi.unwrap_or_default()],
                    id,
                ),
            };
            if let Some(found) = found.optional()? {
                return Ok(CourierId(found));
            }
            connection.execute(
                "INSERT INTO courier (spec, imei, imsi) VALUES (?1, ?2, ?3)",
                params![spec, imei, imsi],
            )?;
            Ok(CourierId(connection.last_insert_rowid()))
        })
    }
}

/// Ends attempts that nobody waits for any more, as far as each is known: what was not let out was not sent, what was
/// accepted stays without an answer, and of the rest nobody knows.
pub(super) fn settle(
    connection: &Connection,
    which: &str,
    values: impl rusqlite::Params,
) -> Result<(), Fault> {
    let sql = format!(
        "UPDATE attempt SET state = CASE state WHEN 'handed' THEN 'not_sent' WHEN 'accepted' THEN 'unanswered' ELSE 'unknown' END
         WHERE {ON_ITS_WAY} AND command_id IN
             (SELECT command.id FROM command JOIN tracker ON tracker.id = tracker_id WHERE {which})"
    );
    connection.execute(&sql, values)?;
    Ok(())
}

/// The rows of profiles by their names; a text is kept once.
pub(super) fn keep_profiles<'p>(
    connection: &Connection,
    profiles: &'p [ProfileText],
) -> Result<HashMap<&'p str, i64>, Fault> {
    let mut rows = HashMap::with_capacity(profiles.len());
    for profile in profiles {
        let sha256 = sha256(&profile.toml);
        let sql =
            "INSERT INTO profile (sha256, name, toml) VALUES (?1, ?2, ?3) ON CONFLICT (sha256) DO NOTHING";
        connection.prepare_cached(sql)?.execute(params![sha256, profile.name, profile.toml])?;
        let sql = "SELECT id FROM profile WHERE sha256 = ?1";
        rows.insert(
            profile.name.as_str(),
            connection.prepare_cached(sql)?.query_row([sha256], |row| row.get(0))?,
        );
    }
    Ok(rows)
}

/// The row of a tracker's profile.
pub(super) fn profile_row(rows: &HashMap<&str, i64>, name: &str) -> Result<i64, Fault> {
    let row = rows.get(name).copied();
    row.ok_or_else(|| Fault::Contradiction(format!("the profile {name} was not given with the batch")))
}

/// Keeps a tracker.
pub(super) fn add(
    connection: &Connection,
    id: BatchId,
    tracker: &NewTracker,
    profiles: &HashMap<&str, i64>,
) -> Result<(), Fault> {
    let profile = profile_row(profiles, &tracker.profile)?;
    let sql = "INSERT INTO tracker (batch_id, line, name, device_key, profile_id, phone, iccid, sim_id, register, settings)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    let to = &tracker.to;
    let added = connection.prepare_cached(sql)?.execute(params![
        id.0,
        i64::try_from(tracker.line).unwrap_or(i64::MAX),
        tracker.name,
        tracker.device_key,
        profile,
        to.phone.as_ref().map(Phone::as_str),
        to.iccid.as_ref().map(Iccid::as_str),
        to.sim_id,
        tracker.register,
        tracker.settings,
    ]);
    added.map_err(|error| twice(connection, id, tracker).unwrap_or_else(|| error.into()))?;
    Ok(())
}

/// What is wrong when a device is in the batch already.
fn twice(connection: &Connection, id: BatchId, tracker: &NewTracker) -> Option<Fault> {
    let sql = "SELECT line FROM tracker WHERE batch_id = ?1 AND device_key = ?2";
    let found = connection.query_row(sql, params![id.0, tracker.device_key], |row| row.get(0)).optional();
    let (key, line) = (&tracker.device_key, tracker.line);
    let first: i64 = found.ok()??;
    Some(Fault::Contradiction(format!("lines {first} and {line} are the same device, {key}")))
}
