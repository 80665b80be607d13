//! A cursor over the bytes of a frame whose errors name the field that was being read.
//! Every length is compared with what is there before anything is taken.

use super::{Damage, Span};

/// Bytes, and how far they are read. Positions count from the start of the frame.
#[derive(Debug, Clone)]
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    /// Reads `bytes` from `at` on; what lies behind `end` does not exist for it.
    pub(super) fn new(bytes: &'a [u8], at: usize, end: usize) -> Self {
        let bytes = bytes.get(..end).unwrap_or(bytes);
        Self { at: at.min(bytes.len()), bytes }
    }

    /// Where the next byte stands.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// What has not been read.
    pub(super) fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// How many bytes have not been read.
    pub(super) fn left(&self) -> usize {
        self.bytes.len().saturating_sub(self.at)
    }

    /// Where what has not been read stands.
    pub(super) fn rest_span(&self) -> Span {
        Span::new(self.at, self.left())
    }

    /// The bytes of a span, whether they were read or not.
    pub(super) fn bytes(&self, span: Span) -> &'a [u8] {
        span.of(self.bytes)
    }

    /// A cursor over a part of the same bytes.
    pub(super) fn part(&self, span: Span) -> Self {
        Self::new(self.bytes, span.at as usize, span.end())
    }

    /// Exactly so many bytes of a field.
    pub(super) fn take(&mut self, field: &'static str, needed: usize) -> Result<(&'a [u8], Span), Damage> {
        let (rest, at) = (self.rest(), self.at);
        let short = Damage::Short { field, at: at as u32, needed: needed as u32, present: rest.len() as u32 };
        let taken = rest.get(..needed).ok_or(short)?;
        self.at += needed;
        Ok((taken, Span::new(at, needed)))
    }

    /// A field of fixed length.
    pub(super) fn array<const N: usize>(&mut self, field: &'static str) -> Result<([u8; N], Span), Damage> {
        let (taken, span) = self.take(field, N)?;
        let mut array = [0; N];
        array.copy_from_slice(taken);
        Ok((array, span))
    }

    /// Passes over bytes, as many as are left of so many.
    pub(super) fn skip(&mut self, count: usize) -> Span {
        let count = count.min(self.left());
        self.at += count;
        Span::new(self.at - count, count)
    }

    /// One byte.
    pub(super) fn u8(&mut self, field: &'static str) -> Result<(u8, Span), Damage> {
        let ([byte], span) = self.array(field)?;
        Ok((byte, span))
    }

    /// Two bytes, the high one first.
    pub(super) fn u16(&mut self, field: &'static str) -> Result<(u16, Span), Damage> {
        let (bytes, span) = self.array(field)?;
        Ok((u16::from_be_bytes(bytes), span))
    }

    /// Two bytes with a sign, the high one first.
    pub(super) fn i16(&mut self, field: &'static str) -> Result<(i16, Span), Damage> {
        let (bytes, span) = self.array(field)?;
        Ok((i16::from_be_bytes(bytes), span))
    }

    /// Four bytes, the high one first.
    pub(super) fn u32(&mut self, field: &'static str) -> Result<(u32, Span), Damage> {
        let (bytes, span) = self.array(field)?;
        Ok((u32::from_be_bytes(bytes), span))
    }

    /// Four bytes with a sign, the high one first.
    pub(super) fn i32(&mut self, field: &'static str) -> Result<(i32, Span), Damage> {
        let (bytes, span) = self.array(field)?;
        Ok((i32::from_be_bytes(bytes), span))
    }

    /// Up to eight bytes as one number, the high one first.
    pub(super) fn uint(&mut self, field: &'static str, length: usize) -> Result<(u64, Span), Damage> {
        let (bytes, span) = self.take(field, length.min(8))?;
        Ok((bytes.iter().fold(0, |number, byte| (number << 8) | u64::from(*byte)), span))
    }
}

/// Two packed digits as a number, none when a half is no digit.
pub(super) fn bcd(byte: u8) -> Option<u8> {
    let (high, low) = (byte >> 4, byte & 0x0F);
    (high < 10 && low < 10).then_some(high * 10 + low)
}

/// A number as two packed digits; what is above 99 is cut.
pub(super) fn to_bcd(number: u8) -> u8 {
    ((number / 10 % 10) << 4) | (number % 10)
}

/// Six bytes of packed digits as numbers, none when a half is no digit.
pub(super) fn bcd_six(bytes: [u8; 6]) -> Option<[u8; 6]> {
    let mut six = [0; 6];
    for (number, byte) in six.iter_mut().zip(bytes) {
        *number = bcd(byte)?;
    }
    Some(six)
}
