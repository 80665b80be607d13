//! The commands and the questions that read back: what came for them, and what follows where nobody knows whether one
//! arrived, or where the conversation is cut.

use std::time::Duration;

use super::reading::{note, read};
use super::{Cut, Phase, Session};
use crate::engine::compare::read_back;
use crate::engine::identity::other;
use crate::engine::standing::{Reason, Standing};
use crate::engine::talk::{State, Stop, is_carried, show};
use crate::profile::{Means, Reading};

impl Session {
    pub(super) fn heard_command(&mut self, at: usize, lines: Vec<String>) {
        let command = &self.commands.plan.commands[at];
        let found = read(&self.profile, command, &lines);
        let lines = self.masked(&self.profile, command.step, &lines);
        self.pause = self.profile.steps[command.step].wait_after;
        self.phase = Phase::Command(at + 1);
        let late = self.late;
        let spoken = &mut self.talk.commands[at];
        spoken.lines = lines;
        let Some((reading, line)) = found else {
            spoken.state = State::Unanswered;
            self.late = true;
            return;
        };
        note(spoken, &reading);
        match reading.means {
            Means::Ok if late && !reading.telling => {
                spoken.state = State::Unanswered;
                spoken.remark = Some(
                    "this OK names no command, and one before it was not answered: it proves nothing"
                        .to_owned(),
                );
            }
            Means::Ok | Means::Value => self.check_echo(at, &reading, line),
            Means::Pending => {
                spoken.state = State::Unanswered;
                self.late = true;
            }
            refusal => {
                spoken.state = State::Refused;
                let line = spoken.lines.get(line).cloned().unwrap_or_default();
                let mut sentence = format!("\"{}\" was answered with {line:?}", spoken.name);
                if let Some(hint) = &reading.hint {
                    sentence = format!("{sentence}: {hint}");
                }
                self.end(Standing::Refused, Reason::of(refusal), sentence);
            }
        }
    }

    /// An answer that shows another value than its command carried says that the tracker did not take that value,
    /// whatever else it says; one that shows another id came from another tracker.
    fn check_echo(&mut self, at: usize, reading: &Reading, line: usize) {
        let spoken = &mut self.talk.commands[at];
        if let Some(other) = other(&self.profile, &self.tracker, &reading.values) {
            spoken.state = State::Refused;
            let sentence = format!("{}; \"{}\" was sent to it", other.sentence(), spoken.name);
            return self.end(Standing::Failed, Reason::OtherTracker, sentence);
        }
        let carried = reading.values.iter().filter(|(name, _)| spoken.sets.contains(name));
        let differs = carried.into_iter().find_map(|(name, value)| {
            let wanted = self.profile.value(&self.tracker, name).unwrap_or_default();
            let same = self.profile.same_value(name, &wanted, value);
            let secret = self.profile.is_secret(name);
            (!same).then(|| {
                format!("{name} is {} in it, and should be {}", show(value, secret), show(&wanted, secret))
            })
        });
        if let Some(differs) = differs {
            spoken.state = State::Refused;
            let line = spoken.lines.get(line).cloned().unwrap_or_default();
            let sentence = format!("\"{}\" was answered with {line:?}: {differs}", spoken.name);
            self.end(Standing::Failed, Reason::Differs, sentence);
        }
    }

    pub(super) fn heard_read(&mut self, at: usize, lines: Vec<String>) {
        let command = &self.reads.plan.commands[at];
        let found = read(&self.profile, command, &lines);
        let lines = self.masked(&self.profile, command.step, &lines);
        let spoken = &mut self.talk.reads[at];
        spoken.lines = lines;
        spoken.state = State::Unanswered;
        let Some((reading, _)) = found else { return };
        note(spoken, &reading);
        spoken.state = match reading.means {
            Means::Value => State::Acknowledged,
            Means::Ok | Means::Pending => State::Unanswered,
            _ => State::Refused,
        };
    }

    /// The words of the present turn were let out, and nothing tells whether they arrived. A question that changes
    /// nothing is passed over. A command is looked for by reading back, when `up`, that is, when the courier works
    /// again; the next one goes only when every value that it carried is found.
    pub fn doubt(&mut self, sentence: String, up: bool) -> State {
        let doubt = Stop { standing: Standing::Unknown, reason: Reason::NoOutcome, sentence };
        self.pause = Duration::ZERO;
        match self.phase {
            Phase::Probe { script, at } => {
                let mut spoken = self.probes[script].spoken(at);
                spoken.state = State::Unknown;
                self.talk.probes.push(spoken);
                self.phase = if up { self.next_probe(script, at + 1) } else { Phase::Over };
                // A question changes nothing: where the dialect is known, what became of it matters no more.
                self.doubt = (!up || !self.recognised).then_some(doubt);
            }
            Phase::Command(at) => {
                self.talk.commands[at].state = State::Unknown;
                self.doubt = Some(doubt);
                let readable = !self.reads.plan.commands.is_empty();
                self.phase = if up && readable { Phase::Seek { command: at, at: 0 } } else { Phase::Over };
            }
            Phase::Read(at) => {
                self.talk.reads[at].state = State::Unknown;
                self.phase = if up { Phase::Read(at + 1) } else { Phase::Over };
            }
            Phase::Seek { command, at } => {
                self.talk.reads[at].state = State::Unknown;
                self.phase = if up { Phase::Seek { command, at: at + 1 } } else { Phase::Over };
            }
            Phase::Over => {}
        }
        self.settle();
        State::Unknown
    }

    /// The conversation ends in the present turn, whose words got as far as `how` says. Returns what that is for them.
    pub fn cut(&mut self, reason: Reason, sentence: String, how: Cut) -> State {
        let state = match how {
            Cut::Kept => State::Planned,
            Cut::Refused => State::Failed,
            Cut::Left => State::Unknown,
        };
        if let Phase::Read(at) = self.phase {
            // The commands stand as they stand: a question that did not go takes nothing back.
            self.talk.reads[at].state = state;
            self.unasked = Some((reason, sentence));
            self.phase = Phase::Over;
            return state;
        }
        if let Phase::Command(at) = self.phase {
            self.talk.commands[at].state = state;
        }
        let asks = matches!(self.phase, Phase::Seek { .. });
        if let Phase::Seek { command, .. } = self.phase {
            // What was read back so far may be all that the command carried.
            self.found(command);
        }
        let commands = &self.talk.commands;
        let any = |state: State| commands.iter().any(|spoken| spoken.state == state);
        let standing = if any(State::Unknown) {
            Standing::Unknown
        } else if (how == Cut::Refused && !asks) || any(State::Failed) {
            Standing::Failed
        } else if commands.iter().all(|spoken| spoken.state == State::Planned) {
            Standing::Planned
        } else if commands.iter().all(|spoken| spoken.state == State::Acknowledged) {
            Standing::Acknowledged
        } else {
            Standing::Sent
        };
        self.end(standing, reason, sentence);
        state
    }

    /// Every question that reads back was asked after a command of which nobody knows whether it arrived.
    pub(super) fn sought(&mut self, at: usize) {
        if !self.found(at) {
            self.phase = Phase::Over;
            return;
        }
        self.talk.reads = (0..self.reads.plan.commands.len()).map(|at| self.reads.spoken(at)).collect();
        // An OK that names no command could still be this one's.
        self.late = true;
        self.phase = Phase::Command(at + 1);
    }

    /// Whether what was read back shows every value of a command of which nobody knew whether it arrived.
    pub(super) fn found(&mut self, at: usize) -> bool {
        let settings = read_back(&self.profile, &self.tracker, &self.expected, &self.talk.reads);
        let spoken = &mut self.talk.commands[at];
        if !is_carried(spoken, &settings) {
            return false;
        }
        spoken.state = State::Acknowledged;
        spoken.remark =
            Some("its outcome was unknown; the values that it carried were read back after it".to_owned());
        self.doubt = None;
        true
    }
}
