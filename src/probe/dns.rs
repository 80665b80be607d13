//! One question to one resolver over sockets of our own, since the system's resolver cannot say why it failed: the
//! answer code, the chain of names, the addresses and how long they hold. Malformed and foreign answers are dropped.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use hickory_proto::op::{Message, MessageType, Query, ResponseCode};
use hickory_proto::rr::{Name, RData, RecordType};
use socket2::Type;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, UdpSocket};
use tokio::time::{Instant, timeout_at};

use super::errno;
use super::socket::Way;
use super::verdict::DnsVerdict;

/// One alias of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alias {
    /// The name that is an alias.
    pub from: String,
    /// What it stands for.
    pub to: String,
    /// How long that holds, in seconds.
    pub ttl: u32,
}

/// What a resolver said about one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// What it comes to.
    pub verdict: DnsVerdict,
    /// The answer code's name, as `NXDOMAIN`; none without an answer.
    pub code: Option<String>,
    /// The system's error when no answer came, as `ECONNREFUSED`.
    pub errno: Option<String>,
    /// The addresses.
    pub addresses: Vec<IpAddr>,
    /// The aliases on the way to them.
    pub chain: Vec<Alias>,
    /// How long the addresses hold, in seconds: the least of their times.
    pub ttl: Option<u32>,
}

impl Answer {
    /// No answer.
    pub(super) fn without(verdict: DnsVerdict, errno: Option<String>) -> Self {
        Self { verdict, code: None, errno, addresses: Vec::new(), chain: Vec::new(), ttl: None }
    }
}

/// The most names that a chain of aliases is followed through.
const HOPS: usize = 8;

/// The most addresses that are taken from answers.
const MOST: usize = 32;

/// Asks for the addresses of one kind, following aliases to their end.
pub(super) async fn ask(
    name: &str,
    kind: RecordType,
    server: SocketAddr,
    way: &Way,
    time: Duration,
) -> Answer {
    let until = Instant::now() + time;
    let mut so_far = Answer::without(DnsVerdict::Failed, None);
    let Ok(mut wanted) = Name::from_ascii(name) else { return so_far };
    wanted.set_fqdn(true);
    for _ in 0..HOPS {
        let message = match exchange(&wanted, kind, server, way, until).await {
            Ok(message) => message,
            Err(trouble) => return Answer { chain: so_far.chain, ..trouble },
        };
        let code = message.metadata.response_code;
        so_far.code = Some(name_of(code));
        so_far.verdict = verdict_of(code);
        match take(&message, &wanted, &mut so_far) {
            _ if !so_far.addresses.is_empty() => {
                so_far.verdict = DnsVerdict::Resolved;
                return so_far;
            }
            // An alias whose end was not in the answer: ask for that one, if this answer was no refusal.
            Some(end) if end != wanted && code == ResponseCode::NoError => wanted = end,
            Some(_) => return so_far,
            None => {
                so_far.verdict = DnsVerdict::CnameLoop;
                return so_far;
            }
        }
    }
    so_far.verdict = DnsVerdict::CnameLoop;
    so_far
}

/// Takes aliases and addresses from an answer; the name at the end of the chain, or none when it goes in a circle.
fn take(message: &Message, wanted: &Name, so_far: &mut Answer) -> Option<Name> {
    let mut end = wanted.clone();
    // Each alias leads on once; more of them than records would be a circle.
    for _ in 0..=message.answers.len() {
        let alias = message.answers.iter().find_map(|record| match &record.data {
            RData::CNAME(to) if record.name == end => Some((to.0.clone(), record.ttl)),
            _ => None,
        });
        let Some((to, ttl)) = alias else { break };
        let known = so_far.chain.iter().any(|alias| alias.from == shown(&end));
        if known || so_far.chain.len() >= HOPS * 2 {
            return None;
        }
        so_far.chain.push(Alias { from: shown(&end), to: shown(&to), ttl });
        end = to;
    }
    for record in message.answers.iter().filter(|record| record.name == end) {
        let address = match &record.data {
            RData::A(address) => IpAddr::V4(address.0),
            RData::AAAA(address) => IpAddr::V6(address.0),
            _ => continue,
        };
        if !so_far.addresses.contains(&address) && so_far.addresses.len() < MOST {
            so_far.addresses.push(address);
        }
        so_far.ttl = Some(so_far.ttl.map_or(record.ttl, |ttl| ttl.min(record.ttl)));
    }
    Some(end)
}

/// A name as people write it, without the dot of the root.
fn shown(name: &Name) -> String {
    let name = name.to_ascii();
    name.strip_suffix('.').map(str::to_owned).unwrap_or(name)
}

fn verdict_of(code: ResponseCode) -> DnsVerdict {
    match code {
        ResponseCode::NoError => DnsVerdict::Nodata,
        ResponseCode::NXDomain => DnsVerdict::Nxdomain,
        ResponseCode::ServFail => DnsVerdict::Servfail,
        ResponseCode::Refused => DnsVerdict::Refused,
        _ => DnsVerdict::Failed,
    }
}

/// The codes' names of RFC 1035 and RFC 2136 as the registry of DNS parameters spells them.
fn name_of(code: ResponseCode) -> String {
    match code {
        ResponseCode::NoError => "NOERROR".to_owned(),
        ResponseCode::FormErr => "FORMERR".to_owned(),
        ResponseCode::ServFail => "SERVFAIL".to_owned(),
        ResponseCode::NXDomain => "NXDOMAIN".to_owned(),
        ResponseCode::NotImp => "NOTIMP".to_owned(),
        ResponseCode::Refused => "REFUSED".to_owned(),
        other => format!("RCODE{}", u16::from(other)),
    }
}

/// How often a question is sent before silence is believed.
const SENDS: u32 = 2;

async fn exchange(
    name: &Name,
    kind: RecordType,
    server: SocketAddr,
    way: &Way,
    until: Instant,
) -> Result<Message, Answer> {
    let mut question = Message::query();
    question.metadata.recursion_desired = true;
    question.add_query(Query::query(name.clone(), kind));
    let bytes = question.to_vec().map_err(|_| Answer::without(DnsVerdict::Failed, None))?;
    let answer = over_udp(&question, &bytes, server, way, until).await?;
    if answer.metadata.truncation {
        over_tcp(&question, &bytes, server, way, until).await
    } else {
        Ok(answer)
    }
}

fn unreachable(error: &io::Error) -> Answer {
    Answer::without(DnsVerdict::ResolverUnreachable, Some(errno::name(error)))
}

const TIMEOUT: fn() -> Answer = || Answer::without(DnsVerdict::Timeout, None);

async fn over_udp(
    question: &Message,
    bytes: &[u8],
    server: SocketAddr,
    way: &Way,
    until: Instant,
) -> Result<Message, Answer> {
    let socket = way.socket(server.ip(), Type::DGRAM).map_err(|error| unreachable(&error))?;
    socket.connect(&server.into()).map_err(|error| unreachable(&error))?;
    let socket = UdpSocket::from_std(socket.into()).map_err(|error| unreachable(&error))?;
    let each = until.saturating_duration_since(Instant::now()) / SENDS;
    let mut datagram = vec![0; 4_096];
    for send in 1..=SENDS {
        socket.send(bytes).await.map_err(|error| unreachable(&error))?;
        let end = if send == SENDS { until } else { Instant::now() + each };
        // Ends by an answer, by an error, or by the clock; foreign datagrams are as many as arrive until then.
        while let Ok(received) = timeout_at(end, socket.recv(&mut datagram)).await {
            let count = received.map_err(|error| unreachable(&error))?;
            if let Some(message) = datagram.get(..count).and_then(|bytes| answer_to(question, bytes)) {
                return Ok(message);
            }
        }
    }
    Err(TIMEOUT())
}

async fn over_tcp(
    question: &Message,
    bytes: &[u8],
    server: SocketAddr,
    way: &Way,
    until: Instant,
) -> Result<Message, Answer> {
    let exchange = async {
        let socket = way.socket(server.ip(), Type::STREAM)?;
        let mut stream = TcpSocket::from_std_stream(socket.into()).connect(server).await?;
        let length = u16::try_from(bytes.len()).map_err(io::Error::other)?;
        stream.write_all(&[&length.to_be_bytes(), bytes].concat()).await?;
        let length = stream.read_u16().await?;
        // The length is 16 bits wide: 64 KiB at most.
        let mut message = vec![0; usize::from(length)];
        stream.read_exact(&mut message).await?;
        io::Result::Ok(message)
    };
    let bytes =
        timeout_at(until, exchange).await.map_err(|_| TIMEOUT())?.map_err(|error| unreachable(&error))?;
    answer_to(question, &bytes).ok_or_else(|| Answer::without(DnsVerdict::Failed, None))
}

/// The message, if it is the answer to this question.
fn answer_to(question: &Message, bytes: &[u8]) -> Option<Message> {
    let message = Message::from_vec(bytes).ok()?;
    let answers = message.metadata.id == question.metadata.id
        && message.metadata.message_type == MessageType::Response
        && (message.queries == question.queries || message.queries.is_empty());
    answers.then_some(message)
}
