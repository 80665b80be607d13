//! What fills empty cells: values from flags and from the configuration.
//! It holds texts; they are checked with the rows they fill.

use std::collections::BTreeMap;

use super::columns::{Column, normal};
use crate::secret::Secret;
use crate::tracker::{SettingError, Settings};

/// Values for cells that are empty and for columns that a sheet does not have. None of them prints.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Defaults {
    columns: BTreeMap<&'static str, Secret>,
    settings: BTreeMap<String, Secret>,
}

/// A name that no default can have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DefaultError {
    /// What tells one tracker from the others cannot be the same for all.
    #[error("{0} cannot have a default: each tracker has its own, write it in the sheet")]
    Identity(&'static str),
    /// The port belongs to the server.
    #[error("the port cannot have a default of its own: write it behind the server, as in d.plaspy.com:8888")]
    Port,
    /// No setting can have this name, or the value does not fit it.
    #[error(transparent)]
    Setting(#[from] SettingError),
}

impl Defaults {
    /// No default at all.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets a default by column (`apn`, `server`, `set.reliable`) or by setting (`reliable`). An empty value takes
    /// the default away.
    ///
    /// # Errors
    /// When every tracker needs its own value, or the name is none. Values are checked with the sheet.
    pub fn set(&mut self, name: &str, value: impl Into<String>) -> Result<(), DefaultError> {
        let name = normal(name);
        let name = name.strip_prefix("set.").unwrap_or(&name);
        let value = value.into();
        if name == "port" {
            return Err(DefaultError::Port);
        }
        match Column::named(name) {
            Some(column) if is_identity(column) => Err(DefaultError::Identity(column.name())),
            Some(column) => {
                put(&mut self.columns, column.name(), value);
                Ok(())
            }
            None => {
                Settings::default().set(name, &value)?;
                put(&mut self.settings, name.to_owned(), value);
                Ok(())
            }
        }
    }

    /// The default of a known column.
    pub(super) fn get(&self, column: Column) -> Option<&Secret> {
        self.columns.get(column.name())
    }

    /// The defaults of settings that only profiles know.
    pub(super) fn settings(&self) -> impl Iterator<Item = (&str, &Secret)> {
        self.settings.iter().map(|(name, value)| (name.as_str(), value))
    }
}

/// Puts a value in its place, or takes it out when it is empty.
fn put<K: Ord>(map: &mut BTreeMap<K, Secret>, key: K, value: String) {
    if value.trim().is_empty() {
        map.remove(&key);
    } else {
        map.insert(key, Secret::new(value));
    }
}

/// Columns that tell one tracker from the others.
fn is_identity(column: Column) -> bool {
    use Column::{DeviceId, Iccid, Imei, Imsi, Name, Phone, SimId};
    matches!(column, Name | Imei | DeviceId | Phone | Iccid | SimId | Imsi)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_are_set_by_column_or_setting_and_never_print() {
        let mut defaults = Defaults::new();
        defaults.set("password", "hunter2").unwrap();
        defaults.set("set.reliable", "1").unwrap();
        defaults.set("APN user", "me").unwrap();
        assert!(!format!("{defaults:?}").contains("hunter2"));
        assert_eq!(defaults.get(Column::ApnUser).map(Secret::expose), Some("me"));
        assert_eq!(
            defaults.settings().map(|(name, value)| (name, value.expose())).collect::<Vec<_>>(),
            [("reliable", "1")]
        );
        defaults.set("reliable", " ").unwrap();
        assert_eq!(defaults.settings().count(), 0);
        assert_eq!(defaults.set("imei", "1"), Err(DefaultError::Identity("imei")));
        assert_eq!(defaults.set("port", "1"), Err(DefaultError::Port));
        assert!(defaults.set("a b!", "1").is_err());
    }
}
