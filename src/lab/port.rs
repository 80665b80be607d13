//! A port of the lab: the byte stream between a modem and its client. A pseudo-terminal is one; whatever else can carry
//! bytes may become another.

use std::io;
use std::path::Path;

/// What became of the clients of a port since it was asked last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Visitors {
    /// Whether one came.
    pub(super) came: bool,
    /// Whether one left.
    pub(super) left: bool,
    /// Whether one is there; none where this cannot be known.
    pub(super) present: Option<bool>,
}

/// A byte stream to a client. Nothing here waits.
pub(super) trait Port {
    /// What a client opens.
    fn path(&self) -> &Path;

    /// What the client wrote; 0 when there is nothing now.
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize>;

    /// Gives the client something; how much of it the line takes now.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize>;

    /// Who came and went.
    fn visitors(&mut self) -> Visitors;

    /// Makes the line as new for the next client: what nobody read is thrown away.
    fn renew(&mut self);
}
