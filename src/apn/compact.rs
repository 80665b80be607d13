//! Reads the compact form of the database, as `compact.py` writes it: lines of a kind and fields between tabs.

use super::database::{Access, Database, Operator, Origin};
use super::network::Network;

/// A line that is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CompactError {
    /// By its number.
    #[error("line {line} of the database of access points is {what}")]
    Line {
        /// Counted from 1.
        line: usize,
        /// What is wrong with it.
        what: &'static str,
    },
    /// The line that names it is missing.
    #[error("the database of access points does not say which one it is")]
    NoName,
}

/// Reads a whole text.
///
/// # Errors
/// At the first line that is none.
pub(super) fn read(text: &str) -> Result<Database, CompactError> {
    let mut origin = None;
    let mut country: Option<(String, String)> = None;
    let mut operators: Vec<Operator> = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let wrong = |what| CompactError::Line { line: number + 1, what };
        let mut fields = line.split('\t');
        let kind = fields.next().unwrap_or_default();
        let mut next = || fields.next().unwrap_or_default().to_owned();
        match kind {
            "" => {}
            comment if comment.starts_with('#') => {}
            "D" => {
                let (name, version, day) = (next(), next(), next());
                origin = Some(Origin { name: format!("{name} {version}"), day, file: None });
            }
            "C" => country = Some((next(), next())),
            "P" => {
                let (code, country) =
                    country.clone().ok_or_else(|| wrong("an operator without a country"))?;
                let (name, numbers) = (next(), next());
                let networks =
                    numbers.split(' ').filter(|number| !number.is_empty()).map(str::parse::<Network>);
                let networks = networks
                    .collect::<Result<_, _>>()
                    .map_err(|_| wrong("an operator with a network that is none"))?;
                operators.push(Operator { name, code, country, networks, ..Operator::default() });
            }
            "A" | "O" => {
                let operator =
                    operators.last_mut().ok_or_else(|| wrong("an access point without an operator"))?;
                let list = |words: String| {
                    words.split(',').filter(|word| !word.is_empty()).map(str::to_owned).collect::<Vec<_>>()
                };
                let (apn, plans) = (next(), list(next()));
                let (label, user, password) = (next(), next(), next());
                let usage = if kind == "O" { list(next()) } else { Vec::new() };
                let access = Access { apn, plans, label, user, password, usage };
                (if kind == "O" { &mut operator.others } else { &mut operator.access }).push(access);
            }
            _ => return Err(wrong("of no known kind")),
        }
    }
    Ok(Database { origin: origin.ok_or(CompactError::NoName)?, operators })
}
