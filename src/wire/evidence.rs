//! What speaks for bytes being a frame of a protocol, weighed; and where that frame ends.

/// How start, length and end of a frame agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// All three agree.
    Fits,
    /// An end was found, though not where the length says, or the frame states no length.
    Partly,
    /// They contradict each other.
    Against,
}

/// What speaks for a protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Evidence {
    /// Whether the checksum fits, for protocols that have one.
    pub checksum: Option<bool>,
    /// Whether start, length and end agree.
    pub framing: Fit,
    /// Whether the identity has the form that it has there.
    pub id: bool,
    /// How many of the protocol's own marks were found in the content: 0 to 6.
    pub marks: u8,
}

/// From this score on a frame is claimed without a look at its neighbours.
pub const CLAIM: i8 = 4;

impl Evidence {
    /// The weight of it all. A checksum that fails costs a little and never decides: many public captures are
    /// redacted by hand.
    #[must_use]
    #[inline]
    pub fn score(self) -> i8 {
        let checksum = self.checksum.map_or(0, |fits| if fits { 5 } else { -1 });
        let framing = match self.framing {
            Fit::Fits => 3,
            Fit::Partly => 0,
            Fit::Against => -3,
        };
        checksum + framing + i8::from(self.id) + self.marks.min(6) as i8
    }

    /// Whether the frame is claimed on its own. A sum of eight bits fits random bytes once in 256 times, so that
    /// something else has to speak for the frame as well.
    #[must_use]
    #[inline]
    pub fn claims(self) -> bool {
        self.score() >= CLAIM && (self.framing == Fit::Fits || self.id || self.marks > 0)
    }

    /// Whether a checksum or the structure bears the claim: what neither bears is read and locks no stream.
    #[must_use]
    #[inline]
    pub fn is_sound(self) -> bool {
        self.is_proven() || self.framing == Fit::Fits
    }

    /// Whether a checksum proves it.
    #[must_use]
    #[inline]
    pub fn is_proven(self) -> bool {
        self.checksum == Some(true)
    }

    /// What speaks for it and against it, in plain words.
    pub fn words(self) -> impl Iterator<Item = &'static str> {
        let checksum = match self.checksum {
            Some(true) => "checksum fits",
            Some(false) => "checksum does not fit",
            None => "no checksum",
        };
        let framing = match self.framing {
            Fit::Fits => "start, length and end agree",
            Fit::Partly => "the end is not where the length says, or no length is stated",
            Fit::Against => "start, length and end contradict each other",
        };
        let id = if self.id { "identity plausible" } else { "no plausible identity" };
        let marks = if self.marks > 0 { "content plausible" } else { "content unknown" };
        [framing, checksum, id, marks].into_iter()
    }
}

/// What a protocol makes of the first bytes of a buffer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Framing {
    /// They are not the start of one of its frames, and why not.
    No(&'static str),
    /// They may become one when more bytes come.
    Need,
    /// They hold one.
    Frame {
        /// How many bytes it has, end mark included.
        len: usize,
        /// What speaks for it.
        evidence: Evidence,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failing_checksum_costs_and_does_not_decide() {
        let evidence = |checksum, framing, id, marks| Evidence { checksum, framing, id, marks };
        assert!(evidence(Some(true), Fit::Fits, false, 0).claims());
        assert!(evidence(Some(false), Fit::Fits, true, 1).claims());
        assert!(!evidence(Some(false), Fit::Fits, false, 0).claims());
        assert!(!evidence(None, Fit::Fits, false, 0).claims());
        assert!(!evidence(Some(false), Fit::Against, true, 2).claims());
        assert!(evidence(Some(true), Fit::Partly, false, 0).is_proven());
        assert!(!evidence(Some(true), Fit::Partly, false, 0).claims());
        assert!(evidence(Some(true), Fit::Partly, true, 0).claims());
        assert!(evidence(Some(false), Fit::Fits, true, 1).is_sound());
        assert!(!evidence(Some(false), Fit::Partly, true, 6).is_sound());
        assert!(!evidence(None, Fit::Fits, true, 6).is_proven());
    }
}
