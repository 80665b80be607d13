//! Ranges as monitoring plugins take them for `--warn` and `--critical`.
//! Source: the Monitoring Plugins Development Guidelines, "Threshold and Ranges".

use std::fmt;
use std::str::FromStr;

/// A range of values that are in order; `@` turns it round.
#[derive(Debug, Clone, PartialEq)]
pub struct Range {
    /// As it was written, for performance data.
    text: String,
    start: f64,
    end: f64,
    inside: bool,
}

/// Why a text is no range.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RangeError {
    /// A bound that is no number.
    #[error(
        "the range `{text}` has the bound `{bound}`, which is no number: write for example 200, 10:200 or @10:20"
    )]
    Bound {
        /// What was written.
        text: String,
        /// The part that is no number.
        bound: String,
    },
    /// The start is above the end.
    #[error("the range `{0}` begins above its end: write the smaller bound first")]
    Order(String),
}

impl Range {
    /// Whether this value raises the alert: outside the range, its ends belonging to it; with `@`, inside.
    #[must_use]
    pub fn alerts(&self, value: f64) -> bool {
        let within = self.start <= value && value <= self.end;
        within == self.inside
    }
}

impl FromStr for Range {
    type Err = RangeError;

    fn from_str(text: &str) -> Result<Self, RangeError> {
        let text = text.trim();
        let (inside, bounds) = match text.strip_prefix('@') {
            Some(bounds) => (true, bounds),
            None => (false, text),
        };
        let number = |bound: &str| {
            let number: Option<f64> = bound.parse().ok().filter(|number: &f64| number.is_finite());
            number.ok_or_else(|| RangeError::Bound { text: text.to_owned(), bound: bound.to_owned() })
        };
        let (start, end) = match bounds.split_once(':') {
            None => (0.0, number(bounds)?),
            Some((start, end)) => {
                let start = match start {
                    "~" => f64::NEG_INFINITY,
                    "" => 0.0,
                    start => number(start)?,
                };
                (start, if end.is_empty() { f64::INFINITY } else { number(end)? })
            }
        };
        if start > end {
            return Err(RangeError::Order(text.to_owned()));
        }
        Ok(Self { text: text.to_owned(), start, end, inside })
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}
