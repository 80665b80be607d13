//! The packets of a pcap or pcapng file, one after another, with a buffer of bounded size.

use std::io::Read;
use std::ops::ControlFlow;

use pcap_parser::traits::PcapNGPacketBlock;
use pcap_parser::{Block, PcapBlockOwned, PcapError, create_reader};

use super::super::{Arrival, Error};

/// Room for one block. A packet has at most 256 KiB in the captures of all common tools.
const BUFFER: usize = 512 * 1024;
/// Interfaces of a pcapng section that are known; packets of others are passed over.
const MOST_INTERFACES: usize = 4_096;

/// What takes packets: the number of the link layer, when, and the bytes.
pub(super) type Take<'t> = &'t mut dyn FnMut(u32, Option<Arrival>, &[u8]) -> ControlFlow<()>;

/// Gives every packet to `take`. True when the file breaks off or is broken behind its first block.
pub(super) fn packets(input: &mut (impl Read + Send), take: Take<'_>) -> Result<bool, Error> {
    let mut input = Watched { inner: input, begun: false, first: Vec::new(), error: None };
    let ended = walk(&mut input, take);
    match (input.error.take(), ended) {
        (Some(error), _) => Err(Error::Io(error)),
        (None, Err(Error::NoPcap(_))) => Err(Error::NoPcap(input.beginning())),
        (None, ended) => ended,
    }
}

fn walk(input: &mut Watched<'_>, take: Take<'_>) -> Result<bool, Error> {
    let mut reader = create_reader(BUFFER, &mut *input).map_err(|error| match error {
        PcapError::HeaderNotRecognized => Error::NoPcap(String::new()),
        _ => Error::BrokenPcap("it breaks off in its header"),
    })?;
    let mut clock = Clock::default();
    loop {
        match reader.next() {
            Ok((length, block)) => {
                let go = clock.block(&block, take);
                reader.consume(length);
                if go == ControlFlow::Break(()) {
                    return Ok(false);
                }
            }
            Err(PcapError::Eof) => return Ok(false),
            Err(PcapError::Incomplete(_)) => {
                if reader.refill().is_err() {
                    return Ok(true);
                }
            }
            Err(_) => return Ok(true),
        }
    }
}

/// Keeps the error of a read, which the reader of captures does not hand on, and reads enough at the start: the
/// header is looked for in the first piece alone, and a pipe may give a small one.
struct Watched<'r> {
    inner: &'r mut (dyn Read + Send),
    begun: bool,
    first: Vec<u8>,
    error: Option<std::io::Error>,
}

/// What the first piece has at least, where there is so much.
const FIRST: usize = 4 * 1024;

impl Watched<'_> {
    /// The first bytes in hexadecimal digits.
    fn beginning(&self) -> String {
        self.first.iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(" ")
    }

    fn some(&mut self, room: &mut [u8]) -> std::io::Result<usize> {
        loop {
            match self.inner.read(room) {
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.error = Some(std::io::Error::new(error.kind(), error.to_string()));
                    return Err(error);
                }
                Ok(taken) => return Ok(taken),
            }
        }
    }
}

impl Read for Watched<'_> {
    fn read(&mut self, room: &mut [u8]) -> std::io::Result<usize> {
        if self.begun {
            return self.some(room);
        }
        let mut filled = 0;
        while filled < room.len().min(FIRST) {
            match self.some(room.get_mut(filled..).unwrap_or_default())? {
                0 => break,
                taken => filled += taken,
            }
        }
        self.begun = true;
        self.first = room.get(..filled.min(4)).unwrap_or_default().to_vec();
        Ok(filled)
    }
}

/// What the file has said about link layers and units of time.
#[derive(Default)]
struct Clock {
    /// The link layer of a pcap file, and whether its fractions are nanoseconds.
    legacy: (u32, bool),
    /// Link layer, units a second and seconds to add, of each interface of a pcapng section.
    interfaces: Vec<(u32, u64, i64)>,
}

impl Clock {
    fn block(&mut self, block: &PcapBlockOwned<'_>, take: Take<'_>) -> ControlFlow<()> {
        match block {
            PcapBlockOwned::LegacyHeader(header) => {
                self.legacy = (layer(header.network.0), header.is_nanosecond_precision());
            }
            PcapBlockOwned::Legacy(packet) => {
                let parts = if self.legacy.1 { 1_000_000 } else { 1_000 };
                let ms = i64::from(packet.ts_sec) * 1_000 + i64::from(packet.ts_usec / parts);
                return take(self.legacy.0, Some(Arrival { ms, sure: true }), packet.data);
            }
            PcapBlockOwned::NG(Block::SectionHeader(_)) => self.interfaces.clear(),
            PcapBlockOwned::NG(Block::InterfaceDescription(interface)) => {
                if self.interfaces.len() < MOST_INTERFACES {
                    let units = units(interface.if_tsresol);
                    self.interfaces.push((layer(interface.linktype.0), units, interface.if_tsoffset));
                }
            }
            PcapBlockOwned::NG(Block::EnhancedPacket(packet)) => {
                if let Some((layer, units, offset)) = self.interfaces.get(packet.if_id as usize) {
                    let count = u64::from(packet.ts_high) << 32 | u64::from(packet.ts_low);
                    let ms = u128::from(count) * 1_000 / u128::from(*units);
                    let ms = i64::try_from(ms).ok().and_then(|ms| ms.checked_add(offset.checked_mul(1_000)?));
                    return take(*layer, ms.map(|ms| Arrival { ms, sure: true }), packet.packet_data());
                }
            }
            PcapBlockOwned::NG(Block::SimplePacket(packet)) => {
                if let Some((layer, ..)) = self.interfaces.first() {
                    return take(*layer, None, packet.packet_data());
                }
            }
            PcapBlockOwned::NG(_) => {}
        }
        ControlFlow::Continue(())
    }
}

/// Units a second by an interface's `if_tsresol`: a negative power of 10, or with its highest bit set, of 2. Where it is
/// finer than can be counted it is microseconds, as where nothing is said.
fn units(resolution: u8) -> u64 {
    let power = u32::from(resolution & 0x7F);
    let units = if resolution & 0x80 == 0 { 10_u64.checked_pow(power) } else { 1_u64.checked_shl(power) };
    units.unwrap_or(1_000_000)
}

/// The number of a link layer; the upper half of the field has flags.
fn layer(number: i32) -> u32 {
    number.cast_unsigned() & 0xFFFF
}
