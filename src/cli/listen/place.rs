//! Addresses as they are typed: where to listen, and whom to relay to.

use std::net::{IpAddr, Ipv4Addr, SocketAddr, ToSocketAddrs};

use crate::serve;
use crate::tracker::HostPort;
use crate::ui::Failure;
use crate::wire::Transport;

/// The port of the platform.
const PORT: u16 = 8888;

/// Nobody but this machine.
const OWN: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

/// Where is listened when nothing is said.
pub(super) const DEFAULT: SocketAddr = SocketAddr::new(OWN, PORT);

/// Reads PORT, ADDRESS or ADDRESS:PORT.
pub(in crate::cli) fn listen(text: &str) -> Result<SocketAddr, String> {
    if let Ok(port) = text.parse() {
        return Ok(SocketAddr::new(OWN, port));
    }
    let address = text.trim_start_matches('[').trim_end_matches(']').parse();
    if let Ok(address) = address {
        return Ok(SocketAddr::new(address, PORT));
    }
    text.parse().map_err(|_| {
        "write a port, an address of this machine, or both: 8888, 0.0.0.0, 192.168.1.20:8888, [::]:8888"
            .to_owned()
    })
}

/// The address of a server, which a name is looked up for once.
pub(super) fn resolve(text: &str) -> Result<SocketAddr, Failure> {
    let HostPort { host, port } =
        HostPort::parse(text, PORT).map_err(|error| Failure::usage(format!("--relay {text}: {error}")))?;
    let found = (host.to_string(), port).to_socket_addrs();
    let found = found.map_err(|error| {
        let hint = "give an address, or ask `homing probe` what is wrong with the name";
        Failure::machine(format!("the server {host} to relay to has no address: {error}")).hint(hint)
    })?;
    // An IPv4 address first: trackers have no other, and neither have the servers they know.
    let mut found: Vec<SocketAddr> = found.collect();
    found.sort_by_key(SocketAddr::is_ipv6);
    found
        .first()
        .copied()
        .ok_or_else(|| Failure::machine(format!("the server {host} to relay to has no address")))
}

/// A listener that relays to itself would never come to an end with a single byte.
pub(super) fn refuse_circle(to: SocketAddr, addresses: &[(Transport, SocketAddr)]) -> Result<(), Failure> {
    let own = |ip: IpAddr| ip.is_loopback() || ip.is_unspecified() || serve::addresses().contains(&ip);
    let circle = addresses.iter().find(|(_, at)| {
        at.port() == to.port() && (at.ip() == to.ip() || at.ip().is_unspecified() && own(to.ip()))
    });
    match circle {
        None => Ok(()),
        Some((_, at)) => Err(Failure::usage(format!("--relay {to} is where homing itself listens ({at})"))
            .hint("relay to the server, or listen at another port")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_alone_is_for_this_machine_only() {
        for (text, address) in [
            ("8888", "127.0.0.1:8888"),
            ("0", "127.0.0.1:0"),
            ("0.0.0.0", "0.0.0.0:8888"),
            ("192.168.1.20:5000", "192.168.1.20:5000"),
            ("[::]:5000", "[::]:5000"),
            ("::1", "[::1]:8888"),
            ("[::1]", "[::1]:8888"),
        ] {
            assert_eq!(listen(text), Ok(address.parse().unwrap()), "{text}");
        }
        for text in ["", "65536", "localhost:8888", "1.2.3", ":8888"] {
            assert!(listen(text).is_err(), "{text}");
        }
    }

    #[test]
    fn nobody_relays_to_himself() {
        let at = |text: &str| vec![(Transport::Tcp, text.parse().unwrap())];
        let to = |text: &str| text.parse().unwrap();
        assert!(refuse_circle(to("127.0.0.1:8888"), &at("127.0.0.1:8888")).is_err());
        assert!(refuse_circle(to("127.0.0.1:8888"), &at("0.0.0.0:8888")).is_err());
        assert!(refuse_circle(to("127.0.0.1:8889"), &at("0.0.0.0:8888")).is_ok());
        assert!(refuse_circle(to("192.0.2.1:8888"), &at("0.0.0.0:8888")).is_ok());
        assert!(refuse_circle(to("192.0.2.1:8888"), &at("127.0.0.1:8888")).is_ok());
    }
}
