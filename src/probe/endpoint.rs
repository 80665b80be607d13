//! What is asked about: a host, a port, and the transports that count. Nothing is resolved here.

use std::fmt;
use std::net::IpAddr;

use crate::tracker::{Directory, Host, HostPort, ServerError, Transport, ValueError};

/// How much a transport matters to the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Want {
    /// It is not looked at.
    No,
    /// It is shown, and its verdict does not count.
    Shown,
    /// It was asked about.
    Asked,
}

/// One endpoint that is asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// Name or address.
    pub host: Host,
    /// Port.
    pub port: u16,
    /// The transport, where one was written.
    pub transport: Option<Transport>,
    /// The address that is published for the name, when one is known.
    pub published: Option<IpAddr>,
}

/// Why a text is no endpoint.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EndpointError {
    /// The part behind the slash.
    #[error(transparent)]
    Transport(#[from] ValueError),
    /// The part before it.
    #[error(transparent)]
    Server(#[from] ServerError),
}

impl Endpoint {
    /// Reads `HOST[:PORT][/tcp|/udp]`, or the name of a server, which stands for its host name and its address.
    ///
    /// # Errors
    /// When it is neither.
    pub fn parse(text: &str, servers: &Directory) -> Result<Vec<Self>, EndpointError> {
        let text = text.trim();
        let (server, transport) = match text.rsplit_once('/') {
            // The slashes of a web address are told by the host's own check.
            Some((server, transport)) if !text.contains("://") => (server, Some(transport.parse()?)),
            _ => (text, None),
        };
        if let Some(known) = servers.get(server) {
            let name = known.domain.clone().map(Host::Domain);
            let hosts = name.into_iter().chain(known.ip.map(Host::from));
            return Ok(hosts.map(|host| Self::new(host, known.port, transport, servers)).collect());
        }
        let (host, port) = match servers.resolve(server, None) {
            // A single word is a host here, as in `localhost`, unless it is a slip of a server's name.
            Err(ServerError::Unknown { candidates, .. }) if candidates.is_empty() => {
                let HostPort { host, port } =
                    HostPort::parse(server, Directory::PORT).map_err(ServerError::Host)?;
                (host, port)
            }
            resolved => resolved?,
        };
        Ok(vec![Self::new(host, port, transport, servers)])
    }

    fn new(host: Host, port: u16, transport: Option<Transport>, servers: &Directory) -> Self {
        let published = match &host {
            Host::Domain(name) => servers.names().filter_map(|known| servers.get(known)).find_map(|server| {
                let domain = server.domain.as_deref()?;
                server.ip.filter(|_| domain.eq_ignore_ascii_case(name))
            }),
            Host::V4(_) | Host::V6(_) => None,
        };
        Self { host, port, transport, published }
    }

    /// How much this transport matters. Where none was written TCP is asked about, and UDP is shown; with a question
    /// to send, both are asked.
    #[must_use]
    pub fn wants(&self, transport: Transport, talking: bool) -> Want {
        match self.transport {
            Some(own) if own == transport => Want::Asked,
            Some(_) => Want::No,
            None if transport == Transport::Tcp || talking => Want::Asked,
            None => Want::Shown,
        }
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        HostPort { host: self.host.clone(), port: self.port }.fmt(f)
    }
}
