//! What is to be said to one tracker: the questions by which its dialect is recognised, the commands, and the questions
//! that read back. Here plans are put together to a conversation; what each of them holds is the plan's to say.

use std::sync::Arc;

use super::session::Session;
use crate::plan::{self, Ask, Command, Fault, Plan, What, writes};
use crate::profile::{Kind, Profile};
use crate::tracker::Tracker;

/// What a tracker is asked beside its commands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asking {
    /// Which dialect it obeys, before anything is sent that changes it; and its settings, behind the last command.
    First,
    /// Its settings only: it is trusted to obey the dialect.
    After,
    /// Nothing: no answer can come back, and a question that nobody can answer is not paid for.
    Never,
}

/// What is to be said, in three parts.
#[derive(Debug, Clone)]
pub struct Script {
    /// Questions that change nothing, until one is answered; none when the tracker is trusted to obey.
    pub questions: Plan,
    /// The commands.
    pub commands: Plan,
    /// Questions asked after the last command.
    pub reads: Plan,
    /// What of this is asked.
    asking: Asking,
}

/// Why there is no script.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ScriptError {
    /// A plan cannot be made.
    #[error("{}", first(.0))]
    Plan(Vec<Fault>),
    /// The profile has no question that changes nothing, so nothing would show that a tracker obeys it.
    #[error("the profile {0} has no question that changes nothing, so nothing shows that a tracker obeys it")]
    NoQuestion(String),
    /// No answer can come back, and there is nothing but questions.
    #[error("these are questions only, and no answer can come back on this way")]
    OnlyQuestions,
}

fn first(faults: &[Fault]) -> String {
    faults
        .iter()
        .find(|fault| fault.weight == plan::Weight::Error)
        .or(faults.first())
        .map(Fault::sentence)
        .unwrap_or_default()
}

impl Script {
    /// The script of what is asked for. Where it is asked first, nothing is sent before the dialect was recognised.
    ///
    /// # Errors
    /// When one of its plans cannot be made, when nothing could show that the tracker obeys the dialect, or when nothing
    /// is left as no answer can come back.
    pub fn new(
        profile: &Profile,
        tracker: &Tracker,
        ask: &Ask<'_>,
        asking: Asking,
    ) -> Result<Self, ScriptError> {
        let mut commands = plan::plan(profile, tracker, ask).map_err(ScriptError::Plan)?;
        if asking == Asking::Never {
            let all = commands.commands.len();
            commands.commands.retain(|command| writes(profile, command));
            if commands.commands.is_empty() && all > 0 {
                return Err(ScriptError::OnlyQuestions);
            }
            return Ok(Self { questions: Plan::empty(), commands, reads: Plan::empty(), asking });
        }
        // A password that the commands change is the one that reading back needs.
        let after = commands.after.as_ref().unwrap_or(tracker);
        let reads = reads(profile, after, &commands, ask)?;
        let questions =
            if asking == Asking::First { questions(profile, tracker, ask)? } else { Plan::empty() };
        Ok(Self { questions, commands, reads, asking })
    }

    /// Short messages of its three parts: questions, commands, and those that read back.
    #[must_use]
    pub fn messages(&self) -> [usize; 3] {
        [&self.questions, &self.commands, &self.reads]
            .map(|plan| plan.commands.iter().filter_map(Command::sms).sum())
    }

    /// The conversation that it makes. `others` finds the profiles that the tracker's may be mistaken for; a question of
    /// each says which it is when it is not its own.
    #[must_use]
    pub fn session(
        &self,
        profile: &Arc<Profile>,
        tracker: &Tracker,
        others: impl Fn(&str) -> Option<Arc<Profile>>,
    ) -> Session {
        let Self { questions, commands, reads, asking } = self.clone();
        let trusted = questions.commands.is_empty();
        let form = commands.commands.first().map(|command| command.form);
        let mut session =
            Session::new(profile, tracker.clone(), questions, commands.clone(), reads, commands);
        if asking == Asking::Never {
            session.one_way();
        }
        let Some(form) = form.filter(|_| !trusted) else {
            session.trust();
            return session;
        };
        add_others(&mut session, profile, tracker, form, others);
        session
    }
}

/// Adds a question of each dialect that the tracker may be mistaken for.
pub fn add_others(
    session: &mut Session,
    profile: &Profile,
    tracker: &Tracker,
    form: crate::profile::FormName,
    others: impl Fn(&str) -> Option<Arc<Profile>>,
) {
    for alternative in &profile.alternatives {
        let Some(other) = others(&alternative.profile) else { continue };
        let steps = [alternative.tell.value.clone()];
        let ask = Ask { what: What::Steps(&steps), ..Ask::routine("identify", form) };
        // Identity only: this tracker's settings are made for its own profile.
        let same = Tracker { imei: tracker.imei, phone: tracker.phone, ..Tracker::default() };
        if let Ok(question) = plan::plan(&other, &same, &ask) {
            session.other(&other, question);
        }
    }
}

/// The questions by which the profile's dialect is recognised. Nothing is written before one of them was answered,
/// so a profile without any is not sent.
///
/// # Errors
/// When there is none.
pub fn questions(profile: &Profile, tracker: &Tracker, ask: &Ask<'_>) -> Result<Plan, ScriptError> {
    let own = plan::plan(profile, tracker, &Ask::routine("identify", ask.form));
    let own = own.ok().filter(|own| !own.commands.is_empty());
    own.ok_or_else(|| ScriptError::NoQuestion(profile.id.value.clone()))
}

/// The questions that read back what the commands set: the profile's `verify` for its routine, else the fewest
/// queries that can show the settings.
fn reads(profile: &Profile, tracker: &Tracker, commands: &Plan, ask: &Ask<'_>) -> Result<Plan, ScriptError> {
    let make = |ask: &Ask<'_>| plan::plan(profile, tracker, ask).map_err(ScriptError::Plan);
    let nothing = Plan::empty();
    if !commands.commands.iter().any(|command| writes(profile, command)) {
        return Ok(nothing);
    }
    let ask = Ask { factory_reset: false, without: &[], ..ask.clone() };
    if matches!(ask.what, What::Routine(_)) {
        if profile.routine("verify").is_none() {
            return Ok(nothing);
        }
        return make(&Ask { what: What::Routine("verify"), ..ask });
    }
    let mut wanted: Vec<&str> =
        commands.commands.iter().flat_map(|command| plan::sets(profile, command)).collect();
    let mut queries: Vec<String> = Vec::new();
    let verify = profile.routine("verify").unwrap_or_default();
    let all = verify
        .iter()
        .copied()
        .chain((0..profile.steps.len()).filter(|at| profile.steps[*at].kind == Kind::Query));
    for at in all {
        let shows: Vec<String> = profile.readable(at).collect();
        let before = wanted.len();
        wanted.retain(|name| !shows.iter().any(|shown| shown == name));
        if wanted.len() < before {
            queries.push(profile.steps[at].id.value.clone());
        }
    }
    make(&Ask { what: What::Steps(&queries), ..ask })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Heard, Reason, Standing, State, TalkOutcome};
    use crate::profile::{Catalogue, FormName, tracker_with};

    /// The script of a tracker that is trusted or has no way to answer, and what it came to in silence.
    fn silent(id: &str, asking: Asking, doubt_at: Option<usize>) -> (Vec<String>, TalkOutcome) {
        let profile = Arc::clone(Catalogue::built_in().find(id).unwrap());
        let known = [("server", "d.plaspy.com"), ("port", "8888"), ("apn", "internet")];
        let tracker = tracker_with(known).unwrap();
        let ask = Ask::routine("provision", FormName::Sms);
        let script = Script::new(&profile, &tracker, &ask, asking).unwrap();
        let mut session = script
            .session(&profile, &tracker, |id| Some(Arc::clone(Catalogue::built_in().find(id).unwrap())));
        let mut sent = Vec::new();
        while let Some(turn) = session.turn() {
            match doubt_at == Some(sent.len()) {
                true => session.doubt("it broke off".to_owned(), true),
                false => session.hear(Heard::Lines(Vec::new())),
            };
            sent.push(turn.text);
        }
        (sent, session.outcome())
    }

    const COMMANDS: [&str; 4] = ["GMT,E,0#", "APN,internet#", "SERVER,1,d.plaspy.com,8888#", "TIMER,60#"];

    #[test]
    fn where_no_answer_comes_back_only_commands_are_sent_and_silence_says_nothing_of_the_tracker() {
        let (sent, outcome) = silent("istartek-pt32", Asking::Never, None);
        assert_eq!(sent, COMMANDS);
        assert_eq!((outcome.standing, outcome.reason), (Standing::Sent, Some(Reason::OneWay)));
        assert_eq!(
            outcome.sentence,
            "timezone, apn, server and interval were handed over, and no answer can come back on this way"
        );
        assert!(outcome.one_way && outcome.settings.iter().all(|setting| !setting.outstanding));
        // Where answers could come, silence is the tracker's, and it is asked.
        let (sent, outcome) = silent("istartek-pt32", Asking::After, None);
        assert_eq!(sent[..4], COMMANDS);
        assert_eq!((sent.len(), outcome.reason), (5, Some(Reason::Silent)));
        let (sent, outcome) = silent("istartek-pt32", Asking::First, None);
        assert!(!sent.iter().any(|text| COMMANDS.contains(&text.as_str())), "{sent:?}");
        assert_eq!(outcome.standing, Standing::Planned);
    }

    #[test]
    fn a_command_of_unknown_outcome_is_the_last_one_where_nothing_can_be_read_back() {
        let (sent, outcome) = silent("istartek-pt32", Asking::Never, Some(1));
        assert_eq!(sent, COMMANDS[..2]);
        assert_eq!((outcome.standing, outcome.reason), (Standing::Unknown, Some(Reason::NoOutcome)));
        let states: Vec<State> = outcome.talk.commands.iter().map(|spoken| spoken.state).collect();
        assert_eq!(states, [State::Unanswered, State::Unknown, State::Planned, State::Planned]);
    }

    #[test]
    fn questions_alone_are_no_script_where_no_answer_comes_back() {
        let profile = Arc::clone(Catalogue::built_in().find("istartek-pt32").unwrap());
        let tracker = Tracker::default();
        for routine in ["identify", "verify"] {
            let ask = Ask::routine(routine, FormName::Sms);
            assert!(Script::new(&profile, &tracker, &ask, Asking::After).is_ok());
            let refused = Script::new(&profile, &tracker, &ask, Asking::Never);
            assert_eq!(refused.unwrap_err(), ScriptError::OnlyQuestions);
        }
    }
}
