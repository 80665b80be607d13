//! When a platform saw its units last, out of what it exports of them. It knows the file, not the batch.

use std::collections::HashMap;

use clap::Args;

use crate::capture::{Zone, moment};
use crate::cli::fleet::unreadable;
use crate::fleet::Export;
use crate::tracker::{Imei, damage};
use crate::ui::{Failure, Term};
use crate::units::nearest;

/// What a platform exported, and which of its columns count.
#[derive(Debug, Args)]
pub(super) struct SeenArgs {
    /// What the platform exported: a CSV with a row for each unit
    #[arg(long, value_name = "FILE|-")]
    from: String,
    /// Its column with the identity that each unit is registered with
    #[arg(long, value_name = "COLUMN")]
    id_column: String,
    /// Its column with the time of each unit's last message
    #[arg(long, value_name = "COLUMN")]
    seen_column: String,
    /// Time zone of times that name none, as UTC or -05:00
    #[arg(long, value_name = "ZONE")]
    zone: Option<Zone>,
}

/// A cell with a time, and the line of its row.
type Cell = (u64, String);

/// The units of an export, each with what stands in its cells of times. Times are read when a unit is asked for, so
/// that an odd one of a unit that nobody asks for stops nobody.
#[derive(Debug)]
pub(super) struct Seen {
    args: SeenArgs,
    units: HashMap<String, Vec<Cell>>,
    /// Identities that a spreadsheet has spoilt: how many, and the first one.
    spoilt: Option<(usize, Cell)>,
}

/// What a platform never saw is written so.
const NEVER: [&str; 8] = ["", "-", "--", "never", "null", "none", "n/a", "0"];

impl SeenArgs {
    /// Reads the export to its end.
    pub(super) fn read(self, term: &mut Term) -> Result<Seen, Failure> {
        let export = Export::open(&self.from).map_err(|error| unreadable(&error))?;
        let columns = [self.column(&export, &self.id_column)?, self.column(&export, &self.seen_column)?];
        let (mut units, mut spoilt): (HashMap<_, Vec<Cell>>, Option<(usize, Cell)>) = (HashMap::new(), None);
        let problems = export.pairs(columns, &mut |line, [id, time]| {
            if damage(id).is_some() {
                spoilt.get_or_insert_with(|| (0, (line, id.to_owned()))).0 += 1;
            } else if !id.is_empty() {
                units.entry(id.to_owned()).or_default().push((line, time.to_owned()));
            }
        });
        let problems = problems.map_err(|error| unreadable(&error))?;
        for problem in problems {
            let text = format!("{}:{}: {}", self.from, problem.line, problem.message);
            // Whole rows may have gone into a cell whose quote is not closed.
            if problem.rule == "quote" {
                return Err(Failure::usage(text));
            }
            term.warn(&format!("{text}; the row was passed over"));
        }
        let seen = Seen { args: self, units, spoilt };
        if seen.units.is_empty() {
            let (name, column) = (&seen.args.from, &seen.args.id_column);
            return Err(Failure::usage(format!("{name} has no row with an identity in {column}"))
                .maybe(seen.spoilt_told()));
        }
        if let Some(told) = seen.spoilt_told() {
            term.warn(&told);
        }
        Ok(seen)
    }

    fn column(&self, export: &Export, wanted: &str) -> Result<usize, Failure> {
        export.column(wanted).ok_or_else(|| {
            let near = nearest(wanted, export.headers()).map(|near| format!("did you mean {near}?"));
            let all = || format!("it has {}", export.headers().collect::<Vec<_>>().join(", "));
            Failure::usage(format!("{} has no column \"{wanted}\"", self.from)).hint(near.unwrap_or_else(all))
        })
    }
}

impl Seen {
    /// When a unit was last seen, in milliseconds since 1970; why that is not known, if it is not.
    ///
    /// # Errors
    /// When one of its times cannot be read in one way only.
    pub(super) fn last(&self, register: &str) -> Result<Result<i64, String>, Failure> {
        let Some(cells) = self.units(register) else {
            let why = "the platform's export has no unit with its identity";
            return Ok(Err(self.spoilt_told().map_or(why.to_owned(), |told| format!("{why}; {told}"))));
        };
        let mut latest = None;
        for (line, text) in cells {
            if !NEVER.contains(&text.to_lowercase().as_str()) {
                latest = latest.max(Some(self.time(*line, text)?));
            }
        }
        Ok(latest.ok_or_else(|| "the platform has never seen it".to_owned()))
    }

    /// Some platforms register trackers by their IMEI without the check digit.
    fn units(&self, register: &str) -> Option<&Vec<Cell>> {
        let without_check = || register.get(..14).filter(|_| register.parse::<Imei>().is_ok());
        self.units.get(register).or_else(|| self.units.get(without_check()?))
    }

    fn spoilt_told(&self) -> Option<String> {
        let (count, (line, first)) = self.spoilt.as_ref()?;
        let (is, of) = if *count == 1 { ("y is", "") } else { ("ies are", "the first ") };
        Some(format!(
            "{count} identit{is} spoilt by a spreadsheet ({of}`{first}` on line {line}): export again, and do not open it in one",
        ))
    }

    fn time(&self, line: u64, text: &str) -> Result<i64, Failure> {
        let place = format!("{}:{line}: {}", self.args.from, self.args.seen_column);
        let Some(arrival) = moment(text, self.args.zone.unwrap_or_default()) else {
            return Err(Failure::usage(format!(
                "{place}: \"{text}\" is no time that can only be read in one way"
            ))
            .hint("export it as 2026-11-25 14:03:00, or with T and a time zone, or in seconds since 1970"));
        };
        if !arrival.sure {
            return Err(Failure::usage(format!("{place}: \"{text}\" names no time zone"))
                .hint("--zone UTC, or the one that the platform shows times in, as --zone -05:00"));
        }
        Ok(arrival.ms)
    }
}
