//! Questions to a person: each says what is wanted and gives an example, and what cannot be taken is told at once and
//! asked again.

use crate::ui::{Failure, Term, escape};

/// Asks until the answer can be taken.
///
/// # Errors
/// When there is no more input.
pub(super) fn ask<T>(
    term: &mut Term,
    question: &str,
    help: &str,
    take: impl Fn(&str) -> Result<T, String>,
) -> Result<T, Failure> {
    term.err(&format!("\n{question}\n  {help}"));
    loop {
        let Some(line) = term.ask_line("> ") else {
            let ended = format!("there is no answer to \"{question}\"; nothing was written");
            return Err(Failure::usage(ended)
                .hint("`homing profile new ID --from-template` asks nothing: it writes a file to edit"));
        };
        match take(line.trim()) {
            Ok(taken) => return Ok(taken),
            Err(why) => term.err(&format!("  {}", escape(&why))),
        }
    }
}

/// A text that must be there.
pub(super) fn text(answer: &str) -> Result<String, String> {
    if answer.is_empty() { Err("this one is needed".to_owned()) } else { Ok(answer.to_owned()) }
}

/// A text that may be left out.
pub(super) fn optional(answer: &str) -> Result<Option<String>, String> {
    Ok(Some(answer.to_owned()).filter(|answer| !answer.is_empty()))
}

/// A command as it is printed: what a template or a plain short message could not hold is refused.
pub(super) fn printed(answer: &str) -> Result<String, String> {
    if let Some(odd) = answer.chars().find(|c| !matches!(c, ' '..='~')) {
        return Err(format!(
            "{odd:?} is no plain character of a command; was it copied with a formatted quote or dash?"
        ));
    }
    if answer.contains(['{', '}']) {
        return Err("braces are placeholders: write it with values, as it would be sent".to_owned());
    }
    text(answer)
}
