//! Days of a battery: its charge over a mean current, where both are known.

use super::Assumption;
use crate::wire::Dec;

/// How much a battery holds, and who says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capacity {
    /// Milliampere hours.
    pub mah: Dec,
    /// Who says so.
    pub source: String,
}

/// What is known of a battery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Battery {
    /// Its charge.
    pub capacity: Option<Capacity>,
    /// Mean current in milliamperes, with everything the tracker does at this interval.
    pub current_ma: Option<Dec>,
}

impl Battery {
    /// Days, to a tenth; none where either is not known, or the current is none.
    #[must_use]
    pub fn days(&self) -> Option<Dec> {
        let (capacity, current) = (self.capacity.as_ref()?.mah, self.current_ma?);
        let (charge, current) = (capacity.at_scale(3)?, current.at_scale(3)?);
        if current <= 0 {
            return None;
        }
        Dec::ratio(charge, current.checked_mul(24)?, 1)
    }

    /// Why the days are not known, and the way out; none where they are.
    #[must_use]
    pub fn unknown(&self) -> Option<&'static str> {
        match (&self.capacity, self.current_ma) {
            _ if self.days().is_some() => None,
            (None, None) => {
                Some("no source tells its battery and its current; --battery-mah and --current-ma do")
            }
            (None, Some(_)) => Some("no source tells its battery; --battery-mah does"),
            (Some(_), None) => Some("no source tells its mean current; --current-ma does"),
            (Some(_), Some(_)) => Some("a current of nothing takes nothing"),
        }
    }

    /// What the days rest on.
    #[must_use]
    pub fn assumptions(&self) -> Vec<Assumption> {
        let mut all = Vec::new();
        if let Some(Capacity { mah, source }) = &self.capacity {
            all.push(Assumption::from(format!("a battery of {mah} mAh, new and used up wholly"), source));
        }
        if let Some(current) = self.current_ma {
            all.push(Assumption::from(format!("a mean current of {current} mA, everything counted"), "you"));
        }
        all
    }
}
