//! Opens the sockets, lets the tasks run, and ends them.

use std::future::Future;
use std::net::SocketAddr;
use std::rc::Rc;

use socket2::{Domain, Protocol as Ip, Socket, Type};
use tokio::net::{TcpListener, UdpSocket};
use tokio::task::LocalSet;

use super::event::Sink;
use super::house::House;
use super::options::{Options, ServeError};
use super::summary::Summary;
use super::{tcp, udp};
use crate::wire::Transport;

/// Connections that may wait to be taken: a fleet comes back all at once when a network does.
const BACKLOG: i32 = 4_096;

/// Room for datagrams that wait to be read, as far as the system gives it.
const UDP_ROOM: usize = 8 * 1024 * 1024;

/// Sockets that listen, before anything is taken from them.
#[derive(Debug)]
pub struct Bound {
    tcp: Vec<(std::net::TcpListener, SocketAddr)>,
    udp: Vec<(std::net::UdpSocket, SocketAddr)>,
}

impl Bound {
    /// Opens every address of the options. Port 0 becomes a free one.
    ///
    /// # Errors
    /// The first address that cannot be listened at.
    pub fn new(options: &Options) -> Result<Self, ServeError> {
        let bind = |transport, address| {
            socket(transport, address).map_err(|error| ServeError::Bind { transport, address, error })
        };
        let mut bound = Self { tcp: Vec::new(), udp: Vec::new() };
        for address in &options.tcp {
            let socket = bind(Transport::Tcp, *address)?;
            let at = local(&socket).unwrap_or(*address);
            bound.tcp.push((socket.into(), at));
        }
        for address in &options.udp {
            let socket = bind(Transport::Udp, *address)?;
            let at = local(&socket).unwrap_or(*address);
            bound.udp.push((socket.into(), at));
        }
        Ok(bound)
    }

    /// Where it listens.
    pub fn addresses(&self) -> impl Iterator<Item = (Transport, SocketAddr)> {
        let tcp = self.tcp.iter().map(|(_, at)| (Transport::Tcp, *at));
        tcp.chain(self.udp.iter().map(|(_, at)| (Transport::Udp, *at)))
    }
}

fn local(socket: &Socket) -> Option<SocketAddr> {
    socket.local_addr().ok()?.as_socket()
}

fn socket(transport: Transport, address: SocketAddr) -> std::io::Result<Socket> {
    let domain = Domain::for_address(address);
    let socket = match transport {
        Transport::Tcp => Socket::new(domain, Type::STREAM, Some(Ip::TCP))?,
        Transport::Udp => Socket::new(domain, Type::DGRAM, Some(Ip::UDP))?,
    };
    if address.is_ipv6() {
        // Else an address of IPv6 would sometimes be one of IPv4 as well, and sometimes not.
        socket.set_only_v6(true)?;
    }
    if transport == Transport::Tcp {
        // A port whose last connections are not long over can be listened at again; one in use cannot.
        #[cfg(unix)]
        socket.set_reuse_address(true)?;
    } else {
        // More than the system allows becomes what it allows.
        let _ = socket.set_recv_buffer_size(UDP_ROOM);
    }
    socket.set_nonblocking(true)?;
    socket.bind(&address.into())?;
    if transport == Transport::Tcp {
        socket.listen(BACKLOG)?;
    }
    Ok(socket)
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// The sink had seen enough.
    Enough,
    /// `stop` was there first.
    Stopped,
}

/// Listens until `stop` or until the sink has seen enough. It runs on the thread that waits for it, within a runtime
/// that has sockets and time; what is open then is closed.
///
/// # Errors
/// When the runtime does not take the sockets.
pub async fn run(
    bound: Bound,
    options: &Options,
    sink: Sink,
    stop: impl Future<Output = ()>,
) -> Result<(Ended, Summary), ServeError> {
    let house = Rc::new(House::new(options, sink));
    let tasks = LocalSet::new();
    tasks
        .run_until(async {
            for (socket, at) in bound.tcp {
                let socket = TcpListener::from_std(socket).map_err(ServeError::Watch)?;
                tokio::task::spawn_local(tcp::accept(socket, at, Rc::clone(&house)));
            }
            for (socket, at) in bound.udp {
                let socket = UdpSocket::from_std(socket).map_err(ServeError::Watch)?;
                tokio::task::spawn_local(udp::serve(socket, at, Rc::clone(&house)));
            }
            let ended = tokio::select! {
                () = stop => Ended::Stopped,
                () = house.enough.notified() => Ended::Enough,
            };
            Ok((ended, house.summary()))
        })
        .await
}
