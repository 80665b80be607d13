//! `homing batch report`: what became of every tracker, in the format that is asked for.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::engine::{Purpose, Standing};
use crate::journal::{Batch, BatchState, Reader, StoredAttempt, StoredCommand, StoredTracker, Word};
use crate::report::{AttemptReport, BatchHead, CommandReport, EvidenceReport, TrackerReport, Verdict};
use crate::ui::batch::{Csv, Format as _, Html, JUnit, Json, Table};
use crate::ui::{Exit, Failure, Term};
use crate::units::{nearest, rfc_3339_seconds};

use super::kept::Kept;
use super::out;
use super::{Place, broken};

/// What became of every tracker.
#[derive(Debug, Args)]
pub(super) struct Report {
    /// The batch [default: the latest]
    name: Option<String>,
    /// Output
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Only trackers that stand so: planned, sent, acknowledged, verified, reporting, refused, unknown, failed, or open
    #[arg(long, value_name = "STANDING", value_delimiter = ',')]
    only: Vec<String>,
    /// Write it here instead of on standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table
    #[default]
    Table,
    /// One JSON document
    Json,
    /// A CSV that can be corrected and run again
    Csv,
    /// JUnit XML, for CI
    Junit,
    /// One self-contained page
    Html,
}

/// Which trackers are wanted.
#[derive(Debug, Default)]
struct Wanted {
    standings: Vec<Standing>,
    open: bool,
}

impl Wanted {
    fn of(words: &[String]) -> Result<Self, Failure> {
        let mut wanted = Self::default();
        for word in words {
            let word = word.trim().to_lowercase();
            match Standing::ALL.iter().find(|standing| standing.to_string() == word) {
                Some(standing) => wanted.standings.push(*standing),
                None if word == "open" => wanted.open = true,
                None => {
                    let names: Vec<String> = Standing::ALL.iter().map(ToString::to_string).collect();
                    let known = names.iter().map(String::as_str).chain(["open"]);
                    let near = nearest(&word, known).map(|near| format!("did you mean {near}?"));
                    let all = format!("they are {}, and open", names.join(", "));
                    return Err(Failure::usage(format!("--only: there is no standing \"{word}\""))
                        .hint(near.unwrap_or(all)));
                }
            }
        }
        Ok(wanted)
    }

    fn has(&self, tracker: &StoredTracker) -> bool {
        (self.standings.is_empty() && !self.open)
            || self.standings.contains(&tracker.standing)
            || (self.open && !tracker.done)
    }
}

impl Report {
    pub(super) fn run(self, at: &Place, term: &mut Term) -> anyhow::Result<Exit> {
        let wanted = Wanted::of(&self.only)?;
        let journal = at.read()?;
        let batch = find(&journal, self.name.as_deref())?;
        match &self.out {
            None => self.write(&journal, &batch, &wanted, term.width(), &mut *term)?,
            Some(path) => {
                out::write(path, |file| self.write(&journal, &batch, &wanted, None, file))?;
                term.note(&format!("written to {}", path.display()));
            }
        }
        if !self.only.is_empty() && shown(&journal, &batch, &wanted)? == 0 {
            term.note(&format!("no tracker of {} stands {}", batch.name, self.only.join(" or ")));
        }
        exit_of(&journal, &batch)
    }

    fn write(
        &self,
        journal: &Reader,
        batch: &Batch,
        wanted: &Wanted,
        width: Option<usize>,
        out: &mut dyn Write,
    ) -> anyhow::Result<()> {
        let head = head(journal, batch)?;
        let mut format: Box<dyn crate::ui::batch::Format> = match self.format {
            Format::Table => Box::new(Table::new(width)),
            Format::Json => Box::<Json>::default(),
            Format::Html => Box::<Html>::default(),
            Format::Csv => Box::new(Csv::new(columns(journal, batch, wanted)?)),
            Format::Junit => {
                let [bad, open] = verdicts(journal, batch, wanted)?;
                Box::new(JUnit::new(bad, open))
            }
        };
        let head = match self.format {
            // A suite counts its own cases.
            Format::Junit => BatchHead { total: shown(journal, batch, wanted)?, ..head },
            _ => head,
        };
        format.begin(&head, out)?;
        let whole = matches!(self.format, Format::Json | Format::Html);
        each(journal, batch, wanted, whole, &mut |tracker| format.tracker(tracker, out))?;
        format.end(out)?;
        Ok(())
    }
}

/// A batch by its name, the latest without one.
pub(super) fn find(journal: &Reader, name: Option<&str>) -> Result<Batch, Failure> {
    let batches = journal.batches().map_err(|error| broken(&error))?;
    let Some(name) = name else {
        return batches.into_iter().next().ok_or_else(|| {
            Failure::usage("the journal has no batch").hint("`homing batch run FILE --via …` begins one")
        });
    };
    let near = nearest(name, batches.iter().map(|batch| batch.name.as_str())).map(str::to_owned);
    let found = batches.into_iter().find(|batch| batch.name == name);
    found.ok_or_else(|| {
        let hint = near.map_or_else(
            || "`homing batch list` shows them".to_owned(),
            |near| format!("did you mean {near}?"),
        );
        Failure::usage(format!("the journal has no batch \"{name}\"")).hint(hint)
    })
}

/// A batch's own lines of every report.
pub(super) fn head(journal: &Reader, batch: &Batch) -> Result<BatchHead, Failure> {
    let counts = journal.counts(batch.id).map_err(|error| broken(&error))?;
    Ok(BatchHead {
        name: batch.name.clone(),
        file: batch.file.clone(),
        state: match batch.state {
            BatchState::Open if journal.is_at_work() => "open",
            // Its process ended without a word.
            BatchState::Open | BatchState::Paused => "paused",
            BatchState::Done => "done",
            BatchState::Cancelled => "cancelled",
        }
        .to_owned(),
        created: rfc_3339_seconds(batch.created_ms),
        total: counts.iter().map(|(_, count, _)| count).sum(),
        open: counts.iter().map(|(_, _, open)| open).sum(),
        counts: counts
            .iter()
            .map(|(standing, count, _)| (standing.to_string(), *count))
            .collect::<BTreeMap<_, _>>(),
    })
}

/// What a batch's standings mean for a script.
pub(super) fn exit_of(journal: &Reader, batch: &Batch) -> anyhow::Result<Exit> {
    let mut exit = Exit::Done;
    each(journal, batch, &Wanted::default(), false, &mut |tracker| {
        exit = exit.and(match tracker.verdict() {
            Verdict::Good => Exit::Done,
            Verdict::Bad => Exit::Failed,
            Verdict::Open => Exit::Unproven,
        });
        Ok(())
    })?;
    Ok(exit)
}

/// The table that stands at the end of a run: all trackers of a small batch, else those that are not as they should be.
pub(super) fn summary(
    journal: &Reader,
    batch: &Batch,
    most: Option<u64>,
    term: &mut Term,
) -> Result<Exit, Failure> {
    let head = head(journal, batch)?;
    let small = most.is_none_or(|most| head.total <= most);
    let mut table = Table::new(term.width());
    let mut exit = Exit::Done;
    let mut left = 200_u32;
    let mut more = 0_u64;
    let told = |error: anyhow::Error| Failure::machine(error);
    each(journal, batch, &Wanted::default(), false, &mut |tracker| {
        exit = exit.and(match tracker.verdict() {
            Verdict::Good => Exit::Done,
            Verdict::Bad => Exit::Failed,
            Verdict::Open => Exit::Unproven,
        });
        // What is open in a large batch is told by its count.
        if small || (tracker.done && tracker.verdict() != Verdict::Good) {
            if left == 0 {
                more += 1;
                return Ok(());
            }
            left -= 1;
            table.tracker(tracker, &mut io::sink())?;
        }
        Ok(())
    })
    .map_err(told)?;
    table.end(&mut *term).map_err(Failure::machine)?;
    if more > 0 {
        term.line(format!("and {more} more: `homing batch report {}` shows all", batch.name));
    }
    let counts: Vec<String> =
        head.counts.iter().map(|(standing, count)| format!("{count} {standing}")).collect();
    term.line(format!("{}: {}", batch.name, counts.join(", ")));
    Ok(exit)
}

/// Hands the wanted trackers on, one by one; `whole` with their commands.
fn each(
    journal: &Reader,
    batch: &Batch,
    wanted: &Wanted,
    whole: bool,
    take: &mut dyn FnMut(&TrackerReport) -> io::Result<()>,
) -> anyhow::Result<()> {
    let mut trouble: Option<anyhow::Error> = None;
    let read = journal.trackers(batch.id, &mut |stored| {
        if !wanted.has(&stored) {
            return true;
        }
        let taken = tracker(journal, stored, whole).map_err(anyhow::Error::from);
        let taken = taken.and_then(|tracker| take(&tracker).map_err(anyhow::Error::from));
        trouble = taken.err();
        trouble.is_none()
    });
    read.map_err(|error| broken(&error))?;
    trouble.map_or(Ok(()), Err)
}

fn tracker(journal: &Reader, stored: StoredTracker, whole: bool) -> Result<TrackerReport, Failure> {
    let commands =
        if whole { journal.commands(stored.id).map_err(|error| broken(&error))? } else { Vec::new() };
    let row = Kept::read(&stored.settings).map(|kept| kept.row()).unwrap_or_default();
    Ok(TrackerReport {
        name: stored.name,
        line: line_of(stored.line),
        profile: stored.profile,
        key: stored.device_key,
        standing: stored.standing,
        reason: stored.reason,
        why: stored.sentence,
        done: stored.done,
        register: stored.register,
        firmware_before: stored.firmware_before,
        firmware_after: stored.firmware_after,
        commands: commands.into_iter().map(command_report).collect(),
        row,
    })
}

/// A tracker's line in the CSV; none for one that the CSV that was given last does not have.
pub(super) fn line_of(line: u64) -> Option<u64> {
    (line > 0).then_some(line)
}

/// A command as JSON and pages have it.
pub(super) fn command_report(stored: StoredCommand) -> CommandReport {
    CommandReport {
        step: stored.step,
        purpose: match stored.purpose {
            Purpose::Probe => "probe",
            Purpose::Command => "command",
            Purpose::Read => "read",
        },
        text: stored.masked,
        state: stored.state,
        reply: stored.shown,
        attempts: stored.attempts.into_iter().map(attempt).collect(),
    }
}

fn attempt(stored: StoredAttempt) -> AttemptReport {
    AttemptReport {
        n: stored.n,
        because: stored.why.word().to_owned(),
        state: stored.state.word().to_owned(),
        courier: stored.courier,
        handed: rfc_3339_seconds(stored.handed_ms),
        committed: stored.committed_ms.map(rfc_3339_seconds),
        outcome: stored.outcome_ms.map(rfc_3339_seconds),
        references: stored.references,
        cause: stored.cause,
        evidence: stored
            .evidence
            .into_iter()
            .map(|one| EvidenceReport {
                at: rfc_3339_seconds(one.at_ms),
                kind: one.kind.word().to_owned(),
                note: one.note,
            })
            .collect(),
    }
}

/// The columns that the wanted trackers have, the usual ones first.
fn columns(journal: &Reader, batch: &Batch, wanted: &Wanted) -> anyhow::Result<Vec<String>> {
    let mut all: Vec<String> = Vec::new();
    let mut seen = BTreeSet::new();
    each(journal, batch, wanted, false, &mut |tracker| {
        for (name, _) in &tracker.row {
            if seen.insert(name.clone()) {
                all.push(name.clone());
            }
        }
        Ok(())
    })?;
    // Of nobody the columns are those of all, so that what reads it finds them.
    if all.is_empty() && (wanted.open || !wanted.standings.is_empty()) {
        return columns(journal, batch, &Wanted::default());
    }
    Ok(all)
}

fn verdicts(journal: &Reader, batch: &Batch, wanted: &Wanted) -> anyhow::Result<[u64; 2]> {
    let mut counts = [0, 0];
    each(journal, batch, wanted, false, &mut |tracker| {
        match tracker.verdict() {
            Verdict::Good => {}
            Verdict::Bad => counts[0] += 1,
            Verdict::Open => counts[1] += 1,
        }
        Ok(())
    })?;
    Ok(counts)
}

fn shown(journal: &Reader, batch: &Batch, wanted: &Wanted) -> anyhow::Result<u64> {
    let mut count = 0;
    each(journal, batch, wanted, false, &mut |_| {
        count += 1;
        Ok(())
    })?;
    Ok(count)
}
