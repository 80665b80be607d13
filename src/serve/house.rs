//! What the tasks of one listener share: the sink, the limits, the numbers, and room to work in.
//! All of them run on one thread, and nothing here is held across a wait.

use std::cell::{Cell, RefCell};
use std::net::SocketAddr;
use std::time::{SystemTime, UNIX_EPOCH};

use tokio::sync::Notify;

use super::event::{Event, Peer, Sink, Why};
use super::options::{Clock, Errand, Limits, Mode, Options};
use super::summary::Summary;
use crate::wire::{DeviceId, Messages, Protocol, Transport, UtcTime};

/// Room for what one read brings: the longest datagram fits.
const READ: usize = 64 * 1024;

/// Shared by all tasks of a listener.
pub(super) struct House {
    pub(super) limits: Limits,
    pub(super) mode: Mode,
    /// Told when the sink has seen enough.
    pub(super) enough: Notify,
    clock: Clock,
    /// What is still to be sent.
    errand: RefCell<Option<Errand>>,
    sink: RefCell<Sink>,
    /// What was read last; taken out while it is looked at.
    buffer: Cell<Vec<u8>>,
    messages: Cell<Messages>,
    summary: RefCell<Summary>,
    /// Connections that are open now.
    open: Cell<usize>,
    /// Bytes that wait for the rest of their frame, over all connections.
    held: Cell<usize>,
    numbers: Cell<u64>,
    /// Datagrams that wait for the time at which they are to be answered.
    waiting: Cell<usize>,
}

impl House {
    pub(super) fn new(options: &Options, sink: Sink) -> Self {
        Self {
            limits: options.limits,
            mode: options.mode,
            enough: Notify::new(),
            clock: options.clock,
            errand: RefCell::new(options.errand.clone()),
            sink: RefCell::new(sink),
            buffer: Cell::new(vec![0; READ]),
            messages: Cell::default(),
            summary: RefCell::default(),
            open: Cell::new(0),
            held: Cell::new(0),
            numbers: Cell::new(0),
            waiting: Cell::new(0),
        }
    }

    /// Tells the sink.
    pub(super) fn tell(&self, peer: &Peer, event: &Event<'_>) {
        if (self.sink.borrow_mut())(peer, event).is_break() {
            self.enough.notify_one();
        }
    }

    /// Counts.
    pub(super) fn count(&self, count: impl FnOnce(&mut Summary)) {
        count(&mut self.summary.borrow_mut());
    }

    /// The numbers so far.
    pub(super) fn summary(&self) -> Summary {
        Summary { open: self.open.get(), ..*self.summary.borrow() }
    }

    /// The next peer.
    pub(super) fn peer(&self, transport: Transport, address: SocketAddr, at: SocketAddr) -> Peer {
        let number = self.numbers.get() + 1;
        self.numbers.set(number);
        Peer { number, transport, address, at }
    }

    /// What trackers are told when they ask for the time.
    pub(super) fn now(&self) -> UtcTime {
        match self.clock {
            Clock::Fixed(time) => time,
            Clock::System => {
                let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
                UtcTime::from_unix(i64::try_from(since.as_secs()).unwrap_or_default())
            }
        }
    }

    /// What this tracker is to be sent, the one time that it is asked for.
    pub(super) fn errand(&self, id: DeviceId, protocol: &Protocol) -> Option<Vec<u8>> {
        let fits = |errand: &mut Errand| {
            errand.to == id && errand.protocols.iter().any(|name| name == protocol.name)
        };
        self.errand.borrow_mut().take_if(fits).map(|errand| errand.frame)
    }

    /// Lends the room for one read. Whoever takes it gives it back before it waits.
    pub(super) fn with_buffer<T>(&self, work: impl FnOnce(&mut [u8]) -> T) -> T {
        let mut buffer = self.buffer.take();
        buffer.resize(READ, 0);
        let result = work(&mut buffer);
        self.buffer.set(buffer);
        result
    }

    /// Lends the shelf for decoded messages.
    pub(super) fn with_messages<T>(&self, work: impl FnOnce(&mut Messages) -> T) -> T {
        let mut messages = self.messages.take();
        let result = work(&mut messages);
        self.messages.set(messages);
        result
    }

    /// One more connection; false when there are as many as there may be.
    pub(super) fn enter(&self) -> bool {
        let open = self.open.get() + 1;
        if open > self.limits.connections {
            return false;
        }
        self.open.set(open);
        self.count(|summary| {
            summary.connections += 1;
            summary.most = summary.most.max(open);
        });
        true
    }

    /// A connection is over.
    pub(super) fn leave(&self, why: Why) {
        self.open.set(self.open.get().saturating_sub(1));
        self.count(|summary| summary.ended.add(why));
    }

    /// One more datagram waits; false when as many do as addresses are remembered.
    pub(super) fn wait(&self) -> bool {
        let waiting = self.waiting.get() + 1;
        let may = waiting <= self.limits.peers;
        if may {
            self.waiting.set(waiting);
        }
        may
    }

    /// A datagram that waited was answered.
    pub(super) fn waited(&self) {
        self.waiting.set(self.waiting.get().saturating_sub(1));
    }

    /// A connection holds so many bytes where it held others before. False when all together hold too many.
    pub(super) fn hold(&self, before: usize, now: usize) -> bool {
        let held = (self.held.get() + now).saturating_sub(before);
        self.held.set(held);
        held <= self.limits.memory || now <= before
    }
}
