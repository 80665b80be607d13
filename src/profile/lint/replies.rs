//! Rules about replies: their patterns, their examples, and what they can prove.

use std::collections::BTreeSet;

use super::super::finding::Finding;
use super::super::reply::{TAG, captured, pattern_for};
use super::super::types::{Kind, Located, Means, Profile, Reply};
use super::{error, is_known, note};

/// Every pattern compiles, and one that names a tag is on a step that has one.
pub(super) fn pattern(profile: &Profile, findings: &mut Vec<Finding>) {
    for step in &profile.steps {
        let tag = step.tag.as_ref().map(|tag| tag.as_str());
        for reply in &step.replies {
            match pattern_for(reply, tag) {
                Some(Ok(_)) => {}
                Some(Err(fault)) => findings.push(error(
                    "reply-pattern",
                    &reply.pattern.at,
                    format!("this pattern does not compile: {fault}"),
                )),
                None => {
                    let message = format!("it uses {TAG}, and the step \"{}\" has no `tag`", step.id.value);
                    findings.push(error("reply-pattern", &reply.pattern.at, message));
                }
            }
        }
    }
    let tagged = profile.steps.iter().any(|step| step.tag.is_some());
    for reply in &profile.replies {
        let message = match pattern_for(reply, Some("0")) {
            Some(Err(fault)) => format!("this pattern does not compile: {fault}"),
            _ if reply.pattern.contains(TAG) && !tagged => format!("it uses {TAG}, and no step has a `tag`"),
            _ => continue,
        };
        findings.push(error("reply-pattern", &reply.pattern.at, message));
    }
}

/// A reply form that is claimed to be known shows one.
pub(super) fn no_reply_example(profile: &Profile, findings: &mut Vec<Finding>) {
    let all = profile.steps.iter().flat_map(|step| &step.replies).chain(&profile.replies);
    for reply in all.filter(|reply| reply.examples.is_empty()) {
        findings.push(error(
            "no-reply-example",
            &reply.pattern.at,
            "this reply has no `examples`".to_owned(),
        ));
    }
}

/// Examples match their own pattern, and the first tells what it is said to tell.
pub(super) fn reply_example(profile: &Profile, findings: &mut Vec<Finding>) {
    for step in &profile.steps {
        let tag = step.tag.as_ref().map(|tag| tag.as_str());
        step.replies.iter().for_each(|reply| check(profile, reply, &[tag], findings));
    }
    let tags: Vec<Option<&str>> =
        profile.steps.iter().map(|step| step.tag.as_ref().map(|tag| tag.as_str())).collect();
    profile.replies.iter().for_each(|reply| check(profile, reply, &tags, findings));
}

fn check(profile: &Profile, reply: &Reply, tags: &[Option<&str>], findings: &mut Vec<Finding>) {
    let patterns: Vec<_> = tags.iter().filter_map(|tag| pattern_for(reply, *tag)?.ok()).collect();
    for example in &reply.examples {
        if !patterns.is_empty() && !patterns.iter().any(|pattern| pattern.is_match(example)) {
            findings.push(error(
                "reply-example",
                &example.at,
                "it does not match its own pattern".to_owned(),
            ));
        }
    }
    let Some(first) = reply.examples.first() else { return };
    let Some((pattern, found)) =
        patterns.iter().find_map(|pattern| Some((pattern, pattern.captures(first)?)))
    else {
        return;
    };
    let told: BTreeSet<(String, String)> = captured(profile, &reply.decode, pattern, &found)
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .collect();
    let said: BTreeSet<(String, String)> = reply.tells.iter().cloned().collect();
    if told != said {
        let show = |pairs: &BTreeSet<(String, String)>| {
            pairs.iter().map(|(n, v)| format!("{n} = \"{v}\"")).collect::<Vec<_>>().join(", ")
        };
        let message = format!("it tells {{ {} }}, `tells` says {{ {} }}", show(&told), show(&said));
        findings.push(error("reply-example", &first.at, message));
    }
}

/// An `ok` that other steps get as well proves nothing after a time-out. Allowed, and said.
pub(super) fn ok_not_telling(profile: &Profile, findings: &mut Vec<Finding>) {
    for (at, step) in profile.steps.iter().enumerate() {
        for reply in step.replies.iter().filter(|reply| reply.means == Means::Ok) {
            let vague = reply
                .examples
                .iter()
                .find(|e| profile.read_reply(at, e).is_some_and(|reading| !reading.telling));
            if let Some(vague) = vague {
                let message =
                    format!("\"{}\" does not tell that it answers \"{}\"", vague.value, step.id.value);
                findings.push(note("ok-not-telling", &reply.pattern.at, message));
            }
        }
    }
}

/// A set whose settings nothing reads back can never be verified. Allowed, and said.
pub(super) fn unreadable(profile: &Profile, findings: &mut Vec<Finding>) {
    let readable: BTreeSet<String> =
        profile.routine("verify").into_iter().flatten().flat_map(|step| profile.readable(*step)).collect();
    let provision = profile.routine("provision").unwrap_or_default();
    for step in provision.iter().map(|at| &profile.steps[*at]).filter(|step| step.kind == Kind::Set) {
        let unread = |name: &&Located<String>| !readable.contains(name.as_str()) && is_known(profile, name);
        for name in step.sets.iter().filter(unread) {
            let message = format!("nothing in `verify` reads `{}` back", name.value);
            findings.push(note("unreadable", &name.at, message));
        }
    }
}
