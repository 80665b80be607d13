//! What a whole round comes to, over what was asked: the outcome that the exit code rests on, and the state for
//! monitoring systems. Pure.

use super::probed::{Ended, Probed, Round};
use super::range::Range;
use super::verdict::Outcome;

/// How what is not proven counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Inconclusive {
    /// As itself: exit code 3, a warning for monitoring.
    #[default]
    Told,
    /// As good.
    Ok,
    /// As good with a warning.
    Warn,
    /// As failed.
    Fail,
}

/// A state of the Monitoring Plugins Development Guidelines; its number is the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// 0.
    Ok,
    /// 1.
    Warning,
    /// 3: this plugin or its machine could not find out.
    Unknown,
    /// 2. It counts before all others.
    Critical,
}

impl State {
    /// The word in front of the line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ok => "OK",
            Self::Warning => "WARNING",
            Self::Unknown => "UNKNOWN",
            Self::Critical => "CRITICAL",
        }
    }

    /// The exit code of a plugin.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Ok => 0,
            Self::Warning => 1,
            Self::Critical => 2,
            Self::Unknown => 3,
        }
    }
}

/// What a round is judged by.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rules {
    /// How what is not proven counts.
    pub inconclusive: Inconclusive,
    /// Whether a name that lacks an expected address is a failure: the user named the address.
    pub insist: bool,
    /// The range of times, in milliseconds, outside which there is a warning.
    pub warn: Option<Range>,
    /// The range of times, in milliseconds, outside which it is a failure.
    pub critical: Option<Range>,
}

/// What a round comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judgement {
    /// Over all that was asked, the worst.
    pub outcome: Outcome,
    /// A person stopped the run.
    pub interrupted: bool,
    /// Something should be looked at although nothing failed.
    pub warned: bool,
    /// The state for monitoring systems.
    pub state: State,
}

impl Rules {
    /// Judges a round.
    #[must_use]
    pub fn judge(&self, round: &Round) -> Judgement {
        let dns = round.dns.iter().map(|lookup| lookup.verdict.outcome());
        // A name that cannot be resolved is the server's trouble for monitoring, whoever is at fault.
        let dns_state = dns.clone().map(|outcome| match outcome {
            Outcome::Machine => State::Critical,
            outcome => self.state(outcome),
        });
        let probed: Vec<Outcome> = round.results.iter().filter_map(|probed| self.outcome(probed)).collect();
        let mismatch = round.mismatches().next().is_some();
        let slow = |range: &Option<Range>| {
            let range = range.as_ref();
            round.results.iter().any(|probed| range.is_some_and(|range| alerts(range, probed)))
        };
        let wrong = (mismatch && self.insist).then_some(Outcome::Failed);
        let all = dns.chain(probed.iter().copied());
        let worst =
            all.clone().chain(wrong).map(|outcome| self.count(outcome)).max().unwrap_or(Outcome::Unproven);
        let warned = (mismatch && !self.insist)
            || slow(&self.warn)
            || round.without_v4().next().is_some()
            || (self.inconclusive == Inconclusive::Warn
                && all.clone().any(|outcome| outcome == Outcome::Unproven));
        let states = dns_state.chain(probed.iter().map(|outcome| self.state(*outcome)));
        let states = states.chain(wrong.map(|_| State::Critical)).chain(warned.then_some(State::Warning));
        Judgement {
            outcome: worst,
            interrupted: round.ended == Ended::Interrupted,
            warned,
            state: states.max().unwrap_or(State::Unknown),
        }
    }

    /// What one result says about what was asked, its time included; none when it does not count.
    #[must_use]
    pub fn outcome(&self, probed: &Probed) -> Option<Outcome> {
        let slow = self.critical.as_ref().is_some_and(|range| alerts(range, probed));
        probed.outcome().map(|outcome| if slow { outcome.max(Outcome::Failed) } else { outcome })
    }

    /// Whether one result is good but slower than `--warn` allows.
    #[must_use]
    pub fn warns(&self, probed: &Probed) -> bool {
        self.warn.as_ref().is_some_and(|range| alerts(range, probed))
    }

    /// An outcome with what is not proven counted as the user wants it.
    #[must_use]
    pub fn count(&self, outcome: Outcome) -> Outcome {
        match (outcome, self.inconclusive) {
            (Outcome::Unproven, Inconclusive::Ok | Inconclusive::Warn) => Outcome::Good,
            (Outcome::Unproven, Inconclusive::Fail) => Outcome::Failed,
            (outcome, _) => outcome,
        }
    }

    /// The state of one outcome.
    #[must_use]
    pub fn state(&self, outcome: Outcome) -> State {
        match (outcome, self.inconclusive) {
            (Outcome::Good, _) | (Outcome::Unproven, Inconclusive::Ok) => State::Ok,
            (Outcome::Unproven, Inconclusive::Told | Inconclusive::Warn) => State::Warning,
            (Outcome::Unproven, Inconclusive::Fail) | (Outcome::Failed, _) => State::Critical,
            (Outcome::Machine, _) => State::Unknown,
        }
    }
}

/// Whether the time of something that works is out of range. What does not work has no time to judge.
fn alerts(range: &Range, probed: &Probed) -> bool {
    let Some(outcome) = probed.outcome() else { return false };
    outcome == Outcome::Good && probed.ms.is_some_and(|ms| range.alerts(ms))
}
