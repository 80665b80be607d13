//! Where a tracker is to report to: a name or an address, and a port.
//! It resolves nothing; a name is only checked for its form.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use super::apn::edge;
use super::told::{Told, shown, shown_char};

/// The host of a server.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Host {
    /// A name of letters, digits, hyphens and dots (RFC 1123), as it was written.
    Domain(String),
    /// An IPv4 address.
    V4(Ipv4Addr),
    /// An IPv6 address.
    V6(Ipv6Addr),
}

/// The most characters of a host name and of one of its labels (RFC 1035).
const LONGEST: usize = 253;
const LABEL: usize = 63;

impl Host {
    /// `domain` or `ip`: which of the two kinds this is.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        if matches!(self, Self::Domain(_)) { "domain" } else { "ip" }
    }
}

impl From<IpAddr> for Host {
    fn from(address: IpAddr) -> Self {
        match address {
            IpAddr::V4(address) => Self::V4(address),
            IpAddr::V6(address) => Self::V6(address),
        }
    }
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Domain(name) => f.pad(name),
            Self::V4(address) => address.fmt(f),
            Self::V6(address) => address.fmt(f),
        }
    }
}

/// Why a text is no host, or no host with a port.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HostError {
    /// Nothing was written.
    #[error("the server is empty: write a host name or an address, as in d.plaspy.com:8888")]
    Empty,
    /// A whole web address.
    #[error(
        "the server `{}` is a web address: write only the host name and the port, as in {host}:8888",
        shown(value)
    )]
    Url {
        /// What was written.
        value: String,
        /// The host in it.
        host: String,
    },
    /// A character that no host name has.
    #[error("the host `{}` has {} at position {position}: letters, digits, hyphens and dots are all it may hold", shown(value), shown_char(*found))]
    Character {
        /// What was written.
        value: String,
        /// Counted in characters from 1.
        position: usize,
        /// The character.
        found: char,
    },
    /// A dot at an end or next to another, or a hyphen at the end of a label.
    #[error("the host `{}` has {} at position {position}, where a letter or digit belongs", shown(value), shown_char(*found))]
    Edge {
        /// What was written.
        value: String,
        /// Counted in characters from 1.
        position: usize,
        /// The dot or hyphen.
        found: char,
    },
    /// The last label is a number, but it is no address.
    #[error("the host `{}` looks like an IPv4 address but is none: four numbers from 0 to 255 without leading zeros, as in 54.85.159.138", shown(.0))]
    Address(String),
    /// Too long.
    #[error(
        "the host `{}` has {length} characters: it may have {LONGEST}, and {LABEL} between two dots",
        shown(value)
    )]
    Length {
        /// What was written.
        value: String,
        /// How many characters it has.
        length: usize,
    },
    /// A port that is none.
    #[error("the port `{}` is no number from 1 to 65535", shown(.0))]
    Port(String),
    /// An IPv6 address in brackets that is none.
    #[error("`{}` is no IPv6 address with a port: write it as [2001:db8::1]:8888", shown(.0))]
    Brackets(String),
}

impl Told for HostError {
    fn rule(&self) -> &'static str {
        match self {
            Self::Empty => "host-empty",
            Self::Url { .. } => "host-url",
            Self::Character { .. } | Self::Edge { .. } => "host-character",
            Self::Address(_) | Self::Brackets(_) => "host-address",
            Self::Length { .. } => "host-length",
            Self::Port(_) => "port",
        }
    }

    fn fix(&self) -> Option<String> {
        Some(match self {
            Self::Url { host, .. } => host.clone(),
            Self::Port(_) => "a port from 1 to 65535".to_owned(),
            Self::Address(_) => "an address as in 54.85.159.138".to_owned(),
            _ => "HOST or HOST:PORT, as in d.plaspy.com:8888".to_owned(),
        })
    }
}

impl FromStr for Host {
    type Err = HostError;

    /// Reads an address or a host name.
    fn from_str(text: &str) -> Result<Self, HostError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(HostError::Empty);
        }
        if let Ok(address) = text.parse::<IpAddr>() {
            return Ok(address.into());
        }
        let value = || text.to_owned();
        if let Some((_, rest)) = text.split_once("://") {
            let host = rest.split(['/', ':', '?']).next().unwrap_or_default().to_owned();
            return Err(HostError::Url { value: value(), host });
        }
        let stranger =
            text.chars().enumerate().find(|(_, c)| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '.')));
        if let Some((index, found)) = stranger {
            return Err(HostError::Character { value: value(), position: index + 1, found });
        }
        if let Some((position, found)) = edge(text) {
            return Err(HostError::Edge { value: value(), position, found });
        }
        if text.len() > LONGEST || text.split('.').any(|label| label.len() > LABEL) {
            return Err(HostError::Length { value: value(), length: text.len() });
        }
        // RFC 1123: the last label of a name has a letter, so that a name is never taken for an address.
        if text.rsplit('.').next().is_some_and(|label| label.bytes().all(|byte| byte.is_ascii_digit())) {
            return Err(HostError::Address(value()));
        }
        Ok(Self::Domain(value()))
    }
}

/// A host and a port: `HOST`, `HOST:PORT`, `[IPV6]:PORT`.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct HostPort {
    /// The host.
    pub host: Host,
    /// The port, 1 to 65535.
    pub port: u16,
}

impl HostPort {
    /// Reads a host with or without a port; without one it is `port`.
    ///
    /// # Errors
    /// When the host or the port is none.
    pub fn parse(text: &str, port: u16) -> Result<Self, HostError> {
        let (host, written) = Self::split(text.trim())?;
        let port = written.map_or(Ok(port), parse_port)?;
        Ok(Self { host: host.parse()?, port })
    }

    /// The two parts of a text, the second only when a port was written.
    fn split(text: &str) -> Result<(&str, Option<&str>), HostError> {
        let whole = || HostError::Brackets(text.to_owned());
        if let Some(rest) = text.strip_prefix('[') {
            let (address, after) = rest.split_once(']').ok_or_else(whole)?;
            address.parse::<Ipv6Addr>().map_err(|_| whole())?;
            return match after.strip_prefix(':') {
                Some(port) => Ok((address, Some(port))),
                None if after.is_empty() => Ok((address, None)),
                None => Err(whole()),
            };
        }
        match text.rsplit_once(':') {
            // More than one colon is an IPv6 address without a port; `://` is told by the host's own check.
            Some((host, _)) if host.contains(':') || text.contains("://") => Ok((text, None)),
            Some((host, port)) => Ok((host, Some(port))),
            None => Ok((text, None)),
        }
    }
}

impl fmt::Display for HostPort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.host {
            Host::V6(address) => write!(f, "[{address}]:{}", self.port),
            host => write!(f, "{host}:{}", self.port),
        }
    }
}

/// Reads a port, 1 to 65535.
///
/// # Errors
/// When it is no such number.
pub fn parse_port(text: &str) -> Result<u16, HostError> {
    let text = text.trim();
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let port = if digits { text.parse::<u16>().ok() } else { None };
    port.filter(|port| *port != 0).ok_or_else(|| HostError::Port(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_and_ports_are_read_in_every_form() {
        for (text, shown, kind) in [
            ("d.plaspy.com", "d.plaspy.com:8888", "domain"),
            ("d.plaspy.com:9000", "d.plaspy.com:9000", "domain"),
            ("54.85.159.138", "54.85.159.138:8888", "ip"),
            ("54.85.159.138:1", "54.85.159.138:1", "ip"),
            ("2001:db8::1", "[2001:db8::1]:8888", "ip"),
            ("[2001:db8::1]:7000", "[2001:db8::1]:7000", "ip"),
            ("[::1]", "[::1]:8888", "ip"),
            ("3com.example", "3com.example:8888", "domain"),
            ("xn--bcher-kva.example", "xn--bcher-kva.example:8888", "domain"),
        ] {
            let read = HostPort::parse(text, 8888).unwrap();
            assert_eq!((read.to_string().as_str(), read.host.kind()), (shown, kind), "{text}");
            assert_eq!(HostPort::parse(shown, 1).unwrap(), read, "{shown}");
        }
    }

    #[test]
    fn what_is_no_host_is_told_with_the_way_out() {
        for (text, rule, words) in [
            ("", "host-empty", "d.plaspy.com:8888"),
            ("http://d.plaspy.com:8888/x", "host-url", "as in d.plaspy.com:8888"),
            ("d.plaspy.com,8888", "host-character", "`,` at position 13"),
            ("d plaspy.com", "host-character", "a blank at position 2"),
            ("d_plaspy.com", "host-character", "`_`"),
            ("d.plaspy.com.", "host-character", "`.` at position 13, where"),
            ("054.085.159.138", "host-address", "looks like an IPv4 address"),
            ("54.85.159", "host-address", "looks like an IPv4 address"),
            ("54.85.159.256", "host-address", "looks like an IPv4 address"),
            ("d.plaspy.com:0", "port", "`0`"),
            ("d.plaspy.com:99999", "port", "`99999`"),
            ("d.plaspy.com:+80", "port", "`+80`"),
            ("d.plaspy.com:", "port", "``"),
            ("[::1", "host-address", "[::1"),
            ("[::1]x", "host-address", "[::1]x"),
        ] {
            let error = HostPort::parse(text, 8888).unwrap_err();
            assert_eq!(error.rule(), rule, "{text}: {error}");
            assert!(error.to_string().contains(words), "{text}: {error}");
        }
        assert!("a".repeat(64).parse::<Host>().is_err());
    }
}
