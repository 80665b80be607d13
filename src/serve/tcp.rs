//! Connections: taken, heard, answered, and shed when they are silent, drip, or take no answers.

use std::io;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Instant, sleep, sleep_until, timeout};

use super::ear::{Ear, Heard};
use super::event::{Event, Peer, Why};
use super::house::House;
use super::options::Mode;
use super::{echo, relay};
use crate::wire::{Direction, Transport};

/// How long is waited when a connection could not be taken: files are freed by others that end.
const BREATH: Duration = Duration::from_millis(100);

/// Takes connections until the listener ends.
pub(super) async fn accept(listener: TcpListener, at: SocketAddr, house: Rc<House>) {
    loop {
        match listener.accept().await {
            Ok((socket, address)) => {
                // The address that it came to is one of this machine's, where the listener is at all of them.
                let at = socket.local_addr().unwrap_or(at);
                let peer = house.peer(Transport::Tcp, address, at);
                if house.enter() {
                    tokio::task::spawn_local(serve(socket, peer, Rc::clone(&house)));
                } else {
                    house.count(|summary| summary.ended.add(Why::Full));
                    house.tell(&peer, &Event::Closed { why: Why::Full, messages: 0 });
                }
            }
            Err(_) => {
                house.count(|summary| summary.untaken += 1);
                sleep(BREATH).await;
            }
        }
    }
}

/// One connection, from its first byte to its last.
async fn serve(socket: TcpStream, peer: Peer, house: Rc<House>) {
    // Answers are short, and a tracker waits for them.
    let _ = socket.set_nodelay(true);
    house.tell(&peer, &Event::Opened);
    let (why, messages) = match house.mode {
        Mode::Answer => Connection::new(&socket, &peer, &house).run().await,
        Mode::Relay(to) => relay::connection(socket, to, &peer, &house).await,
        Mode::Echo => (echo::connection(&socket, &peer, &house).await, 0),
    };
    house.leave(why);
    house.tell(&peer, &Event::Closed { why, messages });
}

/// A connection that is answered.
struct Connection<'a> {
    socket: &'a TcpStream,
    peer: &'a Peer,
    house: &'a House,
    ear: Ear,
    answers: Vec<u8>,
    /// When the connection was taken.
    opened: Instant,
    /// When the last frame was whole.
    framed: Option<Instant>,
    /// Since when a frame waits for its end.
    begun: Option<Instant>,
}

impl<'a> Connection<'a> {
    fn new(socket: &'a TcpStream, peer: &'a Peer, house: &'a House) -> Self {
        let ear = Ear::new(Direction::Up);
        let opened = Instant::now();
        Self { socket, peer, house, ear, answers: Vec::new(), opened, framed: None, begun: None }
    }

    async fn run(mut self) -> (Why, u64) {
        let why = self.talk().await;
        self.ear.close(self.house);
        (why, self.ear.messages())
    }

    async fn talk(&mut self) -> Why {
        let mut alarm = std::pin::pin!(sleep_until(self.deadline().0));
        loop {
            // What may be waited for grows shorter when a frame begins. When it grows longer, as it mostly does, the
            // alarm is set anew only when it rings.
            let deadline = self.deadline().0;
            if deadline < alarm.deadline() {
                alarm.as_mut().reset(deadline);
            }
            let ready = tokio::select! {
                biased;
                ready = self.socket.readable() => ready.is_ok(),
                () = alarm.as_mut() => {
                    let (deadline, why) = self.deadline();
                    if deadline <= Instant::now() {
                        return why;
                    }
                    alarm.as_mut().reset(deadline);
                    continue;
                }
            };
            if !ready {
                return Why::Reset;
            }
            if let Some(why) = self.read() {
                // What came before is answered even when no more will come.
                return self.answer().await.err().unwrap_or(why);
            }
            if let Err(why) = self.answer().await {
                return why;
            }
        }
    }

    /// Until when something has to happen, and why the connection is shed when it does not.
    fn deadline(&self) -> (Instant, Why) {
        let limits = &self.house.limits;
        let waits = self.begun.map(|begun| (begun + limits.frame, Why::Drip));
        let idle = match self.framed {
            None => (self.opened + limits.first, Why::Silent),
            Some(framed) => (framed + limits.idle, Why::Idle),
        };
        match waits {
            Some(waits) if waits.0 < idle.0 => waits,
            _ => idle,
        }
    }

    /// Reads what is there. Some when the connection is over.
    fn read(&mut self) -> Option<Why> {
        let Self { socket, peer, house, ear, answers, .. } = self;
        let read = house.with_buffer(|buffer| {
            let read = socket.try_read(buffer)?;
            let bytes = buffer.get(..read).unwrap_or_default();
            Ok(take(bytes, ear, house, peer, answers))
        });
        match read {
            Ok(Some(heard)) => self.heard(heard),
            Ok(None) => {
                self.ear.end(self.house, self.peer, Some(&mut self.answers));
                self.house.tell(self.peer, &Event::Settled);
                Some(Why::Peer)
            }
            Err(error) => broken(&error),
        }
    }

    fn heard(&mut self, heard: Heard) -> Option<Why> {
        if heard.frames > 0 {
            self.framed = Some(Instant::now());
        }
        self.begun = match self.begun {
            _ if !self.ear.waits() => None,
            Some(begun) if heard.frames == 0 => Some(begun),
            _ => Some(Instant::now()),
        };
        match heard {
            Heard { foreign: true, .. } => Some(Why::Foreign),
            Heard { full: true, .. } => Some(Why::Memory),
            _ => None,
        }
    }

    async fn answer(&mut self) -> Result<(), Why> {
        if self.answers.is_empty() {
            return Ok(());
        }
        write(self.socket, &self.answers, self.peer, self.house).await?;
        self.answers.clear();
        // Room for one answer is enough for nearly all; a burst of frames is the exception.
        self.answers.shrink_to(256);
        Ok(())
    }
}

/// Tells bytes and hears them; none when there are none, which is the end of the connection.
fn take(bytes: &[u8], ear: &mut Ear, house: &House, peer: &Peer, answers: &mut Vec<u8>) -> Option<Heard> {
    if bytes.is_empty() {
        return None;
    }
    house.count(|summary| summary.received += bytes.len() as u64);
    house.tell(peer, &Event::Bytes { way: Direction::Up, bytes });
    let heard = ear.hear(bytes, house, peer, Some(answers));
    house.tell(peer, &Event::Settled);
    Some(heard)
}

/// What an error of a socket means; nothing when it was only not ready.
pub(super) fn broken(error: &io::Error) -> Option<Why> {
    let again = matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted);
    (!again).then_some(Why::Reset)
}

/// Writes all of it, if the peer takes it in time.
pub(super) async fn write(socket: &TcpStream, bytes: &[u8], peer: &Peer, house: &House) -> Result<(), Why> {
    house.tell(peer, &Event::Bytes { way: Direction::Down, bytes });
    match timeout(house.limits.write, write_all(socket, bytes)).await {
        Ok(Ok(())) => {
            house.count(|summary| summary.sent += bytes.len() as u64);
            Ok(())
        }
        Ok(Err(_)) => Err(Why::Reset),
        Err(_) => Err(Why::Deaf),
    }
}

async fn write_all(socket: &TcpStream, bytes: &[u8]) -> io::Result<()> {
    let mut rest = bytes;
    while !rest.is_empty() {
        match socket.try_write(rest) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(written) => rest = rest.get(written..).unwrap_or_default(),
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => socket.writable().await?,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
