//! The messages of one frame with everything they point at, to be used again for the next frame: decoding a stream of
//! frames allocates nothing once the shelves are as long as they get.

use std::borrow::Cow;
use std::ops::Range;

use super::{Attribute, Cell, Code, Damage, Direction, Event, Kind, Message, Span};

/// A checksum as carried and as computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Checksum {
    /// What the frame carries.
    pub got: u32,
    /// What its bytes give.
    pub want: u32,
    /// Hexadecimal digits of either.
    pub digits: u8,
}

/// A length as declared and as counted, by the protocol's own rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Length {
    /// What the frame says.
    pub declared: u32,
    /// What was counted.
    pub actual: u32,
}

/// The messages of one frame, and what is wrong with it. To be used again and again.
#[derive(Debug, Clone, Default)]
pub struct Messages {
    pub(super) list: Vec<Message>,
    pub(super) cells: Vec<Cell>,
    pub(super) events: Vec<Event>,
    pub(super) attributes: Vec<Attribute>,
    pub(super) damage: Vec<Damage>,
    pub(super) checksum: Option<Checksum>,
    pub(super) length: Option<Length>,
    /// The frame without its escapes, for protocols that have some.
    pub(super) plain: Vec<u8>,
    /// Where in `plain` a byte took two in the frame.
    pub(super) escapes: Vec<u32>,
}

/// Whether a damage is of one field, and none of the envelope.
fn is_of_a_field(damage: &Damage) -> bool {
    match damage {
        Damage::Field { field, .. } | Damage::Short { field, .. } => !matches!(*field, "start" | "escape"),
        _ => false,
    }
}

impl Messages {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Forgets everything and keeps the room. Decoding does this itself.
    #[inline]
    pub fn clear(&mut self) {
        self.list.clear();
        self.cells.clear();
        self.events.clear();
        self.attributes.clear();
        self.damage.clear();
        self.plain.clear();
        self.escapes.clear();
        (self.checksum, self.length) = (None, None);
    }

    /// How many messages the frame holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether the frame holds no message.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// What is wrong with the frame, the gravest first.
    #[must_use]
    pub fn damage(&self) -> &[Damage] {
        &self.damage
    }

    /// Whether the envelope is as it should be: start, length, checksum and end. A field may still be unreadable.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.damage.iter().all(is_of_a_field)
    }

    /// The same, but for a declared length that differs where a checksum bears the rest.
    #[must_use]
    pub fn is_whole_but_for_its_length(&self) -> bool {
        let proven = self.checksum.is_some_and(|checksum| checksum.got == checksum.want);
        let is_borne = |damage: &Damage| proven && matches!(damage, Damage::Length { .. });
        self.damage.iter().all(|damage| is_of_a_field(damage) || is_borne(damage))
    }

    /// The checksum, for protocols that have one.
    #[must_use]
    pub fn checksum(&self) -> Option<Checksum> {
        self.checksum
    }

    /// The declared and counted length, for protocols that declare one.
    #[must_use]
    pub fn length(&self) -> Option<Length> {
        self.length
    }

    /// The first message, which is the only one of most frames.
    #[must_use]
    #[inline]
    pub fn first(&self) -> Option<&Message> {
        self.list.first()
    }

    /// Takes the messages for the server's, as the connection shows that it said them. Several protocols have the same
    /// frame for a word and its answer.
    pub fn said_by_the_server(&mut self) {
        for message in self.list.iter_mut().filter(|message| message.direction == Direction::Up) {
            message.direction = Direction::Down;
            message.kind = match message.kind {
                Kind::Login | Kind::Heartbeat | Kind::Question => Kind::Acknowledgement,
                Kind::Reply => Kind::Command,
                other => other,
            };
        }
    }

    /// The messages with everything that belongs to them. `frame` is the one that was decoded.
    pub fn views<'a>(&'a self, frame: &'a [u8]) -> impl ExactSizeIterator<Item = View<'a>> {
        self.list.iter().map(move |message| View { message, messages: self, frame })
    }

    /// The bytes that spans point into: the frame, without its escapes where the protocol has some.
    #[must_use]
    pub fn plain<'a>(&'a self, frame: &'a [u8]) -> &'a [u8] {
        if self.plain.is_empty() { frame } else { &self.plain }
    }

    /// Where a span stands in the frame as it came, escapes included.
    #[must_use]
    pub fn raw_span(&self, span: Span) -> Span {
        let raw = |at: usize| at + self.escapes.partition_point(|escaped| (*escaped as usize) < at);
        Span::between(raw(span.at as usize), raw(span.end()))
    }
}

/// A message together with what it points at.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    message: &'a Message,
    messages: &'a Messages,
    frame: &'a [u8],
}

impl<'a> View<'a> {
    /// The whole frame, as it came.
    #[must_use]
    pub fn frame(&self) -> &'a [u8] {
        self.frame
    }

    /// Everything that the frame's messages share: checksum, length, damage.
    #[must_use]
    pub fn messages(&self) -> &'a Messages {
        self.messages
    }

    /// The cells it names, the serving one first.
    #[must_use]
    pub fn cells(&self) -> &'a [Cell] {
        part(&self.messages.cells, self.message.shelves.cells)
    }

    /// Its events and alarms.
    #[must_use]
    pub fn events(&self) -> &'a [Event] {
        part(&self.messages.events, self.message.shelves.events)
    }

    /// What it says beyond the shared fields.
    #[must_use]
    pub fn attributes(&self) -> &'a [Attribute] {
        part(&self.messages.attributes, self.message.shelves.attributes)
    }

    /// An attribute by its name; of several, the first.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&'a Attribute> {
        self.attributes().iter().find(|attribute| attribute.name == name)
    }

    /// The bytes of a span.
    #[must_use]
    pub fn bytes(&self, span: Span) -> &'a [u8] {
        span.of(self.messages.plain(self.frame))
    }

    /// The text of a span. What is no UTF-8 becomes U+FFFD; control characters are left as they came.
    #[must_use]
    pub fn text(&self, span: Span) -> Cow<'a, str> {
        String::from_utf8_lossy(self.bytes(span))
    }

    /// The protocol's own name of the message's type: `000`, `0x12`, `UD_LTE`.
    #[must_use]
    pub fn code(&self) -> Cow<'a, str> {
        match self.message.code {
            Code::Number(number, digits) => {
                Cow::Owned(format!("0x{number:0digits$X}", digits = usize::from(digits)))
            }
            Code::Text(span) => self.text(span),
        }
    }
}

impl std::ops::Deref for View<'_> {
    type Target = Message;

    fn deref(&self) -> &Message {
        self.message
    }
}

fn part<T>(shelf: &[T], (from, to): (u32, u32)) -> &[T] {
    shelf.get(Range { start: from as usize, end: to as usize }).unwrap_or_default()
}
