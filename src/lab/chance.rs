//! Chance that can be repeated, which other rooms need as well.

pub use crate::units::Chance;
