//! What simulated trackers did, in numbers.

/// Numbers over a whole run, of all trackers together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Trackers.
    pub trackers: u64,
    /// Messages that went out whole, logins included; what was sent twice counts twice.
    pub sent: u64,
    /// Of these, positions; what was sent twice counts twice.
    pub positions: u64,
    /// Bytes that went out.
    pub bytes: u64,
    /// Messages whose checksum was made wrong; they are among those sent.
    pub spoiled: u64,
    /// Messages that were sent a second time.
    pub duplicated: u64,
    /// Messages that were not sent although they were due.
    pub dropped: u64,
    /// Answers of the server that were understood.
    pub answers: u64,
    /// Commands of the server. Nothing is done about them.
    pub commands: u64,
    /// Logins that were not answered in time.
    pub unanswered: u64,
    /// Connections that were made.
    pub connected: u64,
    /// Connections that could not be made.
    pub refused: u64,
    /// Connections that the server ended, or that broke.
    pub lost: u64,
    /// The first thing that went wrong, in the system's words.
    pub trouble: Option<String>,
}

impl Counts {
    /// Whether everything that was due went out, and nothing broke.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.refused == 0 && self.lost == 0 && self.unanswered == 0 && self.trouble.is_none() && self.sent > 0
    }

    /// A position was due, and sent so often.
    pub(super) fn position(&mut self, copies: u8, spoiled: bool) {
        match copies {
            0 => self.dropped += 1,
            copies => {
                self.positions += u64::from(copies);
                self.duplicated += u64::from(copies) - 1;
                self.spoiled += if spoiled { u64::from(copies) } else { 0 };
            }
        }
    }

    /// Keeps the first of several troubles.
    pub(super) fn trouble(&mut self, what: impl std::fmt::Display) {
        if self.trouble.is_none() {
            self.trouble = Some(what.to_string());
        }
    }
}
