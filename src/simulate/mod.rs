//! Trackers that are none: they travel along a track and report it to a server over real sockets, with faults on demand.
//! Beyond this machine they send nothing unless they were allowed to, they resolve no name, and they print nothing.

mod counts;
mod fault;
mod geojson;
mod gpx;
mod identity;
mod run;
mod speaker;
pub mod spoil;
mod tcp;
#[cfg(test)]
mod tests;
mod track;
mod udp;

pub use counts::Counts;
pub use fault::{Asked, Entry, FAULTS, FaultError, Faults, Means};
pub use identity::{MOST as MOST_GENERATED, generated};
pub use run::{Consent, Options, SimulateError, simulate};
pub use track::{Place, Point, Track, TrackError};
