//! Answers that came after their command was given up: in the journal, which keeps whatever came, also while another
//! batch was at work, and in the store of a modem. They are evidence that the command arrived; nothing is deleted here.

use crate::courier::modem::{self, Listed};
use crate::courier::{Via, ViaError};
use crate::engine::Sender;
use crate::journal::{Reader, StoredCommand, StoredStranger, StoredTracker};
use crate::profile::{Means, Profile};
use crate::tracker::Phone;
use crate::ui::{Failure, Term};
use crate::units::rfc_3339_seconds;

use super::book::profile_of;
use super::broken;
use super::kept::Kept;
use crate::cli::route::{busy, modem_options};

/// A service centre's time has whole seconds.
const SECOND_MS: i64 = 1000;

/// A message that may be an answer, and where it is.
struct Letter {
    sender: Sender,
    sent_ms: Option<i64>,
    text: String,
    is_whole: bool,
    place: String,
}

/// What lies in modems, and what strangers said.
pub(super) struct Stores(Vec<Letter>);

impl Stores {
    /// Reads the stores of the modems that are named; none of their messages is deleted.
    pub(super) fn read(vias: &[String], term: &mut Term) -> Result<Self, Failure> {
        let mut letters = Vec::new();
        for text in vias {
            let via: Via =
                text.parse().map_err(|error: ViaError| Failure::usage(&error).hint(error.hint()))?;
            let Via::Modem { port, .. } = &via else {
                return Err(Failure::usage(format!("{text} is no modem"))
                    .hint("--via modem:PORT; what came by a gateway is in the journal"));
            };
            let options = modem_options(&via, term)?;
            let spinner = term.spinner("reading the modem's messages");
            let found = modem::inbox(port, &options);
            spinner.finish_and_clear();
            let found = found.map_err(|trouble| busy(&trouble))?;
            if let Some(cause) = &found.ended {
                term.warn(&format!("{text}: {}: not all of its messages were read", cause.sentence));
            }
            letters.extend(found.messages.into_iter().map(|listed| letter(listed, text)));
        }
        Ok(Self(letters))
    }

    /// With what the journal keeps of strangers: a tracker of this batch is one to another that was at work.
    pub(super) fn and_strangers(mut self, journal: &Reader) -> Result<Self, Failure> {
        let each = &mut |stranger: StoredStranger| {
            self.0.push(Letter {
                sender: stranger.sender,
                sent_ms: stranger.sent_ms,
                text: stranger.text,
                is_whole: stranger.missing == 0,
                place: "the journal".to_owned(),
            });
        };
        journal.strangers(i64::MIN, each).map_err(|error| broken(&error))?;
        Ok(self)
    }

    /// What tells that a command arrived, as a sentence: an answer that names it, dated after it was let out.
    pub(super) fn evidence(
        &self,
        journal: &Reader,
        tracker: &StoredTracker,
        command: &StoredCommand,
    ) -> Result<Option<String>, Failure> {
        let Some(committed_ms) = command.attempts.last().and_then(|attempt| attempt.committed_ms) else {
            return Ok(None);
        };
        let profile = profile_of(journal, tracker).map_err(Failure::machine)?;
        let kept = journal.replies(tracker.id).map_err(|error| broken(&error))?;
        let kept: Vec<Letter> = kept
            .into_iter()
            .filter(|reply| reply.attempt.is_none())
            .map(|reply| Letter {
                sender: reply.sender,
                sent_ms: reply.sent_ms,
                text: reply.text,
                is_whole: reply.missing == 0,
                place: "the journal".to_owned(),
            })
            .collect();
        let phone = phone_of(tracker);
        let answers = |one: &&Letter| {
            one.is_whole
                && one.sent_ms.is_some_and(|sent_ms| sent_ms >= committed_ms - SECOND_MS)
                && phone.as_ref().is_some_and(|phone| one.sender.is(phone))
                && tells(&profile, &command.step, &one.text)
        };
        let found = kept.iter().chain(&self.0).find(answers);
        Ok(found.map(|one| {
            let when = one.sent_ms.map(rfc_3339_seconds).unwrap_or_default();
            format!("its answer of {when} is in {}", one.place)
        }))
    }
}

fn letter(listed: Listed, place: &str) -> Letter {
    Letter {
        sender: listed.sender,
        sent_ms: listed.sent_ms,
        text: listed.text,
        is_whole: listed.missing.0 == 0,
        place: place.to_owned(),
    }
}

fn phone_of(tracker: &StoredTracker) -> Option<Phone> {
    let row = Kept::read(&tracker.settings).ok()?.row();
    let (_, phone) = row.into_iter().find(|(name, _)| name == "phone")?;
    Phone::parse(&phone, None).ok()
}

/// Whether a message answers this very step: an `OK` that names no command may be another one's.
fn tells(profile: &Profile, step: &str, text: &str) -> bool {
    let Some(at) = profile.steps.iter().position(|known| known.id.value == step) else { return false };
    let lines = text.split(['\r', '\n']).filter(|line| !line.trim().is_empty());
    let mut readings = lines.filter_map(|line| profile.read_reply(at, line));
    readings.any(|reading| reading.telling && reading.means != Means::Pending)
}
