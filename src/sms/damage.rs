//! What was wrong with a PDU that could be read all the same.
//! Each is one sentence for a person; none of them is a reason to throw the message away.

use super::{TimeFault, language};

/// A fault that was tolerated, and what was done about it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Damage {
    /// TP-MTI 11, which a mobile has to process as an SMS-DELIVER (TS 23.040 section 9.2.3.1).
    #[error("the message type is reserved; it was read as SMS-DELIVER")]
    ReservedType,
    /// The number of octets differs from what the modem said in front of the PDU.
    #[error("the TPDU is not as long as the modem announced (octets announced: {claimed}, there: {present})")]
    Length {
        /// What the modem said.
        claimed: usize,
        /// What there is.
        present: usize,
    },
    /// An end mark (semi-octet 1111) among the digits that the length counts.
    #[error("{field} has an end mark among its digits; they were read up to it")]
    EarlyEnd {
        /// The field's name in the standard.
        field: &'static str,
    },
    /// A time that is none, or not wholly.
    #[error("{field} {fault}")]
    Time {
        /// The field's name in the standard.
        field: &'static str,
        /// What is wrong with it.
        fault: TimeFault,
    },
    /// Less user data than TP-UDL says.
    #[error(
        "TP-UDL asks for more user data than there is (octets asked for: {claimed}, there: {present}); it was read as far as it goes"
    )]
    Cut {
        /// Octets that TP-UDL asks for.
        claimed: usize,
        /// Octets that are there.
        present: usize,
    },
    /// A field that the parameter indicator announces and that is not there.
    #[error("TP-PI announces {field}, and the PDU ends before it")]
    Missing {
        /// The field's name in the standard.
        field: &'static str,
    },
    /// Octets behind the end.
    #[error("something follows the end of the message (octets: {octets}); it was passed over")]
    Trailing {
        /// How many.
        octets: usize,
    },
    /// TP-UDHI is set and there is no user data.
    #[error("a user data header is announced, and there is no user data")]
    HeaderMissing,
    /// The last information element does not end with the header (TS 23.040 section 9.2.3.24).
    #[error("the information elements do not fill the user data header (octets: {octets}); it was ignored")]
    HeaderIgnored {
        /// The claimed length of the header.
        octets: usize,
    },
    /// A concatenation element that means nothing (TS 23.040 section 9.2.3.24.1).
    #[error(
        "the concatenation element is impossible (wrong length, or part 0, or a part above the total); it was ignored"
    )]
    ConcatenationIgnored,
    /// The text is written with a national language table that is not here.
    #[error("the text needs the {} {} shift table, which is not here; it was read with the default table",
        language::name(*identifier), if *locking { "locking" } else { "single" })]
    NeedsTable {
        /// The national language identifier.
        identifier: u8,
        /// Whether the locking or the single shift table is meant.
        locking: bool,
    },
    /// Compressed text (TS 23.042), which is kept as octets.
    #[error("the text is compressed (TS 23.042), which is not read here; its octets were kept")]
    Compressed,
    /// An odd number of octets of UCS-2.
    #[error("the UCS-2 text has half a character at its end; it was left out")]
    HalfUnit,
    /// Surrogates without their other half.
    #[error("the UCS-2 text has lone surrogates ({count}); each was replaced by U+FFFD")]
    LoneSurrogates {
        /// How many.
        count: usize,
    },
    /// An escape with nothing behind it.
    #[error("the text ends in an escape with nothing behind it; a blank was put there")]
    LoneEscape,
}
