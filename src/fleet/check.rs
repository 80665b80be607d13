//! The two passes over a sheet: everything is checked before the first tracker is handed out.
//! It prints nothing and decides nothing about what is bad enough; it counts.

use csv::StringRecord;

use super::defaults::Defaults;
use super::duplicates::Keys;
use super::error::SheetError;
use super::layout::Layout;
use super::lines::Lines;
use super::problem::{Fault, Problem, Severity};
use super::report::Report;
use super::row::Builder;
use super::rows::Rows;
use super::shape::wrong_shape;
use super::source::Sheet;
use crate::apn::{Access, Auto};
use crate::tracker::{By, Country, Directory, IccidWarning, Tracker};

/// What is known beside the sheet.
pub struct Options<'a> {
    /// The country of phone numbers that are written without `+`.
    pub country: Option<Country>,
    /// What fills empty cells.
    pub defaults: Defaults,
    /// The servers that can be named.
    pub directory: &'a Directory,
    /// The id of the profile that a text means, or a sentence with candidates. Asked once for each text.
    pub profiles: &'a dyn Fn(&str) -> Result<String, String>,
    /// The access point that `auto` in the column `apn` stands for, or what keeps it from being known. Without it such
    /// a cell is passed over.
    pub auto: Option<AutoApn<'a>>,
    /// How the trackers of a profile, by its id, can be given their server, best first; none when it is not known.
    pub takes: &'a dyn Fn(&str) -> Vec<By>,
}

/// Finds an access point by the words behind `auto`, for a tracker by what was read of it so far: its IMSI, its profile,
/// and a user and password of its own.
pub type AutoApn<'a> = &'a dyn Fn(Auto<'_>, &Tracker) -> Result<Access, Fault>;

/// What the first pass found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// Rows with a tracker, good or bad.
    pub rows: u64,
    /// Rows without an error.
    pub good: u64,
    /// The lines of the rows with an error.
    pub bad_lines: Lines,
    /// How many errors the rows have, the headers' not counted.
    pub errors: u64,
    /// How many warnings there are.
    pub warnings: u64,
    /// How many errors the headers have. They concern every row: with any of them no tracker is handed out.
    pub header_errors: u64,
}

impl Checked {
    /// Whether everything is in order, warnings aside.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.errors == 0 && self.header_errors == 0
    }
}

/// Reads a whole sheet and hands every problem to `sink`: the headers', then each row's in the order of the lines,
/// then values that stand in several rows. `inspect` says what a profile finds wrong with a tracker; it is not asked
/// while the headers are wrong.
///
/// # Errors
/// When the sheet cannot be read to its end; the problems found until then have been handed out.
pub fn check(
    sheet: &mut Sheet,
    options: &Options<'_>,
    inspect: &mut dyn FnMut(&Tracker) -> Vec<Fault>,
    sink: &mut dyn FnMut(Problem),
) -> Result<Checked, SheetError> {
    let mut headers = Vec::new();
    let layout = Layout::new(sheet, &options.defaults, &mut headers);
    let header_errors = headers.len() as u64;
    headers.into_iter().for_each(&mut *sink);
    check_defaults(options)?;
    let mut builder = Builder::new(layout, options);
    let mut checked = Checked { header_errors, ..Checked::default() };
    let mut rounded = Vec::new();
    let mut hold_back = |problem: Problem| match problem.rule {
        IccidWarning::PERHAPS_ROUNDED => rounded.push(problem),
        _ => sink(problem),
    };
    let keys = first(sheet, &mut builder, &mut checked, inspect, &mut hold_back)?;
    judge_rounded(rounded, &mut checked, sink);
    if checked.rows == 0 {
        return Err(SheetError::NoRows { name: sheet.name().to_owned() });
    }
    duplicates(sheet, &mut builder, keys, &mut checked, sink)?;
    sheet.check_unchanged()?;
    checked.good = checked.rows - checked.bad_lines.len();
    Ok(checked)
}

/// Every row once; keeps the keys by which duplicates are found.
fn first(
    sheet: &Sheet,
    builder: &mut Builder<'_>,
    checked: &mut Checked,
    inspect: &mut dyn FnMut(&Tracker) -> Vec<Fault>,
    sink: &mut dyn FnMut(Problem),
) -> Result<Keys, SheetError> {
    let (mut keys, mut out, mut rows) = (Keys::new(), Report::new(sink), sheet.rows()?);
    out.header_is_wrong = checked.header_errors > 0;
    while let Some(line) = rows.advance()? {
        if rows.is_blank() {
            continue;
        }
        checked.rows += 1;
        out.begin(line);
        if let Some(problem) = wrong_shape(&rows, line, builder.layout()) {
            out.push(problem);
        } else {
            let tracker = builder.build(rows.record(), &mut out);
            if !out.header_is_wrong && !tracker.profile.is_empty() {
                builder.join(rows.record(), inspect(&tracker), &mut out);
            }
            keys.add(&tracker);
        }
        checked.errors += out.errors;
        if out.errors > 0 {
            checked.bad_lines.insert(line);
        }
    }
    checked.warnings = out.warnings;
    Ok(keys)
}

/// Numbers that end in zeros although their check digit fits. One card in ten thousand does; a spreadsheet rounds a
/// whole column, and one in ten of the results fits by chance. More than one row in a hundred is no chance, a lone card
/// in a small sheet may be.
fn judge_rounded(rounded: Vec<Problem>, checked: &mut Checked, sink: &mut dyn FnMut(Problem)) {
    let many = rounded.len() >= 2 && rounded.len() as u64 * 100 > checked.rows;
    for mut problem in rounded {
        if many {
            problem.severity = Severity::Error;
            checked.warnings -= 1;
            checked.errors += 1;
            checked.bad_lines.insert(problem.line);
        }
        sink(problem);
    }
}

/// The rows whose values came more than once, in a second reading when there are any.
fn duplicates(
    sheet: &Sheet,
    builder: &mut Builder<'_>,
    keys: Keys,
    checked: &mut Checked,
    sink: &mut dyn FnMut(Problem),
) -> Result<(), SheetError> {
    let Some(mut suspects) = keys.suspects() else { return Ok(()) };
    let mut rows = sheet.rows()?;
    let mut silent = |_| {};
    let mut out = Report::new(&mut silent);
    while let Some(line) = rows.advance()? {
        if !rows.is_blank() && wrong_shape(&rows, line, builder.layout()).is_none() {
            out.begin(line);
            suspects.look(&builder.identified(rows.record(), &mut out), line);
        }
    }
    checked.errors += suspects.report(&mut checked.bad_lines, sink);
    Ok(())
}

/// Refuses defaults that no row could take, once and not in every row.
fn check_defaults(options: &Options<'_>) -> Result<(), SheetError> {
    let mut found = None;
    let mut keep = |problem: Problem| {
        if problem.severity == Severity::Error && found.is_none() {
            found = Some(problem);
        }
    };
    let layout = Layout::of_defaults(&options.defaults);
    let mut out = Report::new(&mut keep);
    out.header_is_wrong = true;
    Builder::new(layout, options).build(&StringRecord::new(), &mut out);
    match found {
        Some(problem) => Err(SheetError::Default {
            column: problem.column.unwrap_or_default(),
            message: problem.message,
            fix: problem.fix,
        }),
        None => Ok(()),
    }
}

/// The trackers of a checked sheet, one at a time, without the rows that have an error. Nothing is handed out while
/// the headers are wrong.
pub fn trackers<'a>(sheet: &'a mut Sheet, options: &'a Options<'a>, checked: &'a Checked) -> Trackers<'a> {
    let layout = Layout::new(sheet, &options.defaults, &mut Vec::new());
    Trackers { sheet, checked, builder: Builder::new(layout, options), rows: None, given: 0, done: false }
}

/// The second pass over a sheet.
pub struct Trackers<'a> {
    sheet: &'a Sheet,
    checked: &'a Checked,
    builder: Builder<'a>,
    rows: Option<Rows<'a>>,
    given: u64,
    done: bool,
}

impl Trackers<'_> {
    /// The next good row. A row that was good and is not, or that was not there, means that the file has changed.
    fn step(&mut self) -> Result<Option<Tracker>, SheetError> {
        if self.checked.header_errors > 0 {
            let name = self.sheet.name().to_owned();
            return Err(SheetError::Header { name, count: self.checked.header_errors });
        }
        let rows = match &mut self.rows {
            Some(rows) => rows,
            none => none.insert(self.sheet.rows()?),
        };
        while let Some(line) = rows.advance()? {
            if rows.is_blank() || self.checked.bad_lines.contains(line) {
                continue;
            }
            let mut silent = |_| {};
            let mut out = Report::new(&mut silent);
            out.begin(line);
            let tracker = self.builder.build(rows.record(), &mut out);
            if out.errors > 0 || wrong_shape(rows, line, self.builder.layout()).is_some() {
                return Err(self.sheet.changed());
            }
            self.given += 1;
            return Ok(Some(tracker));
        }
        self.sheet.check_unchanged()?;
        if self.given == self.checked.good { Ok(None) } else { Err(self.sheet.changed()) }
    }
}

impl Iterator for Trackers<'_> {
    type Item = Result<Tracker, SheetError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let step = self.step();
        self.done = !matches!(step, Ok(Some(_)));
        step.transpose()
    }
}
