//! The round: every name is looked up and every address tried, all at the same time, but never two at once towards one
//! address and port. It ends when all is done or when it is stopped, and says of everything what it came to.

use std::collections::BTreeMap;
use std::future::Future;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

use super::attempt::Attempt;
use super::endpoint::{Endpoint, Want};
use super::probed::{Ended, Probed, Round, Slot, ms};
use super::resolve::{Lookup, Resolver, lookup};
use super::socket::Way;
use super::talk::Talk;
use super::tries::Tries;
use super::verdict::Verdict;
use super::{tcp, udp};
use crate::tracker::{Host, Transport};

/// How a round is made.
#[derive(Debug, Clone)]
pub struct Options {
    /// For a connection, for an answer, and for looking up a name, each.
    pub timeout: Duration,
    /// How long an idle connection is watched.
    pub hold: Duration,
    /// How often an address is tried.
    pub tries: Tries,
    /// Between two tries of one address, and between two datagrams.
    pub spacing: Duration,
    /// How many datagrams of one try may stay unanswered.
    pub datagrams: u32,
    /// From where.
    pub way: Way,
    /// Only this family of addresses: IPv4 when true.
    pub family: Option<bool>,
    /// The resolver to ask in place of the system's.
    pub dns: Option<SocketAddr>,
    /// Addresses that names must have; in place of the published ones.
    pub expect: Vec<IpAddr>,
    /// What to say.
    pub talk: Option<Arc<dyn Talk>>,
}

impl Default for Options {
    /// Polite to a production server: one connect, nothing said.
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(5),
            hold: Duration::from_secs(1),
            tries: Tries::Fixed(1),
            spacing: Duration::from_secs(1),
            datagrams: 3,
            way: Way::default(),
            family: None,
            dns: None,
            expect: Vec::new(),
            talk: None,
        }
    }
}

/// The most addresses of one name that are tried.
const ADDRESSES: usize = 16;

/// Something that is known now.
#[derive(Debug, Clone, Copy)]
pub enum Event<'a> {
    /// A name was looked up.
    Dns(&'a Lookup),
    /// An address has its verdict.
    Result(&'a Probed),
}

/// Probes endpoints until all is known or `stop` says how the run ended.
pub async fn round(
    endpoints: &[Endpoint],
    options: &Options,
    stop: impl Future<Output = Ended>,
    mut tell: impl FnMut(Event<'_>),
) -> Round {
    let began = Instant::now();
    let mut work = Work::new(endpoints, options);
    let mut stop = std::pin::pin!(stop);
    let mut ended = Ended::Complete;
    // Each turn takes one finished job of a bounded number.
    loop {
        let done = tokio::select! {
            done = work.jobs.join_next() => done,
            how = &mut stop => { ended = how; None }
        };
        match done {
            Some(Ok(done)) => work.take(done, &mut tell),
            Some(Err(_)) => {}
            None => break,
        }
    }
    work.jobs.abort_all();
    let mut round = work.finish(ended, &mut tell);
    round.ms = ms(began.elapsed());
    round
}

impl Options {
    /// Whether an address is of the family that is asked for, and can be reached from the source.
    #[must_use]
    pub fn fits(&self, ip: IpAddr) -> bool {
        self.family.is_none_or(|v4| v4 == ip.is_ipv4()) && self.way.fits(ip)
    }
}

/// The first address of an endpoint that can be asked from here; none when its name leads to none.
pub async fn address_of(endpoint: &Endpoint, options: &Options) -> Option<IpAddr> {
    let fits = |ip: &IpAddr| options.fits(*ip);
    match &endpoint.host {
        Host::V4(address) => Some(IpAddr::V4(*address)).filter(fits),
        Host::V6(address) => Some(IpAddr::V6(*address)).filter(fits),
        Host::Domain(name) => {
            let resolver = Resolver { server: options.dns, way: options.way.clone() };
            lookup(name, Vec::new(), &resolver, options.timeout).await.addresses.into_iter().find(fits)
        }
    }
}

enum Done {
    Dns(usize, Lookup),
    Slot(usize, Option<Probed>),
}

struct Work<'a> {
    endpoints: &'a [Endpoint],
    options: &'a Options,
    /// Names, each with what became of it.
    names: Vec<(String, Option<Lookup>)>,
    slots: Vec<(Slot, Option<Probed>)>,
    /// Where a slot stands, by what it is.
    known: BTreeMap<(SocketAddr, bool), usize>,
    /// Slots that wait until the address is free, and addresses in work.
    waiting: BTreeMap<SocketAddr, Vec<usize>>,
    jobs: JoinSet<Done>,
}

impl<'a> Work<'a> {
    fn new(endpoints: &'a [Endpoint], options: &'a Options) -> Self {
        let mut work = Self {
            endpoints,
            options,
            names: Vec::new(),
            slots: Vec::new(),
            known: BTreeMap::new(),
            waiting: BTreeMap::new(),
            jobs: JoinSet::new(),
        };
        let resolver = Resolver { server: options.dns, way: options.way.clone() };
        for endpoint in endpoints {
            match &endpoint.host {
                Host::V4(address) => work.add(endpoint, (*address).into()),
                Host::V6(address) => work.add(endpoint, (*address).into()),
                Host::Domain(name) => work.look_up(name, endpoint, &resolver),
            }
        }
        work
    }

    fn look_up(&mut self, name: &str, endpoint: &Endpoint, resolver: &Resolver) {
        if self.names.iter().any(|(known, _)| known.eq_ignore_ascii_case(name)) {
            return;
        }
        let expected = match self.options.expect.as_slice() {
            [] => endpoint.published.into_iter().collect(),
            given => given.to_vec(),
        };
        let (index, time) = (self.names.len(), self.options.timeout);
        let (name, resolver) = (name.to_owned(), resolver.clone());
        self.names.push((name.clone(), None));
        self.jobs.spawn(async move { Done::Dns(index, lookup(&name, expected, &resolver, time).await) });
    }

    /// Plans an address of an endpoint; an equal one is only noted.
    fn add(&mut self, endpoint: &Endpoint, ip: IpAddr) {
        if !self.options.fits(ip) {
            return;
        }
        let address = SocketAddr::new(ip, endpoint.port);
        for transport in [Transport::Tcp, Transport::Udp] {
            let want = endpoint.wants(transport, self.options.talk.is_some());
            if want == Want::No {
                continue;
            }
            let shown = endpoint.to_string();
            let next = self.slots.len();
            let index = *self.known.entry((address, transport == Transport::Tcp)).or_insert(next);
            if let Some((slot, probed)) = self.slots.get_mut(index) {
                for slot in [
                    Some((&mut slot.endpoints, &mut slot.want)),
                    probed.as_mut().map(|probed| (&mut probed.endpoints, &mut probed.want)),
                ]
                .into_iter()
                .flatten()
                {
                    if !slot.0.contains(&shown) {
                        slot.0.push(shown.clone());
                    }
                    *slot.1 = (*slot.1).max(want);
                }
                continue;
            }
            self.slots.push((Slot { endpoints: vec![shown], address, transport, want }, None));
            self.start_or_wait(index, address);
        }
    }

    fn start_or_wait(&mut self, index: usize, address: SocketAddr) {
        match self.waiting.get_mut(&address) {
            Some(waiting) => waiting.push(index),
            None => {
                self.waiting.insert(address, Vec::new());
                self.start(index);
            }
        }
    }

    fn start(&mut self, index: usize) {
        if let Some((slot, _)) = self.slots.get(index) {
            let (slot, options) = (slot.clone(), self.options.clone());
            self.jobs.spawn(async move { Done::Slot(index, probe(&slot, &options).await) });
        }
    }

    fn take(&mut self, done: Done, tell: &mut impl FnMut(Event<'_>)) {
        match done {
            Done::Dns(index, mut lookup) => {
                // A name that leads only where nothing may be asked leads nowhere: that it resolves proves nothing.
                let is_asked = |ip: &IpAddr| self.options.fits(*ip);
                if lookup.verdict == super::DnsVerdict::Resolved && !lookup.addresses.iter().any(is_asked) {
                    lookup.verdict = super::DnsVerdict::Nodata;
                }
                tell(Event::Dns(&lookup));
                let endpoints = self.endpoints;
                for endpoint in endpoints {
                    if matches!(&endpoint.host, Host::Domain(name) if name.eq_ignore_ascii_case(&lookup.name))
                    {
                        for address in lookup.addresses.iter().filter(|ip| is_asked(ip)).take(ADDRESSES) {
                            self.add(endpoint, *address);
                        }
                    }
                }
                if let Some((_, slot)) = self.names.get_mut(index) {
                    *slot = Some(lookup);
                }
            }
            Done::Slot(index, probed) => {
                let Some((slot, place)) = self.slots.get_mut(index) else { return };
                let address = slot.address;
                let mut probed = probed.unwrap_or_else(|| Probed::untried(slot, self.options.talk.is_some()));
                // The endpoints may have become more while it was in work.
                (probed.endpoints, probed.want) = (slot.endpoints.clone(), slot.want);
                tell(Event::Result(&probed));
                *place = Some(probed);
                let next = self
                    .waiting
                    .get_mut(&address)
                    .and_then(|waiting| if waiting.is_empty() { None } else { Some(waiting.remove(0)) });
                match next {
                    Some(next) => self.start(next),
                    None => drop(self.waiting.remove(&address)),
                }
            }
        }
    }

    /// What is known, and of the rest that it is not.
    fn finish(self, ended: Ended, tell: &mut impl FnMut(Event<'_>)) -> Round {
        let talking = self.options.talk.is_some();
        let expected = |name: &str| {
            let published = self
                .endpoints
                .iter()
                .find(|endpoint| matches!(&endpoint.host, Host::Domain(own) if own == name));
            published.and_then(|endpoint| endpoint.published).into_iter().collect()
        };
        let mut dns = Vec::new();
        for (name, lookup) in &self.names {
            dns.push(lookup.clone().unwrap_or_else(|| {
                let lookup = Lookup::unfinished(name, expected(name));
                tell(Event::Dns(&lookup));
                lookup
            }));
        }
        let mut results = Vec::new();
        for (slot, probed) in self.slots {
            results.push(probed.unwrap_or_else(|| {
                let probed = Probed::untried(&slot, talking);
                tell(Event::Result(&probed));
                probed
            }));
        }
        let mut round = Round { dns, results, ended, ms: 0.0 };
        round.excuse();
        round
    }
}

/// All tries of one address over one transport.
async fn probe(slot: &Slot, options: &Options) -> Option<Probed> {
    let talk = options.talk.as_deref();
    let talking = talk.is_some();
    if slot.transport == Transport::Udp && !talking {
        return Some(Probed::untried(slot, talking));
    }
    let (mut made, mut verdicts): (Vec<Attempt>, Vec<Verdict>) = (Vec::new(), Vec::new());
    while options.tries.goes_on(&verdicts, talking) {
        if !made.is_empty() {
            sleep(options.spacing).await;
        }
        let number = u32::try_from(made.len()).unwrap_or(u32::MAX);
        let attempt = one(slot, options, number).await?;
        verdicts.push(attempt.verdict);
        made.push(attempt);
    }
    let said = talk.map(Talk::describe);
    Probed::of(slot, &options.tries, talking, &made).map(|probed| Probed { said, ..probed })
}

async fn one(slot: &Slot, options: &Options, attempt: u32) -> Option<Attempt> {
    let (target, way, timeout) = (slot.address, &options.way, options.timeout);
    let talk = options.talk.as_deref();
    Some(match slot.transport {
        Transport::Tcp => {
            tcp::try_once(tcp::Ask { target, way, timeout, hold: options.hold, talk, attempt }).await
        }
        Transport::Udp => {
            let (spacing, datagrams) = (options.spacing, options.datagrams);
            udp::try_once(udp::Ask { target, way, timeout, spacing, datagrams, talk: talk?, attempt }).await
        }
    })
}
