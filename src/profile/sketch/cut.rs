//! Cutting a printed text at the values of its settings.

use thiserror::Error;

/// A part of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// It is always so.
    Text(String),
    /// The value of a setting.
    Value {
        /// The setting.
        name: &'static str,
        /// The example's value, as printed.
        value: String,
        /// Seconds that one of its unit has; 1 where it is no time.
        unit: u32,
    },
}

/// Why a printed command cannot be cut.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CutError {
    /// A value does not stand in it.
    #[error("\"{value}\" does not stand in {printed}")]
    Missing {
        /// The value.
        value: String,
        /// The command.
        printed: String,
    },
    /// A value stands in it more than once, so that nobody can tell which one is the setting.
    #[error(
        "\"{value}\" stands {count} times in {printed}: write the example with a value that stands there once"
    )]
    Several {
        /// The value.
        value: String,
        /// How often.
        count: usize,
        /// The command.
        printed: String,
    },
    /// Two settings follow each other without anything between them, or overlap.
    #[error("{0} and {1} stand without anything between them, so that no tracker could part them")]
    Touching(&'static str, &'static str),
}

/// A value to look for: setting, example value, seconds of its unit.
pub type Wanted<'w> = (&'static str, &'w str, u32);

/// Cuts a printed command at the values of its settings.
///
/// # Errors
/// When a value is not there, is there more than once, or touches another.
pub fn cut(printed: &str, wanted: &[Wanted<'_>]) -> Result<Vec<Piece>, CutError> {
    let mut places = Vec::new();
    for (name, value, unit) in wanted {
        places.push((place(printed, name, value)?, *name, *value, *unit));
    }
    places.sort_by_key(|(at, ..)| *at);
    let (mut pieces, mut end, mut last) = (Vec::new(), 0, None);
    for (at, name, value, unit) in places {
        match (last, printed.get(end..at)) {
            (Some(last), None | Some("")) => return Err(CutError::Touching(last, name)),
            (_, Some(text)) if !text.is_empty() => pieces.push(Piece::Text(text.to_owned())),
            _ => {}
        }
        pieces.push(Piece::Value { name, value: value.to_owned(), unit });
        (end, last) = (at + value.len(), Some(name));
    }
    if let Some(rest) = printed.get(end..).filter(|rest| !rest.is_empty()) {
        pieces.push(Piece::Text(rest.to_owned()));
    }
    Ok(pieces)
}

/// Where a value stands. One that stands by itself goes before one within a longer word; of a password, which a code
/// may repeat, the first is meant.
pub(super) fn place(printed: &str, name: &str, value: &str) -> Result<usize, CutError> {
    let around = |at: usize| {
        let (before, after) = printed.split_at(at);
        (before.chars().next_back(), after.get(value.len()..).and_then(|rest| rest.chars().next()))
    };
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    // A number within a longer one is another number.
    let whole = |at: &usize| {
        let (before, after) = around(*at);
        let goes_on_before = value.starts_with(|c: char| c.is_ascii_digit()) && digit(before);
        let goes_on_behind = value.ends_with(|c: char| c.is_ascii_digit()) && digit(after);
        !goes_on_before && !goes_on_behind
    };
    let all = printed.match_indices(value).map(|(at, _)| at);
    // A password may stand before a number without anything between them.
    let all: Vec<usize> = all.filter(|at| name == "password" || whole(at)).collect();
    let part = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'));
    let alone = |at: &&usize| {
        let (before, after) = around(**at);
        !part(before) && !part(after)
    };
    let own: Vec<usize> = all.iter().filter(alone).copied().collect();
    let found = if own.is_empty() { all } else { own };
    match found[..] {
        [] => Err(CutError::Missing { value: value.to_owned(), printed: printed.to_owned() }),
        [at] => Ok(at),
        [first, ..] if name == "password" => Ok(first),
        _ => Err(CutError::Several {
            value: value.to_owned(),
            count: found.len(),
            printed: printed.to_owned(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::super::write::template;
    use super::*;

    #[test]
    fn a_printed_command_is_cut_at_the_values_of_its_example() {
        for (printed, wanted, cut_as) in [
            // Coban, Queclink, and one where nothing stands between the word and the address.
            (
                "adminip123456 203.0.113.5 5000",
                &[("server", "203.0.113.5", 1), ("port", "5000", 1), ("password", "123456", 1)][..],
                "adminip{{ password }} {{ server }} {{ port }}",
            ),
            (
                "000000SVR54.85.159.138,8888",
                &[("server", "54.85.159.138", 1), ("port", "8888", 1)],
                "000000SVR{{ server }},{{ port }}",
            ),
            (
                "0000,109,internet,user,pass",
                &[("apn", "internet", 1), ("apn_user", "user", 1), ("apn_password", "pass", 1)],
                "0000,109,{{ apn }},{{ apn_user or '' }},{{ apn_password or '' }}",
            ),
            ("APN,apn#", &[("apn", "apn", 1)], "APN,{{ apn }}#"),
            ("TIMER,5#", &[("interval", "5", 60)], "TIMER,{{ interval|div(60) }}#"),
        ] {
            assert_eq!(cut(printed, wanted).map(|pieces| template(&pieces)).as_deref(), Ok(cut_as));
        }
    }

    #[test]
    fn what_nobody_could_cut_is_refused_with_the_reason() {
        let server = "SERVER,1,d.plaspy.com,8888,8888#";
        for (printed, wanted, why) in [
            (server, ("port", "888", 1), "\"888\" does not stand in"),
            (server, ("port", "8888", 1), "\"8888\" stands 2 times in"),
            (server, ("server", "plaspy.org", 1), "\"plaspy.org\" does not stand in"),
        ] {
            let error = cut(printed, &[wanted]).unwrap_err().to_string();
            assert!(error.starts_with(why), "{error}");
        }
        let touching = cut("G12345699#", &[("password", "123456", 1), ("interval", "99", 1)]);
        assert!(touching.is_err(), "{touching:?}");
    }
}
