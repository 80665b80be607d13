//! `homing.located/1`: what a tracker answered to the question where it is, or to its buzzer or light.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::profile::{Means, Profile, Reading};
use crate::secret::Secret;

/// One command and what came back, as it may be shown.
#[derive(Debug)]
pub struct Answered {
    /// The step's name.
    pub step: String,
    /// The text that was sent.
    pub text: String,
    /// The lines that came back.
    pub lines: Vec<String>,
    /// What they say, where a known form fits.
    pub reading: Option<Reading>,
}

impl Answered {
    /// A value that the answer tells.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&str> {
        let values = &self.reading.as_ref().filter(|reading| reading.means == Means::Value)?.values;
        values.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Latitude and longitude, in degrees as the tracker writes them.
    #[must_use]
    pub fn place(&self) -> Option<(&str, &str)> {
        self.value("latitude").zip(self.value("longitude"))
    }

    /// A map link, wherever it stands in the answer.
    #[must_use]
    pub fn link(&self) -> Option<&str> {
        let mut words =
            self.lines.iter().flat_map(|line| line.split(|c: char| c.is_whitespace() || c == '"'));
        words.find_map(|word| {
            let at = ["http://", "https://"].iter().filter_map(|scheme| word.find(scheme)).min()?;
            word.get(at..)
        })
    }
}

#[derive(Debug, Serialize)]
struct LocatedView<'a> {
    schema: &'static str,
    profile: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    tracker: Option<&'a str>,
    via: &'a str,
    asked: &'a str,
    sentence: &'a str,
    latitude: Option<&'a str>,
    longitude: Option<&'a str>,
    link: Option<&'a str>,
    answers: Vec<AnswerView<'a>>,
}

#[derive(Debug, Serialize)]
struct AnswerView<'a> {
    step: &'a str,
    text: &'a str,
    means: Option<Means>,
    reply: &'a [String],
    values: BTreeMap<&'a str, &'a str>,
}

/// What was answered as JSON. `asked` is the routine that was sent.
#[must_use]
pub fn located<'a>(
    profile: &'a Profile,
    tracker: Option<&'a str>,
    via: &'a str,
    asked: &'a str,
    sentence: &'a str,
    answers: &'a [Answered],
) -> impl Serialize + 'a {
    let place = answers.iter().find_map(Answered::place);
    let view = |answered: &'a Answered| {
        let values = answered.reading.iter().flat_map(|reading| &reading.values);
        let masked = |name: &str| profile.is_secret(name).then_some(Secret::MASK);
        AnswerView {
            step: &answered.step,
            text: &answered.text,
            means: answered.reading.as_ref().map(|reading| reading.means),
            reply: &answered.lines,
            values: values.map(|(name, value)| (name.as_str(), masked(name).unwrap_or(value))).collect(),
        }
    };
    LocatedView {
        schema: "homing.located/1",
        profile: &profile.id.value,
        tracker,
        via,
        asked,
        sentence,
        latitude: place.map(|(latitude, _)| latitude),
        longitude: place.map(|(_, longitude)| longitude),
        link: answers.iter().find_map(Answered::link),
        answers: answers.iter().map(view).collect(),
    }
}
