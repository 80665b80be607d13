//! The lint: every rule a named function over one profile, every problem with its place, all of them at once.

mod data;
mod device;
mod replies;
mod settings;
mod steps;

use std::ops::Range;

use super::finding::{Finding, Severity};
use super::load::read;
use super::types::{Located, Profile, Source};

/// What a command may carry besides what it sets, known to every profile without declaring it: who the tracker is, and
/// what lets a command in.
pub(super) const CARRIED: [&str; 11] = [
    "imei",
    "device_id",
    "maker_id",
    "phone",
    "iccid",
    "sim_id",
    "imsi",
    "name",
    "login",
    "password",
    "server_kind",
];

/// The settings that every profile knows without declaring them.
const COMMON: [&str; 8] =
    ["apn", "apn_user", "apn_password", "server", "port", "transport", "interval", "timezone"];

/// Names a device tells about itself; they can be read and are never set.
const TOLD: [&str; 2] = ["firmware", "sn"];

/// Checks a profile's text. `file` is the name of its file without `.toml`, which has to be its id.
/// Errors make it unusable; warnings and notes do not. The rules look at what could be read of it, whatever else is
/// wrong, so that a person sees everything at once.
#[must_use]
pub fn lint(text: &str, file: Option<&str>) -> Vec<Finding> {
    let (profile, mut findings) = match read(text) {
        Ok(read) => read,
        Err(findings) => return findings,
    };
    let rules: &[fn(&Profile, &mut Vec<Finding>)] = &[
        data::duplicate_id,
        data::source_without_title,
        data::unknown_source,
        data::unknown_decoder,
        data::unknown_setting,
        data::note_unknown_routine,
        data::map_incomplete,
        data::bad_default,
        data::topic_not_shown,
        data::no_alphabet,
        steps::routine_unknown_step,
        steps::routine_missing,
        steps::no_server,
        steps::routine_destructive,
        steps::routine_not_read_only,
        steps::no_example,
        steps::example,
        steps::form_example,
        steps::over_the_limits,
        steps::unknown_map,
        steps::not_in_sets,
        settings::rule_without_command,
        settings::fixed_without_rule,
        replies::pattern,
        replies::no_reply_example,
        replies::reply_example,
        replies::ok_not_telling,
        replies::unreadable,
        device::hears,
        device::heard_twice,
        device::says,
    ];
    if let Some(file) = file.filter(|file| *file != profile.id.value) {
        let message = format!("`id` is \"{}\", the file is called \"{file}.toml\"", profile.id.value);
        findings.push(
            Finding::error("id-is-not-file", profile.id.at.clone(), message).help("the two must be the same"),
        );
    }
    for rule in rules {
        rule(&profile, &mut findings);
    }
    findings
        .sort_by(|left, right| left.at.start.cmp(&right.at.start).then(right.severity.cmp(&left.severity)));
    findings
}

fn is_known(profile: &Profile, name: &str) -> bool {
    common().any(|known| known == name) || profile.setting(name).is_some()
}

fn known_settings(profile: &Profile) -> Vec<&str> {
    let mut all: Vec<&str> = common().collect();
    all.extend(profile.settings.iter().map(|rule| rule.name.as_str()));
    all
}

/// The names that no profile has to declare.
pub(super) fn common() -> impl Iterator<Item = &'static str> {
    CARRIED.iter().chain(&COMMON).chain(&TOLD).copied()
}

fn error(rule: &'static str, at: &Range<usize>, message: String) -> Finding {
    Finding::error(rule, at.clone(), message)
}

fn note(rule: &'static str, at: &Range<usize>, message: String) -> Finding {
    Finding::error(rule, at.clone(), message).weighing(Severity::Note)
}

fn has_source<'p>(profile: &'p Profile, id: &str) -> Option<&'p Source> {
    profile.sources.iter().find(|source| *source.id == id)
}

/// Every source named anywhere, with its place.
fn named_sources(profile: &Profile) -> Vec<&Located<String>> {
    let steps = profile.steps.iter().flat_map(|step| {
        let replies = step.replies.iter().map(|reply| &reply.source);
        let instead = step.instead.iter().map(|way| &way.source);
        std::iter::once(&step.source).chain(replies).chain(instead)
    });
    let forms = profile.forms.iter().map(|form| &form.source);
    let battery = profile.battery.iter().map(|battery| &battery.source);
    steps.chain(profile.replies.iter().map(|reply| &reply.source)).chain(forms).chain(battery).collect()
}
