//! `homing probe` in networks and against servers of the test's own.
#![cfg(test)]
#![cfg(target_os = "linux")]

#[path = "probe/capture.rs"]
mod capture;
#[path = "schemas/check.rs"]
mod check;
#[path = "probe/dns.rs"]
mod dns;
#[path = "probe/formats.rs"]
mod formats;
#[path = "support/homing.rs"]
mod homing_run;
#[path = "probe/loss.rs"]
mod loss;
#[path = "probe/names.rs"]
mod names;
#[path = "probe/nat.rs"]
mod nat;
#[path = "probe/netns.rs"]
mod netns;
#[path = "probe/peers.rs"]
mod peers;
#[path = "listen/running.rs"]
#[expect(dead_code, reason = "the tests of the listener use the rest of it")]
mod running;
#[path = "probe/schema.rs"]
mod schema;
#[path = "probe/servers.rs"]
mod servers;
#[path = "probe/snapshots.rs"]
mod snapshots;
#[path = "probe/spoken.rs"]
mod spoken;
#[path = "probe/truth.rs"]
mod truth;
