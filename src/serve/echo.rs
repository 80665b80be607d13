//! Sends back what comes, as it came: a peer sees from the answer that the way is open in both directions, and the
//! listener shows from which address it came, which behind a NAT changes when the NAT forgets.

use std::time::Duration;

use tokio::net::TcpStream;
use tokio::time::{Instant, timeout};

use super::event::{Event, Peer, Why};
use super::house::House;
use super::tcp::{broken, write};
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
        if let Err(why) = write(socket, &bytes, peer, house).await {
            return why;
        }
        house.tell(peer, &Event::Settled);
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
