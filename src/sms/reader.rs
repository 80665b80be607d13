//! A cursor over octets whose errors name the field that was being read.
//! Every length is compared with what is there before anything is taken.

use super::PduError;

/// Octets and how far they are read.
#[derive(Debug, Clone)]
pub(super) struct Reader<'a> {
    octets: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(octets: &'a [u8]) -> Self {
        Self { octets, at: 0 }
    }

    /// Where the next octet stands.
    pub(super) fn offset(&self) -> usize {
        self.at
    }

    /// What has not been read.
    pub(super) fn rest(&self) -> &'a [u8] {
        self.octets.get(self.at..).unwrap_or_default()
    }

    /// Exactly so many octets of a field.
    pub(super) fn take(&mut self, field: &'static str, needed: usize) -> Result<&'a [u8], PduError> {
        let rest = self.rest();
        let taken = rest.get(..needed).ok_or(PduError::Short {
            field,
            offset: self.at,
            needed,
            present: rest.len(),
        })?;
        self.at += needed;
        Ok(taken)
    }

    /// So many octets, or as many as are left.
    pub(super) fn take_up_to(&mut self, wanted: usize) -> &'a [u8] {
        let rest = self.rest();
        let taken = rest.get(..wanted).unwrap_or(rest);
        self.at += taken.len();
        taken
    }

    /// One octet of a field.
    pub(super) fn octet(&mut self, field: &'static str) -> Result<u8, PduError> {
        Ok(self.array::<1>(field)?[0])
    }

    /// A field of fixed length.
    pub(super) fn array<const N: usize>(&mut self, field: &'static str) -> Result<[u8; N], PduError> {
        let mut array = [0; N];
        array.copy_from_slice(self.take(field, N)?);
        Ok(array)
    }
}
