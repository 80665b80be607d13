//! The data coding scheme of short messages (3GPP TS 23.038 section 4).
//! The octet is kept as it came; a reserved one means the GSM 7-bit alphabet, as the standard has it.

use std::fmt;

/// TP-DCS.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Dcs(pub u8);

/// How user data is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Coding {
    /// Septets of the GSM alphabet.
    Gsm7,
    /// Octets that only the two ends understand.
    Data,
    /// 16-bit units.
    Ucs2,
}

/// The coding group, bits 7 to 4.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Group {
    /// 00xx.
    General,
    /// 01xx: as 00xx, and to be deleted when it was read.
    AutomaticDeletion,
    /// 1000 to 1011.
    Reserved,
    /// 1100: something is waiting, and the text may be thrown away.
    WaitingDiscard,
    /// 1101: something is waiting, text in the GSM alphabet.
    WaitingStore,
    /// 1110: something is waiting, text in UCS-2.
    WaitingStoreUcs2,
    /// 1111: data coding and message class.
    DataClass,
}

/// What an indication says is waiting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WaitingKind {
    /// Voice mail.
    Voicemail,
    /// A fax.
    Fax,
    /// Electronic mail.
    Email,
    /// Anything else.
    Other,
}

/// A message waiting indication.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Waiting {
    /// Whether the indication is to be switched on or off.
    pub active: bool,
    /// What is waiting.
    pub kind: WaitingKind,
}

impl Dcs {
    /// GSM 7-bit alphabet, no class.
    pub const GSM7: Self = Self(0x00);
    /// 8-bit data, no class.
    pub const DATA: Self = Self(0x04);
    /// UCS-2, no class.
    pub const UCS2: Self = Self(0x08);

    /// The coding group.
    #[must_use]
    pub fn group(self) -> Group {
        match self.0 >> 4 {
            0b0000..=0b0011 => Group::General,
            0b0100..=0b0111 => Group::AutomaticDeletion,
            0b1100 => Group::WaitingDiscard,
            0b1101 => Group::WaitingStore,
            0b1110 => Group::WaitingStoreUcs2,
            0b1111 => Group::DataClass,
            _ => Group::Reserved,
        }
    }

    fn is_general(self) -> bool {
        matches!(self.group(), Group::General | Group::AutomaticDeletion)
    }

    /// How the user data is written, before any compression.
    #[must_use]
    pub fn coding(self) -> Coding {
        let bits = match self.group() {
            Group::General | Group::AutomaticDeletion => self.0 >> 2 & 0b11,
            Group::DataClass => self.0 >> 2 & 0b01,
            Group::WaitingStoreUcs2 => 0b10,
            Group::Reserved | Group::WaitingDiscard | Group::WaitingStore => 0b00,
        };
        match bits {
            0b01 => Coding::Data,
            0b10 => Coding::Ucs2,
            _ => Coding::Gsm7,
        }
    }

    /// Whether the text is compressed (TS 23.042).
    #[must_use]
    pub fn is_compressed(self) -> bool {
        self.is_general() && self.0 & 0x20 != 0
    }

    /// The message class, when it has one: 0 is shown at once, 1 is the device's, 2 the SIM's, 3 the terminal's.
    #[must_use]
    pub fn class(self) -> Option<u8> {
        let has_class = self.group() == Group::DataClass || (self.is_general() && self.0 & 0x10 != 0);
        has_class.then_some(self.0 & 0b11)
    }

    /// The message waiting indication, when it is one.
    #[must_use]
    pub fn waiting(self) -> Option<Waiting> {
        if !matches!(self.group(), Group::WaitingDiscard | Group::WaitingStore | Group::WaitingStoreUcs2) {
            return None;
        }
        let kind = match self.0 & 0b11 {
            0 => WaitingKind::Voicemail,
            1 => WaitingKind::Fax,
            2 => WaitingKind::Email,
            _ => WaitingKind::Other,
        };
        Some(Waiting { active: self.0 & 0x08 != 0, kind })
    }
}

impl fmt::Display for Coding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Gsm7 => "GSM 7-bit text",
            Self::Data => "8-bit data",
            Self::Ucs2 => "UCS-2 text",
        })
    }
}
