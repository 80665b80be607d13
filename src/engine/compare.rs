//! Wanted against found, setting by setting.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::talk::Spoken;
use crate::plan::{Plan, sets};
use crate::profile::{Evidence, Kind, Means, Profile};
use crate::tracker::Tracker;

/// One setting after the read-back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// Its name.
    pub name: String,
    /// What it is to be; none when the plan leaves it empty or does not set it.
    pub wanted: Option<String>,
    /// What the tracker says it is; none when no answer shows it.
    pub found: Option<String>,
    /// Whether it is as the plan has it; none when no answer shows it, or the plan has nothing to do with it.
    pub equal: Option<bool>,
    /// A query that was not answered might have shown it.
    pub outstanding: bool,
    /// To be masked wherever it is shown.
    pub secret: bool,
    /// What the knowledge of the answer's form is worth.
    pub evidence: Option<Evidence>,
}

/// Settings that commands of a plan set, in the order they are set: with their value, or none for one that the command
/// has a place for and the plan leaves empty.
fn wanted(profile: &Profile, tracker: &Tracker, plan: &Plan) -> Vec<(String, Option<String>)> {
    let mut wanted: Vec<(String, Option<String>)> = Vec::new();
    for command in plan.commands.iter().filter(|command| profile.steps[command.step].kind != Kind::Query) {
        for name in sets(profile, command) {
            if wanted.iter().all(|(known, _)| known != name) {
                wanted.push((name.to_owned(), profile.value(tracker, name).map(Cow::into_owned)));
            }
        }
    }
    wanted
}

/// Compares what a plan sets with what the queries asked after it have shown.
#[must_use]
pub fn read_back(profile: &Profile, tracker: &Tracker, plan: &Plan, reads: &[Spoken]) -> Vec<Compared> {
    let answered = reads.iter().filter(|spoken| spoken.means == Some(Means::Value));
    // The last answer counts: a query asked twice shows the later state.
    let shown: BTreeMap<&str, (&str, Option<Evidence>)> = answered
        .flat_map(|spoken| {
            spoken.values.iter().map(|(name, value)| (name.as_str(), (value.as_str(), spoken.evidence)))
        })
        .collect();
    // A tracker that does not have the query cannot show the setting; any other answer, or none, leaves it open.
    let open = reads.iter().filter(|spoken| !matches!(spoken.means, Some(Means::Value | Means::Unsupported)));
    let open: BTreeSet<String> = open.flat_map(|spoken| profile.readable(spoken.step)).collect();
    let set = wanted(profile, tracker, plan);
    let more: Vec<&str> =
        shown.keys().copied().filter(|name| set.iter().all(|(known, _)| known != name)).collect();
    let mut settings = Vec::new();
    for (name, wanted) in &set {
        let found = shown.get(name.as_str()).copied();
        // Nothing is wanted and nothing is there, or nobody can tell.
        if wanted.is_none() && found.is_none_or(|(value, _)| value.is_empty()) {
            continue;
        }
        let equal =
            found.map(|(value, _)| profile.same_value(name, wanted.as_deref().unwrap_or_default(), value));
        settings.push(compared(profile, name, wanted.clone(), found, equal, &open));
    }
    for name in more {
        let found = shown.get(name).copied().filter(|(value, _)| !value.is_empty());
        if found.is_none() || (name != "imei" && !profile.mentions(name)) {
            continue;
        }
        let wanted = (name == "imei").then(|| tracker.value(name).map(Cow::into_owned)).flatten();
        let equal =
            wanted.as_ref().zip(found).map(|(wanted, (value, _))| profile.same_value(name, wanted, value));
        settings.push(compared(profile, name, wanted, found, equal, &open));
    }
    settings
}

fn compared(
    profile: &Profile,
    name: &str,
    wanted: Option<String>,
    found: Option<(&str, Option<Evidence>)>,
    equal: Option<bool>,
    open: &BTreeSet<String>,
) -> Compared {
    Compared {
        name: name.to_owned(),
        wanted,
        found: found.map(|(value, _)| value.to_owned()),
        equal,
        outstanding: found.is_none() && open.contains(name),
        secret: profile.is_secret(name),
        evidence: found.and_then(|(_, evidence)| evidence),
    }
}
