//! One try over TCP: connect, wait whether the server keeps the connection or answers a question, close.
//! Without a question no application byte is sent, and the connection is closed with a FIN, never a reset.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use socket2::Type;
use tokio::io::{AsyncWriteExt, Interest};
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout_at};

use super::attempt::Attempt;
use super::cause::{Cause, silent_connect};
use super::evidence::{Evidence, Phase};
use super::socket::{Way, take, told};
use super::talk::{Judged, Talk};
use super::verdict::Verdict;
use crate::tracker::Transport;

/// What a TCP try is given.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ask<'a> {
    pub(super) target: SocketAddr,
    pub(super) way: &'a Way,
    /// For the connection, and again for an answer.
    pub(super) timeout: Duration,
    /// How long a connection is watched when nothing was asked.
    pub(super) hold: Duration,
    pub(super) talk: Option<&'a dyn Talk>,
    pub(super) attempt: u32,
}

/// The most bytes of an answer that are looked at.
const MOST: usize = 65_536;

pub(super) async fn try_once(ask: Ask<'_>) -> Attempt {
    let mut evidence = Evidence::new(Phase::Route);
    let began = Instant::now();
    match connect(&ask, &mut evidence).await {
        Err(verdict) => Attempt::failed(verdict, began.elapsed(), evidence),
        Ok((stream, connect)) => {
            let connected = Instant::now();
            let verdict = match ask.talk {
                None => hold(&stream, &ask, &mut evidence).await,
                Some(talk) => converse(stream, talk, &ask, &mut evidence).await,
            };
            Attempt { verdict, connect: Some(connect), answer: None, waited: began.elapsed(), evidence }
                .with_answer(connected.elapsed())
        }
    }
}

/// Connects, and says how long that took: from the first SYN to the moment this program knows.
async fn connect(ask: &Ask<'_>, evidence: &mut Evidence) -> Result<(TcpStream, Duration), Verdict> {
    let socket =
        ask.way.socket(ask.target.ip(), Type::STREAM).map_err(|error| fail(ask, evidence, &error, None))?;
    let began = Instant::now();
    match socket.connect(&ask.target.into()) {
        Ok(()) => {}
        Err(error) if is_under_way(&error) => {}
        Err(error) => return Err(fail(ask, evidence, &error, take(&socket))),
    }
    // A near server has answered by now, and the time must not grow while others have their turn.
    let at_once = socket.peer_addr().is_ok().then(|| began.elapsed());
    evidence.phase = Phase::Connect;
    evidence.source = socket.local_addr().ok().and_then(|address| address.as_socket()).map(|own| own.ip());
    let stream = TcpStream::from_std(socket.into()).map_err(|error| fail(ask, evidence, &error, None))?;
    match timeout_at(began + ask.timeout, stream.writable()).await {
        Err(_) => {
            let waited = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
            return Err(silent_connect(waited));
        }
        Ok(Err(error)) => return Err(fail(ask, evidence, &error, None)),
        Ok(Ok(())) => {}
    }
    let took = at_once.unwrap_or_else(|| began.elapsed());
    match stream.take_error() {
        Ok(None) => Ok((stream, took)),
        Ok(Some(error)) | Err(error) => Err(fail(ask, evidence, &error, take(&stream))),
    }
}

pub(super) fn is_under_way(error: &io::Error) -> bool {
    #[cfg(unix)]
    let raw = error.raw_os_error() == Some(nix::errno::Errno::EINPROGRESS as i32);
    #[cfg(not(unix))]
    let raw = false;
    raw || error.kind() == io::ErrorKind::WouldBlock
}

fn fail(
    ask: &Ask<'_>,
    evidence: &mut Evidence,
    error: &io::Error,
    queued: Option<super::socket::Queued>,
) -> Verdict {
    let (errno, icmp) = told(error, queued);
    let cause =
        Cause { errno, icmp, phase: evidence.phase, target: ask.target.ip(), source: evidence.source };
    let verdict = cause.tcp();
    evidence.local = cause.is_local();
    (evidence.errno, evidence.icmp) = (Some(cause.errno), cause.icmp);
    verdict
}

/// Watches an idle connection. A server that speaks first is open, whatever it says.
async fn hold(stream: &TcpStream, ask: &Ask<'_>, evidence: &mut Evidence) -> Verdict {
    evidence.phase = Phase::Hold;
    let mut received = Vec::new();
    let end = read(stream, &mut received, Instant::now() + ask.hold, |received| !received.is_empty()).await;
    evidence.keep(&received);
    match end {
        End::Closed if received.is_empty() => Verdict::OpenButCloses,
        End::Error(error) => {
            evidence.errno = Some(super::errno::name(&error));
            Verdict::OpenButResets
        }
        End::Closed | End::Enough | End::Silence => {
            close(stream);
            Verdict::Open
        }
    }
}

/// Says something and waits for the answer.
async fn converse(mut stream: TcpStream, talk: &dyn Talk, ask: &Ask<'_>, evidence: &mut Evidence) -> Verdict {
    let question = talk.question(Transport::Tcp, ask.attempt);
    evidence.phase = Phase::Send;
    let until = Instant::now() + ask.timeout;
    match timeout_at(until, stream.write_all(&question)).await {
        Ok(Ok(())) => evidence.sent = question.len(),
        Ok(Err(error)) => {
            evidence.errno = Some(super::errno::name(&error));
            return Verdict::OpenButResets;
        }
        Err(_) => return Verdict::Open,
    }
    evidence.phase = Phase::Answer;
    let mut received = Vec::new();
    let wanted = |received: &[u8]| talk.judge(&question, received) == Judged::Wanted && !received.is_empty();
    let end = read(&stream, &mut received, until, wanted).await;
    evidence.keep(&received);
    if let End::Error(error) = &end {
        evidence.errno = Some(super::errno::name(error));
    }
    match end {
        End::Enough => {
            close(&stream);
            Verdict::Answered
        }
        _ if !received.is_empty() => {
            close(&stream);
            Verdict::AnsweredUnexpected
        }
        End::Closed => Verdict::OpenButCloses,
        End::Error(_) => Verdict::OpenButResets,
        End::Silence => {
            close(&stream);
            Verdict::Open
        }
    }
}

enum End {
    /// What came is enough.
    Enough,
    /// The other side closed.
    Closed,
    /// The time is over.
    Silence,
    Error(io::Error),
}

/// Reads until `enough` says so, the other side closes, or the time is over.
async fn read(
    stream: &TcpStream,
    received: &mut Vec<u8>,
    until: Instant,
    enough: impl Fn(&[u8]) -> bool,
) -> End {
    let mut part = [0; 2_048];
    // Each round takes at least one byte, ends, or waits for the deadline.
    loop {
        match timeout_at(until, stream.ready(Interest::READABLE)).await {
            Err(_) => return End::Silence,
            Ok(Err(error)) => return End::Error(error),
            Ok(Ok(_)) => {}
        }
        match stream.try_read(&mut part) {
            Ok(0) => return End::Closed,
            Ok(count) => {
                received.extend(part.iter().take(count));
                if enough(received) {
                    return End::Enough;
                }
                if received.len() >= MOST {
                    return End::Silence;
                }
            }
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(error) => return End::Error(error),
        }
    }
}

/// Ends with a FIN: bytes that were not read would turn the close into a reset.
fn close(stream: &TcpStream) {
    let _ = socket2::SockRef::from(stream).shutdown(std::net::Shutdown::Write);
    let mut rest = [0; 4_096];
    let mut taken = 0;
    while let Ok(count @ 1..) = stream.try_read(&mut rest) {
        taken += count;
        if taken >= MOST {
            break;
        }
    }
}
