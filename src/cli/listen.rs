//! `homing listen`: stands in for the server, shows what trackers say, and answers as their protocols ask; or stands
//! between a tracker and its server and shows both.

mod errand;
pub(super) mod place;
mod show;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::sync_channel;
use std::time::Duration;

use clap::{Args, ValueEnum};
use tokio::sync::oneshot;

use super::context::Global;
use crate::probe::raise_limits;
use crate::run::Interruptible;
use crate::serve::{self, Bound, Ended, Limits, Mode, Options, ServeError, Summary};
use crate::ui::{Exit, Failure, Term};
use crate::units::parse_duration;

use errand::{Command, Follow, SendArgs, settle};
use show::{Show, Stage};

/// Stand in for the server: show what trackers say, and answer as their protocols ask.
#[derive(Debug, Args)]
#[command(after_help = AFTER)]
pub(super) struct Listen {
    /// Take connections here: PORT (on this machine only), ADDRESS, or ADDRESS:PORT; port 0 is any free one
    /// [default: 127.0.0.1:8888, with --udp too]
    #[arg(long, value_name = "ADDR", value_parser = place::listen)]
    tcp: Vec<SocketAddr>,
    /// Take datagrams here
    #[arg(long, value_name = "ADDR", value_parser = place::listen)]
    udp: Vec<SocketAddr>,
    /// Pass everything on to this server unchanged, and what it says back, and show both
    #[arg(long, value_name = "HOST:PORT", conflicts_with = "echo")]
    relay: Option<String>,
    /// Send everything back as it came, for measuring what lies on the way
    #[arg(long)]
    echo: bool,
    /// Write what came to this file, for homing decode: a log, or a packet capture when its name ends in .pcap
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
    /// Output
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// End after this time
    #[arg(long = "for", value_name = "TIME", value_parser = parse_duration)]
    lasts: Option<Duration>,
    /// End after so many messages of trackers
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    count: Option<u64>,
    #[command(flatten)]
    gives: Gives,
    #[command(flatten)]
    sends: SendArgs,
}

/// How much each peer gets.
#[derive(Debug, Args)]
#[command(next_help_heading = "Limits")]
struct Gives {
    /// Connections at one time; more are closed at once
    #[arg(long, value_name = "N", default_value_t = 20_000)]
    connections: usize,
    /// Close a connection that has sent no frame of a tracker after this time
    #[arg(long, value_name = "TIME", default_value = "1m", value_parser = parse_duration)]
    first: Duration,
    /// Close a connection whose frame was begun and not ended after this time
    #[arg(long, value_name = "TIME", default_value = "30s", value_parser = parse_duration)]
    frame: Duration,
    /// Close a connection whose tracker is silent for this time
    #[arg(long, value_name = "TIME", default_value = "1h", value_parser = parse_duration)]
    idle: Duration,
}

const AFTER: &str = "\
Examples:
  homing listen                                  TCP and UDP on 127.0.0.1:8888
  homing listen --tcp 0.0.0.0:8888               for a tracker on the bench's WLAN
  homing listen --tcp 0.0.0.0:8888 --send status --profile istartek-vt --imei 869912033012424
                                                 ask a tracker that comes, on its own connection
  homing listen --tcp 0.0.0.0:8888 --relay d.plaspy.com:8888 --record day.pcap
                                                 between a tracker and its server

Exit codes: 0 something was heard (with --count, all of it; with --send, that the step
was taken), 1 the tracker refused the step, 2 wrong usage, 3 nothing was heard, or no
answer to the step, 4 this machine's own fault, 130 interrupted.";

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// A line for each message
    #[default]
    Table,
    /// One JSON object a line
    Ndjson,
}

/// Lines that wait to be written; when there are more, trackers wait too, and nothing is lost.
const WAITING: usize = 8_192;

impl Listen {
    pub(super) fn run(self, global: &Global, term: &mut Term) -> anyhow::Result<Exit> {
        raise_limits();
        let command = self.sends.command(global, term)?.map(Arc::new);
        let options = Options { errand: command.as_ref().map(|it| it.errand()), ..self.options()? };
        let bound = Bound::new(&options).map_err(|error| failure(&error))?;
        let addresses: Vec<_> = bound.addresses().collect();
        if let Mode::Relay(to) = options.mode {
            place::refuse_circle(to, &addresses)?;
        }
        let mut show = Show::new(self.format, self.record.as_deref())?;
        show.begin(&addresses, &options, term);
        if let Some(command) = &command {
            term.note(&command.promise());
        }
        let (summary, interrupted) = self.serve(bound, options, command.as_ref(), &mut show, term)?;
        let exit = match &command {
            Some(command) if interrupted => settle(command, show.fate(), term).and(Exit::Interrupted),
            Some(command) => settle(command, show.fate(), term),
            None => self.exit(&summary, interrupted),
        };
        let ended = if interrupted { "interrupted" } else { "complete" };
        show.end(&summary, ended, exit, term)?;
        Ok(exit)
    }

    fn options(&self) -> Result<Options, Failure> {
        let mode = match &self.relay {
            Some(relay) => Mode::Relay(place::resolve(relay)?),
            None if self.echo => Mode::Echo,
            None => Mode::Answer,
        };
        let mut options = Options { tcp: self.tcp.clone(), udp: self.udp.clone(), ..Options::new(mode) };
        if options.tcp.is_empty() && options.udp.is_empty() {
            options.tcp.push(place::DEFAULT);
            options.udp.push(place::DEFAULT);
        }
        let Gives { connections, first, frame, idle } = self.gives;
        options.limits = Limits { connections, first, frame, idle, ..Limits::default() };
        Ok(options)
    }

    /// Lets the listener run on a thread of its own, while this one writes. Says what it came to, and whether a person
    /// ended it.
    fn serve(
        &self,
        bound: Bound,
        options: Options,
        command: Option<&Arc<Command>>,
        show: &mut Show,
        term: &mut Term,
    ) -> anyhow::Result<(Summary, bool)> {
        let (put, lines) = sync_channel(WAITING);
        let (stop, stopped) = oneshot::channel();
        let _interruptible = Interruptible::new(move || {
            // A listener that has ended already has nothing to be told.
            let _ = stop.send(());
        });
        let (alarm, begun) = oneshot::channel();
        let follow = command.map(|command| Follow::new(Arc::clone(command), alarm));
        let stage = show.stage(put, options.mode == Mode::Echo, self.count, follow);
        let lasts = self.lasts;
        let thread = std::thread::Builder::new().name("listener".to_owned());
        let thread = thread.spawn(move || listen(bound, &options, stage, Until { stopped, lasts, begun }))?;
        // Ends when the listener does, as that lets go of the other end.
        show.write(lines, term);
        let ended = thread
            .join()
            .map_err(|_| Failure::machine("the listener ended in a way that is a fault of homing's"))?;
        let (summary, interrupted) = ended.map_err(|error| failure(&error))?;
        Ok((summary, interrupted))
    }

    fn exit(&self, summary: &Summary, interrupted: bool) -> Exit {
        let heard = if self.echo { summary.received } else { summary.messages };
        match self.count {
            _ if interrupted => Exit::Interrupted,
            Some(count) if heard < count && !self.echo => Exit::Unproven,
            _ if heard == 0 => Exit::Unproven,
            _ => Exit::Done,
        }
    }
}

fn failure(error: &ServeError) -> Failure {
    Failure::machine(error).maybe(error.hint())
}

/// What ends a listener that has not heard enough.
struct Until {
    /// Ctrl-C.
    stopped: oneshot::Receiver<()>,
    /// How long it listens.
    lasts: Option<Duration>,
    /// The time that an answer may take, from the moment at which this is told.
    begun: oneshot::Receiver<Duration>,
}

impl Until {
    /// Waits for the first of them. Whether it was a person.
    async fn over(self) -> bool {
        let time = async {
            match self.lasts {
                Some(lasts) => tokio::time::sleep(lasts).await,
                None => std::future::pending().await,
            }
        };
        let answer = async {
            match self.begun.await {
                Ok(timeout) => tokio::time::sleep(timeout).await,
                Err(_) => std::future::pending().await,
            }
        };
        let person = async {
            if self.stopped.await.is_err() {
                // Somebody else is told of Ctrl-C now: this goes on.
                std::future::pending::<()>().await;
            }
        };
        tokio::select! {
            () = person => true,
            () = time => false,
            () = answer => false,
        }
    }
}

/// The thread of the listener.
fn listen(
    bound: Bound,
    options: &Options,
    stage: Stage,
    until: Until,
) -> Result<(Summary, bool), ServeError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(ServeError::Watch)?;
    let mut interrupted = false;
    let stop = async { interrupted = until.over().await };
    let (ended, summary) = runtime.block_on(serve::run(bound, options, stage.sink(), stop))?;
    Ok((summary, interrupted && ended == Ended::Stopped))
}
