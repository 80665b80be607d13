//! What a name that a person types could mean: an id, a model, the beginning of either, a maker, or a maker's model.
//! It only compares names: which of several is meant is the person's to say.

use super::catalogue::{Entry, NAMED};
use super::model;
use super::types::Profile;
use crate::units::{distance, near as nearest_of};

/// The profiles that a name could mean, the likelier ones first.
pub(super) fn meant<'e>(entries: &'e [Entry], query: &str) -> Vec<&'e Entry> {
    let all: Vec<&Entry> = entries.iter().collect();
    let found = called(&all, query);
    if !found.is_empty() {
        return found;
    }
    let wanted = plain(query);
    let made: Vec<&Entry> = all.iter().copied().filter(|entry| is_made_by(entry, &wanted)).collect();
    if !made.is_empty() {
        return made;
    }
    let (makers, rest) = of_maker(&all, query);
    called(&makers, &rest)
}

/// The profiles of this id or model; then, unless one alone is, those of which it is the beginning.
fn called<'e>(entries: &[&'e Entry], name: &str) -> Vec<&'e Entry> {
    let wanted = plain(name);
    if wanted.is_empty() {
        return Vec::new();
    }
    let by = |id: &dyn Fn(&str) -> bool, named: &dyn Fn(&str) -> bool| -> Vec<&'e Entry> {
        entries.iter().copied().filter(|entry| id(&plain(&entry.id)) || models(entry).any(named)).collect()
    };
    let mut found = by(&|id| id == wanted, &|model| model::is_named(model, &wanted));
    if found.len() != 1 {
        // What several are called may be short for the name of another, as GT06 is for GT06N.
        let begin = by(&|id| id.starts_with(&wanted), &|model| plain(model).starts_with(&wanted));
        let more = begin.into_iter().filter(|entry| found.iter().all(|known| known.id != entry.id));
        found.extend(more.collect::<Vec<_>>());
    }
    found
}

/// The profiles whose maker is named by the first or the last words of a name, and its other words.
fn of_maker<'e>(entries: &[&'e Entry], query: &str) -> (Vec<&'e Entry>, String) {
    for (maker, rest) in cuts(query) {
        let made = |entry: &&Entry| plain(&entry.id) == maker || is_made_by(entry, &maker);
        let makers: Vec<&Entry> = entries.iter().copied().filter(made).collect();
        if !makers.is_empty() {
            return (makers, rest);
        }
    }
    (Vec::new(), String::new())
}

/// The ways to read a name as a maker, plain, and the rest: the longest maker first, in front or behind.
fn cuts(query: &str) -> impl Iterator<Item = (String, String)> {
    let words: Vec<&str> = query.split_whitespace().collect();
    (1..words.len()).rev().flat_map(move |cut| {
        let (first, last) = words.split_at(cut);
        let (front, behind) = words.split_at(words.len() - cut);
        [(plain(&first.concat()), last.join(" ")), (plain(&behind.concat()), front.join(" "))]
    })
}

/// Profiles whose id, name, maker or models contain a word; or, where none does, those of a maker and a model.
pub(super) fn search<'e>(entries: &'e [Entry], word: &str) -> Vec<&'e Entry> {
    let all: Vec<&Entry> = entries.iter().collect();
    let found = holding(&all, word);
    if !found.is_empty() {
        return found;
    }
    let (makers, rest) = of_maker(&all, word);
    holding(&makers, &rest)
}

fn holding<'e>(entries: &[&'e Entry], word: &str) -> Vec<&'e Entry> {
    let wanted = plain(word);
    if wanted.is_empty() {
        return Vec::new();
    }
    let holds = |entry: &&Entry| {
        let profile = entry.profile().ok();
        plain(&entry.id).contains(&wanted)
            || profile.is_some_and(|profile| {
                plain(&profile.name).contains(&wanted) || plain(&profile.vendor).contains(&wanted)
            })
            || models(entry).any(|model| plain(model).contains(&wanted) || model::is_named(model, &wanted))
    };
    entries.iter().copied().filter(holds).collect()
}

/// Ids whose name, or a model's, is near to what was asked for, the nearest first; then those that hold it, or whose
/// maker it names. A model that is near stands in front of its id's brackets.
pub(super) fn near(entries: &[Entry], query: &str) -> Vec<String> {
    let names = || {
        entries.iter().flat_map(|entry| {
            let names = std::iter::once(entry.id.as_str()).chain(models(entry));
            names.map(move |name| (name, entry.id.as_str()))
        })
    };
    let part = plain(query);
    // Names of models are short and alike: half of one is no likeness.
    let slips = query.chars().count() / 3;
    let mut near = nearest_of(query, names().map(|(name, _)| name));
    near.retain(|name| distance(&query.to_lowercase(), &name.to_lowercase()) <= slips);
    let named = near.iter().flat_map(|near| names().filter(move |(name, _)| name == near));
    let holding = names().filter(|(name, _)| !part.is_empty() && plain(name).contains(&part));
    let all: Vec<&Entry> = entries.iter().collect();
    let (makers, _) = of_maker(&all, query);
    let makers = makers.iter().map(|entry| (entry.id.as_str(), entry.id.as_str()));
    let mut ids: Vec<&str> = Vec::new();
    let mut told = Vec::new();
    for (name, id) in named.chain(holding).chain(makers) {
        if !ids.contains(&id) {
            ids.push(id);
            told.push(if name == id { id.to_owned() } else { format!("{name} ({id})") });
        }
    }
    told.truncate(NAMED);
    told
}

fn models(entry: &Entry) -> impl Iterator<Item = &str> {
    entry.profile().ok().into_iter().flat_map(|profile| profile.models.iter().map(String::as_str))
}

fn is_made_by(entry: &Entry, wanted: &str) -> bool {
    entry.profile().is_ok_and(|profile| is_maker(&profile.vendor, wanted))
}

/// Whether a maker, or one of several, is called so.
fn is_maker(vendor: &str, wanted: &str) -> bool {
    let mut parts = vendor.split([',', '/', '(', ')']).flat_map(|part| part.split(" and ")).map(plain);
    !wanted.is_empty() && (plain(vendor) == *wanted || parts.any(|part| part == *wanted))
}

impl Profile {
    /// The models that a word means, else those that hold it; of a maker and a model, those of the model.
    #[must_use]
    pub fn models_like(&self, word: &str) -> Vec<&str> {
        let whole = self.models_called(word);
        if !whole.is_empty() {
            return whole;
        }
        let is_own = |maker: &str| plain(&self.id) == *maker || is_maker(&self.vendor, maker);
        let rest = cuts(word).find(|(maker, _)| is_own(maker));
        rest.map(|(_, rest)| self.models_called(&rest)).unwrap_or_default()
    }

    fn models_called(&self, word: &str) -> Vec<&str> {
        let wanted = plain(word);
        let by = |like: &dyn Fn(&str) -> bool| -> Vec<&str> {
            self.models.iter().map(String::as_str).filter(|model| like(model)).collect()
        };
        let exact = by(&|model| model::is_named(model, &wanted));
        if exact.is_empty() { by(&|model| plain(model).contains(&wanted)) } else { exact }
    }
}

/// A name without what people write in different ways. Letters of other scripts stay: without them it would be another.
pub(super) fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
