//! `homing batch resolve`: the commands of which nobody knows whether they arrived, and a person's word on them.

use clap::{Args, ValueEnum};

use crate::journal::{Batch, BatchState, Journal, Reader, StoredCommand, StoredTracker, Verdict, Word};
use crate::report::{self, DoubtReport};
use crate::ui::{Exit, Failure, Term, escape, table::table};
use crate::units::rfc_3339_seconds;

use super::late::Stores;
use super::report::{command_report, find, line_of};
use super::run::now_ms;
use super::{Place, broken};

/// What nobody knows the outcome of, and a person's word on it.
#[derive(Debug, Args)]
pub(super) struct Resolve {
    /// The batch [default: the latest]
    name: Option<String>,
    /// It was sent: go on behind it. A tracker by its name, key or line, or all
    #[arg(long, value_name = "TRACKER", num_args = 1.., conflicts_with = "resend")]
    sent: Vec<String>,
    /// Send it once more, whatever became of it
    #[arg(long, value_name = "TRACKER", num_args = 1..)]
    resend: Vec<String>,
    /// Take those for sent whose answer came after all: it is in the journal, or in a modem that --via names
    #[arg(long, conflicts_with_all = ["sent", "resend"])]
    from_inbox: bool,
    /// With --from-inbox: read the messages in this modem too, and delete none
    #[arg(long, value_name = "modem:PORT", requires = "from_inbox")]
    via: Vec<String>,
    /// How what nobody knows the outcome of is listed
    #[arg(long, value_enum, default_value_t, conflicts_with_all = ["sent", "resend", "from_inbox"])]
    format: Format,
    /// Do not ask
    #[arg(short, long)]
    yes: bool,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table
    #[default]
    Table,
    /// One JSON document
    Json,
}

/// A command of unknown outcome.
struct Open {
    tracker: StoredTracker,
    command: StoredCommand,
}

impl Resolve {
    pub(super) fn run(self, at: &Place, term: &mut Term) -> anyhow::Result<Exit> {
        if self.from_inbox {
            return self.settle(at, term);
        }
        let (names, verdict) = match (self.sent.is_empty(), self.resend.is_empty()) {
            (false, _) => (&self.sent, Verdict::Sent),
            (true, false) => (&self.resend, Verdict::Resend),
            (true, true) => return list(&at.read()?, self.name.as_deref(), self.format, term),
        };
        let mut journal = at.open()?;
        let batch = find(&journal, self.name.as_deref())?;
        if batch.state == BatchState::Cancelled && verdict == Verdict::Resend {
            return Err(Failure::usage(format!(
                "the batch {} was cancelled: nothing more of it is sent",
                batch.name
            ))
            .hint("--sent TRACKER keeps what you know of it; `homing batch run FILE --name NAME` begins another batch")
            .into());
        }
        let open = unknown(&journal, &batch)?;
        let chosen = chosen(&open, names)?;
        if chosen.is_empty() {
            term.line("nothing is unknown");
            return Ok(Exit::Done);
        }
        self.agree(&chosen, verdict, term)?;
        let note = match verdict {
            Verdict::Sent => "a person said that it was sent",
            Verdict::Resend => "a person wants it sent once more",
        };
        for one in &chosen {
            take(&mut journal, one, verdict, note)?;
        }
        tell(chosen.len(), open.len(), &batch, term);
        Ok(Exit::Done)
    }

    /// Takes those for sent whose answer is found.
    fn settle(&self, at: &Place, term: &mut Term) -> anyhow::Result<Exit> {
        let stores = Stores::read(&self.via, term)?;
        let mut journal = at.open()?;
        let stores = stores.and_strangers(&journal)?;
        let batch = find(&journal, self.name.as_deref())?;
        let open = unknown(&journal, &batch)?;
        let mut settled = 0;
        for one in &open {
            let Some(note) = stores.evidence(&journal, &one.tracker, &one.command)? else { continue };
            term.line(format!(
                "{}: {} was sent: {note}",
                one.tracker.name,
                escape(one.command.masked.trim_end())
            ));
            take(&mut journal, one, Verdict::Sent, &note)?;
            settled += 1;
        }
        if settled == 0 {
            term.line(if open.is_empty() {
                "nothing is unknown"
            } else {
                "no answer to any of them was found"
            });
            return Ok(if open.is_empty() { Exit::Done } else { Exit::Unproven });
        }
        tell(settled, open.len(), &batch, term);
        Ok(if settled == open.len() { Exit::Done } else { Exit::Unproven })
    }

    fn agree(&self, chosen: &[&Open], verdict: Verdict, term: &mut Term) -> Result<(), Failure> {
        if self.yes || verdict == Verdict::Sent {
            return Ok(());
        }
        let question = match chosen.len() {
            1 => "A command may arrive a second time, or not at all without this. Send it once more?"
                .to_owned(),
            count => format!(
                "{count} commands may arrive a second time, or not at all without this. Send them once more?"
            ),
        };
        match term.ask_yes(&question) {
            Ok(true) => Ok(()),
            Ok(false) => Err(Failure::usage("nothing was changed")),
            Err(_) => {
                Err(Failure::usage("nothing is sent a second time without a word").hint("--yes says it"))
            }
        }
    }
}

/// Takes a word on a command; the journal knows what it means for its batch.
fn take(journal: &mut Journal, one: &Open, verdict: Verdict, note: &str) -> Result<(), Failure> {
    let resolved = journal.resolve(one.tracker.id, one.command.ord, verdict, note, now_ms());
    resolved.map_err(|error| broken(&error))
}

/// How much was taken, and how it goes on where it does.
fn tell(taken: usize, of: usize, batch: &Batch, term: &mut Term) {
    let goes_on = match batch.state {
        BatchState::Cancelled => "; the batch stays cancelled".to_owned(),
        _ => format!("; `homing batch resume {}` goes on", batch.name),
    };
    term.note(&format!("taken for {taken} of {of}{goes_on}"));
}

/// The command of each tracker of which nobody knows whether it arrived.
fn unknown(journal: &Reader, batch: &Batch) -> Result<Vec<Open>, Failure> {
    let mut open = Vec::new();
    for doubt in journal.in_doubt(batch.id).map_err(|error| broken(&error))? {
        let tracker = journal.tracker(doubt.tracker).map_err(|error| broken(&error))?;
        let commands = journal.commands(doubt.tracker).map_err(|error| broken(&error))?;
        if let Some(command) = commands.into_iter().find(|command| command.ord == doubt.ord) {
            open.push(Open { tracker, command });
        }
    }
    Ok(open)
}

/// Keys that are listed.
const KEYS: usize = 5;

/// The trackers that are meant: by key before line before name, as a key is nobody else's.
fn chosen<'o>(open: &'o [Open], names: &[String]) -> Result<Vec<&'o Open>, Failure> {
    if names.iter().any(|name| name == "all") {
        return Ok(open.iter().collect());
    }
    let by = |is: &dyn Fn(&StoredTracker) -> bool| -> Vec<&Open> {
        open.iter().filter(|one| is(&one.tracker)).collect()
    };
    let find = |name: &String| {
        let ways = [
            by(&|tracker| tracker.device_key == *name),
            by(&|tracker| line_of(tracker.line).is_some_and(|line| line.to_string() == *name)),
            by(&|tracker| tracker.name == *name),
        ];
        let found = ways.into_iter().find(|found| !found.is_empty()).unwrap_or_default();
        match found.as_slice() {
            [one] => Ok(*one),
            [] => Err(Failure::usage(format!("no tracker \"{name}\" stands unknown"))
                .hint("`homing batch resolve` lists them")),
            several => {
                let mut keys: Vec<&str> =
                    several.iter().map(|one| one.tracker.device_key.as_str()).take(KEYS).collect();
                if several.len() > KEYS {
                    keys.push("others");
                }
                Err(Failure::usage(format!("\"{name}\" names {} trackers", several.len()))
                    .hint(format!("name one by its key or its line, their keys are {}", keys.join(" and "))))
            }
        }
    };
    names.iter().map(find).collect()
}

fn list(journal: &Reader, name: Option<&str>, format: Format, term: &mut Term) -> anyhow::Result<Exit> {
    let batch = find(journal, name)?;
    let open = unknown(journal, &batch)?;
    let exit = if open.is_empty() { Exit::Done } else { Exit::Unproven };
    if format == Format::Json {
        let doubts: Vec<DoubtReport> = open.into_iter().map(doubt).collect();
        report::pretty(&mut *term, &report::doubts(&batch.name, &doubts))?;
        return Ok(exit);
    }
    if open.is_empty() {
        term.line("nothing is unknown");
        return Ok(exit);
    }
    let rows = open.iter().map(|one| {
        let attempt = one.command.attempts.last();
        let when = attempt.and_then(|attempt| attempt.committed_ms).map(rfc_3339_seconds).unwrap_or_default();
        let mut known: Vec<String> = attempt.and_then(|attempt| attempt.cause.clone()).into_iter().collect();
        known.extend(attempt.into_iter().flat_map(|attempt| {
            attempt.evidence.iter().map(|one| format!("{}: {}", one.kind.word(), one.note))
        }));
        let text = escape(one.command.masked.trim_end());
        let tracker = &one.tracker;
        let line = line_of(tracker.line).map(|line| line.to_string()).unwrap_or_default();
        [line, tracker.name.clone(), tracker.device_key.clone(), text, when, known.join("; ")]
    });
    let heading = ["line", "tracker", "key", "command", "let out (UTC)", "what is known"];
    term.line(table(&heading, rows, term.width()));
    term.hint(Some(match batch.state {
        BatchState::Cancelled => {
            "the batch was cancelled: --sent TRACKER keeps that it was sent, --from-inbox finds answers that came later"
        }
        _ => {
            "ask the operator's log or the tracker (`homing verify`), then --sent TRACKER when it was sent, or --resend TRACKER; --from-inbox finds answers that came later; \
             a late answer or delivery report settles it by itself at the next `homing batch resume`"
        }
    }));
    Ok(exit)
}

/// As a script reads it.
fn doubt(one: Open) -> DoubtReport {
    let Open { tracker, command } = one;
    DoubtReport {
        name: tracker.name,
        line: line_of(tracker.line),
        key: tracker.device_key,
        profile: tracker.profile,
        command: command_report(command),
    }
}
