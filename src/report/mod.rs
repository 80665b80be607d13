//! Views of the rooms' values for JSON: the only things that become JSON. They borrow, and they mask.
//! Every document names its schema, and `docs/schemas/` holds what the names promise.

mod batch;
mod identified;
mod json;
mod modem;
mod outcome;
mod plans;
mod probe;
mod problems;
mod profiles;

pub use batch::{
    AttemptReport, BATCH, BatchHead, CommandReport, EvidenceReport, TrackerReport, Verdict, batches, status,
};
pub use identified::identified;
pub use json::{compact, pretty};
pub use modem::{inbox, modem};
pub use outcome::{SettingState, outcome};
pub use plans::{PLANS, PlanView, plan_view};
pub use probe::{
    EventView, PROBE, PROBE_EVENT, ProbeView, probe, probe_dns_event, probe_result_event, probe_summary_event,
};
pub use problems::{PROBLEMS, ProblemView};
pub use profiles::{findings, ports, profiles};
