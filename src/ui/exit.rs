//! Exit codes, one table for the whole tool (README and man carry it), and errors that know theirs.

use std::fmt;

/// How a run ended. Where several apply, the one listed first in [`Exit::ORDER`] counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// All that was asked is done and proven.
    Done,
    /// At least one thing asked about failed.
    Failed,
    /// Wrong usage or bad input; nothing was sent.
    Usage,
    /// Not proven either way.
    Unproven,
    /// This machine's own fault: a port in use, a file that cannot be written.
    Machine,
    /// Interrupted.
    Interrupted,
}

impl Exit {
    /// Which exit counts when several apply, strongest first.
    pub const ORDER: [Self; 6] =
        [Self::Usage, Self::Interrupted, Self::Machine, Self::Failed, Self::Unproven, Self::Done];

    /// The code the shell sees.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Failed => 1,
            Self::Usage => 2,
            Self::Unproven => 3,
            Self::Machine => 4,
            Self::Interrupted => 130,
        }
    }

    /// The one that counts of two.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self::ORDER.into_iter().find(|exit| *exit == self || *exit == other).unwrap_or(self)
    }
}

/// An error with its exit code and what to do about it.
#[derive(Debug)]
pub struct Failure {
    /// How the run ends.
    pub exit: Exit,
    /// One sentence with the value that shows it.
    pub message: String,
    /// What to do, where that is known.
    pub hint: Option<String>,
}

impl Failure {
    /// Wrong usage or bad input.
    pub fn usage(message: impl fmt::Display) -> Self {
        Self { exit: Exit::Usage, message: message.to_string(), hint: None }
    }

    /// This machine's own fault.
    pub fn machine(message: impl fmt::Display) -> Self {
        Self { exit: Exit::Machine, ..Self::usage(message) }
    }

    /// The same with what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same, with or without.
    #[must_use]
    pub fn maybe(mut self, hint: Option<String>) -> Self {
        self.hint = hint;
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}

#[cfg(test)]
mod tests {
    use super::Exit;

    #[test]
    fn usage_counts_before_everything_and_done_after_everything() {
        assert_eq!(Exit::Failed.and(Exit::Usage), Exit::Usage);
        assert_eq!(Exit::Machine.and(Exit::Interrupted), Exit::Interrupted);
        assert_eq!(Exit::Unproven.and(Exit::Failed), Exit::Failed);
        assert_eq!(Exit::Done.and(Exit::Unproven), Exit::Unproven);
    }
}
