//! The profiles at hand: those built in, and those a user adds in front of them.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use super::finding::Finding;
use super::lint::lint;
use super::load::load;
use super::naming;
use super::types::Profile;

mod embedded {
    include!(concat!(env!("OUT_DIR"), "/profiles.rs"));
}

/// One profile's text and where it stands.
#[derive(Debug)]
pub struct Entry {
    /// The file's name without `.toml`, which is the profile's id.
    pub id: String,
    /// `built in`, or the path of a file.
    pub origin: String,
    /// Its TOML.
    pub text: Cow<'static, str>,
    built_in: bool,
    loaded: OnceLock<Result<Arc<Profile>, Vec<Finding>>>,
}

impl Entry {
    /// Whether it came with the program.
    #[must_use]
    pub fn is_built_in(&self) -> bool {
        self.built_in
    }

    /// The profile, read when first asked for. A user's own file passes the whole lint first,
    /// as nothing may be sent from a file that contradicts itself; the built-in ones pass it in the tests.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn profile(&self) -> Result<&Arc<Profile>, &Vec<Finding>> {
        let read = || {
            if !self.built_in {
                let findings = lint(&self.text, Some(&self.id));
                if findings.iter().any(|finding| finding.severity == super::Severity::Error) {
                    return Err(findings);
                }
            }
            load(&self.text).map(Arc::new)
        };
        self.loaded.get_or_init(read).as_ref()
    }
}

/// All profiles at hand.
#[derive(Debug)]
pub struct Catalogue {
    entries: Vec<Entry>,
}

/// A profile that a name could mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Its id.
    pub id: String,
    /// What tells it from others whose trackers have the same name.
    pub known_by: Option<String>,
}

impl Candidate {
    fn of(entry: &Entry) -> Self {
        let known_by = entry.profile().ok().and_then(|profile| profile.known_by.clone());
        Self { id: entry.id.clone(), known_by }
    }

    /// Its id, with what it is known by.
    fn told(&self) -> String {
        match &self.known_by {
            Some(known_by) => format!("{} ({known_by})", self.id),
            None => self.id.clone(),
        }
    }
}

/// More candidates than this are counted and not named.
pub(super) const NAMED: usize = 8;

fn several(candidates: &[Candidate]) -> String {
    if candidates.len() > NAMED {
        return format!("any of {} profiles", candidates.len());
    }
    candidates.iter().map(|candidate| candidate.id.as_str()).collect::<Vec<_>>().join(" or ")
}

/// Why a name led to no profile.
#[derive(Debug, thiserror::Error)]
pub enum NotFound {
    /// No profile has this id or model.
    #[error("no profile is called \"{query}\"")]
    Unknown {
        /// What was asked for.
        query: String,
        /// What might have been meant: ids, each with the model it has that is near to the name, if it is not the id.
        near: Vec<String>,
    },
    /// Several profiles could be meant.
    #[error("\"{query}\" could be {}", several(.candidates))]
    Several {
        /// What was asked for.
        query: String,
        /// The profiles, the likelier ones first.
        candidates: Vec<Candidate>,
    },
    /// The profile is there, and broken.
    #[error("the profile {id} ({origin}) has problems: `homing profile check` lists them")]
    Broken {
        /// Its id.
        id: String,
        /// Where it stands.
        origin: String,
    },
}

impl NotFound {
    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Unknown { near, .. } if near.is_empty() => Some("`homing profile list` shows all".into()),
            Self::Unknown { near, .. } => {
                Some(format!("did you mean {}? `homing profile list` shows all", near.join(", ")))
            }
            Self::Several { query, candidates } if candidates.len() > NAMED => {
                Some(format!("`homing profile find {query}` lists them"))
            }
            Self::Several { candidates, .. } => {
                let told: Vec<String> = candidates.iter().map(Candidate::told).collect();
                Some(format!("give one of the ids: {}", told.join(", ")))
            }
            Self::Broken { origin, .. } if origin == BUILT_IN => None,
            Self::Broken { origin, .. } => Some(format!("homing profile check {origin}")),
        }
    }
}

const BUILT_IN: &str = "built in";

impl Default for Catalogue {
    fn default() -> Self {
        Self::built_in()
    }
}

impl Catalogue {
    /// The profiles this program was built with.
    #[must_use]
    pub fn built_in() -> Self {
        let entry = |(id, text): &(&str, &'static str)| Entry {
            id: (*id).to_owned(),
            origin: BUILT_IN.to_owned(),
            text: Cow::Borrowed(*text),
            built_in: true,
            loaded: OnceLock::new(),
        };
        Self { entries: embedded::PROFILES.iter().map(entry).collect() }
    }

    /// Adds a profile from a file; it takes the place of one with the same id.
    pub fn add(&mut self, id: &str, origin: &str, text: String) {
        self.entries.retain(|entry| entry.id != id);
        self.entries.push(Entry {
            id: id.to_owned(),
            origin: origin.to_owned(),
            text: Cow::Owned(text),
            built_in: false,
            loaded: OnceLock::new(),
        });
        self.entries.sort_by(|left, right| left.id.cmp(&right.id));
    }

    /// All entries, by id.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// A profile by id, by a model's name with or without its maker's, by the beginning of either, or by its maker,
    /// where that is clear. A name that several makers gave to trackers of their own is never guessed.
    ///
    /// # Errors
    /// Nothing, several, or a broken profile goes by that name.
    pub fn find(&self, query: &str) -> Result<&Arc<Profile>, NotFound> {
        if let Some(entry) = self.entries.iter().find(|entry| entry.id.eq_ignore_ascii_case(query)) {
            return broken(entry);
        }
        match self.meant(query).as_slice() {
            [one] => broken(one),
            [] => {
                Err(NotFound::Unknown { query: query.to_owned(), near: naming::near(&self.entries, query) })
            }
            several => Err(NotFound::Several {
                query: query.to_owned(),
                candidates: several.iter().map(|entry| Candidate::of(entry)).collect(),
            }),
        }
    }

    /// The profiles that a name could mean, the likelier ones first.
    #[must_use]
    pub fn meant(&self, query: &str) -> Vec<&Entry> {
        naming::meant(&self.entries, query)
    }

    /// Profiles whose id, name, maker or models contain a word; or, where none does, those of a maker and a model.
    #[must_use]
    pub fn search(&self, word: &str) -> Vec<&Entry> {
        naming::search(&self.entries, word)
    }
}

fn broken(entry: &Entry) -> Result<&Arc<Profile>, NotFound> {
    entry.profile().map_err(|_| NotFound::Broken { id: entry.id.clone(), origin: entry.origin.clone() })
}
