//! What a tracker's answer says about a step, and which settings it shows.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

use regex_lite::Regex;

use super::decode::decode;
use super::device::Ears;
use super::types::{Evidence, Kind, Means, Profile, Reply};
use crate::secret::Secret;

/// The word in a pattern that stands for the step's tag.
pub(super) const TAG: &str = "{tag}";

/// Patterns of replies, compiled when first needed: rendering commands needs none of them.
#[derive(Debug, Default)]
pub(super) struct Patterns {
    steps: Vec<Vec<OnceLock<Option<Regex>>>>,
    common: Vec<Vec<OnceLock<Option<Regex>>>>,
    /// The tracker's side.
    pub(super) ears: Ears,
}

impl Patterns {
    pub(super) fn of(profile: &Profile) -> Self {
        let empty = |count: usize| std::iter::repeat_with(OnceLock::new).take(count).collect();
        Self {
            steps: profile.steps.iter().map(|step| empty(step.replies.len())).collect(),
            common: profile.steps.iter().map(|_| empty(profile.replies.len())).collect(),
            ears: Ears::of(profile),
        }
    }
}

/// What an answer says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// About the command.
    pub means: Means,
    /// Settings it shows, decoded; an empty text for a setting it shows as not set.
    pub values: Vec<(String, String)>,
    /// Whether it can only be an answer to this step: an `OK` that any command gets is not.
    pub telling: bool,
    /// What the knowledge of this reply form is worth.
    pub evidence: Evidence,
    /// What a person can do about it.
    pub hint: Option<String>,
}

/// The pattern of a reply for one step. Steps without a tag cannot get a reply that names one.
pub(super) fn pattern_for(reply: &Reply, tag: Option<&str>) -> Option<Result<Regex, regex_lite::Error>> {
    if !reply.pattern.contains(TAG) {
        return Some(Regex::new(&reply.pattern));
    }
    // Some templates of the makers print a blank after a comma, their examples never do: both are heard.
    let tag = regex_lite::escape(tag?).replace(',', r",\s*");
    Some(Regex::new(&reply.pattern.replace(TAG, &tag)))
}

impl Profile {
    /// Reads one answer to a step; none when no known reply form fits.
    #[must_use]
    pub fn read_reply(&self, step: usize, text: &str) -> Option<Reading> {
        let text = text.trim();
        let mut reading: Option<Reading> = None;
        // A refusal must not be read as a value that happens to be called "Unsupport".
        let answers = self.replies_of(step).filter(|(reply, _)| reply.means != Means::Value);
        let values = self.replies_of(step).filter(|(reply, _)| reply.means == Means::Value);
        for (reply, regex) in answers.chain(values) {
            let Some(found) = regex.captures(text) else { continue };
            let values = captured(self, &reply.decode, regex, &found);
            match &mut reading {
                None => {
                    reading = Some(Reading {
                        means: reply.means,
                        values,
                        telling: true,
                        evidence: self.evidence(&reply.source),
                        hint: reply.hint.clone(),
                    });
                }
                // One answer may show settings that several patterns read.
                Some(first)
                    if first.means == reply.means && matches!(reply.means, Means::Ok | Means::Value) =>
                {
                    first.evidence = first.evidence.max(self.evidence(&reply.source));
                    first.values.extend(values);
                }
                Some(_) => {}
            }
        }
        if let Some(reading) = &mut reading {
            reading.telling = reading.means != Means::Ok || self.only_answers(step, text);
        }
        reading
    }

    /// Whether a source gives a form of this answer for this family itself: one of related makers is none, nor is a
    /// pattern that reads a part of an answer wherever it stands.
    #[must_use]
    pub fn documents(&self, step: usize, text: &str) -> bool {
        let text = text.trim();
        self.replies_of(step)
            .filter(|(reply, _)| from_its_beginning(&reply.pattern))
            .any(|(reply, regex)| self.evidence(&reply.source) != Evidence::Inferred && regex.is_match(text))
    }

    /// An answer as it may be shown: what it tells about secret settings is masked, nothing else is touched.
    #[must_use]
    pub fn mask_reply(&self, step: usize, text: &str) -> String {
        // A reply is read without the blanks around it: what is read has to be found again.
        let blanks = text.len() - text.trim_start().len();
        let mut secret: Vec<Range<usize>> = Vec::new();
        for (_, regex) in self.replies_of(step) {
            let Some(found) = regex.captures(text.trim()) else { continue };
            let names = regex.capture_names().flatten().filter(|name| self.is_secret(name));
            let parts = names.filter_map(|name| found.name(name));
            secret.extend(parts.map(|part| blanks + part.start()..blanks + part.end()));
        }
        let mut shown = text.to_owned();
        for part in apart(secret).into_iter().rev() {
            shown.replace_range(part, Secret::MASK);
        }
        shown
    }

    /// The settings that answers to this step can show.
    pub fn readable(&self, step: usize) -> impl Iterator<Item = String> {
        let names = self
            .replies_of(step)
            .filter(|(reply, _)| reply.means == Means::Value)
            .flat_map(|(_, regex)| regex.capture_names().flatten().map(str::to_owned).collect::<Vec<_>>());
        names.collect::<std::collections::BTreeSet<_>>().into_iter()
    }

    /// Whether no other command would take this text as its own success.
    fn only_answers(&self, step: usize, text: &str) -> bool {
        let others =
            (0..self.steps.len()).filter(|other| *other != step && self.steps[*other].kind != Kind::Query);
        !others.into_iter().any(|other| {
            self.replies_of(other).any(|(reply, regex)| reply.means == Means::Ok && regex.is_match(text))
        })
    }

    fn replies_of(&self, step: usize) -> impl Iterator<Item = (&Reply, &Regex)> {
        let tag = self.steps.get(step).and_then(|step| step.tag.as_ref()).map(|tag| tag.as_str());
        let kind = self.steps.get(step).map(|step| step.kind);
        let own = self.steps.get(step).map_or(&[][..], |step| &step.replies);
        let own = own.iter().zip(self.patterns.steps.get(step).into_iter().flatten());
        let common = self.replies.iter().zip(self.patterns.common.get(step).into_iter().flatten());
        let common = common.filter(move |(reply, _)| {
            reply.kinds.is_empty() || kind.is_some_and(|k| reply.kinds.contains(&k))
        });
        own.chain(common).filter_map(move |(reply, cell)| {
            let regex = cell.get_or_init(|| pattern_for(reply, tag)?.ok()).as_ref()?;
            Some((reply, regex))
        })
    }

    /// A captured text as the setting's value: by the decoder named for it, else by the map, else as it stands.
    pub(super) fn decode_value(&self, how: Option<&String>, name: &str, text: &str) -> String {
        if let Some(how) = how {
            return decode(how, text).unwrap_or_else(|| text.to_owned());
        }
        let map = self.maps.iter().find(|(setting, _)| **setting == name).map(|(_, map)| map);
        let value =
            map.and_then(|map| map.iter().find(|(_, code)| code == text)).map(|(value, _)| value.clone());
        value.unwrap_or_else(|| text.to_owned())
    }
}

/// Whether a pattern matches an answer from its beginning, whatever its flags.
fn from_its_beginning(pattern: &str) -> bool {
    let bare = pattern
        .strip_prefix("(?")
        .and_then(|rest| rest.split_once(')'))
        .filter(|(flags, _)| flags.bytes().all(|flag| flag.is_ascii_alphabetic()));
    bare.map_or(pattern, |(_, rest)| rest).starts_with('^')
}

/// Ranges in order and joined where they overlap, without the empty ones.
fn apart(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.retain(|range| !range.is_empty());
    ranges.sort_by_key(|range| range.start);
    let mut apart: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match apart.last_mut().filter(|last| range.start < last.end) {
            Some(last) => last.end = last.end.max(range.end),
            None => apart.push(range),
        }
    }
    apart
}

/// Named captures as decoded settings. A capture that is empty, or took no part in the match, shows that the setting
/// is empty: the answer had a place for it.
pub(super) fn captured(
    profile: &Profile,
    decoders: &BTreeMap<String, String>,
    regex: &Regex,
    found: &regex_lite::Captures<'_>,
) -> Vec<(String, String)> {
    let names = regex.capture_names().flatten();
    names
        .map(|name| {
            let text = found.name(name).map_or("", |text| text.as_str().trim());
            let value = if text.is_empty() {
                String::new()
            } else {
                profile.decode_value(decoders.get(name), name, text)
            };
            (name.to_owned(), value)
        })
        .collect()
}
