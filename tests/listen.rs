//! `homing listen`, `homing simulate` and `homing check`, run as a user runs them, against each other and against programs
//! of others. Everything stays on loopback.
#![cfg(test)]
#![cfg(target_os = "linux")]

#[path = "schemas/check.rs"]
mod check;
#[path = "listen/checks.rs"]
mod checks;
#[path = "listen/hearing.rs"]
mod hearing;
#[path = "support/homing.rs"]
mod homing_run;
#[path = "listen/relays.rs"]
mod relays;
#[path = "listen/running.rs"]
mod running;
#[path = "listen/sends.rs"]
mod sends;
#[path = "listen/shed.rs"]
mod shed;
#[path = "listen/simulated.rs"]
mod simulated;
