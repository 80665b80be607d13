//! Writes messages while a frame is read: every field goes to the message and to the trace by one call.

use super::message::Shelves;
use super::{
    Attribute, Cell, Checksum, Code, Damage, Dec, Direction, Event, Kind, Length, Message, Messages, Seen,
    Span, Trace, UtcTime, Value,
};

/// A message being written, the shelves it is put on, and the trace that looks on.
pub(super) struct Pen<'m, T> {
    pub(super) out: &'m mut Messages,
    pub(super) trace: &'m mut T,
    /// The message that is being written.
    pub(super) message: Message,
}

impl<'m, T: Trace> Pen<'m, T> {
    /// Begins with a message; what was on the shelves stays.
    #[inline]
    pub(super) fn new(out: &'m mut Messages, trace: &'m mut T, message: Message) -> Self {
        let mut pen = Self { out, trace, message };
        pen.open();
        pen
    }

    #[inline]
    fn open(&mut self) {
        let ends = self.ends();
        self.message.shelves =
            Shelves { cells: (ends.0, ends.0), events: (ends.1, ends.1), attributes: (ends.2, ends.2) };
    }

    #[inline]
    fn ends(&self) -> (u32, u32, u32) {
        (self.out.cells.len() as u32, self.out.events.len() as u32, self.out.attributes.len() as u32)
    }

    /// Puts the message down; what was said about the frame goes on into the next.
    #[inline]
    pub(super) fn close(&mut self) {
        let ends = self.ends();
        let shelves = &mut self.message.shelves;
        (shelves.cells.1, shelves.events.1, shelves.attributes.1) = ends;
        self.out.list.push(self.message);
    }

    /// The next message of the same frame, as `message` has it, with the frame's identity and number.
    pub(super) fn next(&mut self, kind: Kind, name: &'static str) {
        let Message { direction, code, device_id, serial, .. } = self.message;
        self.message = Message { device_id, serial, ..Message::new(direction, kind, code, name) };
        self.open();
    }

    /// Shows a field to the trace alone.
    #[inline(always)]
    pub(super) fn show(&mut self, name: &'static str, span: Span, value: Value, unit: &'static str) {
        if T::ON {
            self.trace.field(Seen { name, index: 0, span, value, unit });
        }
    }

    /// Shows a number to the trace and hands it back.
    #[inline(always)]
    pub(super) fn dec(
        &mut self,
        name: &'static str,
        span: Span,
        value: Dec,
        unit: &'static str,
    ) -> Option<Dec> {
        self.show(name, span, Value::Dec(value), unit);
        Some(value)
    }

    /// The time, from year, month, day, hour, minute and second on a clock that is so many seconds ahead of UTC. A
    /// clock that was never set has none, which is no fault of the frame.
    #[inline]
    pub(super) fn time(&mut self, span: Span, six: Option<[u8; 6]>, ahead: i64, expected: &'static str) {
        let time = six.and_then(UtcTime::from_two_digits).map(|time| time.plus(-ahead));
        self.message.time = time;
        match time {
            Some(time) => self.show("time", span, Value::Time(time), ""),
            None if six.is_some_and(UtcTime::is_unset) => self.show("time", span, Value::Word("not set"), ""),
            None => {
                self.show("time", span, Value::Word("not readable"), "");
                self.damage(Damage::Field { field: "time", span, expected });
            }
        }
    }

    /// An attribute.
    #[inline]
    pub(super) fn put(&mut self, name: &'static str, span: Span, value: Value, unit: &'static str) {
        self.put_nth(name, 0, span, value, unit);
    }

    /// One of several attributes of a name, counted from 1.
    #[inline]
    pub(super) fn put_nth(
        &mut self,
        name: &'static str,
        index: u8,
        span: Span,
        value: Value,
        unit: &'static str,
    ) {
        if T::ON {
            self.trace.field(Seen { name, index, span, value, unit });
        }
        self.out.attributes.push(Attribute { name, index, value, unit, span });
    }

    /// An attribute that follows from a field which was shown already.
    #[inline]
    pub(super) fn also(&mut self, name: &'static str, span: Span, value: Value) {
        self.out.attributes.push(Attribute { name, index: 0, value, unit: "", span });
    }

    /// An event by its number and name.
    #[inline]
    pub(super) fn event(&mut self, span: Span, code: u32, name: &'static str, data: Option<Span>) {
        self.show("event", span, Value::Word(name), "");
        self.out.events.push(Event { code, name, data });
    }

    /// A cell of the network.
    #[inline]
    pub(super) fn cell(&mut self, cell: Cell) {
        self.out.cells.push(cell);
    }

    /// Bytes that nobody explains, kept as they are; nothing when there are none.
    #[inline]
    pub(super) fn keep(&mut self, name: &'static str, span: Span) {
        if span.len > 0 {
            self.put(name, span, Value::Bytes(span), "");
        }
    }

    /// A fault of the frame.
    #[inline]
    pub(super) fn damage(&mut self, damage: Damage) {
        self.out.damage.push(damage);
    }

    /// A reading that may have failed: the fault is noted.
    #[inline]
    pub(super) fn note(&mut self, read: Result<(), Damage>) {
        if let Err(damage) = read {
            self.damage(damage);
        }
    }

    /// The declared and the counted length, by the protocol's rule.
    #[inline]
    pub(super) fn length(&mut self, span: Span, declared: usize, actual: usize, rule: &'static str) {
        let (declared, actual) = (declared as u32, actual as u32);
        self.show("length", span, Value::int(declared), "bytes");
        self.out.length = Some(Length { declared, actual });
        if declared != actual {
            self.damage(Damage::Length { declared, actual, rule });
        }
    }

    /// The checksum as carried and as computed.
    #[inline]
    pub(super) fn checksum(&mut self, span: Span, got: u32, want: u32, digits: u8, rule: &'static str) {
        let fits = if got == want { "fits" } else { "does not fit" };
        self.show("checksum", span, Value::Word(fits), "");
        self.out.checksum = Some(Checksum { got, want, digits });
        if got != want {
            self.damage(Damage::Checksum { got, want, digits, rule });
        }
    }
}

/// A message that goes to the server, with a number for a type.
pub(super) fn up(kind: Kind, code: u32, digits: u8, name: &'static str) -> Message {
    Message::new(Direction::Up, kind, Code::Number(code, digits), name)
}
