//! Listens for the trackers of a batch while it works: who reports, with the identity and by the transport planned,
//! has arrived. In a rehearsal each server that trackers are pointed at has a stand-in of its own.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::ops::ControlFlow;
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::sync::oneshot;

use crate::cli::context::Context;
use crate::courier::Via;
use crate::engine::batch::TrackerId;
use crate::journal::Journal;
use crate::lab::StandIn;
use crate::probe::raise_limits;
use crate::run::Reports;
use crate::serve::{self, Bound, Event, Mode, Options, Peer, ServeError, Sink};
use crate::tracker::Tracker;
use crate::ui::commands::plural;
use crate::ui::{self, Failure, Term, escape};
use crate::wire::{Direction, Transport};

use super::broken;
use super::kept::Kept;
use super::work::Job;

/// How long a tracker's first report is waited for where nothing is said: several intervals of most fleets.
const WITHIN: Duration = Duration::from_secs(600);
/// The same in the lab, where nothing takes long.
const WITHIN_LAB: Duration = Duration::from_secs(10);

/// Any port of this machine.
const ANY: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0);

/// A server as trackers are given it.
type Endpoint = (String, u16);

/// What a tracker's report has to be.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Planned {
    tracker: TrackerId,
    transport: Option<Transport>,
    /// Where it has to come, where that tells servers apart.
    at: Vec<SocketAddr>,
}

/// Reports that are expected, before the first of them is listened for.
pub(super) struct Expected {
    /// How long after a tracker's last command.
    pub(super) within: Duration,
    bound: Bound,
    options: Options,
    stand_ins: Vec<StandIn>,
    plans: HashMap<String, Planned>,
}

impl Expected {
    /// Opens the ports where the batch's trackers are expected: those asked for, or one for each server in a rehearsal.
    /// None when nobody is expected anywhere.
    pub(super) fn open(
        job: &Job<'_>,
        context: &Context,
        journal: &Journal,
        term: &mut Term,
    ) -> Result<Option<Self>, Failure> {
        let lab = job.vias.iter().any(|via| matches!(via, Via::Lab { .. }));
        let asked = &job.way.expect_report;
        if !lab && asked.is_empty() {
            return Ok(None);
        }
        let known = known(job, context, journal)?;
        let mut servers: Vec<Endpoint> = known.iter().filter_map(|one| one.server.clone()).collect();
        servers.sort();
        servers.dedup();
        let mut options = Options::new(Mode::Answer);
        if asked.is_empty() {
            raise_limits();
            options.tcp = vec![ANY; servers.len()];
            options.udp = vec![ANY; servers.len()];
        } else {
            (options.tcp, options.udp) = (asked.clone(), asked.clone());
        }
        let bound = Bound::new(&options).map_err(|error| refused(&error))?;
        let addresses: Vec<(Transport, SocketAddr)> = bound.addresses().collect();
        let stand_ins = stand_ins(&servers, asked, &addresses);
        let within = job.way.report_within.unwrap_or(if lab { WITHIN_LAB } else { WITHIN });
        if !asked.is_empty() {
            for line in ui::listen::places(&addresses, &serve::addresses()) {
                term.note(&line);
            }
        }
        let nobody = known.iter().filter(|one| one.register.is_none()).count();
        if nobody > 0 {
            term.warn(&format!(
                "{nobody} tracker{} without an identity: no report can be told to be theirs, so none ends as reporting",
                plural(nobody)
            ));
        }
        let plans = plans(known, if asked.is_empty() { &stand_ins } else { &[] });
        Ok(Some(Self { within, bound, options, stand_ins, plans }))
    }

    /// Who stands in for the servers, for the lab.
    pub(super) fn stand_ins(&self) -> Vec<StandIn> {
        self.stand_ins.clone()
    }

    /// Begins to listen, on a thread of its own.
    pub(super) fn listen(self, reports: Reports) -> Result<Ear, Failure> {
        let (stop, stopped) = oneshot::channel::<()>();
        let (bound, options, plans) = (self.bound, self.options, self.plans);
        let work = move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            let runtime = runtime.map_err(ServeError::Watch)?;
            let (sink, heard) = sink(plans, reports);
            let stop = async { drop(stopped.await) };
            runtime.block_on(serve::run(bound, &options, sink, stop))?;
            Ok(heard.take())
        };
        let thread = std::thread::Builder::new().name("reports".to_owned()).spawn(work);
        let thread = thread.map_err(Failure::machine)?;
        Ok(Ear { stop, thread })
    }
}

fn refused(error: &ServeError) -> Failure {
    Failure::machine(error).maybe(error.hint())
}

/// A tracker of the batch, as far as its reports go.
struct Known {
    id: TrackerId,
    register: Option<String>,
    transport: Option<Transport>,
    server: Option<Endpoint>,
}

fn known(job: &Job<'_>, context: &Context, journal: &Journal) -> Result<Vec<Known>, Failure> {
    let mut known = Vec::new();
    let all = journal.trackers(job.batch.id, &mut |stored| {
        let kept = Kept::read(&stored.settings).ok();
        let setting = |name: &str| kept.as_ref().and_then(|kept| kept.setting(name)).map(str::to_owned);
        let usual = || {
            let profile = context.catalogue.find(&stored.profile).ok()?;
            profile.value(&Tracker::default(), "transport").map(|word| word.into_owned())
        };
        let transport = setting("transport")
            .or_else(usual)
            .and_then(|word| [Transport::Tcp, Transport::Udp].into_iter().find(|one| one.word() == word));
        let server = setting("server").zip(setting("port").and_then(|port| port.parse().ok()));
        known.push(Known { id: stored.id, register: stored.register, transport, server });
        true
    });
    all.map_err(|error| broken(&error))?;
    Ok(known)
}

/// Who stands in for each server. With ports that were asked for, the first of them stands in for all.
fn stand_ins(
    servers: &[Endpoint],
    asked: &[SocketAddr],
    addresses: &[(Transport, SocketAddr)],
) -> Vec<StandIn> {
    let of =
        |transport: Transport| addresses.iter().filter(move |(one, _)| *one == transport).map(|(_, at)| *at);
    let loopback = |at: SocketAddr| match at.ip().is_unspecified() {
        true => SocketAddr::new(ANY.ip(), at.port()),
        false => at,
    };
    let one = |(server, (tcp, udp)): (&Endpoint, (SocketAddr, SocketAddr))| StandIn {
        host: server.0.clone(),
        port: server.1,
        tcp: loopback(tcp),
        udp: loopback(udp),
    };
    let pairs = of(Transport::Tcp).zip(of(Transport::Udp));
    if asked.is_empty() {
        servers.iter().zip(pairs).map(one).collect()
    } else {
        servers.iter().zip(pairs.take(1).cycle()).map(one).collect()
    }
}

/// What each identity's report has to be. A maker's identity of 14 digits is an IMEI without its check digit.
fn plans(known: Vec<Known>, stand_ins: &[StandIn]) -> HashMap<String, Planned> {
    let mut plans = HashMap::new();
    for Known { id, register, transport, server } in known {
        let Some(register) = register else { continue };
        let stands = |one: &&StandIn| {
            server.as_ref().is_some_and(|(host, port)| (&one.host, one.port) == (host, *port))
        };
        let at = stand_ins.iter().filter(stands).flat_map(|one| [one.tcp, one.udp]).collect();
        let planned = Planned { tracker: id, transport, at };
        if let Some(short) = register.get(..14).filter(|_| register.len() == 15) {
            plans.insert(short.to_owned(), planned.clone());
        }
        plans.insert(register, planned);
    }
    plans
}

/// What came and was not as planned.
#[derive(Debug, Default)]
pub(super) struct Heard {
    /// Identities that are not of the batch, with how they came first.
    strangers: HashMap<String, &'static str>,
    /// Trackers of the batch whose report came otherwise than planned, and how.
    otherwise: HashMap<String, String>,
}

/// Identities of strangers that are remembered.
const STRANGERS: usize = 1_000;

/// Takes what a listener hears, and tells the batch of every report that is as planned.
fn sink(plans: HashMap<String, Planned>, reports: Reports) -> (Sink, std::rc::Rc<std::cell::Cell<Heard>>) {
    let shared = std::rc::Rc::new(std::cell::Cell::new(Heard::default()));
    let ours = std::rc::Rc::clone(&shared);
    let sink = move |peer: &Peer, event: &Event<'_>| {
        if let Event::Message { way: Direction::Up, claimed: true, protocol, view, first: true, .. } = event
            && view.messages().is_whole()
            && let Some(id) = view.device_id
        {
            let id = id.as_str();
            let mut heard = ours.take();
            match plans.get(id).map(|planned| (planned, amiss(planned, peer))) {
                None if heard.strangers.len() < STRANGERS => {
                    heard.strangers.entry(id.to_owned()).or_insert(protocol.name);
                }
                None => {}
                Some((planned, None)) => {
                    heard.otherwise.remove(id);
                    let by = peer.transport.word().to_uppercase();
                    reports.tell(planned.tracker, format!("it reports by {by} in {} as {id}", protocol.name));
                }
                Some((_, Some(how))) => drop(heard.otherwise.insert(id.to_owned(), how)),
            }
            ours.set(heard);
        }
        ControlFlow::Continue(())
    };
    (Box::new(sink), shared)
}

/// How a report came otherwise than planned.
fn amiss(planned: &Planned, peer: &Peer) -> Option<String> {
    let by = |transport: Transport| transport.word().to_uppercase();
    if let Some(transport) = planned.transport.filter(|transport| *transport != peer.transport) {
        return Some(format!("it reports by {}, and {} was planned", by(peer.transport), by(transport)));
    }
    (!planned.at.is_empty() && !planned.at.contains(&peer.at))
        .then(|| "it reports to another server than the one it was to be given".to_owned())
}

/// Somebody who listens for reports.
pub(super) struct Ear {
    stop: oneshot::Sender<()>,
    thread: JoinHandle<Result<Heard, ServeError>>,
}

impl Ear {
    /// Listens no more, and says what was heard beside what was planned.
    pub(super) fn end(self, term: &mut Term) {
        // One that has ended by itself needs no stopping.
        let _ = self.stop.send(());
        let heard = match self.thread.join() {
            Ok(Ok(heard)) => heard,
            Ok(Err(error)) => return term.warn(&format!("reports were not listened for: {error}")),
            Err(_) => {
                return term.warn("the listener for reports ended in a way that is a fault of homing's");
            }
        };
        let mut otherwise: Vec<_> = heard.otherwise.into_iter().collect();
        otherwise.sort();
        for (id, how) in &otherwise {
            term.warn(&format!("{}: {how}", escape(id)));
        }
        let mut strangers: Vec<_> = heard.strangers.keys().cloned().collect();
        strangers.sort();
        if let Some(first) = strangers.first() {
            let count = strangers.len();
            let rest = if count > 1 { format!(" and {} others", count - 1) } else { String::new() };
            term.warn(&format!(
                "{}{rest} reported too, and {} not of this batch: is that the identity the tracker was registered with?",
                escape(first),
                if count > 1 { "are" } else { "is" }
            ));
        }
    }
}
