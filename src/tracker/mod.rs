//! One tracker: who it is and what it is to be set to, as checked types whose errors say what would be right.
//! It may not look at a file, a clock or the network, and it knows no profile.

mod apn;
mod countries;
mod country;
mod damage;
mod digits;
mod host;
mod iccid;
mod imei;
mod imsi;
mod phone;
mod server;
mod settings;
mod told;
mod values;

use std::borrow::Cow;

pub use apn::{Apn, ApnError};
pub use country::{Country, CountryError};
pub use damage::{Damage, damage};
pub use host::{Host, HostError, HostPort, parse_port};
pub use iccid::{Iccid, IccidError, IccidWarning};
pub use imei::{Imei, ImeiError};
pub use imsi::{Imsi, ImsiError};
pub use phone::{Phone, PhoneError};
pub use server::{Directory, Server, ServerError};
pub use settings::{SettingError, Settings, Value, is_secret};
pub use told::{TextError, Told, check_text, is_invisible, shown, shown_char};
pub use values::{By, Interval, Timezone, Transport, ValueError};

/// One device: its identity and its settings.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Tracker {
    /// What people call it; may be empty.
    pub name: String,
    /// The line of the sheet it came from, counted from 1.
    pub line: Option<u64>,
    /// The id of its profile.
    pub profile: String,
    /// Its IMEI.
    pub imei: Option<Imei>,
    /// The id it reports under, where that is not the IMEI.
    pub device_id: Option<String>,
    /// The number its SIM card is called by.
    pub phone: Option<Phone>,
    /// The number of its SIM card.
    pub iccid: Option<Iccid>,
    /// The id of its SIM card at a gateway.
    pub sim_id: Option<String>,
    /// The subscriber's number in its SIM card.
    pub imsi: Option<Imsi>,
    /// What it is to be set to.
    pub settings: Settings,
    /// What somebody wrote beside it.
    pub notes: Option<String>,
    /// Columns that the tool does not know, carried into every report.
    pub extra: Vec<(String, String)>,
}

impl Tracker {
    /// A value by name, for templates: identity first, then the settings with their secrets in clear. `device_id`
    /// is the IMEI where no other id was given, `maker_id` never is: it is for makers whose own id is another number.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<Cow<'_, str>> {
        let imei = || self.imei.as_ref().map(Imei::as_str);
        let identity = match name {
            "name" => Some(self.name.as_str()).filter(|name| !name.is_empty()),
            "profile" => Some(self.profile.as_str()).filter(|profile| !profile.is_empty()),
            "imei" => imei(),
            "device_id" => self.device_id.as_deref().or_else(imei),
            "maker_id" => self.device_id.as_deref(),
            "phone" => self.phone.as_ref().map(Phone::as_str),
            "iccid" => self.iccid.as_ref().map(Iccid::as_str),
            "sim_id" => self.sim_id.as_deref(),
            "imsi" => self.imsi.as_ref().map(Imsi::as_str),
            "notes" => self.notes.as_deref(),
            setting => return self.settings.get(setting),
        };
        identity.map(Cow::Borrowed)
    }

    /// What tells this tracker from others: IMEI, else device id, else phone number, else the SIM card's number or id.
    #[must_use]
    pub fn key(&self) -> Option<&str> {
        let imei = self.imei.as_ref().map(Imei::as_str);
        let phone = self.phone.as_ref().map(Phone::as_str);
        let sim = self.iccid.as_ref().map(Iccid::as_str);
        imei.or(self.device_id.as_deref()).or(phone).or(sim).or(self.sim_id.as_deref())
    }

    /// What people know it by: its name, else its key, else its profile.
    #[must_use]
    pub fn label(&self) -> &str {
        if self.name.is_empty() { self.key().unwrap_or(&self.profile) } else { &self.name }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tracker_is_known_by_the_best_it_has() {
        let mut tracker = Tracker { profile: "istartek-pt32".into(), ..Tracker::default() };
        assert_eq!((tracker.key(), tracker.label()), (None, "istartek-pt32"));
        tracker.sim_id = Some("sim-7".into());
        assert_eq!(tracker.key(), Some("sim-7"));
        tracker.phone = Phone::parse("+573001234567", None).ok();
        assert_eq!(tracker.key(), Some("+573001234567"));
        tracker.imei = "868683024748398".parse().ok();
        assert_eq!(tracker.value("device_id"), tracker.value("imei"));
        tracker.device_id = Some("4209951296".into());
        assert_eq!(tracker.value("device_id").as_deref(), Some("4209951296"));
        tracker.name = "Rex".into();
        assert_eq!(tracker.label(), "Rex");
        tracker.settings.set("interval", "60").unwrap();
        assert_eq!(tracker.value("interval").as_deref(), Some("60"));
        assert_eq!(tracker.value("nothing"), None);
    }
}
