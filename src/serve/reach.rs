//! From where an address can be reached, told before anybody waits for a tracker that cannot come.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// How far an address of this machine is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reach {
    /// Programs of this machine.
    Machine,
    /// The same cable or radio cell: a link-local address.
    Link,
    /// The same network: a private address.
    Network,
    /// Behind a NAT of the provider, which lets nobody in.
    Provider,
    /// Everybody, if no firewall is in between.
    World,
}

impl Reach {
    /// Who can come.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Machine => "only programs on this machine can reach it",
            Self::Link => "only devices on the same cable or WLAN can reach it",
            Self::Network => {
                "only devices in the same network can reach it: a tracker on a mobile network cannot"
            }
            Self::Provider => {
                "the provider's NAT stands before it: a tracker on a mobile network cannot reach it from outside"
            }
            Self::World => "anybody can reach it, if no firewall is in between",
        }
    }

    /// What would let a tracker in to this port, where it cannot come.
    #[must_use]
    pub fn advice(self, port: u16) -> Option<String> {
        let elsewhere =
            "run homing on a machine with a public address, or lead a tunnel from there to here (ssh -R)";
        match self {
            Self::Machine => Some(format!(
                "listen at 0.0.0.0:{port}; behind a router, let that forward a port of its public address to this \
                 machine, {elsewhere}"
            )),
            Self::Link | Self::Network => Some(format!(
                "let the router forward a port of its public address to port {port} of this machine, {elsewhere}"
            )),
            Self::Provider => Some(format!("no router of yours can forward a port here: {elsewhere}")),
            Self::World => None,
        }
    }
}

/// From where an address of this machine can be reached. The address of all interfaces is none: ask for each of them.
#[must_use]
pub fn reach(address: IpAddr) -> Reach {
    match address {
        IpAddr::V4(address) => v4(address),
        IpAddr::V6(address) => match address.to_ipv4_mapped() {
            Some(address) => v4(address),
            None => v6(address),
        },
    }
}

/// The addresses of this machine's interfaces, as far as the system tells them.
#[must_use]
pub fn addresses() -> Vec<IpAddr> {
    #[cfg(unix)]
    {
        let Ok(all) = nix::ifaddrs::getifaddrs() else { return Vec::new() };
        let each = all.filter_map(|interface| {
            let address = interface.address?;
            let v4 = address.as_sockaddr_in().map(|address| IpAddr::V4(address.ip()));
            v4.or_else(|| address.as_sockaddr_in6().map(|address| IpAddr::V6(address.ip())))
        });
        each.collect()
    }
    #[cfg(not(unix))]
    Vec::new()
}

fn v4(address: Ipv4Addr) -> Reach {
    match address.octets() {
        _ if address.is_loopback() => Reach::Machine,
        _ if address.is_link_local() => Reach::Link,
        _ if address.is_private() => Reach::Network,
        // RFC 6598.
        [100, 64..=127, ..] => Reach::Provider,
        _ => Reach::World,
    }
}

fn v6(address: Ipv6Addr) -> Reach {
    match address.segments() {
        _ if address.is_loopback() => Reach::Machine,
        [first, ..] if first & 0xFFC0 == 0xFE80 => Reach::Link,
        // RFC 4193.
        [first, ..] if first & 0xFE00 == 0xFC00 => Reach::Network,
        _ => Reach::World,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ranges_are_those_of_the_registries() {
        for (address, far) in [
            ("127.0.0.1", Reach::Machine),
            ("::1", Reach::Machine),
            ("169.254.7.7", Reach::Link),
            ("fe80::1", Reach::Link),
            ("10.1.2.3", Reach::Network),
            ("172.31.255.255", Reach::Network),
            ("192.168.0.1", Reach::Network),
            ("fd12::1", Reach::Network),
            ("::ffff:192.168.0.1", Reach::Network),
            ("100.64.0.1", Reach::Provider),
            ("100.127.255.255", Reach::Provider),
            ("100.128.0.0", Reach::World),
            ("172.32.0.0", Reach::World),
            ("8.8.8.8", Reach::World),
            ("2a00:1450::1", Reach::World),
        ] {
            assert_eq!(reach(address.parse().unwrap()), far, "{address}");
        }
    }

    #[test]
    fn whoever_cannot_be_reached_by_a_tracker_gets_advice() {
        for far in [Reach::Machine, Reach::Link, Reach::Network, Reach::Provider] {
            assert!(far.advice(5023).is_some_and(|advice| advice.contains("public address")));
        }
        assert_eq!(Reach::World.advice(5023), None);
    }
}
