//! Why a capture cannot be read, and why a line of one cannot: each a sentence with the value that shows it.

use std::io;

/// Why a capture cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The reading itself.
    #[error("the input cannot be read: {0}")]
    Io(#[from] io::Error),
    /// No byte at all.
    #[error("the input is empty")]
    Nothing,
    /// Not a packet capture.
    #[error("the input begins with the bytes {0}, and is neither a pcap nor a pcapng file")]
    NoPcap(String),
    /// A packet capture that breaks off before its first packet.
    #[error("the packet capture is broken: {0}")]
    BrokenPcap(&'static str),
}

/// Why a line cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A character that is none of hexadecimal digits and what may stand between them.
    #[error("character {at} is {found:?}, which is no hexadecimal digit")]
    NotHex {
        /// Counted from 1.
        at: usize,
        /// The character.
        found: char,
    },
    /// Half a byte.
    #[error(
        "{digits} hexadecimal digits that end at character {at} are no whole bytes: one is missing or too many"
    )]
    HalfByte {
        /// How many digits.
        digits: usize,
        /// Where they end, counted from 1.
        at: usize,
    },
    /// No digit in it.
    #[error("it holds no hexadecimal digit")]
    NoDigits,
    /// A line of a dump that does not follow the one before.
    #[error(
        "its offset does not follow the {reached} bytes before it: lines of the dump are left out or mixed up"
    )]
    Offset {
        /// Bytes before it.
        reached: u64,
    },
    /// Longer than any frame can be.
    #[error("it is longer than {most} characters, and no frame is")]
    TooLong {
        /// What is taken.
        most: usize,
    },
}
