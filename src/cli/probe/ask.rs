//! What is asked, from the arguments: endpoints, options, and rules, each checked before anything is sent.

use std::io::Read;
use std::net::{IpAddr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use crate::cli::context::{Context, Global};
use crate::cli::files::read_text;
use crate::cli::protocols::protocol;
use crate::probe::{
    self, Endpoint, Expect, GreetError, Greeting, MOST_TRIES, Options, Plain, Range, Rules, Talk, Tries,
    Want, Way,
};
use crate::tracker::{Directory, Host, Imei, Transport};
use crate::ui::{Failure, Term, escape};
use crate::units::show_duration;

use super::{Inconclusive, Probe};

/// A run to be.
pub(super) struct Asked {
    pub(super) endpoints: Vec<Endpoint>,
    pub(super) options: Options,
    pub(super) rules: Rules,
    pub(super) deadline: Option<Duration>,
    pub(super) every: Option<Duration>,
}

/// The shortest time between two rounds, and between two tries of one address that is not this machine's own.
const FLOOR: Duration = Duration::from_secs(10);
const POLITE: Duration = Duration::from_secs(1);

/// The most endpoints of one run.
const MOST: usize = 10_000;

impl Probe {
    /// Everything that is asked.
    ///
    /// # Errors
    /// The first argument that is wrong.
    pub(super) fn asked(&self, global: &Global) -> Result<Asked, Failure> {
        let mut context = global.context()?;
        let mut endpoints = self.endpoints(&mut context)?;
        let options = self.options()?;
        askable(&endpoints, &options)?;
        if let Some(only) = options.talk.as_deref().and_then(Talk::only) {
            for endpoint in &mut endpoints {
                endpoint.transport = endpoint.transport.or(Some(only));
            }
        }
        let own = |endpoint: &Endpoint| match endpoint.host {
            Host::V4(address) => address.is_loopback(),
            Host::V6(address) => address.is_loopback(),
            Host::Domain(_) => false,
        };
        if options.spacing < POLITE && !endpoints.iter().all(own) {
            return Err(Failure::usage(format!(
                "--spacing {} would hurry a server that is not this machine: at least 1s lies between two tries",
                show_duration(options.spacing)
            )));
        }
        if let Some(every) = self.how.every.filter(|every| *every < FLOOR) {
            return Err(Failure::usage(format!(
                "--every {} is too often: a server is asked at most every 10s",
                show_duration(every)
            ))
            .hint("--every 30s is usual"));
        }
        Ok(Asked {
            endpoints,
            options,
            rules: self.rules()?,
            deadline: self.how.deadline,
            every: self.how.every,
        })
    }

    fn endpoints(&self, context: &mut Context) -> Result<Vec<Endpoint>, Failure> {
        let mut texts: Vec<String> = self.endpoint.clone();
        for file in &self.file {
            let text = read(file)?;
            let lines = text.lines().map(|line| line.split('#').next().unwrap_or_default().trim());
            texts.extend(lines.filter(|line| !line.is_empty()).map(str::to_owned));
        }
        if texts.is_empty() && !self.file.is_empty() {
            return Err(Failure::usage("the file names no endpoint")
                .hint("write one a line, as d.plaspy.com:8888/tcp"));
        }
        if texts.is_empty() {
            texts.push(Directory::DEFAULT.to_owned());
        }
        if texts.len() > MOST {
            return Err(Failure::usage(format!(
                "{} endpoints are asked about; at most {MOST} go in one run",
                texts.len()
            )));
        }
        let mut endpoints = Vec::new();
        for text in &texts {
            let hint = "HOST[:PORT][/tcp|/udp], as d.plaspy.com:8888 or 54.85.159.138:8888/udp";
            endpoints.extend(
                Endpoint::parse(text, &context.servers).map_err(|error| Failure::usage(error).hint(hint))?,
            );
        }
        if let Some(profile) = &self.profile {
            let profile = context.profile(profile)?;
            let can = |transport: Transport| profile.transports.contains(&transport);
            let only = match (can(Transport::Tcp), can(Transport::Udp)) {
                (true, false) => Some(Transport::Tcp),
                (false, true) => Some(Transport::Udp),
                _ => None,
            };
            for endpoint in &mut endpoints {
                endpoint.transport = endpoint.transport.or(only);
            }
        }
        Ok(endpoints)
    }

    fn options(&self) -> Result<Options, Failure> {
        let tries = match &self.how.confirm {
            Some(confirm) => confirm.parse().map_err(Failure::usage)?,
            None if (1..=MOST_TRIES).contains(&self.how.tries) => Tries::Fixed(self.how.tries),
            None => {
                let tries = self.how.tries;
                return Err(Failure::usage(format!("--tries {tries} is out of range: 1 to {MOST_TRIES}")));
            }
        };
        if self.how.timeout.is_zero() {
            return Err(Failure::usage("--timeout 0s would wait for nothing").hint("--timeout 5s is usual"));
        }
        let way = Way { source: self.how.source, interface: self.how.interface.clone() };
        way.check().map_err(|error| bound(&way, &error))?;
        let family = match (self.what.ipv4, self.what.ipv6) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            _ => None,
        };
        Ok(Options {
            timeout: self.how.timeout,
            hold: self.how.hold,
            tries,
            spacing: self.how.spacing,
            way,
            family,
            dns: self.what.dns.as_deref().map(resolver).transpose()?,
            expect: self.what.expect_ip.clone(),
            talk: self.talk()?,
            ..Options::default()
        })
    }

    fn talk(&self) -> Result<Option<Arc<dyn Talk>>, Failure> {
        if let (Some(imei), Some(protocol)) = (&self.what.imei, &self.what.protocol) {
            return Ok(Some(Arc::new(greeting(imei, protocol)?)));
        }
        let Some(payload) = &self.what.payload else { return Ok(None) };
        let payload = probe::payload(payload).map_err(Failure::usage)?;
        let expect = self.what.expect.as_deref().map(Expect::parse).transpose().map_err(Failure::usage)?;
        Ok(Some(Arc::new(Plain::new(payload, expect))))
    }

    fn rules(&self) -> Result<Rules, Failure> {
        let range = |text: &Option<String>| -> Result<Option<Range>, Failure> {
            text.as_deref().map(|text| text.parse().map_err(Failure::usage)).transpose()
        };
        Ok(Rules {
            inconclusive: match self.count.inconclusive {
                None => probe::Inconclusive::Told,
                Some(Inconclusive::Ok) => probe::Inconclusive::Ok,
                Some(Inconclusive::Warn) => probe::Inconclusive::Warn,
                Some(Inconclusive::Fail) => probe::Inconclusive::Fail,
            },
            insist: !self.what.expect_ip.is_empty(),
            warn: range(&self.count.warn)?,
            critical: range(&self.count.critical)?,
        })
    }
}

impl Asked {
    /// What would be sent, without sending it.
    pub(super) fn tell(&self, term: &mut Term) {
        let talk = self.options.talk.as_deref();
        for endpoint in &self.endpoints {
            let asked = |transport| endpoint.wants(transport, talk.is_some()) == Want::Asked;
            let said = talk.map(Talk::describe);
            if matches!(endpoint.host, Host::Domain(_)) {
                term.line(format!("{}: its name would be looked up", escape(&endpoint.to_string())));
            }
            if asked(Transport::Tcp) {
                let said = said.as_deref().unwrap_or("no application byte");
                term.line(format!("{endpoint}/tcp: a connection to each address, {said}"));
            }
            match said.as_deref() {
                Some(said) if asked(Transport::Udp) => {
                    let most = self.options.datagrams;
                    term.line(format!("{endpoint}/udp: up to {most} datagrams to each address, {said} each"));
                }
                _ if endpoint.wants(Transport::Udp, false) != Want::No => {
                    term.line(format!("{endpoint}/udp: nothing; --imei with --protocol, or --payload, gives something to send"));
                }
                _ => {}
            }
        }
    }
}

/// What a tracker of the user's own would say.
fn greeting(imei: &str, name: &str) -> Result<Greeting, Failure> {
    let imei: Imei = imei.parse().map_err(Failure::usage)?;
    Greeting::new(protocol(name)?, &imei).map_err(|error| {
        let hint = match error {
            GreetError::Nothing(_) => {
                let known: Vec<&str> = Greeting::protocols().map(|protocol| protocol.name).collect();
                format!(
                    "its UDP port can be shown closed, not open, unless --payload and --expect give something that the \
                     server answers; --protocol takes {}",
                    known.join(", ")
                )
            }
            GreetError::Example { .. } => "give the IMEI that stands on your own tracker".to_owned(),
            GreetError::Encode(_) => "--payload and --expect say anything else".to_owned(),
        };
        Failure::usage(error).hint(hint)
    })
}

/// A file, or standard input.
fn read(path: &Path) -> Result<String, Failure> {
    if path.as_os_str() != "-" {
        return read_text(path);
    }
    let mut text = String::new();
    let read = std::io::stdin().lock().take(1 << 24).read_to_string(&mut text);
    read.map_err(|error| Failure::usage(format!("standard input cannot be read: {error}")))?;
    Ok(text)
}

/// `ADDRESS[:PORT]`.
fn resolver(text: &str) -> Result<SocketAddr, Failure> {
    let address = text.parse::<IpAddr>().map(|address| SocketAddr::new(address, 53));
    address.or_else(|_| text.parse()).map_err(|_| {
        Failure::usage(format!("`{}` is no DNS server", escape(text)))
            .hint("write its address, as 9.9.9.9 or 127.0.0.1:5353")
    })
}

fn bound(way: &Way, error: &std::io::Error) -> Failure {
    let what = match (&way.interface, way.source) {
        (Some(interface), _) => format!("the interface `{}`", escape(interface)),
        (None, Some(source)) => format!("the address {source}"),
        (None, None) => "a socket".to_owned(),
    };
    Failure::usage(format!("{what} cannot be used here: {error}"))
        .hint("`ip address` lists what this machine has")
}

/// Refuses a run in which every endpoint is an address that the flags leave out: it would ask nothing.
fn askable(endpoints: &[Endpoint], options: &Options) -> Result<(), Failure> {
    let is_left_out = |endpoint: &Endpoint| match endpoint.host {
        Host::V4(address) => !options.fits(address.into()),
        Host::V6(address) => !options.fits(address.into()),
        Host::Domain(_) => false,
    };
    let Some(first) = endpoints.first().filter(|_| endpoints.iter().all(is_left_out)) else { return Ok(()) };
    let by = match options.family {
        Some(true) if matches!(first.host, Host::V6(_)) => "-4",
        Some(false) if matches!(first.host, Host::V4(_)) => "-6",
        _ => "--source",
    };
    Err(Failure::usage(format!("{first} is left out by {by}, and nothing is left to ask"))
        .hint("leave the flag out, or name an endpoint of its family"))
}
