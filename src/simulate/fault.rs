//! What goes wrong with simulated trackers: as often as is asked for, decided by a chance that can be repeated.

use std::str::FromStr;
use std::time::Duration;

use crate::units::{nearest, parse_duration};

/// What a fault is told behind its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Means {
    /// How often it strikes: 0 to 1, or always.
    Rate,
    /// By how much, with a sign.
    Shift,
}

/// A fault, for the help.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// What it is called.
    pub name: &'static str,
    /// What it is told.
    pub means: Means,
    /// What it does.
    pub does: &'static str,
}

/// All faults.
pub const FAULTS: [Entry; 6] = [
    Entry {
        name: "clock",
        means: Means::Shift,
        does: "the clock is off by so much: clock=+8h, clock=-7168d",
    },
    Entry { name: "no-fix", means: Means::Rate, does: "there is no fix, and the last place is told" },
    Entry { name: "drop", means: Means::Rate, does: "a message is never sent" },
    Entry { name: "duplicate", means: Means::Rate, does: "a message is sent twice" },
    Entry { name: "bad-checksum", means: Means::Rate, does: "the checksum of a message is wrong" },
    Entry {
        name: "hang-up",
        means: Means::Rate,
        does: "the connection is closed behind a message, and made anew",
    },
];

/// How often each fault strikes.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Faults {
    /// Seconds that clocks are ahead.
    pub clock_s: i64,
    /// How often there is no fix.
    pub no_fix: f64,
    /// How often a message is not sent.
    pub drop: f64,
    /// How often a message is sent twice.
    pub duplicate: f64,
    /// How often a checksum is wrong.
    pub bad_checksum: f64,
    /// How often the connection is closed behind a message.
    pub hang_up: f64,
}

/// Why a text is no fault.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FaultError {
    /// There is none of this name.
    #[error("there is no fault `{name}`: {}", known(.name))]
    Unknown {
        /// What was written.
        name: String,
    },
    /// A rate that is none.
    #[error(
        "{name}={value} is no rate: write how often it strikes, from 0 to 1, as {name}=0.1, or nothing for always"
    )]
    Rate {
        /// The fault.
        name: &'static str,
        /// What was written.
        value: String,
    },
    /// A shift that is none.
    #[error("{name}={value} says not by how much: write a sign and a time, as {name}=+8h or {name}=-90s")]
    Shift {
        /// The fault.
        name: &'static str,
        /// What was written.
        value: String,
    },
}

fn known(name: &str) -> String {
    let names = FAULTS.iter().map(|fault| fault.name);
    match nearest(name, names.clone()) {
        Some(meant) => format!("did you mean {meant}?"),
        None => format!("there are {}", names.collect::<Vec<_>>().join(", ")),
    }
}

/// One fault as it was asked for: sets its part of [`Faults`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Asked {
    name: &'static str,
    rate: f64,
    shift_s: i64,
}

impl FromStr for Asked {
    type Err = FaultError;

    /// Reads `NAME` or `NAME=VALUE`.
    fn from_str(text: &str) -> Result<Self, FaultError> {
        let (name, value) = text.split_once('=').map_or((text, None), |(name, value)| (name, Some(value)));
        let entry = FAULTS.iter().find(|entry| entry.name == name);
        let entry = entry.ok_or_else(|| FaultError::Unknown { name: name.to_owned() })?;
        let name = entry.name;
        let written = || value.unwrap_or_default().to_owned();
        match entry.means {
            Means::Rate => {
                let rate = value.map_or(Some(1.0), |value| value.parse().ok());
                let rate = rate.filter(|rate| (0.0..=1.0).contains(rate));
                let rate = rate.ok_or_else(|| FaultError::Rate { name, value: written() })?;
                Ok(Self { name, rate, shift_s: 0 })
            }
            Means::Shift => {
                let shift_s =
                    value.and_then(shift).ok_or_else(|| FaultError::Shift { name, value: written() })?;
                Ok(Self { name, rate: 0.0, shift_s })
            }
        }
    }
}

/// A sign and a time, in seconds.
fn shift(text: &str) -> Option<i64> {
    let (sign, time) = match text.strip_prefix('-') {
        Some(time) => (-1, time),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let time: Duration = parse_duration(time).ok()?;
    Some(sign * i64::try_from(time.as_secs()).ok()?)
}

impl FromIterator<Asked> for Faults {
    /// Of one that was asked for twice, the last counts.
    fn from_iter<I: IntoIterator<Item = Asked>>(asked: I) -> Self {
        let mut faults = Self::default();
        for Asked { name, rate, shift_s } in asked {
            match name {
                "clock" => faults.clock_s = shift_s,
                "no-fix" => faults.no_fix = rate,
                "drop" => faults.drop = rate,
                "duplicate" => faults.duplicate = rate,
                "bad-checksum" => faults.bad_checksum = rate,
                _ => faults.hang_up = rate,
            }
        }
        faults
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_that_is_listed_can_be_asked_for() {
        for entry in FAULTS {
            let text = match entry.means {
                Means::Rate => format!("{}=0.5", entry.name),
                Means::Shift => format!("{}=-90s", entry.name),
            };
            let faults: Faults = [text.parse().unwrap()].into_iter().collect();
            assert_ne!(faults, Faults::default(), "{text} does nothing");
        }
        assert_eq!("drop".parse::<Asked>().unwrap().rate, 1.0);
        let faults: Faults =
            ["clock=+8h", "clock=-7168d"].map(|text| text.parse().unwrap()).into_iter().collect();
        assert_eq!(faults.clock_s, -7_168 * 86_400);
    }

    #[test]
    fn what_is_no_fault_is_told_with_a_way_out() {
        let told = |text: &str| text.parse::<Asked>().unwrap_err().to_string();
        assert!(told("dublicate").contains("did you mean duplicate?"));
        assert!(told("drop=2").contains("from 0 to 1"));
        assert!(told("drop=NaN").contains("from 0 to 1"));
        assert!(told("clock").contains("clock=+8h"));
        assert!(told("clock=8").contains("clock=+8h"));
    }
}
