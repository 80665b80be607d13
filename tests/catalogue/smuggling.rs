//! No value of a tracker can part a command otherwise than its profile does.

use std::collections::BTreeSet;

use homing::plan::What;
use homing::profile::{Catalogue, Profile};
use proptest::test_runner::{Config, TestRunner};

use super::{IMEI, form, planned, texts};

/// What a template puts directly before or behind a value: what parts the command, by the template and not by the
/// profile's own list. Letters and digits part nothing a device could tell from the value itself.
fn parts(template: &str) -> BTreeSet<char> {
    let mut found = BTreeSet::new();
    for (at, _) in template.match_indices("{{") {
        found.extend(template[..at].chars().next_back());
    }
    for (at, _) in template.match_indices("}}") {
        found.extend(template[at + 2..].chars().next());
    }
    found.retain(|c| !c.is_ascii_alphanumeric() && !"{}%~'".contains(*c));
    found
}

/// The settings that free text can reach a command of a step by.
fn free(profile: &Profile, step: usize) -> Vec<String> {
    let wrap = &profile.form(form(profile)).unwrap().wrap;
    let common = ["apn", "apn_user", "apn_password", "password", "login", "server", "maker_id", "name"];
    let own = profile.settings.iter().map(|rule| rule.name.clone());
    let mut names: Vec<String> = common.iter().map(|name| (*name).to_owned()).chain(own).collect();
    names.sort();
    names.dedup();
    names.retain(|name| profile.step_mentions(step, name) || wrap.contains(name.as_str()));
    names
}

/// Values that the profile takes for every setting of a step.
fn tame(profile: &Profile, step: usize) -> Vec<(String, String)> {
    let mut values: Vec<(String, String)> = [
        ("imei", IMEI),
        ("apn", "internet"),
        ("apn_user", "user"),
        ("apn_password", "word"),
        (
            "server",
            if profile.servers.iter().any(|by| by.to_string() == "ip") {
                "54.85.159.138"
            } else {
                "d.plaspy.com"
            },
        ),
        ("port", "8888"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .to_vec();
    let own = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let password = profile.setting("password").and_then(|rule| rule.default.as_deref()).unwrap_or("1234");
    values.extend(
        [own("password", password), own("login", "admin")]
            .into_iter()
            .filter(|(name, _)| profile.mentions(name)),
    );
    let step = &profile.steps[step];
    let examples = step.examples.iter().chain(step.instead.iter().flat_map(|way| &way.examples));
    for (name, value) in examples.flat_map(|example| &example.with) {
        if values.iter().all(|(known, _)| known != name) {
            values.push((name.clone(), value.clone()));
        }
    }
    values
}

fn rendered(profile: &Profile, step: usize, values: &[(String, String)]) -> Option<String> {
    let ids = [profile.steps[step].id.value.clone()];
    let values: Vec<(&str, &str)> =
        values.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let plan = planned(profile, What::Steps(&ids), &values).ok()?;
    texts(&plan).into_iter().next()
}

fn count(text: &str, parts: &BTreeSet<char>) -> usize {
    text.chars().filter(|c| parts.contains(c) || c.is_control()).count()
}

/// Every step of every profile with one setting hostile, the others tame: refused, or no more parts than before.
fn hostile(catalogue: &Catalogue, value: &str) -> (usize, usize) {
    let (mut tried, mut refused) = (0, 0);
    for entry in catalogue.entries() {
        let profile = entry.profile().unwrap();
        let around = parts(&profile.form(form(profile)).unwrap().wrap);
        for (at, step) in profile.steps.iter().enumerate() {
            let values = tame(profile, at);
            let sends = step.instead.iter().map(|way| way.send.as_str()).chain([step.send.as_str()]);
            let parts: BTreeSet<char> = sends.flat_map(parts).chain(around.iter().copied()).collect();
            let before = rendered(profile, at, &values);
            let before = before.unwrap_or_else(|| panic!("{} {} does not render", entry.id, step.id.value));
            for name in free(profile, at) {
                // A part of its own that a setting has when it is given, is no part that its value smuggles in.
                let mut given = values.clone();
                if given.iter().all(|(known, _)| *known != name) {
                    given.push((name.clone(), "1".to_owned()));
                }
                let before = rendered(profile, at, &given).unwrap_or_else(|| before.clone());
                let mut values: Vec<_> = values.iter().filter(|(known, _)| *known != name).cloned().collect();
                values.push((name.clone(), value.to_owned()));
                tried += 1;
                let Some(after) = rendered(profile, at, &values) else {
                    refused += 1;
                    continue;
                };
                assert!(
                    count(&after, &parts) <= count(&before, &parts),
                    "{} {}: {name} = {value:?} makes {after:?} of {before:?}",
                    entry.id,
                    step.id.value
                );
            }
        }
    }
    (tried, refused)
}

#[test]
#[expect(clippy::print_stdout, reason = "the counts are for whoever runs it with --nocapture")]
fn a_separator_in_any_value_of_any_step_is_refused_or_parts_nothing() {
    let catalogue = Catalogue::built_in();
    let (mut tried, mut refused) = (0, 0);
    for c in " ,;:#*\"'()<>=$!|+@/%&?\\{}[]~^`\r\n\t\0\u{7f}\u{85}\u{a0}é".chars() {
        let (more, no) = hostile(&catalogue, &format!("a{c}1"));
        (tried, refused) = (tried + more, refused + no);
    }
    println!("{tried} commands with a hostile value, {refused} refused");
    assert!(refused > tried / 4, "{refused} of {tried}");
}

#[test]
fn no_text_at_all_smuggles_a_part_into_a_command() {
    let catalogue = Catalogue::built_in();
    let mut runner = TestRunner::new(Config { cases: 32, failure_persistence: None, ..Config::default() });
    let text = "[ -~\r\n\t]{1,12}";
    runner
        .run(&text, |value| {
            hostile(&catalogue, &value);
            Ok(())
        })
        .unwrap();
}
