//! The CSV of a batch: checked to its last row, then its trackers as the journal keeps them, with the secrets of its
//! rows beside them in memory.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use crate::cli::context::Context;
use crate::cli::fleet::{Asked, FleetArgs};
use crate::cli::forewarn::Outlook;
use crate::cli::generate::Choice;
use crate::cli::lab::subscriber;
use crate::cli::tracker::TrackerArgs;
use crate::engine::{Asking, Recipient, Script, ScriptError};
use crate::journal::{NewTracker, ProfileText};
use crate::lab::Subscriber;
use crate::plan::PACKETS;
use crate::profile::{FormName, Profile};
use crate::secret::Secret;
use crate::tracker::Tracker;
use crate::ui::{Exit, Failure, Term};

use super::kept::Kept;

/// Secrets of trackers, by what tells each tracker from others.
pub(super) type Secrets = HashMap<String, Vec<(String, Secret)>>;

/// What is asked for in a batch.
pub(super) struct Wish<'w> {
    pub(super) file: &'w str,
    pub(super) flags: TrackerArgs,
    /// The profile of rows that name none.
    pub(super) profile: Option<&'w str>,
    pub(super) choice: &'w Choice,
    /// What of a tracker is asked.
    pub(super) asking: Asking,
    /// The couriers, which have to reach every tracker.
    pub(super) outlook: &'w Outlook,
    pub(super) skip_bad: bool,
    /// The command that asks has no --skip-bad.
    pub(super) whole: bool,
    /// Keep the trackers for a rehearsal, in which those behave so whose row says nothing.
    pub(super) rehearse: Option<&'w str>,
    /// Keep each message, to be shown.
    pub(super) show: bool,
    /// Show secrets too.
    pub(super) secrets: bool,
}

/// A CSV whose rows are in order.
#[derive(Default)]
pub(super) struct Sheet {
    pub(super) trackers: Vec<NewTracker>,
    /// The profiles' texts, by their id.
    pub(super) profiles: BTreeMap<String, String>,
    pub(super) secrets: Secrets,
    pub(super) subscribers: Vec<Subscriber>,
    pub(super) counted: Counted,
    pub(super) shown: Vec<Shown>,
    /// How the reading ended: rows were left out, or none.
    pub(super) exit: Option<Exit>,
}

/// Short messages of a batch.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Counted {
    /// At the fewest: each is recognised at once, and nobody is asked twice.
    pub(super) least: usize,
    /// At the most, refusals for now aside.
    pub(super) most: usize,
    /// The settings that nothing can read back, by profile.
    pub(super) unreadable: BTreeMap<String, Vec<String>>,
}

/// The messages of one tracker, as they may be shown.
pub(super) struct Shown {
    pub(super) label: String,
    pub(super) profile: String,
    pub(super) parts: [Vec<String>; 3],
}

impl Sheet {
    /// Reads and checks a CSV. None when it has errors, which are told.
    pub(super) fn read(
        wish: &Wish<'_>,
        context: &Context,
        term: &mut Term,
    ) -> anyhow::Result<Result<Self, Exit>> {
        let ask = wish.choice.ask(FormName::Sms, *PACKETS.start());
        let asked = Asked {
            flags: &wish.flags,
            profile: wish.profile,
            ask: &ask,
            json: false,
            outlook: Some(wish.outlook),
        };
        let fleet = FleetArgs::of(wish.file, wish.skip_bad).whole(wish.whole);
        let mut sheet = Self::default();
        let exit = fleet.each(context, &asked, term, &mut |profile, tracker, _, _| {
            sheet.take(wish, context, profile, tracker).map_err(Into::into)
        })?;
        if exit == Exit::Usage {
            return Ok(Err(exit));
        }
        sheet.exit = Some(exit);
        Ok(Ok(sheet))
    }

    /// The profiles as the journal keeps them.
    pub(super) fn profile_texts(&self) -> Vec<ProfileText> {
        self.profiles
            .iter()
            .map(|(name, toml)| ProfileText { name: name.clone(), toml: toml.clone() })
            .collect()
    }

    fn take(
        &mut self,
        wish: &Wish<'_>,
        context: &Context,
        profile: &Profile,
        tracker: &Tracker,
    ) -> Result<(), Failure> {
        let file = wish.file;
        let line = tracker.line.unwrap_or_default();
        let Some(key) = tracker.key() else {
            return Err(Failure::usage(format!("{file}:{line}: nothing tells this tracker from others"))
                .hint("give it an imei, device_id, phone, iccid or sim_id"));
        };
        let ask = wish.choice.ask(FormName::Sms, *PACKETS.start());
        let script = Script::new(profile, tracker, &ask, wish.asking)
            .map_err(|error| unscripted(file, line, &error, wish.whole))?;
        self.count(profile, tracker, &script);
        if wish.show {
            let parts = [&script.questions, &script.commands, &script.reads].map(|plan| match wish.secrets {
                true => plan.commands.iter().map(|command| command.text.clone()).collect(),
                false => plan.shown(profile, tracker),
            });
            self.shown.push(Shown {
                label: tracker.label().to_owned(),
                profile: profile.id.value.clone(),
                parts,
            });
        }
        if let Some(behaviour) = wish.rehearse {
            self.subscribers.push(subscriber(file, playing(tracker, behaviour), context)?);
        }
        let secrets: Vec<(String, Secret)> = tracker
            .settings
            .names()
            .filter(|name| profile.is_secret(name))
            .filter_map(|name| Some((name.to_owned(), Secret::new(tracker.settings.get(name)?))))
            .collect();
        if !secrets.is_empty() {
            self.secrets.insert(key.to_owned(), secrets);
        }
        if !self.profiles.contains_key(&profile.id.value)
            && let Some(text) = context.text(&profile.id.value)
        {
            self.profiles.insert(profile.id.value.clone(), text);
        }
        self.trackers.push(NewTracker {
            line,
            name: tracker.label().to_owned(),
            device_key: key.to_owned(),
            profile: profile.id.value.clone(),
            to: Recipient::from(tracker),
            register: script.commands.register.clone(),
            settings: Kept::of(tracker, profile).json(),
        });
        Ok(())
    }

    fn count(&mut self, profile: &Profile, tracker: &Tracker, script: &Script) {
        let [questions, commands, reads] = script.messages();
        self.counted.least += questions.min(1) + commands + reads;
        let others = if questions > 0 { profile.alternatives.len() } else { 0 };
        self.counted.most += questions + others + commands + reads;
        let readable: Vec<String> =
            script.reads.commands.iter().flat_map(|command| profile.readable(command.step)).collect();
        // What a command could set and no tracker of the sheet is given, is nothing that has to be proven.
        let set = script.commands.commands.iter().flat_map(|command| crate::plan::sets(profile, command));
        let set = set.filter(|name| profile.value(tracker, name).is_some());
        let open = self.counted.unreadable.entry(profile.id.value.clone()).or_default();
        for name in set.filter(|name| !readable.iter().any(|known| known == name)) {
            if !open.iter().any(|known| known == name) {
                open.push(name.to_owned());
            }
        }
    }
}

/// A tracker as the lab plays it: its own cell of the column `lab` counts before what `--via lab:…` says for all.
fn playing(tracker: &Tracker, behaviour: &str) -> Tracker {
    let mut tracker = tracker.clone();
    match tracker.extra.iter_mut().find(|(column, _)| column == "lab") {
        Some((_, cell)) if cell.is_empty() => behaviour.clone_into(cell),
        Some(_) => {}
        None => tracker.extra.push(("lab".to_owned(), behaviour.to_owned())),
    }
    tracker
}

/// A path that means the same from any folder.
pub(super) fn absolute(file: &str) -> PathBuf {
    std::path::absolute(Path::new(file)).unwrap_or_else(|_| PathBuf::from(file))
}

/// Why there is no conversation with a tracker, and the way out.
fn unscripted(file: &str, line: u64, error: &ScriptError, begun: bool) -> Failure {
    let failure = Failure::usage(format!("{file}:{line}: {error}"));
    match error {
        ScriptError::NoQuestion(_) if begun => {
            failure.hint("trackers of this profile are better in a batch of their own, without asking")
        }
        ScriptError::NoQuestion(_) => failure.hint(
            "--no-identify sends without asking first; trackers of other profiles are better in a batch of their own, which asks",
        ),
        _ => failure,
    }
}
