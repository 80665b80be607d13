//! `--apn auto`: which database is asked, for which SIM card, and what is said of the choice.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;

use crate::apn::{self, Access, Auto, Network, Opened, Sim, Which};
use crate::fleet::{Fault, Severity};
use crate::profile::Profile;
use crate::tracker::{Imsi, Tracker};
use crate::ui::{Exit, Failure, Term, commands::plural};

/// Looks access points up, and remembers what it chose so that it can be told.
pub(in crate::cli) struct Chooser {
    which: Which,
    /// What is known of every SIM card that is not known by an IMSI of its own.
    all: Option<Sim>,
    opened: OnceCell<Result<Opened, Failure>>,
    /// How often each sentence was true.
    chosen: RefCell<BTreeMap<String, usize>>,
}

impl Chooser {
    /// `database` is as `--apn-database` has it.
    pub(in crate::cli) fn new(database: Option<&str>, all: Option<Sim>) -> Self {
        let which = Which::from(database.unwrap_or_default());
        Self { which, all, opened: OnceCell::new(), chosen: RefCell::default() }
    }

    /// The access point of a tracker's SIM card, as its profile can say it.
    ///
    /// # Errors
    /// What keeps it from being known or said, with the way out.
    pub(in crate::cli) fn choose(
        &self,
        auto: Auto<'_>,
        tracker: &Tracker,
        profile: Option<&Profile>,
    ) -> Result<Access, Fault> {
        let opened = self.opened.get_or_init(|| open(&self.which));
        let opened =
            opened.as_ref().map_err(|failure| fault("apn-database", failure.message.clone(), None))?;
        let sim = self.sim(tracker.imsi.as_ref()).ok_or_else(|| {
            let fix = "its IMSI (--imsi, or the column imsi), or --mcc-mnc";
            fault("apn-no-sim", "auto needs to know the SIM card's network".to_owned(), Some(fix.to_owned()))
        })?;
        let choice = apn::choose(&opened.database, &sim, auto.words);
        let choice = choice.map_err(|error| fault(error.rule(), error.to_string(), Some(error.fix())))?;
        if let Some(half) = profile.and_then(|profile| half(profile, tracker, choice.access)) {
            return Err(half);
        }
        *self.chosen.borrow_mut().entry(choice.sentence(&opened.database)).or_default() += 1;
        Ok(choice.access.clone())
    }

    /// The SIM card: by its own IMSI, else as all of them. A network that is given settles how long the MNC of an IMSI
    /// is.
    fn sim(&self, imsi: Option<&Imsi>) -> Option<Sim> {
        match (imsi.map(|imsi| Sim::Imsi(*imsi)), &self.all) {
            (Some(own), Some(Sim::Network(network))) if !own.networks().contains(network) => Some(own),
            (Some(own), None | Some(Sim::Imsi(_))) => Some(own),
            (_, all) => all.clone(),
        }
    }

    /// Says what was chosen and why, and what was not read.
    pub(in crate::cli) fn tell(&self, term: &mut Term) {
        if let Some(Ok(Opened { unread: Some(error), .. })) = self.opened.get() {
            term.warn(&format!("the database that is built in was asked instead: {error}"));
        }
        let chosen = self.chosen.borrow();
        let several = chosen.len() > 1 || chosen.values().any(|count| *count > 1);
        for (sentence, count) in chosen.iter() {
            match several {
                true => term.note(&format!("{count} tracker{}: {sentence}", plural(*count))),
                false => term.note(sentence),
            }
        }
    }
}

fn fault(rule: &'static str, message: String, fix: Option<String>) -> Fault {
    Fault { setting: Some("apn".to_owned()), severity: Severity::Error, rule, message, fix }
}

/// An access point with a user and no password, or the other way round, for a tracker that takes only both: what it
/// would be sent is no longer what the operator asks for, and nobody but its owner can say what to send instead.
fn half(profile: &Profile, tracker: &Tracker, access: &Access) -> Option<Fault> {
    if tracker.settings.apn_user.is_some() || tracker.settings.apn_password.is_some() {
        return None;
    }
    let needs = |name: &str, other: &str| {
        profile.setting(name).is_some_and(|rule| rule.needs.iter().any(|needed| needed == other))
    };
    let (has, lacks, flag) = match (access.user.is_empty(), access.password.is_empty()) {
        (false, true) if needs("apn_user", "apn_password") => {
            ("a user", "password", format!("--apn-user {}", access.user))
        }
        (true, false) if needs("apn_password", "apn_user") => {
            ("a password", "user", "--apn-password".to_owned())
        }
        _ => return None,
    };
    let apn = &access.apn;
    let message = format!("the APN {apn} has {has} and no {lacks}, and {} takes them together", profile.name);
    let fix =
        format!("{apn}, which leaves them out, or beside it {flag} and the {lacks} that the operator names");
    Some(fault("apn-half", message, Some(fix)))
}

/// A database, or why not.
pub(in crate::cli) fn open(which: &Which) -> Result<Opened, Failure> {
    apn::open(which).map_err(|error| match error {
        apn::OpenError::Compact(_) => Failure::machine(error),
        _ => Failure::usage(&error).hint("--apn-database built-in needs no file"),
    })
}

/// What went wrong for one tracker, with the flag in its hint.
pub(in crate::cli) fn failure(fault: Fault) -> Failure {
    let hint = fault.fix.map(|fix| match fault.rule {
        "apn-no-sim" => format!("give {fix}"),
        _ => format!("give --apn with {fix}"),
    });
    Failure { exit: Exit::Usage, ..Failure::usage(format!("--apn auto: {}", fault.message)).maybe(hint) }
}

/// A network as `--mcc-mnc` has it.
pub(in crate::cli) fn network(text: &str) -> Result<Network, String> {
    text.parse::<Network>().map_err(|error| error.to_string())
}
