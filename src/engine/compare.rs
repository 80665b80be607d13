//! Wanted against found, setting by setting.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::identity::{is_id, meant, same};
use super::talk::{Spoken, State};
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
    /// What is found stands in the answer to the very command that set it: nothing that was asked after it shows it.
    pub echoed: bool,
    /// It tells who the tracker is.
    pub identity: bool,
    /// To be masked wherever it is shown.
    pub secret: bool,
    /// What the knowledge of the answer's form is worth.
    pub evidence: Option<Evidence>,
}

/// Settings that commands of a plan set, in the order they are set: with their value, or none for one that the command
/// has a place for and the plan leaves empty. One that the command leaves as it is is nothing to compare.
fn wanted(profile: &Profile, tracker: &Tracker, plan: &Plan) -> Vec<(String, Option<String>)> {
    let mut wanted: Vec<(String, Option<String>)> = Vec::new();
    for command in plan.commands.iter().filter(|command| profile.steps[command.step].kind != Kind::Query) {
        let keeps = &profile.steps[command.step].keeps;
        for name in sets(profile, command) {
            let value = profile.value(tracker, name).map(Cow::into_owned);
            let kept = value.is_none() && keeps.iter().any(|kept| *kept == *name);
            if !kept && wanted.iter().all(|(known, _)| known != name) {
                wanted.push((name.to_owned(), value));
            }
        }
    }
    wanted
}

/// What the last answer that shows a setting says of it. An answer can show it in several places.
struct Shown<'r> {
    values: Vec<&'r str>,
    evidence: Option<Evidence>,
}

impl<'r> Shown<'r> {
    /// What counts: of several values the first that is not what is wanted.
    fn against(&self, same: impl Fn(&str) -> bool) -> Option<&'r str> {
        self.values.iter().find(|value| !same(value)).or(self.values.first()).copied()
    }
}

/// The last answer counts: a query asked twice shows the later state.
fn shown(reads: &[Spoken]) -> BTreeMap<&str, Shown<'_>> {
    let mut shown = BTreeMap::new();
    for spoken in reads.iter().filter(|spoken| spoken.means == Some(Means::Value)) {
        let mut own: BTreeMap<&str, Shown<'_>> = BTreeMap::new();
        for (name, value) in &spoken.values {
            let empty = || Shown { values: Vec::new(), evidence: spoken.evidence };
            own.entry(name).or_insert_with(empty).values.push(value);
        }
        shown.extend(own);
    }
    shown
}

/// Compares what a plan sets with what the queries asked after it have shown.
#[must_use]
pub fn read_back(profile: &Profile, tracker: &Tracker, plan: &Plan, reads: &[Spoken]) -> Vec<Compared> {
    let shown = shown(reads);
    // A tracker that does not have the query cannot show the setting; any other answer, or none, leaves it open.
    let open = reads.iter().filter(|spoken| !matches!(spoken.means, Some(Means::Value | Means::Unsupported)));
    let open: BTreeSet<String> = open.flat_map(|spoken| profile.readable(spoken.step)).collect();
    let set = wanted(profile, tracker, plan);
    let more: Vec<&str> =
        shown.keys().copied().filter(|name| set.iter().all(|(known, _)| known != name)).collect();
    let mut settings = Vec::new();
    for (name, wanted) in set {
        let same = |value: &str| profile.same_value(&name, wanted.as_deref().unwrap_or_default(), value);
        let told = shown.get(name.as_str());
        let found = told.and_then(|told| Some((told.against(same)?, told.evidence)));
        // Nothing is wanted and nothing is there, or nobody can tell.
        if wanted.is_none() && found.is_none_or(|(value, _)| value.is_empty()) {
            continue;
        }
        let equal = found.map(|(value, _)| same(value));
        settings.push(compared(profile, &name, wanted, found, equal, &open));
    }
    for name in more {
        let wanted = meant(profile, tracker, name).map(Cow::into_owned);
        let same = |value: &str| wanted.as_deref().is_none_or(|wanted| same(value, wanted));
        let told = shown.get(name).and_then(|told| Some((told.against(same)?, told.evidence)));
        let Some(found) = told.filter(|(value, _)| !value.is_empty()) else { continue };
        if !is_id(profile, name) && !profile.mentions(name) && profile.setting(name).is_none() {
            continue;
        }
        let equal = wanted.is_some().then(|| same(found.0));
        settings.push(compared(profile, name, wanted, Some(found), equal, &open));
    }
    settings
}

/// Adds what the answers to commands show of the values that these carried, for settings that no question was to show.
/// An answer that shows another value than the command carried has ended the conversation before.
pub(super) fn add_echoes(
    profile: &Profile,
    tracker: &Tracker,
    commands: &[Spoken],
    settings: &mut [Compared],
) {
    for spoken in commands.iter().filter(|spoken| spoken.state == State::Acknowledged) {
        for (name, value) in spoken.values.iter().filter(|(name, _)| spoken.sets.contains(name)) {
            let open = |setting: &&mut Compared| {
                setting.name == *name && !setting.outstanding && (setting.found.is_none() || setting.echoed)
            };
            let Some(setting) = settings.iter_mut().find(open) else { continue };
            let wanted = profile.value(tracker, name).unwrap_or_default();
            setting.equal = Some(profile.same_value(name, &wanted, value));
            setting.found = Some(value.clone());
            setting.evidence = spoken.evidence;
            setting.echoed = true;
        }
    }
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
        echoed: false,
        identity: is_id(profile, name),
        secret: profile.is_secret(name),
        evidence: found.and_then(|(_, evidence)| evidence),
    }
}
