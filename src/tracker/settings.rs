//! What a tracker is to be set to, by name: typed where the tool knows the setting, text where only a profile does.
//! It checks forms, never a profile's limits, and prints no secret.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::apn::{Apn, ApnError};
use super::host::{Host, HostError, parse_port};
use super::told::{TextError, Told, check_text, shown};
use super::values::{Interval, Timezone, Transport, ValueError};
use crate::secret::Secret;

/// A setting that only a profile knows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Value {
    /// A text that may be shown.
    Plain(String),
    /// A text that may not.
    Secret(Secret),
}

impl Value {
    /// The text itself, secret or not: for the command to the device.
    #[must_use]
    pub fn expose(&self) -> &str {
        match self {
            Self::Plain(text) => text,
            Self::Secret(secret) => secret.expose(),
        }
    }
}

impl std::fmt::Display for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Plain(text) => f.pad(text),
            Self::Secret(secret) => secret.fmt(f),
        }
    }
}

/// The settings of one tracker.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Settings {
    /// The access point of the SIM card.
    pub apn: Option<Apn>,
    /// Its user name.
    pub apn_user: Option<String>,
    /// Its password.
    pub apn_password: Option<Secret>,
    /// The login that some makers put in front of every command.
    pub login: Option<String>,
    /// The tracker's own password.
    pub password: Option<Secret>,
    /// Where it is to report to.
    pub server: Option<Host>,
    /// On which port.
    pub port: Option<u16>,
    /// Over TCP or UDP.
    pub transport: Option<Transport>,
    /// How often, in seconds.
    pub interval: Option<Interval>,
    /// The offset of its clock from UTC.
    pub timezone: Option<Timezone>,
    /// Every other setting, by its name in the profile.
    pub other: BTreeMap<String, Value>,
}

/// The settings that have a field of their own.
const KNOWN: [&str; 10] = [
    "apn",
    "apn_user",
    "apn_password",
    "login",
    "password",
    "server",
    "port",
    "transport",
    "interval",
    "timezone",
];

/// Whether the value of a setting of this name may not be shown: passwords, PINs, keys and tokens.
#[must_use]
pub fn is_secret(name: &str) -> bool {
    let hidden = |part: &str| HIDDEN.iter().any(|word| part.eq_ignore_ascii_case(word));
    let end = name.len().checked_sub("password".len()).and_then(|start| name.get(start..));
    name.split('_').any(hidden) || end.is_some_and(hidden)
}

/// Words in the names of settings whose values may not be shown.
const HIDDEN: [&str; 10] =
    ["password", "passwd", "pass", "pw", "pin", "pin2", "puk", "token", "secret", "key"];

impl Settings {
    /// The value of a setting as a template wants it, secrets in clear: `server_kind` is `domain` or `ip`, the
    /// transport `tcp` or `udp`, the time zone `+00:00`, the interval seconds.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Cow<'_, str>> {
        match name {
            "apn" => self.apn.as_ref().map(|apn| Cow::Borrowed(apn.as_str())),
            "apn_user" => self.apn_user.as_deref().map(Cow::Borrowed),
            "apn_password" => self.apn_password.as_ref().map(|secret| Cow::Borrowed(secret.expose())),
            "login" => self.login.as_deref().map(Cow::Borrowed),
            "password" => self.password.as_ref().map(|secret| Cow::Borrowed(secret.expose())),
            "server" => self.server.as_ref().map(|host| match host {
                Host::Domain(name) => Cow::Borrowed(name.as_str()),
                address => Cow::Owned(address.to_string()),
            }),
            "server_kind" => self.server.as_ref().map(|host| Cow::Borrowed(host.kind())),
            "port" => self.port.map(|port| Cow::Owned(port.to_string())),
            "transport" => self.transport.map(|transport| Cow::Borrowed(transport.as_str())),
            "interval" => self.interval.map(|interval| Cow::Owned(interval.to_string())),
            "timezone" => self.timezone.map(|timezone| Cow::Owned(timezone.to_string())),
            other => self.other.get(other).map(|value| Cow::Borrowed(value.expose())),
        }
    }

    /// Sets one setting from text. The ones with a field are checked; any other name is kept as text, and as a secret
    /// when [`is_secret`] says so.
    ///
    /// # Errors
    /// When the value has not the form of its setting, or the name is none.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), SettingError> {
        let text =
            || check_text(value).map(|()| value.to_owned()).map_err(|error| SettingError::text(name, error));
        match name {
            "apn" => self.apn = Some(value.parse()?),
            "apn_user" => self.apn_user = Some(text()?),
            "apn_password" => self.apn_password = Some(Secret::new(text()?)),
            "login" => self.login = Some(text()?),
            "password" => self.password = Some(Secret::new(text()?)),
            "server" => self.server = Some(value.parse()?),
            "port" => self.port = Some(parse_port(value)?),
            "transport" => self.transport = Some(value.parse()?),
            "interval" => self.interval = Some(value.parse()?),
            "timezone" => self.timezone = Some(value.parse()?),
            "server_kind" => return Err(SettingError::Derived(name.to_owned())),
            other => {
                check_name(other)?;
                let value = text()?;
                let value =
                    if is_secret(other) { Value::Secret(Secret::new(value)) } else { Value::Plain(value) };
                self.other.insert(other.to_owned(), value);
            }
        }
        Ok(())
    }

    /// Whether a setting of this name has no field of its own: only a profile can know it.
    #[must_use]
    pub fn is_other(&self, name: &str) -> bool {
        !KNOWN.contains(&name) && name != "server_kind"
    }

    /// The names of the settings that have a value, the known ones first.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let known = KNOWN.into_iter().filter(|name| self.is_set(name));
        known.chain(self.other.keys().map(String::as_str))
    }

    /// Whether a setting has a value.
    fn is_set(&self, name: &str) -> bool {
        match name {
            "server" => self.server.is_some(),
            name => self.get(name).is_some(),
        }
    }
}

/// A setting's name is made of small letters, digits and underscores, and begins with a letter.
fn check_name(name: &str) -> Result<(), SettingError> {
    let good = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    if good { Ok(()) } else { Err(SettingError::Name(name.to_owned())) }
}

/// Why a setting was not set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SettingError {
    /// No APN.
    #[error(transparent)]
    Apn(#[from] ApnError),
    /// No host, or no port.
    #[error(transparent)]
    Host(#[from] HostError),
    /// No transport, interval or time zone.
    #[error(transparent)]
    Value(#[from] ValueError),
    /// A character that cannot be seen. The value is not shown: it may be a secret.
    #[error("the setting {name} cannot be taken: {error}")]
    Text {
        /// The setting.
        name: String,
        /// The character and its position.
        error: TextError,
    },
    /// A name that no setting can have.
    #[error("`{}` cannot name a setting: use small letters, digits and underscores, and begin with a letter", shown(.0))]
    Name(String),
    /// A setting that follows from another.
    #[error("the setting {0} follows from the server: set the server to a host name or an address")]
    Derived(String),
}

impl SettingError {
    /// A text with an invisible character.
    fn text(name: &str, error: TextError) -> Self {
        Self::Text { name: name.to_owned(), error }
    }
}

impl Told for SettingError {
    fn rule(&self) -> &'static str {
        match self {
            Self::Apn(error) => error.rule(),
            Self::Host(error) => error.rule(),
            Self::Value(error) => error.rule(),
            Self::Text { error, .. } => error.rule(),
            Self::Name(_) | Self::Derived(_) => "setting-name",
        }
    }

    fn fix(&self) -> Option<String> {
        match self {
            Self::Apn(error) => error.fix(),
            Self::Host(error) => error.fix(),
            Self::Value(error) => error.fix(),
            Self::Text { error, .. } => error.fix(),
            Self::Name(_) | Self::Derived(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_come_back_as_a_template_wants_them() {
        let mut settings = Settings::default();
        for (name, value, want) in [
            ("apn", "internet", "internet"),
            ("apn_user", "user", "user"),
            ("apn_password", "pass", "pass"),
            ("login", "admin", "admin"),
            ("password", "0000", "0000"),
            ("server", "54.85.159.138", "54.85.159.138"),
            ("port", "8888", "8888"),
            ("transport", "UDP", "udp"),
            ("interval", "5m", "300"),
            ("timezone", "UTC", "+00:00"),
            ("reliable", "1", "1"),
        ] {
            settings.set(name, value).unwrap();
            assert_eq!(settings.get(name).as_deref(), Some(want), "{name}");
        }
        assert_eq!(settings.get("server_kind").as_deref(), Some("ip"));
        settings.set("server", "d.plaspy.com").unwrap();
        assert_eq!(settings.get("server_kind").as_deref(), Some("domain"));
        assert_eq!(settings.names().count(), 11);
        assert_eq!(settings.get("nothing"), None);
        assert_eq!(Settings::default().names().count(), 0);
    }

    #[test]
    fn secrets_are_recognised_by_name_and_never_printed() {
        let mut settings = Settings::default();
        for name in ["password", "apn_password", "new_password", "sim_pin", "newpassword", "api_token"] {
            assert!(is_secret(name), "{name}");
            settings.set(name, "hunter2").unwrap();
        }
        assert!(!is_secret("pinning") && !is_secret("apn") && !is_secret("apn_user"));
        assert!(!format!("{settings:?}").contains("hunter2"));
        let error = settings.set("password", "hunter2\n").unwrap_err().to_string();
        assert!(error.contains("position 8") && !error.contains("hunter2"), "{error}");
    }

    #[test]
    fn wrong_values_and_names_are_told() {
        let mut settings = Settings::default();
        for (name, value, rule) in [
            ("apn", "a b", "apn-character"),
            ("server", "a b", "host-character"),
            ("port", "0", "port"),
            ("transport", "x", "transport"),
            ("interval", "0", "interval"),
            ("timezone", "x", "timezone"),
            ("server_kind", "ip", "setting-name"),
            ("Name", "x", "setting-name"),
            ("", "x", "setting-name"),
            ("reliable", "1\u{0}", "control-character"),
        ] {
            assert_eq!(settings.set(name, value).map_err(|e| e.rule()), Err(rule), "{name}");
        }
        assert_eq!(settings, Settings::default());
    }
}
