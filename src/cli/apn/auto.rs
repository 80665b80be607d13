//! `--apn auto`: which database is asked, for which SIM card, and what is said of the choice.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;

use crate::apn::{self, Access, Auto, Network, Opened, Sim, Which};
use crate::fleet::{Fault, Severity};
use crate::tracker::Imsi;
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

    /// The access point of one SIM card.
    ///
    /// # Errors
    /// What keeps it from being known, with the way out.
    pub(in crate::cli) fn choose(&self, auto: Auto<'_>, imsi: Option<&Imsi>) -> Result<Access, Fault> {
        let fault = |rule, message, fix| Fault {
            setting: Some("apn".to_owned()),
            severity: Severity::Error,
            rule,
            message,
            fix,
        };
        let opened = self.opened.get_or_init(|| open(&self.which));
        let opened =
            opened.as_ref().map_err(|failure| fault("apn-database", failure.message.clone(), None))?;
        let sim = self.sim(imsi).ok_or_else(|| {
            let fix = "its IMSI (--imsi, or the column imsi), or --mcc-mnc";
            fault("apn-no-sim", "auto needs to know the SIM card's network".to_owned(), Some(fix.to_owned()))
        })?;
        let choice = apn::choose(&opened.database, &sim, auto.words);
        let choice = choice.map_err(|error| fault(error.rule(), error.to_string(), Some(error.fix())))?;
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
