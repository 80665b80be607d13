//! `homing batch resume`: goes on with a batch as it was begun, or with a corrected CSV of which only the changes count.

use std::collections::HashMap;
use std::path::Path;

use clap::{Args, Parser as _};

use crate::cli::context::Global;
use crate::cli::forewarn::Word;
use crate::cli::{Cli, Command};
use crate::engine::batch::TrackerId;
use crate::journal::{Batch, BatchState, Change, Journal, NewTracker, ProfileText};
use crate::ui::{Exit, Failure, Term, commands::plural};

use super::couriers::Way;
use super::differs;
use super::kept::Kept;
use super::report::{find, line_of, summary};
use super::run::{Options, Run, conclude, confirmed, hash};
use super::sheet::{Secrets, Sheet, Wish, absolute};
use super::work::{Job, Ready};
use super::{BatchCommand, Place, broken};

/// Go on with a batch, as it was begun or with a corrected CSV.
#[derive(Debug, Args)]
pub(super) struct Resume {
    /// The batch [default: the latest]
    name: Option<String>,
    /// A corrected CSV: rows that changed begin anew, new ones are added, the others stay as they are
    #[arg(long, value_name = "FILE")]
    with: Option<String>,
    /// Do not wait for the pilot
    #[arg(long)]
    no_pilot: bool,
    #[command(flatten)]
    way: Way,
}

impl Resume {
    pub(super) fn run(self, at: &Place, global: &Global, term: &mut Term) -> anyhow::Result<Exit> {
        let context = global.context()?;
        let mut journal = at.open()?;
        let batch = find(&journal, self.name.as_deref())?;
        if batch.state == BatchState::Cancelled {
            return Err(Failure::usage(format!("the batch {} was cancelled", batch.name)).into());
        }
        if batch.state == BatchState::Done && self.with.is_none() {
            term.note(&format!("the batch {} is done; this is its report", batch.name));
            return Ok(summary(&journal, &batch, Some(40), term)?);
        }
        let mut run = begun(&batch)?;
        run.file = self.with.clone().unwrap_or_else(|| batch.file.clone());
        run.way = self.way.clone().over(std::mem::take(&mut run.way));
        if self.no_pilot {
            (run.way.pilot, run.way.pilot_pass) = (None, None);
        }
        let vias = run.way.vias()?;
        let outlook = run.outlook(&vias, &context, term)?;
        let word = if run.no_identify { Word::Given(true) } else { Word::Begun(&run.file) };
        let asking = outlook.asking(&word, term)?;
        let wish = Wish { whole: true, ..run.wish(None, asking, &outlook) };
        let sheet = self.sheet(&wish, (&journal, &batch), &context, term)?;
        let Ok(sheet) = sheet else { return Ok(Exit::Usage) };
        if self.with.is_some() {
            if !self.correct(&mut journal, &batch, &run, &sheet, term)? {
                return Ok(summary(&journal, &batch, Some(40), term)?);
            }
        } else {
            match sheet.trackers.len() {
                0 => confirmed(&run.way, &left(&journal, &batch)?, &show(&batch), term)?,
                trackers => run.agree(true, (trackers, &sheet.counted), &show(&batch), term)?,
            }
        }
        at_hand(&journal, &batch, &sheet.secrets)?;
        let job = Job {
            batch: &batch,
            way: &run.way,
            vias: &vias,
            choice: &run.choice,
            asking,
            secrets: &sheet.secrets,
            subscribers: Vec::new(),
        };
        let ended = Ready::open(job, &context, &mut journal, term)?.work(&context, &mut journal, term)?;
        Ok(conclude(&journal, &batch, &ended, false, term)?)
    }

    /// The CSV, for what the journal does not keep and for what was corrected.
    fn sheet(
        &self,
        wish: &Wish<'_>,
        (journal, batch): (&Journal, &Batch),
        context: &crate::cli::context::Context,
        term: &mut Term,
    ) -> anyhow::Result<Result<Sheet, Exit>> {
        if self.with.is_none() {
            if !Path::new(&batch.file).exists() {
                term.warn(&format!("{} is gone: the batch goes on with what the journal keeps", batch.file));
                return Ok(Ok(Sheet::default()));
            }
            if hash(&batch.file)? != batch.file_sha256 {
                let what = match Sheet::read(wish, context, term)? {
                    Ok(sheet) => differs::first(journal, batch, &sheet.trackers)?,
                    // What is wrong in it was told.
                    Err(_) => None,
                };
                let what = what.map(|what| format!(": {what}")).unwrap_or_default();
                return Err(Failure::usage(format!(
                    "{} is not what the batch {} began with{what}",
                    batch.file, batch.name
                ))
                .hint(format!(
                    "`homing batch resume {} --with {}` goes on with the changed rows",
                    batch.name, batch.file
                ))
                .into());
            }
        }
        Sheet::read(wish, context, term)
    }

    /// Shows what a corrected CSV changes, asks, and takes it. False when nothing is left to do.
    fn correct(
        &self,
        journal: &mut Journal,
        batch: &Batch,
        run: &Run,
        sheet: &Sheet,
        term: &mut Term,
    ) -> Result<bool, Failure> {
        let (corrections, gone) = changes(journal, batch, &sheet.trackers)?;
        let mut changed = false;
        for Correction { change, lost, moved } in &corrections {
            let (what, tracker) = match change {
                Change::Added(tracker) => ("new", tracker),
                Change::Changed(_, tracker) => ("changed", tracker),
                Change::Same(..) => continue,
            };
            changed = true;
            term.line(format!("{what:<8} line {}: {}", tracker.line, crate::ui::escape(&tracker.name)));
            // A number that is another one now is another device's, as far as anybody can tell.
            if let Some(moved) = moved {
                term.warn(moved);
            }
            if !lost.is_empty() {
                term.warn(&format!(
                    "line {} gives no {} any more, which a report's CSV leaves empty",
                    tracker.line,
                    lost.join(" and no ")
                ));
            }
        }
        let changes: Vec<Change> = corrections.into_iter().map(|one| one.change).collect();
        if gone > 0 {
            term.note(&format!(
                "{gone} tracker{} of the batch {} not in {} and stay{} as before",
                plural(gone),
                if gone == 1 { "is" } else { "are" },
                run.file,
                if gone == 1 { "s" } else { "" }
            ));
        }
        if !changed {
            term.note("nothing changed in the trackers of the batch");
            if batch.state == BatchState::Done {
                return Ok(false);
            }
        }
        run.agree(true, (sheet.trackers.len(), &sheet.counted), &show(batch), term)?;
        let profiles: Vec<ProfileText> = sheet.profile_texts();
        let file = absolute(&run.file).display().to_string();
        let sha256 = hash(&run.file)?;
        journal.change(batch.id, (&file, &sha256), &profiles, &changes).map_err(|error| broken(&error))?;
        Ok(true)
    }
}

/// What shows how far a batch is, before it is gone on with.
fn show(batch: &Batch) -> String {
    format!("`homing batch report {}` shows how far it is", batch.name)
}

/// The `run` that began a batch.
fn begun(batch: &Batch) -> Result<Run, Failure> {
    let wrong = |error: &dyn std::fmt::Display| {
        Failure::machine(format!(
            "what the batch {} was begun with cannot be read any more: {error}",
            batch.name
        ))
    };
    let options: Options = serde_json::from_str(&batch.options).map_err(|error| wrong(&error))?;
    let words = ["homing", "batch", "run"].into_iter().map(str::to_owned).chain(options.words);
    let cli = Cli::try_parse_from(words).map_err(|error| wrong(&error))?;
    match cli.command {
        Command::Batch(args) => match args.command {
            BatchCommand::Run(run) => Ok(*run),
            _ => Err(wrong(&"it is no run")),
        },
        _ => Err(wrong(&"it is no batch")),
    }
}

/// What is to be agreed to where no CSV says how many messages it is.
fn left(journal: &Journal, batch: &Batch) -> Result<String, Failure> {
    let counts = journal.counts(batch.id).map_err(|error| broken(&error))?;
    let open: u64 = counts.iter().map(|(_, _, open)| open).sum();
    let many = plural(usize::try_from(open).unwrap_or(usize::MAX));
    Ok(format!("what is left of the short messages to {open} tracker{many} of the batch {}", batch.name))
}

/// What a sheet changes of a tracker.
struct Correction {
    change: Change,
    /// The secrets that it no longer gives.
    lost: Vec<String>,
    /// That its messages go elsewhere now, as a sentence.
    moved: Option<String>,
}

/// What a sheet changes in a batch, and how many of its trackers the sheet does not have.
fn changes(
    journal: &Journal,
    batch: &Batch,
    trackers: &[NewTracker],
) -> Result<(Vec<Correction>, usize), Failure> {
    let mut known: HashMap<String, (TrackerId, String, String)> = HashMap::new();
    let all = journal.trackers(batch.id, &mut |stored| {
        known.insert(stored.device_key, (stored.id, stored.settings, stored.profile));
        true
    });
    all.map_err(|error| broken(&error))?;
    let mut changes = Vec::new();
    for tracker in trackers {
        let Some((id, settings, profile)) = known.remove(&tracker.device_key) else {
            changes.push(Correction {
                change: Change::Added(tracker.clone()),
                lost: Vec::new(),
                moved: None,
            });
            continue;
        };
        let (before, now) = (Kept::read(&settings), Kept::read(&tracker.settings));
        let lost = match (&before, &now) {
            (Ok(before), Ok(now)) if before.is_same(now) && profile == tracker.profile => {
                let change = Change::Same(id, tracker.line);
                changes.push(Correction { change, lost: Vec::new(), moved: None });
                continue;
            }
            (Ok(before), Ok(now)) => before.lost(now).map(str::to_owned).collect(),
            _ => Vec::new(),
        };
        let moved = match (&before, &now) {
            (Ok(before), Ok(now)) => differs::address(tracker, before, now),
            _ => None,
        };
        changes.push(Correction { change: Change::Changed(id, tracker.clone()), lost, moved });
    }
    Ok((changes, known.len()))
}

/// Every secret that is still wanted is at hand: the journal keeps none.
fn at_hand(journal: &Journal, batch: &Batch, secrets: &Secrets) -> Result<(), Failure> {
    let mut lacking = Vec::new();
    let all = journal.trackers(batch.id, &mut |stored| {
        let wants = Kept::read(&stored.settings).is_ok_and(|kept| !kept.secrets.is_empty());
        if !stored.done && wants && !secrets.contains_key(&stored.device_key) {
            lacking.push(match line_of(stored.line) {
                Some(line) => format!("on line {line}"),
                None => stored.name,
            });
        }
        true
    });
    all.map_err(|error| broken(&error))?;
    let Some(first) = lacking.first() else { return Ok(()) };
    let whose = match lacking.len() {
        1 => format!("passwords of the tracker {first}"),
        count => format!("passwords of {count} trackers, the first of them {first},"),
    };
    Err(Failure::usage(format!("the {whose} are not at hand: the journal keeps no secret"))
        .hint(format!("put {} back, or give the CSV with --with FILE", batch.file)))
}
