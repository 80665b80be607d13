//! Plans as text: each command alone on its line, ready to copy, with what there is to know about it above.

use std::fmt::Write as _;

use crate::plan::{Command, Plan};
use crate::profile::{FormName, Profile};
use crate::tracker::Tracker;

use super::term::{Term, escape};

/// Writes one tracker's plan.
pub fn write(term: &mut Term, profile: &Profile, tracker: &Tracker, plan: &Plan) {
    let heading = term.bold(&escape(&heading(profile, tracker)));
    term.line(heading);
    for line in about(profile, plan) {
        let line = term.dim(&escape(&line));
        term.line(format!("  {line}"));
    }
    for (at, command) in plan.commands.iter().enumerate() {
        let caption =
            term.dim(&format!("# {}/{} {}", at + 1, plan.commands.len(), caption(profile, command)));
        term.line("");
        term.line(caption);
        term.line(escape(command.text.trim_end_matches(['\r', '\n'])));
    }
    term.line("");
}

/// Who the commands are for.
#[must_use]
pub fn heading(profile: &Profile, tracker: &Tracker) -> String {
    let mut text = if tracker.name.is_empty() {
        profile.name.clone()
    } else {
        format!("{} · {}", tracker.name, profile.name)
    };
    if let Some(phone) = tracker.value("phone") {
        let _ = write!(text, " · to {phone}");
    }
    if let Some(line) = tracker.line {
        let _ = write!(text, " · line {line}");
    }
    text
}

/// What there is to know before sending: count, evidence, the identity to register.
#[must_use]
pub fn about(profile: &Profile, plan: &Plan) -> Vec<String> {
    let mut lines = vec![count(profile, plan)];
    lines.push(match &plan.register {
        Some(id) => format!("register at the platform: {id}"),
        None if profile.register.contains("maker_id") => {
            "register at the platform: the maker's own id, which is not given (--device-id)".to_owned()
        }
        None => "register at the platform: the IMEI, which is not given".to_owned(),
    });
    lines
}

fn count(profile: &Profile, plan: &Plan) -> String {
    let commands = plan.commands.len();
    let mut text = format!("{commands} command{}", plural(commands));
    if plan.commands.iter().any(|command| command.form == FormName::Sms) {
        let _ = write!(text, ", {} SMS", plan.sms());
    }
    if let Some(evidence) = plan.evidence() {
        let _ = write!(text, "; evidence: {evidence}");
    }
    if profile.trials.is_empty() {
        text.push_str(", no trial on a device reported");
    }
    text
}

/// One command in words: its step, size and evidence.
#[must_use]
pub fn caption(profile: &Profile, command: &Command) -> String {
    let step = &profile.steps[command.step];
    let mut text = format!("{}: {}", escape(&step.id), size(command));
    let _ = write!(text, ", {}", command.evidence);
    if step.destructive {
        text.push_str(", DESTRUCTIVE");
    }
    text
}

/// Characters, alphabet and short messages.
#[must_use]
pub fn size(command: &Command) -> String {
    let characters = format!("{} characters", command.size.characters);
    match command.sms() {
        Some(messages) => format!("{characters}, {}, {messages} SMS", command.size.alphabet),
        None => format!("{characters} by {}", command.form),
    }
}

/// The letter that makes a word many.
#[must_use]
pub fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}
