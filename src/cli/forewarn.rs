//! What the couriers of a job cannot do for it, found out before anything is sent or asked: whom they cannot reach, what
//! cannot be proven where no answer comes back, and jobs that are none without answers. Only the configuration is read.

use std::net::SocketAddr;
use std::path::Path;

use crate::courier::Via;
use crate::courier::gateway::{Needed, Setup};
use crate::engine::{Asking, Recipient};
use crate::fleet::{Fault, Severity};
use crate::ui::{Failure, Term};

use super::context::Context;
use super::opening::setup;

/// The couriers of a job, as far as it is known what they can.
pub(super) struct Outlook {
    couriers: Vec<One>,
    /// Where a webhook that is missing is named.
    hook: &'static str,
}

struct One {
    /// Its `--via`.
    spec: String,
    kind: Kind,
}

enum Kind {
    Modem,
    Gateway(Box<Setup>),
    /// It reaches whoever is at its other end, or is a gateway that is not set up and will not be used.
    Other,
}

/// A gateway's part of the command line.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Flags<'f> {
    pub(super) ca_file: Option<&'f Path>,
    pub(super) webhook: Option<SocketAddr>,
    /// Nothing is sent: a gateway that is not set up yet is told, and is no error.
    pub(super) dry_run: bool,
}

/// What is said instead of asking which dialect a tracker obeys.
pub(super) enum Word<'w> {
    /// The user's own, or none.
    Given(bool),
    /// None, in a batch that was begun without it, out of this file.
    Begun(&'w str),
}

impl Outlook {
    /// Of one courier, for one tracker.
    ///
    /// # Errors
    /// It is a gateway that is not set up.
    pub(super) fn one(
        via: &Via,
        flags: Flags<'_>,
        context: &Context,
        term: &mut Term,
    ) -> Result<Self, Failure> {
        let couriers = vec![One::of(via, flags, context, term)?];
        Ok(Self { couriers, hook: "--webhook ADDR" })
    }

    /// Of the couriers of a batch.
    ///
    /// # Errors
    /// One is a gateway that is not set up.
    pub(super) fn many(
        vias: &[Via],
        flags: Flags<'_>,
        context: &Context,
        term: &mut Term,
    ) -> Result<Self, Failure> {
        let couriers: Result<_, Failure> =
            vias.iter().map(|via| One::of(via, flags, context, term)).collect();
        Ok(Self { couriers: couriers?, hook: "webhook = \"ADDR\" in its table of the configuration" })
    }

    /// Every courier can reach a tracker.
    ///
    /// # Errors
    /// One cannot, and the flag that is missing.
    pub(super) fn reach(&self, to: &Recipient) -> Result<(), Failure> {
        let Some((spec, needed)) = self.lacks(to) else { return Ok(()) };
        let example = if needed.column == "phone" { " +573001234567" } else { "" };
        Err(Failure::usage(unreached(spec, needed)).hint(format!("give it as {}{example}", needed.flag())))
    }

    /// The same for the row of a CSV: what is wrong with it.
    pub(super) fn fault(&self, to: &Recipient) -> Option<Fault> {
        let (spec, needed) = self.lacks(to)?;
        Some(Fault {
            setting: Some(needed.column.to_owned()),
            severity: Severity::Error,
            rule: "missing-address",
            message: unreached(spec, needed),
            fix: Some(format!("fill the column {}", needed.column)),
        })
    }

    fn lacks(&self, to: &Recipient) -> Option<(&str, Needed)> {
        self.couriers.iter().find_map(|one| Some((one.spec.as_str(), one.lacks(to)?)))
    }

    /// What is asked of a tracker on these ways. Says what cannot be proven where no answer comes back.
    ///
    /// # Errors
    /// No answer comes back, and nobody said that the dialect need not be asked for; or answers come back on some of the
    /// ways only.
    pub(super) fn asking(&self, word: &Word<'_>, term: &mut Term) -> Result<Asking, Failure> {
        let trusted = matches!(word, Word::Given(true));
        let Some((gateway, _)) = self.deaf().next() else {
            return Ok(if trusted { Asking::After } else { Asking::First });
        };
        self.warn(term);
        if let Some(other) = self.couriers.iter().find(|one| one.deaf().is_none()) {
            let (one, other) = (&gateway.spec, &other.spec);
            return Err(Failure::usage(format!(
                "answers come back by {other} and not by {one}: what is proven of a tracker would hang on who carries its commands"
            ))
            .hint("make two batches of it, each by couriers of one kind"));
        }
        if !trusted {
            return Err(self.unasked(gateway, word));
        }
        term.warn(
            "which dialect is obeyed is not checked and no question is sent; the commands of one tracker go as far apart as an answer may take (--timeout), so that they arrive in order",
        );
        Ok(Asking::Never)
    }

    /// Refuses a job that consists of questions where no answer comes back.
    ///
    /// # Errors
    /// None comes back.
    pub(super) fn hears(&self) -> Result<(), Failure> {
        let Some((One { spec, .. }, setup)) = self.deaf().next() else { return Ok(()) };
        let sentence =
            format!("no answer of a tracker can come back by {spec}, so nothing can be asked by it");
        let other = "use a modem, or a gateway by which answers come: `homing gateway list` names them";
        Err(Failure::usage(sentence).hint(match self.listens(setup) {
            Some(how) => format!("{how}; else {other}"),
            None => other.to_owned(),
        }))
    }

    /// Gateways by which no answer comes back.
    fn deaf(&self) -> impl Iterator<Item = (&One, &Setup)> {
        self.couriers.iter().filter_map(|one| Some((one, one.deaf()?)))
    }

    /// How answers would come back that do not.
    fn listens(&self, setup: &Setup) -> Option<String> {
        setup.facts().answers?;
        Some(format!("{} takes what the gateway receives", self.hook))
    }

    fn warn(&self, term: &mut Term) {
        for (One { spec, .. }, setup) in self.deaf() {
            let delivered =
                if setup.facts().tells_delivery { ", and that a message was delivered" } else { "" };
            let more = self.listens(setup).map(|how| format!("{how}; ")).unwrap_or_default();
            term.warn(&format!(
                "no answer of a tracker can come back by {spec}: `sent` is the best that it proves{delivered}; {more}a report at the server (`homing batch run --expect-report`) or `homing batch confirm` proves more"
            ));
        }
    }

    fn unasked(&self, gateway: &One, word: &Word<'_>) -> Failure {
        let spec = &gateway.spec;
        let sentence = format!(
            "no answer of a tracker can come back by {spec}: none can be asked which dialect it obeys, and nothing is sent before that"
        );
        Failure::usage(sentence).hint(match word {
            Word::Given(_) => "--no-identify sends without asking, and without reading back".to_owned(),
            Word::Begun(file) => format!(
                "the batch was begun with questions: go on by a courier that brings answers, or begin another (`homing batch run {file} --name NAME --no-identify`), which sends without asking"
            ),
        })
    }
}

impl One {
    fn of(via: &Via, flags: Flags<'_>, context: &Context, term: &mut Term) -> Result<Self, Failure> {
        let kind = match via {
            Via::Gateway { name } => match setup(name, flags.ca_file, flags.webhook, context) {
                Ok(setup) => Kind::Gateway(Box::new(setup)),
                Err(failure) if flags.dry_run => {
                    term.warn(&format!("{via} cannot be used yet: {}", failure.message));
                    Kind::Other
                }
                Err(failure) => return Err(failure),
            },
            Via::Modem { .. } => Kind::Modem,
            Via::Cable { .. } | Via::Manual | Via::Lab { .. } => Kind::Other,
        };
        Ok(Self { spec: via.to_string(), kind })
    }

    fn deaf(&self) -> Option<&Setup> {
        match &self.kind {
            Kind::Gateway(setup) if !setup.hears() => Some(setup),
            _ => None,
        }
    }

    fn lacks(&self, to: &Recipient) -> Option<Needed> {
        match &self.kind {
            Kind::Modem => to.phone.is_none().then_some(Needed { what: "number", column: "phone" }),
            Kind::Gateway(setup) => setup.lacks(to),
            Kind::Other => None,
        }
    }
}

fn unreached(spec: &str, needed: Needed) -> String {
    format!("{spec} reaches a tracker by its {}, which is not given", needed.what)
}
