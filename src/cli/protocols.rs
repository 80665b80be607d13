//! A protocol by the name that a person types.

use crate::ui::Failure;
use crate::units::nearest;
use crate::wire::{PROTOCOLS, Protocol, by_name};

/// The protocol of this name.
///
/// # Errors
/// There is none, with what might have been meant.
pub(super) fn protocol(name: &str) -> Result<&'static Protocol, Failure> {
    by_name(name).ok_or_else(|| {
        let names: Vec<&str> = PROTOCOLS.into_iter().map(|protocol| protocol.name).collect();
        let meant = nearest(name, names.iter().copied());
        let hint = match meant {
            Some(meant) => format!("did you mean {meant}? There are {}", names.join(", ")),
            None => format!("there are {}", names.join(", ")),
        };
        Failure::usage(format!("there is no protocol `{name}`")).hint(hint)
    })
}
