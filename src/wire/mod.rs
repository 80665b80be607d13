//! The languages trackers speak with a server: bytes in, typed values out, and back.
//! Pure: no sockets, no clocks, and nothing here believes a length that came from outside before it was checked.

mod ascii;
pub mod checksum;
pub mod crc;
mod damage;
mod dec;
mod detect;
mod evidence;
mod foreign;
mod message;
mod messages;
mod pen;
pub mod protocol;
mod reader;
mod session;
mod span;
mod stream;
#[cfg(test)]
mod tests;
mod time;
mod uplink;
mod value;

pub use damage::Damage;
pub use dec::Dec;
pub use detect::{Candidate, Verdict, detect, refusals};
pub use evidence::{CLAIM, Evidence, Fit, Framing};
pub use foreign::{Foreign, foreign};
pub use message::{Code, Direction, Kind, Message};
pub use messages::{Checksum, Length, Messages, View};
pub use protocol::{PROTOCOLS, Protocol, Transport, by_name};
pub use session::Session;
pub use span::{Off, Seen, Span, Spans, Trace};
pub use stream::{Found, LARGEST, Stream, What};
pub use time::{Civil, UtcTime};
pub use uplink::{Carries, EncodeError, Report, Uplink};
pub use value::{Attribute, Cell, DeviceId, Event, LONGEST_ID, Value};
