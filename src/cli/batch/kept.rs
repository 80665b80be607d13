//! A tracker as the journal keeps it: everything but its secrets, in whose place stands where they were read and a
//! hash that tells whether the same one is at hand again.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::journal::sha256;
use crate::profile::Profile;
use crate::secret::Secret;
use crate::tracker::{Iccid, Imsi, Phone, Tracker};

/// A tracker without its secrets.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Kept {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    name: String,
    line: Option<u64>,
    profile: String,
    imei: Option<String>,
    device_id: Option<String>,
    phone: Option<String>,
    iccid: Option<String>,
    sim_id: Option<String>,
    imsi: Option<String>,
    settings: BTreeMap<String, String>,
    /// Hashes of the secrets that stood in its row, by setting.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) secrets: BTreeMap<String, String>,
    notes: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    extra: Vec<(String, String)>,
}

/// What tells a secret again. The salt keeps equal passwords of different trackers apart; it does not make a short one
/// hard to guess, which is why the journal is its user's alone.
fn print(key: &str, name: &str, secret: &str) -> String {
    sha256(&format!("homing\0{key}\0{name}\0{secret}"))
}

impl Kept {
    /// Of a tracker whose profile says which of its settings are secret.
    pub(super) fn of(tracker: &Tracker, profile: &Profile) -> Self {
        let text = |text: &str| text.to_owned();
        let key = tracker.key().unwrap_or_default();
        let (mut settings, mut secrets) = (BTreeMap::new(), BTreeMap::new());
        for name in tracker.settings.names() {
            let Some(value) = tracker.settings.get(name) else { continue };
            if profile.is_secret(name) {
                secrets.insert(name.to_owned(), print(key, name, &value));
            } else {
                settings.insert(name.to_owned(), value.into_owned());
            }
        }
        Self {
            name: tracker.name.clone(),
            line: tracker.line,
            profile: tracker.profile.clone(),
            imei: tracker.imei.as_ref().map(|imei| text(imei.as_str())),
            device_id: tracker.device_id.clone(),
            phone: tracker.phone.as_ref().map(|phone| text(phone.as_str())),
            iccid: tracker.iccid.as_ref().map(|iccid| text(iccid.as_str())),
            sim_id: tracker.sim_id.clone(),
            imsi: tracker.imsi.as_ref().map(|imsi| text(imsi.as_str())),
            settings,
            secrets,
            notes: tracker.notes.clone(),
            extra: tracker.extra.clone(),
        }
    }

    /// Where its messages go: each way to say it, by its column.
    pub(super) fn addresses(&self) -> [(&'static str, Option<&str>); 3] {
        [
            ("phone", self.phone.as_deref()),
            ("iccid", self.iccid.as_deref()),
            ("sim_id", self.sim_id.as_deref()),
        ]
    }

    /// What it is to be set to; nothing for what is not kept.
    pub(super) fn setting(&self, name: &str) -> Option<&str> {
        self.settings.get(name).map(String::as_str)
    }

    /// The tracker again; `secret` finds what is not kept.
    ///
    /// # Errors
    /// As a sentence: when a secret is not at hand or another one, or when what was kept cannot be read any more.
    pub(super) fn tracker(&self, secret: impl Fn(&str) -> Option<Secret>) -> Result<Tracker, String> {
        let mut tracker = Tracker {
            name: self.name.clone(),
            line: self.line,
            profile: self.profile.clone(),
            imei: self.imei.as_deref().map(str::parse).transpose().map_err(told)?,
            device_id: self.device_id.clone(),
            phone: self.phone.as_deref().map(|text| Phone::parse(text, None)).transpose().map_err(told)?,
            iccid: self.iccid.as_deref().map(Iccid::parse).transpose().map_err(told)?.map(|(iccid, _)| iccid),
            sim_id: self.sim_id.clone(),
            imsi: self.imsi.as_deref().map(str::parse::<Imsi>).transpose().map_err(told)?,
            settings: crate::tracker::Settings::default(),
            notes: self.notes.clone(),
            extra: self.extra.clone(),
        };
        for (name, value) in &self.settings {
            tracker.settings.set(name, value).map_err(told)?;
        }
        let key = tracker.key().unwrap_or_default().to_owned();
        for (name, wanted) in &self.secrets {
            let found = secret(name)
                .ok_or_else(|| format!("its {name} is not at hand: the journal keeps no secret"))?;
            if print(&key, name, found.expose()) != *wanted {
                return Err(format!("its {name} is not the one that the batch began with"));
            }
            tracker.settings.set(name, found.expose()).map_err(told)?;
        }
        Ok(tracker)
    }

    /// Whether two are the same one set to the same, whatever line they stand on and whatever somebody wrote beside it: a
    /// report's CSV has columns of its own, and a note is no reason to send anything again.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let without = |kept: &Self| Self { line: None, notes: None, extra: Vec::new(), ..kept.clone() };
        without(self) == without(other)
    }

    /// The secrets that this one had and the other one has not.
    pub(super) fn lost<'k>(&'k self, other: &'k Self) -> impl Iterator<Item = &'k str> {
        let lost = self.secrets.keys().filter(|name| !other.secrets.contains_key(*name));
        lost.map(String::as_str)
    }

    /// Its row as a CSV has it: identity, settings under their columns, what somebody wrote beside it. A secret's cell is
    /// empty.
    pub(super) fn row(&self) -> Vec<(String, String)> {
        const OWN: [&str; 8] =
            ["apn", "apn_user", "apn_password", "login", "password", "transport", "interval", "timezone"];
        let own = |name: &str, value: &Option<String>| (name.to_owned(), value.clone().unwrap_or_default());
        let mut row = vec![
            ("name".to_owned(), self.name.clone()),
            ("profile".to_owned(), self.profile.clone()),
            own("imei", &self.imei),
            own("device_id", &self.device_id),
            own("phone", &self.phone),
            own("iccid", &self.iccid),
            own("sim_id", &self.sim_id),
            own("imsi", &self.imsi),
        ];
        let server = self.settings.get("server").map(|server| {
            let port = self.settings.get("port").map(|port| format!(":{port}")).unwrap_or_default();
            // An IPv6 address needs its brackets in front of a port.
            if server.contains(':') { format!("[{server}]{port}") } else { format!("{server}{port}") }
        });
        row.push(own("server", &server));
        for name in OWN {
            row.push((name.to_owned(), self.settings.get(name).cloned().unwrap_or_default()));
        }
        let others = self.settings.keys().chain(self.secrets.keys());
        let others = others
            .filter(|name| !OWN.contains(&name.as_str()) && !matches!(name.as_str(), "server" | "port"));
        for name in others {
            row.push((format!("set.{name}"), self.settings.get(name).cloned().unwrap_or_default()));
        }
        row.push(own("notes", &self.notes));
        row.extend(self.extra.iter().cloned());
        row
    }

    /// As the journal keeps it.
    pub(super) fn json(&self) -> String {
        // Strings and maps of strings can always be written.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// From what the journal kept.
    ///
    /// # Errors
    /// As a sentence, when it is none.
    pub(super) fn read(json: &str) -> Result<Self, String> {
        serde_json::from_str(json)
            .map_err(|error| format!("what the journal keeps of it cannot be read: {error}"))
    }
}

fn told(error: impl std::fmt::Display) -> String {
    error.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::{Catalogue, tracker_with};

    #[test]
    fn a_tracker_comes_back_with_its_secrets_from_elsewhere_and_none_is_kept() {
        let catalogue = Catalogue::built_in();
        let profile = catalogue.find("istartek-vt").unwrap();
        let mut tracker = tracker_with([
            ("apn", "internet"),
            ("apn_user", "ana"),
            ("apn_password", "hunter2"),
            ("password", "4711"),
            ("server", "d.plaspy.com"),
            ("port", "8888"),
            ("interval", "5m"),
            ("reliable", "1"),
        ])
        .unwrap();
        tracker.profile = "istartek-vt".to_owned();
        tracker.imei = Some("869912033012424".parse().unwrap());
        tracker.phone = Some(Phone::parse("+447700900101", None).unwrap());
        tracker.line = Some(7);
        tracker.extra = vec![("depot".to_owned(), "Nord".to_owned())];
        let json = Kept::of(&tracker, profile).json();
        assert!(!json.contains("hunter2") && !json.contains("4711"), "{json}");
        let kept = Kept::read(&json).unwrap();
        let secret = |name: &str| Some(Secret::new(if name == "password" { "4711" } else { "hunter2" }));
        assert_eq!(kept.tracker(secret).unwrap(), tracker);
        assert!(kept.tracker(|_| None).unwrap_err().contains("not at hand"));
        let wrong = kept.tracker(|_| Some(Secret::new("hunter3"))).unwrap_err();
        assert!(wrong.contains("not the one"), "{wrong}");
        assert!(!wrong.contains("hunter"), "{wrong}");
    }
}
