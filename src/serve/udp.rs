//! Datagrams: each is whole, and belongs to the conversation of the address that it came from.
//! Of so many addresses something is remembered; the longest silent ones are forgotten first.

use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::rc::Rc;

use tokio::net::UdpSocket;
use tokio::time::{Instant, sleep};

use super::ear::Ear;
use super::echo::Ration;
use super::event::{Event, Peer};
use super::house::House;
use super::options::Mode;
use super::relay::Upstream;
use crate::units::asked_later;
use crate::wire::{Direction, Transport};

/// Datagrams that are read before others get a turn.
const TURN: usize = 64;

/// One address.
struct Known {
    peer: Peer,
    ear: Ear,
    ration: Ration,
    upstream: Option<Upstream>,
}

/// Addresses in two generations: whoever speaks moves to the young one, and when that is full the old one is forgotten.
#[derive(Default)]
struct Peers {
    young: HashMap<SocketAddr, Known>,
    old: HashMap<SocketAddr, Known>,
    /// When the young generation began.
    since: Option<Instant>,
}

impl Peers {
    /// Forgets what is too old or too much, and finds an address among those that are left.
    fn find(&mut self, address: SocketAddr, house: &House) -> Option<&mut Known> {
        let now = Instant::now();
        let since = *self.since.get_or_insert(now);
        let full = self.young.len() >= (house.limits.peers / 2).max(1) && !self.young.contains_key(&address);
        if full || now.duration_since(since) >= house.limits.idle {
            self.old = std::mem::take(&mut self.young);
            self.since = Some(now);
        }
        if let Some(known) = self.old.remove(&address) {
            self.young.insert(address, known);
        }
        self.young.get_mut(&address)
    }
}

/// Takes datagrams until the listener ends.
pub(super) async fn serve(socket: UdpSocket, at: SocketAddr, house: Rc<House>) {
    let socket = Rc::new(socket);
    let mut peers = Peers::default();
    let mut bytes = Vec::new();
    let mut answers = Vec::new();
    // Until the system has said so once, nothing would go out.
    if socket.writable().await.is_err() {
        return;
    }
    loop {
        if socket.readable().await.is_err() {
            return;
        }
        for _ in 0..TURN {
            let from = match receive(&socket, &house, &mut bytes) {
                Ok(from) => from,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
                // The system tells of an earlier datagram that it was not taken; the next may be.
                Err(_) => continue,
            };
            let known = match peers.find(from, &house) {
                Some(known) => known,
                None => {
                    let known = meet(from, at, &socket, &house).await;
                    peers.young.entry(from).or_insert(known)
                }
            };
            known.hear(&bytes, &socket, &house, &mut answers);
        }
        tokio::task::yield_now().await;
    }
}

fn receive(socket: &UdpSocket, house: &House, bytes: &mut Vec<u8>) -> io::Result<SocketAddr> {
    house.with_buffer(|buffer| {
        let (read, from) = socket.try_recv_from(buffer)?;
        bytes.clear();
        bytes.extend_from_slice(buffer.get(..read).unwrap_or_default());
        house.count(|summary| {
            summary.datagrams += 1;
            summary.received += read as u64;
        });
        Ok(from)
    })
}

/// An address that nothing is known of.
async fn meet(from: SocketAddr, at: SocketAddr, socket: &Rc<UdpSocket>, house: &Rc<House>) -> Known {
    let peer = house.peer(Transport::Udp, from, at);
    house.tell(&peer, &Event::Opened);
    let upstream = match house.mode {
        Mode::Relay(to) => Upstream::open(to, peer, Rc::clone(socket), Rc::clone(house)).await.ok(),
        Mode::Answer | Mode::Echo => None,
    };
    let ration = Ration::new(house.limits.echoes);
    Known { peer, ear: Ear::new(Direction::Up), ration, upstream }
}

impl Known {
    fn hear(&mut self, bytes: &[u8], socket: &Rc<UdpSocket>, house: &Rc<House>, answers: &mut Vec<u8>) {
        let Self { peer, ear, ration, upstream } = self;
        match house.mode {
            Mode::Relay(_) => {
                // `receive` has counted it, and so does the relay for what it passes on.
                house.count(|summary| summary.received -= bytes.len() as u64);
                let sent = upstream.as_ref().is_some_and(|up| up.send(bytes, ear, house, peer));
                if !sent {
                    house.count(|summary| summary.unsent += 1);
                }
            }
            Mode::Echo => {
                house.tell(peer, &Event::Bytes { way: Direction::Up, bytes });
                if ration.take(house.limits.echoes) {
                    echo(bytes, peer, socket, house);
                }
                house.tell(peer, &Event::Settled);
            }
            Mode::Answer => {
                house.tell(peer, &Event::Bytes { way: Direction::Up, bytes });
                answers.clear();
                ear.datagram(bytes, house, peer, Some(answers));
                if !answers.is_empty() {
                    send(answers, peer, socket, house);
                }
                house.tell(peer, &Event::Settled);
            }
        }
    }
}

/// Sends it back, at once or when it asks to be.
fn echo(bytes: &[u8], peer: &Peer, socket: &Rc<UdpSocket>, house: &Rc<House>) {
    let after = asked_later(bytes);
    if after.is_zero() {
        send(bytes, peer, socket, house);
    } else if house.wait() {
        let (bytes, peer) = (bytes.to_vec(), *peer);
        let (socket, house) = (Rc::clone(socket), Rc::clone(house));
        tokio::task::spawn_local(async move {
            sleep(after).await;
            house.waited();
            send(&bytes, &peer, &socket, &house);
            house.tell(&peer, &Event::Settled);
        });
    } else {
        house.count(|summary| summary.unsent += 1);
    }
}

fn send(bytes: &[u8], peer: &Peer, socket: &UdpSocket, house: &House) {
    house.tell(peer, &Event::Bytes { way: Direction::Down, bytes });
    let sent = socket.try_send_to(bytes, peer.address).is_ok();
    house.count(|summary| match sent {
        true => summary.sent += bytes.len() as u64,
        false => summary.unsent += 1,
    });
}
