//! `homing lab`: the other side on its own, for this tool and for any other that talks to a modem or a gateway.

use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::{Read as _, Write as _};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use clap::{Args, ValueEnum};
use serde::Serialize;

use crate::fleet::{self, Defaults, Options, Problem, Severity, Sheet};
use crate::lab::{
    Behaviour, ECHO, FAULTS, Fault, Lab, LabOptions, Needs, StandIn, Subscriber, modem_number, tracker_number,
};
use crate::profile::Profile;
use crate::report;
use crate::tracker::{Country, HostPort, Phone, Tracker};
use crate::ui::{self, Exit, Failure, Term};

use super::context::{Context, Global, not_found};
use super::fleet::unreadable;
use super::rehearsal::other;

/// How often a lab without anything to do looks whether its log is whole.
const LOOK: Duration = Duration::from_millis(500);

/// The port of a server that is given without one: the platform's.
const PORT: u16 = 8888;

/// How trackers behave of which nothing else is said.
const OBEYS: &str = "obeys";

/// Virtual modems on pseudo-terminals, trackers behind their numbers, and an SMS gateway.
#[derive(Debug, Args)]
#[command(after_long_help = faults())]
pub(super) struct LabArgs {
    /// A CSV of trackers, whose column lab says how each behaves, or how many of --profile there are
    #[arg(long, value_name = "FILE|N", default_value = "0")]
    trackers: String,
    /// Profile of the trackers that name none
    #[arg(long, value_name = "ID")]
    profile: Option<String>,
    /// Country of numbers written without +, as CO or 57
    #[arg(long)]
    country: Option<Country>,
    /// How many modems there are
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=256))]
    modems: u16,
    /// Also answer as an SMS gateway here, on loopback: 127.0.0.1:0 takes any free port; definition capcom6, user and
    /// password lab
    #[arg(long, value_name = "ADDRESS:PORT")]
    gateway: Option<SocketAddr>,
    /// Trackers that are pointed at this server report to that address of loopback, which stands in for it
    #[arg(long, value_name = "HOST:PORT=ADDRESS:PORT", value_parser = stand_in)]
    stand_in: Vec<StandIn>,
    /// Let something go wrong, always or at a rate as cms=38:5%; --help lists what can
    #[arg(long, value_name = "NAME[=VALUE][:RATE]")]
    fault: Vec<Fault>,
    /// Decides when faults strike that do not always
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,
    /// Write every event here, one JSON object a line; with --verbose also every line of the modems
    #[arg(long, value_name = "FILE")]
    log: Option<PathBuf>,
    /// End when standard input ends, and not only by a signal
    #[arg(long)]
    until_eof: bool,
    /// Output
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    #[default]
    Text,
    /// One JSON document in one line
    Json,
}

/// `homing.lab/1`: where the lab can be reached. Written when it is ready.
#[derive(Debug, Serialize)]
struct Ready<'a> {
    schema: &'static str,
    /// What a client opens, one for each modem.
    ports: &'a [PathBuf],
    /// The modems' numbers, in the same order.
    numbers: Vec<String>,
    /// Where the gateway listens.
    gateway: Option<SocketAddr>,
    /// Whoever writes to this number gets the same text back.
    echo: &'static str,
    /// How many trackers there are.
    trackers: usize,
    /// The first number of trackers that were given as a number of them.
    first_tracker: Option<String>,
}

/// Reads HOST:PORT=ADDRESS:PORT.
fn stand_in(text: &str) -> Result<StandIn, String> {
    let read = || {
        let (server, at) = text.split_once('=')?;
        let HostPort { host, port } = HostPort::parse(server, PORT).ok()?;
        let at = at.parse().ok()?;
        Some(StandIn { host: host.to_string(), port, tcp: at, udp: at })
    };
    read().ok_or_else(|| {
        format!("\"{text}\" names no server and who stands in for it, as d.plaspy.com:8888=127.0.0.1:8888")
    })
}

/// What can go wrong, for the help.
fn faults() -> String {
    FAULTS.iter().fold("Faults:\n".to_owned(), |mut text, fault| {
        let value = match fault.needs {
            Needs::Nothing => "",
            Needs::Time => "=TIME",
            Needs::Code => "=NUMBER",
        };
        let _ = writeln!(text, "  {}{value}: {}", fault.name, fault.does);
        text
    })
}

impl LabArgs {
    pub(super) fn run(self, global: &Global, term: &mut Term) -> anyhow::Result<Exit> {
        let mut context = global.context()?;
        let profile = self.profile.as_deref().map(|id| context.profile(id)).transpose()?;
        let count: Option<usize> = self.trackers.parse().ok();
        let subscribers = match count {
            Some(count) => identical(count, profile.as_ref(), &context)?,
            None => self.fleet(profile.as_deref(), &context, term)?,
        };
        let trackers = subscribers.len();
        let options = LabOptions {
            modems: usize::from(self.modems),
            subscribers,
            faults: self.fault.clone(),
            seed: self.seed,
            log: self.log.as_deref().map(log).transpose()?,
            verbose: global.verbose,
            gateway: self.gateway,
            stand_ins: self.stand_in.clone(),
        };
        let lab = Lab::start(options).map_err(Failure::machine)?;
        let numbers = (0..lab.ports().len()).map(modem_number).collect();
        let ready = Ready {
            schema: "homing.lab/1",
            ports: lab.ports(),
            numbers,
            gateway: lab.gateway(),
            echo: ECHO,
            trackers,
            first_tracker: count.filter(|count| *count > 0).map(|_| tracker_number(0)),
        };
        self.tell(&ready, term)?;
        self.wait(&lab)
    }

    /// Says where the lab can be reached.
    fn tell(&self, ready: &Ready<'_>, term: &mut Term) -> anyhow::Result<()> {
        if self.format == Format::Json {
            report::compact(&mut *term, ready)?;
            term.line("");
        } else {
            for (port, number) in ready.ports.iter().zip(&ready.numbers) {
                term.line(format!("modem     {}  {number}", port.display()));
            }
            if let Some(gateway) = ready.gateway {
                let words = "definition capcom6, user lab, password lab";
                term.line(format!("gateway   http://{gateway}  {words}"));
            }
            term.line(format!("echo      {}", ready.echo));
            let first = ready.first_tracker.as_ref().map(|first| format!(", from {first} on"));
            term.line(format!("trackers  {}{}", ready.trackers, first.unwrap_or_default()));
        }
        Ok(term.flush()?)
    }

    /// Until a signal comes, or standard input ends where that was asked for.
    fn wait(&self, lab: &Lab) -> anyhow::Result<Exit> {
        if self.until_eof {
            std::io::stdin().lock().read_to_end(&mut Vec::new())?;
        }
        loop {
            if let Some(trouble) = lab.trouble() {
                return Err(Failure::machine(format!("the lab's log cannot be written: {trouble}")).into());
            }
            if self.until_eof {
                return Ok(Exit::Done);
            }
            std::thread::sleep(LOOK);
        }
    }

    /// The trackers of a CSV.
    fn fleet(
        &self,
        profile: Option<&Profile>,
        context: &Context,
        term: &mut Term,
    ) -> Result<Vec<Subscriber>, Failure> {
        let name = self.trackers.as_str();
        let mut defaults = Defaults::new();
        if let Some(profile) = profile {
            defaults.set("profile", profile.id.value.clone()).map_err(Failure::usage)?;
        }
        let find = |text: &str| {
            let found = context.catalogue.find(text).map_err(|error| error.to_string());
            found.map(|profile| profile.id.value.clone())
        };
        let takes = |id: &str| context.find(id).map(|profile| profile.servers.clone()).unwrap_or_default();
        let options = Options {
            country: self.country,
            defaults,
            directory: &context.servers,
            profiles: &find,
            auto: None,
            takes: &takes,
        };
        let mut sheet = Sheet::open(name).map_err(|error| unreadable(&error))?;
        let mut sink = |problem: Problem| tell(name, &problem, term);
        let checked = fleet::check(&mut sheet, &options, &mut |_| Vec::new(), &mut sink);
        let checked = checked.map_err(|error| unreadable(&error))?;
        if !checked.is_clean() {
            return Err(Failure::usage(format!("{name} has errors, and the lab was not started")));
        }
        let mut subscribers = Vec::new();
        for tracker in fleet::trackers(&mut sheet, &options, &checked) {
            subscribers.push(subscriber(name, tracker.map_err(|error| unreadable(&error))?, context)?);
        }
        Ok(subscribers)
    }
}

/// Only errors: whoever sends to these trackers is told the rest.
fn tell(file: &str, problem: &Problem, term: &mut Term) {
    let Problem { line, column, value, message, fix, severity, .. } = problem;
    if *severity == Severity::Error {
        let (column, value) = (column.as_deref(), value.as_deref());
        let text = ui::findings::problem(file, *line, column, value, message, fix.as_deref());
        term.err(&format!("error: {text}"));
    }
}

/// The tracker of a row, which behaves as its column `lab` says.
pub(super) fn subscriber(file: &str, tracker: Tracker, context: &Context) -> Result<Subscriber, Failure> {
    let profile =
        context.catalogue.find(&tracker.profile).map(Arc::clone).map_err(|error| not_found(&error))?;
    let lab = tracker.extra.iter().find(|(column, _)| column == "lab").map(|(_, text)| text.as_str());
    let behaviour: Behaviour =
        lab.filter(|text| !text.is_empty()).unwrap_or(OBEYS).parse().map_err(|error| {
            let line = tracker.line.unwrap_or_default();
            Failure::usage(format!("{file}:{line}: lab: {error}"))
        })?;
    Ok(Subscriber { other: other(&profile, context), tracker, profile, behaviour })
}

/// So many trackers of one family, with numbers in a row.
fn identical(
    count: usize,
    profile: Option<&Arc<Profile>>,
    context: &Context,
) -> Result<Vec<Subscriber>, Failure> {
    let profile = match profile {
        Some(profile) => profile,
        None if count == 0 => return Ok(Vec::new()),
        None => {
            return Err(Failure::usage(format!("--trackers {count} does not say which trackers"))
                .hint("name their profile: --profile istartek-pt32; `homing profile list` shows all"));
        }
    };
    if count > 1_000_000 {
        return Err(Failure::usage(format!(
            "--trackers {count} is more than the lab has numbers for: 1000000"
        )));
    }
    let other = other(profile, context);
    let behaviour: Behaviour = OBEYS.parse().map_err(Failure::machine)?;
    let each = |index| Subscriber {
        tracker: Tracker {
            profile: profile.id.value.clone(),
            phone: Phone::parse(&tracker_number(index), None).ok(),
            ..Tracker::default()
        },
        profile: Arc::clone(profile),
        behaviour,
        other: other.clone(),
    };
    Ok((0..count).map(each).collect())
}

/// A log of one's own: it holds what is sent to trackers, passwords too.
fn log(path: &Path) -> Result<Box<dyn std::io::Write + Send>, Failure> {
    let mut options = OpenOptions::new();
    options.create(true).write(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path);
    let file =
        file.map_err(|error| Failure::machine(format!("{} cannot be written: {error}", path.display())))?;
    Ok(Box::new(file))
}
