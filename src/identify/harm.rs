//! Which questions could harm: a text that one family reads can be a command of another that has its word. Pure, and
//! only by what the profiles send as examples; who does not know what a question does to all families does not ask it.

use std::sync::Arc;

use crate::profile::{Example, FormName, Kind, Profile, Scope, tracker_with};

/// Stands where a password stood.
const PASSWORD: char = '\u{0}';

/// Stands where a value of the example stood.
const VALUE: char = '\u{1}';

/// What parts the words of a command, in all dialects.
const APART: [char; 8] = [',', ';', ':', '#', '*', '=', '\r', '\n'];

/// Values shorter than this stand in a text by chance.
const SHORTEST: usize = 2;

/// A command of a family that is no query, by the words that it begins with.
#[derive(Debug, Clone)]
pub struct Deed {
    /// The family's profile.
    pub profile: String,
    /// The step.
    pub step: String,
    words: Words,
}

impl Deed {
    /// All commands of a profile by short message that are no queries, as its examples show them.
    pub fn all(profile: &Arc<Profile>) -> impl Iterator<Item = Self> {
        profile.steps.iter().filter(|step| step.kind != Kind::Query).flat_map(move |step| {
            let instead = step.instead.iter().flat_map(|other| &other.examples);
            let examples = step.examples.iter().chain(instead);
            examples.filter_map(move |example| {
                let words = Words::of_example(profile, example)?;
                Some(Self { profile: profile.id.value.clone(), step: step.id.value.clone(), words })
            })
        })
    }

    /// Whether the family may take a question for this: it begins with the same word, and has something behind it that
    /// may be a value. The bare word, where the command needs values, is how most dialects read.
    #[must_use]
    pub fn may_be(&self, text: &str, password: Option<&str>) -> bool {
        let asked = Words::of(text, password.unwrap_or_default());
        let stem = &self.words.key;
        let same = match stem.split_once(VALUE) {
            // A value that is glued to its word: `XT60`.
            Some((word, _)) => word.chars().any(char::is_alphanumeric) && asked.key.starts_with(word),
            None => asked.key == *stem,
        };
        same && (asked.more || !self.words.more)
    }
}

/// The beginning of a command.
#[derive(Debug, Clone)]
struct Words {
    /// Up to its first word that is no password, in capitals.
    key: String,
    /// Whether something stands behind it.
    more: bool,
}

impl Words {
    fn of(text: &str, password: &str) -> Self {
        let hidden = match password {
            "" => text.to_owned(),
            password => text.replace(password, &PASSWORD.to_string()),
        };
        let mut parts = hidden
            .split(|c: char| APART.contains(&c) || c.is_whitespace())
            .filter(|part| !part.is_empty())
            .peekable();
        let mut key = String::new();
        while let Some(part) = parts.next() {
            key.push(' ');
            key.push_str(&part.to_uppercase());
            // A password alone, or with the letter that some makers put before it, is no word yet.
            let is_password = part.contains(PASSWORD) && part.chars().count() <= 2;
            if !is_password || parts.peek().is_none() {
                break;
            }
        }
        let more = parts.peek().is_some() || key.contains(VALUE);
        Self { key, more }
    }

    fn of_example(profile: &Arc<Profile>, example: &Example) -> Option<Self> {
        let tracker =
            tracker_with(example.with.iter().map(|(name, value)| (name.as_str(), value.as_str()))).ok()?;
        let scope = Scope::whole(profile, &tracker);
        let mut text = profile.render_form(FormName::Sms, &scope, example.sends.value.clone(), None).ok()?;
        let given = example.with.iter().filter(|(name, value)| name != "password" && value.len() >= SHORTEST);
        for (_, value) in given {
            text = text.replace(value.as_str(), &VALUE.to_string());
        }
        Some(Self::of(&text, &profile.value(&tracker, "password").unwrap_or_default()))
    }
}
