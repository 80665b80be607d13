//! What a plan and an interval cost: short messages, bytes on the air, days of a battery.
//! Pure sums over what it is given; every assumption that goes into one is named with its source.

mod battery;
mod messages;
mod price;
#[cfg(test)]
mod tests;
mod traffic;

pub use battery::{Battery, Capacity};
pub use messages::{Messages, Part, Question};
pub use price::{Price, PriceError};
pub use traffic::{Data, Frames, Item, Lengths, Traffic, data};

/// What one tracker costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Estimate {
    /// The messages that configure it.
    pub messages: Messages,
    /// What one of them costs.
    pub price: Option<Price>,
    /// In which currency, as the user names it.
    pub currency: Option<String>,
    /// What its reports take, or why that is not known.
    pub uplink: Result<Reporting, String>,
    /// Its battery.
    pub battery: Battery,
    /// What is assumed beyond what the parts say of themselves.
    pub more: Vec<Assumption>,
}

/// How it reports, and what that takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reporting {
    /// The protocol; none where the lengths were given.
    pub protocol: Option<String>,
    /// How often and by what.
    pub traffic: Traffic,
    /// The frames.
    pub frames: Frames,
    /// The sums.
    pub data: Data,
}

impl Estimate {
    /// What all of it rests on, each thing once.
    #[must_use]
    pub fn assumptions(&self) -> Vec<Assumption> {
        let uplink = self.uplink.iter().flat_map(|uplink| uplink.data.assumptions.clone());
        let mut all: Vec<Assumption> = Vec::new();
        let parts = self.more.iter().cloned().chain(self.messages.assumptions()).chain(uplink);
        for one in parts.chain(self.battery.assumptions()) {
            if !all.contains(&one) {
                all.push(one);
            }
        }
        all
    }
}

/// Something that a sum rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assumption {
    /// What, as a sentence without its point.
    pub text: String,
    /// Where it comes from; none when it is assumed.
    pub source: Option<String>,
}

impl Assumption {
    /// Something that nobody says.
    #[must_use]
    pub fn assumed(text: impl Into<String>) -> Self {
        Self { text: text.into(), source: None }
    }

    /// Something that somebody says.
    #[must_use]
    pub fn from(text: impl Into<String>, source: impl Into<String>) -> Self {
        Self { text: text.into(), source: Some(source.into()) }
    }
}
