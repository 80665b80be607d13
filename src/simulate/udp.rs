//! A tracker that reports by datagrams, from a port of its own.

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::rc::Rc;
use std::time::Duration;

use tokio::net::UdpSocket;
use tokio::time::{Instant, sleep_until, timeout};

use super::run::Stage;
use super::speaker::{Due, Hearing, Speaker};
use super::tcp::LOGIN;

/// How long the last datagram waits for its answer.
const FAREWELL: Duration = Duration::from_millis(300);

/// The life of a tracker, from the moment at which it begins.
pub(super) async fn tracker(mut speaker: Speaker, at: Instant, stage: Rc<Stage>) {
    sleep_until(at).await;
    if let Err(error) = life(&mut speaker, at, &stage).await {
        stage.count(|counts| {
            counts.refused += 1;
            counts.trouble(error);
        });
    }
}

async fn life(speaker: &mut Speaker, at: Instant, stage: &Stage) -> io::Result<()> {
    let options = &stage.options;
    let any: SocketAddr = match options.to {
        SocketAddr::V4(_) => (Ipv4Addr::UNSPECIFIED, 0).into(),
        SocketAddr::V6(_) => (Ipv6Addr::UNSPECIFIED, 0).into(),
    };
    let socket = UdpSocket::bind(any).await?;
    socket.connect(options.to).await?;
    let mut hearing = Hearing::new(options.protocol);
    if let Some(login) = speaker.login().map_err(io::Error::other)? {
        send(&socket, &login, stage).await;
        if hear(&socket, &mut hearing, stage, Instant::now() + LOGIN, true).await == 0 {
            stage.count(|counts| counts.unanswered += 1);
        }
    }
    let (mut due, mut positions) = (at, 0_u64);
    while options.messages.is_none_or(|most| positions < most) && !stage.is_over() {
        let until = stage.until.map_or(due, |end| end.min(due));
        hear(&socket, &mut hearing, stage, until, false).await;
        if due > Instant::now() {
            continue;
        }
        let (now, since) = stage.moment(due);
        // There is no connection that could be hung up.
        let Due { frame, copies, spoiled, .. } = speaker.position(now, since).map_err(io::Error::other)?;
        due += options.interval;
        positions += 1;
        let mut out = 0;
        for _ in 0..copies {
            out += u8::from(send(&socket, &frame, stage).await);
        }
        if copies == 0 || out > 0 {
            stage.count(|counts| counts.position(out, spoiled));
        }
    }
    hear(&socket, &mut hearing, stage, Instant::now() + FAREWELL, false).await;
    Ok(())
}

/// Sends a datagram. That nobody listens is told by the system with a later one, and is counted. Whether it went out.
async fn send(socket: &UdpSocket, bytes: &[u8], stage: &Stage) -> bool {
    let sent = socket.send(bytes).await;
    let is_out = sent.is_ok();
    stage.count(|counts| match sent {
        Ok(_) => {
            counts.sent += 1;
            counts.bytes += bytes.len() as u64;
        }
        Err(error) => {
            counts.lost += 1;
            counts.trouble(error);
        }
    });
    is_out
}

/// Hears answers until a moment, or until the first one; says how many came.
async fn hear(socket: &UdpSocket, hearing: &mut Hearing, stage: &Stage, until: Instant, first: bool) -> u64 {
    let mut answers = 0;
    let listening = async {
        loop {
            if socket.readable().await.is_err() {
                return;
            }
            let heard = stage.with_room(|room, messages| {
                let read = socket.try_recv(room)?;
                Ok::<_, io::Error>(hearing.datagram(room.get(..read).unwrap_or_default(), messages))
            });
            match heard {
                Ok(heard) => {
                    answers += heard.answers;
                    stage.count(|counts| {
                        counts.answers += heard.answers;
                        counts.commands += heard.commands;
                    });
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Err(error) => stage.count(|counts| {
                    counts.lost += 1;
                    counts.trouble(error);
                }),
            }
            if first && answers > 0 {
                return;
            }
        }
    };
    let left = until.saturating_duration_since(Instant::now());
    let _ = timeout(left, listening).await;
    answers
}
