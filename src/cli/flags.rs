//! What every command line flag's value goes through, and how an error names the flag.

use std::fmt::Display;

use crate::ui::Failure;

/// The text of a flag without the spaces around it. A control character in it is an error.
pub(super) fn clean(flag: &str, text: Option<&String>) -> Result<Option<String>, Failure> {
    let odd = text.and_then(|text| text.chars().find(|c| c.is_control()));
    match odd {
        Some(odd) => Err(Failure::usage(format!("--{flag} contains {odd:?}, a control character"))),
        None => Ok(text.map(|text| text.trim().to_owned())),
    }
}

/// What is wrong with a flag's value.
pub(super) fn flag_error(name: &str, error: &dyn Display) -> Failure {
    Failure::usage(format!("--{name}: {error}"))
}

/// The flag of a setting that has one.
pub(super) fn flag(name: &str) -> String {
    format!("--{}", name.replace('_', "-"))
}
