//! How the errors of this room speak: a rule's name for machines, a sentence for people, and what would be right.
//! It may not know what the value was for.

use std::fmt::Write;

/// What every error and warning about a value can say beside its sentence (its `Display`).
pub trait Told: std::fmt::Display {
    /// The rule that was broken, in kebab-case; stable, for machines.
    fn rule(&self) -> &'static str;

    /// What would be right, or what to do, when it can be said; without the final stop.
    fn fix(&self) -> Option<String> {
        None
    }
}

/// How many characters of a value an error shows.
const SHOWN: usize = 60;

/// A value as an error shows it: cut after 60 characters, control and invisible characters by their code point.
#[must_use]
pub fn shown(text: &str) -> String {
    let mut out = String::with_capacity(text.len().min(SHOWN) + 4);
    for (index, c) in text.chars().enumerate() {
        if index == SHOWN {
            out.push('…');
            break;
        }
        if is_invisible(c) {
            // Writing to a String cannot fail.
            let _ = write!(out, "<U+{:04X}>", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out
}

/// One character as an error shows it: in quotes, or its code point with a name where it cannot be seen.
#[must_use]
pub fn shown_char(c: char) -> String {
    match c {
        ' ' => "a blank".to_owned(),
        '\t' => "a tab".to_owned(),
        '\n' | '\r' => "a line break".to_owned(),
        '\u{a0}' => "a no-break space (U+00A0)".to_owned(),
        c if is_invisible(c) => format!("the invisible character U+{:04X}", u32::from(c)),
        c => format!("`{c}`"),
    }
}

/// Control characters, and those that take no room on a screen: zero-width, direction marks, the soft hyphen.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// A character in a text value that cannot be seen and would be sent all the same.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("position {position} holds {}: type the value again", shown_char(*found))]
pub struct TextError {
    /// Counted in characters from 1.
    pub position: usize,
    /// The character.
    pub found: char,
}

impl Told for TextError {
    fn rule(&self) -> &'static str {
        "control-character"
    }

    fn fix(&self) -> Option<String> {
        Some(format!("the value without the character at position {}", self.position))
    }
}

/// Refuses control and invisible characters in a text; every other text is let through.
///
/// # Errors
/// The first such character with its position.
pub fn check_text(text: &str) -> Result<(), TextError> {
    // Nearly every value is plain ASCII: one pass over the bytes settles it.
    if text.bytes().all(|byte| (0x20..0x7f).contains(&byte)) {
        return Ok(());
    }
    match text.chars().enumerate().find(|(_, c)| is_invisible(*c)) {
        Some((index, found)) => Err(TextError { position: index + 1, found }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invisible_characters_are_found_and_named() {
        assert_eq!(check_text("Zürich 12"), Ok(()));
        let error = check_text("ab\u{200b}c").unwrap_err();
        assert_eq!(
            error.to_string(),
            "position 3 holds the invisible character U+200B: type the value again"
        );
        assert_eq!(check_text("a\tb").unwrap_err().position, 2);
    }

    #[test]
    fn a_shown_value_is_cut_and_holds_no_control_character() {
        assert_eq!(shown("a\u{1b}[2Jb"), "a<U+001B>[2Jb");
        assert_eq!(shown(&"x".repeat(100)).chars().count(), 61);
    }
}
