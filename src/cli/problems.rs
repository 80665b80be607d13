//! What is wrong with a CSV, told row by row, once where rows are alike, or as one document.

use std::io::{Read as _, Seek as _, Write as _};

use indicatif::ProgressBar;

use crate::fleet::{Checked, Problem, Severity, SheetError};
use crate::report::{self, PROBLEMS, ProblemView};
use crate::ui::{self, Exit, Failure, Term, commands::plural};

/// Where problems go: as they are found to the terminal, or into a document that is shown when nothing else is.
pub(super) struct Problems<'f> {
    file: &'f str,
    /// Whether the command has --skip-bad.
    skips: bool,
    /// JSON of the problems so far; in a file when there are many, as a million rows can have a million.
    json: Option<tempfile::SpooledTempFile>,
    count: u64,
    /// What was told so far without what differs from row to row, and on how many more rows it is.
    told: Vec<Alike>,
}

/// A problem of several rows.
struct Alike {
    problem: Problem,
    rows: u64,
    /// The first lines on which it was told no more.
    lines: Vec<u64>,
}

/// How often a problem is told in full; the rows of a fleet are often wrong in one and the same way.
const IN_FULL: u64 = 3;
/// Problems that are compared with the next one; those of a sheet in which every row is wrong in its own way are not.
const COMPARED: usize = 256;
/// Lines that are listed.
pub(super) const LISTED: usize = 20;

impl<'f> Problems<'f> {
    /// For a command that has --skip-bad, or has it not.
    pub(super) fn new(file: &'f str, json: bool, skips: bool) -> Self {
        let json = json.then(|| tempfile::SpooledTempFile::new(1 << 20));
        Self { file, skips, json, count: 0, told: Vec::new() }
    }

    pub(super) fn take(&mut self, problem: &Problem, bar: &ProgressBar, term: &mut Term) {
        let is_told = self.json.is_none() || problem.severity == Severity::Warning;
        if is_told && self.is_news(problem) {
            bar.suspend(|| self.tell(problem, term));
        }
        self.keep(problem);
    }

    /// Whether a problem was not told often enough yet; if it was, its line is noted.
    fn is_news(&mut self, problem: &Problem) -> bool {
        let is_alike = |one: &&mut Alike| {
            let Problem { column, severity, rule, message, .. } = &one.problem;
            (column, severity, rule, message)
                == (&problem.column, &problem.severity, &problem.rule, &problem.message)
        };
        match self.told.iter_mut().find(is_alike) {
            Some(one) => {
                one.rows += 1;
                let is_news = one.rows <= IN_FULL;
                if !is_news && one.lines.len() < LISTED {
                    one.lines.push(problem.line);
                }
                is_news
            }
            None => {
                if self.told.len() < COMPARED {
                    self.told.push(Alike { problem: problem.clone(), rows: 1, lines: Vec::new() });
                }
                true
            }
        }
    }

    /// What is wrong on many rows alike, once with its lines.
    pub(super) fn sum_up(&mut self, term: &mut Term) {
        for Alike { problem, rows, lines } in std::mem::take(&mut self.told) {
            let more = rows.saturating_sub(IN_FULL);
            if more == 0 {
                continue;
            }
            let column = problem.column.as_deref().map(|column| format!("{column}: ")).unwrap_or_default();
            let text = format!(
                "{}: the same on {more} more row{}: {column}{} (line{} {})",
                self.file,
                many(more),
                problem.message,
                many(more),
                listed(&lines, more)
            );
            match problem.severity {
                Severity::Error => term.err(&format!("error: {}", ui::escape(&text))),
                Severity::Warning => term.warn(&text),
            }
        }
    }

    /// For the document; what cannot be kept was told or is told by its count.
    fn keep(&mut self, problem: &Problem) {
        let Some(json) = &mut self.json else { return };
        let lead = if self.count == 0 { "" } else { ",\n" };
        let mut text = lead.as_bytes().to_vec();
        if report::compact(&mut text, &view(problem)).is_ok() {
            self.count += u64::from(json.write_all(&text).is_ok());
        }
    }

    fn tell(&self, problem: &Problem, term: &mut Term) {
        let Problem { line, column, value, message, fix, .. } = problem;
        let text = ui::findings::problem(
            self.file,
            *line,
            column.as_deref(),
            value.as_deref(),
            message,
            fix.as_deref(),
        );
        match problem.severity {
            Severity::Error => term.err(&format!("error: {text}")),
            Severity::Warning => term.warn_shown(&text),
        }
    }

    /// The sheet as a whole cannot be used.
    pub(super) fn refused(
        mut self,
        error: &SheetError,
        failure: Failure,
        term: &mut Term,
    ) -> anyhow::Result<Exit> {
        self.keep(&error.problem());
        self.document(term)?;
        Err(failure.into())
    }

    /// Rows have errors: nothing is done.
    pub(super) fn stop(mut self, checked: &Checked, term: &mut Term) -> anyhow::Result<Exit> {
        self.document(term)?;
        let (bad, rows) = (checked.bad_lines.len(), checked.rows);
        let text = if checked.header_errors > 0 {
            format!(
                "the headers of {} have {} error{}, nothing was done",
                self.file,
                checked.header_errors,
                many(checked.header_errors)
            )
        } else {
            let have = if bad == 1 { "has" } else { "have" };
            format!("{bad} of {rows} row{} of {} {have} errors, nothing was done", many(rows), self.file)
        };
        let hint = (self.skips && checked.header_errors == 0 && checked.good > 0)
            .then_some("correct them, or go on without them: --skip-bad");
        Err(Failure::usage(text).maybe(hint.map(str::to_owned)).into())
    }

    fn document(&mut self, term: &mut Term) -> anyhow::Result<()> {
        let Some(mut json) = self.json.take() else { return Ok(()) };
        json.rewind()?;
        term.text(&format!("{{\"schema\":\"{PROBLEMS}\",\"file\":"));
        report::compact(&mut *term, &self.file)?;
        term.text(",\"problems\":[\n");
        let mut part = [0; 1 << 14];
        loop {
            let read = json.read(&mut part)?;
            if read == 0 {
                break;
            }
            term.write_all(&part[..read])?;
        }
        term.line("\n]}");
        Ok(())
    }
}

fn view(problem: &Problem) -> ProblemView<'_> {
    ProblemView {
        line: problem.line,
        column: problem.column.as_deref(),
        value: problem.value.as_deref(),
        severity: problem.severity.as_str(),
        rule: problem.rule,
        message: &problem.message,
        fix: problem.fix.as_deref(),
    }
}

pub(super) fn many(count: u64) -> &'static str {
    plural(usize::try_from(count).unwrap_or(usize::MAX))
}

/// The first lines, and how many more there are.
pub(super) fn listed(lines: &[u64], of: u64) -> String {
    let shown: Vec<String> = lines.iter().map(u64::to_string).collect();
    let more = of.saturating_sub(lines.len() as u64);
    if more > 0 { format!("{} and {more} more", shown.join(", ")) } else { shown.join(", ") }
}
