//! The tracker's side of a profile: which step a command is, what it carries, and what the tracker says to it.

use std::sync::OnceLock;

use minijinja::value::Value;
use minijinja::{Environment, UndefinedBehavior};
use regex_lite::Regex;

use super::scope::Scope;
use super::template::{RenderError, environment};
use super::types::{FormName, Profile};

/// A command as a tracker hears it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// Place of the step in the profile.
    pub step: usize,
    /// The settings that the step's pattern names, decoded; none where the command did not go as far.
    pub values: Vec<(String, Option<String>)>,
}

/// Patterns and templates of the tracker's side, compiled when first needed: sending needs none of them.
#[derive(Debug, Default)]
pub(super) struct Ears {
    hears: Vec<OnceLock<Option<Regex>>>,
    says: OnceLock<Environment<'static>>,
}

impl Ears {
    pub(super) fn of(profile: &Profile) -> Self {
        Self { hears: profile.steps.iter().map(|_| OnceLock::new()).collect(), says: OnceLock::new() }
    }
}

impl Profile {
    /// The step that a tracker of this family takes a body for; none when it knows no such command in this form.
    #[must_use]
    pub fn hear(&self, form: FormName, body: &str) -> Option<Heard> {
        let all = self.steps.iter().zip(&self.patterns.ears.hears).enumerate();
        let mut heard = all.filter_map(|(at, (step, cell))| {
            let device =
                step.device.as_ref().filter(|_| step.forms.is_empty() || step.forms.contains(&form))?;
            let regex = cell.get_or_init(|| Regex::new(&device.hears).ok()).as_ref()?;
            let found = regex.captures(body)?;
            let value = |name: &str| {
                let text = found.name(name)?.as_str();
                Some(self.decode_value(device.decode.get(name), name, text))
            };
            let names = regex.capture_names().flatten();
            Some(Heard { step: at, values: names.map(|name| (name.to_owned(), value(name))).collect() })
        });
        heard.next()
    }

    /// What a tracker that keeps these settings says to a step; none when it says nothing.
    ///
    /// # Errors
    /// Why the template gave no text: a setting that it cannot do without, or that a filter refused.
    pub fn say(&self, step: usize, kept: &[(String, String)]) -> Result<Option<String>, RenderError> {
        let device = self.steps.get(step).and_then(|step| step.device.as_ref());
        if device.is_none_or(|device| device.says.is_none()) {
            return Ok(None);
        }
        let env = self.patterns.ears.says.get_or_init(|| answers(self));
        let template = env.get_template(&step.to_string()).map_err(|_| RenderError::NoTemplate)?;
        let made = template.render(Value::from_dyn_object(Scope::kept(self, kept)));
        made.map(Some).map_err(|error| RenderError::Other(error.to_string()))
    }
}

/// The templates of all answers, by the places of their steps. One that does not parse is a finding of the lint.
fn answers(profile: &Profile) -> Environment<'static> {
    let mut env = environment();
    // A tracker prints a setting it does not have as nothing.
    env.set_undefined_behavior(UndefinedBehavior::Lenient);
    for (at, step) in profile.steps.iter().enumerate() {
        if let Some(says) = step.device.as_ref().and_then(|device| device.says.as_ref()) {
            let _ = env.add_template_owned(at.to_string(), says.value.clone());
        }
    }
    env
}
