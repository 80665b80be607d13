//! Wanted against found, setting by setting.

use std::collections::BTreeSet;

use super::talk::{Spoken, State};
use crate::plan::{Plan, sets};
use crate::profile::{Evidence, Kind, Means, Profile};
use crate::tracker::Tracker;

/// One setting after the read-back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// Its name.
    pub name: String,
    /// What it is to be; none when the plan does not set it.
    pub wanted: Option<String>,
    /// What the tracker says it is; none when no answer shows it.
    pub found: Option<String>,
    /// Whether the two are the same; none when one of them is missing.
    pub equal: Option<bool>,
    /// A query that was not answered might have shown it.
    pub outstanding: bool,
    /// To be masked wherever it is shown.
    pub secret: bool,
    /// What the knowledge of the answer's form is worth.
    pub evidence: Option<Evidence>,
}

/// Settings that commands of a plan set, with the values they set, in the order they are set.
fn wanted(profile: &Profile, tracker: &Tracker, plan: &Plan) -> Vec<(String, Option<String>)> {
    let mut wanted: Vec<(String, Option<String>)> = Vec::new();
    for command in plan.commands.iter().filter(|command| profile.steps[command.step].kind != Kind::Query) {
        for name in sets(profile, command) {
            if wanted.iter().all(|(known, _)| known != name) {
                wanted
                    .push((name.to_owned(), profile.value(tracker, name).map(std::borrow::Cow::into_owned)));
            }
        }
    }
    wanted
}

/// Compares what a plan sets with what the queries asked after it have shown.
#[must_use]
pub fn read_back(profile: &Profile, tracker: &Tracker, plan: &Plan, reads: &[Spoken]) -> Vec<Compared> {
    let shown: Vec<(&(String, String), Option<Evidence>)> = reads
        .iter()
        .filter(|spoken| spoken.means == Some(Means::Value))
        .flat_map(|spoken| spoken.values.iter().map(|value| (value, spoken.evidence)))
        .collect();
    let outstanding: BTreeSet<String> = reads
        .iter()
        .filter(|spoken| matches!(spoken.state, State::Planned | State::Unanswered | State::Unknown))
        .flat_map(|spoken| profile.readable(spoken.step))
        .collect();
    let mut all = wanted(profile, tracker, plan);
    for ((name, _), _) in &shown {
        let is_setting = name == "imei" || profile.mentions(name);
        if is_setting && all.iter().all(|(known, _)| known != name) {
            let wanted =
                (name == "imei").then(|| tracker.value("imei").map(std::borrow::Cow::into_owned)).flatten();
            all.push((name.clone(), wanted));
        }
    }
    let compare = |(name, wanted): (String, Option<String>)| {
        // The last answer counts: a query asked twice shows the later state.
        let found = shown.iter().rev().find(|((known, _), _)| *known == name);
        let value = found.map(|((_, value), _)| value.clone());
        let equal = wanted
            .as_ref()
            .zip(value.as_ref())
            .map(|(wanted, value)| profile.same_value(&name, wanted, value));
        Compared {
            outstanding: value.is_none() && outstanding.contains(&name),
            secret: profile.is_secret(&name),
            evidence: found.and_then(|(_, evidence)| *evidence),
            wanted,
            found: value,
            equal,
            name,
        }
    };
    all.into_iter()
        .map(compare)
        .filter(|compared| compared.wanted.is_some() || compared.found.is_some())
        .collect()
}
