//! IP packets that came in parts (RFC 791, 3.2; RFC 8200, 4.5), put together again. A bounded number of them waits for
//! the parts that are missing; the one that was begun first gives way.

use std::net::IpAddr;

/// Packets that wait for parts.
const MOST: usize = 64;
/// The longest content of an IP packet.
const LONGEST: usize = 65_535;
/// Parts of one packet: of the smallest that networks make, 8 bytes and more, nobody sends that many.
const MOST_PARTS: usize = 256;

/// What all parts of a packet have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Whole {
    pub(super) from: IpAddr,
    pub(super) to: IpAddr,
    /// The protocol of the content, by its number.
    pub(super) protocol: u8,
    pub(super) number: u32,
}

/// A part of a packet.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part<'a> {
    pub(super) whole: Whole,
    /// Where in the content it begins.
    pub(super) at: usize,
    /// Whether others follow it.
    pub(super) more: bool,
    pub(super) bytes: &'a [u8],
}

/// A packet of which parts are missing.
#[derive(Debug)]
struct Waiting {
    whole: Whole,
    /// In the order of their places.
    parts: Vec<(usize, Vec<u8>)>,
    /// How long the content is, once the last part has come.
    length: Option<usize>,
}

/// The packets that wait, the oldest first.
#[derive(Debug, Default)]
pub(super) struct Parts {
    waiting: Vec<Waiting>,
    /// Parts that were given up.
    lost: u64,
}

impl Parts {
    /// Takes a part; the content of its packet when it is the last one that was missing.
    pub(super) fn add(&mut self, part: &Part<'_>) -> Option<Vec<u8>> {
        if part.at + part.bytes.len() > LONGEST {
            self.lost += 1;
            return None;
        }
        let known = self.waiting.iter().position(|waiting| waiting.whole == part.whole);
        let at = known.unwrap_or_else(|| self.begin(part.whole));
        let waiting = self.waiting.get_mut(at)?;
        if waiting.parts.len() >= MOST_PARTS {
            self.lost += 1;
            return None;
        }
        waiting.take(part);
        let content = waiting.content()?;
        self.waiting.remove(at);
        Some(content)
    }

    fn begin(&mut self, whole: Whole) -> usize {
        if self.waiting.len() >= MOST {
            self.lost += self.waiting.remove(0).parts.len() as u64;
        }
        self.waiting.push(Waiting { whole, parts: Vec::new(), length: None });
        self.waiting.len() - 1
    }

    /// Parts whose packets never became whole.
    pub(super) fn left(&self) -> u64 {
        self.lost + self.waiting.iter().map(|waiting| waiting.parts.len() as u64).sum::<u64>()
    }
}

impl Waiting {
    /// Of two with the same bytes the first counts.
    fn take(&mut self, part: &Part<'_>) {
        if !part.more {
            self.length = self.length.or(Some(part.at + part.bytes.len()));
        }
        let place = self.parts.partition_point(|(at, _)| *at <= part.at);
        self.parts.insert(place, (part.at, part.bytes.to_vec()));
    }

    /// The content, when no part of it is missing.
    fn content(&self) -> Option<Vec<u8>> {
        let length = self.length?;
        let mut content = Vec::new();
        for (at, bytes) in &self.parts {
            // How much of it is known already; none where something is missing before it.
            let known = content.len().checked_sub(*at)?;
            content.extend_from_slice(bytes.get(known..).unwrap_or_default());
        }
        (content.len() >= length).then(|| {
            content.truncate(length);
            content
        })
    }
}
