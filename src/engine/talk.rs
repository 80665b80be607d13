//! What was said to one tracker and what came back, and what that proves.

use super::compare::Compared;
use super::standing::{Reason, Standing};
use crate::plan::{Command, sets};
use crate::profile::{Evidence, Kind, Means, Profile};

/// How far one command got.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Not handed over.
    Planned,
    /// Answered, and the answer says done or shows a value.
    Acknowledged,
    /// Handed over; no answer that proves anything.
    Unanswered,
    /// Answered with a refusal.
    Refused,
    /// Handed over when the courier broke: it may have arrived.
    Unknown,
}

/// One command and its answer.
#[derive(Debug, Clone)]
pub struct Spoken {
    /// Place of the step in its profile.
    pub step: usize,
    /// The step's name.
    pub name: String,
    /// The text as it may be shown.
    pub shown: String,
    /// Settings it sets.
    pub sets: Vec<String>,
    /// How far it got.
    pub state: State,
    /// What the answer says, where a known form fits.
    pub means: Option<Means>,
    /// The lines that came back.
    pub lines: Vec<String>,
    /// Settings the answer shows.
    pub values: Vec<(String, String)>,
    /// What the knowledge of the answer's form is worth.
    pub evidence: Option<Evidence>,
    /// A remark on the answer: why it proves nothing, or what to do.
    pub remark: Option<String>,
}

impl Spoken {
    /// A command that was not handed over.
    #[must_use]
    pub fn planned(profile: &Profile, command: &Command, shown: String) -> Self {
        Self {
            step: command.step,
            name: profile.steps[command.step].id.value.clone(),
            shown,
            sets: sets(profile, command).into_iter().map(str::to_owned).collect(),
            state: State::Planned,
            means: None,
            lines: Vec::new(),
            values: Vec::new(),
            evidence: None,
            remark: None,
        }
    }
}

/// The commands of a conversation by what they were for.
#[derive(Debug, Clone, Default)]
pub struct Talk {
    /// Questions to find out which dialect it obeys.
    pub probes: Vec<Spoken>,
    /// Commands of the plan.
    pub commands: Vec<Spoken>,
    /// Questions asked after the last command.
    pub reads: Vec<Spoken>,
}

/// What a conversation came to.
#[derive(Debug, Clone)]
pub struct TalkOutcome {
    /// Where the tracker stands.
    pub standing: Standing,
    /// Why, where it is not simply done.
    pub reason: Option<Reason>,
    /// The same as one sentence.
    pub sentence: String,
    /// Everything that was said.
    pub talk: Talk,
    /// Setting by setting.
    pub settings: Vec<Compared>,
}

impl TalkOutcome {
    /// Settings the tracker was to have that no answer shows.
    pub fn unread(&self) -> impl Iterator<Item = &Compared> {
        self.settings.iter().filter(|setting| setting.wanted.is_some() && setting.found.is_none())
    }
}

/// What stopped a conversation before its end.
#[derive(Debug, Clone)]
pub(super) struct Stop {
    pub(super) standing: Standing,
    pub(super) reason: Reason,
    pub(super) sentence: String,
}

/// What a conversation that ran to its end proves.
pub(super) fn judge(
    profile: &Profile,
    talk: &Talk,
    settings: &[Compared],
) -> (Standing, Option<Reason>, String) {
    if let Some(differs) = settings.iter().find(|setting| setting.equal == Some(false)) {
        let hide = |value: &Option<String>| match (differs.secret, value) {
            (true, _) => crate::secret::Secret::MASK.to_owned(),
            (false, value) => value.clone().unwrap_or_default(),
        };
        let sentence = format!(
            "{} reads back as {}, it should be {}",
            differs.name,
            hide(&differs.found),
            hide(&differs.wanted)
        );
        return (Standing::Failed, Some(Reason::Differs), sentence);
    }
    let writes = talk.commands.iter().any(|spoken| profile.steps[spoken.step].kind != Kind::Query);
    let all = |state: State| talk.commands.iter().all(|spoken| spoken.state == state);
    if let Some(verdict) = verified(talk, settings) {
        return verdict;
    }
    if !all(State::Acknowledged) {
        return unanswered(talk, writes);
    }
    acknowledged(talk, settings, writes)
}

/// Server, port and everything an answer could have shown are as wanted, and every command that was not answered
/// is proven by what was read back.
fn verified(talk: &Talk, settings: &[Compared]) -> Option<(Standing, Option<Reason>, String)> {
    let shown =
        |name: &String| settings.iter().any(|setting| setting.name == *name && setting.equal == Some(true));
    let open = talk.commands.iter().any(|s| s.state != State::Acknowledged && !s.sets.iter().any(shown));
    if open {
        return None;
    }
    let wanted = || settings.iter().filter(|setting| setting.wanted.is_some());
    let needed = |name: &str| wanted().all(|setting| setting.name != name || setting.equal == Some(true));
    let some = wanted().any(|setting| setting.equal == Some(true) && setting.name != "imei");
    let outstanding = wanted().any(|setting| setting.outstanding);
    if !some || outstanding || !needed("server") || !needed("port") {
        return None;
    }
    let equal = wanted().filter(|setting| setting.equal == Some(true));
    let inferred = equal.clone().any(|setting| setting.evidence == Some(Evidence::Inferred));
    let names: Vec<&str> = equal.map(|setting| setting.name.as_str()).collect();
    let mut sentence = format!("{} read back as wanted", list(&names));
    if inferred {
        sentence.push_str(", by another maker's reply form");
    }
    let unread: Vec<&str> = wanted().filter(|s| s.equal.is_none()).map(|s| s.name.as_str()).collect();
    if !unread.is_empty() {
        sentence.push_str(&format!("; {} cannot be read back", list(&unread)));
    }
    Some((Standing::Verified, None, sentence))
}

fn unanswered(talk: &Talk, writes: bool) -> (Standing, Option<Reason>, String) {
    let open = talk.commands.iter().find(|spoken| spoken.state != State::Acknowledged);
    let (name, lines) =
        open.map_or((String::new(), &[][..]), |spoken| (spoken.name.clone(), &spoken.lines[..]));
    let (reason, words) = match lines.first() {
        Some(line) => (
            Reason::NotRecognised,
            format!("\"{name}\" was answered with {line:?}, which no known reply form fits"),
        ),
        None => (Reason::Silent, format!("\"{name}\" was not answered")),
    };
    let standing = if writes { Standing::Sent } else { Standing::Planned };
    (standing, Some(reason), words)
}

fn acknowledged(talk: &Talk, settings: &[Compared], writes: bool) -> (Standing, Option<Reason>, String) {
    if !writes {
        return (Standing::Acknowledged, None, "every question was answered".to_owned());
    }
    let open = || settings.iter().filter(|setting| setting.wanted.is_some() && setting.found.is_none());
    let names: Vec<&str> = open().map(|setting| setting.name.as_str()).collect();
    if names.is_empty() {
        return (Standing::Acknowledged, None, format!("{} answered that it is done", list_of(talk)));
    }
    let words = match (open().any(|setting| setting.outstanding), names.len()) {
        (false, _) => "cannot be read back",
        (true, 1) => "was not read back",
        (true, _) => "were not read back",
    };
    let sentence = format!("the tracker answered that it is done; {} {words}", list(&names));
    (Standing::Acknowledged, Some(Reason::NotReadBack), sentence)
}

fn list_of(talk: &Talk) -> String {
    let names: Vec<&str> = talk.commands.iter().map(|spoken| spoken.name.as_str()).collect();
    list(&names)
}

/// "a", "a and b", "a, b and c".
pub(super) fn list(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}
