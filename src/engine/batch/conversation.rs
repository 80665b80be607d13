//! One tracker of a batch that was begun: its conversation, and how far the command at hand is.

use std::time::Duration;

use super::entry::{CourierId, Why};
use crate::engine::mail::AttemptId;
use crate::engine::session::{Session, Turn as Words};

/// A conversation that is not over.
#[derive(Debug)]
pub(super) struct Conversation {
    pub(super) session: Session,
    /// The command at hand.
    pub(super) words: Words,
    /// Which turn of the conversation it is.
    pub(super) ord: u32,
    /// It stands in the journal.
    pub(super) written: bool,
    /// Attempts of it so far.
    pub(super) attempts: u32,
    /// How often nothing of it left, and how often it was refused for now.
    pub(super) kept: u32,
    pub(super) refused: usize,
    pub(super) hand: Hand,
    /// The courier that everything goes by, from the first message on.
    pub(super) courier: Option<CourierId>,
    /// What came for the command at hand, line by line.
    pub(super) lines: Vec<String>,
    /// The latest time that the service centre gave an answer which counted.
    pub(super) newest_ms: Option<i64>,
    /// The reference of a report that the command at hand was delivered, from before its courier had its word.
    pub(super) delivered: Option<String>,
    /// Earlier commands that ended without a word of their courier, so that nobody knows what a report on them would name.
    pub(super) unreferred: Vec<AttemptId>,
    /// What its courier has called its messages in this run.
    pub(super) references: Vec<(CourierId, String)>,
    /// It was not begun in this run.
    pub(super) resumed: bool,
    /// It stands in a queue.
    pub(super) queued: bool,
}

/// How far the command at hand is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Hand {
    /// To be handed over, not before that time.
    Ready { not_before: Duration, why: Why },
    /// With a courier.
    Given { attempt: AttemptId, committed_ms: Option<i64> },
    /// It may have arrived: an answer is waited for.
    Waiting {
        attempt: AttemptId,
        committed_ms: i64,
        until: Duration,
        /// Why nobody knows whether it arrived.
        doubt: Option<String>,
    },
}

impl Hand {
    /// The attempt, and when it was let out.
    pub(super) fn attempt(&self) -> Option<(AttemptId, Option<i64>)> {
        match self {
            Self::Ready { .. } => None,
            Self::Given { attempt, committed_ms } => Some((*attempt, *committed_ms)),
            Self::Waiting { attempt, committed_ms, .. } => Some((*attempt, Some(*committed_ms))),
        }
    }
}

/// The lines of an answer: those of each message that came, without empty ones.
pub(super) fn lines<'t>(texts: impl IntoIterator<Item = &'t str>) -> Vec<String> {
    let lines = texts.into_iter().flat_map(|text| text.split(['\r', '\n']));
    lines.filter(|line| !line.trim().is_empty()).map(str::to_owned).collect()
}
