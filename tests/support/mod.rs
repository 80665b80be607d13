//! Hand-written devices on pseudo-terminals, for the tests of everything that talks to a tracker.
//! They are written from the facts and read no profile, so that a profile's mistake is not theirs too.

#![cfg(test)]
// Not `expect`: each test binary uses another part of this, and one may use all of it.
#![allow(dead_code, reason = "each test binary uses another part of the devices")]
#![cfg(target_os = "linux")]

pub(crate) mod device;
pub(crate) mod hash;
pub(crate) mod numeric;
pub(crate) mod plain;
pub(crate) mod pty;
