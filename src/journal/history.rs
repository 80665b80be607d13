//! What is kept of trackers, commands and attempts, for reports and for making conversations of it.

use rusqlite::{Connection, OptionalExtension, Row};

use super::error::Fault;
use super::words::{list_of, read, sender_of};
use super::{BatchId, JournalError, Reader};
use crate::engine::batch::{AttemptState, EvidenceKind, TrackerId, Why};
use crate::engine::{AttemptId, Purpose, Reason, Sender, Standing, State};

/// A profile's text as a batch began with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredProfile {
    /// Its id.
    pub name: String,
    /// The SHA-256 of its text.
    pub sha256: String,
    /// Its text.
    pub toml: String,
}

/// A tracker as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredTracker {
    /// Its row.
    pub id: TrackerId,
    /// Its line in the CSV, from 1; 0 when the CSV that was given last does not have it.
    pub line: u64,
    /// What people call it.
    pub name: String,
    /// What tells it from others.
    pub device_key: String,
    /// The id of its profile.
    pub profile: String,
    /// The SHA-256 of its profile's text.
    pub profile_sha256: String,
    /// The identity to register at the platform.
    pub register: Option<String>,
    /// All of it without its secrets, as the maker of the batch wrote it.
    pub settings: String,
    /// Where it stands.
    pub standing: Standing,
    /// Why.
    pub reason: Option<Reason>,
    /// The same as a sentence.
    pub sentence: String,
    /// Nothing is left to do for it.
    pub done: bool,
    /// Its firmware before the first command that sets something.
    pub firmware_before: Option<String>,
    /// Its firmware after the last.
    pub firmware_after: Option<String>,
}

/// A command of a tracker's present conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredCommand {
    /// Which turn.
    pub ord: u32,
    /// The step.
    pub step: String,
    /// What for.
    pub purpose: Purpose,
    /// The text, its secrets masked.
    pub masked: String,
    /// How far it got.
    pub state: State,
    /// It is over.
    pub ended: bool,
    /// The answer, its secrets masked.
    pub shown: Vec<String>,
    /// Its attempts.
    pub attempts: Vec<StoredAttempt>,
}

/// An attempt of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredAttempt {
    /// Its number.
    pub id: AttemptId,
    /// Which one of its command.
    pub n: u32,
    /// Why it was made.
    pub why: Why,
    /// How far it got.
    pub state: AttemptState,
    /// The courier.
    pub courier: String,
    /// When it was handed over, in milliseconds since 1970.
    pub handed_ms: i64,
    /// When it was let out.
    pub committed_ms: Option<i64>,
    /// When its outcome came.
    pub outcome_ms: Option<i64>,
    /// What the network or the gateway calls it.
    pub references: Vec<String>,
    /// Why it ended so.
    pub cause: Option<String>,
    /// What else is known of it.
    pub evidence: Vec<StoredEvidence>,
}

/// Something that says more about an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEvidence {
    /// When, in milliseconds since 1970.
    pub at_ms: i64,
    /// What kind.
    pub kind: EvidenceKind,
    /// In words.
    pub note: String,
}

/// A message of a tracker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredReply {
    /// The attempt that it counts for.
    pub attempt: Option<AttemptId>,
    /// Why it counts for none.
    pub why_not: Option<String>,
    /// Who sent it, as the network says.
    pub sender: Sender,
    /// When the service centre or the gateway got it, in milliseconds since 1970.
    pub sent_ms: Option<i64>,
    /// When it came here.
    pub received_ms: i64,
    /// The text, as it came.
    pub text: String,
    /// Parts of it that did not come.
    pub missing: u8,
}

const TRACKER: &str =
    "SELECT tracker.id, line, tracker.name, device_key, profile.name, sha256, register, settings, standing,
                       reason, sentence, done, firmware_before, firmware_after
                       FROM tracker JOIN profile ON profile.id = profile_id";

fn tracker(row: &Row<'_>) -> Result<StoredTracker, Fault> {
    let reason: Option<String> = row.get(9)?;
    Ok(StoredTracker {
        id: TrackerId(row.get(0)?),
        line: row.get::<_, i64>(1)?.unsigned_abs(),
        name: row.get(2)?,
        device_key: row.get(3)?,
        profile: row.get(4)?,
        profile_sha256: row.get(5)?,
        register: row.get(6)?,
        settings: row.get(7)?,
        standing: read(&row.get::<_, String>(8)?)?,
        reason: reason.map(|reason| read(&reason)).transpose()?,
        sentence: row.get(10)?,
        done: row.get(11)?,
        firmware_before: row.get(12)?,
        firmware_after: row.get(13)?,
    })
}

impl Reader {
    /// A profile's text by its hash.
    ///
    /// # Errors
    /// When it is not there, or when the journal cannot be read.
    pub fn profile(&self, sha256: &str) -> Result<StoredProfile, JournalError> {
        self.read(|connection| {
            let sql = "SELECT name, sha256, toml FROM profile WHERE sha256 = ?1";
            let profile = |row: &Row<'_>| {
                Ok(StoredProfile { name: row.get(0)?, sha256: row.get(1)?, toml: row.get(2)? })
            };
            let found = connection.prepare_cached(sql)?.query_row([sha256], profile).optional()?;
            found.ok_or_else(|| Fault::Unknown(format!("profile with the hash {sha256}")))
        })
    }

    /// A tracker by its row.
    ///
    /// # Errors
    /// When it is not there, or when the journal cannot be read.
    pub fn tracker(&self, id: TrackerId) -> Result<StoredTracker, JournalError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&format!("{TRACKER} WHERE tracker.id = ?1"))?;
            let found = statement.query_row([id.0], |row| Ok(tracker(row))).optional()?;
            found.unwrap_or_else(|| Err(Fault::Unknown(format!("tracker {}", id.0))))
        })
    }

    /// Hands every tracker of a batch to `each`, in the order of the CSV; it stops when that says so.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn trackers(
        &self,
        id: BatchId,
        each: &mut dyn FnMut(StoredTracker) -> bool,
    ) -> Result<(), JournalError> {
        self.read(|connection| {
            let mut statement = connection
                .prepare(&format!("{TRACKER} WHERE batch_id = ?1 ORDER BY line = 0, line, tracker.id"))?;
            let mut rows = statement.query([id.0])?;
            while let Some(row) = rows.next()? {
                if !each(tracker(row)?) {
                    break;
                }
            }
            Ok(())
        })
    }

    /// The commands of a tracker's present conversation, with everything that is known of them.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn commands(&self, tracker: TrackerId) -> Result<Vec<StoredCommand>, JournalError> {
        self.read(|connection| {
            let sql =
                "SELECT command.id, ord, step, purpose, masked, state, heard IS NOT NULL, shown FROM command
                       JOIN tracker ON tracker.id = tracker_id AND tracker.round = command.round
                       WHERE tracker_id = ?1 ORDER BY ord";
            let mut statement = connection.prepare_cached(sql)?;
            let mut rows = statement.query([tracker.0])?;
            let mut commands = Vec::new();
            while let Some(row) = rows.next()? {
                commands.push(StoredCommand {
                    ord: row.get(1)?,
                    step: row.get(2)?,
                    purpose: read(&row.get::<_, String>(3)?)?,
                    masked: row.get(4)?,
                    state: read(&row.get::<_, String>(5)?)?,
                    ended: row.get(6)?,
                    shown: list_of(&row.get::<_, String>(7)?)?,
                    attempts: attempts(connection, row.get(0)?)?,
                });
            }
            Ok(commands)
        })
    }

    /// Every message of a tracker in its batch, in the order in which they came, also those that count for nothing.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn replies(&self, tracker: TrackerId) -> Result<Vec<StoredReply>, JournalError> {
        self.read(|connection| {
            let sql = "SELECT attempt_id, why_not, sender_kind, sender, sent_ms, received_ms, text, missing FROM inbound
                       WHERE tracker_id = ?1 ORDER BY id";
            let mut statement = connection.prepare_cached(sql)?;
            let mut rows = statement.query([tracker.0])?;
            let mut replies = Vec::new();
            while let Some(row) = rows.next()? {
                let attempt: Option<i64> = row.get(0)?;
                replies.push(StoredReply {
                    attempt: attempt.map(|id| AttemptId(id.unsigned_abs())),
                    why_not: row.get(1)?,
                    sender: sender_of(&row.get::<_, String>(2)?, row.get(3)?)?,
                    sent_ms: row.get(4)?,
                    received_ms: row.get(5)?,
                    text: row.get(6)?,
                    missing: row.get(7)?,
                });
            }
            Ok(replies)
        })
    }
}

fn attempts(connection: &Connection, command: i64) -> Result<Vec<StoredAttempt>, Fault> {
    let sql = "SELECT attempt.id, n, why, state, spec, handed_ms, committed_ms, outcome_ms, refs, cause FROM attempt
               JOIN courier ON courier.id = courier_id WHERE command_id = ?1 ORDER BY n";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([command])?;
    let mut attempts = Vec::new();
    while let Some(row) = rows.next()? {
        let id: i64 = row.get(0)?;
        attempts.push(StoredAttempt {
            id: AttemptId(id.unsigned_abs()),
            n: row.get(1)?,
            why: read(&row.get::<_, String>(2)?)?,
            state: read(&row.get::<_, String>(3)?)?,
            courier: row.get(4)?,
            handed_ms: row.get(5)?,
            committed_ms: row.get(6)?,
            outcome_ms: row.get(7)?,
            references: list_of(&row.get::<_, String>(8)?)?,
            cause: row.get(9)?,
            evidence: evidence(connection, id)?,
        });
    }
    Ok(attempts)
}

fn evidence(connection: &Connection, attempt: i64) -> Result<Vec<StoredEvidence>, Fault> {
    let sql = "SELECT at_ms, kind, note FROM evidence WHERE attempt_id = ?1 ORDER BY id";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([attempt])?;
    let mut evidence = Vec::new();
    while let Some(row) = rows.next()? {
        let kind = read(&row.get::<_, String>(1)?)?;
        evidence.push(StoredEvidence { at_ms: row.get(0)?, kind, note: row.get(2)? });
    }
    Ok(evidence)
}
