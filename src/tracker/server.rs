//! Named servers, and what a `server` value stands for.
//! It looks nothing up outside its own list: no DNS, no file.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};

use super::host::{Host, HostError, HostPort, parse_port};
use super::told::{Told, shown};
use super::values::By;
use crate::units::near;

/// A server that settings can name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Server {
    /// The name that is written in place of an address.
    pub name: String,
    /// Its host name, if it has one.
    pub domain: Option<String>,
    /// Its address, if it has one.
    pub ip: Option<IpAddr>,
    /// Its port, the same for name and address.
    pub port: u16,
}

/// The servers that settings can name. Plaspy is always among them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Directory {
    servers: BTreeMap<String, Server>,
}

impl Directory {
    /// The server that is meant when none is named.
    pub const DEFAULT: &str = "plaspy";

    /// The port of a host that is written without one.
    pub const PORT: u16 = 8888;

    /// Plaspy alone: `d.plaspy.com` and `54.85.159.138`, port 8888 (docs.plaspy.com).
    #[must_use]
    pub fn new() -> Self {
        let plaspy = Server {
            name: Self::DEFAULT.to_owned(),
            domain: Some("d.plaspy.com".to_owned()),
            ip: Some(IpAddr::V4(Ipv4Addr::new(54, 85, 159, 138))),
            port: Self::PORT,
        };
        Self { servers: BTreeMap::from([(plaspy.name.clone(), plaspy)]) }
    }

    /// The server of that name, without regard to case.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Server> {
        self.servers.get(&name.trim().to_ascii_lowercase())
    }

    /// Adds a server, or replaces the one of the same name.
    ///
    /// # Errors
    /// When the name is none, the port is 0, or there is neither a valid host name nor an address.
    pub fn insert(&mut self, server: Server) -> Result<(), ServerError> {
        let name = server.name.trim().to_ascii_lowercase();
        let plain = !name.is_empty()
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        if !plain {
            return Err(ServerError::Name(server.name));
        }
        if server.domain.is_none() && server.ip.is_none() {
            return Err(ServerError::Nowhere(server.name));
        }
        if server.port == 0 {
            return Err(HostError::Port("0".to_owned()).into());
        }
        if let Some(domain) = &server.domain
            && let Ok(Host::V4(_) | Host::V6(_)) | Err(_) = domain.parse::<Host>()
        {
            domain.parse::<Host>()?;
            return Err(ServerError::NotAName(domain.clone()));
        }
        self.servers.insert(name, server);
        Ok(())
    }

    /// The names, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.servers.keys().map(String::as_str)
    }

    /// The host and port that a `server` value stands for: a name of this list, or `HOST[:PORT]`.
    /// A named server that has both is given by its host name unless `by` says otherwise.
    ///
    /// # Errors
    /// When it is neither, or when `by` asks for what the value is not or does not have.
    pub fn resolve(&self, text: &str, by: Option<By>) -> Result<(Host, u16), ServerError> {
        let text = text.trim();
        if let Some(server) = self.get(text) {
            return server.address(by).map(|host| (host, server.port));
        }
        // A name of this list with a port of its own: its host, that port.
        if let Some((name, port)) = text.split_once(':')
            && let Some(server) = self.get(name)
        {
            return Ok((server.address(by)?, parse_port(port)?));
        }
        let HostPort { host, port } = HostPort::parse(text, Self::PORT)?;
        if let Host::Domain(name) = &host
            && !name.contains('.')
            && name == text
        {
            return Err(self.unknown(text));
        }
        match (by, &host) {
            (Some(By::Ip), Host::Domain(name)) => Err(ServerError::WantsIp(name.clone())),
            (Some(By::Domain), Host::V4(_) | Host::V6(_)) => Err(ServerError::WantsDomain(host.to_string())),
            _ => Ok((host, port)),
        }
    }

    /// The same for a tracker that can be given its server in these ways, best first: a named server that has several
    /// is given in the best one, where `by` does not say otherwise.
    ///
    /// # Errors
    /// As [`Directory::resolve`].
    pub fn resolve_for(&self, text: &str, by: Option<By>, takes: &[By]) -> Result<(Host, u16), ServerError> {
        let text = text.trim();
        let named = self.get(text).or_else(|| self.get(text.split_once(':')?.0));
        let has = |by: &&By| named.is_some_and(|server| server.address(Some(**by)).is_ok());
        self.resolve(text, by.or_else(|| takes.iter().find(has).copied()))
    }

    /// The host name in this list that a written one is a slip away from, without being it.
    #[must_use]
    pub fn near_miss(&self, host: &Host) -> Option<&str> {
        let Host::Domain(written) = host else { return None };
        let known = || self.servers.values().filter_map(|server| server.domain.as_deref());
        if known().any(|domain| domain.eq_ignore_ascii_case(written)) {
            return None;
        }
        near(written, known()).first().copied()
    }

    /// A word that is neither a name of the list nor a host.
    fn unknown(&self, text: &str) -> ServerError {
        let candidates = near(text, self.names()).into_iter().map(str::to_owned).collect();
        ServerError::Unknown {
            name: text.to_owned(),
            candidates,
            names: self.names().map(str::to_owned).collect(),
        }
    }
}

impl Default for Directory {
    fn default() -> Self {
        Self::new()
    }
}

impl Server {
    /// The address a tracker is given.
    fn address(&self, by: Option<By>) -> Result<Host, ServerError> {
        let lacks = |what| ServerError::Lacks { name: self.name.clone(), what };
        match (by, &self.domain, self.ip) {
            (Some(By::Ip), _, Some(ip)) | (None, None, Some(ip)) => Ok(ip.into()),
            (Some(By::Ip), _, None) => Err(lacks("address")),
            (_, Some(domain), _) => Ok(Host::Domain(domain.clone())),
            (_, None, _) => Err(lacks("host name")),
        }
    }
}

/// Why a `server` value stands for nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ServerError {
    /// A host or port that is none.
    #[error(transparent)]
    Host(#[from] HostError),
    /// A word that no server has.
    #[error("no server is called `{}`: {}, or write HOST:PORT", shown(name), known(candidates, names))]
    Unknown {
        /// What was written.
        name: String,
        /// Names near to it.
        candidates: Vec<String>,
        /// All names.
        names: Vec<String>,
    },
    /// The named server has not what `by` asks for.
    #[error(
        "by asks for the {what} of the server {name}, which has none: leave `by` empty or give the {what} in the configuration"
    )]
    Lacks {
        /// The server.
        name: String,
        /// `address` or `host name`.
        what: &'static str,
    },
    /// `by=ip` beside a host name.
    #[error("by=ip contradicts the server `{}`, which is a host name: write the address, or leave `by` empty", shown(.0))]
    WantsIp(String),
    /// `by=domain` beside an address.
    #[error("by=domain contradicts the server `{}`, which is an address: write the host name, or leave `by` empty", shown(.0))]
    WantsDomain(String),
    /// A name that cannot be written in a cell.
    #[error("`{}` cannot name a server: use letters, digits, hyphens and underscores", shown(.0))]
    Name(String),
    /// Neither host name nor address.
    #[error("the server `{}` has neither a domain nor an ip: give one of them", shown(.0))]
    Nowhere(String),
    /// An address where a host name belongs.
    #[error("`{}` is an address: write it as the server's ip, not as its domain", shown(.0))]
    NotAName(String),
}

/// The part of the sentence that names servers.
fn known(candidates: &[String], names: &[String]) -> String {
    match candidates.first() {
        Some(candidate) => format!("did you mean {candidate}"),
        None => format!("known are {}", names.join(", ")),
    }
}

impl Told for ServerError {
    fn rule(&self) -> &'static str {
        match self {
            Self::Host(error) => error.rule(),
            Self::Unknown { .. } => "server-unknown",
            Self::Lacks { .. } | Self::WantsIp(_) | Self::WantsDomain(_) => "by-against-server",
            Self::Name(_) | Self::Nowhere(_) | Self::NotAName(_) => "server-definition",
        }
    }

    fn fix(&self) -> Option<String> {
        match self {
            Self::Host(error) => error.fix(),
            Self::Unknown { candidates, .. } => {
                Some(candidates.first().cloned().unwrap_or_else(|| "HOST:PORT".to_owned()))
            }
            Self::Lacks { .. } => Some("an empty `by`".to_owned()),
            Self::WantsIp(_) => Some("domain, or an empty `by`".to_owned()),
            Self::WantsDomain(_) => Some("ip, or an empty `by`".to_owned()),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolve(text: &str, by: Option<By>) -> Result<String, String> {
        let found = Directory::new().resolve(text, by);
        found.map(|(host, port)| format!("{host}:{port}")).map_err(|error| error.to_string())
    }

    #[test]
    fn a_named_server_is_given_in_the_best_way_that_the_tracker_takes() {
        let directory = Directory::new();
        let given = |text: &str, by, takes: &[By]| {
            directory.resolve_for(text, by, takes).map(|(host, port)| format!("{host}:{port}")).ok()
        };
        let (name, address) = (Some("d.plaspy.com:8888".to_owned()), Some("54.85.159.138:8888".to_owned()));
        assert_eq!(given("plaspy", None, &[By::Ip]), address);
        assert_eq!(given("plaspy", None, &[By::Ip, By::Domain]), address);
        assert_eq!(given("plaspy", None, &[By::Domain, By::Ip]), name);
        assert_eq!(given("plaspy", None, &[]), name);
        assert_eq!(given("plaspy", Some(By::Domain), &[By::Ip]), name);
        assert_eq!(given("Plaspy:9000", None, &[By::Ip]), Some("54.85.159.138:9000".to_owned()));
        // What is written out is taken as it stands: the plan says when the tracker cannot be given it.
        assert_eq!(given("example.com", None, &[By::Ip]), Some("example.com:8888".to_owned()));
    }

    #[test]
    fn plaspy_is_known_by_name_and_address() {
        assert_eq!(resolve("plaspy", None).as_deref(), Ok("d.plaspy.com:8888"));
        assert_eq!(resolve(" Plaspy ", Some(By::Domain)).as_deref(), Ok("d.plaspy.com:8888"));
        assert_eq!(resolve("plaspy", Some(By::Ip)).as_deref(), Ok("54.85.159.138:8888"));
        assert_eq!(resolve("plaspy:9000", None).as_deref(), Ok("d.plaspy.com:9000"));
        assert!(resolve("plaspy:x", None).is_err());
        assert_eq!(resolve("example.com", None).as_deref(), Ok("example.com:8888"));
        assert_eq!(resolve("bench:9000", None).as_deref(), Ok("bench:9000"));
    }

    #[test]
    fn what_contradicts_or_is_unknown_is_told() {
        for (text, by, words) in [
            ("plaspi", None, "did you mean plaspy"),
            ("bench", None, "known are plaspy"),
            ("example.com", Some(By::Ip), "by=ip contradicts"),
            ("54.85.159.138", Some(By::Domain), "by=domain contradicts"),
            ("", None, "is empty"),
        ] {
            let error = resolve(text, by).unwrap_err();
            assert!(error.contains(words), "{text}: {error}");
        }
    }

    #[test]
    fn a_server_with_only_an_address_is_given_by_it() {
        let mut directory = Directory::new();
        let own = Server { name: "Own".into(), domain: None, ip: "10.0.0.1".parse().ok(), port: 5000 };
        directory.insert(own.clone()).unwrap();
        assert_eq!(directory.names().collect::<Vec<_>>(), ["own", "plaspy"]);
        assert_eq!(directory.resolve("own", None), Ok((Host::V4(Ipv4Addr::new(10, 0, 0, 1)), 5000)));
        assert!(directory.resolve("own", Some(By::Domain)).is_err());
        for wrong in [
            Server { name: "a b".into(), ..own.clone() },
            Server { ip: None, ..own.clone() },
            Server { port: 0, ..own.clone() },
            Server { domain: Some("10.0.0.1".into()), ..own.clone() },
            Server { domain: Some("a_b".into()), ..own },
        ] {
            assert!(directory.insert(wrong.clone()).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn a_slip_in_a_known_host_name_is_noticed() {
        let directory = Directory::new();
        let near = |text: &str| directory.near_miss(&text.parse().unwrap()).map(str::to_owned);
        assert_eq!(near("d.plapsy.com").as_deref(), Some("d.plaspy.com"));
        assert_eq!(near("D.PLASPY.COM"), None);
        assert_eq!(near("example.com"), None);
        assert_eq!(near("54.85.159.138"), None);
    }
}
