//! The command line: arguments per subcommand, and a `run` that reads like a table of contents.
//! Here the rooms meet; what they do is theirs.

mod apn;
mod batch;
mod check;
mod config;
mod context;
mod decode;
mod ending;
mod estimate;
mod files;
mod flags;
mod fleet;
mod forewarn;
mod gateway;
mod generate;
mod identify;
mod lab;
mod listen;
mod locate;
mod modem;
mod opening;
mod person;
mod port;
mod probe;
mod problems;
mod profile;
mod protocols;
mod rehearsal;
mod route;
mod secrets;
mod send;
mod simulate;
mod talk;
mod tracker;
mod verify;
mod writer;

use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, Parser, Subcommand};

use crate::ui::{Exit, Failure, Term, Volume};
pub use context::Global;

/// Points GPS trackers at their server and proves that they arrive.
#[derive(Debug, Parser)]
#[command(name = "homing", version, max_term_width = 100, arg_required_else_help = true, after_help = AFTER)]
pub struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

const AFTER: &str = "\
First steps:
  homing profile find PT32                       which profile serves a tracker
  homing generate istartek-pt32 --apn internet   the exact commands for one
  homing generate PT32 --apn internet --phone +447700900101 --format qr
                                                 QR codes for a phone's SMS app
  homing generate --fleet fleet.csv              for a CSV, every row checked
  homing send istartek-pt32 --apn internet --via cable:/dev/ttyUSB0
                                                 send them and read them back

Exit codes: 0 done and proven, 1 something failed, 2 wrong usage or bad input
(nothing was sent), 3 not proven either way, 4 this machine's own fault,
130 interrupted.";

#[derive(Debug, Subcommand)]
enum Command {
    /// Show the exact commands for one tracker or a whole CSV
    Generate(generate::Generate),
    /// Send one tracker's commands now, wait for each answer, read the settings back
    Send(send::Send),
    /// The same for a CSV, through a journal: run, status, resume, report
    Batch(batch::BatchArgs),
    /// Read the settings back and compare them with what they should be
    Verify(verify::Verify),
    /// Find out which dialect a tracker obeys, by questions that change nothing
    Identify(identify::Identify),
    /// Ask a tracker where it is; its buzzer or light where a source gives the command
    Locate(locate::Locate),
    /// Is the server reachable: DNS, TCP and UDP, each with a verdict and what to do
    Probe(probe::Probe),
    /// Explain captured bytes: which protocol, every field, what is wrong
    Decode(decode::Decode),
    /// The loopback check: generated and golden frames over real sockets, every field compared
    Check(check::Check),
    /// Stand in for the server: show what trackers say, answer, relay, record
    Listen(listen::Listen),
    /// Be one tracker or many towards a server; on this machine unless it is allowed to leave it
    Simulate(simulate::Simulate),
    /// The access point of a SIM card: which ones are known, and which one --apn auto takes
    Apn(apn::ApnArgs),
    /// What a plan and an interval cost: SMS, bytes a day, days of a battery
    Estimate(estimate::EstimateArgs),
    /// The catalogue of tracker families
    Profile(profile::ProfileArgs),
    /// The serial ports of this machine
    Port(port::PortArgs),
    /// A GSM modem: what it is, whether it could send, what lies in its stores
    Modem(modem::ModemArgs),
    /// SMS gateways: what is known of each, and whether one takes its credentials
    Gateway(gateway::GatewayArgs),
    /// A rehearsal: virtual modems, trackers behind their numbers, an SMS gateway
    Lab(lab::LabArgs),
    /// Print the completion script for a shell
    Completions(Completions),
}

/// Print the completion script for a shell.
#[derive(Debug, clap::Args)]
struct Completions {
    /// The shell
    shell: clap_complete::Shell,
}

/// The whole program: returns what the shell sees.
#[must_use]
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return usage(&error),
    };
    let mut term = Term::new(cli.global.volume());
    let ended = run(cli, &mut term);
    let flushed = term.finish();
    let exit = match (ended, flushed) {
        (Ok(exit), Ok(())) => exit,
        (Ok(exit), Err(error)) => {
            term.error(&format!("the result could not be written: {error}"), None);
            exit.and(Exit::Machine)
        }
        (Err(error), _) => report(&mut term, &error),
    };
    ExitCode::from(exit.code())
}

/// Help and version are results; anything else clap says is a wrong usage.
fn usage(error: &clap::Error) -> ExitCode {
    let mut term = Term::new(Volume::Normal);
    let text = error.render();
    if error.use_stderr() && asks_for_nagios() {
        // A monitoring system reads one line of standard output, and 3 is its word for "cannot tell".
        let text = text.to_string();
        let first = text.lines().next().unwrap_or_default().trim_start_matches("error: ");
        term.line(format!("PROBE UNKNOWN - wrong usage: {}", crate::ui::escape(first)));
        let _ = term.finish();
        return ExitCode::from(3);
    }
    let exit = if error.use_stderr() { Exit::Usage } else { Exit::Done };
    term.page(&text.to_string(), &text.ansi().to_string(), exit != Exit::Done);
    if lacks(error, "--via") {
        term.err("hint: --via cable:/dev/ttyUSB0, modem:/dev/ttyUSB2 or gateway:NAME sends; manual leaves it to you and your phone; lab is a rehearsal");
    }
    let exit = if term.finish().is_err() { exit.and(Exit::Machine) } else { exit };
    ExitCode::from(exit.code())
}

/// Whether a flag that must be given is missing.
fn lacks(error: &clap::Error, flag: &str) -> bool {
    let missing = error.kind() == ErrorKind::MissingRequiredArgument;
    let names = error.get(ContextKind::InvalidArg);
    missing
        && matches!(names, Some(ContextValue::Strings(names)) if names.iter().any(|name| name.starts_with(flag)))
}

/// Whether the command line asks for a plugin's output, whatever else is wrong with it.
fn asks_for_nagios() -> bool {
    let words: Vec<_> = std::env::args_os().collect();
    words.iter().any(|word| word == "--format=nagios")
        || words.windows(2).any(|pair| pair[0] == "--format" && pair[1] == "nagios")
}

fn report(term: &mut Term, error: &anyhow::Error) -> Exit {
    if let Some(failure) = error.downcast_ref::<Failure>() {
        term.error(&failure.message, failure.hint.as_deref());
        return failure.exit;
    }
    term.error(&format!("{error:#}"), None);
    Exit::Machine
}

fn run(cli: Cli, term: &mut Term) -> anyhow::Result<Exit> {
    let global = cli.global;
    match cli.command {
        Command::Generate(generate) => generate.run(&global, term),
        Command::Send(send) => send.run(&global, term),
        Command::Batch(batch) => batch.run(&global, term),
        Command::Verify(verify) => verify.run(&global, term),
        Command::Identify(identify) => identify.run(&global, term),
        Command::Locate(locate) => locate.run(&global, term),
        Command::Probe(probe) => probe.run(&global, term),
        Command::Decode(decode) => decode.run(term),
        Command::Check(check) => check.run(term),
        Command::Listen(listen) => listen.run(&global, term),
        Command::Simulate(simulate) => simulate.run(&global, term),
        Command::Apn(apn) => apn.run(term),
        Command::Estimate(estimate) => estimate.run(&global, term),
        Command::Profile(profile) => profile.run(&global, term),
        Command::Port(port) => port.run(term),
        Command::Modem(modem) => modem.run(term),
        Command::Gateway(gateway) => gateway.run(&global, term),
        Command::Lab(lab) => lab.run(&global, term),
        Command::Completions(completions) => {
            let mut script = Vec::new();
            clap_complete::generate(completions.shell, &mut Cli::command(), "homing", &mut script);
            term.text(&String::from_utf8_lossy(&script));
            Ok(Exit::Done)
        }
    }
}

impl Global {
    fn volume(&self) -> Volume {
        match (self.quiet, self.verbose) {
            (true, _) => Volume::Quiet,
            (false, true) => Volume::Verbose,
            (false, false) => Volume::Normal,
        }
    }
}
