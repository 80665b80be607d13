//! What a check came to: a row for each protocol and transport, and in it a tally for each kind of case.

use std::time::Duration;

use crate::wire::{Protocol, Transport};

/// What a case is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Bytes of documents, with the fields that the documents give.
    Golden,
    /// Every kind of message that the protocol knows.
    Kinds,
    /// The least and the most of every field, one by one.
    Extremes,
    /// Many reports by chance.
    Random,
    /// Frames in pieces.
    Split,
    /// Several frames at once.
    Together,
    /// Frames whose checksum is wrong.
    Checksum,
    /// Frames whose length is wrong.
    Length,
    /// Bytes between frames that belong to none.
    Garbage,
}

impl Group {
    /// All of them, in the order in which they are tried.
    pub const ALL: [Self; 9] = [
        Self::Golden,
        Self::Kinds,
        Self::Extremes,
        Self::Random,
        Self::Split,
        Self::Together,
        Self::Checksum,
        Self::Length,
        Self::Garbage,
    ];

    /// Its name in JSON and JUnit.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Golden => "golden",
            Self::Kinds => "kinds",
            Self::Extremes => "extremes",
            Self::Random => "random",
            Self::Split => "split",
            Self::Together => "together",
            Self::Checksum => "checksum",
            Self::Length => "length",
            Self::Garbage => "garbage",
        }
    }
}

/// Something that was not as it has to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The case.
    pub case: String,
    /// What is wrong, in a sentence that names what was wanted and what came.
    pub what: String,
    /// What was sent, as hexadecimal digits.
    pub sent: String,
}

/// The cases of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// Which kind.
    pub group: Group,
    /// How many cases.
    pub cases: u64,
    /// Frames that were sent.
    pub frames: u64,
    /// Fields that were compared.
    pub fields: u64,
    /// Answers that were compared.
    pub answers: u64,
    /// What was wrong.
    pub faults: Vec<Fault>,
    /// How long it took.
    pub took: Duration,
}

impl Tally {
    pub(super) fn new(group: Group) -> Self {
        Self { group, cases: 0, frames: 0, fields: 0, answers: 0, faults: Vec::new(), took: Duration::ZERO }
    }
}

/// One protocol over one transport.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The protocol.
    pub protocol: &'static Protocol,
    /// The transport.
    pub transport: Transport,
    /// Its cases by kind; kinds without a case are left out.
    pub tallies: Vec<Tally>,
}

impl Row {
    /// A number over all kinds.
    #[must_use]
    pub fn sum(&self, number: fn(&Tally) -> u64) -> u64 {
        self.tallies.iter().map(number).sum()
    }

    /// Everything that was wrong.
    pub fn faults(&self) -> impl Iterator<Item = (Group, &Fault)> {
        self.tallies.iter().flat_map(|tally| tally.faults.iter().map(|fault| (tally.group, fault)))
    }

    /// How long all of it took.
    #[must_use]
    pub fn took(&self) -> Duration {
        self.tallies.iter().map(|tally| tally.took).sum()
    }
}

/// All of a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// What the chance began with.
    pub seed: u64,
    /// The rows that were tried.
    pub rows: Vec<Row>,
    /// Whether it was stopped before its end.
    pub stopped: bool,
    /// How long it took.
    pub took: Duration,
}

impl Outcome {
    /// Whether nothing was wrong, and something was tried.
    #[must_use]
    pub fn is_good(&self) -> bool {
        !self.stopped && !self.rows.is_empty() && self.rows.iter().all(|row| row.faults().next().is_none())
    }
}
