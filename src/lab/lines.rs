//! A modem's port as the thread of the ports has it: who is at its other end, and what waits to be written.

use std::time::{Duration, Instant};

use super::port::Port;
use super::pty::Pty;

/// How long after its client left a modem takes note of it: so long bytes may still be on the way through the
/// terminal.
const GRACE: Duration = Duration::from_millis(20);

/// Bytes for a client that does not read; what is more is lost, as on any serial line.
const BACKLOG: usize = 1 << 16;

/// A modem's port as the thread has it.
pub(super) struct Line {
    pub(super) pty: Pty,
    pub(super) backlog: Vec<u8>,
    /// When the modem is to take note that its client left.
    pub(super) note: Option<Instant>,
    pub(super) present: Option<bool>,
}

impl Line {
    pub(super) fn new(pty: Pty) -> Self {
        Self { pty, backlog: Vec::new(), note: None, present: None }
    }

    /// Whether the modem is to take note now that its client left: a moment after the last one did, or when the next
    /// one comes. When one came at once, nobody can tell whose bytes are whose, and nothing is noted.
    pub(super) fn client_left(&mut self) -> bool {
        let visitors = self.pty.visitors();
        self.present = visitors.present;
        let over = self.note.is_some_and(|at| visitors.came || at <= Instant::now());
        if over {
            self.note = None;
            self.backlog.clear();
            if !visitors.came {
                self.pty.renew();
            }
        }
        if visitors.left && visitors.present == Some(false) {
            self.note = Some(Instant::now() + GRACE);
        }
        over
    }

    /// Gives the client something, or keeps it until the line takes it. A port that nobody has open takes nothing.
    pub(super) fn say(&mut self, bytes: &[u8]) {
        if self.present == Some(false) {
            return;
        }
        let room = BACKLOG.saturating_sub(self.backlog.len());
        self.backlog.extend(&bytes[..bytes.len().min(room)]);
        self.flush();
    }

    pub(super) fn flush(&mut self) {
        while !self.backlog.is_empty() {
            match self.pty.write(&self.backlog) {
                Ok(0) | Err(_) => return,
                Ok(count) => drop(self.backlog.drain(..count)),
            }
        }
    }
}
