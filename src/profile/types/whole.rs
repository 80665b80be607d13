//! What a profile as a whole tells.

use std::borrow::Cow;
use std::time::Duration;

use super::{Evidence, Form, FormName, Instead, Kind, Located, Profile, SettingRule, Step, Topic};
use crate::tracker::{Tracker, Transport, is_secret};

impl Profile {
    /// The place of a step by its id.
    #[must_use]
    pub fn step(&self, id: &str) -> Option<usize> {
        self.steps.iter().position(|step| *step.id == id)
    }

    /// The steps of a routine, none if the profile has no such routine.
    #[must_use]
    pub fn routine(&self, name: &str) -> Option<&[usize]> {
        Some(&self.routines.iter().find(|routine| *routine.name == name)?.at)
    }

    /// Whether any source gives an answer of this family.
    #[must_use]
    pub fn answers(&self) -> bool {
        !self.replies.is_empty() || self.steps.iter().any(|step| !step.replies.is_empty())
    }

    /// The form of this name.
    #[must_use]
    pub fn form(&self, name: FormName) -> Option<&Form> {
        self.forms.iter().find(|form| form.name == name)
    }

    /// The rule of a setting, where the profile has one.
    #[must_use]
    pub fn setting(&self, name: &str) -> Option<&SettingRule> {
        let at = self.settings.binary_search_by(|rule| rule.name.as_str().cmp(name)).ok()?;
        Some(&self.settings[at])
    }

    /// Whether a setting is to be masked in logs and reports.
    #[must_use]
    pub fn is_secret(&self, name: &str) -> bool {
        is_secret(name) || self.setting(name).is_some_and(|rule| rule.secret)
    }

    /// The settings that tell of a topic, none where the profile names none.
    pub fn topic(&self, topic: Topic) -> impl Iterator<Item = &str> {
        let named = self.topics.iter().filter(move |(known, _)| *known == topic);
        named.flat_map(|(_, names)| names).map(|name| name.as_str())
    }

    /// The queries, by their places.
    pub fn queries(&self) -> impl Iterator<Item = usize> {
        (0..self.steps.len()).filter(|at| self.steps[*at].kind == Kind::Query)
    }

    /// Whether the answer to some query can show a setting.
    #[must_use]
    pub fn shows(&self, name: &str) -> bool {
        self.queries().any(|at| self.readable(at).any(|shown| shown == name))
    }

    /// Whether the text of any command holds a setting.
    #[must_use]
    pub fn mentions(&self, setting: &str) -> bool {
        self.templates.mentions(setting)
    }

    /// Whether what is sent goes by a setting: its value stands in a text, a fixed line sets it, or it decides which
    /// line is sent.
    #[must_use]
    pub fn sends(&self, setting: &str) -> bool {
        let is = |name: &Located<String>| name.as_str() == setting;
        let by_way = |way: &Instead| {
            way.sets.iter().flatten().any(is) || way.condition.settings().any(|name| name == setting)
        };
        let by_step =
            |step: &Step| step.sets.iter().chain(&step.only_if).any(is) || step.instead.iter().any(by_way);
        self.mentions(setting) || self.steps.iter().any(by_step)
    }

    /// Whether the identity to register at the platform is made of a setting.
    #[must_use]
    pub fn registers(&self, setting: &str) -> bool {
        self.templates.registers(setting)
    }

    /// Whether a step can carry a setting.
    #[must_use]
    pub fn step_mentions(&self, step: usize, setting: &str) -> bool {
        self.templates.step_mentions(step, setting)
    }

    /// What a source is worth; an unknown source is worth least.
    #[must_use]
    pub fn evidence(&self, source: &str) -> Evidence {
        self.sources.iter().find(|s| *s.id == source).map_or(Evidence::Inferred, |s| s.evidence)
    }

    /// The weakest evidence among the steps that provision a tracker.
    #[must_use]
    pub fn provision_evidence(&self) -> Option<Evidence> {
        let steps = self.routine("provision")?;
        let always = steps.iter().map(|at| &self.steps[*at]).filter(|step| step.only_if.is_empty());
        always.map(|step| self.evidence(&step.source)).max()
    }

    /// The value a setting has for a tracker: its own, else the profile's default
    /// (for the transport, the first the device has).
    #[must_use]
    pub fn value<'a>(&'a self, tracker: &'a Tracker, name: &str) -> Option<Cow<'a, str>> {
        tracker.value(name).or_else(|| self.default(name).map(Cow::Borrowed))
    }

    /// Whether the reports of a tracker ask the server for an answer, by its settings.
    #[must_use]
    pub fn confirms(&self, tracker: &Tracker) -> bool {
        let is = |(name, values): &(Located<String>, Vec<String>)| {
            self.value(tracker, name).is_some_and(|found| values.iter().any(|wanted| *wanted == found))
        };
        !self.confirmed.is_empty() && self.confirmed.iter().all(is)
    }

    /// The value a setting has when nobody gives one.
    pub(in crate::profile) fn default(&self, name: &str) -> Option<&str> {
        let default = self.setting(name).and_then(|rule| rule.default.as_deref());
        let first =
            || (name == "transport").then(|| self.transports.first().map(Transport::as_str)).flatten();
        default.or_else(first)
    }

    /// The wire code of a setting's value by the profile's map.
    #[must_use]
    pub fn code(&self, setting: &str, value: &str) -> Option<&str> {
        let (_, map) = self.maps.iter().find(|(name, _)| **name == setting)?;
        map.iter().find(|(v, _)| v == value).map(|(_, code)| code.as_str())
    }

    /// How long an answer to a step may take in a form.
    #[must_use]
    pub fn timeout(&self, step: usize, form: FormName) -> Duration {
        const FALLBACK: [(FormName, Duration); 3] = [
            (FormName::Sms, Duration::from_secs(180)),
            (FormName::Cable, Duration::from_secs(5)),
            (FormName::Link, Duration::from_secs(30)),
        ];
        let own = self.steps.get(step).map(|step| step.timeout.iter());
        own.into_iter()
            .flatten()
            .chain(&self.timeout)
            .chain(&FALLBACK)
            .find(|(name, _)| *name == form)
            .map_or(Duration::from_secs(180), |(_, wait)| *wait)
    }
}
