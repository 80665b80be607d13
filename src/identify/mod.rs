//! Which dialect does a tracker obey? Read-only questions of several profiles, and what their answers tell.
//! Pure: it asks nothing itself, and it names a profile only on an answer that was recognised.

mod harm;
mod survey;
mod told;

use std::collections::BTreeSet;
use std::sync::Arc;

pub use harm::Deed;
pub use survey::{Answered, Inquiry, Survey, Wording};
pub use told::{Shows, Told};

use crate::profile::{FormName, Means, Profile};

/// One question that changes nothing.
#[derive(Debug, Clone)]
pub struct Question {
    /// Place of the profile in the list of candidates.
    pub candidate: usize,
    /// Place of the step in the profile.
    pub step: usize,
}

/// What came back over all questions.
#[derive(Debug, Clone, Default)]
pub struct Heard {
    /// Answers that were recognised.
    pub told: Vec<Told>,
    /// Something that is neither silence nor an echo came back.
    pub any: bool,
    /// Only our own words came back to some question.
    pub echo: bool,
    /// A modem answered `AT`.
    pub modem: bool,
    /// Bytes that are no text came back.
    pub garbage: bool,
}

/// What the answers come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// One dialect was recognised.
    Is(usize),
    /// Several were: they cannot be told apart by these questions.
    Either(Vec<usize>),
    /// The words are known, and are not those of one family alone: these may have said them.
    Alike(Vec<usize>),
    /// A modem's own AT port answered.
    ModemPort,
    /// What came back is no text.
    Garbage,
    /// Something answered, and no known form fits.
    NotRecognised,
    /// Only our own words came back.
    OnlyEcho,
    /// Nothing answered.
    Silent,
}

impl Verdict {
    /// The word in JSON.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Is(_) => "recognised",
            Self::Either(_) => "several",
            Self::Alike(_) => "alike",
            Self::ModemPort => "modem_port",
            Self::Garbage => "garbage",
            Self::NotRecognised => "not_recognised",
            Self::OnlyEcho => "only_echo",
            Self::Silent => "silent",
        }
    }

    /// The verdict as one sentence over the candidates.
    #[must_use]
    pub fn sentence(&self, candidates: &[Arc<Profile>]) -> String {
        let text = match self {
            Self::Is(one) => return format!("it obeys the dialect of {}", candidates[*one].name),
            Self::Either(several) => {
                let ids: Vec<&str> = several.iter().map(|at| candidates[*at].id.as_str()).collect();
                return format!(
                    "it answers as {} do, these questions do not tell them apart",
                    ids.join(" and ")
                );
            }
            Self::Alike(several) => {
                let ids: Vec<&str> = several.iter().map(|at| candidates[*at].id.as_str()).collect();
                return format!(
                    "it answers in words of several makers, and in none that a source gives for one alone; it may be {}",
                    ids.join(" or ")
                );
            }
            Self::ModemPort => "a modem's own AT port answers here, not a tracker's configuration port",
            Self::Garbage => "what came back is no text",
            Self::NotRecognised => "something answers, and no known dialect does so",
            Self::OnlyEcho => "only an echo of our own words came back",
            Self::Silent => {
                "nothing came back: wrong password, another dialect, the tracker asleep or off, or a charge-only cable"
            }
        };
        text.to_owned()
    }
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

/// What the answers come to.
#[must_use]
pub fn verdict(heard: &Heard) -> Verdict {
    let candidates = |wanted: fn(Shows) -> bool| -> Vec<usize> {
        let told = heard.told.iter().filter(|told| wanted(told.shows)).map(|told| told.candidate);
        told.collect::<BTreeSet<_>>().into_iter().collect()
    };
    let (found, alike) = (candidates(|shows| shows == Shows::Who), candidates(|shows| shows < Shows::Who));
    match found.as_slice() {
        [one] => Verdict::Is(*one),
        [_, ..] => Verdict::Either(found),
        [] if !alike.is_empty() => Verdict::Alike(alike),
        [] if heard.modem => Verdict::ModemPort,
        [] if heard.garbage => Verdict::Garbage,
        [] if heard.any => Verdict::NotRecognised,
        [] if heard.echo => Verdict::OnlyEcho,
        [] => Verdict::Silent,
    }
}

/// What a tracker told about itself: firmware, IMEI and the like, each once. Secrets are left out.
#[must_use]
pub fn facts(candidates: &[Arc<Profile>], told: &[Told]) -> Vec<(String, String)> {
    let mut facts: Vec<(String, String)> = Vec::new();
    for told in told.iter().filter(|told| told.reading.means == Means::Value) {
        let profile = &candidates[told.candidate];
        for (name, value) in
            told.reading.values.iter().filter(|(name, value)| !value.is_empty() && !profile.is_secret(name))
        {
            if facts.iter().all(|(known, _)| known != name) {
                facts.push((name.clone(), value.clone()));
            }
        }
    }
    facts
}
