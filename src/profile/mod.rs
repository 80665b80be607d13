//! Profiles: what a family of trackers is told and how it answers, as data read from TOML.
//! Pure: texts come in as arguments; this room opens no file, and it never decides what to send.

mod catalogue;
mod decode;
mod device;
mod example;
mod filters;
mod finding;
mod lint;
mod load;
mod model;
mod naming;
mod plain;
pub(crate) mod reader;
mod reply;
mod rule;
mod scope;
mod sketch;
mod template;
mod types;

pub use catalogue::{Candidate, Catalogue, Entry, NotFound};
pub use device::Heard;
pub use example::tracker_with;
pub use finding::{Finding, Place, Severity};
pub use lint::lint;
pub use load::load;
pub use reply::Reading;
pub use rule::RuleFault;
pub use scope::Scope;
pub use sketch::{CutError, Order, Piece, Query, Shown, Sketch, Wanted, cut};
pub use template::RenderError;
pub use types::*;

#[cfg(test)]
mod tests;
