//! Access points by the network of a SIM card, out of mobile-broadband-provider-info: built in as a compact form, or a
//! newer copy of the system's. Looking up is free of files; only `system.rs` reads one, and nothing here guesses.

mod choose;
mod compact;
mod database;
mod network;
mod system;
#[cfg(test)]
mod tests;
mod xml;

pub use choose::{Auto, Choice, ChooseError, choose, narrow, words_for};
pub use compact::CompactError;
pub use database::{Access, Database, Found, Operator, Origin};
pub use network::{Network, NetworkError, Sim};
pub use system::{OpenError, Opened, Which, open};
pub use xml::XmlError;
