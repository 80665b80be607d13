//! `homing simulate`: be one tracker or many towards a server. On this machine with identities that no tracker has;
//! anywhere else only with consent and with identities of the user's own.

mod who;

use std::net::{IpAddr, Ipv4Addr, SocketAddr, ToSocketAddrs};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::{Args, ValueEnum};
use tokio::sync::oneshot;

use crate::probe::raise_limits;
use crate::report::{self, SimulatedRun};
use crate::run::Interruptible;
use crate::simulate::{Asked, Consent, Counts, FAULTS, Means, Options, SimulateError, Track, simulate};
use crate::tracker::{Host, HostPort};
use crate::ui::term::escape;
use crate::ui::{Exit, Failure, Term};
use crate::units::parse_duration;
use crate::wire::{PROTOCOLS, Protocol, Transport, by_name};

use super::context::Global;
use super::files::read_text;
use super::protocols::protocol;

/// Be one tracker or many towards a server; on this machine unless it is allowed to leave it.
#[derive(Debug, Args)]
#[command(after_long_help = faults())]
pub(super) struct Simulate {
    /// A protocol (startek, gt06, …), or a profile whose trackers speak one
    #[arg(value_name = "PROTOCOL|PROFILE")]
    what: String,
    /// The server: HOST[:PORT][/tcp|/udp]; the port is 8888 and the transport tcp unless given
    #[arg(long, value_name = "ENDPOINT")]
    to: String,
    /// How many trackers
    #[arg(long, value_name = "N", conflicts_with_all = ["imei", "imeis"])]
    count: Option<u64>,
    /// The IMEI of a tracker; may be given several times
    #[arg(long, value_name = "IMEI")]
    imei: Vec<String>,
    /// A file with an IMEI a line
    #[arg(long, value_name = "FILE")]
    imeis: Option<PathBuf>,
    /// The way that they take: GPX or GeoJSON; else a loop of four kilometres
    #[arg(long, value_name = "FILE")]
    track: Option<PathBuf>,
    /// How fast they go, km/h
    #[arg(long, value_name = "KMH", default_value_t = 40, value_parser = clap::value_parser!(u8).range(0..=250))]
    speed: u8,
    /// From one position of a tracker to its next
    #[arg(long, value_name = "TIME", default_value = "10s", value_parser = parse_duration)]
    interval: Duration,
    /// End after so many positions of each tracker
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    messages: Option<u64>,
    /// End after this time
    #[arg(long = "for", value_name = "TIME", value_parser = parse_duration)]
    lasts: Option<Duration>,
    /// Let positions ask to be confirmed, where the protocol knows that
    #[arg(long)]
    confirmed: bool,
    /// Let something go wrong; --help lists what can
    #[arg(long, value_name = "NAME[=VALUE]")]
    fault: Vec<Asked>,
    /// Decides when faults strike that do not always
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Send to another machine; it wants --imei or --imeis, and a server whose owner agrees
    #[arg(long)]
    yes_really_send: bool,
    /// Look up the name of the server
    #[arg(long)]
    resolve: bool,
    /// Output
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    #[default]
    Text,
    /// One JSON document
    Json,
}

/// What can go wrong, for the help.
fn faults() -> String {
    let mut text = "Faults:\n".to_owned();
    for fault in FAULTS {
        let value = match fault.means {
            Means::Rate => "[=RATE]",
            Means::Shift => "=SHIFT",
        };
        text.push_str(&format!("  {}{value}: {}\n", fault.name, fault.does));
    }
    text.push_str(
        "\nExit codes: 0 all was sent, and logins were answered, 1 the server was not reached or hung up,\n\
         2 wrong usage (nothing was sent), 3 logins stayed unanswered, 4 this machine's own fault,\n130 interrupted.",
    );
    text
}

/// The port of the platform.
const PORT: u16 = 8888;

/// The shortest interval towards another machine.
const POLITE: Duration = Duration::from_secs(1);

impl Simulate {
    pub(super) fn run(self, global: &Global, term: &mut Term) -> anyhow::Result<Exit> {
        let options = self.options(global, term)?;
        options.check().map_err(|error| failure(&error))?;
        self.tell(&options, term);
        raise_limits();
        let began = Instant::now();
        let (counts, interrupted) = go(options.clone(), term)?;
        let exit = exit(&counts, interrupted);
        let run = SimulatedRun {
            protocol: options.protocol,
            transport: options.transport,
            to: options.to,
            ended: if interrupted { "interrupted" } else { "complete" },
            exit: exit.code(),
            took: began.elapsed(),
        };
        match self.format {
            Format::Json => report::pretty(&mut *term, &report::simulated(&run, &counts))?,
            Format::Text => crate::ui::simulate::write(term, &run, &counts),
        }
        Ok(exit)
    }

    fn options(&self, global: &Global, term: &mut Term) -> Result<Options, Failure> {
        let (to, transport) = self.endpoint()?;
        let protocol = self.protocol(global, transport, term)?;
        let consent = if self.yes_really_send { Consent::Given } else { Consent::Loopback };
        if !to.ip().is_loopback() && self.interval < POLITE {
            return Err(Failure::usage(format!(
                "--interval {} would hurry a server that is not this machine: at least 1s lies between two positions",
                crate::units::show_duration(self.interval)
            )));
        }
        let track = match &self.track {
            None => Track::built_in(),
            Some(path) => Track::read(&read_text(path)?)
                .map_err(|error| Failure::usage(format!("{} is no track: {error}", path.display())))?,
        };
        Ok(Options {
            protocol,
            transport,
            to,
            consent,
            ids: self.who(protocol, to)?,
            track: Arc::new(track),
            speed_kmh: f64::from(self.speed),
            interval: self.interval.max(Duration::from_millis(1)),
            messages: self.messages,
            lasts: self.lasts,
            confirmed: self.confirmed,
            faults: self.fault.iter().copied().collect(),
            seed: self.seed,
        })
    }

    /// Where to, and by what.
    fn endpoint(&self) -> Result<(SocketAddr, Transport), Failure> {
        let (place, transport) = match self.to.rsplit_once('/') {
            None => (self.to.as_str(), Transport::Tcp),
            Some((place, "tcp")) => (place, Transport::Tcp),
            Some((place, "udp")) => (place, Transport::Udp),
            Some((_, other)) => {
                return Err(Failure::usage(format!(
                    "--to {} ends in `/{other}`, which is no transport",
                    self.to
                ))
                .hint("write /tcp or /udp behind it, or nothing for tcp"));
            }
        };
        let HostPort { host, port } = HostPort::parse(place, PORT)
            .map_err(|error| Failure::usage(format!("--to {}: {error}", self.to)))?;
        let address = match host {
            Host::V4(address) => SocketAddr::new(IpAddr::V4(address), port),
            Host::V6(address) => SocketAddr::new(IpAddr::V6(address), port),
            // This name needs no server to be asked (RFC 6761, 6.3).
            Host::Domain(name) if name.eq_ignore_ascii_case("localhost") => {
                SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port)
            }
            Host::Domain(name) if self.resolve => look_up(&name, port)?,
            Host::Domain(name) => {
                return Err(Failure::usage(format!(
                    "--to {name} is a name, and none is looked up unless you say so"
                ))
                .hint("add --resolve, or give an address; 127.0.0.1 is this machine"));
            }
        };
        Ok((address, transport))
    }

    /// The protocol itself, or the first that is known of those that a profile's trackers speak.
    fn protocol(
        &self,
        global: &Global,
        transport: Transport,
        term: &mut Term,
    ) -> Result<&'static Protocol, Failure> {
        if by_name(&self.what).is_some() {
            return protocol(&self.what);
        }
        let mut context = global.context()?;
        let profile = context.profile(&self.what).map_err(|failure| {
            let names: Vec<&str> = PROTOCOLS.into_iter().map(|protocol| protocol.name).collect();
            let hint = failure.hint.unwrap_or_default();
            Failure::usage(format!("`{}` is neither a protocol nor a profile", self.what)).hint(format!(
                "the protocols are {}{}{hint}",
                names.join(", "),
                if hint.is_empty() { "" } else { "; " }
            ))
        })?;
        let spoken: Vec<&'static Protocol> = profile.uplink.iter().filter_map(|name| by_name(name)).collect();
        let fits = spoken.iter().find(|protocol| protocol.transports.contains(&transport)).or(spoken.first());
        let Some(protocol) = fits else {
            return Err(Failure::usage(format!(
                "the profile {} names no protocol that is known here",
                self.what
            ))
            .hint("name the protocol instead of the profile"));
        };
        if spoken.len() > 1 {
            let others: Vec<&str> = spoken.iter().map(|protocol| protocol.name).collect();
            term.note(&format!(
                "{} may speak {}: {} is taken; name another protocol to be that",
                profile.name,
                others.join(", "),
                protocol.name
            ));
        }
        Ok(protocol)
    }

    fn tell(&self, options: &Options, term: &mut Term) {
        let count = options.ids.len();
        let plural = if count == 1 { "" } else { "s" };
        term.note(&format!(
            "{count} {} tracker{plural} towards {}/{}",
            options.protocol.name,
            options.to,
            options.transport.word()
        ));
        if self.messages.is_none() && self.lasts.is_none() {
            term.note("they go on until Ctrl-C; --messages or --for would end them");
        }
    }
}

fn look_up(name: &str, port: u16) -> Result<SocketAddr, Failure> {
    let found = (name, port).to_socket_addrs();
    let found = found.map_err(|error| Failure::machine(format!("{name} has no address: {error}")))?;
    let mut found: Vec<SocketAddr> = found.collect();
    found.sort_by_key(SocketAddr::is_ipv6);
    found.first().copied().ok_or_else(|| Failure::machine(format!("{name} has no address")))
}

fn failure(error: &SimulateError) -> Failure {
    let hint = match error {
        SimulateError::NotAllowed(_) => Some(
            "--yes-really-send with --imei or --imeis, if its owner agrees; `homing listen` is a server on this machine",
        ),
        SimulateError::Transport { transport: Transport::Udp, .. } => Some("write /tcp behind the endpoint"),
        SimulateError::Transport { .. } => Some("write /udp behind the endpoint"),
        SimulateError::NoChecksum { .. } => Some("leave out --fault bad-checksum, or take startek or gt06"),
        SimulateError::Encode(_) | SimulateError::Nobody => None,
    };
    Failure::usage(error).maybe(hint.map(str::to_owned))
}

/// Lets them run. Says what they did, and whether a person ended it.
fn go(options: Options, term: &mut Term) -> anyhow::Result<(Counts, bool)> {
    let (stop, stopped) = oneshot::channel();
    let _interruptible = Interruptible::new(move || {
        // A run that has ended already has nothing to be told.
        let _ = stop.send(());
    });
    let spinner = term.spinner("sending");
    let mut interrupted = false;
    let person = async {
        if stopped.await.is_err() {
            // Somebody else is told of Ctrl-C now: this goes on.
            std::future::pending::<()>().await;
        }
        interrupted = true;
    };
    let mut told = false;
    let show = |counts: &Counts| {
        spinner.set_message(format!("{} sent, {} answers", counts.sent, counts.answers));
        // Nobody is to wait for what will not come without knowing why.
        if let Some(trouble) = counts.trouble.as_ref().filter(|_| !std::mem::replace(&mut told, true)) {
            spinner.suspend(|| {
                term.note(&format!("{}; it is tried again, with growing pauses", escape(trouble)));
            });
        }
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let counts = runtime.block_on(simulate(options, person, show)).map_err(|error| failure(&error))?;
    spinner.finish_and_clear();
    Ok((counts, interrupted))
}

fn exit(counts: &Counts, interrupted: bool) -> Exit {
    match counts {
        _ if interrupted => Exit::Interrupted,
        Counts { refused: 1.., .. } | Counts { lost: 1.., .. } => Exit::Failed,
        Counts { unanswered: 1.., .. } | Counts { sent: 0, .. } => Exit::Unproven,
        _ => Exit::Done,
    }
}
