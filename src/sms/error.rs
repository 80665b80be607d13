//! Why octets are no PDU of these, and why a value cannot become one.
//! Every refusal names the field of the standard and where it begins, counted in octets from 0.

use super::Coding;

/// Why octets are refused. What can still be read in spite of a fault is no error but a [`Damage`](super::Damage).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PduError {
    /// Nothing was given.
    #[error("the PDU is empty")]
    Empty,
    /// A character that is no hexadecimal digit.
    #[error("the PDU has {found:?} at character {position}: only hexadecimal digits belong there")]
    NotHex {
        /// Counted in characters from 1.
        position: usize,
        /// The character.
        found: char,
    },
    /// An odd number of digits.
    #[error("the PDU has an odd number of hexadecimal digits ({digits}), and two make an octet")]
    HalfOctet {
        /// How many digits there are.
        digits: usize,
    },
    /// The octets end inside a field that must be there.
    #[error("the PDU ends inside {field} (octets needed at offset {offset}: {needed}, left: {present})")]
    Short {
        /// The field's name in the standard.
        field: &'static str,
        /// Where what was to be read begins.
        offset: usize,
        /// Octets that it takes.
        needed: usize,
        /// Octets that are left.
        present: usize,
    },
    /// An address longer than the standards allow.
    #[error("{field} at offset {offset} claims {claimed} {unit}, and {limit} is the most")]
    AddressLength {
        /// The field's name in the standard.
        field: &'static str,
        /// Where its length stands.
        offset: usize,
        /// The claimed length.
        claimed: u8,
        /// What the length counts.
        unit: &'static str,
        /// The longest that there is.
        limit: u8,
    },
    /// A user data header longer than the user data.
    #[error(
        "the user data header at offset {offset} is longer than the user data (octets claimed: {claimed}, there: {present})"
    )]
    HeaderBeyondData {
        /// Where its length stands.
        offset: usize,
        /// The claimed length.
        claimed: usize,
        /// Octets of user data behind the length.
        present: usize,
    },
    /// A TPDU of the standard that carries no text for anybody here.
    #[error("this is {name} {direction}, which is no SMS-SUBMIT, SMS-DELIVER or SMS-STATUS-REPORT")]
    Unwanted {
        /// Its name in the standard, with its article.
        name: &'static str,
        /// Which way it travels.
        direction: super::Direction,
    },
}

/// Why a value cannot be written as a PDU.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EncodeError {
    /// More user data than one message takes.
    #[error("the user data takes {units} {unit}, and {limit} is the most")]
    TooLong {
        /// What it takes, the header included.
        units: usize,
        /// What is counted.
        unit: &'static str,
        /// The most.
        limit: usize,
    },
    /// More parts than a header can count.
    #[error("the text takes {parts} messages, and 255 is the most")]
    TooManyParts {
        /// How many it takes.
        parts: usize,
    },
    /// The data coding scheme announces another kind of user data.
    #[error("the data coding scheme 0x{dcs:02X} announces {announced}, but the user data is {present}")]
    Coding {
        /// The octet.
        dcs: u8,
        /// What it announces.
        announced: Coding,
        /// What there is.
        present: &'static str,
    },
    /// An information element with more data than its length can say.
    #[error("the information element 0x{identifier:02X} has {octets} octets, and 255 is the most")]
    Element {
        /// Its identifier.
        identifier: u8,
        /// Octets of data.
        octets: usize,
    },
}
