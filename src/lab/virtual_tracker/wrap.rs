//! Taking the form off a text: found out by looking at what the form makes of marked values, and so written apart
//! from what sends.

use crate::profile::{FormName, Profile, RenderError, Scope};
use crate::tracker::Tracker;

/// Marks are characters of Unicode's private use area, which no command holds.
const MARKS: std::ops::RangeInclusive<u32> = 0xE000..=0xF8FE;
const BODY: char = '\u{F8FF}';

/// What a tracker is known by, which a form may hold beside its settings.
const IDENTITY: [&str; 6] = ["imei", "device_id", "phone", "iccid", "sim_id", "imsi"];

/// A form, from outside inwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wrap(Vec<Part>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Setting(String),
    Body,
}

/// Why the form of short messages cannot be taken off.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum WrapError {
    #[error("{0}")]
    Render(RenderError),
    #[error("it does not hold the command exactly once")]
    Body,
    #[error("nothing stands between two of its values")]
    Touching,
}

/// A text without its form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bare<'t> {
    pub(super) body: &'t str,
    /// The settings that stood around it.
    pub(super) settings: Vec<(&'t str, &'t str)>,
}

impl Wrap {
    /// The form of short messages for a tracker that gets its commands with these settings.
    pub(super) fn of(profile: &Profile, tracker: &Tracker) -> Result<Self, WrapError> {
        let rules = profile.settings.iter().map(|rule| rule.name.as_str());
        let names = rules.chain(tracker.settings.names()).chain(IDENTITY);
        let mut names: Vec<&str> = names.filter(|name| profile.value(tracker, name).is_some()).collect();
        names.sort_unstable();
        names.dedup();
        let marks = names.iter().zip(MARKS.filter_map(char::from_u32));
        let marked: Vec<(String, String)> =
            marks.map(|(name, mark)| ((*name).to_owned(), mark.to_string())).collect();
        let scope = Scope::kept(profile, &marked);
        let made = profile.render_form(FormName::Sms, &scope, BODY.to_string(), None);
        Self::read(&made.map_err(WrapError::Render)?, &names)
    }

    /// Reads what a form made of marks; the first of them stands for the first name.
    fn read(made: &str, names: &[&str]) -> Result<Self, WrapError> {
        let mut parts: Vec<Part> = Vec::new();
        for c in made.chars() {
            let name = u32::from(c).checked_sub(*MARKS.start()).and_then(|at| names.get(at as usize));
            match (name, parts.last_mut()) {
                _ if c == BODY => parts.push(Part::Body),
                (Some(name), _) => parts.push(Part::Setting((*name).to_owned())),
                (None, Some(Part::Text(text))) => text.push(c),
                (None, _) => parts.push(Part::Text(c.to_string())),
            }
        }
        if parts.iter().filter(|part| **part == Part::Body).count() != 1 {
            return Err(WrapError::Body);
        }
        let is_text = |part: &Part| matches!(part, Part::Text(_));
        if parts.windows(2).any(|pair| !pair.iter().any(is_text)) {
            return Err(WrapError::Touching);
        }
        Ok(Self(parts))
    }

    /// The settings that it puts around a body.
    pub(super) fn settings(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|part| match part {
            Part::Setting(name) => Some(name.as_str()),
            Part::Text(_) | Part::Body => None,
        })
    }

    /// A text without its form; none when it does not have it.
    pub(super) fn take_off<'t>(&'t self, text: &'t str) -> Option<Bare<'t>> {
        let (mut rest, mut body, mut settings) = (text, "", Vec::new());
        for (at, part) in self.0.iter().enumerate() {
            let value = match part {
                Part::Text(text) => {
                    rest = rest.strip_prefix(text.as_str())?;
                    continue;
                }
                Part::Setting(_) | Part::Body => self.value(at, rest)?,
            };
            rest = &rest[value.len()..];
            match part {
                Part::Setting(name) => settings.push((name.as_str(), value)),
                Part::Text(_) | Part::Body => body = value,
            }
        }
        rest.is_empty().then_some(Bare { body, settings })
    }

    /// The value that `rest` begins with, up to the text behind it: the last such text when it is the end of the form.
    fn value<'t>(&self, at: usize, rest: &'t str) -> Option<&'t str> {
        match self.0.get(at + 1) {
            Some(Part::Text(text)) if at + 2 == self.0.len() => rest.strip_suffix(text.as_str()),
            Some(Part::Text(text)) => rest.split_once(text.as_str()).map(|(value, _)| value),
            _ => Some(rest),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(made: &str) -> Result<Wrap, WrapError> {
        Wrap::read(made, &["login", "password"])
    }

    #[test]
    fn what_stands_around_a_command_is_taken_off() {
        let wrap = read("*\u{E001},<\u{E000}>\u{F8FF}#\r\n").unwrap();
        assert_eq!(wrap.settings().collect::<Vec<_>>(), ["password", "login"]);
        let bare = wrap.take_off("*0000,<admin>APN,a#b#\r\n").unwrap();
        assert_eq!(bare.body, "APN,a#b");
        assert_eq!(bare.settings, [("password", "0000"), ("login", "admin")]);
        for other in ["", "*0000,<admin>APN,a", "0000,<admin>APN#\r\n", "*0000<admin>APN#\r\n", "hello"] {
            assert_eq!(wrap.take_off(other), None, "{other}");
        }
        let all = read("\u{F8FF}").unwrap();
        assert_eq!(all.take_off("PARAM#").map(|bare| bare.body), Some("PARAM#"));
    }

    #[test]
    fn a_form_that_cannot_be_taken_off_is_told() {
        assert_eq!(read("\u{E000},"), Err(WrapError::Body));
        assert_eq!(read("\u{F8FF}\u{F8FF}"), Err(WrapError::Body));
        assert_eq!(read("\u{E001}\u{F8FF}"), Err(WrapError::Touching));
    }
}
