//! One time of silence over one socket: something is said, nothing is said for so long, and then either the answer
//! comes or it does not.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::io;
use std::time::Duration;

use socket2::{SockRef, TcpKeepalive, Type};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpStream, UdpSocket};
use tokio::time::{Instant, sleep, timeout, timeout_at};

use super::errno;
use super::nat::{Fate, Method, NatOptions};
use crate::units::ask_later;

/// Exchanges that make a stream of datagrams, and the time between them: Linux takes a flow for a stream when it still
/// lives two seconds after it began.
const EXCHANGES: u32 = 4;
const BETWEEN: Duration = Duration::from_millis(900);

/// How long the system's keep-alive asks: two probes, a second apart, and a second more for the way.
const KEEP_ALIVE: Duration = Duration::from_secs(4);

/// An echo that answers so much before its time was not asked by it to wait: it is another program's.
const EARLY: Duration = Duration::from_millis(200);

/// How often a time of silence is asked about that could not be asked: one datagram may go lost on any network.
const TRIES: u32 = 3;

pub(super) async fn run(method: Method, idle: Duration, options: &NatOptions) -> Fate {
    let mut fate = once(method, idle, options).await;
    // Each turn is one try of a few, from a fresh socket.
    for _ in 1..TRIES {
        if !matches!(fate, Fate::Untold(_)) {
            break;
        }
        fate = once(method, idle, options).await;
    }
    fate
}

async fn once(method: Method, idle: Duration, options: &NatOptions) -> Fate {
    let fate = match method {
        Method::UdpOnce => match hello(options).await {
            Ok(None) => both(idle, options, 0).await,
            Ok(Some(untold)) => Ok(untold),
            Err(error) => Err(error),
        },
        Method::UdpStream => both(idle, options, EXCHANGES).await,
        Method::Tcp => tcp(idle, options).await,
        Method::KeepAlive => keep_alive(idle, options).await,
    };
    match fate {
        // An echo that ended looks like a way that was lost: it has to answer still, to a fresh socket.
        Ok(Fate::Lost | Fate::Cut(_)) if !is_there(method, options).await => Fate::Untold(GONE.to_owned()),
        Ok(fate) => fate,
        Err(error) => Fate::Untold(format!("{} ({})", error, errno::name(&error))),
    }
}

/// Whether the echo answers still. Any other server is not asked: it may have closed what nobody used.
async fn is_there(method: Method, options: &NatOptions) -> bool {
    match method {
        Method::KeepAlive => true,
        Method::UdpOnce | Method::UdpStream => {
            let mut there = false;
            // Each turn is one datagram of a few, as one may go lost.
            for _ in 0..TRIES {
                there = there || matches!(hello(options).await, Ok(None));
            }
            there
        }
        Method::Tcp => match connect(options).await {
            Ok(Ok(mut stream)) => greets(&mut stream, options).await,
            Ok(Err(_)) | Err(_) => false,
        },
    }
}

const GONE: &str = "the echo does not answer a fresh socket any more: did it end?";

/// Whether an echo is there at all: silence after one datagram would else be taken for a way that was lost.
async fn hello(options: &NatOptions) -> io::Result<Option<Fate>> {
    let fate = udp(Duration::ZERO, options, 1).await?;
    Ok(match fate {
        Fate::Kept => None,
        Fate::Lost => Some(Fate::Untold(NO_ECHO.to_owned())),
        other => Some(other),
    })
}

/// The same by two sockets, as a datagram may go lost for other reasons: one answer is enough.
async fn both(idle: Duration, options: &NatOptions, exchanges: u32) -> io::Result<Fate> {
    let (one, two) = tokio::join!(udp(idle, options, exchanges), udp(idle, options, exchanges));
    match (one?, two?) {
        (Fate::Kept, _) | (_, Fate::Kept) => Ok(Fate::Kept),
        (Fate::Lost, _) | (_, Fate::Lost) => Ok(Fate::Lost),
        (one, _) => Ok(one),
    }
}

async fn udp(idle: Duration, options: &NatOptions, exchanges: u32) -> io::Result<Fate> {
    let socket = options.way.socket(options.target.ip(), Type::DGRAM)?;
    socket.connect(&options.target.into())?;
    let socket = UdpSocket::from_std(socket.into())?;
    for exchange in 0..exchanges {
        if exchange > 0 {
            sleep(BETWEEN).await;
        }
        let question = ask_later(Duration::ZERO, chance());
        socket.send(&question).await?;
        if timeout(options.timeout, answer(&socket, &question)).await.is_err() && exchange == 0 {
            return Ok(Fate::Untold(NO_ECHO.to_owned()));
        }
    }
    let question = ask_later(idle, chance());
    let asked = Instant::now();
    socket.send(&question).await?;
    match timeout_at(asked + idle + options.timeout, answer(&socket, &question)).await {
        Ok(()) => Ok(kept(asked, idle)),
        Err(_) => Ok(Fate::Lost),
    }
}

const NO_ECHO: &str =
    "no answer came at once: is `homing listen --echo` there, and does this network let UDP out?";

/// Waits for this very answer. What else comes, and errors that an ICMP message left, say nothing: the silence does.
async fn answer(socket: &UdpSocket, question: &[u8]) {
    let mut received = [0; 256];
    // Each turn waits for a datagram or an error; the caller's time ends it.
    loop {
        match socket.recv(&mut received).await {
            Ok(count) if received.get(..count) == Some(question) => return,
            Ok(_) => {}
            Err(_) => sleep(Duration::from_millis(50)).await,
        }
    }
}

async fn tcp(idle: Duration, options: &NatOptions) -> io::Result<Fate> {
    let mut stream = match connect(options).await? {
        Ok(stream) => stream,
        Err(fate) => return Ok(fate),
    };
    if !greets(&mut stream, options).await {
        return Ok(Fate::Untold(NO_ECHO_TCP.to_owned()));
    }
    let question = ask_later(idle, chance());
    let asked = Instant::now();
    stream.write_all(&question).await?;
    let mut received = vec![0; question.len()];
    match timeout_at(asked + idle + options.timeout, stream.read_exact(&mut received)).await {
        Err(_) => Ok(Fate::Lost),
        Ok(Ok(_)) if received == question => Ok(kept(asked, idle)),
        Ok(Ok(_)) => Ok(Fate::Untold(OTHER.to_owned())),
        Ok(Err(error)) => Ok(cut(&error)),
    }
}

/// Whether an echo is there at all: one that takes connections and says nothing would else look like a way that was lost.
async fn greets(stream: &mut TcpStream, options: &NatOptions) -> bool {
    let question = ask_later(Duration::ZERO, chance());
    let mut received = vec![0; question.len()];
    let exchange = async {
        stream.write_all(&question).await?;
        stream.read_exact(&mut received).await
    };
    matches!(timeout(options.timeout, exchange).await, Ok(Ok(_))) && received == question
}

const NO_ECHO_TCP: &str =
    "a connection came about, and no echo answered on it: is it `homing listen --echo`?";

const OTHER: &str = "something else than `homing listen --echo` of this version answers there";

/// The answer came; before its time only when the other side does not know how to wait.
fn kept(asked: Instant, idle: Duration) -> Fate {
    if asked.elapsed() + EARLY < idle { Fate::Untold(OTHER.to_owned()) } else { Fate::Kept }
}

fn cut(error: &io::Error) -> Fate {
    Fate::Cut((error.kind() != io::ErrorKind::UnexpectedEof).then(|| errno::name(error)))
}

async fn connect(options: &NatOptions) -> io::Result<Result<TcpStream, Fate>> {
    let socket = options.way.socket(options.target.ip(), Type::STREAM)?;
    match socket.connect(&options.target.into()) {
        Err(error) if !super::tcp::is_under_way(&error) => return Err(error),
        _ => {}
    }
    let stream = TcpStream::from_std(socket.into())?;
    if timeout(options.timeout, stream.writable()).await.is_err() {
        return Ok(Err(Fate::Untold("no connection came about in time".to_owned())));
    }
    match stream.take_error()? {
        Some(error) => Err(error),
        None => Ok(Ok(stream)),
    }
}

/// No byte is said: the system asks after the silence whether the other side is still there, and tells when it is not.
async fn keep_alive(idle: Duration, options: &NatOptions) -> io::Result<Fate> {
    let mut stream = match connect(options).await? {
        Ok(stream) => stream,
        Err(fate) => return Ok(fate),
    };
    let second = Duration::from_secs(1);
    let asks = TcpKeepalive::new().with_time(idle).with_interval(second).with_retries(2);
    SockRef::from(&stream).set_tcp_keepalive(&asks)?;
    let until = Instant::now() + idle + KEEP_ALIVE;
    let mut received = [0; 1_024];
    Ok(match timeout_at(until, stream.read(&mut received)).await {
        Err(_) => Fate::Kept,
        Ok(Ok(0)) => Fate::Cut(None),
        Ok(Ok(_)) => Fate::Untold("the server speaks by itself, which keeps the way open".to_owned()),
        Ok(Err(error)) if error.kind() == io::ErrorKind::TimedOut => Fate::Lost,
        Ok(Err(error)) => cut(&error),
    })
}

/// A number that nobody guesses.
fn chance() -> u64 {
    RandomState::new().hash_one(0_u8)
}
