//! The resolvers that this machine uses, from the text of `/etc/resolv.conf` (resolv.conf(5)). Pure: the text is an
//! argument.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// The port of DNS.
pub(super) const PORT: u16 = 53;

/// How many resolvers of the file the system uses (`MAXNS`).
const MOST: usize = 3;

/// The resolvers, in their order. Without any the system asks this machine itself.
#[must_use]
pub(super) fn resolvers(text: &str) -> Vec<SocketAddr> {
    let lines = text.lines().map(str::trim_start).filter(|line| !line.starts_with(['#', ';']));
    let named = lines.filter_map(|line| {
        let mut words = line.split_whitespace();
        let address = words.next().filter(|word| *word == "nameserver").and_then(|_| words.next())?;
        // A zone behind `%` names a link; the address is enough where there is one link.
        address.split('%').next()?.parse::<IpAddr>().ok()
    });
    let mut named: Vec<SocketAddr> = named.take(MOST).map(|address| SocketAddr::new(address, PORT)).collect();
    if named.is_empty() {
        named.push(SocketAddr::new(Ipv4Addr::LOCALHOST.into(), PORT));
    }
    named
}
