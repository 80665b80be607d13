//! The questions by which a dialect is recognised, and what their answers come to. Nothing that changes a tracker is said
//! before one of them was answered.

use std::sync::Arc;

use super::reading::{note, read};
use super::{Heard, Phase, Session};
use crate::engine::identity::{meant, other};
use crate::engine::standing::{Reason, Standing};
use crate::engine::talk::{Spoken, State};
use crate::plan::Command;
use crate::profile::{Means, Profile, Reading};

impl Session {
    pub(super) fn heard_probe(&mut self, script: usize, at: usize, heard: Heard, lines: Vec<String>) {
        let questions = &self.probes[script];
        let command = &questions.plan.commands[at];
        let found = read(&questions.profile, command, &lines);
        let profile = Arc::clone(&questions.profile);
        let mut spoken = questions.spoken(at);
        self.heard.push(heard);
        spoken.state = State::Unanswered;
        spoken.lines = self.masked(&profile, command.step, &lines);
        let Some((reading, _)) = found else {
            self.talk.probes.push(spoken);
            self.phase = self.next_probe(script, at + 1);
            return;
        };
        note(&mut spoken, &reading);
        self.talk.probes.push(spoken);
        if script > 0 {
            return self.other_dialect(&profile);
        }
        if matches!(reading.means, Means::BadPassword | Means::NotAuthorised) {
            let refused = match reading.means {
                Means::BadPassword => "the tracker says that the password is wrong",
                _ => {
                    "the tracker obeys only numbers that are set in it, and the one that asked is none of them"
                }
            };
            let hint = reading.hint.unwrap_or_else(|| refused.to_owned());
            return self.end(Standing::Refused, Reason::of(reading.means), hint);
        }
        self.recognised = true;
        // Whatever became of a question before: this one was answered.
        self.doubt = None;
        self.phase = self.next_probe(script, at + 1);
        self.check_identity(&reading);
    }

    /// The next question, from `at` on. A dialect that was recognised needs no more of them, unless one can tell
    /// whether this is the tracker that is meant.
    pub(super) fn next_probe(&self, script: usize, at: usize) -> Phase {
        if !self.recognised {
            return Phase::Probe { script, at };
        }
        let meant = |name: &str| meant(&self.profile, &self.tracker, name).is_some();
        let told = |spoken: &Spoken| spoken.values.iter().any(|(name, _)| meant(name));
        if self.talk.probes.iter().any(told) {
            return Phase::Command(0);
        }
        let questions = &self.probes[script];
        let tells = |command: &Command| questions.profile.readable(command.step).any(|name| meant(&name));
        match questions.plan.commands.iter().skip(at).position(tells) {
            Some(skipped) => Phase::Probe { script, at: at + skipped },
            None => Phase::Command(0),
        }
    }

    pub(super) fn other_dialect(&mut self, other: &Profile) {
        let sentence = format!(
            "this tracker obeys the dialect of {} ({}), not that of {}; nothing was changed",
            other.id.value, other.name, self.profile.id.value
        );
        self.end(Standing::Failed, Reason::OtherDialect, sentence);
    }

    /// A tracker that says it is another one is not configured.
    pub(super) fn check_identity(&mut self, reading: &Reading) {
        let Some(other) = other(&self.profile, &self.tracker, &reading.values) else { return };
        let sentence = format!("{}; nothing was changed", other.sentence());
        self.end(Standing::Failed, Reason::OtherTracker, sentence);
    }

    /// All dialects were asked and none was recognised.
    pub(super) fn lost(&mut self) {
        if let Some(doubt) = self.doubt.take() {
            return self.end(doubt.standing, doubt.reason, doubt.sentence);
        }
        let (reason, sentence) = if self.heard.contains(&Heard::Garbage) {
            (Reason::Garbage, "what came back is no text")
        } else if let Some(line) = self.talk.probes.iter().find_map(|spoken| spoken.lines.first()) {
            let sentence = format!("the device answers, but with nothing this dialect knows: {line:?}");
            return self.end(Standing::Planned, Reason::NotRecognised, sentence);
        } else if self.heard.contains(&Heard::OnlyEcho) {
            (Reason::OnlyEcho, "only an echo of our own words came back")
        } else {
            (Reason::Silent, "nothing came back")
        };
        self.end(Standing::Planned, reason, sentence.to_owned());
    }
}
