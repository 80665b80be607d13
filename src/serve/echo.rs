//! Sends back what comes, as it came: a peer sees from the answer that the way is open in both directions, and the
//! listener shows from which address it came. A peer that asks for it is answered later (`units/later.rs`): whether the
//! answer still arrives tells whether a NAT between them has forgotten.

use std::time::Duration;

use tokio::io::Interest;
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep, timeout};

use super::event::{Event, Peer, Why};
use super::house::House;
use super::tcp::{broken, write};
use crate::units::asked_later;
use crate::wire::Direction;

/// One connection.
pub(super) async fn connection(socket: &TcpStream, peer: &Peer, house: &House) -> Why {
    let mut patience = house.limits.first;
    loop {
        match timeout(patience, socket.readable()).await {
            Ok(Ok(())) => {}
            Ok(Err(_)) => return Why::Reset,
            Err(_) if patience == house.limits.first => return Why::Silent,
            Err(_) => return Why::Idle,
        }
        let read = house
            .with_buffer(|buffer| socket.try_read(buffer).map(|read| buffer.get(..read).map(<[u8]>::to_vec)));
        let bytes = match read {
            Ok(bytes) => bytes.unwrap_or_default(),
            Err(error) => match broken(&error) {
                Some(why) => return why,
                None => continue,
            },
        };
        if bytes.is_empty() {
            return Why::Peer;
        }
        patience = house.limits.idle;
        house.count(|summary| summary.received += bytes.len() as u64);
        house.tell(peer, &Event::Bytes { way: Direction::Up, bytes: &bytes });
        if !wait(socket, asked_later(&bytes)).await {
            return Why::Peer;
        }
        if let Err(why) = write(socket, &bytes, peer, house).await {
            return why;
        }
        house.tell(peer, &Event::Settled);
    }
}

/// Lets an answer wait; false when the peer has left meanwhile.
async fn wait(socket: &TcpStream, after: Duration) -> bool {
    // Even a sleep of no length can take a moment, in which a peer that only has nothing more to say seems to leave.
    if after.is_zero() {
        return true;
    }
    let left = async {
        match socket.ready(Interest::READABLE).await {
            Ok(ready) if !ready.is_read_closed() => std::future::pending().await,
            _ => {}
        }
    };
    tokio::select! {
        biased;
        () = sleep(after) => true,
        () = left => false,
    }
}

/// How often one address may still be answered: two echoes that answer each other would otherwise never end.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ration {
    left: u32,
    since: Instant,
}

impl Ration {
    pub(super) fn new(limit: u32) -> Self {
        Self { left: limit, since: Instant::now() }
    }

    /// Whether one more may be sent in this second.
    pub(super) fn take(&mut self, limit: u32) -> bool {
        if self.since.elapsed() >= Duration::from_secs(1) {
            *self = Self::new(limit);
        }
        let some = self.left > 0;
        self.left = self.left.saturating_sub(1);
        some
    }
}
