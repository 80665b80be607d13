//! Where a gateway may be spoken to without encryption: this machine, and private networks where the user says so.
//! It judges addresses, and resolves names so that a name cannot lead elsewhere than was judged.

use std::error::Error;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use reqwest::Url;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// Which addresses a gateway's name may lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// Any: the connection is encrypted.
    Any,
    /// Those of private networks and of this machine.
    Private,
    /// Those of this machine.
    Loopback,
}

/// How far a gateway may be from here.
///
/// # Errors
/// Its host, when plain HTTP is not accepted there, and whether it can be.
pub(super) fn reach(base: &Url, insecure_http: bool) -> Result<Reach, (String, bool)> {
    if base.scheme() == "https" {
        return Ok(Reach::Any);
    }
    let host = base.host_str().unwrap_or_default();
    let address: Option<IpAddr> = host.trim_start_matches('[').trim_end_matches(']').parse().ok();
    if address.is_some_and(|address| address.is_loopback()) || is_local(host) {
        return Ok(Reach::Loopback);
    }
    // Where a name leads to is seen when it is resolved.
    let private = address.is_none_or(is_private);
    if private && insecure_http { Ok(Reach::Private) } else { Err((host.to_owned(), private)) }
}

/// Names that never leave this machine (RFC 6761, section 6.3).
fn is_local(host: &str) -> bool {
    host == "localhost" || host.ends_with(".localhost")
}

/// Addresses of private networks: RFC 1918, link-local, shared by carriers and overlay networks (RFC 6598), and the
/// same of IPv6 (RFC 4193).
fn is_private(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(v4) => {
            let shared = v4.octets()[0] == 100 && v4.octets()[1] & 0xC0 == 64;
            v4.is_private() || v4.is_link_local() || v4.is_loopback() || shared
        }
        IpAddr::V6(v6) => v6.is_unique_local() || v6.is_unicast_link_local() || v6.is_loopback(),
    }
}

impl Reach {
    fn takes(self, address: IpAddr) -> bool {
        match self {
            Self::Any => true,
            Self::Private => is_private(address),
            Self::Loopback => address.is_loopback(),
        }
    }
}

/// A name led to addresses where plain HTTP is not accepted.
#[derive(Debug)]
struct TooFar {
    host: String,
    address: IpAddr,
}

impl fmt::Display for TooFar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { host, address } = self;
        write!(
            f,
            "{host} is {address}, which is not in a private network, and plain HTTP is not spoken there"
        )
    }
}

impl Error for TooFar {}

/// Resolves names by the system, and gives the addresses that are near enough.
pub(super) struct Names(pub(super) Reach);

impl Resolve for Names {
    fn resolve(&self, name: Name) -> Resolving {
        let reach = self.0;
        Box::pin(async move {
            let host = name.as_str().to_owned();
            if is_local(&host) {
                let here = [IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)];
                return Ok(Box::new(here.map(|ip| SocketAddr::new(ip, 0)).into_iter()) as Addrs);
            }
            let found: Vec<SocketAddr> = tokio::net::lookup_host((host.as_str(), 0)).await?.collect();
            let near: Vec<SocketAddr> = found.iter().copied().filter(|at| reach.takes(at.ip())).collect();
            match (near.is_empty(), found.first()) {
                (true, Some(first)) => {
                    Err(Box::new(TooFar { host, address: first.ip() }) as Box<dyn Error + Send + Sync>)
                }
                _ => Ok(Box::new(near.into_iter()) as Addrs),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_is_for_this_machine_and_with_leave_for_private_networks() {
        let far = |host: &str, private| Err((host.to_owned(), private));
        for (url, without, with) in [
            ("https://example.net", Ok(Reach::Any), Ok(Reach::Any)),
            ("http://127.0.0.1:8080", Ok(Reach::Loopback), Ok(Reach::Loopback)),
            ("http://[::1]:8080", Ok(Reach::Loopback), Ok(Reach::Loopback)),
            ("http://localhost", Ok(Reach::Loopback), Ok(Reach::Loopback)),
            ("http://192.168.1.5:8080", far("192.168.1.5", true), Ok(Reach::Private)),
            ("http://100.126.232.47", far("100.126.232.47", true), Ok(Reach::Private)),
            ("http://[fd00::1]", far("[fd00::1]", true), Ok(Reach::Private)),
            ("http://phone", far("phone", true), Ok(Reach::Private)),
            ("http://8.8.8.8", far("8.8.8.8", false), far("8.8.8.8", false)),
            ("http://100.200.0.1", far("100.200.0.1", false), far("100.200.0.1", false)),
            ("http://[2001:db8::1]", far("[2001:db8::1]", false), far("[2001:db8::1]", false)),
        ] {
            let url = Url::parse(url).unwrap();
            assert_eq!(reach(&url, false), without, "{url}");
            assert_eq!(reach(&url, true), with, "{url}");
        }
    }

    #[test]
    fn a_name_may_not_lead_out_of_the_private_network() {
        assert!(Reach::Private.takes("10.0.0.1".parse().unwrap()));
        assert!(Reach::Private.takes("::ffff:192.168.0.1".parse().unwrap()));
        assert!(!Reach::Private.takes("54.85.159.138".parse().unwrap()));
        assert!(!Reach::Loopback.takes("10.0.0.1".parse().unwrap()));
        assert!(Reach::Any.takes("54.85.159.138".parse().unwrap()));
    }
}
