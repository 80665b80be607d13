//! `homing batch` as its users run it: through a journal on disk, against labs that are processes of their own, killed
//! where it stands.

#![cfg(test)]
#![cfg(target_os = "linux")]

#[path = "schemas/check.rs"]
mod check;
#[path = "batches/desk.rs"]
mod desk;
#[path = "batches/flows.rs"]
mod flows;
#[path = "support/homing.rs"]
mod homing_run;
#[path = "batches/kills.rs"]
mod kills;
#[path = "support/lab.rs"]
mod lab;
#[path = "batches/order.rs"]
mod order;
#[path = "batches/trouble.rs"]
mod trouble;
