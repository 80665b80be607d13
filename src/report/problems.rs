//! `homing.problems/1`: everything that is wrong with an input, one object a problem.

use serde::Serialize;

/// The schema's name. The document is written piece by piece, as a million rows can have a million problems:
/// `{"schema":…,"file":…,"problems":[…]}`.
pub const PROBLEMS: &str = "homing.problems/1";

/// One problem.
#[derive(Debug, Serialize)]
pub struct ProblemView<'a> {
    /// Line of the file, from 1.
    pub line: u64,
    /// Column's name in a CSV.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<&'a str>,
    /// What stands there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<&'a str>,
    /// `error` or `warning`.
    pub severity: &'static str,
    /// Its kind.
    pub rule: &'a str,
    /// One sentence.
    pub message: &'a str,
    /// What would be right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<&'a str>,
}
