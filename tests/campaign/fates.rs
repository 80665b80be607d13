//! What a modem's refusal means, by the table in the standards' words (TS 27.005 section 3.2.5, TS 24.011 annex E): a
//! second reading of them, apart from the program's own.

/// What the client was told of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// The network has it.
    Accepted,
    /// Refused for now.
    Temporary,
    /// Refused for good.
    Refused,
    /// The modem did not let it out.
    Kept,
    /// Nobody knows.
    Maybe,
}

pub(crate) fn fate(code: u16) -> Fate {
    match code {
        // Barring, no subscription or no credit say nothing of the message: the SIM card is given no more after three.
        8 | 10 | 50 => Fate::Temporary,
        // Congestion, no resources, out of order for now.
        17 | 22 | 38 | 41 | 42 | 47 => Fate::Temporary,
        // Number, protocol.
        1 | 21 | 27..=30 | 69 | 81 | 95..=97 | 99 | 111 | 127 => Fate::Refused,
        // The modem's own faults, the SIM card's, the store's, no service centre.
        300..=305 | 310..=318 | 320..=322 | 330 | 340 => Fate::Kept,
        // Network time-out, unknown, no service behind Ctrl-Z.
        _ => Fate::Maybe,
    }
}
