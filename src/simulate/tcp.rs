//! A tracker that reports over connections: it logs in, sends what is due, hears what is answered, and comes back when
//! it was hung up on.

use std::io;
use std::rc::Rc;
use std::time::Duration;

use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep_until, timeout};

use super::run::Stage;
use super::speaker::{Due, Hearing, Speaker};

/// How long a connection, or the acceptance of a message, may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long a login waits for its answer: as long as the GT06 paper lets it.
pub(super) const LOGIN: Duration = Duration::from_secs(5);

/// How long a connection that has said everything waits for the server to say so too.
const FAREWELL: Duration = Duration::from_secs(2);

/// Tries in a row that may fail before a tracker gives up.
const TRIES: u32 = 6;

/// The longest pause before the next try.
const LONGEST: Duration = Duration::from_secs(30);

/// The life of a tracker, from the moment at which it begins.
pub(super) async fn tracker(speaker: Speaker, at: Instant, stage: Rc<Stage>) {
    sleep_until(at).await;
    let mut tracker = Tracker { speaker, due: at, positions: 0, stage: &stage };
    let mut failures = 0;
    while !tracker.is_done() && failures < TRIES {
        match timeout(PATIENCE, TcpStream::connect(stage.options.to)).await {
            Ok(Ok(socket)) => {
                stage.count(|counts| counts.connected += 1);
                let before = tracker.positions;
                match tracker.connection(socket).await {
                    Ok(()) => failures = 0,
                    Err(error) => {
                        // A server that took something is worth more tries than one that takes nothing.
                        failures = if tracker.positions > before { 1 } else { failures + 1 };
                        stage.count(|counts| {
                            counts.lost += 1;
                            counts.trouble(error);
                        });
                    }
                }
            }
            other => {
                failures += 1;
                stage.count(|counts| {
                    counts.refused += 1;
                    match other {
                        Ok(Err(error)) => counts.trouble(error),
                        _ => counts.trouble("no connection within 10 s"),
                    }
                });
            }
        }
        if failures > 0 {
            let pause = Duration::from_millis(500 << failures.min(6)).min(LONGEST);
            let until = Instant::now() + pause;
            sleep_until(stage.until.map_or(until, |end| end.min(until))).await;
        }
    }
}

struct Tracker<'a> {
    speaker: Speaker,
    /// When its next position is due.
    due: Instant,
    /// Positions that were due so far, those that went lost among them.
    positions: u64,
    stage: &'a Stage,
}

/// What ends a connection well.
enum Next {
    /// Nothing: it goes on.
    On,
    /// The connection is to be closed and made anew.
    HangUp,
}

impl Tracker<'_> {
    fn is_done(&self) -> bool {
        self.stage.options.messages.is_some_and(|most| self.positions >= most) || self.stage.is_over()
    }

    /// One connection, until everything is said or it is lost.
    async fn connection(&mut self, mut socket: TcpStream) -> io::Result<()> {
        socket.set_nodelay(true)?;
        let mut hearing = Hearing::new(self.stage.options.protocol);
        let login = self.speaker.login().map_err(io::Error::other)?;
        if let Some(login) = login {
            self.write(&mut socket, &login).await?;
            self.accepted(&socket, &mut hearing).await?;
        }
        while !self.is_done() {
            let until = self.stage.until.map_or(self.due, |end| end.min(self.due));
            tokio::select! {
                biased;
                ready = socket.readable() => {
                    ready?;
                    self.read(&socket, &mut hearing)?;
                }
                () = sleep_until(until) => {
                    if self.due <= Instant::now() && matches!(self.position(&mut socket).await?, Next::HangUp) {
                        break;
                    }
                }
            }
        }
        self.farewell(socket, &mut hearing).await;
        Ok(())
    }

    /// Waits until something is answered to the login; goes on without when nothing is.
    async fn accepted(&self, socket: &TcpStream, hearing: &mut Hearing) -> io::Result<()> {
        let answered = async {
            loop {
                socket.readable().await?;
                if self.read(socket, hearing)? > 0 {
                    return Ok(());
                }
            }
        };
        match timeout(LOGIN, answered).await {
            Ok(result) => result,
            Err(_) => {
                self.stage.count(|counts| counts.unanswered += 1);
                Ok(())
            }
        }
    }

    /// Sends the position that is due.
    async fn position(&mut self, socket: &mut TcpStream) -> io::Result<Next> {
        let (now, since) = self.stage.moment(self.due);
        let Due { frame, copies, spoiled, hang_up } =
            self.speaker.position(now, since).map_err(io::Error::other)?;
        self.due += self.stage.options.interval;
        self.positions += 1;
        for _ in 0..copies {
            self.write(socket, &frame).await?;
        }
        self.stage.count(|counts| counts.position(copies, spoiled));
        Ok(if hang_up { Next::HangUp } else { Next::On })
    }

    async fn write(&self, socket: &mut TcpStream, bytes: &[u8]) -> io::Result<()> {
        match timeout(PATIENCE, socket.write_all(bytes)).await {
            Ok(written) => written?,
            Err(_) => return Err(io::Error::other("the server takes nothing more for 10 s")),
        }
        self.stage.count(|counts| {
            counts.sent += 1;
            counts.bytes += bytes.len() as u64;
        });
        Ok(())
    }

    /// Reads what is there; how many answers are in it.
    fn read(&self, socket: &TcpStream, hearing: &mut Hearing) -> io::Result<u64> {
        let heard = self.stage.with_room(|room, messages| match socket.try_read(room) {
            Ok(0) => Err(io::Error::other("the server closed the connection")),
            Ok(read) => Ok(hearing.hear(room.get(..read).unwrap_or_default(), messages)),
            Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted) => {
                Ok(Default::default())
            }
            Err(error) => Err(error),
        })?;
        self.stage.count(|counts| {
            counts.answers += heard.answers;
            counts.commands += heard.commands;
        });
        Ok(heard.answers)
    }

    /// Says that no more will come, and hears what is still answered.
    async fn farewell(&self, mut socket: TcpStream, hearing: &mut Hearing) {
        let last = async {
            socket.shutdown().await?;
            loop {
                socket.readable().await?;
                self.read(&socket, hearing)?;
            }
        };
        // The end of the connection is an error of the read, and what was hoped for.
        let _: Result<io::Result<()>, _> = timeout(FAREWELL, last).await;
    }
}
