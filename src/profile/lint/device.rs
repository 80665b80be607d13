//! Rules about the device's side, which is written apart from what is sent so that each checks the other.

use regex_lite::Regex;

use super::super::decode::decode;
use super::super::finding::{Finding, Severity};
use super::super::template::environment;
use super::super::types::{Device, Example, Profile, Step};
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

/// The device's answer is a template that parses.
pub(super) fn says(profile: &Profile, findings: &mut Vec<Finding>) {
    let env = environment();
    for says in profile.steps.iter().filter_map(|step| step.device.as_ref()?.says.as_ref()) {
        if let Err(fault) = env.template_from_str(says) {
            findings.push(error("says", &says.at, format!("this template does not parse: {fault}")));
        }
    }
}
