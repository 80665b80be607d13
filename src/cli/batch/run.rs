//! `homing batch run`: checks the CSV, asks, writes it into the journal, works on it, shows what became of it.

use clap::Args;
use serde::{Deserialize, Serialize};

use crate::cli::context::{Context, Global};
use crate::cli::forewarn::{Flags, Outlook, Word};
use crate::cli::generate::Choice;
use crate::cli::tracker::{SettingArgs, TrackerArgs};
use crate::courier::Via;
use crate::engine::batch::Halt;
use crate::engine::{Asking, Standing};
use crate::journal::{Batch, BatchSpec, BatchState, Journal, JournalError};
use crate::profile::FormName;
use crate::tracker::Country;
use crate::ui::{Exit, Failure, Term, commands::plural};

use super::couriers::Way;
use super::sheet::{Counted, Sheet, Wish, absolute};
use super::work::{Ended, Job, Ready};
use super::{Place, broken, differs, dry, report};

/// Begin a batch, or go on with the one that this CSV began.
#[derive(Debug, Args)]
pub(super) struct Run {
    /// A CSV of trackers; flags fill its empty cells
    pub(super) file: String,
    /// Profile of the rows that name none
    #[arg(long, value_name = "ID", help_heading = "Fleet")]
    pub(super) profile: Option<String>,
    /// Go on without the rows that have an error, and list them at the end
    #[arg(long, help_heading = "Fleet")]
    pub(super) skip_bad: bool,
    /// Name of the batch [default: the file's name without its ending]
    #[arg(long, value_name = "NAME", help_heading = "Fleet")]
    pub(super) name: Option<String>,
    /// Country of numbers written without +, as CO or 57
    #[arg(long, help_heading = "Fleet")]
    pub(super) country: Option<Country>,
    #[command(flatten)]
    pub(super) settings: SettingArgs,
    #[command(flatten)]
    pub(super) choice: Choice,
    #[command(flatten)]
    pub(super) way: Way,
    /// Send without asking first which dialect each tracker obeys
    #[arg(long, conflicts_with_all = ["identify_first", "pilot"], help_heading = "Commands")]
    pub(super) no_identify: bool,
    /// Show every message, what it costs and how long it takes; send nothing
    #[arg(long, help_heading = "Commands")]
    pub(super) dry_run: bool,
    /// With --dry-run, show secrets too
    #[arg(long, requires = "dry_run", help_heading = "Commands")]
    pub(super) show_secrets: bool,
}

/// What a batch was begun with: the words of its `run`, which hold no secret.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Options {
    /// The arguments behind `batch run`.
    pub(super) words: Vec<String>,
}

impl Run {
    pub(super) fn run(self, at: &Place, global: &Global, term: &mut Term) -> anyhow::Result<Exit> {
        let context = global.context()?;
        let vias = if self.dry_run && self.way.via.is_empty() { Vec::new() } else { self.way.vias()? };
        let rehearsal = vias.iter().find_map(|via| match via {
            Via::Lab { behaviour, .. } => Some(behaviour.as_str()),
            _ => None,
        });
        let outlook = self.outlook(&vias, &context, term)?;
        let asking = outlook.asking(&Word::Given(self.no_identify), term)?;
        let sheet = match Sheet::read(&self.wish(rehearsal, asking, &outlook), &context, term)? {
            Ok(sheet) => sheet,
            Err(exit) => return Ok(exit),
        };
        if self.dry_run {
            return Ok(dry::show(&self, &vias, &sheet, term));
        }
        if rehearsal.is_some() {
            // What is rehearsed is remembered by nobody.
            let folder = tempfile::tempdir().map_err(Failure::machine)?;
            let place = Place { named: Some(folder.path().join("journal.db")) };
            return self.go(&place, &context, (&vias, asking), sheet, true, term);
        }
        self.go(at, &context, (&vias, asking), sheet, false, term)
    }

    /// What its couriers can.
    pub(super) fn outlook(
        &self,
        vias: &[Via],
        context: &Context,
        term: &mut Term,
    ) -> Result<Outlook, Failure> {
        let ca_file = self.way.ca_file.as_deref();
        Outlook::many(vias, Flags { ca_file, webhook: None, dry_run: self.dry_run }, context, term)
    }

    pub(super) fn wish<'w>(
        &'w self,
        rehearse: Option<&'w str>,
        asking: Asking,
        outlook: &'w Outlook,
    ) -> Wish<'w> {
        Wish {
            file: &self.file,
            flags: TrackerArgs {
                country: self.country,
                settings: self.settings.clone(),
                ..TrackerArgs::default()
            },
            profile: self.profile.as_deref(),
            choice: &self.choice,
            asking,
            outlook,
            skip_bad: self.skip_bad,
            whole: false,
            rehearse,
            show: self.dry_run,
            secrets: self.show_secrets,
        }
    }

    fn go(
        &self,
        at: &Place,
        context: &Context,
        (vias, asking): (&[Via], Asking),
        mut sheet: Sheet,
        rehearsal: bool,
        term: &mut Term,
    ) -> anyhow::Result<Exit> {
        if sheet.trackers.is_empty() {
            return Err(Failure::usage(format!("{} has no tracker", self.file)).into());
        }
        let count = sheet.trackers.len();
        let fresh = !at.path()?.exists();
        if fresh && !rehearsal {
            // Nothing is made before the answer.
            self.agree(false, (count, &sheet.counted), SHOW, term)?;
        }
        let mut journal = Journal::create(&at.path()?).map_err(|error| unbegun(&error))?;
        let known = self.known(&journal, &sheet, term)?;
        let begun = known.is_some();
        if let Some(batch) = known.as_ref().filter(|batch| batch.state == BatchState::Done) {
            term.note(&format!("the batch {} is done; this is its report", batch.name));
            return report::summary(&journal, batch, None, term).map_err(Into::into);
        }
        if !rehearsal && !fresh {
            self.agree(begun, (count, &sheet.counted), SHOW, term)?;
        }
        let batch = match known {
            Some(batch) => batch,
            None => self.begin(&mut journal, &mut sheet)?,
        };
        let job = Job {
            batch: &batch,
            way: &self.way,
            vias,
            choice: &self.choice,
            asking,
            secrets: &sheet.secrets,
            subscribers: std::mem::take(&mut sheet.subscribers),
        };
        let ready = Ready::open(job, context, &mut journal, term);
        if ready.is_err() && !begun {
            // What never began is no batch, and above all not the latest.
            if let Err(error) = journal.withdraw(batch.id) {
                term.warn(&format!("the batch {} stays in the journal: {error}", batch.name));
            }
        }
        let ended = ready?.work(context, &mut journal, term)?;
        let exit = conclude(&journal, &batch, &ended, rehearsal, term)?;
        Ok(sheet.exit.map_or(exit, |left_out| exit.and(left_out)))
    }

    /// The name of the batch.
    pub(super) fn name(&self) -> String {
        let stem =
            std::path::Path::new(&self.file).file_stem().map(|stem| stem.to_string_lossy().into_owned());
        self.name.clone().or(stem).filter(|name| !name.is_empty()).unwrap_or_else(|| "batch".to_owned())
    }

    /// The batch that this CSV began, when there is one.
    fn known(&self, journal: &Journal, sheet: &Sheet, term: &mut Term) -> Result<Option<Batch>, Failure> {
        let name = self.name();
        let Some(batch) = journal.batch(&name).map_err(|error| broken(&error))? else { return Ok(None) };
        if batch.state == BatchState::Cancelled {
            return Err(
                Failure::usage(format!("the batch {name} was cancelled")).hint("--name begins another one")
            );
        }
        if batch.file_sha256 != hash(&self.file)? {
            let what = differs::first(journal, &batch, &sheet.trackers)?;
            let what = what.map(|what| format!(": {what}")).unwrap_or_default();
            let failure =
                Failure::usage(format!("{} is not what the batch {name} began with{what}", self.file));
            return Err(failure.hint(format!(
                "`homing batch resume {name} --with {}` goes on with the changed rows; --name begins another batch",
                self.file
            )));
        }
        if batch.state != BatchState::Done {
            term.note(&format!("going on with the batch {name}"));
        }
        Ok(Some(batch))
    }

    fn begin(&self, journal: &mut Journal, sheet: &mut Sheet) -> Result<Batch, Failure> {
        let options = Options { words: words() };
        let spec = BatchSpec {
            name: self.name(),
            file: absolute(&self.file).display().to_string(),
            file_sha256: hash(&self.file)?,
            options: serde_json::to_string(&options).map_err(Failure::machine)?,
            created_ms: now_ms(),
            form: FormName::Sms,
            profiles: sheet.profile_texts(),
        };
        let trackers = std::mem::take(&mut sheet.trackers);
        let id = journal.create_batch(&spec, trackers).map_err(|error| unbegun(&error))?;
        let batch = journal.batch_by_id(id).map_err(|error| broken(&error))?;
        Ok(batch)
    }
}

/// A journal that did not take a new batch: there is none to go on with.
fn unbegun(error: &JournalError) -> Failure {
    match error {
        JournalError::Full { .. } => Failure::machine(error)
            .hint("make room and run it again, or name another file with --journal: nothing was begun, and nothing was sent"),
        error => broken(error),
    }
}

/// The words behind `batch run`.
fn words() -> Vec<String> {
    let all: Vec<String> = std::env::args_os().map(|word| word.to_string_lossy().into_owned()).collect();
    let batch = all.iter().position(|word| word == "batch").unwrap_or(all.len());
    let behind = all[batch..].iter().position(|word| word == "run").map_or(all.len(), |run| batch + run + 1);
    all[behind..].to_vec()
}

/// The SHA-256 of a file.
pub(super) fn hash(file: &str) -> Result<String, Failure> {
    let bytes =
        std::fs::read(file).map_err(|error| Failure::machine(format!("{file} cannot be read: {error}")))?;
    Ok(crate::journal::sha256_bytes(&bytes))
}

pub(super) fn now_ms() -> i64 {
    crate::run::Clock::default().now().wall_ms
}

/// What shows the messages of a `run` before they are sent.
const SHOW: &str = "--dry-run shows every message";

impl Run {
    /// Asks before the first message; `show` says what helps to answer.
    pub(super) fn agree(
        &self,
        begun: bool,
        (trackers, counted): (usize, &Counted),
        show: &str,
        term: &mut Term,
    ) -> Result<(), Failure> {
        let way = &self.way;
        if way.yes {
            return Ok(());
        }
        let size = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        let most = way.max_sms.map_or(counted.most, |max| counted.most.min(size(max)));
        let most =
            way.tracker_cap.map_or(most, |cap| most.min(size(u64::from(cap)).saturating_mul(trackers)));
        let price = way.sms_price.map(|price| format!(", at most {}", price.times(most))).unwrap_or_default();
        let rest = if begun { " in all, what was sent before included" } else { "" };
        let undone = self.choice.factory_reset || self.choice.destructive;
        let erases = if undone { "with steps that cannot be undone, " } else { "" };
        let (messages, many) = (plural(most), plural(trackers));
        let question =
            format!("{erases}up to {most} short message{messages} to {trackers} tracker{many}{rest}{price}");
        confirmed(way, &question, show, term)
    }
}

/// Asks whether so much is to be sent.
pub(super) fn confirmed(way: &Way, question: &str, show: &str, term: &mut Term) -> Result<(), Failure> {
    if way.yes {
        return Ok(());
    }
    match term.ask_yes(&format!("{question}. Send?")) {
        Ok(true) => Ok(()),
        Ok(false) => Err(Failure::usage("nothing was sent")),
        Err(_) => Err(Failure::usage(question).hint(format!("--yes sends without asking; {show}"))),
    }
}

/// Shows what became of it, and how to go on.
pub(super) fn conclude(
    journal: &Journal,
    batch: &Batch,
    ended: &Ended,
    rehearsal: bool,
    term: &mut Term,
) -> Result<Exit, Failure> {
    let exit = report::summary(journal, batch, Some(40), term)?;
    let name = &batch.name;
    let go_on = format!("`homing batch resume {name}` goes on");
    let (exit, text, hint) = match &ended.halt {
        None if exit == Exit::Done || rehearsal => return Ok(exit),
        None if has_unknown(journal, batch)? => (
            exit,
            None,
            Some(format!(
                "`homing batch resolve {name}` lists what nobody knows the outcome of; `homing batch report {name} --format html --out {name}.html` shows every command"
            )),
        ),
        None if ended.one_way => (
            exit,
            None,
            Some(format!(
                "no answer could come back on this way: `homing batch confirm {name} --from FILE` takes who reports out of what a platform exports; `homing batch run --expect-report ADDR` listens for reports while it sends"
            )),
        ),
        None => (
            exit,
            None,
            Some(format!(
                "`homing batch report {name} --format html --out {name}.html` shows every command; `homing batch report {name} --only failed,refused --format csv` gives the rows to correct"
            )),
        ),
        Some(Halt::Stopped) => (
            Exit::Interrupted,
            Some("stopped: what was in hand is finished, and nothing more was sent".to_owned()),
            Some(go_on),
        ),
        Some(Halt::Pilot { good, of }) => (
            exit.and(Exit::Failed),
            Some(format!(
                "only {good} of the {of} tracker{} of the pilot ended well, so the others were not begun",
                plural(*of)
            )),
            Some(format!(
                "look at `homing batch report {name}`; `homing batch resume {name} --no-pilot` goes on all the same"
            )),
        ),
        Some(Halt::MaxMessages(most)) => (
            exit.and(Exit::Unproven),
            Some(match most {
                1 => "the one short message of --max-sms is used up".to_owned(),
                most => format!("the {most} short messages of --max-sms are used up"),
            }),
            Some(format!("`homing batch resume {name} --max-sms N` goes on")),
        ),
        Some(Halt::TrackerCap { cap, trackers }) => (
            exit.and(Exit::Unproven),
            Some(format!(
                "{trackers} tracker{} used up the {cap} short message{} of --tracker-cap and {} not done",
                plural(*trackers),
                if *cap == 1 { "" } else { "s" },
                if *trackers == 1 { "is" } else { "are" }
            )),
            Some(format!("`homing batch resume {name} --tracker-cap N` goes on with a larger N")),
        ),
        Some(Halt::NoCourier(why)) => {
            (exit.and(Exit::Machine), Some(format!("no courier works any more: {why}")), Some(go_on))
        }
    };
    // No journal has what was rehearsed: nobody can go on with it.
    let hint = hint.filter(|_| !rehearsal);
    match text {
        Some(text) if exit == Exit::Interrupted => {
            term.note(&text);
            term.hint(hint.as_deref());
        }
        Some(text) => term.error(&text, hint.as_deref()),
        None => term.hint(hint.as_deref()),
    }
    Ok(exit)
}

fn has_unknown(journal: &Journal, batch: &Batch) -> Result<bool, Failure> {
    let counts = journal.counts(batch.id).map_err(|error| broken(&error))?;
    Ok(counts.iter().any(|(standing, count, _)| *standing == Standing::Unknown && *count > 0))
}

/// How long a batch takes at its pace, at the least.
pub(super) fn at_pace(way: &Way, couriers: usize, messages: usize) -> Option<String> {
    let rate = way.per_minute? * couriers.max(1) as f64;
    let minutes = (messages as f64 / rate).ceil() as u64;
    Some(match (minutes / 60, minutes % 60) {
        (0, 0..=1) => "about a minute".to_owned(),
        (0, minutes) => format!("about {minutes} minutes"),
        (hours, minutes) => format!("about {hours} h {minutes} min"),
    })
}
