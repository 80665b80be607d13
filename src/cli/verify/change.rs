//! What `homing verify` does for change control: the firmware that is expected, the snapshot that is kept, and the one
//! that is compared with.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use clap::Args;

use crate::engine::{Seen, audit};
use crate::profile::Profile;
use crate::report::{self, Became, SNAPSHOT, Snapshot};
use crate::ui::{Exit, Failure, Term};
use crate::units::rfc_3339_seconds;

use super::super::files::read_text;
use super::super::route::Format;
use super::show::{self, View};

/// Change control.
#[derive(Debug, Args)]
#[command(next_help_heading = "Change control")]
pub(super) struct Change {
    /// The firmware that the tracker is to tell, word for word
    #[arg(long, value_name = "TEXT")]
    expect_firmware: Option<String>,
    /// Write what was read to a new file; secrets are masked
    #[arg(long, value_name = "FILE")]
    snapshot: Option<PathBuf>,
    /// Compare with a snapshot in place of settings, and show what changed
    #[arg(long, value_name = "FILE")]
    diff: Option<PathBuf>,
}

impl Change {
    /// Whether the firmware has to be asked for.
    pub(super) fn wants_firmware(&self) -> bool {
        self.expect_firmware.is_some() || self.snapshot.is_some() || self.diff.is_some()
    }

    /// The snapshot to compare with. What would fail behind the last answer is found out before the first question.
    pub(super) fn before(&self, profile: &Profile) -> Result<Option<Snapshot>, Failure> {
        if let Some(path) = self.snapshot.as_deref().filter(|path| path.exists()) {
            return Err(there(path));
        }
        let Some(path) = &self.diff else { return Ok(None) };
        let name = path.display();
        let snapshot: Snapshot = serde_json::from_str(&read_text(path)?)
            .map_err(|error| Failure::usage(format!("{name} is no {SNAPSHOT}: {error}")))?;
        if snapshot.schema != SNAPSHOT {
            return Err(Failure::usage(format!("{name} is a {}, and no {SNAPSHOT}", snapshot.schema)));
        }
        if snapshot.profile != profile.id.value {
            let message = format!(
                "{name} was read by the profile {}, and this is {}",
                snapshot.profile, profile.id.value
            );
            return Err(Failure::usage(message).hint("settings of two dialects cannot be compared"));
        }
        Ok(Some(snapshot))
    }

    /// Shows what was read, keeps it and compares it.
    pub(super) fn finish(
        &self,
        view: &View<'_>,
        before: Option<&Snapshot>,
        format: Format,
        term: &mut Term,
    ) -> anyhow::Result<Exit> {
        let talk = &view.ended.outcome.talk;
        let imei = view.tracker.imei.as_ref().map(|imei| imei.as_str());
        let now = Snapshot::of(view.profile, talk, imei, now());
        let nothing = now.settings.is_empty();
        let exit = match before {
            // Where nothing was read, the outcome says why.
            Some(before) if !nothing => self.compare(view, before, &now, format, term)?,
            _ => show::outcome(view, now.firmware.as_deref(), format, term)?,
        };
        let exit = self.firmware(exit, view, now.firmware.as_deref(), term);
        match &self.snapshot {
            Some(path) if nothing => {
                term.warn(&format!("nothing was read, so {} was not written", path.display()));
                Ok(exit.and(Exit::Unproven))
            }
            Some(path) => {
                keep(path, &now)?;
                term.note(&format!("what was read is in {}", path.display()));
                Ok(exit)
            }
            None => Ok(exit),
        }
    }

    fn compare(
        &self,
        view: &View<'_>,
        before: &Snapshot,
        now: &Snapshot,
        format: Format,
        term: &mut Term,
    ) -> anyhow::Result<Exit> {
        let changes = report::changes(view.profile, before, now);
        let names = |became: Became| -> Vec<&str> {
            let those = changes.iter().filter(|change| change.became == became);
            those.map(|change| change.name.as_str()).collect()
        };
        let (mut changed, unread) = (names(Became::Changed), names(Became::NotRead));
        let sentence = sentence(&changed, &unread, &before.time);
        match format {
            Format::Text => {
                crate::ui::audit::changes(term, &sentence, &changes);
                let mut matters = audit(view.profile, &view.ended.outcome.talk);
                matters.retain(|audited| audited.seen != Seen::NotAsked);
                crate::ui::audit::matters(term, now.firmware.as_deref(), &matters);
            }
            Format::Json => {
                let json = report::changes_view(before, now, view.via, &sentence, &changes);
                report::pretty(&mut *term, &json)?;
            }
        }
        if self.expect_firmware.is_some() {
            // It is to be another one: whether it is the right one is judged by itself.
            changed.retain(|name| *name != "firmware");
        }
        let exit = match (changed.is_empty(), unread.is_empty()) {
            (false, _) => Exit::Failed,
            (true, false) => Exit::Unproven,
            (true, true) => Exit::Done,
        };
        Ok(show::broken(view, exit))
    }

    /// What the expectation of a firmware adds to the exit.
    fn firmware(&self, exit: Exit, view: &View<'_>, told_now: Option<&str>, term: &mut Term) -> Exit {
        let Some(wanted) = &self.expect_firmware else { return exit };
        let told = told_now.map(str::trim);
        match told {
            Some(found) if found == wanted.trim() => exit,
            Some(found) => {
                term.error(&format!("the firmware is {found}, and {wanted} is expected"), None);
                exit.and(Exit::Failed)
            }
            None => {
                let hint = if view.profile.shows("firmware") {
                    "the question was not answered, or by a form that no source gives; --verbose shows every line"
                } else {
                    "no known answer of this family shows it"
                };
                let message = format!("the tracker did not tell its firmware, and {wanted} is expected");
                term.error(&message, Some(hint));
                exit.and(Exit::Unproven)
            }
        }
    }
}

fn sentence(changed: &[&str], unread: &[&str], since: &str) -> String {
    let mut sentence = match changed {
        [] => format!("nothing that was read changed since {since}"),
        names => format!("changed since {since}: {}", names.join(", ")),
    };
    if !unread.is_empty() {
        sentence.push_str(&format!("; not read: {}", unread.join(", ")));
    }
    sentence
}

/// A snapshot that is there may be the only record of how a tracker was.
fn there(path: &Path) -> Failure {
    Failure::usage(format!("{} is there already", path.display()))
        .hint("a snapshot is never overwritten: name a new file")
}

fn keep(path: &Path, snapshot: &Snapshot) -> Result<(), Failure> {
    let cannot = |error: &dyn std::fmt::Display| {
        Failure::machine(format!("{} cannot be written: {error}", path.display()))
    };
    let mut text = serde_json::to_string_pretty(snapshot).map_err(|error| cannot(&error))?;
    text.push('\n');
    let mut file =
        OpenOptions::new().write(true).create_new(true).open(path).map_err(|error| cannot(&error))?;
    file.write_all(text.as_bytes()).map_err(|error| cannot(&error))
}

fn now() -> String {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    rfc_3339_seconds(i64::try_from(since.as_millis()).unwrap_or_default())
}
