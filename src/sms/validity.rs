//! How long a service centre keeps a message that it cannot deliver (3GPP TS 23.040 section 9.2.3.12).
//! All three forms are read and written; a form that says nothing stays as octets.

use std::time::Duration;

use super::reader::Reader;
use super::timestamp::{Timestamp, two_digits};
use super::{PduError, TimeFault};

const MINUTE: u64 = 60;
const DAY: u64 = 24 * 60 * MINUTE;

/// TP-VP, in the form that TP-VPF announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Validity {
    /// One octet: a period from when the service centre takes the message.
    Relative(u8),
    /// Seven octets that say themselves how they are to be read.
    Enhanced(Enhanced),
    /// The time at which it ends.
    Absolute(Timestamp),
}

/// TP-VP in the enhanced form, its octets kept as they came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Enhanced(pub [u8; 7]);

/// What an enhanced validity period says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Period {
    /// It says nothing about time.
    None,
    /// So long from when the service centre takes the message.
    For(Duration),
    /// A format or a value that the standard reserves.
    Reserved,
}

impl Validity {
    /// The relative form of the longest period that is not above `period`, and 5 minutes at least: a message must
    /// rather expire early than arrive late.
    #[must_use]
    pub fn at_most(period: Duration) -> Self {
        let fitting = (0..=u8::MAX).rev().find(|octet| relative(*octet) <= period);
        Self::Relative(fitting.unwrap_or(0))
    }

    /// The period from when the service centre takes the message; none for an absolute time, and where nothing
    /// is said.
    #[must_use]
    pub fn period(self) -> Option<Duration> {
        match self {
            Self::Relative(octet) => Some(relative(octet)),
            Self::Enhanced(enhanced) => match enhanced.period() {
                Period::For(period) => Some(period),
                Period::None | Period::Reserved => None,
            },
            Self::Absolute(_) => None,
        }
    }

    /// TP-VPF: bits 4 and 3 of the first octet.
    pub(super) fn format(validity: Option<Self>) -> u8 {
        match validity {
            None => 0x00,
            Some(Self::Enhanced(_)) => 0x08,
            Some(Self::Relative(_)) => 0x10,
            Some(Self::Absolute(_)) => 0x18,
        }
    }

    /// Reads the form that the first octet announces.
    pub(super) fn read(first: u8, reader: &mut Reader<'_>) -> Result<Option<Self>, PduError> {
        let field = "TP-VP";
        Ok(match first & 0x18 {
            0x08 => Some(Self::Enhanced(Enhanced(reader.array(field)?))),
            0x10 => Some(Self::Relative(reader.octet(field)?)),
            0x18 => Some(Self::Absolute(Timestamp::from_octets(reader.array(field)?))),
            _ => None,
        })
    }

    pub(super) fn write(self, out: &mut Vec<u8>) {
        match self {
            Self::Relative(octet) => out.push(octet),
            Self::Enhanced(Enhanced(octets)) => out.extend(octets),
            Self::Absolute(time) => out.extend(time.octets()),
        }
    }

    /// What is wrong with an absolute time.
    pub(super) fn fault(self) -> Option<TimeFault> {
        if let Self::Absolute(time) = self { time.fault() } else { None }
    }
}

impl Enhanced {
    /// Whether the service centre is to try once only (bit 6 of the functionality indicator).
    #[must_use]
    pub fn is_single_shot(self) -> bool {
        self.0[0] & 0x40 != 0
    }

    /// What it says about time, by bits 2 to 0 of the functionality indicator.
    #[must_use]
    pub fn period(self) -> Period {
        // Octets of the indicator go on while their highest bit is set; the value stands behind the last of them.
        let extensions = self.0.iter().take_while(|octet| *octet & 0x80 != 0).count();
        let mut value = self.0.iter().skip(extensions + 1).copied();
        let mut next = || value.next();
        let period = match self.0[0] & 0x07 {
            0 => return Period::None,
            1 => next().map(relative),
            2 => next().filter(|seconds| *seconds != 0).map(|seconds| Duration::from_secs(seconds.into())),
            3 => clock([next(), next(), next()]),
            _ => None,
        };
        period.map_or(Period::Reserved, Period::For)
    }
}

/// Hours, minutes and seconds in semi-octets.
fn clock(octets: [Option<u8>; 3]) -> Option<Duration> {
    let [hours, minutes, seconds] = octets.map(|octet| octet.map(|octet| u64::from(two_digits(octet))));
    let (hours, minutes, seconds) = (hours?, minutes?, seconds?);
    (minutes < 60 && seconds < 60).then(|| Duration::from_secs((hours * 60 + minutes) * 60 + seconds))
}

/// The period of a relative octet (section 9.2.3.12.1).
fn relative(octet: u8) -> Duration {
    let octet_value = u64::from(octet);
    Duration::from_secs(match octet {
        0..=143 => (octet_value + 1) * 5 * MINUTE,
        144..=167 => DAY / 2 + (octet_value - 143) * 30 * MINUTE,
        168..=196 => (octet_value - 166) * DAY,
        197..=255 => (octet_value - 192) * 7 * DAY,
    })
}
