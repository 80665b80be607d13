//! Templates of a profile: compiled once, rendered for one tracker's values at a time.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Value;
use minijinja::{Environment, Error, ErrorKind, UndefinedBehavior};

use super::filters::add_filters;
use super::finding::Finding;
use super::plain::Plain;
use super::scope::{Scope, Wrapped};
use super::types::{FormName, Located, Profile};

/// Names that are no settings: what a form's wrap and the maps bring.
pub(super) const BROUGHT: [&str; 3] = ["body", "packet", "code"];

/// The compiled templates of one profile.
#[derive(Default)]
pub(super) struct Templates {
    env: Environment<'static>,
    plain: BTreeMap<String, Plain>,
    steps: Vec<StepTemplates>,
    forms: Vec<(FormName, String)>,
    /// Every setting a template mentions by its own name, sorted.
    pub(super) variables: Vec<Arc<str>>,
    /// Defaults of settings that a template mentions.
    pub(super) defaults: Vec<(Arc<str>, String)>,
    /// The same and those mentioned by their code.
    mentioned: BTreeSet<String>,
    /// Settings that the identity to register is made of.
    registered: BTreeSet<String>,
}

#[derive(Default)]
struct StepTemplates {
    send: String,
    instead: Vec<String>,
    mentions: BTreeSet<String>,
}

impl fmt::Debug for Templates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Templates").field("variables", &self.variables).finish_non_exhaustive()
    }
}

/// Why a template gave no text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RenderError {
    /// Settings that must be given.
    #[error("it needs {}", .0.join(", "))]
    Missing(Vec<String>),
    /// The template itself is broken, which was said when the profile was read.
    #[error("its template does not parse")]
    NoTemplate,
    /// Anything else, in words.
    #[error("{0}")]
    Other(String),
}

impl Templates {
    pub(super) fn compile(profile: &Profile, problems: &mut Vec<Finding>) -> Self {
        let mut made = Self { env: environment(), ..Self::default() };
        let mut variables = BTreeSet::new();
        let mut plain = BTreeMap::new();
        let mut add = |env: &mut Environment<'static>, name: String, text: &Located<String>| {
            add_template(env, &name, text, problems, &mut variables);
            plain.extend(Plain::parse(text).map(|plain| (name.clone(), plain)));
            name
        };
        add(&mut made.env, "register".into(), &profile.register);
        for form in &profile.forms {
            let name = add(&mut made.env, format!("form/{}", form.name), &form.wrap);
            made.forms.push((form.name, name));
        }
        for (at, step) in profile.steps.iter().enumerate() {
            let send = add(&mut made.env, format!("step/{at}"), &step.send);
            let instead = step.instead.iter().enumerate();
            let instead: Vec<_> =
                instead.map(|(n, way)| add(&mut made.env, format!("step/{at}/{n}"), &way.send)).collect();
            let mentions = instead.iter().chain([&send]).flat_map(|name| made.settings_of(name)).collect();
            made.steps.push(StepTemplates { send, instead, mentions });
        }
        made.plain = plain;
        made.variables = variables.into_iter().map(Arc::from).collect();
        let default = |name: &Arc<str>| Some((Arc::clone(name), profile.default(name)?.to_owned()));
        made.defaults = made.variables.iter().filter_map(default).collect();
        made.mentioned = made.steps.iter().flat_map(|step| step.mentions.iter().cloned()).collect();
        let forms: Vec<String> = made.forms.iter().flat_map(|(_, name)| made.settings_of(name)).collect();
        made.mentioned.extend(forms);
        made.registered = made.settings_of("register").into_iter().collect();
        made
    }

    /// A variable by its name, when any template mentions it.
    pub(super) fn variable(&self, name: &str) -> Option<&Arc<str>> {
        let at = self.variables.binary_search_by(|known| known.as_ref().cmp(name)).ok()?;
        Some(&self.variables[at])
    }

    /// Settings a template mentions, by their name or by their code.
    fn settings_of(&self, name: &str) -> Vec<String> {
        let Ok(template) = self.env.get_template(name) else { return Vec::new() };
        let names = template.undeclared_variables(true).into_iter();
        let names = names.map(|name| name.strip_prefix("code.").map(str::to_owned).unwrap_or(name));
        names.filter(|name| !BROUGHT.contains(&name.as_str())).collect()
    }

    pub(super) fn mentions(&self, setting: &str) -> bool {
        self.mentioned.contains(setting)
    }

    pub(super) fn registers(&self, setting: &str) -> bool {
        self.registered.contains(setting)
    }

    /// Whether one form of a step mentions a setting: its `send`, or one of its `instead`.
    pub(super) fn way_mentions(&self, step: usize, way: Option<usize>, setting: &str) -> bool {
        let Some(step) = self.steps.get(step) else { return false };
        let name = way.map_or(Some(&step.send), |way| step.instead.get(way));
        let known = name.filter(|name| self.env.get_template(name).is_ok());
        // Of a text that does not parse nobody knows what it mentions, and that is a finding of its own.
        known.is_none_or(|name| self.settings_of(name).iter().any(|known| known == setting))
    }

    /// Settings that a step can carry, in any of its forms.
    pub(super) fn mentioned_by(&self, step: usize) -> impl Iterator<Item = &str> {
        self.steps.get(step).into_iter().flat_map(|step| step.mentions.iter().map(String::as_str))
    }

    pub(super) fn step_mentions(&self, step: usize, setting: &str) -> bool {
        self.steps.get(step).is_some_and(|step| step.mentions.contains(setting))
    }

    fn render(&self, name: &str, values: Value) -> Result<String, RenderError> {
        let other = |error: Error| RenderError::Other(words(&error));
        let template = self.env.get_template(name).map_err(|_| RenderError::NoTemplate)?;
        template.render(values).map_err(|error| match error.kind() {
            ErrorKind::UndefinedError => RenderError::Missing(Vec::new()),
            _ => other(error),
        })
    }

    /// The fewest settings that a template needs and the scope lacks: with stand-ins for all of them it renders,
    /// and each that it can do without is taken away again.
    fn missing(&self, name: &str, scope: &Arc<Scope>) -> RenderError {
        // A setting that is mentioned by its code is needed by its name.
        let mut needed = self.settings_of(name);
        needed.retain(|variable| !scope.has(variable));
        needed.sort_unstable();
        let renders = |with: &[String]| {
            let filled = scope.filled(with.iter());
            self.render(name, Value::from_dyn_object(Arc::new(filled))).is_ok()
        };
        // Taking one away can make another needless (a password without its user): until nothing more goes.
        let mut at = 0;
        while at < needed.len() {
            let mut fewer = needed.clone();
            fewer.remove(at);
            (needed, at) = if renders(&fewer) { (fewer, 0) } else { (needed, at + 1) };
        }
        RenderError::Missing(needed)
    }
}

fn add_template(
    env: &mut Environment<'static>,
    name: &str,
    text: &Located<String>,
    problems: &mut Vec<Finding>,
    variables: &mut BTreeSet<String>,
) {
    if text.contains("{#") {
        let help = "write it as {{ '{' }}# if a device really wants these two characters";
        problems.push(
            Finding::error("template-comment", text.at.clone(), "`{#` begins a comment in a template")
                .help(help),
        );
    }
    if let Err(error) = env.add_template_owned(name.to_owned(), text.value.clone()) {
        problems.push(Finding::error(
            "template",
            within(text),
            format!("this template does not parse: {}", words(&error)),
        ));
        return;
    }
    let Ok(template) = env.get_template(name) else { return };
    for variable in template.undeclared_variables(false) {
        if !BROUGHT.contains(&variable.as_str()) {
            variables.insert(variable);
        }
    }
}

fn within(text: &Located<String>) -> Range<usize> {
    text.at.clone()
}

/// An engine error as the middle of a sentence, without its internal name of the template.
fn words(error: &Error) -> String {
    error.detail().map_or_else(|| error.kind().to_string(), str::to_owned)
}

/// Strict about typing errors, lenient about settings that are not set inside `{% if %}`;
/// a line end at the end of a template stays (a cable command ends in CR LF), nothing is escaped.
pub(super) fn environment() -> Environment<'static> {
    let mut env = Environment::new();
    env.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    if let Ok(syntax) = SyntaxConfig::builder().keep_trailing_newline(true).build() {
        env.set_syntax(syntax);
    }
    env.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
    add_filters(&mut env);
    env
}

impl Profile {
    /// The body of a step: the command before a form wraps it. `way` is a place in `instead`.
    ///
    /// # Errors
    /// Settings the step needs and the scope lacks, or why a filter refused a value.
    pub fn render_body(
        &self,
        step: usize,
        way: Option<usize>,
        scope: &Arc<Scope>,
    ) -> Result<String, RenderError> {
        let none = || RenderError::Other("this profile has no such step".into());
        let names = self.templates.steps.get(step).ok_or_else(none)?;
        let name = match way {
            Some(way) => names.instead.get(way).ok_or_else(none)?,
            None => &names.send,
        };
        self.render_scope(name, scope)
    }

    /// A body in its form. `packet` is the packet number of a link frame.
    ///
    /// # Errors
    /// As [`Profile::render_body`]; also when the profile lacks the form.
    pub fn render_form(
        &self,
        form: FormName,
        scope: &Arc<Scope>,
        body: String,
        packet: Option<u8>,
    ) -> Result<String, RenderError> {
        let Some((_, name)) = self.templates.forms.iter().find(|(known, _)| *known == form) else {
            return Err(RenderError::Other(format!("{} has no {form} form", self.name)));
        };
        if self.form(form).is_some_and(|form| *form.wrap == "{{ body }}") {
            return Ok(body);
        }
        let values = Wrapped { scope: Arc::clone(scope), body, packet };
        let plain = self.templates.plain.get(name);
        if let Some(text) = plain.and_then(|plain| plain.render(|name| values.value(name))) {
            return Ok(text);
        }
        let made = self.templates.render(name, Value::from_object(values));
        made.map_err(|error| self.name_missing(name, scope, error))
    }

    /// What later commands are wrapped with after a step: settings and the values it leaves them with.
    ///
    /// # Errors
    /// As [`Profile::render_body`].
    pub fn render_leaves(
        &self,
        step: usize,
        scope: &Arc<Scope>,
    ) -> Result<Vec<(String, String)>, RenderError> {
        let leaves = self.steps.get(step).map_or(&[][..], |step| &step.leaves);
        let value = |text: &str| {
            let made = self.templates.env.render_str(text, Value::from_dyn_object(Arc::clone(scope)));
            made.map_err(|error| RenderError::Other(words(&error)))
        };
        leaves.iter().map(|(name, text)| Ok((name.clone(), value(text)?))).collect()
    }

    /// The identity to register at the platform, none when the tracker's is not known.
    #[must_use]
    pub fn render_register(&self, scope: &Arc<Scope>) -> Option<String> {
        self.render_scope("register", scope).ok()
    }

    fn render_scope(&self, name: &str, scope: &Arc<Scope>) -> Result<String, RenderError> {
        let plain = self.templates.plain.get(name);
        if let Some(text) = plain.and_then(|plain| plain.render(|name| scope.value(name))) {
            return Ok(text);
        }
        let made = self.templates.render(name, Value::from_dyn_object(Arc::clone(scope)));
        made.map_err(|error| self.name_missing(name, scope, error))
    }

    fn name_missing(&self, name: &str, scope: &Arc<Scope>, error: RenderError) -> RenderError {
        match error {
            RenderError::Missing(_) => self.templates.missing(name, scope),
            other => other,
        }
    }
}
