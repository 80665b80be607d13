//! Stands in for a server: takes connections and datagrams of trackers, reads what they say, answers as their protocols
//! ask, or passes both directions through to another server. It opens sockets and looks at the clock; it prints nothing,
//! resolves no name, and gives no peer more room or time than its limits say.

mod ear;
mod echo;
mod event;
mod house;
mod options;
mod reach;
mod record;
mod relay;
mod run;
mod summary;
mod tcp;
#[cfg(test)]
mod tests;
mod udp;

pub use event::{Event, Peer, Sink, Strange, Why};
pub use options::{Clock, Errand, Limits, Mode, Options, ServeError};
pub use reach::{Reach, addresses, reach};
pub use record::{Form, Record};
pub use run::{Bound, Ended, run};
pub use summary::{Shed, Summary};
