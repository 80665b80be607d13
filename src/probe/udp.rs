//! One try over UDP: a connected socket, a few datagrams with the question, and whatever comes back: the answer, or an
//! ICMP message. Silence is never a success, and without a question nothing is sent at all.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use socket2::Type;
use tokio::io::Interest;
use tokio::net::UdpSocket;
use tokio::time::{Instant, timeout_at};

use super::attempt::Attempt;
use super::cause::Cause;
use super::evidence::{Evidence, Phase};
use super::socket::{Queued, Way, take, told};
use super::talk::{Judged, Talk};
use super::verdict::Verdict;
use crate::tracker::Transport;

/// What a UDP try is given.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ask<'a> {
    pub(super) target: SocketAddr,
    pub(super) way: &'a Way,
    /// For the whole try.
    pub(super) timeout: Duration,
    /// Between two datagrams.
    pub(super) spacing: Duration,
    /// How many datagrams are sent before silence is believed.
    pub(super) datagrams: u32,
    pub(super) talk: &'a dyn Talk,
    pub(super) attempt: u32,
}

pub(super) async fn try_once(ask: Ask<'_>) -> Attempt {
    let began = Instant::now();
    let mut state = State {
        ask,
        evidence: Evidence::new(Phase::Route),
        unexpected: false,
        hint: None,
        questions: Vec::new(),
    };
    let socket = match state.open() {
        Ok(socket) => socket,
        Err(verdict) => return Attempt::failed(verdict, began.elapsed(), state.evidence),
    };
    let (verdict, answer) = state.exchange(&socket, began).await;
    Attempt { verdict, connect: None, answer, waited: began.elapsed(), evidence: state.evidence }
}

struct State<'a> {
    ask: Ask<'a>,
    evidence: Evidence,
    /// Something came that was not the answer.
    unexpected: bool,
    /// The verdict of an ICMP message that may pass (RFC 1122: net and host unreachable are hints).
    hint: Option<Verdict>,
    /// What was sent so far: a late answer may be to an earlier datagram.
    questions: Vec<Vec<u8>>,
}

impl State<'_> {
    fn open(&mut self) -> Result<UdpSocket, Verdict> {
        let target = self.ask.target;
        let socket =
            self.ask.way.socket(target.ip(), Type::DGRAM).map_err(|error| self.fail(&error, None))?;
        socket.connect(&target.into()).map_err(|error| self.fail(&error, None))?;
        let own = socket.local_addr().ok().and_then(|address| address.as_socket());
        self.evidence.source = own.map(|own| own.ip());
        UdpSocket::from_std(socket.into()).map_err(|error| self.fail(&error, None))
    }

    /// Sends and listens until something decides or the time is over.
    async fn exchange(&mut self, socket: &UdpSocket, began: Instant) -> (Verdict, Option<Duration>) {
        let end = began + self.ask.timeout;
        let first = Instant::now();
        for number in 0..self.ask.datagrams.max(1) {
            let question = self.ask.talk.question(Transport::Udp, self.ask.attempt);
            self.evidence.phase = Phase::Send;
            let sent = Instant::now();
            if sent >= end {
                break;
            }
            if let Err(error) = socket.send(&question).await
                && let Some(verdict) = self.error(socket, &error)
            {
                return (verdict, None);
            }
            self.evidence.datagrams += 1;
            self.evidence.sent += question.len();
            self.evidence.phase = Phase::Answer;
            let last = number + 1 >= self.ask.datagrams;
            let until = if last { end } else { end.min(sent + self.ask.spacing) };
            self.questions.push(question);
            if let Some(verdict) = self.listen(socket, until).await {
                // From the first datagram, as nobody can tell which of several was answered: a time that is never
                // shorter than the true one.
                let answer = (verdict == Verdict::Answered).then(|| first.elapsed());
                return (verdict, answer);
            }
        }
        let silence = self.hint.unwrap_or(Verdict::OpenOrFiltered);
        (if self.unexpected { Verdict::AnsweredUnexpected } else { silence }, None)
    }

    async fn listen(&mut self, socket: &UdpSocket, until: Instant) -> Option<Verdict> {
        let mut datagram = vec![0; 65_536];
        // Each round takes a datagram or an error, or waits for the deadline.
        loop {
            let ready = match timeout_at(until, socket.ready(Interest::READABLE | Interest::ERROR)).await {
                Err(_) => return None,
                Ok(Err(error)) => return self.error(socket, &error),
                Ok(Ok(ready)) => ready,
            };
            if ready.is_error() {
                // The queue first: reading the error alone would leave its cause behind.
                let queued = socket.try_io(Interest::ERROR, || take(socket).ok_or(WOULD_BLOCK.into()));
                if let Ok(queued) = queued
                    && let Some(verdict) = self.queued(queued)
                {
                    return Some(verdict);
                }
            }
            match socket.try_recv(&mut datagram) {
                Ok(count) => {
                    let received = datagram.get(..count).unwrap_or_default();
                    self.evidence.keep(received);
                    let talk = self.ask.talk;
                    if self.questions.iter().any(|question| talk.judge(question, received) == Judged::Wanted)
                    {
                        self.evidence.errno = None;
                        self.evidence.icmp = None;
                        return Some(Verdict::Answered);
                    }
                    self.unexpected = true;
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Err(error) => {
                    if let Some(verdict) = self.error(socket, &error) {
                        return Some(verdict);
                    }
                }
            }
        }
    }

    /// An error of a call; the queue may hold its cause. None when it does not decide.
    fn error(&mut self, socket: &UdpSocket, error: &io::Error) -> Option<Verdict> {
        let queued = take(socket);
        if queued.is_none() && self.hint.is_some() {
            // The queue was read before; this is the same error by the other way.
            return None;
        }
        let verdict = self.fail(error, queued);
        self.decide(verdict)
    }

    fn queued(&mut self, queued: Queued) -> Option<Verdict> {
        let verdict = self.fail(&io::Error::from_raw_os_error(queued.errno), Some(queued));
        self.decide(verdict)
    }

    fn decide(&mut self, verdict: Verdict) -> Option<Verdict> {
        let hint = self.evidence.icmp.is_some_and(|icmp| {
            matches!(
                (icmp.v6, icmp.kind, icmp.code),
                (false, 3, 0 | 1 | 5) | (false, 11 | 12, _) | (true, 1, 0 | 3) | (true, 3, _)
            )
        });
        if hint {
            self.hint = Some(verdict);
            return None;
        }
        Some(verdict)
    }

    fn fail(&mut self, error: &io::Error, queued: Option<Queued>) -> Verdict {
        let (errno, icmp) = told(error, queued);
        let (target, source) = (self.ask.target.ip(), self.evidence.source);
        let cause = Cause { errno, icmp, phase: self.evidence.phase, target, source };
        let verdict = cause.udp();
        self.evidence.local = cause.is_local();
        (self.evidence.errno, self.evidence.icmp) = (Some(cause.errno), cause.icmp);
        verdict
    }
}

const WOULD_BLOCK: io::ErrorKind = io::ErrorKind::WouldBlock;
