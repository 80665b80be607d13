//! What a person should know before a plan is sent.

use super::{Ask, Command, What};
use crate::profile::{Evidence, Note, Profile};
use crate::tracker::Tracker;

pub(super) fn notes(
    profile: &Profile,
    tracker: &Tracker,
    ask: &Ask<'_>,
    commands: &[Command],
) -> Vec<String> {
    let mut warnings = Vec::new();
    if profile.trials.is_empty() {
        warnings.push(format!("no one has reported a device answering the profile {}", profile.id.value));
    }
    let routine = match ask.what {
        What::Routine(name) => Some(name),
        What::Steps(_) => None,
    };
    let holds = |note: &&Note| {
        (note.forms.is_empty() || note.forms.contains(&ask.form))
            && (note.routines.is_empty()
                || routine.is_some_and(|name| note.routines.iter().any(|known| known == name)))
            && note.condition.holds(|name| profile.value(tracker, name))
    };
    let steps = commands.iter().flat_map(|command| &profile.steps[command.step].notes);
    for note in profile.notes.iter().chain(steps).filter(holds) {
        if !warnings.contains(&note.text) {
            warnings.push(note.text.clone());
        }
    }
    let form = profile.form(ask.form).map(|form| profile.evidence(&form.source));
    if form == Some(Evidence::Inferred) && !commands.is_empty() {
        warnings.push(format!(
            "that {} takes commands by {} in this way is inferred: no source says so",
            profile.name, ask.form
        ));
    }
    for command in commands {
        let step = &profile.steps[command.step];
        let source = command.way.map_or(&step.source, |way| &step.instead[way].source);
        if profile.evidence(source) == Evidence::Inferred {
            warnings.push(format!(
                "the form of \"{}\" is inferred: no source gives it for this tracker",
                step.id.value
            ));
        }
    }
    not_sent(profile, tracker, commands, &mut warnings);
    warnings
}

/// Settings the tracker was given that no command of this plan carries.
fn not_sent(profile: &Profile, tracker: &Tracker, commands: &[Command], warnings: &mut Vec<String>) {
    if commands.iter().all(|command| profile.steps[command.step].sets.is_empty()) {
        return;
    }
    let sent = |name: &str| {
        commands.iter().any(|command| {
            super::sets(profile, command).contains(&name) || profile.step_mentions(command.step, name)
        })
    };
    let implied = ["password", "login", "transport", "server", "port"];
    for name in
        tracker.settings.names().filter(|name| !implied.contains(name) && profile.sends(name) && !sent(name))
    {
        warnings.push(format!("{name} is given, and no command of this plan sends it: see --step"));
    }
}
