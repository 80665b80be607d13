//! Sockets as a probe needs them: bound to a source or an interface, and, on Linux, with the error queue that tells
//! which ICMP message stands behind an error, and whose. They are opened unprivileged and never raw.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use socket2::{Domain, Protocol, Socket, Type};

use super::evidence::Icmp;

/// From where a probe goes out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Way {
    /// The address of this machine to use.
    pub source: Option<IpAddr>,
    /// The network interface to use, by name.
    pub interface: Option<String>,
}

impl Way {
    /// Whether an address can be reached from the source at all: both are of one family.
    #[must_use]
    pub fn fits(&self, address: IpAddr) -> bool {
        self.source.is_none_or(|source| source.is_ipv4() == address.is_ipv4())
    }

    /// Whether this machine lets sockets be bound so.
    ///
    /// # Errors
    /// What the system says: no such address or interface, or not permitted.
    pub fn check(&self) -> io::Result<()> {
        let unspecified = match self.source {
            Some(IpAddr::V6(_)) => IpAddr::V6(Ipv6Addr::UNSPECIFIED),
            _ => IpAddr::V4(Ipv4Addr::UNSPECIFIED),
        };
        self.socket(unspecified, Type::DGRAM).map(drop)
    }

    /// A socket that does not block, for this address.
    pub(super) fn socket(&self, target: IpAddr, kind: Type) -> io::Result<Socket> {
        let protocol = if kind == Type::STREAM { Protocol::TCP } else { Protocol::UDP };
        let socket = Socket::new(Domain::for_address(SocketAddr::new(target, 0)), kind, Some(protocol))?;
        socket.set_nonblocking(true)?;
        if let Some(interface) = &self.interface {
            bind_to(&socket, interface)?;
        }
        if let Some(source) = self.source.filter(|source| source.is_ipv4() == target.is_ipv4()) {
            socket.bind(&SocketAddr::new(source, 0).into())?;
        }
        queue::open(&socket, target);
        Ok(socket)
    }
}

#[cfg(target_os = "linux")]
fn bind_to(socket: &Socket, interface: &str) -> io::Result<()> {
    socket.bind_device(Some(interface.as_bytes()))
}

#[cfg(not(target_os = "linux"))]
fn bind_to(_: &Socket, _: &str) -> io::Result<()> {
    Err(io::Error::new(io::ErrorKind::Unsupported, "only Linux binds a socket to an interface by its name"))
}

/// An error that the system queued for a socket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Queued {
    /// The error's number.
    pub(super) errno: i32,
    /// The ICMP message behind it.
    pub(super) icmp: Option<Icmp>,
}

pub(super) use queue::take;

/// The error queue (ip(7), `IP_RECVERR`): without it Linux keeps "host unreachable" from a UDP socket.
#[cfg(target_os = "linux")]
mod queue {
    use std::io::IoSliceMut;
    use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
    use std::os::fd::{AsFd, AsRawFd};

    use nix::sys::socket::sockopt::{Ipv4RecvErr, Ipv6RecvErr};
    use nix::sys::socket::{ControlMessageOwned, MsgFlags, SockaddrStorage, recvmsg, setsockopt};

    use super::{Icmp, Queued};

    /// Origins of linux/errqueue.h.
    const ICMP: u8 = 2;
    const ICMP6: u8 = 3;

    pub(super) fn open(socket: &impl AsFd, target: IpAddr) {
        // Without the queue a verdict only lacks its ICMP evidence.
        let _ = match target {
            IpAddr::V4(_) => setsockopt(socket, Ipv4RecvErr, &true),
            IpAddr::V6(_) => setsockopt(socket, Ipv6RecvErr, &true),
        };
    }

    /// The next queued error, if there is one.
    pub(in super::super) fn take(socket: &impl AsFd) -> Option<Queued> {
        // What was sent comes back with the error; a few bytes of it are enough.
        let mut data = [0; 64];
        let mut parts = [IoSliceMut::new(&mut data)];
        let mut space = vec![0; 512];
        let flags = MsgFlags::MSG_ERRQUEUE | MsgFlags::MSG_DONTWAIT;
        let fd = socket.as_fd().as_raw_fd();
        let message = recvmsg::<SockaddrStorage>(fd, &mut parts, Some(&mut space), flags).ok()?;
        message.cmsgs().ok()?.find_map(|part| match part {
            ControlMessageOwned::Ipv4RecvErr(error, from) => {
                let from = from.map(|from| IpAddr::V4(Ipv4Addr::from(u32::from_be(from.sin_addr.s_addr))));
                Some(queued(error.ee_errno, error.ee_origin, error.ee_type, error.ee_code, from))
            }
            ControlMessageOwned::Ipv6RecvErr(error, from) => {
                let from = from.map(|from| IpAddr::V6(Ipv6Addr::from(from.sin6_addr.s6_addr)));
                Some(queued(error.ee_errno, error.ee_origin, error.ee_type, error.ee_code, from))
            }
            _ => None,
        })
    }

    fn queued(errno: u32, origin: u8, kind: u8, code: u8, from: Option<IpAddr>) -> Queued {
        let from = from.filter(|from| !from.is_unspecified());
        let icmp = matches!(origin, ICMP | ICMP6).then_some(Icmp { v6: origin == ICMP6, kind, code, from });
        Queued { errno: i32::try_from(errno).unwrap_or(0), icmp }
    }
}

/// Other systems have no such queue.
#[cfg(not(target_os = "linux"))]
mod queue {
    use std::net::IpAddr;

    use super::Queued;

    pub(super) fn open<S>(_: &S, _: IpAddr) {}

    pub(in super::super) fn take<S>(_: &S) -> Option<Queued> {
        None
    }
}

/// An error of a socket as the table of causes takes it.
pub(super) fn told(error: &io::Error, queued: Option<Queued>) -> (String, Option<Icmp>) {
    (super::errno::name(error), queued.and_then(|queued| queued.icmp))
}
