//! Rules about the device's side, which is written apart from what is sent so that each checks the other.

use std::collections::BTreeMap;
use std::ops::Range;

use minijinja::UndefinedBehavior;
use minijinja::value::Value;
use regex_lite::Regex;

use super::super::decode::decode;
use super::super::finding::{Finding, Severity};
use super::super::reply::pattern_for;
use super::super::scope::Scope;
use super::super::template::environment;
use super::super::types::{Device, Example, Kind, Means, Profile, Step};
use super::error;

fn heard(step: &Step) -> Option<(&Device, Regex)> {
    let device = step.device.as_ref().filter(|device| !device.hears.is_empty())?;
    Some((device, Regex::new(&device.hears).ok()?))
}

fn examples(step: &Step) -> impl Iterator<Item = &Example> {
    let all = step.examples.iter().chain(step.instead.iter().flat_map(|way| &way.examples));
    all.filter(|example| !example.sends.is_empty())
}

/// What a step sends is heard, with the values it was made of.
pub(super) fn hears(profile: &Profile, findings: &mut Vec<Finding>) {
    for step in &profile.steps {
        let Some(device) = step.device.as_ref().filter(|device| !device.hears.is_empty()) else { continue };
        let Some((_, regex)) = heard(step) else {
            findings.push(error("hears", &device.hears.at, "this pattern does not compile".to_owned()));
            continue;
        };
        for example in examples(step) {
            match regex.captures(&example.sends) {
                None => {
                    let message =
                        format!("it does not hear its own step's example \"{}\"", example.sends.value);
                    findings.push(error("hears", &device.hears.at, message));
                }
                Some(found) => captures_back(profile, device, example, &found, findings),
            }
        }
    }
}

fn captures_back(
    profile: &Profile,
    device: &Device,
    example: &Example,
    found: &regex_lite::Captures<'_>,
    findings: &mut Vec<Finding>,
) {
    for (name, value) in &example.with {
        let Some(text) = found.name(name).map(|text| text.as_str()) else { continue };
        let got = match device.decode.get(name) {
            Some(how) => decode(how, text).unwrap_or_default(),
            None => profile.decode_value(None, name, text),
        };
        if got != *value {
            let message = format!(
                "of \"{}\" it hears {name} = \"{got}\", the example was made of \"{value}\"",
                example.sends.value
            );
            findings.push(error("hears", &device.hears.at, message));
        }
    }
}

/// No other step hears the same text: a tracker of the lab would not know which is meant.
pub(super) fn heard_twice(profile: &Profile, findings: &mut Vec<Finding>) {
    let all: Vec<(&Step, Regex)> =
        profile.steps.iter().filter_map(|step| Some((step, heard(step)?.1))).collect();
    for step in &profile.steps {
        for example in examples(step) {
            let other = all
                .iter()
                .find(|(other, regex)| other.id.value != step.id.value && regex.is_match(&example.sends));
            if let Some((other, _)) = other {
                let message = format!("the step \"{}\" hears this text as well", other.id.value);
                findings.push(error("heard-twice", &example.sends.at, message).weighing(Severity::Warning));
            }
        }
    }
}

/// The device's answer is a template that parses, and what it says is read as an answer that does what the step is for.
pub(super) fn says(profile: &Profile, findings: &mut Vec<Finding>) {
    let mut env = environment();
    // A tracker prints a setting it does not have as nothing.
    env.set_undefined_behavior(UndefinedBehavior::Lenient);
    for (at, step) in profile.steps.iter().enumerate() {
        let Some(says) = step.device.as_ref().and_then(|device| device.says.as_ref()) else { continue };
        let told = told(step);
        let scope = Scope::kept(profile, &with_stand_ins(&told));
        let text = env.template_from_str(says).and_then(|made| made.render(Value::from_dyn_object(scope)));
        match text {
            Ok(text) => understood(profile, at, &told, &says.at, &text, findings),
            Err(fault) => {
                findings.push(error("says", &says.at, format!("this template does not parse: {fault}")))
            }
        }
    }
}

/// What the examples of a step's answers tell, all together.
fn told(step: &Step) -> Vec<(String, String)> {
    let values = step.replies.iter().filter(|reply| matches!(reply.means, Means::Ok | Means::Value));
    let all: BTreeMap<&String, &String> =
        values.flat_map(|reply| &reply.tells).map(|(name, value)| (name, value)).collect();
    all.into_iter().map(|(name, value)| (name.clone(), value.clone())).collect()
}

/// The same with what any tracker has.
fn with_stand_ins(told: &[(String, String)]) -> Vec<(String, String)> {
    let has = |name: &str| told.iter().any(|(known, _)| known == name);
    let more = [("imei", "869912033012424"), ("firmware", "V1"), ("sn", "1")];
    let more =
        more.into_iter().filter(|(name, _)| !has(name)).map(|(name, value)| (name.into(), value.into()));
    told.iter().cloned().chain(more).collect()
}

/// A reply form that is known has to read what the device says; without one there is nothing to hold it against.
fn understood(
    profile: &Profile,
    at: usize,
    told: &[(String, String)],
    place: &Range<usize>,
    text: &str,
    findings: &mut Vec<Finding>,
) {
    let step = &profile.steps[at];
    let wanted = if step.kind == Kind::Query { Means::Value } else { Means::Ok };
    let tag = step.tag.as_ref().map(|tag| tag.as_str());
    let known = step.replies.iter().chain(&profile.replies).any(|reply| reply.means == wanted);
    // A pattern that does not compile has its own finding.
    let broken = step.replies.iter().any(|reply| !matches!(pattern_for(reply, tag), Some(Ok(_))));
    if !known || broken {
        return;
    }
    let message = match profile.read_reply(at, text) {
        Some(reading) if reading.means == wanted => {
            // A query's answer is to tell all of it; a command may be answered without the values.
            let due =
                |name: &str| wanted == Means::Value || reading.values.iter().any(|(known, _)| known == name);
            let missing = told.iter().find(|told| due(&told.0) && !reading.values.contains(told));
            let Some((name, value)) = missing else { return };
            format!("it says {text:?}, and that does not tell {name} = \"{value}\" as the example does")
        }
        Some(reading) => format!("it says {text:?}, which is read as {:?}", reading.means),
        None => format!("it says {text:?}, which no reply of \"{}\" fits", step.id.value),
    };
    findings.push(error("says", place, message));
}
