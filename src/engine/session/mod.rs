//! One tracker's conversation, one command at a time: find out whether it obeys the profile's dialect by
//! questions that change nothing, send the commands one by one, read back, compare.

mod commands;
mod questions;
mod reading;
mod shown;

use std::sync::Arc;
use std::time::Duration;

use super::compare::{add_echoes, read_back};
use super::standing::{Reason, Standing};
use super::talk::{Spoken, State, Stop, Talk, TalkOutcome, handed_over, judge};
use crate::plan::{Command, Plan};
use crate::profile::{FormName, Means, Profile};
use crate::tracker::Tracker;
use reading::read;

/// What a question or command is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Which dialect does it obey?
    Probe,
    /// The plan itself.
    Command,
    /// Reading back.
    Read,
}

/// What to say next.
#[derive(Debug, Clone)]
pub struct Turn {
    /// What for.
    pub purpose: Purpose,
    /// The step's name.
    pub name: String,
    /// The exact bytes.
    pub text: String,
    /// The same as it may be shown.
    pub shown: String,
    /// How long the answer may take.
    pub timeout: Duration,
    /// Pause before it.
    pub pause: Duration,
    /// Short messages it takes; 0 when it is none.
    pub messages: usize,
    /// Sent again it changes nothing.
    pub idempotent: bool,
}

/// What was heard after a turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// Lines of text, none for silence.
    Lines(Vec<String>),
    /// Nothing but our own words.
    OnlyEcho,
    /// Bytes that are no text.
    Garbage,
}

/// How far the words of a turn got in which a conversation was cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// They did not leave this machine.
    Kept,
    /// The network or the gateway refused them.
    Refused,
    /// They may have reached the tracker.
    Left,
}

/// A plan with its profile, and its texts as they may be shown.
#[derive(Debug, Clone)]
struct Script {
    profile: Arc<Profile>,
    plan: Plan,
    shown: Vec<String>,
}

impl Script {
    fn new(profile: Arc<Profile>, tracker: &Tracker, plan: Plan) -> Self {
        let shown = plan.shown(&profile, tracker);
        Self { profile, plan, shown }
    }

    fn spoken(&self, at: usize) -> Spoken {
        Spoken::planned(&self.profile, &self.plan.commands[at], self.shown[at].clone())
    }

    /// Our own commands in a line that came back, as they may be shown.
    fn without_echo(&self, line: String) -> String {
        let pairs = self.plan.commands.iter().zip(&self.shown);
        pairs.fold(line, |line, (command, shown)| line.replace(command.text.trim_end(), shown.trim_end()))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Probe {
        script: usize,
        at: usize,
    },
    Command(usize),
    /// A command may have arrived or not, and is looked for by reading back before the next one goes.
    Seek {
        command: usize,
        at: usize,
    },
    Read(usize),
    Over,
}

/// A conversation with one tracker.
#[derive(Debug, Clone)]
pub struct Session {
    profile: Arc<Profile>,
    tracker: Tracker,
    /// The profile's own questions first, then those of the dialects it may be mistaken for.
    probes: Vec<Script>,
    commands: Script,
    reads: Script,
    /// The plan whose settings are compared: the commands themselves, or what a verification expects.
    expected: Plan,
    phase: Phase,
    talk: Talk,
    /// It has answered a question of the profile's dialect.
    recognised: bool,
    /// After a time-out an answer that names no command may belong to the command before.
    late: bool,
    pause: Duration,
    heard: Vec<Heard>,
    stop: Option<Stop>,
    /// A command may have arrived or not; only a read-back says more.
    doubt: Option<Stop>,
    /// Why the last questions could not be asked.
    unasked: Option<(Reason, String)>,
    /// No answer can come back.
    one_way: bool,
}

impl Session {
    /// Asks `questions` of the profile's dialect, which change nothing; sends `commands` when one was answered; then
    /// reads back. `expected` is what the read-back is compared with. Without questions nothing is ever sent.
    #[must_use]
    pub fn new(
        profile: &Arc<Profile>,
        tracker: Tracker,
        questions: Plan,
        commands: Plan,
        reads: Plan,
        expected: Plan,
    ) -> Self {
        let script = |plan| Script::new(Arc::clone(profile), &tracker, plan);
        let (questions, commands, reads) = (script(questions), script(commands), script(reads));
        let mut session = Self {
            profile: Arc::clone(profile),
            probes: vec![questions],
            commands,
            reads,
            expected,
            phase: Phase::Probe { script: 0, at: 0 },
            talk: Talk::default(),
            recognised: false,
            late: false,
            pause: Duration::ZERO,
            heard: Vec::new(),
            stop: None,
            doubt: None,
            unasked: None,
            one_way: false,
            tracker,
        };
        session.talk.commands =
            (0..session.commands.plan.commands.len()).map(|at| session.commands.spoken(at)).collect();
        session.talk.reads =
            (0..session.reads.plan.commands.len()).map(|at| session.reads.spoken(at)).collect();
        session.settle();
        session
    }

    /// Adds questions of another dialect, asked when none of the profile's own was answered: to say what it is.
    pub fn other(&mut self, profile: &Arc<Profile>, questions: Plan) {
        self.probes.push(Script::new(Arc::clone(profile), &self.tracker, questions));
    }

    /// Sends the commands without a question first: a wrong dialect costs every message of the plan then, and is told
    /// only by what comes back.
    pub fn trust(&mut self) {
        self.recognised = true;
        self.phase = Phase::Command(0);
        // That no question was answered, as none was there, is no end any more.
        self.stop = None;
        self.settle();
    }

    /// No answer can come back on this way: that none comes says nothing of the tracker.
    pub fn one_way(&mut self) {
        self.one_way = true;
    }

    /// Asks the probing questions once more, as at another line speed.
    pub fn probe_again(&mut self) {
        self.phase = Phase::Probe { script: 0, at: 0 };
        self.stop = None;
        self.settle();
    }

    /// What to say next; none when the conversation is over.
    #[must_use]
    pub fn turn(&self) -> Option<Turn> {
        let (purpose, script, at) = match self.phase {
            Phase::Probe { script, at } => (Purpose::Probe, self.probes.get(script)?, at),
            Phase::Command(at) => (Purpose::Command, &self.commands, at),
            Phase::Read(at) | Phase::Seek { at, .. } => (Purpose::Read, &self.reads, at),
            Phase::Over => return None,
        };
        let command = script.plan.commands.get(at)?;
        let timeout = script.profile.timeout(command.step, command.form);
        let at_once = command.form == FormName::Cable;
        Some(Turn {
            purpose,
            name: script.profile.steps[command.step].id.value.clone(),
            text: command.text.clone(),
            shown: script.shown[at].trim_end().to_owned(),
            timeout: if at_once && purpose == Purpose::Probe { timeout.min(PROBE) } else { timeout },
            pause: self.pause,
            messages: command.sms().unwrap_or_default(),
            idempotent: script.profile.steps[command.step].idempotent,
        })
    }

    /// Whether these lines already hold the answer to the present turn.
    #[must_use]
    pub fn is_answer(&self, lines: &[String]) -> bool {
        let Some((script, command)) = self.present() else { return false };
        read(&script.profile, command, lines).is_some_and(|(reading, _)| reading.means != Means::Pending)
    }

    /// Whether no dialect was recognised although all were asked: the time to try another speed, or to stop.
    #[must_use]
    pub fn is_lost(&self) -> bool {
        self.stop.as_ref().is_some_and(|stop| {
            matches!(stop.reason, Reason::Silent | Reason::Garbage | Reason::OnlyEcho | Reason::NotRecognised)
        }) && self.talk.commands.iter().all(|spoken| spoken.state == State::Planned)
    }

    fn present(&self) -> Option<(&Script, &Command)> {
        let (script, at) = match self.phase {
            Phase::Probe { script, at } => (self.probes.get(script)?, at),
            Phase::Command(at) => (&self.commands, at),
            Phase::Read(at) | Phase::Seek { at, .. } => (&self.reads, at),
            Phase::Over => return None,
        };
        Some((script, script.plan.commands.get(at)?))
    }

    /// Takes what came back after the present turn. Returns how far its words got by that.
    pub fn hear(&mut self, heard: Heard) -> State {
        let present = self.phase;
        let lines = match &heard {
            Heard::Lines(lines) => lines.clone(),
            Heard::OnlyEcho | Heard::Garbage => Vec::new(),
        };
        self.pause = Duration::ZERO;
        match self.phase {
            Phase::Probe { script, at } => self.heard_probe(script, at, heard, lines),
            Phase::Command(at) => self.heard_command(at, lines),
            Phase::Read(at) => {
                self.heard_read(at, lines);
                self.phase = Phase::Read(at + 1);
            }
            Phase::Seek { command, at } => {
                self.heard_read(at, lines);
                self.phase = Phase::Seek { command, at: at + 1 };
            }
            Phase::Over => {}
        }
        let state = self.state(present);
        self.settle();
        state
    }

    /// How far the words of a phase got.
    fn state(&self, phase: Phase) -> State {
        let spoken = match phase {
            Phase::Probe { .. } => self.talk.probes.last(),
            Phase::Command(at) => self.talk.commands.get(at),
            Phase::Read(at) | Phase::Seek { at, .. } => self.talk.reads.get(at),
            Phase::Over => None,
        };
        spoken.map_or(State::Planned, |spoken| spoken.state)
    }

    fn end(&mut self, standing: Standing, reason: Reason, sentence: String) {
        self.stop = Some(Stop { standing, reason, sentence });
        self.phase = Phase::Over;
    }

    /// Moves on until there is something to say or nothing is left.
    fn settle(&mut self) {
        loop {
            self.phase = match self.phase {
                Phase::Probe { script, at } => match self.probes.get(script) {
                    Some(questions) if at < questions.plan.commands.len() => return,
                    Some(_) if self.recognised => Phase::Command(0),
                    Some(_) => Phase::Probe { script: script + 1, at: 0 },
                    None => return self.lost(),
                },
                Phase::Command(at) if at < self.commands.plan.commands.len() => return,
                Phase::Command(_) => Phase::Read(0),
                Phase::Seek { at, .. } if at < self.reads.plan.commands.len() => return,
                Phase::Seek { command, .. } => {
                    self.sought(command);
                    continue;
                }
                Phase::Read(at) if at < self.reads.plan.commands.len() => return,
                Phase::Read(_) => Phase::Over,
                Phase::Over => return,
            }
        }
    }

    /// What it came to.
    #[must_use]
    pub fn outcome(mut self) -> TalkOutcome {
        let mut settings = read_back(&self.profile, &self.tracker, &self.expected, &self.talk.reads);
        add_echoes(&self.profile, &self.tracker, &self.talk.commands, &mut settings);
        let unasked = self.unasked.take();
        let judged = || {
            let (standing, reason, sentence) = judge(&self.profile, &self.talk, &settings);
            if self.one_way && reason == Some(Reason::Silent) {
                return (standing, Some(Reason::OneWay), handed_over(&self.talk));
            }
            match &unasked {
                Some((why, words)) if !matches!(standing, Standing::Verified | Standing::Failed) => {
                    (standing, Some(*why), format!("{sentence}; {words}"))
                }
                _ => (standing, reason, sentence),
            }
        };
        let (standing, reason, sentence) = match (self.stop.take(), self.doubt.take()) {
            (Some(stop), _) => (stop.standing, Some(stop.reason), stop.sentence),
            (None, None) => judged(),
            (None, Some(doubt)) => match judged() {
                // The read-back shows everything that the doubtful command carried.
                proven @ (Standing::Verified, ..) => proven,
                _ => (doubt.standing, Some(doubt.reason), doubt.sentence),
            },
        };
        TalkOutcome { standing, reason, sentence, talk: self.talk, settings, one_way: self.one_way }
    }
}

/// On a cable, a question to find out the dialect is answered at once or not at all; the longest wait for it.
const PROBE: Duration = Duration::from_secs(3);
