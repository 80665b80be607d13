//! A tracker made of its profile's `device` parts: it hears texts, keeps its settings and answers as its family does.
//! It knows no network and no clock, and it never looks at what the profile sends.

mod behaviour;
mod factory;
mod refusal;
#[cfg(test)]
mod tests;
mod wrap;

use std::sync::Arc;

pub use behaviour::{Behaviour, BehaviourError};

use crate::profile::{FACTORY_RESET, FormName, Heard, Kind, Profile, Scope};
use crate::tracker::Tracker;
use factory::{Kept, as_new};
use wrap::{Bare, Wrap, WrapError};

/// What a tracker made of a text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hearing {
    /// What it says to whoever wrote; none when it says nothing. A long text takes several messages.
    pub answer: Option<String>,
    /// Settings that have another value now, by name; an empty text for one that has none any more. Not masked.
    pub changed: Vec<(String, String)>,
    /// What it did, in words.
    pub note: String,
    /// Whether it obeyed a command that sets something, be it to what it was set to before: its next report follows.
    pub set: bool,
}

/// How a tracker deals with one command otherwise than it should.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whim {
    /// It does as it should.
    None,
    /// It refuses and does not obey.
    Refuses,
    /// It obeys and says nothing.
    ObeysSilently,
    /// It answers as if it had obeyed.
    AnswersOnly,
}

/// A tracker made of software.
#[derive(Debug, Clone)]
pub struct VirtualTracker {
    /// The dialect it obeys.
    profile: Arc<Profile>,
    behaviour: Behaviour,
    wrap: Wrap,
    /// Its settings now, and as they came from the maker.
    kept: Kept,
    new: Kept,
}

/// Why there is no such tracker.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TrackerError {
    /// The profile names no other dialect.
    #[error(
        "{0} names no other dialect that its trackers may obey, so this one cannot: let it behave otherwise"
    )]
    NoOther(String),
    /// Its commands cannot be told from their form.
    #[error("a tracker of {profile} cannot read its short messages: {why}")]
    Form {
        /// The profile.
        profile: String,
        /// What is wrong with the form, or missing for it.
        why: String,
    },
}

impl VirtualTracker {
    /// A tracker as new, which gets its commands as `tracker` does: with that password. `other` is what it obeys
    /// instead of `profile`, when it is of another dialect.
    ///
    /// # Errors
    /// When it is to be of another dialect and there is none, or when the form of its short messages cannot be read:
    /// it needs a password and has none, say.
    pub fn new(
        profile: Arc<Profile>,
        tracker: &Tracker,
        behaviour: Behaviour,
        other: Option<Arc<Profile>>,
    ) -> Result<Self, TrackerError> {
        let profile = match behaviour {
            Behaviour::OtherDialect => {
                other.ok_or_else(|| TrackerError::NoOther(profile.id.value.clone()))?
            }
            _ => profile,
        };
        let why = |error: WrapError| TrackerError::Form {
            profile: profile.id.value.clone(),
            why: error.to_string(),
        };
        let wrap = Wrap::of(&profile, tracker).map_err(why)?;
        let mut new = as_new(&profile, tracker);
        for name in wrap.settings() {
            let value = profile.value(tracker, name).unwrap_or_default();
            let wrong = behaviour == Behaviour::WrongPassword && profile.is_secret(name);
            new.insert(name.to_owned(), if wrong { another(&value) } else { value.into_owned() });
        }
        Ok(Self { profile, behaviour, wrap, kept: new.clone(), new })
    }

    /// What it is set to: a value by name.
    #[must_use]
    pub fn setting(&self, name: &str) -> Option<&str> {
        self.kept.get(name).map(String::as_str)
    }

    /// A text reached it, and it behaves otherwise than it should.
    pub fn hear_with(&mut self, from: &str, text: &str, whim: Whim) -> Hearing {
        match whim {
            Whim::None => self.hear(from, text),
            Whim::ObeysSilently => {
                let hearing = self.hear(from, text);
                let note = format!("{}; it says nothing", hearing.note);
                Hearing { answer: None, note, ..hearing }
            }
            Whim::AnswersOnly => {
                let Hearing { answer, note, .. } = self.clone().hear(from, text);
                Hearing { answer, note: format!("{note}; in truth it did nothing"), ..Hearing::default() }
            }
            Whim::Refuses => {
                let body = self.wrap.take_off(text.trim()).map(|bare| bare.body.trim().to_owned());
                let answer = body.and_then(|body| refusal::unknown(&self.profile, &body));
                Hearing::of("it refused", answer)
            }
        }
    }

    /// A text reached it. `from` is the sender, as the network shows it.
    pub fn hear(&mut self, from: &str, text: &str) -> Hearing {
        if self.behaviour == Behaviour::Silent {
            return Hearing::of("it is silent", None);
        }
        let bare = self.wrap.take_off(text.trim()).or_else(|| self.wrap.take_off(text));
        let Some(Bare { body, settings }) = bare else {
            return Hearing::of("it heard no command", None);
        };
        let body = body.trim().to_owned();
        if self.behaviour == Behaviour::NotAuthorised {
            let answer = refusal::not_authorised(&self.profile, &body);
            return Hearing::of(&format!("{from} may not command it"), answer);
        }
        let wrong = settings.iter().find(|(name, value)| self.setting(name) != Some(*value));
        if let Some((name, _)) = wrong {
            let note = format!("its {name} is another");
            return Hearing::of(&note, refusal::wrong_password(&self.profile, &body));
        }
        match self.profile.hear(FormName::Sms, &body) {
            Some(heard) => self.obey(&heard),
            None => Hearing::of("it knows no such command", refusal::unknown(&self.profile, &body)),
        }
    }

    /// Does what a command says.
    fn obey(&mut self, heard: &Heard) -> Hearing {
        let profile = Arc::clone(&self.profile);
        let Some(step) = profile.steps.get(heard.step) else { return Hearing::default() };
        let before = self.kept.clone();
        if profile.routine(FACTORY_RESET).is_some_and(|steps| steps.contains(&heard.step)) {
            self.reset();
        }
        if step.kind == Kind::Set {
            for (name, value) in &heard.values {
                let ends = step.sets.iter().any(|set| *set == **name);
                self.set(name, value.as_deref(), ends);
            }
        }
        let left = profile.render_leaves(heard.step, &Scope::kept(&profile, &self.pairs()));
        self.kept.extend(left.unwrap_or_default());
        let changed = changes(&before, &self.kept);
        let mut note = match step.kind {
            Kind::Query => format!("it answered {}", step.id.value),
            Kind::Set | Kind::Act => format!("it obeyed {}", step.id.value),
        };
        note += &self.would_report(&changed);
        let answer = profile.say(heard.step, &self.pairs()).unwrap_or_else(|error| {
            note += &format!(", and has no answer: {error}");
            None
        });
        let set = step.kind == Kind::Set;
        Hearing { changed, set, ..Hearing::of(&note, answer) }
    }

    /// Takes one setting from a command. One that the command left out is cleared where the step would have set it.
    fn set(&mut self, name: &str, value: Option<&str>, ends: bool) {
        match value.filter(|value| !value.is_empty()) {
            Some(value) => drop(self.kept.insert(name.to_owned(), value.to_owned())),
            None if ends || value.is_some() => drop(self.kept.remove(name)),
            None => {}
        }
    }

    /// All as it came from the maker but what commands come with: whether that changes is the step's to say.
    fn reset(&mut self) {
        let mut kept = self.new.clone();
        for name in self.wrap.settings() {
            if let Some(value) = self.kept.get(name) {
                kept.insert(name.to_owned(), value.clone());
            }
        }
        self.kept = kept;
    }

    /// Where it would report to, when that is new. Nothing is connected to and no name is resolved.
    fn would_report(&self, changed: &[(String, String)]) -> String {
        let is_new = changed.iter().any(|(name, _)| name == "server" || name == "port");
        match (self.setting("server"), self.setting("port")) {
            (Some(server), Some(port)) if is_new => format!(", and would report to {server}:{port}"),
            _ => String::new(),
        }
    }

    fn pairs(&self) -> Vec<(String, String)> {
        self.kept.iter().map(|(name, value)| (name.clone(), value.clone())).collect()
    }
}

impl Hearing {
    /// Nothing changed.
    fn of(note: &str, answer: Option<String>) -> Self {
        let quiet = if answer.is_some() { "" } else { "; it says nothing" };
        Self { note: format!("{note}{quiet}"), answer, ..Self::default() }
    }
}

/// What has another value than before.
fn changes(before: &Kept, after: &Kept) -> Vec<(String, String)> {
    let names: std::collections::BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let changed = names.into_iter().filter(|name| before.get(*name) != after.get(*name));
    changed.map(|name| (name.clone(), after.get(name).cloned().unwrap_or_default())).collect()
}

/// Another password of the same length and kind.
fn another(password: &str) -> String {
    let mut other: Vec<char> = password.chars().collect();
    if let Some(last) = other.last_mut() {
        *last = match *last {
            '9' => '0',
            digit if digit.is_ascii_digit() => char::from_u32(u32::from(digit) + 1).unwrap_or('0'),
            'x' => 'y',
            _ => 'x',
        };
    }
    other.into_iter().collect()
}
