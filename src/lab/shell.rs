//! A running lab: one thread moves bytes between the ports and the network, with the clock beside it. Gateways reach
//! the same network from threads of their own.

use std::io::{self, Read as _, Write as _};
use std::net::SocketAddr;
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::event::{Event, Now};
use super::exchange::{Exchange, Fate, Letter, Refused};
use super::fault::{Fault, FaultKind};
use super::gateway::Gateway;
use super::log::Log;
use super::network::{Network, Output, Setup, modem_number};
use super::options::{LabError, LabOptions, StandIn};
use super::port::Port;
use super::pty::Pty;
use super::reporter::Reporter;
use super::uplink::Call;

/// How long after its client left a modem takes note of it: so long bytes may still be on the way through the
/// terminal.
const GRACE: Duration = Duration::from_millis(20);

/// Bytes for a client that does not read; what is more is lost, as on any serial line.
const BACKLOG: usize = 1 << 16;

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
    /// A byte in here wakes the thread of the ports.
    wake: UnixStream,
}

struct Core {
    network: Network,
    log: Log,
    /// What others than the thread of the ports want done there.
    left: Vec<Output>,
}

/// A modem's port as the thread has it.
struct Line {
    pty: Pty,
    backlog: Vec<u8>,
    /// When the modem is to take note that its client left.
    note: Option<Instant>,
    present: Option<bool>,
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
        let network = Network::new(Setup { modems, subscribers, faults, seed, verbose })?;
        let ptys =
            (0..modems).map(|_| Pty::open()).collect::<io::Result<Vec<_>>>().map_err(LabError::Port)?;
        let ports: Vec<PathBuf> = ptys.iter().map(|pty| pty.path().to_owned()).collect();
        let (wake, woken) = UnixStream::pair().map_err(LabError::Thread)?;
        wake.set_nonblocking(true).and_then(|()| woken.set_nonblocking(true)).map_err(LabError::Thread)?;
        let core = Core { network, log: Log::new(log), left: Vec::new() };
        let shared = Arc::new(Shared {
            core: Mutex::new(core),
            began: Instant::now(),
            stop: AtomicBool::new(false),
            wake,
        });
        shared.opened(began, &ports);
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

    /// The thread of the ports.
    fn run(&self, lines: Vec<Line>, mut woken: UnixStream, calls: Option<&Sender<Call>>) {
        let mut lines: Vec<Option<Line>> = lines.into_iter().map(Some).collect();
        let mut buffer = vec![0; 1 << 14];
        while !self.stop.load(Ordering::SeqCst) {
            if self.wait(&lines, &woken).is_err() {
                return;
            }
            while woken.read(&mut buffer).is_ok_and(|count| count > 0) {}
            for index in 0..lines.len() {
                self.serve(index, &mut lines, &mut buffer, calls);
            }
            let out = self.turn(|network, now, out| network.timer(now, out));
            obey(&mut lines, out, calls);
        }
    }

    /// Waits for bytes, clients, other threads, or for something to become due.
    fn wait(&self, lines: &[Option<Line>], woken: &UnixStream) -> io::Result<()> {
        let due = {
            let core = self.core();
            if core.left.is_empty() { core.network.deadline() } else { Some(Duration::ZERO) }
        };
        let due = due.map(|at| at.saturating_sub(self.began.elapsed()));
        let notes = lines.iter().flatten().filter_map(|line| line.note);
        let notes = notes.map(|at| at.saturating_duration_since(Instant::now()));
        let timeout = due.into_iter().chain(notes).min().map(|wait| {
            // A little more than asked for, or it would wake a moment early.
            let wait = wait + Duration::from_micros(50);
            Timespec {
                tv_sec: i64::try_from(wait.as_secs()).unwrap_or(i64::MAX),
                tv_nsec: wait.subsec_nanos().into(),
            }
        });
        let mut fds = vec![PollFd::from_borrowed_fd(woken.as_fd(), PollFlags::IN)];
        for line in lines.iter().flatten() {
            let out = if line.backlog.is_empty() { PollFlags::empty() } else { PollFlags::OUT };
            fds.push(PollFd::from_borrowed_fd(line.pty.bytes_fd(), PollFlags::IN | out));
            fds.extend(line.pty.visitors_fd().map(|fd| PollFd::from_borrowed_fd(fd, PollFlags::IN)));
        }
        match poll(&mut fds, timeout.as_ref()) {
            Ok(_) | Err(rustix::io::Errno::INTR) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Looks after one port.
    fn serve(
        &self,
        index: usize,
        lines: &mut [Option<Line>],
        buffer: &mut [u8],
        calls: Option<&Sender<Call>>,
    ) {
        self.note_visitors(index, lines, calls);
        let Some(line) = lines[index].as_mut() else { return };
        line.flush();
        match line.pty.read(buffer) {
            Ok(0) => {}
            Ok(count) => {
                // Whoever wrote this may have come after the look.
                if line.present == Some(false) {
                    self.note_visitors(index, lines, calls);
                }
                let out = self.turn(|network, now, out| network.hear(index, &buffer[..count], now, out));
                obey(lines, out, calls);
            }
            // The line is held open here, so that this is the end of it.
            Err(_) => lines[index] = None,
        }
    }

    /// Lets a modem take note that its client left.
    fn note_visitors(&self, index: usize, lines: &mut [Option<Line>], calls: Option<&Sender<Call>>) {
        if lines[index].as_mut().is_some_and(Line::client_left) {
            let out = self.turn(|network, now, out| network.hang_up(index, now, out));
            obey(lines, out, calls);
        }
    }
}

/// Does what the network wants of the ports.
fn obey(lines: &mut [Option<Line>], out: Vec<Output>, calls: Option<&Sender<Call>>) {
    for output in out {
        match output {
            Output::Write { modem, bytes } => {
                if let Some(line) = lines.get_mut(modem).and_then(Option::as_mut) {
                    line.say(&bytes);
                }
            }
            Output::Hangup { modem } => {
                if let Some(line) = lines.get_mut(modem) {
                    *line = None;
                }
            }
            Output::Call(call) => {
                if let Some(calls) = calls {
                    // A lab that is about to end lets nobody report any more.
                    let _ = calls.send(call);
                }
            }
            Output::Log(_) => {}
        }
    }
}

impl Line {
    fn new(pty: Pty) -> Self {
        Self { pty, backlog: Vec::new(), note: None, present: None }
    }

    /// Whether the modem is to take note now that its client left: a moment after the last one did, or when the next
    /// one comes. When one came at once, nobody can tell whose bytes are whose, and nothing is noted.
    fn client_left(&mut self) -> bool {
        let visitors = self.pty.visitors();
        self.present = visitors.present;
        let over = self.note.is_some_and(|at| visitors.came || at <= Instant::now());
        if over {
            self.note = None;
            self.backlog.clear();
            if !visitors.came {
                self.pty.renew();
            }
        }
        if visitors.left && visitors.present == Some(false) {
            self.note = Some(Instant::now() + GRACE);
        }
        over
    }

    /// Gives the client something, or keeps it until the line takes it. A port that nobody has open takes nothing.
    fn say(&mut self, bytes: &[u8]) {
        if self.present == Some(false) {
            return;
        }
        let room = BACKLOG.saturating_sub(self.backlog.len());
        self.backlog.extend(&bytes[..bytes.len().min(room)]);
        self.flush();
    }

    fn flush(&mut self) {
        while !self.backlog.is_empty() {
            match self.pty.write(&self.backlog) {
                Ok(0) | Err(_) => return,
                Ok(count) => drop(self.backlog.drain(..count)),
            }
        }
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
