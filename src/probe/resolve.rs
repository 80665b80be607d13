//! The addresses of a name: what the system's resolver says, and beside it what a question of our own to the same
//! resolvers brings, as only that can name a cause.

use std::fs;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::time::Duration;

use hickory_proto::rr::RecordType;
use tokio::time::{Instant, timeout};

use super::dns::{self, Alias, Answer};
use super::resolv_conf;
use super::socket::Way;
use super::verdict::DnsVerdict;

/// What became of one name.
#[derive(Debug, Clone, PartialEq)]
pub struct Lookup {
    /// The name.
    pub name: String,
    /// What it came to.
    pub verdict: DnsVerdict,
    /// Every address that was found, each once.
    pub addresses: Vec<IpAddr>,
    /// What the system's resolver said; none when a resolver was given.
    pub system: Option<System>,
    /// What the question of our own brought; none for a word without a dot, which is for the system's search list.
    pub query: Option<Asked>,
    /// The addresses that are expected; empty when none are.
    pub expected: Vec<IpAddr>,
}

/// What the system's resolver said.
#[derive(Debug, Clone, PartialEq)]
pub struct System {
    /// The addresses.
    pub addresses: Vec<IpAddr>,
    /// Its error in its own words.
    pub error: Option<String>,
    /// How long it took, in milliseconds.
    pub ms: f64,
}

/// What a question of our own brought.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// The resolver whose answer counts.
    pub server: SocketAddr,
    /// Resolvers asked before it, with what each came to.
    pub before: Vec<(SocketAddr, DnsVerdict)>,
    /// IPv4 and IPv6 taken together.
    pub answer: Answer,
    /// How long it took, in milliseconds.
    pub ms: f64,
}

impl Lookup {
    /// Whether an expected address is among those that were found; none when there is nothing to compare.
    #[must_use]
    pub fn matches(&self) -> Option<bool> {
        if self.expected.is_empty() || self.addresses.is_empty() {
            return None;
        }
        Some(self.expected.iter().all(|expected| self.addresses.contains(expected)))
    }

    /// The aliases on the way.
    #[must_use]
    pub fn chain(&self) -> &[Alias] {
        self.query.as_ref().map_or(&[], |query| &query.answer.chain)
    }

    /// A name that was not looked up, as the run ended.
    pub(super) fn unfinished(name: &str, expected: Vec<IpAddr>) -> Self {
        Self {
            name: name.to_owned(),
            verdict: DnsVerdict::Inconclusive,
            addresses: Vec::new(),
            system: None,
            query: None,
            expected,
        }
    }
}

/// How names are looked up.
#[derive(Debug, Clone, Default)]
pub(super) struct Resolver {
    /// The resolver to ask in place of the system's.
    pub server: Option<SocketAddr>,
    /// From where the question goes out.
    pub way: Way,
}

/// Looks a name up, within `time`.
pub(super) async fn lookup(name: &str, expected: Vec<IpAddr>, resolver: &Resolver, time: Duration) -> Lookup {
    let servers = match resolver.server {
        Some(server) => vec![server],
        None => resolv_conf::resolvers(&fs::read_to_string("/etc/resolv.conf").unwrap_or_default()),
    };
    // A word without a dot is completed by the system's search list; the bare word is asked of no one.
    let own = name.contains('.') || resolver.server.is_some();
    let (system, query) = tokio::join!(
        async { if resolver.server.is_some() { None } else { Some(ask_system(name, time).await) } },
        async { if own { Some(ask_servers(name, &servers, &resolver.way, time).await) } else { None } },
    );
    conclude(name, expected, system, query)
}

/// What the two answers come to. The system's addresses come first: they are what programs here would use.
pub(super) fn conclude(
    name: &str,
    expected: Vec<IpAddr>,
    system: Option<System>,
    query: Option<Asked>,
) -> Lookup {
    let mut addresses: Vec<IpAddr> = Vec::new();
    let found = system.iter().flat_map(|system| &system.addresses);
    for address in found.chain(query.iter().flat_map(|query| &query.answer.addresses)) {
        if !addresses.contains(address) {
            addresses.push(*address);
        }
    }
    let verdict = match &query {
        _ if !addresses.is_empty() => DnsVerdict::Resolved,
        Some(query) => query.answer.verdict,
        None => DnsVerdict::Failed,
    };
    Lookup { name: name.to_owned(), verdict, addresses, system, query, expected }
}

async fn ask_system(name: &str, time: Duration) -> System {
    let began = Instant::now();
    let host = name.to_owned();
    // The call cannot be stopped: past the deadline it is left behind, and the runtime does not wait for it.
    let call = tokio::task::spawn_blocking(move || (host.as_str(), 0).to_socket_addrs());
    let (addresses, error) = match timeout(time, call).await {
        Err(_) => (Vec::new(), Some("no answer in time".to_owned())),
        Ok(Err(error)) => (Vec::new(), Some(error.to_string())),
        Ok(Ok(Err(error))) => (Vec::new(), Some(error.to_string())),
        Ok(Ok(Ok(found))) => (found.map(|address| address.ip()).collect::<Vec<_>>(), None),
    };
    let mut once: Vec<IpAddr> = Vec::new();
    for address in addresses {
        if !once.contains(&address) {
            once.push(address);
        }
    }
    System { addresses: once, error, ms: began.elapsed().as_secs_f64() * 1_000.0 }
}

/// Asks one resolver after the other, as the system does: the next one when one is silent or will not say.
async fn ask_servers(name: &str, servers: &[SocketAddr], way: &Way, time: Duration) -> Asked {
    let began = Instant::now();
    let each = time / u32::try_from(servers.len().max(1)).unwrap_or(1);
    let here = Way::default();
    let mut before = Vec::new();
    let mut last = None;
    for server in servers {
        if let Some((server, answer)) = last.take() {
            let answer: Answer = answer;
            before.push((server, answer.verdict));
        }
        // A resolver on this machine is not reached through an interface to the outside.
        let way = if server.ip().is_loopback() { &here } else { way };
        let (v4, v6) = tokio::join!(
            dns::ask(name, RecordType::A, *server, way, each),
            dns::ask(name, RecordType::AAAA, *server, way, each),
        );
        let answer = together(v4, v6);
        let decided = matches!(
            answer.verdict,
            DnsVerdict::Resolved | DnsVerdict::Nxdomain | DnsVerdict::Nodata | DnsVerdict::CnameLoop
        );
        last = Some((*server, answer));
        if decided {
            break;
        }
    }
    let ms = began.elapsed().as_secs_f64() * 1_000.0;
    let (server, answer) = last.unwrap_or_else(|| {
        let nobody = SocketAddr::from(([127, 0, 0, 1], resolv_conf::PORT));
        (nobody, Answer::without(DnsVerdict::ResolverUnreachable, None))
    });
    Asked { server, before, answer, ms }
}

/// The answers for IPv4 and IPv6 as one. Without any address the one for IPv4 speaks, unless it only says that there
/// is none.
fn together(v4: Answer, v6: Answer) -> Answer {
    let ttl = v4.ttl.into_iter().chain(v6.ttl).min();
    let addresses = v4.addresses.iter().chain(&v6.addresses).copied().collect::<Vec<_>>();
    let v6_speaks = match (v4.verdict, v6.verdict) {
        (DnsVerdict::Resolved, _) => false,
        (_, DnsVerdict::Resolved) => true,
        (DnsVerdict::Nodata, v6) => v6 != DnsVerdict::Nodata,
        _ => false,
    };
    let mut speaker = if v6_speaks { v6 } else { v4 };
    (speaker.addresses, speaker.ttl) = (addresses, ttl);
    speaker
}
