//! `homing batch confirm`: what a platform exports of its units, held against a batch. A tracker that was seen there
//! after the last command to it reports; everything else stays as it is.

use std::collections::HashMap;
use std::path::PathBuf;

use clap::Args;

use crate::capture::{Zone, moment};
use crate::engine::batch::Entry;
use crate::engine::{Purpose, Standing};
use crate::journal::{Reader, StoredTracker};
use crate::ui::{Exit, Failure, Term, commands::plural, table::table};
use crate::units::{nearest, rfc_3339_seconds};

use super::report::find;
use super::run::now_ms;
use super::{Place, broken};

/// Who of a batch reports, out of what the platform exports of its units.
#[derive(Debug, Args)]
pub(super) struct Confirm {
    /// The batch [default: the latest]
    name: Option<String>,
    /// What the platform exported: a CSV with a row for each unit
    #[arg(long, value_name = "FILE")]
    from: PathBuf,
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

/// How far the platform's clock may be ahead of this machine's, in milliseconds.
const AHEAD: i64 = 300_000;

/// What became of a tracker of the batch.
enum Found {
    /// It reports: when it was seen.
    Reports(i64),
    /// It was known to.
    Already,
    /// It does not, as far as can be said, and why.
    Not(String),
}

impl Confirm {
    pub(super) fn run(self, at: &Place, term: &mut Term) -> anyhow::Result<Exit> {
        let seen = self.seen()?;
        let mut journal = at.open()?;
        let batch = find(&journal, self.name.as_deref())?;
        let mut trackers = Vec::new();
        let all = journal.trackers(batch.id, &mut |tracker| {
            trackers.push(tracker);
            true
        });
        all.map_err(|error| broken(&error))?;
        let (mut rows, mut entries, mut reporting) = (Vec::new(), Vec::new(), 0);
        for tracker in &trackers {
            let found = judge(&journal, tracker, &seen)?;
            let (standing, why) = match &found {
                Found::Reports(ms) => {
                    let how = format!("seen at {} by what the platform exported", rfc_3339_seconds(*ms));
                    let sentence = format!("{}; {how}", tracker.sentence);
                    entries.push(Entry::Reported { tracker: tracker.id, sentence, at_ms: now_ms() });
                    (Standing::Reporting, how)
                }
                Found::Already => (tracker.standing, "known to report".to_owned()),
                Found::Not(why) => (tracker.standing, why.clone()),
            };
            reporting += usize::from(!matches!(found, Found::Not(_)));
            rows.push([tracker.line.to_string(), tracker.name.clone(), standing.to_string(), why]);
        }
        journal.commit(&entries).map_err(|error| broken(&error))?;
        term.line(table(&["line", "tracker", "standing", "why"], rows, term.width()));
        let count = trackers.len();
        term.line(format!("{}: {reporting} of {count} tracker{} reporting", batch.name, plural(count)));
        Ok(if reporting == count { Exit::Done } else { Exit::Unproven })
    }

    /// When each identity was last seen, and none for those that never were.
    fn seen(&self) -> Result<HashMap<String, Option<i64>>, Failure> {
        let name = self.from.display();
        let bytes = std::fs::read(&self.from)
            .map_err(|error| Failure::machine(format!("{name} cannot be read: {error}")))?;
        let text = String::from_utf8_lossy(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes));
        let mut reader =
            csv::ReaderBuilder::new().delimiter(separator(&text)).flexible(true).from_reader(text.as_bytes());
        let wrong = |error: csv::Error| Failure::usage(format!("{name} is no CSV: {error}"));
        let headers = reader.headers().map_err(wrong)?.clone();
        let id = self.column(&headers, &self.id_column)?;
        let at = self.column(&headers, &self.seen_column)?;
        let mut seen = HashMap::new();
        for record in reader.records() {
            let record = record.map_err(wrong)?;
            let line = record.position().map_or(0, csv::Position::line);
            let cell = |index: usize| record.get(index).unwrap_or_default().trim();
            let id = cell(id).trim_matches('\'').to_owned();
            if id.is_empty() {
                continue;
            }
            let when = match cell(at) {
                "" | "-" | "never" | "Never" | "null" | "N/A" => None,
                text => Some(self.time(line, text)?),
            };
            let latest = seen.entry(id).or_insert(None);
            *latest = when.max(*latest);
        }
        if seen.is_empty() {
            return Err(Failure::usage(format!("{name} has no row with an identity in {}", self.id_column)));
        }
        Ok(seen)
    }

    fn column(&self, headers: &csv::StringRecord, wanted: &str) -> Result<usize, Failure> {
        let plain = |text: &str| text.trim().to_lowercase();
        let found = headers.iter().position(|header| plain(header) == plain(wanted));
        found.ok_or_else(|| {
            let near = nearest(wanted, headers.iter()).map(|near| format!("did you mean {near}?"));
            let all = format!("it has {}", headers.iter().collect::<Vec<_>>().join(", "));
            Failure::usage(format!("{} has no column \"{wanted}\"", self.from.display()))
                .hint(near.unwrap_or(all))
        })
    }

    fn time(&self, line: u64, text: &str) -> Result<i64, Failure> {
        let place = format!("{}:{line}: {}", self.from.display(), self.seen_column);
        let Some(arrival) = moment(text, self.zone.unwrap_or_default()) else {
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

/// What stands most often in the first line of those that separate columns.
fn separator(text: &str) -> u8 {
    let head = text.lines().next().unwrap_or_default();
    let count = |separator: &u8| head.bytes().filter(|byte| byte == separator).count();
    [b'\t', b';', b','].into_iter().max_by_key(count).unwrap_or(b',')
}

fn judge(
    journal: &Reader,
    tracker: &StoredTracker,
    seen: &HashMap<String, Option<i64>>,
) -> Result<Found, Failure> {
    let not = |why: &str| Ok(Found::Not(why.to_owned()));
    match tracker.standing {
        Standing::Reporting => return Ok(Found::Already),
        Standing::Planned => return not("nothing that changes it was sent"),
        Standing::Refused | Standing::Failed => return not("it was not set as planned"),
        Standing::Sent | Standing::Acknowledged | Standing::Verified | Standing::Unknown => {}
    }
    if !tracker.done {
        return not("the batch is not done with it: `homing batch resume` goes on");
    }
    let Some(register) = &tracker.register else { return not("it has no identity to find it by") };
    let when = seen.get(register).or_else(|| seen.get(register.get(..14).filter(|_| register.len() == 15)?));
    let Some(when) = when else { return not("the platform's export has no unit with its identity") };
    let Some(when) = when else { return not("the platform has never seen it") };
    let commands = journal.commands(tracker.id).map_err(|error| broken(&error))?;
    let sets = commands.iter().filter(|command| command.purpose == Purpose::Command);
    let last = sets.flat_map(|command| &command.attempts).filter_map(|attempt| attempt.committed_ms).max();
    let at = rfc_3339_seconds(*when);
    match last {
        None => not("nothing that changes it was sent"),
        Some(last) if *when <= last => Ok(Found::Not(format!(
            "last seen at {at}, before its last command at {}",
            rfc_3339_seconds(last)
        ))),
        Some(_) if *when > now_ms() + AHEAD => {
            Ok(Found::Not(format!("last seen at {at}, which is still to come: is the time zone right?")))
        }
        Some(_) => Ok(Found::Reports(*when)),
    }
}
