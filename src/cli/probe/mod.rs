//! `homing probe`: is the server reachable. By default it asks DNS and TCP, sends no application byte, and asks Plaspy
//! by name and by address.

mod ask;
mod nat;
mod show;
mod watch;

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};

use crate::probe::{self, Judgement, Outcome, State};
use crate::ui::probe::nagios_unknown;
use crate::ui::{Exit, Failure, Term};
use crate::units::parse_duration;

use super::context::Global;
use show::Show;

/// Is the server reachable: DNS, TCP and UDP, with the evidence.
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(super) struct Probe {
    /// HOST[:PORT][/tcp|/udp], or a server of the configuration; the port is 8888 unless given
    /// [default: Plaspy, by name and by address]
    endpoint: Vec<String>,
    /// More endpoints, one a line; `-` is standard input
    #[arg(long, value_name = "FILE")]
    file: Vec<PathBuf>,
    /// Only the transports that this profile's trackers can use
    #[arg(long, value_name = "PROFILE")]
    profile: Option<String>,
    /// Output
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Write json, junit or prometheus to this file, whole or not at all
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Say what would be sent, and send nothing
    #[arg(short = 'n', long)]
    dry_run: bool,
    #[command(flatten)]
    what: What,
    #[command(flatten)]
    how: How,
    #[command(flatten)]
    count: Count,
    #[command(flatten)]
    nat: Nat,
}

/// How long this network keeps a way open.
#[derive(Debug, Args)]
#[command(next_help_heading = "How long a silent way stays open")]
struct Nat {
    /// Measure how long this network keeps an idle way open, against `homing listen --echo` of your own at ENDPOINT
    #[arg(long, conflicts_with_all = ["payload", "imei", "every", "tries", "confirm"])]
    nat: bool,
    /// The same over TCP against any server, without a byte: at most 6 connections, watched by the system's keep-alive
    #[arg(long, conflicts_with_all = ["payload", "imei", "every", "tries", "confirm"])]
    nat_keep_alive: bool,
    /// The longest silence that is tried
    #[arg(long, value_name = "TIME", default_value = "5m", value_parser = parse_duration)]
    nat_up_to: Duration,
}

/// What is said and expected.
#[derive(Debug, Args)]
#[command(next_help_heading = "What is asked")]
struct What {
    /// Say who a tracker of yours is, in its protocol, and wait for the server's acknowledgement; never a position
    #[arg(long, value_name = "IMEI", requires = "protocol", conflicts_with = "payload")]
    imei: Option<String>,
    /// The protocol to speak: gt06, eelink, jt808, meiligao or watch
    #[arg(long, value_name = "NAME", requires = "imei")]
    protocol: Option<String>,
    /// Send these bytes and wait for an answer: hex:… or text:… (with \r \n \t \0 \\ \xHH); counts for TCP and UDP
    #[arg(long, value_name = "BYTES")]
    payload: Option<String>,
    /// What the answer has to hold: re:…, hex:… or text:…; without it any answer counts
    #[arg(long, value_name = "BYTES", requires = "payload")]
    expect: Option<String>,
    /// An address that the names must lead to; else it is a failure
    #[arg(long, value_name = "ADDRESS")]
    expect_ip: Vec<std::net::IpAddr>,
    /// Ask this DNS server in place of the system's resolver: ADDRESS[:PORT]
    #[arg(long, value_name = "SERVER")]
    dns: Option<String>,
    /// Only IPv4 addresses
    #[arg(short = '4', long, conflicts_with = "ipv6")]
    ipv4: bool,
    /// Only IPv6 addresses
    #[arg(short = '6', long)]
    ipv6: bool,
}

/// From where, how long and how often.
#[derive(Debug, Args)]
#[command(next_help_heading = "How it is asked")]
struct How {
    /// Go out from this address of the machine
    #[arg(long, value_name = "ADDRESS")]
    source: Option<std::net::IpAddr>,
    /// Go out through this network interface
    #[arg(long, value_name = "NAME")]
    interface: Option<String>,
    /// Wait so long for a connection, for an answer, and for a name; less than 4s cannot prove a silent drop
    #[arg(long, value_name = "TIME", default_value = "5s", value_parser = parse_duration)]
    timeout: Duration,
    /// Watch an idle connection so long: a server that hangs up within it is not reachable
    #[arg(long, value_name = "TIME", default_value = "1s", value_parser = parse_duration)]
    hold: Duration,
    /// Try each address so often, and give figures
    #[arg(long, value_name = "N", default_value_t = 1, conflicts_with = "confirm")]
    tries: u32,
    /// A failure counts only if it repeats, as in 2/3: two of at most three tries
    #[arg(long, value_name = "K/N")]
    confirm: Option<String>,
    /// Between two tries of one address; less than 1s only towards this machine itself
    #[arg(long, value_name = "TIME", default_value = "1s", value_parser = parse_duration)]
    spacing: Duration,
    /// End the whole run after this time, with what is known by then
    #[arg(long, value_name = "TIME", value_parser = parse_duration)]
    deadline: Option<Duration>,
    /// Go on: again every so often, at least 10s; changes stand out, Ctrl-C ends with a summary
    #[arg(long, value_name = "TIME", value_parser = parse_duration)]
    every: Option<Duration>,
}

/// What counts as what.
#[derive(Debug, Args)]
#[command(next_help_heading = "What counts")]
struct Count {
    /// Warn when an address takes longer: a range in milliseconds, as 200 or 10:200
    #[arg(long, value_name = "RANGE")]
    warn: Option<String>,
    /// Fail when an address takes longer
    #[arg(long, value_name = "RANGE")]
    critical: Option<String>,
    /// How what is not proven counts [default: exit 3; for nagios, WARNING]
    #[arg(long, value_enum)]
    inconclusive: Option<Inconclusive>,
}

const AFTER: &str = "\
Examples:
  homing probe                                   Plaspy: DNS and TCP, nothing sent
  homing probe track.example:5023 10.0.0.7/tcp   other servers
  homing probe --payload hex:7878… --expect hex:7878 track.example:5023/udp
                                                 UDP, which only an answer proves
  homing probe --imei 86… --protocol gt06 gps.example.org:5023
                                                 logs a tracker of yours in, sends no position
  homing probe --format nagios --critical 2000   a plugin for monitoring
  homing probe --nat gps.example.org:8888        how often a heartbeat is needed here

UDP without an answer proves nothing: it is open-or-filtered and never good.";

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// The verdict in one line, then a table
    #[default]
    Table,
    /// One JSON document
    Json,
    /// One JSON object a line, as it goes
    Ndjson,
    /// A monitoring plugin's line and exit code
    Nagios,
    /// Metrics for the textfile collector
    Prometheus,
    /// JUnit XML
    Junit,
    /// GitHub Actions annotations, and the job's summary
    Github,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Inconclusive {
    /// As good
    Ok,
    /// As good, with a warning
    Warn,
    /// As failed
    Fail,
}

impl Probe {
    pub(super) fn run(self, global: &Global, term: &mut Term) -> anyhow::Result<Exit> {
        let plugin = self.format == Format::Nagios;
        match self.go(global, term) {
            // A plugin says on standard output why it could not begin, and that nothing is known.
            Err(error) if plugin => {
                term.text(&nagios_unknown(&format!("{error:#}")));
                if let Some(failure) = error.downcast_ref::<Failure>() {
                    term.hint(failure.hint.as_deref());
                }
                Ok(exit_of_plugin(State::Unknown))
            }
            ended => ended,
        }
    }

    fn go(self, global: &Global, term: &mut Term) -> anyhow::Result<Exit> {
        if self.measures() {
            probe::raise_limits();
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            let ended = runtime.block_on(self.measure(global, term));
            runtime.shutdown_background();
            return ended;
        }
        let show = Show::new(self.format, self.output.clone(), self.how.every.is_some())?;
        let asked = self.asked(global)?;
        if self.dry_run {
            asked.tell(term);
            return Ok(Exit::Done);
        }
        probe::raise_limits();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let ended = runtime.block_on(watch::run(&asked, &show, term));
        // A system resolver that hangs is not waited for.
        runtime.shutdown_background();
        ended
    }
}

/// The exit code of a round.
fn exit(judgement: &Judgement) -> Exit {
    let exit = match judgement.outcome {
        Outcome::Good => Exit::Done,
        Outcome::Unproven => Exit::Unproven,
        Outcome::Failed => Exit::Failed,
        Outcome::Machine => Exit::Machine,
    };
    if judgement.interrupted { exit.and(Exit::Interrupted) } else { exit }
}

/// The codes of plugins are other ones than this program's; here is the exit with the same number.
fn exit_of_plugin(state: State) -> Exit {
    match state {
        State::Ok => Exit::Done,
        State::Warning => Exit::Failed,
        State::Critical => Exit::Usage,
        State::Unknown => Exit::Unproven,
    }
}

/// What the shell sees of a round in this format.
fn code(format: Format, judgement: &Judgement) -> Exit {
    match format {
        Format::Nagios => exit_of_plugin(judgement.state),
        _ => exit(judgement),
    }
}
