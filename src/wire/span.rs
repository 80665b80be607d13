//! Where something stands in a frame, and the recording of it: decoding for speed records nothing, explaining
//! records every field, and both run the same code.

use super::Value;

/// A stretch of a frame: where it begins and how many bytes it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Span {
    /// The first byte.
    pub at: u32,
    /// How many bytes.
    pub len: u32,
}

impl Span {
    /// From a start and a length. A frame is far shorter than 4 GiB, so both fit.
    #[must_use]
    #[inline]
    pub const fn new(at: usize, len: usize) -> Self {
        Self { at: at as u32, len: len as u32 }
    }

    /// From a start to the byte before `end`.
    #[must_use]
    #[inline]
    pub const fn between(at: usize, end: usize) -> Self {
        Self::new(at, end.saturating_sub(at))
    }

    /// The byte after the last.
    #[must_use]
    pub const fn end(self) -> usize {
        self.at as usize + self.len as usize
    }

    /// The bytes, none where the span does not fit.
    #[must_use]
    #[inline]
    pub fn of(self, bytes: &[u8]) -> &[u8] {
        bytes.get(self.at as usize..self.end()).unwrap_or_default()
    }
}

/// One field as it was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Seen {
    /// Its name, the one that the JSON of a message has where there is one.
    pub name: &'static str,
    /// Which of several, from 1; 0 when there is one.
    pub index: u8,
    /// Where it stands (see [`super::Messages::raw_span`] for protocols that escape).
    pub span: Span,
    /// What it says.
    pub value: Value,
    /// The unit of a number, or nothing.
    pub unit: &'static str,
}

/// Takes note of fields while a frame is decoded.
pub trait Trace {
    /// Whether anything is recorded, so that work for it alone can be left out.
    const ON: bool;

    /// One field.
    fn field(&mut self, seen: Seen);
}

/// Records nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Off;

impl Trace for Off {
    const ON: bool = false;

    #[inline(always)]
    fn field(&mut self, _: Seen) {}
}

/// Records every field in the order in which it was read.
#[derive(Debug, Clone, Default)]
pub struct Spans(Vec<Seen>);

impl Spans {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// What was recorded, in the order of reading.
    #[must_use]
    pub fn fields(&self) -> &[Seen] {
        &self.0
    }

    /// Forgets everything and keeps the room.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

impl Trace for Spans {
    const ON: bool = true;

    fn field(&mut self, seen: Seen) {
        self.0.push(seen);
    }
}
