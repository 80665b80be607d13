//! `homing batch confirm`: what a platform exports of its units, held against a batch. A tracker that was seen there
//! after the last command to it reports; everything else stays as it is.

use std::time::Duration;

use clap::Args;

use crate::engine::batch::Entry;
use crate::engine::{Purpose, Standing};
use crate::journal::{Reader, StoredTracker};
use crate::ui::{Exit, Failure, Term, commands::plural, table::table};
use crate::units::{parse_duration, rfc_3339_seconds, show_duration};

use super::report::{find, line_of};
use super::run::now_ms;
use super::seen::{Seen, SeenArgs};
use super::{Place, broken};

/// Who of a batch reports, out of what the platform exports of its units.
#[derive(Debug, Args)]
pub(super) struct Confirm {
    /// The batch [default: the latest]
    name: Option<String>,
    #[command(flatten)]
    seen: SeenArgs,
    /// How far the platform's clock may be off this machine's: what it saw so shortly after a tracker's last command
    /// proves nothing
    #[arg(long, value_name = "TIME", value_parser = parse_duration, default_value = "2m")]
    slack: Duration,
}

/// What became of a tracker of the batch.
enum Found {
    /// It reports: when it was seen, in milliseconds since 1970.
    Reports(i64),
    /// It was known to.
    Already,
    /// It does not, as far as can be said, and why.
    Not(String),
}

impl Confirm {
    pub(super) fn run(self, at: &Place, term: &mut Term) -> anyhow::Result<Exit> {
        let seen = self.seen.read(term)?;
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
            let found = judge(&journal, tracker, &seen, self.slack)?;
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
            let line = line_of(tracker.line).map(|line| line.to_string()).unwrap_or_default();
            rows.push([line, tracker.name.clone(), standing.to_string(), why]);
        }
        journal.commit(&entries).map_err(|error| broken(&error))?;
        term.line(table(&["line", "tracker", "standing", "why"], rows, term.width()));
        let count = trackers.len();
        term.line(format!("{}: {reporting} of {count} tracker{} reporting", batch.name, plural(count)));
        Ok(if reporting == count { Exit::Done } else { Exit::Unproven })
    }
}

fn judge(journal: &Reader, tracker: &StoredTracker, seen: &Seen, slack: Duration) -> Result<Found, Failure> {
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
    let when = match seen.last(register)? {
        Ok(when) => when,
        Err(why) => return Ok(Found::Not(why)),
    };
    let commands = journal.commands(tracker.id).map_err(|error| broken(&error))?;
    let sets = commands.iter().filter(|command| command.purpose == Purpose::Command);
    let last = sets.flat_map(|command| &command.attempts).filter_map(|attempt| attempt.committed_ms).max();
    let Some(last) = last else { return not("nothing that changes it was sent") };
    Ok(compare(when, last, now_ms(), slack))
}

/// What a message of the platform's clock says of a command of this machine's. Both may be off by the slack.
fn compare(when: i64, last: i64, now: i64, slack: Duration) -> Found {
    let spare = i64::try_from(slack.as_millis()).unwrap_or(i64::MAX);
    let (at, before) = (rfc_3339_seconds(when), rfc_3339_seconds(last));
    if when <= last {
        return Found::Not(format!("last seen at {at}, before its last command at {before}"));
    }
    if when > now.saturating_add(spare) {
        return Found::Not(format!("last seen at {at}, which is still to come: is the time zone right?"));
    }
    if when <= last.saturating_add(spare) {
        let slack = show_duration(slack);
        return Found::Not(format!(
            "last seen at {at}, less than {slack} after its last command at {before}: ask again after its next message, or give --slack"
        ));
    }
    Found::Reports(when)
}
