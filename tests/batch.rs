//! Batches through the built program: against the lab in a process of its own, killed, stopped, misused, and read by
//! the programs of others.

#![cfg(test)]
#![cfg(target_os = "linux")]

#[path = "support/homing.rs"]
mod homing;
#[path = "support/lab.rs"]
mod lab;

#[path = "batch/caps.rs"]
mod caps;
#[path = "schemas/check.rs"]
mod check;
#[path = "batch/count.rs"]
mod count;
#[path = "batch/couriers.rs"]
mod couriers;
#[cfg(feature = "defects")]
#[path = "batch/defects.rs"]
mod defects;
#[path = "batch/desk.rs"]
mod desk;
#[path = "batch/disks.rs"]
mod disks;
#[path = "batch/families.rs"]
mod families;
#[path = "batch/flows.rs"]
mod flows;
#[path = "batch/hook_kills.rs"]
mod hook_kills;
#[path = "batch/hooked.rs"]
mod hooked;
#[path = "batch/hooks.rs"]
mod hooks;
#[path = "batch/kills.rs"]
mod kills;
#[path = "batch/order.rs"]
mod order;
#[path = "batch/pilots.rs"]
mod pilots;
#[path = "batch/rehearsal.rs"]
mod rehearsal;
#[path = "batch/reporting.rs"]
mod reporting;
#[path = "batch/reports.rs"]
mod reports;
#[path = "batch/trace.rs"]
mod trace;
#[path = "batch/trouble.rs"]
mod trouble;
#[path = "batch/words.rs"]
mod words;
