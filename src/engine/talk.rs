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
    /// Not taken by the network or the gateway, and that is known.
    Failed,
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
    /// No answer could come back on the way that it went.
    pub one_way: bool,
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
    let mut differing = settings.iter().filter(|setting| setting.equal == Some(false));
    if let Some(id) = differing.clone().find(|setting| setting.identity) {
        return (Standing::Failed, Some(Reason::OtherTracker), contradiction(id));
    }
    if let Some(differs) = differing.next() {
        return (Standing::Failed, Some(Reason::Differs), contradiction(differs));
    }
    let writes = talk.commands.iter().any(|spoken| profile.steps[spoken.step].kind != Kind::Query);
    if proven(talk, settings) {
        return read_back(profile, settings, writes);
    }
    if talk.commands.is_empty() {
        return (Standing::Planned, Some(Reason::NotReadBack), open_reads(talk));
    }
    if talk.commands.iter().any(|spoken| spoken.state != State::Acknowledged) {
        return unanswered(talk, writes);
    }
    acknowledged(talk, settings, writes)
}

fn contradiction(differs: &Compared) -> String {
    let [found, wanted] = [&differs.found, &differs.wanted]
        .map(|value| show(value.as_deref().unwrap_or_default(), differs.secret));
    format!("{} reads back as {found}, it should be {wanted}", differs.name)
}

/// A value as a sentence names it.
pub(super) fn show(value: &str, secret: bool) -> &str {
    match value {
        "" => "empty",
        _ if secret => crate::secret::Secret::MASK,
        _ => value,
    }
}

/// Settings the plan gives a value, the identity aside.
fn wanted(settings: &[Compared]) -> impl Iterator<Item = &Compared> + Clone {
    settings.iter().filter(|setting| setting.wanted.is_some() && !setting.identity)
}

/// Whether a question asked after the commands shows a setting as wanted.
fn is_read_equal(setting: &Compared) -> bool {
    setting.equal == Some(true) && !setting.echoed
}

/// Whether the read-back proves what was asked: nothing that an asked question could show is open, something was
/// shown, and each command that was not answered is proven by every value it carried.
fn proven(talk: &Talk, settings: &[Compared]) -> bool {
    let answered = |spoken: &Spoken| spoken.state == State::Acknowledged || is_carried(spoken, settings);
    let shown = wanted(settings).any(is_read_equal);
    shown && !wanted(settings).any(|setting| setting.outstanding) && talk.commands.iter().all(answered)
}

/// Whether every value that a command carried reads back as wanted, and there is one.
pub(super) fn is_carried(spoken: &Spoken, settings: &[Compared]) -> bool {
    let mut values = wanted(settings).filter(|setting| spoken.sets.contains(&setting.name)).peekable();
    values.peek().is_some() && values.all(is_read_equal)
}

/// The standing after a read-back that proves: `verified` only where server and port are among what it shows.
fn read_back(profile: &Profile, settings: &[Compared], writes: bool) -> (Standing, Option<Reason>, String) {
    let equal = wanted(settings).filter(|setting| is_read_equal(setting));
    let shows = |name: &str| equal.clone().any(|setting| setting.name == name);
    let names: Vec<&str> = equal.clone().map(|setting| setting.name.as_str()).collect();
    let mut sentence = format!("{} read back as wanted", list(&names));
    if equal.clone().any(|setting| setting.evidence == Some(Evidence::Inferred)) {
        sentence.push_str(", by a reply form that no source gives for this tracker");
    }
    sentence.push_str(&unread(profile, settings));
    if shows("server") && shows("port") {
        return (Standing::Verified, None, sentence);
    }
    let server = wanted(settings).any(|setting| setting.name == "server");
    if !writes {
        return (
            Standing::Planned,
            Some(Reason::NotReadBack),
            format!("{sentence}; without the server nothing is verified"),
        );
    }
    if server {
        return (Standing::Acknowledged, Some(Reason::NotReadBack), sentence);
    }
    let open = wanted(settings).any(|setting| setting.equal.is_none());
    (Standing::Acknowledged, open.then_some(Reason::NotReadBack), sentence)
}

/// What no answer showed: because nobody asked, or because nothing can show it.
fn unread(profile: &Profile, settings: &[Compared]) -> String {
    let queries = || (0..profile.steps.len()).filter(|at| profile.steps[*at].kind == Kind::Query);
    let readable =
        |setting: &&Compared| queries().any(|at| profile.readable(at).any(|name| name == setting.name));
    let (asked, never): (Vec<&Compared>, Vec<&Compared>) =
        wanted(settings).filter(|setting| setting.equal.is_none()).partition(readable);
    let names = |settings: &[&Compared]| list(&settings.iter().map(|s| s.name.as_str()).collect::<Vec<_>>());
    let mut text = String::new();
    if !asked.is_empty() {
        text.push_str(&format!(
            "; {} {} not shown",
            names(&asked),
            if asked.len() == 1 { "was" } else { "were" }
        ));
    }
    if !never.is_empty() {
        text.push_str(&format!("; {} cannot be read back", names(&never)));
    }
    text
}

fn open_reads(talk: &Talk) -> String {
    let open = talk.reads.iter().filter(|spoken| spoken.means != Some(Means::Value));
    let names: Vec<&str> = open.map(|spoken| spoken.name.as_str()).collect();
    match names.len() {
        0 => "no answer showed a setting that could be compared".to_owned(),
        1 => format!("{} was not answered with a value", names[0]),
        _ => format!("{} were not answered with values", list(&names)),
    }
}

fn unanswered(talk: &Talk, writes: bool) -> (Standing, Option<Reason>, String) {
    let standing = if writes { Standing::Sent } else { Standing::Planned };
    let Some(open) = talk.commands.iter().find(|spoken| spoken.state != State::Acknowledged) else {
        return (standing, None, String::new());
    };
    let name = &open.name;
    let (reason, words) = match (open.lines.first(), open.means, &open.remark) {
        (None, ..) => (Reason::Silent, format!("\"{name}\" was not answered")),
        (Some(line), Some(_), Some(remark)) => {
            (Reason::NotRecognised, format!("\"{name}\" was answered with {line:?}: {remark}"))
        }
        (Some(line), Some(_), None) => (
            Reason::NotRecognised,
            format!("\"{name}\" was answered with {line:?}, and the real answer did not follow"),
        ),
        (Some(line), None, _) => (
            Reason::NotRecognised,
            format!("\"{name}\" was answered with {line:?}, which no known reply form fits"),
        ),
    };
    (standing, Some(reason), words)
}

/// What is known of commands that went where no answer comes back.
pub(super) fn handed_over(talk: &Talk) -> String {
    let names: Vec<&str> = talk.commands.iter().map(|spoken| spoken.name.as_str()).collect();
    let were = if names.len() == 1 { "was" } else { "were" };
    format!("{} {were} handed over, and no answer can come back on this way", list(&names))
}

fn acknowledged(talk: &Talk, settings: &[Compared], writes: bool) -> (Standing, Option<Reason>, String) {
    if !writes {
        return (Standing::Acknowledged, None, "every question was answered".to_owned());
    }
    let open = || wanted(settings).filter(|setting| setting.found.is_none());
    let names: Vec<&str> = open().map(|setting| setting.name.as_str()).collect();
    if names.is_empty() {
        let all: Vec<&str> = talk.commands.iter().map(|spoken| spoken.name.as_str()).collect();
        return (Standing::Acknowledged, None, format!("{} answered that it is done", list(&all)));
    }
    let words = match (open().any(|setting| setting.outstanding), names.len()) {
        (false, _) => "cannot be read back",
        (true, 1) => "was not read back",
        (true, _) => "were not read back",
    };
    let sentence = format!("the tracker answered that it is done; {} {words}", list(&names));
    (Standing::Acknowledged, Some(Reason::NotReadBack), sentence)
}

/// "a", "a and b", "a, b and c".
pub(super) fn list(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}
