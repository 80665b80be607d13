//! What of a CSV is not as the journal has it, in words: where messages would go first, as a number that somebody
//! changed is another device's. It compares; what counts is always what the journal holds.

use std::collections::HashMap;

use crate::journal::{Batch, NewTracker, Reader};
use crate::ui::Failure;

use super::broken;
use super::kept::Kept;

/// A tracker as the journal has it.
struct Known {
    key: String,
    name: String,
    kept: Kept,
}

/// The first row that differs, as a sentence: the first one with another address before any other; none where a CSV says
/// the same in another way.
pub(super) fn first(
    journal: &Reader,
    batch: &Batch,
    trackers: &[NewTracker],
) -> Result<Option<String>, Failure> {
    let mut known: HashMap<String, Known> = HashMap::new();
    let all = journal.trackers(batch.id, &mut |stored| {
        if let Ok(kept) = Kept::read(&stored.settings) {
            let one = Known { key: stored.device_key.clone(), name: stored.name, kept };
            known.insert(stored.device_key, one);
        }
        true
    });
    all.map_err(|error| broken(&error))?;
    let here = |key: &str| trackers.iter().any(|tracker| tracker.device_key == key);
    let lost: HashMap<&str, &Known> =
        known.values().filter(|one| !here(&one.key)).map(|one| (one.name.as_str(), one)).collect();
    let mut other = None;
    for tracker in trackers {
        let Ok(now) = Kept::read(&tracker.settings) else { continue };
        // What is known by its number has another key with another number; its name is what is left.
        let before = known.get(&tracker.device_key).or_else(|| lost.get(tracker.name.as_str()).copied());
        match before {
            Some(before) => {
                if let Some(sentence) = address(tracker, &before.kept, &now) {
                    return Ok(Some(sentence));
                }
                if !before.kept.is_same(&now) {
                    other.get_or_insert_with(|| {
                        format!("line {} ({}) is another one", tracker.line, tracker.name)
                    });
                }
            }
            None => {
                other.get_or_insert_with(|| format!("line {} ({}) is new", tracker.line, tracker.name));
            }
        }
    }
    Ok(other.or_else(|| {
        let gone = known.values().find(|one| !here(&one.key));
        gone.map(|one| format!("{} is not in it any more", one.name))
    }))
}

/// That a row has another address than it had.
pub(super) fn address(tracker: &NewTracker, before: &Kept, now: &Kept) -> Option<String> {
    let pairs = before.addresses().into_iter().zip(now.addresses());
    let other = pairs.into_iter().find(|((_, before), (_, now))| before != now);
    other.map(|((name, before), (_, now))| {
        let said = |value: Option<&str>| value.map_or_else(|| "none".to_owned(), str::to_owned);
        format!(
            "line {} ({}) has the {name} {}, and the journal {}",
            tracker.line,
            tracker.name,
            said(now),
            said(before)
        )
    })
}
