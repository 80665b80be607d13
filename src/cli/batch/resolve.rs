//! `homing batch resolve`: the commands of which nobody knows whether they arrived, and a person's word on them.

use clap::Args;

use crate::journal::{Reader, StoredCommand, StoredTracker, Verdict, Word};
use crate::ui::{Exit, Failure, Term, escape, table::table};
use crate::units::rfc_3339_seconds;

use super::late::Stores;
use super::report::{find, is_unknown};
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
    /// Do not ask
    #[arg(short, long)]
    yes: bool,
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
            (true, true) => return list(&at.read()?, self.name.as_deref(), term),
        };
        let mut journal = at.open()?;
        let batch = find(&journal, self.name.as_deref())?;
        let open = unknown(&journal, &batch)?;
        let chosen = chosen(&open, names)?;
        if chosen.is_empty() {
            term.line("nothing is unknown");
            return Ok(Exit::Done);
        }
        self.agree(&chosen, verdict, term)?;
        for one in &chosen {
            let note = match verdict {
                Verdict::Sent => "a person said that it was sent",
                Verdict::Resend => "a person wants it sent once more",
            };
            let resolved = journal.resolve(one.tracker.id, one.command.ord, verdict, note, now_ms());
            resolved.map_err(|error| broken(&error))?;
        }
        journal.set_state(batch.id, crate::journal::BatchState::Paused).map_err(|error| broken(&error))?;
        term.note(&format!(
            "taken for {} of {}; `homing batch resume {}` goes on",
            chosen.len(),
            open.len(),
            batch.name
        ));
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
            let resolved = journal.resolve(one.tracker.id, one.command.ord, Verdict::Sent, &note, now_ms());
            resolved.map_err(|error| broken(&error))?;
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
        journal.set_state(batch.id, crate::journal::BatchState::Paused).map_err(|error| broken(&error))?;
        term.note(&format!(
            "taken for {settled} of {}; `homing batch resume {}` goes on",
            open.len(),
            batch.name
        ));
        Ok(if settled == open.len() { Exit::Done } else { Exit::Unproven })
    }

    fn agree(&self, chosen: &[&Open], verdict: Verdict, term: &mut Term) -> Result<(), Failure> {
        if self.yes || verdict == Verdict::Sent {
            return Ok(());
        }
        let question = format!(
            "{} command(s) may arrive a second time, or not at all without this. Send them once more?",
            chosen.len()
        );
        match term.ask_yes(&question) {
            Ok(true) => Ok(()),
            Ok(false) => Err(Failure::usage("nothing was changed")),
            Err(_) => {
                Err(Failure::usage("nothing is sent a second time without a word").hint("--yes says it"))
            }
        }
    }
}

/// The commands of unknown outcome of trackers that stand unknown.
fn unknown(journal: &Reader, batch: &crate::journal::Batch) -> Result<Vec<Open>, Failure> {
    let mut trackers = Vec::new();
    let all = journal.trackers(batch.id, &mut |tracker| {
        if tracker.done && tracker.standing == crate::engine::Standing::Unknown {
            trackers.push(tracker);
        }
        true
    });
    all.map_err(|error| broken(&error))?;
    let mut open = Vec::new();
    for tracker in trackers {
        let commands = journal.commands(tracker.id).map_err(|error| broken(&error))?;
        if let Some(command) = commands.into_iter().find(is_unknown) {
            open.push(Open { tracker, command });
        }
    }
    Ok(open)
}

fn chosen<'o>(open: &'o [Open], names: &[String]) -> Result<Vec<&'o Open>, Failure> {
    if names.iter().any(|name| name == "all") {
        return Ok(open.iter().collect());
    }
    let is = |one: &Open, name: &str| {
        one.tracker.name == name || one.tracker.device_key == name || one.tracker.line.to_string() == name
    };
    let find = |name: &String| {
        let found: Vec<&Open> = open.iter().filter(|one| is(one, name)).collect();
        match found.as_slice() {
            [one] => Ok(*one),
            [] => Err(Failure::usage(format!("no tracker \"{name}\" stands unknown"))
                .hint("`homing batch resolve` lists them")),
            _ => Err(Failure::usage(format!("\"{name}\" names {} trackers", found.len()))
                .hint("name it by its key or line")),
        }
    };
    names.iter().map(find).collect()
}

fn list(journal: &Reader, name: Option<&str>, term: &mut Term) -> anyhow::Result<Exit> {
    let batch = find(journal, name)?;
    let open = unknown(journal, &batch)?;
    if open.is_empty() {
        term.line("nothing is unknown");
        return Ok(Exit::Done);
    }
    let rows = open.iter().map(|one| {
        let attempt = one.command.attempts.last();
        let when = attempt.and_then(|attempt| attempt.committed_ms).map(rfc_3339_seconds).unwrap_or_default();
        let mut known: Vec<String> = attempt.and_then(|attempt| attempt.cause.clone()).into_iter().collect();
        known.extend(attempt.into_iter().flat_map(|attempt| {
            attempt.evidence.iter().map(|one| format!("{}: {}", one.kind.word(), one.note))
        }));
        let text = escape(one.command.masked.trim_end());
        [one.tracker.line.to_string(), one.tracker.name.clone(), text, when, known.join("; ")]
    });
    term.line(table(&["line", "tracker", "command", "let out (UTC)", "what is known"], rows, term.width()));
    term.hint(Some(
        "ask the operator's log or the tracker (`homing verify`), then --sent TRACKER when it was sent, or --resend TRACKER; --from-inbox finds answers that came later; \
         a late answer or delivery report settles it by itself at the next `homing batch resume`",
    ));
    Ok(Exit::Unproven)
}
