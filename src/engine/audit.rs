//! What a conversation told of the matters that an owner has to know after a change: where the tracker reports to, by
//! what, and who else it obeys. It says by name what no answer shows.

use std::collections::BTreeMap;

use super::identity::is_id;
use super::talk::Talk;
use crate::profile::{FormName, Means, Profile, Topic};

/// One matter: a setting of every tracker, or a topic for which each profile names its settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Matter {
    /// A common setting by its name.
    Setting(&'static str),
    /// A topic.
    Topic(Topic),
}

impl Matter {
    /// All of them, in the order they are told.
    pub const ALL: [Self; 10] = [
        Self::Setting("server"),
        Self::Setting("port"),
        Self::Topic(Topic::SecondServer),
        Self::Setting("transport"),
        Self::Setting("apn"),
        Self::Setting("interval"),
        Self::Setting("timezone"),
        Self::Topic(Topic::SmsReports),
        Self::Topic(Topic::Fota),
        Self::Topic(Topic::RemoteManagement),
    ];

    /// Its word in a document.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Setting(name) => name,
            Self::Topic(topic) => {
                Topic::WORDS.iter().find(|(_, known)| *known == topic).map_or("", |(word, _)| word)
            }
        }
    }

    /// Its name for a person.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Setting("apn") => "APN",
            Self::Setting("timezone") => "time zone",
            Self::Setting(name) => name,
            Self::Topic(Topic::SecondServer) => "backup or second server",
            Self::Topic(Topic::SmsReports) => "SMS reports",
            Self::Topic(Topic::Fota) => "firmware over the air",
            Self::Topic(Topic::RemoteManagement) => "remote management",
        }
    }

    /// The settings of a profile that tell of it.
    #[must_use]
    pub fn names(self, profile: &Profile) -> Vec<&str> {
        match self {
            Self::Setting(name) => vec![name],
            Self::Topic(topic) => profile.topic(topic).collect(),
        }
    }
}

/// How much of a matter was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Seen {
    /// An answer shows it.
    Told,
    /// A question that can show it was asked, and no answer shows it.
    NotAnswered,
    /// A question can show it and was not asked.
    NotAsked,
    /// No query of the profile has a known answer that shows it.
    Unreadable,
}

/// One matter after a conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audited {
    /// Which.
    pub matter: Matter,
    /// How much was seen.
    pub seen: Seen,
    /// What was told, setting by setting.
    pub values: Vec<(String, String)>,
}

/// What the answers of the tracker's own dialect show, the last answer of each setting.
#[must_use]
pub fn told(talk: &Talk) -> BTreeMap<&str, &str> {
    let answered = talk.probes.iter().chain(&talk.reads).filter(|spoken| spoken.means == Some(Means::Value));
    answered.flat_map(|spoken| &spoken.values).map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

/// Every matter with what was seen of it.
#[must_use]
pub fn audit(profile: &Profile, talk: &Talk) -> Vec<Audited> {
    let told = told(talk);
    let asked =
        |name: &str| talk.reads.iter().any(|spoken| profile.readable(spoken.step).any(|shown| shown == name));
    let one = |matter: Matter| {
        let names = matter.names(profile);
        let values =
            names.iter().filter_map(|name| Some(((*name).to_owned(), (*told.get(name)?).to_owned())));
        let values: Vec<_> = values.collect();
        let seen = if !values.is_empty() {
            Seen::Told
        } else if names.iter().any(|name| asked(name)) {
            Seen::NotAnswered
        } else if names.iter().any(|name| profile.shows(name)) {
            Seen::NotAsked
        } else {
            Seen::Unreadable
        };
        Audited { matter, seen, values }
    };
    Matter::ALL.map(one).into()
}

/// The queries that show `wanted` and are not among the steps `asked`, in the profile's order: the first that shows a
/// setting is taken for it.
#[must_use]
pub fn queries_for(profile: &Profile, asked: &[usize], wanted: &[&str], form: FormName) -> Vec<String> {
    let mut shown: Vec<String> = asked.iter().flat_map(|at| profile.readable(*at)).collect();
    let mut queries = Vec::new();
    for at in profile.queries().filter(|at| !asked.contains(at)) {
        let step = &profile.steps[at];
        let shows: Vec<String> = profile.readable(at).collect();
        let lacking = |name: &&str| !shown.iter().any(|known| known == name);
        let news = wanted.iter().filter(|name| lacking(name)).any(|name| shows.iter().any(|s| s == name));
        if news && (step.forms.is_empty() || step.forms.contains(&form)) {
            queries.push(step.id.value.clone());
            shown.extend(shows);
        }
    }
    queries
}

/// Whether a name is a setting that a tracker keeps, and not what it measures or is called. An id of its maker's is kept
/// with them: another one is another tracker.
#[must_use]
pub fn is_setting(profile: &Profile, name: &str) -> bool {
    let matter = Matter::ALL.iter().any(|matter| matter.names(profile).contains(&name));
    let set = || profile.steps.iter().flat_map(|step| &step.sets).any(|set| *set == *name);
    !matches!(name, "imei" | "firmware" | "sn") && (is_id(profile, name) || matter || set())
}
