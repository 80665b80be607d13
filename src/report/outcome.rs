//! `homing.outcome/1`: what became of one tracker.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::engine::{Audited, Compared, Reason, Seen, Spoken, Standing, State, TalkOutcome};
use crate::profile::{Evidence, Means, Profile};
use crate::secret::Secret;
use crate::tracker::Tracker;

#[derive(Debug, Serialize)]
struct OutcomeView<'a> {
    schema: &'static str,
    profile: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    tracker: Option<&'a str>,
    via: &'a str,
    standing: Standing,
    reason: Option<Reason>,
    sentence: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<&'a str>,
    commands: Vec<SpokenView<'a>>,
    questions: Vec<SpokenView<'a>>,
    settings: Vec<SettingView<'a>>,
}

#[derive(Debug, Serialize)]
struct SpokenView<'a> {
    step: &'a str,
    text: &'a str,
    state: State,
    means: Option<Means>,
    reply: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    evidence: Option<Evidence>,
    #[serde(skip_serializing_if = "Option::is_none")]
    remark: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct SettingView<'a> {
    name: &'a str,
    wanted: Option<&'a str>,
    found: Option<&'a str>,
    equal: Option<bool>,
    state: SettingState,
    #[serde(skip_serializing_if = "Option::is_none")]
    evidence: Option<Evidence>,
}

/// What the read-back says of a setting, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SettingState {
    /// It is as it should be.
    Equal,
    /// It is something else.
    Differs,
    /// A question that could show it was asked and not answered.
    NotRead,
    /// No question that was asked can show it.
    Unreadable,
    /// Nothing is wanted of it.
    NotCompared,
}

impl SettingState {
    /// The state of a setting after the read-back.
    #[must_use]
    pub fn of(compared: &Compared) -> Self {
        match (compared.equal, &compared.wanted, compared.outstanding) {
            (Some(true), ..) => Self::Equal,
            (Some(false), ..) => Self::Differs,
            (None, Some(_), true) => Self::NotRead,
            (None, Some(_), false) => Self::Unreadable,
            (None, None, _) => Self::NotCompared,
        }
    }
}

/// An outcome as JSON. Texts are the masked ones, secret settings are masked. `hint` is what to do about it, or what
/// would resolve it.
#[must_use]
pub fn outcome<'a>(
    profile: &'a Profile,
    tracker: &'a Tracker,
    via: &'a str,
    outcome: &'a TalkOutcome,
    hint: Option<&'a str>,
) -> impl Serialize + 'a {
    let questions = outcome.talk.probes.iter().chain(&outcome.talk.reads).map(spoken).collect();
    OutcomeView {
        schema: "homing.outcome/1",
        profile: &profile.id.value,
        tracker: tracker.key(),
        via,
        standing: outcome.standing,
        reason: outcome.reason,
        sentence: &outcome.sentence,
        hint,
        commands: outcome.talk.commands.iter().map(spoken).collect(),
        questions,
        settings: outcome.settings.iter().map(setting).collect(),
    }
}

#[derive(Debug, Serialize)]
struct VerifiedView<'a, O> {
    #[serde(flatten)]
    outcome: O,
    firmware: Option<&'a str>,
    matters: Vec<MatterView<'a>>,
}

#[derive(Debug, Serialize)]
struct MatterView<'a> {
    matter: &'static str,
    seen: Seen,
    values: BTreeMap<&'a str, &'a str>,
}

/// An outcome of a verification as JSON: with the firmware, and what was seen of each matter that an owner has to know.
#[must_use]
pub fn verified<'a>(
    outcome: impl Serialize + 'a,
    profile: &'a Profile,
    firmware: Option<&'a str>,
    matters: &'a [Audited],
) -> impl Serialize + 'a {
    let view = |audited: &'a Audited| {
        let masked = |name: &str| profile.is_secret(name).then_some(Secret::MASK);
        let values = audited.values.iter();
        MatterView {
            matter: audited.matter.word(),
            seen: audited.seen,
            values: values.map(|(name, value)| (name.as_str(), masked(name).unwrap_or(value))).collect(),
        }
    };
    VerifiedView { outcome, firmware, matters: matters.iter().map(view).collect() }
}

fn spoken(spoken: &Spoken) -> SpokenView<'_> {
    SpokenView {
        step: &spoken.name,
        text: spoken.shown.trim_end(),
        state: spoken.state,
        means: spoken.means,
        reply: &spoken.lines,
        evidence: spoken.evidence,
        remark: spoken.remark.as_deref(),
    }
}

fn setting(compared: &Compared) -> SettingView<'_> {
    let mask = |value: &'_ Option<String>| value.is_some().then_some(Secret::MASK);
    SettingView {
        name: &compared.name,
        wanted: if compared.secret { mask(&compared.wanted) } else { compared.wanted.as_deref() },
        found: if compared.secret { mask(&compared.found) } else { compared.found.as_deref() },
        equal: compared.equal,
        state: SettingState::of(compared),
        evidence: compared.evidence,
    }
}
