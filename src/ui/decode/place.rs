//! Where bytes stood in the input.

use std::fmt;

use crate::units::rfc_3339;

/// Where a frame stood.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// The line, counted from 1, for input that has lines.
    pub line: Option<u64>,
    /// How many bytes of the stream came before it, for input that has no lines.
    pub at: Option<u64>,
    /// The connection, as a person would call it.
    pub link: Option<std::rc::Rc<str>>,
    /// When it was seen, milliseconds since 1970.
    pub arrival_ms: Option<i64>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        parts.extend(self.line.map(|line| format!("line {line}")));
        parts.extend(self.link.as_ref().map(ToString::to_string));
        parts.extend(self.at.map(|at| format!("byte {at}")));
        parts.extend(self.arrival_ms.map(rfc_3339));
        f.write_str(&parts.join(", "))
    }
}
