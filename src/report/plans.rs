//! `homing.plans/1`: the exact commands of each tracker.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;

use crate::plan::{Command, Plan};
use crate::profile::{Evidence, FormName, Kind, Profile};
use crate::secret::Secret;
use crate::tracker::Tracker;

/// The schema's name.
pub const PLANS: &str = "homing.plans/1";

/// One tracker's plan.
#[derive(Debug, Serialize)]
pub struct PlanView<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    schema: Option<&'static str>,
    tracker: TrackerView<'a>,
    commands: Vec<CommandView<'a>>,
    warnings: Vec<Cow<'a, str>>,
}

impl PlanView<'_> {
    /// The same as a document of its own, a line of NDJSON: with its schema's name.
    #[must_use]
    pub fn line(self) -> Self {
        Self { schema: Some("homing.plan/1"), ..self }
    }
}

#[derive(Debug, Serialize)]
struct TrackerView<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    profile: &'a str,
    #[serde(flatten)]
    identity: BTreeMap<&'static str, Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    register: Option<&'a str>,
    settings: BTreeMap<&'a str, Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    notes: Option<&'a str>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    columns: BTreeMap<&'a str, &'a str>,
}

#[derive(Debug, Serialize)]
struct CommandView<'a> {
    step: &'a str,
    text: &'a str,
    form: FormName,
    characters: usize,
    alphabet: &'static str,
    sms: Option<usize>,
    kind: Kind,
    evidence: Evidence,
    source: &'a str,
    destructive: bool,
}

/// Names of a tracker's identities, in the order they are shown.
const IDENTITY: [&str; 6] = ["imei", "device_id", "phone", "iccid", "sim_id", "imsi"];

/// A plan as JSON. The texts are whole, as they are there to be sent; settings are masked where they are secret.
#[must_use]
pub fn plan_view<'a>(profile: &'a Profile, tracker: &'a Tracker, plan: &'a Plan) -> PlanView<'a> {
    let given = |name: &&&str| **name != "device_id" || tracker.device_id.is_some();
    let identity = IDENTITY.iter().filter(given).filter_map(|name| Some((*name, tracker.value(name)?)));
    let settings = tracker.settings.names().filter_map(|name| {
        let value =
            if profile.is_secret(name) { Cow::Borrowed(Secret::MASK) } else { tracker.value(name)? };
        Some((name, value))
    });
    let columns = tracker.extra.iter().filter(|(_, value)| !value.is_empty());
    PlanView {
        schema: None,
        tracker: TrackerView {
            name: &tracker.name,
            line: tracker.line,
            profile: &profile.id.value,
            identity: identity.collect(),
            register: plan.register.as_deref(),
            settings: settings.collect(),
            notes: tracker.notes.as_deref(),
            columns: columns.map(|(name, value)| (name.as_str(), value.as_str())).collect(),
        },
        commands: plan.commands.iter().map(|command| command_view(profile, command)).collect(),
        warnings: plan
            .remarks
            .iter()
            .map(|r| r.sentence().into())
            .chain(plan.warnings.iter().map(Into::into))
            .collect(),
    }
}

fn command_view<'a>(profile: &'a Profile, command: &'a Command) -> CommandView<'a> {
    let step = &profile.steps[command.step];
    let source = command.way.map_or(&step.source, |way| &step.instead[way].source);
    CommandView {
        step: &step.id.value,
        text: &command.text,
        form: command.form,
        characters: command.size.characters,
        alphabet: match command.size.alphabet {
            crate::sms::Alphabet::Gsm7 => "gsm7",
            crate::sms::Alphabet::Ucs2 => "ucs2",
        },
        sms: command.sms(),
        kind: step.kind,
        evidence: command.evidence,
        source,
        destructive: step.destructive,
    }
}
