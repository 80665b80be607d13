//! One try and what it came to.

use std::time::Duration;

use super::evidence::{Evidence, Phase};
use super::verdict::Verdict;

/// One try of one address over one transport.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Attempt {
    /// What it came to.
    pub verdict: Verdict,
    /// How long the connection took, where there was one.
    pub connect: Option<Duration>,
    /// From the question to the answer, where there was one.
    pub answer: Option<Duration>,
    /// How long the try took.
    pub waited: Duration,
    /// What the verdict rests on.
    pub evidence: Evidence,
}

impl Attempt {
    pub(super) fn failed(verdict: Verdict, waited: Duration, evidence: Evidence) -> Self {
        Self { verdict, connect: None, answer: None, waited, evidence }
    }

    /// The same with the time of its answer, where it was answered.
    pub(super) fn with_answer(mut self, answer: Duration) -> Self {
        if self.evidence.phase == Phase::Answer && self.evidence.received_len > 0 {
            self.answer = Some(answer);
        }
        self
    }

    /// The time that is reported: over TCP to the connection, over UDP to the answer; else until it was decided.
    #[must_use]
    pub(super) fn time(&self) -> Duration {
        self.connect.or(self.answer).unwrap_or(self.waited)
    }
}
