//! A whole CSV: every row checked before anything happens, then one plan after the other.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use clap::Args;

use crate::apn::Auto;
use crate::engine::Recipient;
use crate::fleet::{self, Checked, Defaults, Fault, Options, Problem, Severity, Sheet, SheetError};
use crate::plan::{self, Ask, Plan, Weight};
use crate::profile::{Catalogue, Profile};
use crate::secret::Secret;
use crate::tracker::{Tracker, is_secret};
use crate::ui::{Exit, Failure, Term};

use super::context::Context;
use super::forewarn::Outlook;
use super::problems::{LISTED, Problems, listed, many};
use super::tracker::TrackerArgs;

/// A CSV in place of one tracker.
#[derive(Debug, Args)]
pub(super) struct FleetArgs {
    /// A CSV of trackers, or - for standard input; flags fill its empty cells
    #[arg(long, value_name = "FILE", help_heading = "Fleet")]
    fleet: Option<String>,
    /// Go on without the rows that have an error, and list them at the end
    #[arg(long, requires = "fleet", help_heading = "Fleet")]
    skip_bad: bool,
    /// The command has no --skip-bad of its own.
    #[arg(skip)]
    whole: bool,
}

/// What is asked for, for every row alike.
pub(super) struct Asked<'a> {
    /// Flags, which fill empty cells.
    pub(super) flags: &'a TrackerArgs,
    /// The profile of rows that name none.
    pub(super) profile: Option<&'a str>,
    /// Which commands.
    pub(super) ask: &'a Ask<'a>,
    /// Problems that stop it come as a JSON document.
    pub(super) json: bool,
    /// Couriers that have to reach every tracker.
    pub(super) outlook: Option<&'a Outlook>,
}

/// What fills empty cells.
struct Filling {
    defaults: Defaults,
    /// Where each default comes from, by its column.
    froms: BTreeMap<String, String>,
    /// The settings that only the configuration gives.
    ours: BTreeSet<String>,
}

/// What is done with each tracker's plan.
type Each<'e> = &'e mut dyn FnMut(&Profile, &Tracker, &Plan, &mut Term) -> anyhow::Result<()>;

/// Profiles by the text that names them, each looked up once.
struct Profiles<'c> {
    catalogue: &'c Catalogue,
    found: RefCell<BTreeMap<String, Arc<Profile>>>,
}

impl Profiles<'_> {
    fn id(&self, text: &str) -> Result<String, String> {
        let profile = self.catalogue.find(text).map_err(|error| match error.hint() {
            Some(hint) => format!("{error}; {hint}"),
            None => error.to_string(),
        })?;
        let id = profile.id.value.clone();
        self.found.borrow_mut().insert(id.clone(), Arc::clone(profile));
        Ok(id)
    }

    /// A problem without the value of a setting that a profile keeps secret.
    fn masked(&self, mut problem: Problem) -> Problem {
        let column = problem.column.as_deref().unwrap_or_default();
        let name = column.strip_prefix("set.").unwrap_or(column);
        let hidden = || is_secret(name) || self.found.borrow().values().any(|one| one.is_secret(name));
        // A header is no secret, even that of a column of passwords.
        if problem.value.is_some() && !problem.rule.starts_with("header") && hidden() {
            problem.value = Some(Secret::MASK.to_owned());
        }
        problem
    }

    fn get(&self, id: &str) -> Option<Arc<Profile>> {
        self.found.borrow().get(id).map(Arc::clone)
    }
}

impl FleetArgs {
    /// As if it had been given by flags.
    pub(super) fn of(file: &str, skip_bad: bool) -> Self {
        Self { fleet: Some(file.to_owned()), skip_bad, whole: false }
    }

    /// The same for a command that has no --skip-bad, and so does not speak of it.
    pub(super) fn whole(self, whole: bool) -> Self {
        Self { whole, ..self }
    }

    pub(super) fn is_given(&self) -> bool {
        self.fleet.is_some()
    }

    /// Checks every row, then hands each plan to `each`.
    pub(super) fn each(
        &self,
        context: &Context,
        asked: &Asked<'_>,
        term: &mut Term,
        each: Each<'_>,
    ) -> anyhow::Result<Exit> {
        let Asked { flags, profile, ask, json, outlook } = *asked;
        flags.one_only()?;
        let name = self.fleet.as_deref().unwrap_or_default();
        let Filling { defaults, froms, ours } = self.defaults(flags, profile, context, term)?;
        let profiles = Profiles { catalogue: &context.catalogue, found: RefCell::default() };
        let find = |text: &str| profiles.id(text);
        let chooser = flags.chooser();
        let auto = |auto: Auto<'_>, tracker: &Tracker| {
            chooser.choose(auto, tracker, profiles.get(&tracker.profile).as_deref())
        };
        let takes = |id: &str| profiles.get(id).map(|profile| profile.servers.clone()).unwrap_or_default();
        let options = Options {
            country: flags.country,
            defaults,
            directory: &context.servers,
            profiles: &find,
            auto: Some(&auto),
            takes: &takes,
        };
        // With --skip-bad the result is plans: a person reads the problems.
        let mut problems = Problems::new(name, json && !self.skip_bad, !self.whole);
        let mut sheet = match Sheet::open(name) {
            Ok(sheet) => sheet,
            Err(error) => return problems.refused(&error, unreadable(&error), term),
        };
        let bar = term.spinner("checking");
        let mut inspect = |tracker: &Tracker| {
            let mut faults = inspect(&profiles, tracker, ask, &ours);
            faults.extend(outlook.and_then(|outlook| outlook.fault(&Recipient::from(tracker))));
            faults
        };
        let mut sink = |problem: Problem| problems.take(&profiles.masked(problem), &bar, term);
        let checked = fleet::check(&mut sheet, &options, &mut inspect, &mut sink);
        bar.finish_and_clear();
        problems.sum_up(term);
        let checked = match checked {
            Ok(checked) => checked,
            Err(error) => return problems.refused(&error, filled(&error, &froms), term),
        };
        chooser.tell(term);
        if checked.header_errors > 0 || (!checked.is_clean() && !self.skip_bad) {
            return problems.stop(&checked, term);
        }
        let bar = term.progress(checked.good, "writing");
        for tracker in fleet::trackers(&mut sheet, &options, &checked) {
            let mut tracker = tracker.map_err(|error| unreadable(&error))?;
            let Some(profile) = profiles.get(&tracker.profile) else { continue };
            drop_foreign(&mut tracker, &profile, &ours);
            let plan = plan::plan(&profile, &tracker, ask)
                .map_err(|_| Failure::usage(format!("{name} changed while it was read")))?;
            each(&profile, &tracker, &plan, term)?;
            bar.inc(1);
            if term.is_closed() {
                break;
            }
        }
        bar.finish_and_clear();
        Ok(left_out(&checked, term))
    }

    /// Flags and configuration as what fills empty cells.
    fn defaults(
        &self,
        flags: &TrackerArgs,
        profile: Option<&str>,
        context: &Context,
        term: &mut Term,
    ) -> Result<Filling, Failure> {
        let (mut defaults, mut froms) = (Defaults::new(), BTreeMap::new());
        let mut ours = BTreeSet::new();
        let mut set = |name: &str, value: &str, from: &str| {
            // A column of a setting that only profiles know has `set.` in front.
            froms.insert(name.to_owned(), from.to_owned());
            froms.insert(format!("set.{name}"), from.to_owned());
            defaults.set(name, value).map_err(|error| Failure::usage(format!("{from}: {error}")))
        };
        for given in flags.settings(context, None, term)? {
            set(&given.name, given.value.expose(), &given.from)?;
            if given.configured {
                ours.insert(given.name);
            }
        }
        let (server, by) = flags.server(context)?;
        set("server", &server, flags.server_from(context))?;
        if let Some(by) = by {
            set("by", &by.to_string(), if flags.settings.by.is_some() { "--by" } else { "[defaults] by" })?;
        }
        if let Some(profile) = profile {
            set("profile", profile, "the profile for all rows")?;
        }
        Ok(Filling { defaults, froms, ours })
    }
}

/// A default of the configuration is meant for the trackers that have the setting.
fn drop_foreign(tracker: &mut Tracker, profile: &Profile, ours: &BTreeSet<String>) {
    tracker.settings.other.retain(|name, _| !ours.contains(name) || profile.sends(name));
}

/// What the profile finds wrong with a row.
fn inspect(profiles: &Profiles<'_>, tracker: &Tracker, ask: &Ask<'_>, ours: &BTreeSet<String>) -> Vec<Fault> {
    let Some(profile) = profiles.get(&tracker.profile) else { return Vec::new() };
    let made = if ours.is_empty() {
        plan::plan(&profile, tracker, ask)
    } else {
        let mut tracker = tracker.clone();
        drop_foreign(&mut tracker, &profile, ours);
        plan::plan(&profile, &tracker, ask)
    };
    let faults = match made {
        Ok(plan) => plan.remarks,
        Err(faults) => faults,
    };
    faults.into_iter().map(fault).collect()
}

fn fault(fault: plan::Fault) -> Fault {
    let severity = match fault.weight {
        Weight::Error => Severity::Error,
        Weight::Warning => Severity::Warning,
    };
    Fault { setting: fault.setting, severity, rule: fault.rule, message: fault.message, fix: fault.fix }
}

/// A sheet that cannot be read: the user's mistake, but for a disk that fails.
pub(super) fn unreadable(error: &SheetError) -> Failure {
    let problem = error.problem();
    let failure = match error {
        SheetError::Read { .. } => Failure::machine(error),
        _ => Failure::usage(error),
    };
    failure.maybe(problem.fix)
}

/// The same, where a default is named as it was given.
fn filled(error: &SheetError, froms: &BTreeMap<String, String>) -> Failure {
    match error {
        SheetError::Default { column, message, fix } if froms.contains_key(column) => {
            Failure::usage(format!("{}: {message}", froms[column])).maybe(fix.clone())
        }
        _ => unreadable(error),
    }
}

/// Rows that were left out are things asked about that failed.
fn left_out(checked: &Checked, term: &mut Term) -> Exit {
    let bad = checked.bad_lines.len();
    if bad == 0 {
        return Exit::Done;
    }
    let lines: Vec<u64> = checked.bad_lines.iter().take(LISTED).collect();
    let text = format!(
        "left out {bad} of {} row{}: line{} {}",
        checked.rows,
        many(checked.rows),
        many(bad),
        listed(&lines, bad)
    );
    term.error(&text, None);
    Exit::Failed
}
