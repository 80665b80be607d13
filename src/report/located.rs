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

/// A place in an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'a> {
    /// Degrees as the tracker writes them.
    pub latitude: &'a str,
    /// Degrees as the tracker writes them.
    pub longitude: &'a str,
    /// What it is worth.
    pub worth: Worth,
}

/// What a place in an answer is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Worth {
    /// The tracker says that it has a fix.
    Fix,
    /// The answer has no word on that: it can be the last place of a tracker that sees no satellites.
    Untold,
    /// The tracker says that it has no fix: its last place, or none at all.
    NoFix,
    /// No place on earth: 0, 0 or numbers out of range.
    NoPlace,
}

impl Worth {
    /// Whether the tracker claims to be there.
    #[must_use]
    pub fn is_claim(self) -> bool {
        matches!(self, Self::Fix | Self::Untold)
    }
}

/// The place among the answers that is worth most.
#[must_use]
pub fn best_place(answers: &[Answered]) -> Option<Place<'_>> {
    answers.iter().filter_map(Answered::place).min_by_key(|place| place.worth)
}

impl Answered {
    /// A value that the answer tells.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&str> {
        let values = &self.reading.as_ref().filter(|reading| reading.means == Means::Value)?.values;
        values.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The place that the answer tells, and what it is worth: the value `fix` says so where the answer has one.
    #[must_use]
    pub fn place(&self) -> Option<Place<'_>> {
        let (latitude, longitude) = self.value("latitude").zip(self.value("longitude"))?;
        let within = |text: &str, most: f64| text.parse::<f64>().is_ok_and(|degrees| degrees.abs() <= most);
        let zero =
            [latitude, longitude].iter().all(|text| text.parse::<f64>().is_ok_and(|degrees| degrees == 0.0));
        let worth = match self.value("fix") {
            Some(fix) if fix != "A" => Worth::NoFix,
            // Trackers print zeros where they have no place.
            _ if zero || !within(latitude, 90.0) || !within(longitude, 180.0) => Worth::NoPlace,
            Some(_) => Worth::Fix,
            None => Worth::Untold,
        };
        Some(Place { latitude, longitude, worth })
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
    let place = best_place(answers).filter(|place| place.worth.is_claim());
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
        latitude: place.map(|place| place.latitude),
        longitude: place.map(|place| place.longitude),
        link: answers.iter().find_map(Answered::link),
        answers: answers.iter().map(view).collect(),
    }
}
