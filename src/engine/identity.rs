//! Whose answer it is: the ids that an answer tells, against those of the tracker that is meant.
//! It compares, and leaves to the conversation what follows.

use std::borrow::Cow;

use crate::profile::{Profile, Step};
use crate::tracker::Tracker;

/// The names by which an answer tells who the tracker is.
const IDS: [&str; 3] = ["imei", "maker_id", "device_id"];

/// An id that an answer tells and that is not the one of the tracker that is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Other {
    /// Its name in a profile.
    name: String,
    told: String,
    meant: String,
}

impl Other {
    /// What the answer says, as the beginning of a sentence.
    pub(super) fn sentence(&self) -> String {
        let Self { name, told, meant } = self;
        let what = if name == "imei" { "IMEI" } else { "id" };
        format!("this tracker says its {what} is {told}, the plan is for {meant}")
    }
}

/// Whether a name tells who the tracker is. An id that the profile's commands write is a setting like any other.
pub(super) fn is_id(profile: &Profile, name: &str) -> bool {
    IDS.contains(&name) && !profile.steps.iter().any(|step| sets(step, name))
}

fn sets(step: &Step, name: &str) -> bool {
    let ways = step.instead.iter().filter_map(|way| way.sets.as_ref()).flatten();
    step.sets.iter().chain(ways).any(|set| *set == *name)
}

/// The id of that name that the tracker is meant to have.
pub(super) fn meant<'a>(profile: &Profile, tracker: &'a Tracker, name: &str) -> Option<Cow<'a, str>> {
    tracker.value(name).filter(|_| is_id(profile, name))
}

/// Whether two texts are the same id: makers print letters in either case.
pub(super) fn same(told: &str, meant: &str) -> bool {
    told.trim().eq_ignore_ascii_case(meant.trim())
}

/// The first of the values of an answer that is another tracker's id.
pub(super) fn other(profile: &Profile, tracker: &Tracker, values: &[(String, String)]) -> Option<Other> {
    values.iter().filter(|(_, told)| !told.is_empty()).find_map(|(name, told)| {
        let meant = meant(profile, tracker, name)?;
        let other = || Other { name: name.clone(), told: told.clone(), meant: meant.clone().into_owned() };
        (!same(told, &meant)).then(other)
    })
}
