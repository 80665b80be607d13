//! One tracker's conversation, one command at a time: find out whether it obeys the profile's dialect by
//! questions that change nothing, send the commands one by one, read back, compare.

use std::sync::Arc;
use std::time::Duration;

use super::compare::read_back;
use super::standing::{Reason, Standing};
use super::talk::{Spoken, State, Stop, Talk, TalkOutcome, is_carried, judge};
use crate::plan::{Command, Plan};
use crate::profile::{FormName, Means, Profile, Reading};
use crate::secret::Secret;
use crate::tracker::Tracker;

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
#[derive(Debug)]
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

    /// Lines of an answer to the present turn as they may be shown.
    #[must_use]
    pub fn shown(&self, lines: &[String]) -> Vec<String> {
        let Some((script, command)) = self.present() else { return Vec::new() };
        self.masked(&script.profile, command.step, lines)
    }

    /// Lines that came after a step of `profile`, with every secret masked that a late answer or the echo of any
    /// command of ours may bring.
    fn masked(&self, profile: &Profile, step: usize, lines: &[String]) -> Vec<String> {
        let scripts = || self.probes.iter().chain([&self.commands, &self.reads]);
        let mask = |line: &String| {
            let mut line = scripts().fold(line.clone(), |line, script| script.without_echo(line));
            line = profile.mask_reply(step, &line);
            for script in scripts() {
                let steps = script.plan.commands.iter().map(|command| command.step);
                line = steps.fold(line, |line, step| script.profile.mask_reply(step, &line));
            }
            // A device that quotes us in words of its own follows no form: our own secrets are known by their value.
            let names = self.tracker.settings.names().filter(|name| self.profile.is_secret(name));
            names
                .filter_map(|name| self.tracker.value(name))
                .fold(line, |line, secret| without_word(&line, &secret))
        };
        lines.iter().map(mask).collect()
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

    /// Every question that reads back was asked after a command of which nobody knows whether it arrived.
    fn sought(&mut self, at: usize) {
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
    fn found(&mut self, at: usize) -> bool {
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

    fn heard_probe(&mut self, script: usize, at: usize, heard: Heard, lines: Vec<String>) {
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
    fn next_probe(&self, script: usize, at: usize) -> Phase {
        if !self.recognised {
            return Phase::Probe { script, at };
        }
        let told = |spoken: &Spoken| spoken.values.iter().any(|(name, _)| name == "imei");
        if self.tracker.imei.is_none() || self.talk.probes.iter().any(told) {
            return Phase::Command(0);
        }
        let questions = &self.probes[script];
        let tells = |command: &Command| questions.profile.readable(command.step).any(|name| name == "imei");
        match questions.plan.commands.iter().skip(at).position(tells) {
            Some(skipped) => Phase::Probe { script, at: at + skipped },
            None => Phase::Command(0),
        }
    }

    fn other_dialect(&mut self, other: &Profile) {
        let sentence = format!(
            "this tracker obeys the dialect of {} ({}), not that of {}; nothing was changed",
            other.id.value, other.name, self.profile.id.value
        );
        self.end(Standing::Failed, Reason::OtherDialect, sentence);
    }

    /// A tracker that says it is another one is not configured.
    fn check_identity(&mut self, reading: &Reading) {
        let told = reading.values.iter().find(|(name, _)| name == "imei").map(|(_, value)| value);
        let (Some(told), Some(imei)) = (told, &self.tracker.imei) else { return };
        if told != imei.as_str() {
            let sentence = format!(
                "this tracker says its IMEI is {told}, the plan is for {}; nothing was changed",
                imei.as_str()
            );
            self.end(Standing::Failed, Reason::OtherTracker, sentence);
        }
    }

    /// All dialects were asked and none was recognised.
    fn lost(&mut self) {
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

    fn heard_command(&mut self, at: usize, lines: Vec<String>) {
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
            Means::Ok | Means::Value => {}
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

    fn heard_read(&mut self, at: usize, lines: Vec<String>) {
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

    /// What it came to.
    #[must_use]
    pub fn outcome(mut self) -> TalkOutcome {
        let settings = read_back(&self.profile, &self.tracker, &self.expected, &self.talk.reads);
        let unasked = self.unasked.take();
        let judged = || {
            let (standing, reason, sentence) = judge(&self.profile, &self.talk, &settings);
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
        TalkOutcome { standing, reason, sentence, talk: self.talk, settings }
    }
}

/// On a cable, a question to find out the dialect is answered at once or not at all; the longest wait for it.
const PROBE: Duration = Duration::from_secs(3);

/// A line with a secret masked wherever it stands by itself: digits inside a longer number are none.
fn without_word(line: &str, secret: &str) -> String {
    if secret.is_empty() {
        return line.to_owned();
    }
    let mut shown = String::with_capacity(line.len());
    let mut from = 0;
    for (at, _) in line.match_indices(secret) {
        let end = at + secret.len();
        let inside =
            line[..at].ends_with(char::is_alphanumeric) || line[end..].starts_with(char::is_alphanumeric);
        shown.push_str(&line[from..at]);
        shown.push_str(if inside { secret } else { Secret::MASK });
        from = end;
    }
    shown + &line[from..]
}

fn note(spoken: &mut Spoken, reading: &Reading) {
    spoken.state = State::Acknowledged;
    spoken.means = Some(reading.means);
    spoken.values = reading.values.clone();
    spoken.evidence = Some(reading.evidence);
    spoken.remark = reading.hint.clone();
}

/// The first line that a known reply form of the command fits, with its place. An answer to a query may be spread
/// over lines.
fn read(profile: &Profile, command: &Command, lines: &[String]) -> Option<(Reading, usize)> {
    let lines = lines.iter().enumerate();
    let readings = lines.filter_map(|(at, line)| Some((profile.read_reply(command.step, line)?, at)));
    let (pending, mut readings): (Vec<_>, Vec<_>) =
        readings.partition(|(reading, _)| reading.means == Means::Pending);
    if readings.is_empty() {
        return pending.into_iter().next();
    }
    // A refusal among the lines counts before an OK that may belong to the command before.
    let refusal = readings.iter().position(|(reading, _)| !matches!(reading.means, Means::Ok | Means::Value));
    let (mut first, line) = readings.remove(refusal.unwrap_or(0));
    if first.means == Means::Value {
        let more = readings.into_iter().filter(|(reading, _)| reading.means == Means::Value);
        first.values.extend(more.flat_map(|(reading, _)| reading.values));
    }
    Some((first, line))
}
