//! When faults strike: dice that can be thrown again.

use super::{Fault, FaultError, FaultKind};
use crate::lab::chance::Chance;

/// The faults of a lab and their dice.
#[derive(Debug, Clone)]
pub struct Faults {
    on: Vec<(Fault, Chance)>,
}

impl Faults {
    /// These faults; the seed decides when they strike, where they do not always. Each has dice of its own: another fault
    /// beside it does not change when it strikes.
    ///
    /// # Errors
    /// When one is given twice with the same value.
    pub fn new(on: Vec<Fault>, seed: u64) -> Result<Self, FaultError> {
        let value = |fault: &Fault| Fault { rate: 1.0, ..*fault };
        for (at, fault) in on.iter().enumerate() {
            if on[..at].iter().any(|earlier| value(earlier) == value(fault)) {
                return Err(FaultError::Twice(value(fault).to_string()));
            }
        }
        let dice = |fault: Fault| {
            let mut chance = Chance::new(seed);
            let of = value(&fault)
                .to_string()
                .bytes()
                .fold(chance.number(), |mixed, byte| Chance::new(mixed ^ u64::from(byte)).number());
            (fault, Chance::new(of))
        };
        Ok(Self { on: on.into_iter().map(dice).collect() })
    }

    /// No fault at all.
    #[must_use]
    pub fn none() -> Self {
        Self { on: Vec::new() }
    }

    /// Whether a fault strikes this time: of several of a kind the first that does.
    pub fn strikes(&mut self, kind: FaultKind) -> Option<Fault> {
        let mut struck = None;
        for (fault, chance) in self.on.iter_mut().filter(|(fault, _)| fault.kind == kind) {
            // All dice are thrown, so that those of one do not depend on another.
            let strikes = fault.rate >= 1.0 || chance.strikes(fault.rate);
            struck = struck.or(strikes.then_some(*fault));
        }
        struck
    }

    /// Whether a fault is switched on, for those that are a state and no event.
    #[must_use]
    pub fn is_on(&self, kind: FaultKind) -> bool {
        self.iter().any(|fault| fault.kind == kind)
    }

    /// What is switched on.
    pub fn iter(&self) -> impl Iterator<Item = &Fault> {
        self.on.iter().map(|(fault, _)| fault)
    }
}
