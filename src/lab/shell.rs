//! A running lab: one thread moves bytes between the ports and the network, with the clock beside it. Gateways reach
//! the same network from threads of their own.

mod ports;

use std::io::{self, Write as _};
use std::net::SocketAddr;
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use super::event::{Event, Now};
use super::exchange::{Exchange, Fate, Letter, Refused};
use super::fault::{Fault, FaultKind};
use super::gateway::Gateway;
use super::lines::Line;
use super::log::Log;
use super::network::{Network, Output, Setup, modem_number};
use super::options::{LabError, LabOptions, StandIn};
use super::port::Port;
use super::pty::Pty;
use super::reporter::Reporter;
use super::stable::Names;

/// A running lab. It ends when this is dropped, and its ports are gone.
pub struct Lab {
    ports: Vec<PathBuf>,
    // Dropped first: whoever still asks it gets an answer.
    gateway: Option<(Gateway, SocketAddr)>,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
    // Dropped last: the thread that gives it calls has ended then.
    _reporter: Option<Reporter>,
}

/// What the threads share.
struct Shared {
    core: Mutex<Core>,
    began: Instant,
    stop: AtomicBool,
    /// Names that stay while ports come back under others; none where none does.
    names: Option<Names>,
    /// A byte in here wakes the thread of the ports.
    wake: UnixStream,
}

struct Core {
    network: Network,
    log: Log,
    /// What others than the thread of the ports want done there.
    left: Vec<Output>,
}

impl Lab {
    /// Starts a lab.
    ///
    /// # Errors
    /// When a fault is given twice, when the system gives no pseudo-terminal or no thread, or when the gateway
    /// cannot listen or is not to listen on loopback.
    pub fn start(options: LabOptions) -> Result<Self, LabError> {
        let LabOptions { modems, subscribers, faults, seed, log, verbose, gateway, stand_ins } = options;
        let far = stand_ins.iter().flat_map(|one| [one.tcp, one.udp]).find(|at| !at.ip().is_loopback());
        if let Some(far) = far {
            return Err(LabError::FarStandIn(far));
        }
        if let Some(address) = gateway.filter(|address| !address.ip().is_loopback()) {
            return Err(LabError::NotLoopback(address));
        }
        let began = Event::Began {
            schema: "homing.lab-log/1",
            seed,
            trackers: subscribers.len(),
            faults: faults.iter().map(ToString::to_string).collect(),
        };
        let comes_back = faults.iter().any(|fault| fault.kind == FaultKind::ComeBack);
        let network = Network::new(Setup { modems, subscribers, faults, seed, verbose })?;
        let ptys =
            (0..modems).map(|_| Pty::open()).collect::<io::Result<Vec<_>>>().map_err(LabError::Port)?;
        let real: Vec<PathBuf> = ptys.iter().map(|pty| pty.path().to_owned()).collect();
        let names = comes_back.then(Names::new).transpose().map_err(LabError::Port)?;
        let ports = match &names {
            Some(names) => names.point_all(&real).map_err(LabError::Port)?,
            None => real.clone(),
        };
        let (wake, woken) = UnixStream::pair().map_err(LabError::Thread)?;
        wake.set_nonblocking(true).and_then(|()| woken.set_nonblocking(true)).map_err(LabError::Thread)?;
        let core = Core { network, log: Log::new(log), left: Vec::new() };
        let shared = Arc::new(Shared {
            core: Mutex::new(core),
            began: Instant::now(),
            stop: AtomicBool::new(false),
            names,
            wake,
        });
        shared.opened(began, &real);
        let exchange: Arc<dyn Exchange> = Arc::<Shared>::clone(&shared);
        let gateway = match gateway {
            None => None,
            Some(address) => {
                let gateway = Gateway::start(address, exchange)
                    .map_err(|source| LabError::Gateway { address, source })?;
                let listens = gateway.address();
                Some((gateway, listens))
            }
        };
        let reporter = match stand_ins.is_empty() {
            true => None,
            false => Some(shared.reporter(stand_ins).map_err(LabError::Thread)?),
        };
        let calls = reporter.as_ref().and_then(Reporter::calls);
        let theirs = Arc::clone(&shared);
        let lines = ptys.into_iter().map(Line::new).collect();
        let work = move || theirs.run(lines, woken, calls.as_ref());
        let thread =
            std::thread::Builder::new().name("lab".to_owned()).spawn(work).map_err(LabError::Thread)?;
        Ok(Self { ports, gateway, shared, thread: Some(thread), _reporter: reporter })
    }

    /// The ports of its modems, in their order.
    #[must_use]
    pub fn ports(&self) -> &[PathBuf] {
        &self.ports
    }

    /// Where its gateway listens.
    #[must_use]
    pub fn gateway(&self) -> Option<SocketAddr> {
        self.gateway.as_ref().map(|(_, address)| *address)
    }

    /// What its gateway has of it.
    #[cfg(test)]
    pub(super) fn exchange(&self) -> Arc<dyn Exchange> {
        Arc::<Shared>::clone(&self.shared)
    }

    /// Why its log is not whole, when it is not.
    #[must_use]
    pub fn trouble(&self) -> Option<String> {
        self.shared.core().log.trouble()
    }
}

impl Drop for Lab {
    fn drop(&mut self) {
        self.gateway = None;
        self.shared.stop.store(true, Ordering::SeqCst);
        self.shared.wake();
        if let Some(thread) = self.thread.take() {
            // A thread that panicked has said so itself.
            let _ = thread.join();
        }
    }
}

impl Core {
    /// Lets the network work, and writes down what happened before anybody else can see it.
    fn turn(&mut self, now: Now, work: impl FnOnce(&mut Network, Now, &mut Vec<Output>)) -> Vec<Output> {
        let mut out = std::mem::take(&mut self.left);
        work(&mut self.network, now, &mut out);
        let events = out.iter().filter_map(|output| match output {
            Output::Log(event) => Some(event),
            _ => None,
        });
        self.log.write(now, events);
        out.retain(|output| !matches!(output, Output::Log(_)));
        out
    }
}

impl Shared {
    fn core(&self) -> MutexGuard<'_, Core> {
        self.core.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now(&self) -> Now {
        let wall = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Now { tick: self.began.elapsed(), wall_ms: i64::try_from(wall.as_millis()).unwrap_or(i64::MAX) }
    }

    fn wake(&self) {
        // When it is full, the thread will wake anyway.
        let _ = (&self.wake).write(&[0]);
    }

    /// Writes down what there is.
    fn opened(&self, began: Event, ports: &[PathBuf]) {
        let open = ports.iter().enumerate().map(|(modem, port)| Event::Open {
            modem,
            port: port.display().to_string(),
            number: modem_number(modem),
        });
        let events: Vec<Event> = std::iter::once(began).chain(open).collect();
        self.core().log.write(self.now(), events.iter());
    }

    /// Lets the network work, and gives what is to be done at the ports.
    fn turn(&self, work: impl FnOnce(&mut Network, Now, &mut Vec<Output>)) -> Vec<Output> {
        let mut core = self.core();
        // The clock is read under the lock, so that the log is in the order of its times.
        let now = self.now();
        core.turn(now, work)
    }

    /// The same for other threads than the one of the ports, which is left to do the rest.
    fn turn_elsewhere<T>(&self, work: impl FnOnce(&mut Network, Now, &mut Vec<Output>) -> T) -> Option<T> {
        let mut result = None;
        {
            let mut core = self.core();
            let now = self.now();
            core.left = core.turn(now, |network, now, out| result = Some(work(network, now, out)));
        }
        // There may be new times to wake at, too.
        self.wake();
        result
    }

    /// Lets trackers report.
    fn reporter(self: &Arc<Self>, stand_ins: Vec<StandIn>) -> io::Result<Reporter> {
        let theirs = Arc::clone(self);
        Reporter::start(stand_ins, move |event| theirs.log(event))
    }
}

impl Exchange for Shared {
    fn submit(&self, from: &str, to: &str, text: &str) -> Result<u64, Refused> {
        // A network whose lock was left behind by a panic takes nothing: "network out of order".
        self.turn_elsewhere(|network, now, out| network.submit(from, to, text, now, out))
            .unwrap_or(Err(Refused(38)))
    }

    fn fate(&self, id: u64) -> Option<Fate> {
        self.core().network.fate(id)
    }

    fn inbox(&self, number: &str, after: u64) -> Vec<Letter> {
        self.core().network.inbox(number, after)
    }

    fn strikes(&self, kind: FaultKind) -> Option<Fault> {
        self.turn_elsewhere(|network, _, out| network.fault(kind, out)).flatten()
    }

    fn log(&self, event: Event) {
        let now = self.now();
        self.core().log.write(now, std::iter::once(&event));
    }
}
