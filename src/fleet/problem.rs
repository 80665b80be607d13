//! What is wrong with a sheet, as data: one problem for each cell or row, and what would be right.
//! It never holds a secret in clear.

use crate::secret::Secret;
use crate::tracker::{Told, is_secret, shown};

/// How much a problem weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The row cannot be used.
    Error,
    /// It can, and a person should know.
    Warning,
}

impl Severity {
    /// `error` or `warning`.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// One thing that is wrong or odd.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The physical line of the file on which the row begins, counted from 1; 0 for the file as a whole.
    pub line: u64,
    /// The column, by its known name, as `set.NAME`, or as the header has it.
    pub column: Option<String>,
    /// What stands there, cut and with invisible characters by their code point; masked when it may be a secret.
    pub value: Option<String>,
    /// Error or warning.
    pub severity: Severity,
    /// The rule that was broken, in kebab-case; stable, for machines.
    pub rule: &'static str,
    /// One sentence with the way out.
    pub message: String,
    /// What would be right.
    pub fix: Option<String>,
}

impl Problem {
    /// An error of a row or of the file.
    pub(super) fn error(line: u64, rule: &'static str, message: impl Into<String>) -> Self {
        Self {
            line,
            column: None,
            value: None,
            severity: Severity::Error,
            rule,
            message: message.into(),
            fix: None,
        }
    }

    /// What an error or a warning of a value says, about no column yet.
    pub(super) fn told(line: u64, severity: Severity, told: &dyn Told) -> Self {
        Self { severity, fix: told.fix(), ..Self::error(line, told.rule(), told.to_string()) }
    }

    /// The same as a warning.
    pub(super) fn warning(self) -> Self {
        Self { severity: Severity::Warning, ..self }
    }

    /// The same with what would be right.
    pub(super) fn fix(self, fix: impl Into<String>) -> Self {
        Self { fix: Some(fix.into()), ..self }
    }

    /// The same about a column and what stands there; the value is masked when the column's name says so.
    pub(super) fn at(self, column: &str, value: &str) -> Self {
        let name = column.strip_prefix("set.").unwrap_or(column);
        let hidden = is_secret(name) && !value.is_empty();
        let value = if hidden { Secret::MASK.to_owned() } else { shown(value) };
        let value = Some(value).filter(|value| !value.is_empty());
        Self { column: Some(column.to_owned()), value, ..self }
    }
}

/// What somebody else finds wrong with a tracker: limits and separators of its profile, for example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The setting or identity it is about, by which the column is found.
    pub setting: Option<String>,
    /// Error or warning.
    pub severity: Severity,
    /// Its kind, in kebab-case.
    pub rule: &'static str,
    /// One sentence; no secret in clear.
    pub message: String,
    /// What would be right.
    pub fix: Option<String>,
}
