//! The table of protocols: one file each, one line each. Everything else in the house goes through this table.
//! A protocol is functions over bytes; it remembers nothing but what a [`Session`] holds.

use super::{Carries, EncodeError, Framing, Messages, Off, Session, Spans, Uplink, UtcTime};

pub mod eelink;
pub mod gt06;
pub mod jt808;
pub mod meiligao;
pub mod startek;
pub mod watch;

/// By what a protocol travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Transport {
    /// A connection.
    Tcp,
    /// Datagrams.
    Udp,
}

impl Transport {
    /// `tcp` or `udp`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Tcp => "tcp",
            Self::Udp => "udp",
        }
    }
}

/// A protocol of trackers.
#[derive(Debug)]
pub struct Protocol {
    /// Its name on the command line and in JSON.
    pub name: &'static str,
    /// Whose it is.
    pub title: &'static str,
    /// By what it travels, as the facts have it.
    pub transports: &'static [Transport],
    /// How exactly a report comes through it.
    pub carries: Carries,
    /// The first bytes that a frame can have.
    pub(super) heads: &'static [u8],
    /// Whether any of its frames carries a checksum.
    pub(super) summed: bool,
    /// Whether the mark that ends a frame may be the one that begins the next.
    pub(super) shares: bool,
    /// What else it may be where too little speaks for a frame.
    pub doubt: Option<&'static str>,
    pub(super) frame: fn(&[u8], bool) -> Framing,
    decode: fn(&[u8], &mut Messages, &mut Off),
    explain: fn(&[u8], &mut Messages, &mut Spans),
    acknowledge: fn(&[u8], &Messages, UtcTime, &mut Vec<u8>) -> bool,
    encode: fn(&Uplink<'_>, &mut Session, &mut Vec<u8>) -> Result<(), EncodeError>,
    command: fn(&str, &mut Session, &mut Vec<u8>) -> Result<(), EncodeError>,
}

/// All protocols, in the order in which they are asked.
pub static PROTOCOLS: [&Protocol; 6] = [
    &startek::PROTOCOL,
    &gt06::PROTOCOL,
    &eelink::PROTOCOL,
    &jt808::PROTOCOL,
    &meiligao::PROTOCOL,
    &watch::PROTOCOL,
];

/// A protocol by its name.
#[must_use]
pub fn by_name(name: &str) -> Option<&'static Protocol> {
    PROTOCOLS.into_iter().find(|protocol| protocol.name == name)
}

impl Protocol {
    /// Whether a frame stands at the start of the bytes. `ended` says that no more will come.
    /// A claimed length above what the protocol really uses is not believed.
    #[must_use]
    pub fn frame(&self, bytes: &[u8], ended: bool) -> Framing {
        (self.frame)(bytes, ended)
    }

    /// Decodes one frame as far as it goes; what is wrong with it is in [`Messages::damage`].
    /// Any bytes are allowed. Identities of logins are taken over into the session, and given to what follows.
    #[inline]
    pub fn decode(&self, frame: &[u8], session: &mut Session, messages: &mut Messages) {
        messages.clear();
        (self.decode)(frame, messages, &mut Off);
        session.identify(messages);
    }

    /// The same, and every field with its place is recorded.
    pub fn explain(&self, frame: &[u8], session: &mut Session, messages: &mut Messages, spans: &mut Spans) {
        messages.clear();
        spans.clear();
        (self.explain)(frame, messages, spans);
        session.identify(messages);
    }

    /// Appends what the server has to answer to a decoded frame. False when it wants no answer.
    /// `now` is what a tracker is told that asks for the time.
    pub fn acknowledge(&self, frame: &[u8], messages: &Messages, now: UtcTime, out: &mut Vec<u8>) -> bool {
        (self.acknowledge)(frame, messages, now, out)
    }

    /// Appends a frame that a tracker would send.
    ///
    /// # Errors
    /// When the protocol has no such message or no room for a value, or when the session knows no identity.
    /// Nothing is appended then.
    pub fn encode(
        &self,
        uplink: &Uplink<'_>,
        session: &mut Session,
        out: &mut Vec<u8>,
    ) -> Result<(), EncodeError> {
        (self.encode)(uplink, session, out)
    }

    /// Appends a frame that carries a command of the server in the protocol's own envelope.
    ///
    /// # Errors
    /// When the protocol carries no commands as text, or when the session knows no identity.
    pub fn command(&self, text: &str, session: &mut Session, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        (self.command)(text, session, out)
    }
}

impl PartialEq for Protocol {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Protocol {}
