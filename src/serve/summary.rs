//! What a listener's work came to, in numbers.

use super::event::Why;

/// Connections by how they ended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Shed([u64; Why::ALL.len()]);

impl Shed {
    /// One more.
    pub(super) fn add(&mut self, why: Why) {
        if let Some(count) = self.0.get_mut(why as usize) {
            *count += 1;
        }
    }

    /// How many ended so.
    #[must_use]
    pub fn count(&self, why: Why) -> u64 {
        self.0.get(why as usize).copied().unwrap_or_default()
    }

    /// Every reason that there was, with its number.
    pub fn reasons(&self) -> impl Iterator<Item = (Why, u64)> {
        Why::ALL.into_iter().map(|why| (why, self.count(why))).filter(|(_, count)| *count > 0)
    }
}

/// Numbers over a whole run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Connections that were taken.
    pub connections: u64,
    /// The most at one time.
    pub most: usize,
    /// Connections that were open at the end.
    pub open: usize,
    /// Connections by how they ended.
    pub ended: Shed,
    /// Datagrams that came.
    pub datagrams: u64,
    /// Datagrams that could not be sent.
    pub unsent: u64,
    /// Bytes from trackers.
    pub received: u64,
    /// Bytes to trackers.
    pub sent: u64,
    /// Frames of trackers.
    pub frames: u64,
    /// Messages of trackers, of which a frame can hold several.
    pub messages: u64,
    /// What may have been frames of trackers, or anything else.
    pub possible: u64,
    /// Frames with a fault.
    pub damaged: u64,
    /// Frames that were answered.
    pub answered: u64,
    /// Bytes that belong to no frame.
    pub strange: u64,
    /// How often a connection could not be taken, for example as no more files may be opened.
    pub untaken: u64,
}
