//! What became of a tracker, as text.

use crate::engine::{Compared, Spoken, State, TalkOutcome};
use crate::report::SettingState;
use crate::secret::Secret;

use super::table::table;
use super::term::{Term, escape};

/// Writes an outcome: the standing first, then the commands and the settings behind it.
pub fn write(term: &mut Term, outcome: &TalkOutcome) {
    let standing = term.bold(&outcome.standing.to_string());
    term.sentence(&format!("{standing}: {}", escape(&outcome.sentence)));
    let commands: Vec<&Spoken> = outcome.talk.commands.iter().chain(&outcome.talk.reads).collect();
    let said = |spoken: &&Spoken| spoken.state != State::Planned || !outcome.talk.commands.is_empty();
    let rows = commands.into_iter().filter(said).map(|spoken| {
        [spoken.name.clone(), spoken.shown.trim_end().to_owned(), state(spoken).to_owned(), answer(spoken)]
    });
    let rows: Vec<_> = rows.collect();
    if !rows.is_empty() {
        let text = table(&["step", "sent", "state", "answer"], rows, term.width());
        term.line(text);
    }
    if !outcome.settings.is_empty() {
        let text =
            table(&["setting", "wanted", "found", ""], outcome.settings.iter().map(setting), term.width());
        term.line(text);
    }
}

fn state(spoken: &Spoken) -> &'static str {
    match spoken.state {
        State::Planned => "not sent",
        State::Acknowledged => "answered",
        State::Unanswered if spoken.lines.is_empty() => "no answer",
        State::Unanswered => "not understood",
        State::Refused => "refused",
        State::Unknown => "unknown",
        State::Failed => "not taken",
    }
}

fn answer(spoken: &Spoken) -> String {
    let mut text = spoken.lines.join(" ");
    if let Some(remark) = &spoken.remark {
        text.push_str(&format!(" ({remark})"));
    }
    text
}

fn setting(setting: &Compared) -> [String; 4] {
    let show = |value: &Option<String>| match value {
        Some(_) if setting.secret => Secret::MASK.to_owned(),
        Some(value) => value.clone(),
        None => "-".to_owned(),
    };
    let verdict = match SettingState::of(setting) {
        SettingState::Equal => "equal",
        SettingState::Differs => "DIFFERS",
        SettingState::NotRead => "not read back",
        SettingState::Unreadable => "cannot be read",
        SettingState::NotCompared => "not compared",
    };
    [setting.name.clone(), show(&setting.wanted), show(&setting.found), verdict.to_owned()]
}
