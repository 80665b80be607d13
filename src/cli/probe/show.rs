//! A round in the format that was asked for, on standard output or in a file that is whole or not there at all.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use crate::probe::{Event, Judgement, Outcome, Round, Rules};
use crate::report;
use crate::ui::{self, Failure, Term};

use super::{Format, code};
use crate::cli::files::beside;

/// Where rounds are shown and how.
pub(super) struct Show {
    pub(super) format: Format,
    output: Option<PathBuf>,
    /// Rounds go on until they are stopped.
    pub(super) watching: bool,
}

impl Show {
    /// # Errors
    /// A format that cannot be written so.
    pub(super) fn new(format: Format, output: Option<PathBuf>, watching: bool) -> Result<Self, Failure> {
        let whole = matches!(format, Format::Json | Format::Prometheus | Format::Junit);
        if output.is_some() && !whole {
            return Err(Failure::usage("--output writes json, prometheus or junit").hint("add --format json"));
        }
        let goes_on = matches!(format, Format::Table | Format::Ndjson)
            || (format == Format::Prometheus && output.is_some());
        if watching && !goes_on {
            return Err(Failure::usage("--every goes on without end, and this format is one document")
                .hint("--format table or ndjson, or prometheus with --output"));
        }
        Ok(Self { format, output, watching })
    }

    /// Something that is known while a round goes on.
    pub(super) fn event(&self, event: Event<'_>, number: u64, term: &mut Term) {
        if self.format != Format::Ndjson {
            if let Event::Result(probed) = event {
                term.detail(&format!("{}: {}", crate::probe::label(probed), probed.verdict));
            }
            return;
        }
        let view = match event {
            Event::Dns(lookup) => report::probe_dns_event(lookup, number),
            Event::Result(probed) => report::probe_result_event(probed, number),
        };
        line(term, &view);
    }

    /// A finished round, when it is the only one.
    pub(super) fn round(
        &self,
        round: &Round,
        rules: &Rules,
        judgement: &Judgement,
        term: &mut Term,
    ) -> anyhow::Result<()> {
        let exit = code(self.format, judgement).code();
        match self.format {
            Format::Table => ui::probe::write(term, round, judgement),
            Format::Json => {
                let mut text = Vec::new();
                report::pretty(&mut text, &report::probe(round, judgement, exit))?;
                self.put(&text, term)?;
            }
            Format::Ndjson => {
                line(term, &report::probe_summary_event(round, judgement, exit, 1, Vec::new()));
            }
            Format::Nagios => term.text(&ui::probe::nagios(round, rules, judgement)),
            Format::Prometheus => self.metrics(round, judgement, term)?,
            Format::Junit => self.put(ui::probe::junit(round, rules, now_ms()).as_bytes(), term)?,
            Format::Github => {
                term.text(&ui::probe::annotations(round, rules, judgement));
                github_summary(round, term);
            }
        }
        Ok(())
    }

    /// The metrics of a round.
    pub(super) fn metrics(
        &self,
        round: &Round,
        judgement: &Judgement,
        term: &mut Term,
    ) -> anyhow::Result<()> {
        let good = judgement.outcome == Outcome::Good;
        let seconds = std::time::Duration::from_millis(u64::try_from(now_ms()).unwrap_or(0)).as_secs_f64();
        self.put(ui::probe::prometheus(round, good, seconds).as_bytes(), term)
    }

    fn put(&self, text: &[u8], term: &mut Term) -> anyhow::Result<()> {
        put(self.output.as_deref(), text, term)
    }
}

/// Writes a document to a file, or to standard output.
pub(super) fn put(output: Option<&Path>, text: &[u8], term: &mut Term) -> anyhow::Result<()> {
    match output {
        None => Ok(term.write_all(text)?),
        Some(path) => Ok(replace(path, text)?),
    }
}

/// Writes one line of JSON and makes it visible at once.
pub(super) fn line(term: &mut Term, view: &report::EventView<'_>) {
    // What goes wrong with the terminal is kept there and told at the end.
    let _ = report::compact(&mut *term, view);
    term.text("\n");
    let _ = term.flush();
}

fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// Replaces a file in one step, so that a reader never sees half of it. Others may read it, as a collector must.
fn replace(path: &Path, text: &[u8]) -> Result<(), Failure> {
    let cannot =
        |error: std::io::Error| Failure::machine(format!("{} cannot be written: {error}", path.display()));
    let mut file = beside(path, 0o644).map_err(cannot)?;
    file.as_file_mut().write_all(text).map_err(cannot)?;
    file.persist(path).map_err(|error| cannot(error.error))?;
    Ok(())
}

/// Adds to the summary page of the job, where there is one.
fn github_summary(round: &Round, term: &mut Term) {
    let Some(path) = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty()) else { return };
    let file = std::fs::OpenOptions::new().append(true).create(true).open(&path);
    let written = file.and_then(|mut file| file.write_all(ui::probe::github_summary(round).as_bytes()));
    if let Err(error) = written {
        term.warn(&format!("the job's summary {} cannot be written: {error}", Path::new(&path).display()));
    }
}
