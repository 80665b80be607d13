//! `homing.problems/1`: everything that is wrong with an input, one object a problem.

use serde::Serialize;

/// The whole document.
#[derive(Debug, Serialize)]
pub struct Problems<'a> {
    /// The schema's name.
    pub schema: &'static str,
    /// The file.
    pub file: &'a str,
    /// All problems.
    pub problems: Vec<ProblemView<'a>>,
}

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
