//! Texts without a form of their own: names, notes, ids.
//! They are only kept from holding what nobody sees, and ids from what spreadsheets do to numbers.

use super::cell::Cell;
use super::problem::{Problem, Severity};
use super::report::Report;
use crate::tracker::{Damage, TextError, Told, check_text, damage};

/// Why an id is none.
#[derive(Debug, thiserror::Error)]
pub(super) enum IdError {
    /// A spreadsheet has rewritten it.
    #[error(transparent)]
    Damage(Damage),
    /// It holds something that nobody sees.
    #[error(transparent)]
    Text(TextError),
}

impl Told for IdError {
    fn rule(&self) -> &'static str {
        match self {
            Self::Damage(damage) => damage.rule(),
            Self::Text(error) => error.rule(),
        }
    }

    fn fix(&self) -> Option<String> {
        match self {
            Self::Damage(damage) => damage.fix(),
            Self::Text(error) => error.fix(),
        }
    }
}

/// A device's id: any text, but no number that a spreadsheet has rewritten.
pub(super) fn device_id(text: &str) -> Result<String, IdError> {
    check_text(text).map_err(IdError::Text)?;
    damage(text).map_or_else(|| Ok(text.to_owned()), |damage| Err(IdError::Damage(damage)))
}

/// A SIM card's id at a gateway: as a device's, but those may look like a date or a decimal number.
pub(super) fn sim_id(text: &str) -> Result<String, IdError> {
    check_text(text).map_err(IdError::Text)?;
    match damage(text) {
        Some(damage @ Damage::Scientific(_)) => Err(IdError::Damage(damage)),
        _ => Ok(text.to_owned()),
    }
}

/// A text for people: line breaks and tabs become blanks with a warning, other invisible characters are errors.
pub(super) fn one_line(column: &str, cell: Cell<'_>, out: &mut Report<'_>) -> Option<String> {
    let Err(error) = check_text(cell.text) else { return Some(cell.text.to_owned()) };
    let flat = cell.text.replace(['\n', '\r', '\t'], " ");
    if let Err(error) = check_text(&flat) {
        out.told(Severity::Error, column, cell, &error);
        return None;
    }
    let message =
        format!("{column} has a line break or tab at position {}, it became a blank", error.position);
    out.push(Problem::error(out.line, "line-break", message).warning().at(column, cell.text));
    Some(flat)
}
