//! What a status report says became of a message (3GPP TS 23.040 section 9.2.3.15).
//! The value is kept as it came; a value that the standard reserves proves nothing.

/// TP-ST.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Status(pub u8);

/// How far a message came, by the ranges of the standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Delivery {
    /// 00 to 02: the service centre is done with it. Only 00 says that the recipient has it.
    Delivered,
    /// 20 to 3F: a temporary error, and the service centre goes on trying.
    Trying,
    /// 40 to 5F: a permanent error.
    Permanent,
    /// 60 to 7F: a temporary error, and the service centre has given up.
    GaveUp,
    /// Reserved values, and completions that only one service centre understands.
    Unknown,
}

impl Status {
    /// How far the message came.
    #[must_use]
    pub fn delivery(self) -> Delivery {
        match self.0 {
            0x00..=0x02 => Delivery::Delivered,
            0x20..=0x3F => Delivery::Trying,
            0x40..=0x5F => Delivery::Permanent,
            0x60..=0x7F => Delivery::GaveUp,
            _ => Delivery::Unknown,
        }
    }

    /// Whether the recipient has it: forwarded without confirmation (01) and replaced by a newer message (02) are
    /// completions too.
    #[must_use]
    pub fn is_confirmed(self) -> bool {
        self.0 == 0x00
    }

    /// The reason in words.
    #[must_use]
    pub fn reason(self) -> &'static str {
        match self.0 {
            0x00 => "received by the recipient",
            0x01 => "forwarded, without confirmation that it was delivered",
            0x02 => "replaced by a newer message",
            0x10..=0x1F => "completed, in a way that only the service centre knows",
            0x20 | 0x60 => "congestion",
            0x21 | 0x61 => "the recipient is busy",
            0x22 | 0x62 => "the recipient does not answer",
            0x23 | 0x63 => "the service is rejected",
            0x24 | 0x44 | 0x64 => "the quality of service is not available",
            0x25 | 0x65 => "an error in the recipient",
            0x40 => "an error of the remote procedure",
            0x41 => "the destination is incompatible",
            0x42 => "the recipient rejected the connection",
            0x43 => "not obtainable",
            0x45 => "no interworking is available",
            0x46 => "the validity period ended",
            0x47 => "deleted by the sender",
            0x48 => "deleted by the service centre's administration",
            0x49 => "the service centre does not know the message",
            0x30..=0x3F | 0x50..=0x5F | 0x70..=0x7F => "for a reason that only the service centre knows",
            _ => "for a reason that the standard reserves",
        }
    }
}
