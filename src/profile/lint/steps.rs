//! Rules about steps, routines and what they render to.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::super::example::tracker_with;
use super::super::finding::{Finding, Severity};
use super::super::scope::Scope;
use super::super::template::RenderError;
use super::super::types::{Example, FACTORY_RESET, Kind, Profile, Step};
use super::{CARRIED, error, note};
use crate::sms::{Alphabet, measure};
use crate::units::nearest;

/// A routine lists steps that exist.
pub(super) fn routine_unknown_step(profile: &Profile, findings: &mut Vec<Finding>) {
    for name in profile.routines.iter().flat_map(|routine| &routine.steps) {
        if profile.step(name).is_none() {
            let finding =
                error("routine-unknown-step", &name.at, format!("there is no [[step]] \"{}\"", name.value));
            let near = nearest(name, profile.steps.iter().map(|step| step.id.as_str()));
            findings.push(match near {
                Some(near) => finding.help(format!("did you mean \"{near}\"?")),
                None => finding,
            });
        }
    }
}

/// What people type needs a routine of that name.
pub(super) fn routine_missing(profile: &Profile, findings: &mut Vec<Finding>) {
    let has = |name: &str| profile.routines.iter().any(|routine| *routine.name == name);
    if !has("provision") {
        findings.push(error("routine-missing", &profile.id.at, "there is no routine `provision`".to_owned()));
    }
    for name in ["verify", "identify"].into_iter().filter(|name| !has(name)) {
        let message = format!("there is no routine `{name}`: this profile cannot {name}");
        findings.push(note("routine-missing", &profile.id.at, message));
    }
}

/// A tracker that is provisioned knows its server: otherwise nothing could be verified.
pub(super) fn no_server(profile: &Profile, findings: &mut Vec<Finding>) {
    let Some(routine) = profile.routines.iter().find(|routine| *routine.name == "provision") else { return };
    let steps = routine.steps.iter().filter_map(|name| profile.step(name)).map(|at| &profile.steps[at]);
    let sets =
        |step: &Step| step.only_if.is_empty() && step.sets.iter().any(|name| name.as_str() == "server");
    if !steps.into_iter().any(sets) {
        let message = "no step of `provision` sets the server".to_owned();
        let finding = error("no-server", &routine.name.at, message);
        findings.push(finding.help("the step that sends it lists `server` and `port` in `sets`"));
    }
}

/// Nothing destructive by default.
pub(super) fn routine_destructive(profile: &Profile, findings: &mut Vec<Finding>) {
    for routine in profile.routines.iter().filter(|routine| *routine.name != FACTORY_RESET) {
        for name in &routine.steps {
            if profile.step(name).is_some_and(|step| profile.steps[step].destructive) {
                let message = format!(
                    "the routine `{}` holds the destructive step \"{}\"",
                    routine.name.value, name.value
                );
                let help = format!("only `{FACTORY_RESET}` may; others send it by --step");
                findings.push(error("routine-destructive", &name.at, message).help(help));
            }
        }
    }
}

/// Reading back and identifying change nothing.
pub(super) fn routine_not_read_only(profile: &Profile, findings: &mut Vec<Finding>) {
    let reading =
        profile.routines.iter().filter(|routine| matches!(routine.name.as_str(), "verify" | "identify"));
    for name in reading.flat_map(|routine| &routine.steps) {
        if profile.step(name).is_some_and(|step| profile.steps[step].kind != Kind::Query) {
            let message = format!("\"{}\" is no query, and this routine may only read", name.value);
            findings.push(error("routine-not-read-only", &name.at, message));
        }
    }
}

/// Every step shows what it sends.
pub(super) fn no_example(profile: &Profile, findings: &mut Vec<Finding>) {
    for step in &profile.steps {
        if step.examples.is_empty() {
            findings.push(error(
                "no-example",
                &step.id.at,
                format!("the step \"{}\" has no example", step.id.value),
            ));
        }
        for way in step.instead.iter().filter(|way| way.examples.is_empty()) {
            findings.push(error(
                "no-example",
                &way.send.at,
                format!("this form of \"{}\" has no example", step.id.value),
            ));
        }
    }
}

/// An example renders to what it says.
pub(super) fn example(profile: &Profile, findings: &mut Vec<Finding>) {
    for (at, step) in profile.steps.iter().enumerate() {
        let own = step.examples.iter().map(|example| (None, example));
        let ways = step.instead.iter().enumerate();
        let ways =
            ways.flat_map(|(way, instead)| instead.examples.iter().map(move |example| (Some(way), example)));
        for (way, example) in own.chain(ways) {
            let made = scope_of(profile, example).map(|scope| profile.render_body(at, way, &scope));
            compare("example", example, made, findings);
        }
    }
}

/// A form's example wraps to what it says.
pub(super) fn form_example(profile: &Profile, findings: &mut Vec<Finding>) {
    for form in &profile.forms {
        for example in &form.examples {
            let value =
                |name: &str| example.with.iter().find(|(n, _)| n == name).map(|(_, value)| value.clone());
            let packet = value("packet").and_then(|packet| packet.bytes().next());
            let made = scope_of(profile, example).and_then(|scope| {
                let body = value("body").ok_or("its `with` has no `body`")?;
                Ok(profile.render_form(form.name, &scope, body, packet))
            });
            compare("form-example", example, made, findings);
        }
    }
}

fn compare(
    rule: &'static str,
    example: &Example,
    made: Result<Result<String, RenderError>, String>,
    findings: &mut Vec<Finding>,
) {
    let fault = match made {
        // What is not there or does not parse is a finding of its own.
        Ok(Err(RenderError::NoTemplate)) => return,
        _ if example.sends.is_empty() => return,
        Ok(Ok(text)) if text == example.sends.value => return,
        Ok(Ok(text)) => format!("it renders to {text:?}"),
        Ok(Err(fault)) => format!("it does not render: {fault}"),
        Err(fault) => format!("it does not render: {fault}"),
    };
    findings.push(error(rule, &example.sends.at, fault));
}

fn scope_of(profile: &Profile, example: &Example) -> Result<Arc<Scope>, String> {
    let brought = |name: &str| matches!(name, "body" | "packet");
    let pairs = example.with.iter().filter(|(name, _)| !brought(name));
    let tracker = tracker_with(pairs.map(|(name, value)| (name.as_str(), value.as_str())))?;
    Ok(Scope::whole(profile, &tracker))
}

/// What a step sends keeps to the profile's own limits.
pub(super) fn over_the_limits(profile: &Profile, findings: &mut Vec<Finding>) {
    let own = profile.steps.iter().flat_map(|step| &step.examples);
    let ways = profile.steps.iter().flat_map(|step| &step.instead).flat_map(|way| &way.examples);
    for example in own.chain(ways) {
        let size = measure(&example.sends);
        if size.messages > profile.limits.parts {
            let message =
                format!("it takes {} short messages, `parts` allows {}", size.messages, profile.limits.parts);
            findings.push(error("over-the-limits", &example.sends.at, message));
        }
        if size.alphabet == Alphabet::Ucs2 && !profile.limits.unicode {
            findings.push(error(
                "over-the-limits",
                &example.sends.at,
                "it needs UCS-2, which `unicode` does not allow".into(),
            ));
        }
        let Some(alphabet) = &profile.limits.alphabet else { continue };
        if let Some(odd) = example.sends.chars().find(|c| !alphabet.is_match(c.encode_utf8(&mut [0; 4]))) {
            findings.push(error(
                "over-the-limits",
                &example.sends.at,
                format!("{odd:?} is not in `alphabet`"),
            ));
        }
    }
}

/// `code.NAME` needs a map.
pub(super) fn unknown_map(profile: &Profile, findings: &mut Vec<Finding>) {
    let sends = profile.steps.iter().flat_map(|step| {
        let ways = step.instead.iter().map(|way| &way.send);
        std::iter::once(&step.send).chain(ways)
    });
    let wraps = profile.forms.iter().map(|form| &form.wrap);
    for template in sends.chain(wraps).chain([&profile.register]) {
        for name in codes(template) {
            if !profile.maps.iter().any(|(map, _)| **map == name) {
                let message = format!("it uses `code.{name}`, and there is no [map.{name}]");
                findings.push(error("unknown-map", &template.at, message));
            }
        }
    }
}

/// A set step lists every setting it sends: the read-back is compared by that list.
pub(super) fn not_in_sets(profile: &Profile, findings: &mut Vec<Finding>) {
    for (at, step) in profile.steps.iter().enumerate().filter(|(_, step)| step.kind == Kind::Set) {
        if step.sets.is_empty() {
            let message = format!("the step \"{}\" is a `set`, and `sets` is empty", step.id.value);
            findings.push(error("not-in-sets", &step.id.at, message));
        }
        let ways = step.instead.iter().filter_map(|way| way.sets.as_ref()).flatten();
        let sets: BTreeSet<&str> = step.sets.iter().chain(ways).map(|name| name.as_str()).collect();
        let mentioned = profile.templates.mentioned_by(at);
        for name in mentioned.filter(|name| !sets.contains(name) && !CARRIED.contains(name)) {
            let message = format!("\"{}\" sends `{name}` and does not list it in `sets`", step.id.value);
            findings.push(error("not-in-sets", &step.send.at, message).weighing(Severity::Warning));
        }
    }
}

/// Names after `code.` in a template.
fn codes(template: &str) -> impl Iterator<Item = String> {
    template
        .split("code.")
        .skip(1)
        .map(|rest| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect())
}
