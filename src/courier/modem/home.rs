//! Where a modem's port is found again when it went away: by its stable name where the system has one, as a port that is
//! plugged in again gets the next number that is free, and its old number may be another device's by then.

use std::fs;
use std::path::Path;

use super::super::port;

/// The name by which a port is found again; none of a pseudo-terminal, whose number is anybody's once it is free.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Home {
    name: Option<String>,
}

impl Home {
    /// Of the port that is at `given` now.
    pub(super) fn of(given: &str) -> Self {
        let is_link = fs::symlink_metadata(given).is_ok_and(|about| about.is_symlink());
        if !is_link && Path::new(given).starts_with("/dev/pts") {
            return Self { name: None };
        }
        let stable = if is_link { None } else { stable(given) };
        Self { name: Some(stable.unwrap_or_else(|| given.to_owned())) }
    }

    /// The name to open, where something is behind it.
    pub(super) fn found(&self) -> Option<&str> {
        self.name.as_deref().filter(|name| Path::new(name).exists())
    }
}

/// The stable name of a port, where the system has one.
fn stable(given: &str) -> Option<String> {
    let ports = port::list().ok()?;
    ports.into_iter().find(|port| port.path == given)?.stable
}
