//! Where there are no pseudo-terminals there is no lab.

use std::net::SocketAddr;
use std::path::PathBuf;

use super::options::{LabError, LabOptions};

/// A running lab: none on this system.
pub enum Lab {}

impl Lab {
    /// Says that there is none.
    ///
    /// # Errors
    /// Always.
    pub fn start(_: LabOptions) -> Result<Self, LabError> {
        Err(LabError::NoPorts)
    }

    /// The ports of its modems.
    #[must_use]
    pub fn ports(&self) -> &[PathBuf] {
        match *self {}
    }

    /// Where its gateway listens.
    #[must_use]
    pub fn gateway(&self) -> Option<SocketAddr> {
        match *self {}
    }

    /// Why its log is not whole.
    #[must_use]
    pub fn trouble(&self) -> Option<String> {
        match *self {}
    }
}
