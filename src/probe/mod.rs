//! Is the server reachable: DNS, TCP and UDP, each with a verdict that is true and the evidence for it.
//! It opens sockets and looks at the clock; it prints nothing, and says no byte to a server that it was not asked to.

mod advice;
mod attempt;
mod cause;
mod dns;
mod endpoint;
mod errno;
mod evidence;
mod greet;
mod heartbeat;
mod judge;
mod limits;
mod nat;
mod probed;
mod range;
mod resolv_conf;
mod resolve;
mod run;
mod socket;
mod stats;
mod talk;
mod tcp;
mod trial;
mod tries;
mod udp;
mod verdict;
mod words;

#[cfg(test)]
mod tests;

pub use advice::{dns as dns_advice, result as advice};
pub use dns::{Alias, Answer};
pub use endpoint::{Endpoint, EndpointError, Want};
pub use evidence::{Evidence, Icmp, Phase, hex};
pub use greet::{GreetError, Greeting};
pub use heartbeat::{Basis, Heartbeat, heartbeat};
pub use judge::{Inconclusive, Judgement, Rules, State};
pub use limits::raise as raise_limits;
pub use nat::{Fate, Limit, Measured, Method, NatOptions, Step, ladder, nat};
pub use probed::{Ended, Probed, Round};
pub use range::{Range, RangeError};
pub use resolve::{Asked, Lookup, System};
pub use run::{Event, Options, address_of, round};
pub use socket::Way;
pub use stats::{Stats, Times};
pub use talk::{Expect, Judged, Plain, Talk, TalkError, payload};
pub use tries::{ConfirmError, MOST as MOST_TRIES, Tries};
pub use verdict::{DnsVerdict, Outcome, Verdict};
pub use words::{dns_evidence, evidence, headline, label};
