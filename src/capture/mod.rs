//! Readers of what people have: a paste of hex or text, a server's log, raw bytes, a packet capture.
//! They give bytes with where and when they were seen; what the bytes mean is not theirs, and memory stays bounded.

use std::io::{self, BufRead};
use std::net::SocketAddr;
use std::ops::ControlFlow;

use crate::wire::Transport;

mod base64;
mod dump;
mod error;
mod hex;
mod lines;
mod log;
mod pcap;
mod raw;
mod sniff;
mod stamp;
#[cfg(test)]
mod tests;
mod text;

pub use error::{Error, Refusal};
pub use lines::LONGEST_LINE;
pub use stamp::{Zone, ZoneError, moment};

/// What a capture is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Hexadecimal digits, one stream a line.
    Hex,
    /// Text as trackers write it, one stream a line; `\r`, `\n`, `\xHH` and the like are understood.
    Text,
    /// A server's log: in each line the bytes in hexadecimal digits, or as text.
    Log,
    /// What xxd, hexdump, od and Wireshark print: offsets, and behind them the bytes. Its lines are one stream.
    Dump,
    /// The bytes themselves: one stream.
    Raw,
    /// A packet capture, pcap or pcapng.
    Pcap,
    /// Lines of which each is looked at for itself: hex, text or a line of a log.
    Lines,
}

/// How a capture is to be read.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// What it is written as; none looks at its beginning.
    pub form: Option<Form>,
    /// The time zone of times in a log that name none.
    pub zone: Zone,
    /// Of a packet capture, only what goes to or comes from this port.
    pub port: Option<u16>,
}

/// When something was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arrival {
    /// Milliseconds since 1970, UTC.
    pub ms: i64,
    /// Whether the capture says so itself; a log without a time zone does not.
    pub sure: bool,
}

/// A connection, a pair of UDP ports, or what a log's lines have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Counted from 0.
    pub id: u32,
    /// By what it travels, where that is known.
    pub transport: Option<Transport>,
    /// Who opened it, or who spoke first.
    pub from: Option<SocketAddr>,
    /// Whom it was opened to.
    pub to: Option<SocketAddr>,
    /// How a log calls it.
    pub name: Option<String>,
    /// Whether its beginning was seen.
    pub opened: bool,
}

/// Which end of a link speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// The one that opened it, or spoke first.
    First,
    /// The other.
    Second,
}

/// How a direction of a link ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// It was closed in order.
    Closed,
    /// It was reset.
    Reset,
    /// The capture ends before it does, or there was no room to follow it further.
    Open,
}

/// Bytes that were seen in one go.
#[derive(Debug, Clone, Copy)]
pub struct Piece<'a> {
    /// The bytes.
    pub bytes: &'a [u8],
    /// How many of them the capture has: a line end behind a text was lost when it was copied, and is put back.
    pub given: usize,
    /// Whether nothing belongs to them that came before or comes after: a line, a datagram.
    pub whole: bool,
    /// The line, counted from 1, for input that has lines.
    pub line: Option<u64>,
    /// The link they belong to, where there is one.
    pub link: Option<u32>,
    /// Which end of it speaks.
    pub side: Side,
    /// When they were seen, where the capture says.
    pub arrival: Option<Arrival>,
}

/// Something in a capture.
#[derive(Debug, Clone, Copy)]
pub enum Event<'a> {
    /// A link that was not seen before.
    Opened(&'a Link, Option<Arrival>),
    /// Bytes.
    Piece(Piece<'a>),
    /// Bytes of a connection that the capture does not hold.
    Missing {
        /// The connection.
        link: u32,
        /// Which direction.
        side: Side,
        /// How many bytes.
        bytes: u64,
    },
    /// A direction of a connection has ended, or a link is followed no further.
    Ended {
        /// The link.
        link: u32,
        /// Which direction.
        side: Side,
        /// How.
        end: End,
        /// When, where the capture says.
        arrival: Option<Arrival>,
    },
    /// A line that cannot be read.
    Refused {
        /// Counted from 1.
        line: u64,
        /// Why.
        why: &'a Refusal,
    },
}

/// What there was beside the events.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// What it was read as.
    pub form: Option<Form>,
    /// Lines that are not empty.
    pub lines: u64,
    /// Lines of a log without bytes of a tracker.
    pub chatter: u64,
    /// Packets.
    pub packets: u64,
    /// Packets that were passed over.
    pub passed: Passed,
}

/// Packets that were passed over, by why.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Passed {
    /// Of a link layer that is not read, by the number that it has in captures.
    pub layer: Option<(u64, u32)>,
    /// Neither TCP nor UDP.
    pub other: u64,
    /// Parts of a larger packet, of which others are missing.
    pub fragments: u64,
    /// Captured too short to find the ports.
    pub short: u64,
    /// The capture ends within a packet or is broken there.
    pub broken: bool,
}

/// Takes events; breaking off ends the reading without an error.
pub type Each<'e> = &'e mut dyn FnMut(Event<'_>) -> ControlFlow<()>;

/// Reads a capture and gives everything in it to `each`.
///
/// # Errors
/// When the input cannot be read, holds nothing, or is not what it is said to be.
pub fn read(mut input: impl BufRead + Send, options: &Options, each: Each<'_>) -> Result<Summary, Error> {
    let form = match options.form {
        Some(form) => form,
        None => sniff::form(fill(&mut input)?),
    };
    if fill(&mut input)?.is_empty() {
        return Err(Error::Nothing);
    }
    let summary = match form {
        Form::Raw => raw::read(&mut input, each),
        Form::Pcap => pcap::read(&mut input, options, each),
        Form::Hex | Form::Text | Form::Log | Form::Dump | Form::Lines => {
            lines::read(&mut input, form, options, each)
        }
    }?;
    Ok(Summary { form: Some(form), ..summary })
}

/// What can be had of the input without taking it.
fn fill(input: &mut impl BufRead) -> io::Result<&[u8]> {
    loop {
        match input.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
            // Asked again, as the borrow checker does not let a borrow out of a loop.
            Ok(_) => return input.fill_buf(),
        }
    }
}
