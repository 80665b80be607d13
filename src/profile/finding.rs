//! What is wrong or worth knowing in a profile's text, with its place.

use std::fmt;
use std::ops::Range;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; nothing is wrong.
    Note,
    /// Probably not meant.
    Warning,
    /// The profile cannot be used.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// One thing to say about a profile's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule's name, for looking it up in `profiles/README.md`.
    pub rule: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// Bytes of the text it is about.
    pub at: Range<usize>,
    /// One sentence with the value that shows it.
    pub message: String,
    /// What to do about it, where that is known.
    pub help: Option<String>,
}

impl Finding {
    /// A finding that makes the profile unusable.
    pub fn error(rule: &'static str, at: Range<usize>, message: impl Into<String>) -> Self {
        Self { rule, severity: Severity::Error, at, message: message.into(), help: None }
    }

    /// The same finding with another weight.
    #[must_use]
    pub fn weighing(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// The same finding with what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Where the finding stands in `text`, the text it was made from.
    #[must_use]
    pub fn place<'t>(&self, text: &'t str) -> Place<'t> {
        let start = floor(text, self.at.start);
        let end = floor(text, self.at.end).max(start);
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        let stop = end.min(line_end);
        Place {
            line: text[..start].matches('\n').count() + 1,
            column: text[line_start..start].chars().count() + 1,
            width: text[start..stop].chars().count().max(1),
            text: text[line_start..line_end].trim_end_matches('\r'),
        }
    }
}

/// The nearest character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A place in a text: line and column from 1, how many characters are meant, and the whole line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'t> {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// Characters to underline, at least 1.
    pub width: usize,
    /// The line without its end.
    pub text: &'t str,
}
