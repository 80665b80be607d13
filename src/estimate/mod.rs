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
