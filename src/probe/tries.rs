//! How often an address is tried, and which verdict counts of several. Pure.

use std::str::FromStr;

use super::verdict::{Outcome, Verdict};

/// The most tries of one address in one round, so that no production server is flooded.
pub const MOST: u32 = 1_000;

/// How often an address is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tries {
    /// So many times; the verdict is the one that came most often.
    Fixed(u32),
    /// A failure counts only if it repeats: so many times of at most so many. Ends with the first success that leaves
    /// too few tries for that, or with the failure that makes it.
    Confirm {
        /// Failures that count as one.
        needed: u32,
        /// Tries at most.
        of: u32,
    },
}

/// Why a text is no `K/N`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no such count: write how many failures of how many tries count, as in 2/3")]
pub struct ConfirmError(String);

impl FromStr for Tries {
    type Err = ConfirmError;

    /// Reads `K/N`, with 1 ≤ K ≤ N.
    fn from_str(text: &str) -> Result<Self, ConfirmError> {
        let wrong = || ConfirmError(text.to_owned());
        let (needed, of) = text.trim().split_once('/').ok_or_else(wrong)?;
        let number = |part: &str| part.trim().parse::<u32>().ok().filter(|n| (1..=MOST).contains(n));
        match (number(needed), number(of)) {
            (Some(needed), Some(of)) if needed <= of => Ok(Self::Confirm { needed, of }),
            _ => Err(wrong()),
        }
    }
}

impl Tries {
    /// Whether another try is to be made after these.
    #[must_use]
    pub fn goes_on(&self, made: &[Verdict], talking: bool) -> bool {
        let count = u32::try_from(made.len()).unwrap_or(u32::MAX);
        match *self {
            Self::Fixed(tries) => count < tries.min(MOST),
            Self::Confirm { needed, of } => {
                let bad = bad(made, talking);
                // Undecided while the failures are too few, and could still become enough.
                bad < needed && bad + of.saturating_sub(count) >= needed && (count == 0 || bad > 0)
            }
        }
    }

    /// The verdict of these tries: the one that came most often, of two the worse. With [`Tries::Confirm`] a failure
    /// that was not repeated often enough gives way to a success.
    #[must_use]
    pub fn verdict(&self, made: &[Verdict], talking: bool) -> Option<Verdict> {
        let confirmed = match self {
            Self::Fixed(_) => None,
            Self::Confirm { needed, .. } => Some(bad(made, talking) >= *needed),
        };
        let counted = made.iter().filter(|verdict| match confirmed {
            None => true,
            Some(failed) => is_good(**verdict, talking) != failed,
        });
        let counted: Vec<Verdict> = counted.copied().collect();
        let counted = if counted.is_empty() { made } else { &counted };
        let rank = |verdict: &Verdict| Verdict::ALL.iter().position(|known| known == verdict);
        let often = |verdict: &Verdict| counted.iter().filter(|other| *other == verdict).count();
        counted.iter().copied().max_by_key(|verdict| (often(verdict), rank(verdict)))
    }
}

fn is_good(verdict: Verdict, talking: bool) -> bool {
    verdict.outcome(talking) == Outcome::Good
}

fn bad(made: &[Verdict], talking: bool) -> u32 {
    let bad = made.iter().filter(|verdict| !is_good(**verdict, talking)).count();
    u32::try_from(bad).unwrap_or(u32::MAX)
}
