//! The campaign by way of an SMS gateway: the same engine, loop and journal, the real courier, and HTTP over loopback to
//! the lab's gateway, in real time. The observer is the one of the campaign by modem; what it is given comes out of the
//! lab's log and of nothing else. `tests/campaign/gateways.sh` runs all of it by hand.

mod log;
mod run;
mod share;
