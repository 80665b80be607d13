//! `homing.snapshot/1`: what a tracker told of its settings at one time, to be compared with what it tells later; and
//! `homing.changes/1`, what became of it. Secrets are masked, so that they are neither kept nor compared.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::engine::{Talk, queries_for};
use crate::engine::{is_setting, told};
use crate::profile::{FormName, Profile};
use crate::secret::Secret;

/// The schema of a snapshot.
pub const SNAPSHOT: &str = "homing.snapshot/1";

/// What was read of a tracker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Snapshot {
    /// Name and version of the document.
    pub schema: String,
    /// Id of the profile by which it was read.
    pub profile: String,
    /// The IMEI that the tracker told, or else the one it was asked as.
    pub imei: Option<String>,
    /// The firmware that the tracker told.
    pub firmware: Option<String>,
    /// When it was read, UTC, as RFC 3339 has it.
    pub time: String,
    /// What was read; secrets are masked.
    pub settings: BTreeMap<String, String>,
    /// Settings that are masked.
    pub secret: BTreeSet<String>,
    /// Settings that were asked for and not told.
    pub unread: BTreeSet<String>,
}

impl Snapshot {
    /// What a conversation told. `time` is as RFC 3339 has it, `imei` what the tracker is asked as.
    #[must_use]
    pub fn of(profile: &Profile, talk: &Talk, imei: Option<&str>, time: String) -> Self {
        let told = told(talk);
        let own =
            |name: &&str| told.get(name).filter(|value| !value.is_empty()).map(|value| (*value).to_owned());
        let kept = told.iter().filter(|(name, _)| is_setting(profile, name));
        let show = |(name, value): (&&str, &&str)| {
            let masked = profile.is_secret(name) && !value.is_empty();
            ((*name).to_owned(), if masked { Secret::MASK.to_owned() } else { (*value).to_owned() })
        };
        let asked = talk.reads.iter().flat_map(|spoken| profile.readable(spoken.step));
        let unread = asked.filter(|name| is_setting(profile, name) && !told.contains_key(name.as_str()));
        Self {
            schema: SNAPSHOT.to_owned(),
            profile: profile.id.value.clone(),
            imei: own(&"imei").or_else(|| imei.map(str::to_owned)),
            firmware: own(&"firmware"),
            time,
            settings: kept.clone().map(show).collect(),
            secret: kept.map(|(name, _)| (*name).to_owned()).filter(|name| profile.is_secret(name)).collect(),
            unread: unread.collect(),
        }
    }

    /// The questions beside those `asked` that it takes to read the same again.
    #[must_use]
    pub fn questions(&self, profile: &Profile, asked: &[usize], form: FormName) -> Vec<String> {
        let wanted: Vec<&str> = self.settings.keys().chain(&self.unread).map(String::as_str).collect();
        queries_for(profile, asked, &wanted, form)
    }
}

/// What became of one thing since a snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Became {
    /// It is as it was.
    Same,
    /// It is another.
    Changed,
    /// It was not told then, or is not told now.
    NotRead,
    /// It is secret, and not compared.
    Secret,
    /// It was not asked for then.
    New,
}

/// One thing since a snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The setting, `firmware` or `imei`.
    pub name: String,
    /// What it was.
    pub was: Option<String>,
    /// What it is.
    pub is: Option<String>,
    /// What became of it.
    pub became: Became,
}

/// Compares what was read with what is read now, identity and firmware first.
#[must_use]
pub fn changes(profile: &Profile, was: &Snapshot, is: &Snapshot) -> Vec<Change> {
    let change = |name: &str, was: Option<&String>, is: Option<&String>, became: Became| Change {
        name: name.to_owned(),
        was: was.cloned(),
        is: is.cloned(),
        became,
    };
    let mut changes = Vec::new();
    for (name, old, new) in [("imei", &was.imei, &is.imei), ("firmware", &was.firmware, &is.firmware)] {
        let became = match (old, new) {
            (None, None) => continue,
            (Some(old), Some(new)) if old == new => Became::Same,
            (Some(_), Some(_)) => Became::Changed,
            // What the tracker does not tell, and did not tell then, is nothing that could have been read.
            _ => Became::NotRead,
        };
        changes.push(change(name, old.as_ref(), new.as_ref(), became));
    }
    let names: BTreeSet<&String> = was.settings.keys().chain(is.settings.keys()).chain(&was.unread).collect();
    for name in names {
        let (old, new) = (was.settings.get(name), is.settings.get(name));
        let secret = was.secret.contains(name) || is.secret.contains(name);
        let became = match (old, new) {
            (None, Some(_)) if !was.unread.contains(name) => Became::New,
            // Of a secret, no more than whether there is one can be told.
            (Some(old), Some(new)) if secret && old.is_empty() != new.is_empty() => Became::Changed,
            (Some(old), Some(_)) if secret && !old.is_empty() => Became::Secret,
            (Some(old), Some(new)) if profile.same_value(name, old, new) => Became::Same,
            (Some(_), Some(_)) => Became::Changed,
            _ => Became::NotRead,
        };
        changes.push(change(name, old, new, became));
    }
    changes
}

#[derive(Debug, Serialize)]
struct ChangesView<'a> {
    schema: &'static str,
    profile: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    imei: Option<&'a str>,
    via: &'a str,
    since: &'a str,
    time: &'a str,
    sentence: &'a str,
    changes: &'a [Change],
}

/// The changes since a snapshot as JSON.
#[must_use]
pub fn changes_view<'a>(
    was: &'a Snapshot,
    is: &'a Snapshot,
    via: &'a str,
    sentence: &'a str,
    changes: &'a [Change],
) -> impl Serialize + 'a {
    ChangesView {
        schema: "homing.changes/1",
        profile: &is.profile,
        imei: is.imei.as_deref(),
        via,
        since: &was.time,
        time: &is.time,
        sentence,
        changes,
    }
}
