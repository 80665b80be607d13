//! `--via` and what goes with it: which form the commands take, what they cost, and the courier that carries them.

use std::sync::Arc;
use std::sync::mpsc;
use std::time::Duration;

use clap::{Args, ValueEnum};

use crate::courier::gateway::{Setup, SetupError};
use crate::courier::{self, Courier, Manual, ModemOptions, Post, Tell, Trouble, Via};
use crate::engine::{News, Recipient};
use crate::estimate::Price;
use crate::plan::Plan;
use crate::profile::{FormName, Profile};
use crate::run::{Correspondence, Patience};
use crate::tracker::{Phone, Tracker};
use crate::ui::{Failure, Term, Volume};
use crate::units::parse_duration;

use super::context::{Context, not_found};
use super::forewarn::Flags;
use super::person::Technician;
use super::rehearsal;
use super::tracker::fetch;

/// The courier and how its outcome is shown.
#[derive(Debug, Args)]
pub(super) struct Line {
    /// Courier: cable:PORT, modem:PORT, gateway:NAME, manual (you and your phone) or lab (a rehearsal)
    #[arg(long, value_name = "COURIER", help_heading = "Courier")]
    pub(super) via: String,
    /// Longest wait for an answer, in place of the profile's own, as 2s
    #[arg(long, value_name = "TIME", value_parser = parse_duration, help_heading = "Courier")]
    pub(super) timeout: Option<Duration>,
    /// Send without asking
    #[arg(short, long, help_heading = "Courier")]
    pub(super) yes: bool,
    /// Price of one short message, to say what it will cost
    #[arg(long, value_name = "AMOUNT", help_heading = "Courier")]
    pub(super) sms_price: Option<Price>,
    /// Take a gateway's incoming messages at this address of this machine instead of asking for them, as 127.0.0.1:8080
    #[arg(long, value_name = "ADDR", help_heading = "Courier")]
    pub(super) webhook: Option<std::net::SocketAddr>,
    /// Certificates to trust beside the system's, as PEM, for a gateway of one's own
    #[arg(long, value_name = "FILE", help_heading = "Courier")]
    pub(super) ca_file: Option<std::path::PathBuf>,
    /// Output
    #[arg(long, value_enum, default_value_t, help_heading = "Output")]
    pub(super) format: Format,
}

/// Output formats of an outcome.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    #[default]
    Text,
    /// One JSON document
    Json,
}

/// What a conversation may send at most.
pub(super) struct Messages {
    /// Questions by which the dialect is recognised.
    pub(super) questions: usize,
    /// The commands themselves.
    pub(super) commands: usize,
    /// Questions that read back.
    pub(super) reads: usize,
}

/// Short messages of a plan.
pub(super) fn messages(plan: &Plan) -> usize {
    plan.commands.iter().filter_map(crate::plan::Command::sms).sum()
}

impl Line {
    /// What a gateway's flags say.
    pub(super) fn flags(&self) -> Flags<'_> {
        Flags { ca_file: self.ca_file.as_deref(), webhook: self.webhook, dry_run: false }
    }

    pub(super) fn via(&self) -> Result<Via, Failure> {
        let via = self.via.parse::<Via>().map_err(|error| Failure::usage(&error).hint(error.hint()))?;
        let gateway = matches!(via, Via::Gateway { .. });
        for (flag, given) in [("--webhook", self.webhook.is_some()), ("--ca-file", self.ca_file.is_some())] {
            if given && !gateway {
                return Err(Failure::usage(format!("{flag} is for --via gateway:NAME")));
            }
        }
        Ok(via)
    }

    /// Asks before something costs money. `what` cannot be undone, where that is so.
    pub(super) fn agree(
        &self,
        via: &Via,
        to: Option<&Phone>,
        messages: &Messages,
        what: Option<String>,
        term: &mut Term,
    ) -> Result<(), Failure> {
        if self.yes {
            return Ok(());
        }
        let cost = match via {
            Via::Modem { .. } | Via::Gateway { .. } => Some(self.cost(to, messages)),
            // Nothing is paid for on a cable or in a rehearsal, and a person sees each message before it goes.
            Via::Cable { .. } | Via::Lab { .. } | Via::Manual => None,
        };
        let question = match (what, cost) {
            (Some(what), Some(cost)) => format!("{what}; {cost}"),
            (Some(what), None) => what,
            (None, Some(cost)) => cost,
            (None, None) => return Ok(()),
        };
        match term.ask_yes(&format!("{question}. Send?")) {
            Ok(true) => Ok(()),
            Ok(false) => Err(Failure::usage("nothing was sent")),
            Err(_) => Err(Failure::usage(question).hint("--yes sends without asking")),
        }
    }

    fn cost(&self, to: Option<&Phone>, messages: &Messages) -> String {
        let Messages { questions, commands, reads } = *messages;
        let all = questions + commands + reads;
        let parts = [(questions, "to recognise it"), (commands, "to set it"), (reads, "to read back")];
        let parts: Vec<String> =
            parts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
        let to = to.map(|phone| format!(" to {}", phone.as_str())).unwrap_or_default();
        let price = self.sms_price.map(|price| format!(", at most {}", price.times(all))).unwrap_or_default();
        format!("up to {all} short messages{to} ({}){price}", parts.join(", "))
    }

    /// Opens the courier for one tracker.
    pub(super) fn open(
        &self,
        via: &Via,
        context: &Context,
        profile: &Arc<Profile>,
        tracker: &Tracker,
        term: &mut Term,
    ) -> Result<Box<dyn Courier>, Failure> {
        let speeds = profile.form(FormName::Cable).map_or(&[][..], |form| &form.baud);
        self.open_at(via, context, profile, tracker, speeds, term)
    }

    /// The same with line speeds of one's own, none for the usual ones.
    pub(super) fn open_at(
        &self,
        via: &Via,
        context: &Context,
        profile: &Arc<Profile>,
        tracker: &Tracker,
        speeds: &[u32],
        term: &mut Term,
    ) -> Result<Box<dyn Courier>, Failure> {
        let patience = Patience { fixed: self.timeout.is_some(), ..Patience::default() };
        match via {
            Via::Cable { port, baud } => {
                let own = baud.map(|baud| [baud]);
                let speeds = own.as_ref().map_or(speeds, |own| &own[..]);
                let cable = courier::Cable::open(port, speeds).map_err(|trouble| busy(&trouble))?;
                Ok(Box::new(cable))
            }
            Via::Modem { port, .. } => {
                let options = modem_options(via, term)?;
                let (tell, news) = news();
                let post = courier::modem::open(port, options, tell).map_err(|trouble| busy(&trouble))?;
                Ok(Box::new(Correspondence::new(post, news, Recipient::from(tracker), patience)))
            }
            Via::Gateway { name } => {
                let (tell, news) = news();
                let post = gateway(name, self.ca_file.as_deref(), self.webhook, context, tell)?;
                Ok(Box::new(Correspondence::new(post, news, Recipient::from(tracker), patience)))
            }
            Via::Manual => Ok(Box::new(Manual::new(Technician::new(tracker.phone)))),
            Via::Lab { behaviour, profile: played, fault } => {
                let played = match played {
                    Some(name) => context.catalogue.find(name).map_err(|error| not_found(&error))?,
                    None => profile,
                };
                rehearsal::open(behaviour, fault, context, played, tracker, patience, term)
            }
        }
    }
}

/// Opens a gateway of the configuration.
pub(super) fn gateway(
    name: &str,
    ca_file: Option<&std::path::Path>,
    webhook: Option<std::net::SocketAddr>,
    context: &Context,
    tell: Tell,
) -> Result<Post, Failure> {
    let setup = setup(name, ca_file, webhook, context)?;
    courier::gateway::open(setup, tell).map_err(|error| Failure::machine(&error).maybe(error.hint()))
}

/// A gateway of the configuration, with what the command line adds.
pub(super) fn setup(
    name: &str,
    ca_file: Option<&std::path::Path>,
    webhook: Option<std::net::SocketAddr>,
    context: &Context,
) -> Result<Setup, Failure> {
    let mut setup = context.config.gateway(name)?;
    if let Some(path) = ca_file {
        setup.trust(path).map_err(|error| unset(&error))?;
    }
    if let Some(address) = webhook {
        setup.webhook(address).map_err(|error| unset(&error))?;
    }
    Ok(setup)
}

/// A gateway that is not set up as it should be.
fn unset(error: &SetupError) -> Failure {
    Failure::usage(error).maybe(error.hint())
}

/// The options of a modem that a `--via` gives.
pub(super) fn modem_options(via: &Via, term: &mut Term) -> Result<ModemOptions, Failure> {
    let Via::Modem { baud, accept, away, pin, .. } = via else { return Ok(ModemOptions::default()) };
    let pin = match pin {
        Some(source) => Some(fetch("pin=", None, source, term)?),
        None => None,
    };
    Ok(ModemOptions { baud: *baud, accept: *accept, away: *away, pin, ..ModemOptions::default() })
}

/// Where a courier tells its news, and where they are heard.
pub(super) fn news() -> (Tell, mpsc::Receiver<News>) {
    let (sender, receiver) = mpsc::channel();
    let tell = move |news| {
        // Whoever listened has gone: the courier is about to be closed.
        let _ = sender.send(news);
    };
    (Box::new(tell), receiver)
}

/// The form commands take on a way.
pub(super) fn form(via: &Via) -> FormName {
    match via {
        Via::Cable { .. } => FormName::Cable,
        Via::Modem { .. } | Via::Gateway { .. } | Via::Manual | Via::Lab { .. } => FormName::Sms,
    }
}

/// A port that does not open is this machine's fault, not the tracker's.
pub(super) fn busy(trouble: &Trouble) -> Failure {
    Failure::machine(trouble).maybe(trouble.hint())
}

/// A terminal for a dialogue beside the one that shows the result.
pub(super) fn beside() -> Term {
    Term::new(Volume::Normal)
}
