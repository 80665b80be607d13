//! The thread that lets trackers report: over real sockets, and only to those on loopback that stand in for a server.

use std::io::{self, Read as _, Write as _};
use std::net::{Ipv4Addr, Ipv6Addr, Shutdown, SocketAddr, TcpStream, UdpSocket};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::event::Event;
use super::options::StandIn;
use super::uplink::Call;
use crate::wire::{Transport, UtcTime};

/// How long a stand-in may take to answer; it is on this machine.
const PATIENCE: Duration = Duration::from_secs(2);

/// Lets trackers report, one after the other.
pub(super) struct Reporter {
    calls: Option<Sender<Call>>,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Reporter {
    /// Starts the thread. `tell` writes down what became of each report.
    pub(super) fn start(stand_ins: Vec<StandIn>, tell: impl Fn(Event) + Send + 'static) -> io::Result<Self> {
        let (calls, received) = channel();
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let work = move || run(&received, &stand_ins, &stopped, tell);
        let thread = std::thread::Builder::new().name("lab-reports".to_owned()).spawn(work)?;
        Ok(Self { calls: Some(calls), stop, thread: Some(thread) })
    }

    /// Where calls go.
    pub(super) fn calls(&self) -> Option<Sender<Call>> {
        self.calls.clone()
    }
}

impl Drop for Reporter {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        self.calls = None;
        if let Some(thread) = self.thread.take() {
            // A thread that panicked has said so itself.
            let _ = thread.join();
        }
    }
}

fn run(calls: &Receiver<Call>, stand_ins: &[StandIn], stopped: &AtomicBool, tell: impl Fn(Event)) {
    // Looked at from time to time, as the network keeps a sender of its own.
    while !stopped.load(Ordering::SeqCst) {
        let Ok(call) = calls.recv_timeout(Duration::from_millis(100)) else { continue };
        let note = match stand_ins.iter().find(|one| one.is(&call.host, call.port)) {
            None => "nobody stands in for this server, and nothing was sent".to_owned(),
            Some(stand_in) => {
                let at = match call.transport {
                    Transport::Tcp => stand_in.tcp,
                    Transport::Udp => stand_in.udp,
                };
                match report(&call, at) {
                    Ok(()) => format!("reported to {at}, which stands in for it"),
                    Err(error) => format!("{at} stands in for it, and could not be reached: {error}"),
                }
            }
        };
        let Call { id, protocol, transport, host, port } = call;
        tell(Event::Report { id, protocol, transport: transport.word(), to: format!("{host}:{port}"), note });
    }
}

fn report(call: &Call, at: SocketAddr) -> io::Result<()> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let now = UtcTime::from_unix(i64::try_from(since.as_secs()).unwrap_or_default());
    let (login, position) = call.frames(now).map_err(io::Error::other)?;
    match call.transport {
        Transport::Tcp => by_tcp(at, login.as_deref(), &position),
        Transport::Udp => by_udp(at, login.as_deref(), &position),
    }
}

/// Returns when the other side has read all of it and closed, too.
fn by_tcp(at: SocketAddr, login: Option<&[u8]>, position: &[u8]) -> io::Result<()> {
    let mut stream = TcpStream::connect_timeout(&at, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let mut buffer = [0; 512];
    if let Some(login) = login {
        stream.write_all(login)?;
        // Without an answer to its login a tracker says no more.
        if stream.read(&mut buffer)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
    stream.write_all(position)?;
    stream.shutdown(Shutdown::Write)?;
    while stream.read(&mut buffer)? > 0 {}
    Ok(())
}

fn by_udp(at: SocketAddr, login: Option<&[u8]>, position: &[u8]) -> io::Result<()> {
    let own: SocketAddr =
        if at.is_ipv6() { (Ipv6Addr::LOCALHOST, 0).into() } else { (Ipv4Addr::LOCALHOST, 0).into() };
    let socket = UdpSocket::bind(own)?;
    socket.connect(at)?;
    socket.set_read_timeout(Some(PATIENCE))?;
    if let Some(login) = login {
        socket.send(login)?;
        socket.recv(&mut [0; 512])?;
    }
    socket.send(position).map(drop)
}
