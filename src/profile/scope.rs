//! The values a template sees: a tracker's identity and settings, the profile's defaults, and the maps' codes.

use std::sync::Arc;

use minijinja::value::{Object, Value};

use super::types::Profile;
use crate::secret::Secret;
use crate::tracker::Tracker;

/// What a tracker is called by, beside its settings.
const IDENTITY: [&str; 10] =
    ["name", "imei", "device_id", "maker_id", "phone", "iccid", "sim_id", "imsi", "notes", "server_kind"];

/// Values by name, sorted, made once for a tracker and shared by all its commands.
#[derive(Debug)]
pub struct Scope {
    values: Vec<(Arc<str>, Value)>,
    codes: Value,
}

/// The codes of the maps, as `code.NAME`.
#[derive(Debug)]
struct Codes(Vec<(String, Value)>);

impl Object for Codes {
    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        self.0.iter().find(|(name, _)| name == key).map(|(_, code)| code.clone())
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }
}

impl Object for Scope {
    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        self.lookup(key)
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.lookup(key.as_str()?)
    }
}

/// A scope with what a form adds to it.
#[derive(Debug)]
pub(super) struct Wrapped {
    pub(super) scope: Arc<Scope>,
    pub(super) body: String,
    pub(super) packet: Option<u8>,
}

impl Wrapped {
    /// As [`Scope::value`], with what the form brings.
    pub(super) fn value(&self, name: &str) -> Option<Value> {
        match name {
            "body" => Some(Value::from(self.body.as_str())),
            "packet" => self.packet.map(|packet| Value::from(char::from(packet))),
            _ => self.scope.value(name),
        }
    }
}

impl Object for Wrapped {
    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        match key {
            "body" => Some(Value::from(self.body.as_str())),
            "packet" => self.packet.map(|packet| Value::from(char::from(packet))),
            _ => self.scope.lookup(key),
        }
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }
}

impl Scope {
    /// Everything a tracker and the profile's defaults give, secrets whole: for texts that are sent.
    #[must_use]
    pub fn whole(profile: &Profile, tracker: &Tracker) -> Arc<Self> {
        Self::new(profile, tracker, false)
    }

    /// The same with every secret field masked: for texts that are shown.
    #[must_use]
    pub fn masked(profile: &Profile, tracker: &Tracker) -> Arc<Self> {
        Self::new(profile, tracker, true)
    }

    fn new(profile: &Profile, tracker: &Tracker, mask: bool) -> Arc<Self> {
        let shown = |name: &str, value: &str| {
            if mask && profile.is_secret(name) { Value::from(Secret::MASK) } else { Value::from(value) }
        };
        // Far more settings exist than one tracker has: begin with what it has, then what nobody gave.
        let given = IDENTITY.into_iter().chain(tracker.settings.names());
        let mut values: Vec<(Arc<str>, Value)> = given
            .filter_map(|name| {
                let known = profile.templates.variable(name)?;
                Some((Arc::clone(known), shown(name, &tracker.value(name)?)))
            })
            .collect();
        for (name, default) in &profile.templates.defaults {
            if values.iter().all(|(given, _)| given != name) {
                values.push((Arc::clone(name), shown(name, default)));
            }
        }
        values.sort_unstable_by(|left, right| left.0.cmp(&right.0));
        let codes = profile.maps.iter().filter_map(|(name, _)| {
            let code = profile.code(name, &profile.value(tracker, name)?)?;
            Some((name.value.clone(), Value::from(code)))
        });
        Arc::new(Self { values, codes: Value::from_object(Codes(codes.collect())) })
    }

    /// What a tracker itself keeps: settings by name, with the codes that go with them. Nothing is added.
    #[must_use]
    pub fn kept(profile: &Profile, settings: &[(String, String)]) -> Arc<Self> {
        let mut values: Vec<(Arc<str>, Value)> = settings
            .iter()
            .map(|(name, value)| (Arc::from(name.as_str()), Value::from(value.as_str())))
            .collect();
        values.sort_unstable_by(|left, right| left.0.cmp(&right.0));
        let codes = settings
            .iter()
            .filter_map(|(name, value)| Some((name.clone(), Value::from(profile.code(name, value)?))));
        Arc::new(Self { values, codes: Value::from_object(Codes(codes.collect())) })
    }

    fn lookup(&self, key: &str) -> Option<Value> {
        if key == "code" {
            return Some(self.codes.clone());
        }
        let at = self.values.binary_search_by(|(name, _)| name.as_ref().cmp(key)).ok()?;
        Some(self.values[at].1.clone())
    }

    /// What a template's plain name stands for: a setting, or `code.` and a setting.
    pub(super) fn value(&self, name: &str) -> Option<Value> {
        match name.strip_prefix("code.") {
            Some(name) => self.code(name),
            None => self.lookup(name),
        }
    }

    /// Whether a setting is there for a template: its value, or its code where a map gives one.
    pub(super) fn has(&self, name: &str) -> bool {
        self.lookup(name).is_some() || self.code(name).is_some()
    }

    fn code(&self, name: &str) -> Option<Value> {
        self.codes.get_attr(name).ok().filter(|code| !code.is_undefined())
    }

    /// This scope with stand-ins for more settings, to find out which of them a template cannot do without.
    pub(super) fn filled<'n>(&self, names: impl Iterator<Item = &'n String>) -> Self {
        let names: Vec<&String> = names.collect();
        // What the filters that a setting usually goes through can work with.
        let stand_in = |name: &str| match name {
            "interval" | "port" => Value::from("60"),
            "imei" | "device_id" | "maker_id" => Value::from("000000000000000"),
            _ => Value::from("+00:00"),
        };
        let mut values = self.values.clone();
        values.extend(names.iter().map(|name| (Arc::from(name.as_str()), stand_in(name))));
        values.sort_unstable_by(|left, right| left.0.cmp(&right.0));
        let more = names.into_iter().map(|name| (name.clone(), stand_in(name)));
        let codes =
            self.codes.downcast_object_ref::<Codes>().map(|codes| codes.0.clone()).unwrap_or_default();
        Self { values, codes: Value::from_object(Codes(codes.into_iter().chain(more).collect())) }
    }
}
