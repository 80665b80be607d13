//! Money, to the ten-thousandth, so that sums are exact.

use std::fmt;
use std::str::FromStr;

/// An amount of a currency that is named elsewhere, in ten-thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Price(u64);

/// Why a text is no price.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no price: digits, and a point before at most four of them, as 0.07")]
pub struct PriceError(String);

impl Price {
    /// So many times.
    #[must_use]
    pub fn times(self, count: usize) -> Self {
        Self(self.0.saturating_mul(count as u64))
    }
}

impl FromStr for Price {
    type Err = PriceError;

    fn from_str(text: &str) -> Result<Self, PriceError> {
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || whole.len() > 9 || part.len() > 4 || !digits(whole) || !digits(part) {
            return Err(PriceError(text.to_owned()));
        }
        format!("{whole}{part:0<4}").parse().map(Self).map_err(|_| PriceError(text.to_owned()))
    }
}

/// With two decimals, and more where there are more.
impl fmt::Display for Price {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.0 / 10_000, self.0 % 10_000);
        match (part % 100, part % 10) {
            (0, _) => write!(f, "{whole}.{:02}", part / 100),
            (_, 0) => write!(f, "{whole}.{:03}", part / 10),
            _ => write!(f, "{whole}.{part:04}"),
        }
    }
}
