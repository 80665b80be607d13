//! Views of the rooms' values for JSON: the only things that become JSON. They borrow, and they mask.
//! Every document names its schema, and `docs/schemas/` holds what the names promise.

mod access;
mod batch;
mod check;
mod decoded;
mod estimate;
mod gateways;
mod identified;
mod json;
mod listen;
mod located;
mod message;
mod modem;
mod nat;
mod outcome;
mod plans;
mod probe;
mod problems;
mod profiles;
mod simulated;
mod snapshot;
mod write;

pub use access::{AccessPoint, access_points};
pub use batch::{
    AttemptReport, BATCH, BatchHead, CommandReport, DoubtReport, EvidenceReport, TrackerReport, Verdict,
    batches, doubts, status,
};
pub use check::{CHECK, CheckView, check};
pub use decoded::{
    DECODED, DiagnosisView, TroubleView, decoded_end, decoded_trouble, diagnosis, feature, has_fix,
};
pub use estimate::estimate;
pub use gateways::gateways;
pub use identified::identified;
pub use json::{compact, pretty};
pub use listen::{
    LISTEN_EVENT, ListenEventView, listen_echoed, listen_event, listen_reply, listen_sent, listen_summary,
    listening,
};
pub use located::{Answered, Place, Worth, best_place, located};
pub use message::{MESSAGE, MessageView, attributes as message_attributes, message};
pub use modem::{inbox, modem};
pub use nat::{NAT, NatView, nat};
pub use outcome::{SettingState, outcome, verified};
pub use plans::{PLANS, PlanView, plan_view};
pub use probe::{
    EventView, PROBE, PROBE_EVENT, ProbeView, probe, probe_dns_event, probe_result_event, probe_summary_event,
};
pub use problems::{PROBLEMS, ProblemView};
pub use profiles::{findings, ports, profiles};
pub use simulated::{SIMULATED, SimulatedRun, SimulatedView, simulated};
pub use snapshot::{Became, Change, SNAPSHOT, Snapshot, changes, changes_view};
pub use write::hex;
