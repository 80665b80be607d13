//! Which dialect does a tracker obey? Read-only questions of several profiles, and what their answers tell.
//! Pure: it asks nothing itself, and it names a profile only on an answer that was recognised.

use std::sync::Arc;

use crate::profile::{FormName, Means, Profile, Reading};

/// One question that changes nothing.
#[derive(Debug, Clone)]
pub struct Question {
    /// Place of the profile in the list of candidates.
    pub candidate: usize,
    /// Place of the step in the profile.
    pub step: usize,
}

/// An answer that was recognised.
#[derive(Debug, Clone)]
pub struct Told {
    /// Place of the profile in the list of candidates.
    pub candidate: usize,
    /// The question's name.
    pub step: String,
    /// What the answer says.
    pub reading: Reading,
}

/// What the answers come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// One dialect was recognised.
    Is(usize),
    /// Several were: they cannot be told apart by these questions.
    Either(Vec<usize>),
    /// Something answered, and no known form fits.
    NotRecognised,
    /// Nothing answered.
    Silent,
}

/// The questions of all candidates, each profile's most telling one first, then the next of each.
#[must_use]
pub fn questions(candidates: &[Arc<Profile>], form: FormName) -> Vec<Question> {
    let routines: Vec<&[usize]> =
        candidates.iter().map(|profile| profile.routine("identify").unwrap_or_default()).collect();
    let rounds = routines.iter().map(|routine| routine.len()).max().unwrap_or(0);
    let mut questions = Vec::new();
    for round in 0..rounds {
        for (candidate, routine) in routines.iter().enumerate() {
            let Some(step) = routine.get(round) else { continue };
            if candidates[candidate].form(form).is_some() {
                questions.push(Question { candidate, step: *step });
            }
        }
    }
    questions
}

/// What the recognised answers come to. `heard` tells whether anything at all came back.
#[must_use]
pub fn verdict(told: &[Told], heard: bool) -> Verdict {
    let mut found: Vec<usize> = told.iter().map(|told| told.candidate).collect();
    found.sort_unstable();
    found.dedup();
    match found.as_slice() {
        [one] => Verdict::Is(*one),
        [] if heard => Verdict::NotRecognised,
        [] => Verdict::Silent,
        _ => Verdict::Either(found),
    }
}

/// What a tracker told about itself: firmware, IMEI and the like, each once.
#[must_use]
pub fn facts(told: &[Told]) -> Vec<(String, String)> {
    let mut facts: Vec<(String, String)> = Vec::new();
    let values =
        told.iter().filter(|told| told.reading.means == Means::Value).flat_map(|told| &told.reading.values);
    for (name, value) in values {
        if facts.iter().all(|(known, _)| known != name) {
            facts.push((name.clone(), value.clone()));
        }
    }
    facts
}
