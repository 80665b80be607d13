//! One direction of a TCP connection, put in order: what comes late, twice or overlapping is sorted out, and what the
//! capture does not hold is said. Where two segments differ in the same bytes, the first one counts.

use std::collections::BTreeMap;

/// The most bytes that wait for an earlier one, and the most segments.
pub(super) const MOST_WAITING: usize = 256 * 1024;
const MOST_SEGMENTS: usize = 1_024;
/// A step forward beyond this is no gap but another connection's number or damage.
const WINDOW: i64 = 64 * 1024 * 1024;

/// What comes out in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Out<'a> {
    Bytes(&'a [u8]),
    Missing(u64),
}

/// One direction. Places in the stream are counted from its first byte, in 64 bits.
#[derive(Debug, Default)]
pub(super) struct Direction {
    /// The number of the first byte, once it is known.
    first: Option<u32>,
    /// The place of the next byte to give out.
    next: i64,
    waiting: BTreeMap<i64, Vec<u8>>,
    held: usize,
    /// The place behind the last byte, once it was announced.
    fin: Option<i64>,
}

impl Direction {
    /// The number of the first byte is this one.
    pub(super) fn begin(&mut self, first: u32) {
        if self.first.is_none() {
            self.first = Some(first);
        }
    }

    /// Whether the connection of this direction began with another number.
    pub(super) fn differs(&self, first: u32) -> bool {
        self.first.is_some_and(|known| known != first)
    }

    /// Whether everything up to the announced end was given out.
    pub(super) fn is_done(&self) -> bool {
        self.fin.is_some_and(|end| self.next >= end)
    }

    /// Bytes that are held back.
    pub(super) fn held(&self) -> usize {
        self.held
    }

    /// A segment: its number, its bytes, and whether it ends the direction.
    pub(super) fn segment(&mut self, sequence: u32, bytes: &[u8], fin: bool, give: &mut dyn FnMut(Out<'_>)) {
        let first = *self.first.get_or_insert(sequence);
        let at = self.place(first, sequence);
        if (at - self.next).abs() > WINDOW {
            return;
        }
        if fin {
            self.fin = self.fin.or(Some(at + bytes.len() as i64));
        }
        self.take(at, bytes, give);
        while self.held > MOST_WAITING || self.waiting.len() > MOST_SEGMENTS {
            self.skip(give);
        }
    }

    /// The other end has got everything before this number: what is missing there will not come any more.
    pub(super) fn acknowledged(&mut self, sequence: u32, give: &mut dyn FnMut(Out<'_>)) {
        let Some(first) = self.first else { return };
        let at = self.place(first, sequence);
        while self
            .waiting
            .first_key_value()
            .is_some_and(|(waits, _)| *waits <= at && at - self.next <= WINDOW)
        {
            self.skip(give);
        }
    }

    /// Nothing more will come: what waits is given out with its gaps.
    pub(super) fn finish(&mut self, give: &mut dyn FnMut(Out<'_>)) {
        while !self.waiting.is_empty() {
            self.skip(give);
        }
    }

    /// The place of a number: the one nearest to what comes next, as numbers begin again after 4 GiB.
    fn place(&self, first: u32, sequence: u32) -> i64 {
        let expected = first.wrapping_add(self.next as u32);
        self.next + i64::from(sequence.wrapping_sub(expected).cast_signed())
    }

    fn take(&mut self, at: i64, bytes: &[u8], give: &mut dyn FnMut(Out<'_>)) {
        let known = usize::try_from(self.next - at).unwrap_or(0);
        let Some(new) = bytes.get(known..).filter(|new| !new.is_empty()) else { return };
        if at > self.next {
            self.wait(at, new);
            return;
        }
        give(Out::Bytes(new));
        self.next += new.len() as i64;
        self.catch_up(give);
    }

    fn wait(&mut self, at: i64, bytes: &[u8]) {
        let known = self.waiting.get(&at).map_or(0, Vec::len);
        if bytes.len() > known {
            self.held = self.held - known + bytes.len();
            self.waiting.insert(at, bytes.to_vec());
        }
    }

    /// Gives out what waits and has its turn now.
    fn catch_up(&mut self, give: &mut dyn FnMut(Out<'_>)) {
        while let Some(entry) = self.waiting.first_entry().filter(|entry| *entry.key() <= self.next) {
            let (at, bytes) = entry.remove_entry();
            self.held -= bytes.len();
            let known = usize::try_from(self.next - at).unwrap_or(usize::MAX);
            if let Some(new) = bytes.get(known..).filter(|new| !new.is_empty()) {
                give(Out::Bytes(new));
                self.next += new.len() as i64;
            }
        }
    }

    /// Passes over what is missing before the first segment that waits.
    fn skip(&mut self, give: &mut dyn FnMut(Out<'_>)) {
        let Some((&at, _)) = self.waiting.first_key_value() else { return };
        if at > self.next {
            give(Out::Missing((at - self.next).unsigned_abs()));
            self.next = at;
        }
        self.catch_up(give);
    }
}
