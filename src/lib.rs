//! `homing` points GPS trackers at their server and proves that they arrive.
//!
//! The rooms, each importing only rooms above it in this list: see `CONTRIBUTING.md` for the whole picture.

pub mod secret;
pub mod tracker;
pub mod units;

pub mod sms;
pub mod wire;

pub mod capture;
pub mod diagnose;

pub mod profile;

pub mod estimate;
pub mod identify;
pub mod modem;
pub mod plan;

pub mod engine;

pub mod courier;
pub mod journal;
pub mod lab;
pub mod probe;

pub mod fleet;

pub mod apn;
pub mod run;
pub mod simulate;

pub mod serve;

pub mod check;

pub mod report;

pub mod ui;

pub mod cli;
