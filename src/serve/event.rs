//! What a listener has to tell while it works, in the order in which it happens.

use std::net::SocketAddr;
use std::ops::ControlFlow;

use crate::wire::{Direction, Foreign, Protocol, Transport, View};

/// Who speaks with the listener: a connection, or the address that datagrams come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Peer {
    /// Counted from 1, over both transports.
    pub number: u64,
    /// By what it came.
    pub transport: Transport,
    /// Its address, as seen from here: behind a NAT, the NAT's.
    pub address: SocketAddr,
    /// The address it came to.
    pub at: SocketAddr,
}

/// What arrived and is no frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strange {
    /// Bytes that belong to no frame.
    Noise,
    /// Traffic that is no tracker's.
    Foreign(Foreign),
}

/// Something that happened.
#[derive(Debug, Clone, Copy)]
pub enum Event<'a> {
    /// A connection was taken, or an address sent its first datagram.
    Opened,
    /// Bytes as they came, or as they were sent: the pieces of one direction make up the whole of it.
    Bytes {
        /// `Up` from the tracker, `Down` to it.
        way: Direction,
        /// The bytes.
        bytes: &'a [u8],
    },
    /// One record of a frame.
    Message {
        /// From whom it came: `Up` from the tracker, `Down` from the server that is relayed to.
        way: Direction,
        /// In which protocol.
        protocol: &'static Protocol,
        /// Whether the frame is claimed, or only possible (see [`crate::wire::What::Frame`]).
        claimed: bool,
        /// Another protocol that is as likely.
        rival: Option<&'static Protocol>,
        /// Whether the end of the frame never came.
        cut: bool,
        /// Whether it is the first record of its frame.
        first: bool,
        /// What it says.
        view: View<'a>,
    },
    /// Bytes that are no frame.
    Strange {
        /// From whom they came.
        way: Direction,
        /// What they are.
        what: Strange,
        /// The bytes.
        bytes: &'a [u8],
    },
    /// A frame was answered. The answer is in the next `Bytes` that go down, perhaps with others.
    Answered {
        /// What is sent.
        answer: &'a [u8],
    },
    /// The tracker that was to be sent something spoke: the frame is in the next `Bytes` that go down, and is never
    /// sent again.
    Sent {
        /// What is sent.
        frame: &'a [u8],
    },
    /// Everything that was read so far has been told.
    Settled,
    /// A connection is over.
    Closed {
        /// Why.
        why: Why,
        /// How many messages the tracker sent.
        messages: u64,
    },
}

/// Why a connection is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Why {
    /// The peer closed it.
    Peer,
    /// The peer, or something on the way, broke it off.
    Reset,
    /// Nothing that is a tracker's came in the time given for it.
    Silent,
    /// A tracker was silent for longer than the limit.
    Idle,
    /// A frame was begun and not brought to its end in the time given for it.
    Drip,
    /// It takes no answers.
    Deaf,
    /// It speaks another language altogether.
    Foreign,
    /// There were too many connections.
    Full,
    /// All connections together held as many bytes as they may.
    Memory,
    /// The server that is relayed to could not be reached.
    Upstream,
    /// The server that is relayed to, or something on the way to it, broke the connection off.
    Server,
}

impl Why {
    /// All reasons, in the order in which a summary lists them.
    pub const ALL: [Self; 11] = [
        Self::Peer,
        Self::Reset,
        Self::Silent,
        Self::Idle,
        Self::Drip,
        Self::Deaf,
        Self::Foreign,
        Self::Full,
        Self::Memory,
        Self::Upstream,
        Self::Server,
    ];

    /// The word for it in JSON.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Peer => "closed",
            Self::Reset => "reset",
            Self::Silent => "silent",
            Self::Idle => "idle",
            Self::Drip => "drip",
            Self::Deaf => "deaf",
            Self::Foreign => "foreign",
            Self::Full => "full",
            Self::Memory => "memory",
            Self::Upstream => "upstream",
            Self::Server => "server-reset",
        }
    }

    /// The reason in plain words.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Peer => "closed by the tracker's side",
            Self::Reset => "broken off by the tracker's side, or on the way",
            Self::Silent => "shed: nothing that a tracker says came in time",
            Self::Idle => "shed: silent for too long",
            Self::Drip => "shed: a frame was begun and not ended in time",
            Self::Deaf => "shed: it takes no answers",
            Self::Foreign => "closed: it is no tracker",
            Self::Full => "refused: too many connections",
            Self::Memory => "shed: all connections together hold too much",
            Self::Upstream => "closed: the server to relay to was not reached",
            Self::Server => "broken off by the server's side, or on the way to it",
        }
    }

    /// Whether the listener ended it for its own protection.
    #[must_use]
    pub const fn is_shed(self) -> bool {
        !matches!(self, Self::Peer | Self::Reset | Self::Foreign | Self::Upstream | Self::Server)
    }
}

/// Takes events one by one, and says when it has seen enough. It is called while sockets wait: it may not dawdle.
pub type Sink = Box<dyn FnMut(&Peer, &Event<'_>) -> ControlFlow<()>>;
