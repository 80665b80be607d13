//! What is to be said to one tracker: the questions by which its dialect is recognised, the commands, and the questions
//! that read back. Here plans are put together to a conversation; what each of them holds is the plan's to say.

use std::sync::Arc;

use super::session::Session;
use crate::plan::{self, Ask, Command, Fault, Plan, What, writes};
use crate::profile::{Kind, Profile};
use crate::tracker::Tracker;

/// What is to be said, in three parts.
#[derive(Debug, Clone)]
pub struct Script {
    /// Questions that change nothing, until one is answered; none when the tracker is trusted to obey.
    pub questions: Plan,
    /// The commands.
    pub commands: Plan,
    /// Questions asked after the last command.
    pub reads: Plan,
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
    /// The script of what is asked for. With `identify`, nothing is sent before the dialect was recognised.
    ///
    /// # Errors
    /// When one of its plans cannot be made, or when nothing could show that the tracker obeys the dialect.
    pub fn new(
        profile: &Profile,
        tracker: &Tracker,
        ask: &Ask<'_>,
        identify: bool,
    ) -> Result<Self, ScriptError> {
        let commands = plan::plan(profile, tracker, ask).map_err(ScriptError::Plan)?;
        // A password that the commands change is the one that reading back needs.
        let after = commands.after.as_ref().unwrap_or(tracker);
        let reads = reads(profile, after, &commands, ask)?;
        let questions = if identify { questions(profile, tracker, ask)? } else { Plan::empty() };
        Ok(Self { questions, commands, reads })
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
        let Self { questions, commands, reads } = self.clone();
        let trusted = questions.commands.is_empty();
        let form = commands.commands.first().map(|command| command.form);
        let mut session =
            Session::new(profile, tracker.clone(), questions, commands.clone(), reads, commands);
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
