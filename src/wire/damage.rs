//! What is wrong with a frame that was decoded all the same, each as one sentence for a person.

use super::Span;

/// A fault of a frame. None of them is a reason to throw the message away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Damage {
    /// The length that the frame declares is not the one it has.
    #[error("the frame declares a length of {declared}, and has {actual} ({rule})")]
    Length {
        /// What the frame says.
        declared: u32,
        /// What was counted.
        actual: u32,
        /// What is counted.
        rule: &'static str,
    },
    /// The checksum is not that of the bytes.
    #[error("the checksum is {got:0digits$X}, and the bytes give {want:0digits$X} ({rule})", digits = usize::from(*digits))]
    Checksum {
        /// What the frame carries.
        got: u32,
        /// What its bytes give.
        want: u32,
        /// Hexadecimal digits of either.
        digits: u8,
        /// The name of the sum and the bytes it runs over.
        rule: &'static str,
    },
    /// No checksum where one has to stand.
    #[error("no checksum can be read where one has to stand ({rule})")]
    NoChecksum {
        /// The name of the sum and the bytes it runs over.
        rule: &'static str,
    },
    /// The end mark is missing.
    #[error("the frame does not end in {expected}")]
    End {
        /// The end mark.
        expected: &'static str,
    },
    /// The first field that does not fit.
    #[error("{field}, byte {}, is not {expected}", span.at)]
    Field {
        /// The field's name.
        field: &'static str,
        /// Where it stands.
        span: Span,
        /// What was expected.
        expected: &'static str,
    },
    /// The frame ends before a field does.
    #[error("the frame ends in {field}: it needs {needed} bytes at byte {at}, and {present} are there")]
    Short {
        /// The field's name.
        field: &'static str,
        /// Where it begins.
        at: u32,
        /// Bytes it needs.
        needed: u32,
        /// Bytes that are there.
        present: u32,
    },
}
