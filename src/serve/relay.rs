//! Stands between a tracker and its server: what either says goes to the other as it came, byte for byte and in order,
//! and is read on its way. Nothing is answered here, and nothing is held back for being strange.

use std::cell::Cell;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::Duration;

use socket2::SockRef;
use tokio::io::AsyncWriteExt;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpStream, UdpSocket};
use tokio::task::AbortHandle;
use tokio::time::{Instant, sleep_until, timeout};

use super::ear::Ear;
use super::event::{Event, Peer, Why};
use super::house::House;
use super::tcp::broken;
use crate::wire::Direction;

/// Room for what is on its way in one direction.
const ROOM: usize = 16 * 1024;

/// One connection, to its end, and how many messages the tracker sent.
pub(super) async fn connection(tracker: TcpStream, to: SocketAddr, peer: &Peer, house: &House) -> (Why, u64) {
    let server = match timeout(house.limits.write, TcpStream::connect(to)).await {
        Ok(Ok(server)) => server,
        Ok(Err(_)) | Err(_) => return (Why::Upstream, 0),
    };
    let _ = server.set_nodelay(true);
    let ((from_tracker, to_tracker), (from_server, to_server)) = (tracker.into_split(), server.into_split());
    let last = Cell::new(Instant::now());
    let scene = Scene { peer, house, last: &last };
    let (mut up, mut down) = (Ear::new(Direction::Up), Ear::new(Direction::Down));
    let both = async {
        // One side may have said all that it has to say while the other still speaks.
        let ended = tokio::try_join!(
            scene.pump(from_tracker, to_server, &mut up, Direction::Up),
            scene.pump(from_server, to_tracker, &mut down, Direction::Down),
        );
        ended.map_or_else(|why| why, |_| Why::Peer)
    };
    let why = tokio::select! {
        why = both => why,
        () = scene.quiet() => Why::Idle,
    };
    let messages = up.messages();
    up.close(house);
    down.close(house);
    (why, messages)
}

/// What both directions share.
struct Scene<'a> {
    peer: &'a Peer,
    house: &'a House,
    /// When something came last, in either direction.
    last: &'a Cell<Instant>,
}

impl Scene<'_> {
    /// Ends when nothing came for as long as the limits allow.
    async fn quiet(&self) {
        loop {
            let until = self.last.get() + self.house.limits.idle;
            if until <= Instant::now() {
                return;
            }
            sleep_until(until).await;
        }
    }

    /// One direction, until its side has said everything.
    async fn pump(
        &self,
        from: OwnedReadHalf,
        mut to: OwnedWriteHalf,
        ear: &mut Ear,
        way: Direction,
    ) -> Result<(), Why> {
        let mut room = vec![0; ROOM];
        // Whoever broke off is told as that, and the other side sees it as it was.
        let who = |way: Direction| if way == Direction::Up { Why::Reset } else { Why::Server };
        let reset = |to: OwnedWriteHalf| {
            let _ = SockRef::from(to.as_ref()).set_linger(Some(Duration::ZERO));
            to.forget();
            who(way)
        };
        loop {
            if from.readable().await.is_err() {
                return Err(reset(to));
            }
            let read = match from.try_read(&mut room) {
                Ok(read) => read,
                Err(error) => match broken(&error) {
                    Some(_) => return Err(reset(to)),
                    None => continue,
                },
            };
            self.last.set(Instant::now());
            let bytes = room.get(..read).unwrap_or_default();
            if bytes.is_empty() {
                ear.end(self.house, self.peer, None);
                self.house.tell(self.peer, &Event::Settled);
                // The other side is told that no more will come; it may have gone already.
                let _ = to.shutdown().await;
                return Ok(());
            }
            // First on its way, then looked at: a slow look is not to be noticed.
            match timeout(self.house.limits.write, to.write_all(bytes)).await {
                Ok(Ok(())) => {}
                Ok(Err(_)) => {
                    return Err(who(if way == Direction::Up { Direction::Down } else { Direction::Up }));
                }
                Err(_) => return Err(Why::Deaf),
            }
            if pass(bytes, way, ear, self.house, self.peer, false) {
                return Err(Why::Memory);
            }
        }
    }
}

/// Counts, tells and hears what is passed on. True when too much is held.
fn pass(bytes: &[u8], way: Direction, ear: &mut Ear, house: &House, peer: &Peer, whole: bool) -> bool {
    house.count(|summary| match way {
        Direction::Up => summary.received += bytes.len() as u64,
        Direction::Down => summary.sent += bytes.len() as u64,
    });
    house.tell(peer, &Event::Bytes { way, bytes });
    let heard =
        if whole { ear.datagram(bytes, house, peer, None) } else { ear.hear(bytes, house, peer, None) };
    house.tell(peer, &Event::Settled);
    heard.full
}

/// The way to the server for the datagrams of one address. It ends when this is dropped.
pub(super) struct Upstream {
    socket: Rc<UdpSocket>,
    back: AbortHandle,
}

impl Upstream {
    /// A socket of its own, so that the server's answers find their way back.
    pub(super) async fn open(
        to: SocketAddr,
        peer: Peer,
        here: Rc<UdpSocket>,
        house: Rc<House>,
    ) -> std::io::Result<Self> {
        let any = if to.is_ipv4() { "0.0.0.0:0" } else { "[::]:0" };
        let socket = UdpSocket::bind(any).await?;
        socket.connect(to).await?;
        // Until the system has said so once, nothing would go out.
        socket.writable().await?;
        let socket = Rc::new(socket);
        let back = tokio::task::spawn_local(back(Rc::clone(&socket), here, peer, house)).abort_handle();
        Ok(Self { socket, back })
    }

    /// Passes a datagram on and then looks at it. False when it could not be sent.
    pub(super) fn send(&self, bytes: &[u8], ear: &mut Ear, house: &House, peer: &Peer) -> bool {
        let sent = self.socket.try_send(bytes).is_ok();
        pass(bytes, Direction::Up, ear, house, peer, true);
        sent
    }
}

impl Drop for Upstream {
    fn drop(&mut self) {
        self.back.abort();
    }
}

/// The server's datagrams, on their way to the tracker.
async fn back(server: Rc<UdpSocket>, here: Rc<UdpSocket>, peer: Peer, house: Rc<House>) {
    let mut ear = Ear::new(Direction::Down);
    loop {
        if server.readable().await.is_err() {
            return;
        }
        house.with_buffer(|buffer| {
            // A refused datagram is told as an error of the next read; there is nothing to pass on then.
            let Ok(read) = server.try_recv(buffer) else { return };
            let bytes = buffer.get(..read).unwrap_or_default();
            if here.try_send_to(bytes, peer.address).is_err() {
                house.count(|summary| summary.unsent += 1);
            }
            pass(bytes, Direction::Down, &mut ear, &house, &peer, true);
        });
    }
}
