//! The real listener on loopback, on a thread of its own, and what it tells, for a check to read.

use std::net::SocketAddr;
use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::sync::oneshot;

use super::got::Got;
use crate::serve::{self, Bound, Clock, Event, Mode, Options, Peer, ServeError};
use crate::wire::{Direction, Transport, UtcTime};

/// What the listener told, with the address of whom it is about.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) from: SocketAddr,
    pub(super) what: What,
}

/// What happened.
#[derive(Debug)]
pub(super) enum What {
    /// So many bytes were read.
    Read(usize),
    /// So many bytes are sent.
    Sent(usize),
    /// A message, and whether its end never came.
    Message(Box<Got>, bool),
    /// Bytes that are no frame.
    Strange,
    /// All that was read has been told.
    Settled,
    /// The connection is over.
    Closed,
}

/// A listener that runs.
pub(super) struct Listener {
    pub(super) tcp: SocketAddr,
    pub(super) udp: SocketAddr,
    told: Receiver<Told>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<Result<(), ServeError>>>,
}

impl Listener {
    /// Starts it; its clock stands still.
    ///
    /// # Errors
    /// When loopback cannot be listened at.
    pub(super) fn start(now: UtcTime) -> Result<Self, ServeError> {
        let any = SocketAddr::from(([127, 0, 0, 1], 0));
        let options = Options {
            tcp: vec![any],
            udp: vec![any],
            clock: Clock::Fixed(now),
            ..Options::new(Mode::Answer)
        };
        let bound = Bound::new(&options)?;
        let at =
            |wanted| bound.addresses().find(|(transport, _)| *transport == wanted).map_or(any, |(_, at)| at);
        let (tcp, udp) = (at(Transport::Tcp), at(Transport::Udp));
        let (tell, told) = channel();
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::Builder::new().name("check listener".to_owned());
        let thread =
            thread.spawn(move || listen(bound, &options, tell, stopped)).map_err(ServeError::Watch)?;
        Ok(Self { tcp, udp, told, stop: Some(stop), thread: Some(thread) })
    }

    /// The next thing about an address, if it comes in time. What is about others is left over from them.
    pub(super) fn next(&self, from: SocketAddr, patience: Duration) -> Option<What> {
        loop {
            match self.told.recv_timeout(patience) {
                Ok(told) if told.from == from => return Some(told.what),
                Ok(_) => {}
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return None,
            }
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        // Whoever is gone already cannot be told.
        let _ = self.stop.take().map(|stop| stop.send(()));
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

fn listen(
    bound: Bound,
    options: &Options,
    tell: Sender<Told>,
    stopped: oneshot::Receiver<()>,
) -> Result<(), ServeError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(ServeError::Watch)?;
    let sink = Box::new(move |peer: &Peer, event: &Event<'_>| match what(event) {
        None => ControlFlow::Continue(()),
        Some(what) => match tell.send(Told { from: peer.address, what }) {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        },
    });
    let stop = async {
        // A check that went away has no more to ask either.
        let _ = stopped.await;
    };
    runtime.block_on(serve::run(bound, options, sink, stop)).map(|_| ())
}

fn what(event: &Event<'_>) -> Option<What> {
    Some(match event {
        Event::Bytes { way: Direction::Up, bytes } => What::Read(bytes.len()),
        Event::Bytes { way: Direction::Down, bytes } => What::Sent(bytes.len()),
        Event::Message { protocol, claimed, cut, view, .. } => {
            What::Message(Box::new(Got::new(protocol, *claimed, view)), *cut)
        }
        Event::Strange { .. } => What::Strange,
        Event::Settled => What::Settled,
        Event::Closed { .. } => What::Closed,
        Event::Opened | Event::Answered { .. } | Event::Sent { .. } => return None,
    })
}
