//! Rules about the profile's data as such: ids, sources, settings.

use std::collections::BTreeMap;

use super::super::decode::DECODERS;
use super::super::finding::{Finding, Severity};
use super::super::types::{Condition, Evidence, Located, Note, Profile};
use super::{error, has_source, is_known, known_settings, named_sources};
use crate::tracker::Transport;
use crate::units::nearest;

/// Ids of steps and sources are unique.
pub(super) fn duplicate_id(profile: &Profile, findings: &mut Vec<Finding>) {
    let mut twice = |what: &str, ids: &mut dyn Iterator<Item = &Located<String>>| {
        let mut seen: BTreeMap<&str, ()> = BTreeMap::new();
        for id in ids {
            if seen.insert(id.as_str(), ()).is_some() {
                findings.push(error(
                    "duplicate-id",
                    &id.at,
                    format!("there are two {what}s \"{}\"", id.value),
                ));
            }
        }
    };
    twice("step", &mut profile.steps.iter().map(|step| &step.id));
    twice("source", &mut profile.sources.iter().map(|source| &source.id));
}

/// Evidence names where it can be looked up.
pub(super) fn source_without_title(profile: &Profile, findings: &mut Vec<Finding>) {
    for source in &profile.sources {
        if source.title.is_none() && source.url.is_none() {
            let message = format!("the source \"{}\" has neither `title` nor `url`", source.id.value);
            findings.push(error("source-without-title", &source.id.at, message));
        }
        if matches!(source.evidence, Evidence::Platform) && source.url.is_none() {
            let message = format!("the source \"{}\" is the platform's, but has no `url`", source.id.value);
            findings.push(error("source-without-title", &source.id.at, message));
        }
    }
}

/// A source that is named exists.
pub(super) fn unknown_source(profile: &Profile, findings: &mut Vec<Finding>) {
    let missing = |id: &str| !id.is_empty() && has_source(profile, id).is_none();
    let known: Vec<&str> = profile.sources.iter().map(|source| source.id.as_str()).collect();
    for name in named_sources(profile).into_iter().filter(|name| missing(name)) {
        let finding = error("unknown-source", &name.at, format!("there is no [[source]] \"{}\"", name.value));
        findings.push(finding.help(format!("the sources are: {}", known.join(", "))));
    }
    let settings = profile
        .settings
        .iter()
        .flat_map(|rule| rule.source.iter().chain(&rule.usual_source).map(move |s| (rule, s)));
    for (rule, source) in settings.filter(|(_, source)| missing(source)) {
        let message = format!("[setting.{}] names a source \"{source}\" that does not exist", rule.name);
        findings.push(
            error("unknown-source", &rule.at, message).help(format!("the sources are: {}", known.join(", "))),
        );
    }
}

/// A decoder that is named exists.
pub(super) fn unknown_decoder(profile: &Profile, findings: &mut Vec<Finding>) {
    let replies = profile.steps.iter().flat_map(|step| &step.replies).chain(&profile.replies);
    let replies = replies.map(|reply| (&reply.pattern, &reply.decode));
    let devices = profile.steps.iter().filter_map(|step| step.device.as_ref());
    for (place, decode) in replies.chain(devices.map(|device| (&device.hears, &device.decode))) {
        for how in decode.values().filter(|how| DECODERS.iter().all(|(name, _)| name != how)) {
            let list: Vec<&str> = DECODERS.iter().map(|(name, _)| *name).collect();
            let finding = error("unknown-decoder", &place.at, format!("there is no decoder \"{how}\""));
            findings.push(finding.help(format!("one of: {}", list.join(", "))));
        }
    }
}

/// Every setting that a template, a condition, a list or a map mentions is common or declared.
pub(super) fn unknown_setting(profile: &Profile, findings: &mut Vec<Finding>) {
    let known = known_settings(profile);
    let mut check = |at: &std::ops::Range<usize>, name: &str, where_: &str| {
        if is_known(profile, name) {
            return;
        }
        let finding =
            error("unknown-setting", at, format!("{where_} mentions \"{name}\", which is no setting"));
        findings.push(finding.help(match nearest(name, known.iter().copied()) {
            Some(near) => format!("did you mean \"{near}\"? A new one needs a [setting.{name}] table"),
            None => format!("declare it as [setting.{name}]"),
        }));
    };
    for name in &profile.templates.variables {
        check(&place_of_variable(profile, name), name, "a template");
    }
    for step in &profile.steps {
        let ways = step.instead.iter().filter_map(|way| way.sets.as_ref()).flatten();
        step.sets.iter().chain(ways).for_each(|name| check(&name.at, name, "`sets`"));
        step.keeps.iter().for_each(|name| check(&name.at, name, "`keeps`"));
        step.only_if.iter().for_each(|name| check(&name.at, name, "`only_if`"));
    }
    for condition in conditions(profile) {
        condition.when.iter().for_each(|(name, _)| check(&name.at, name, "`when`"));
        condition.unless.iter().for_each(|(name, _)| check(&name.at, name, "`unless`"));
    }
    profile.confirmed.iter().for_each(|(name, _)| check(&name.at, name, "`confirmed`"));
    profile.maps.iter().for_each(|(name, _)| check(&name.at, name, "[map]"));
    for rule in &profile.settings {
        rule.needs.iter().for_each(|name| check(&rule.at, name, "`needs`"));
    }
}

fn conditions(profile: &Profile) -> impl Iterator<Item = &Condition> {
    let ways = profile.steps.iter().flat_map(|step| &step.instead).map(|way| &way.condition);
    notes(profile).map(|note| &note.condition).chain(ways)
}

fn notes(profile: &Profile) -> impl Iterator<Item = &Note> {
    profile.notes.iter().chain(profile.steps.iter().flat_map(|step| &step.notes))
}

/// A note for a routine that is not there would never be shown.
pub(super) fn note_unknown_routine(profile: &Profile, findings: &mut Vec<Finding>) {
    let known: Vec<&str> = profile.routines.iter().map(|routine| routine.name.as_str()).collect();
    for name in notes(profile).flat_map(|note| &note.routines).filter(|name| !known.contains(&name.as_str()))
    {
        let finding =
            error("note-unknown-routine", &name.at, format!("there is no routine `{}`", name.value));
        findings.push(finding.help(format!("the routines are: {}", known.join(", "))));
    }
}

/// The first template that mentions a variable.
fn place_of_variable(profile: &Profile, name: &str) -> std::ops::Range<usize> {
    let forms = profile.forms.iter().map(|form| &form.wrap);
    let steps = profile
        .steps
        .iter()
        .flat_map(|step| std::iter::once(&step.send).chain(step.instead.iter().map(|w| &w.send)));
    let mut texts = std::iter::once(&profile.register).chain(forms).chain(steps);
    texts.find(|text| text.contains(name)).map_or(profile.id.at.clone(), |text| text.at.clone())
}

/// A map has a code for every value that its setting can have.
pub(super) fn map_incomplete(profile: &Profile, findings: &mut Vec<Finding>) {
    for (name, codes) in &profile.maps {
        let values: Vec<&str> = if name.as_str() == "transport" {
            profile.transports.iter().map(Transport::as_str).collect()
        } else {
            let rule = profile.setting(name);
            rule.into_iter().flat_map(|rule| &rule.values).map(String::as_str).collect()
        };
        for value in values.into_iter().filter(|value| codes.iter().all(|(known, _)| known != value)) {
            let message = format!("[map.{}] has no code for \"{value}\"", name.value);
            findings.push(error("map-incomplete", &name.at, message));
        }
    }
}

/// A default keeps to its own rule.
pub(super) fn bad_default(profile: &Profile, findings: &mut Vec<Finding>) {
    for rule in &profile.settings {
        let Some(default) = &rule.default else { continue };
        if let Err(fault) = rule.check(default) {
            let message = format!(
                "the default \"{default}\" of [setting.{}] is not allowed by its own rule: {fault}",
                rule.name
            );
            findings.push(error("bad-default", &rule.at, message));
        }
    }
}

/// A topic tells what an answer shows; what none shows is said to be so by leaving it out.
pub(super) fn topic_not_shown(profile: &Profile, findings: &mut Vec<Finding>) {
    for name in profile.topics.iter().flat_map(|(_, names)| names).filter(|name| !profile.shows(name)) {
        let message = format!("no answer to a query shows \"{}\"", name.value);
        findings.push(error("topic-not-shown", &name.at, message).help("leave it out, or add the query"));
    }
}

/// Without an alphabet and separators a value could smuggle in another command.
pub(super) fn no_alphabet(profile: &Profile, findings: &mut Vec<Finding>) {
    if profile.limits.alphabet_text.is_none() {
        let message =
            format!("{} has no `alphabet` in [limits]: any character would be sent", profile.id.value);
        findings.push(error("no-alphabet", &profile.id.at, message).weighing(Severity::Warning));
    }
    if profile.limits.separators.is_empty() {
        let message = format!(
            "{} has no `separators` in [limits]: a value could contain the dialect's own",
            profile.id.value
        );
        findings.push(error("no-alphabet", &profile.id.at, message).weighing(Severity::Warning));
    }
}
