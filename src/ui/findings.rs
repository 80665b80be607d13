//! Problems as text: of a profile with file, line and caret, of a CSV with line and column.

use crate::profile::Finding;

use super::term::escape;

/// One finding of the lint with its line and a caret under what it is about.
#[must_use]
pub fn finding(file: &str, text: &str, finding: &Finding) -> String {
    let place = finding.place(text);
    let number = place.line.to_string();
    let gutter = " ".repeat(number.len());
    let indent: String =
        place.text.chars().take(place.column - 1).map(|c| if c == '\t' { '\t' } else { ' ' }).collect();
    let mut shown = format!(
        "{}[{}]: {}\n{gutter}--> {}:{}:{}\n{gutter} |\n{number} | {}\n{gutter} | {indent}{}",
        finding.severity,
        finding.rule,
        escape(&finding.message),
        escape(file),
        place.line,
        place.column,
        escape(place.text).replace("\\t", "\t"),
        "^".repeat(place.width),
    );
    if let Some(help) = &finding.help {
        shown.push_str(&format!("\n{gutter} = help: {}", escape(help)));
    }
    shown
}

/// One problem of a CSV: where, what stands there, what is wrong, what would be right.
#[must_use]
pub fn problem(
    file: &str,
    line: u64,
    column: Option<&str>,
    value: Option<&str>,
    message: &str,
    fix: Option<&str>,
) -> String {
    let mut text = format!("{}:{line}", escape(file));
    if let Some(column) = column {
        text.push_str(&format!(": {}", escape(column)));
    }
    if let Some(value) = value.filter(|value| !value.is_empty() && !message.contains(*value)) {
        text.push_str(&format!(" \"{}\"", escape(value)));
    }
    text.push_str(&format!(": {}", escape(message)));
    if let Some(fix) = fix {
        text.push_str(&format!("\n  hint: {}", escape(fix)));
    }
    text
}
