//! Where a secret is read from: a file, the environment or a person, never the command line.

use std::path::Path;

use crate::secret::Secret;
use crate::ui::{Failure, Term};

use super::files::read_text;
use super::flags::flag;

/// The environment variable of a secret.
pub(super) fn variable(name: &str) -> String {
    format!("HOMING_{}", name.to_uppercase())
}

/// A secret that has a flag, from where its source says, or from its environment variable.
pub(super) fn secret(name: &str, source: Option<&str>, term: &mut Term) -> Result<Option<Secret>, Failure> {
    let variable = variable(name);
    match source {
        Some(source) => fetch(&format!("{} ", flag(name)), Some(&variable), source, term).map(Some),
        None => Ok(std::env::var(&variable).ok().filter(|value| !value.is_empty()).map(Secret::new)),
    }
}

/// A secret from where its source says: never from the command line itself, which every process on this machine sees.
/// `typed` is what stands in front of the source.
pub(super) fn fetch(
    typed: &str,
    variable: Option<&str>,
    source: &str,
    term: &mut Term,
) -> Result<Secret, Failure> {
    let flag = typed.trim_end_matches([' ', '=']);
    if let Some(path) = source.strip_prefix("file:") {
        let text = read_text(Path::new(path))?;
        return Ok(Secret::new(text.lines().next().unwrap_or_default()));
    }
    if let Some(variable) = source.strip_prefix("env:") {
        let value = std::env::var(variable);
        let value = value
            .map_err(|_| Failure::usage(format!("{flag}: there is no environment variable {variable}")))?;
        return Ok(Secret::new(value));
    }
    if source == "ask" {
        let name = flag.trim_start_matches("--set ").trim_start_matches("--");
        let answer = term.ask_secret(&format!("{name} (not shown)"));
        let answer = answer.map_err(|error| {
            Failure::usage(format!("{typed}ask: {error}")).hint("use file:PATH or env:NAME")
        })?;
        return Ok(Secret::new(answer));
    }
    let more = variable.map(|variable| format!("; or set {variable}")).unwrap_or_default();
    Err(Failure::usage(format!("{flag} takes a place to read the secret from, not the secret: every process on this machine sees a command line"))
        .hint(format!("{typed}file:PATH, {typed}env:NAME or {typed}ask{more}")))
}
