//! Deliberate faults, so that tests can show what would happen without a rule, and die at every point. Releases do
//! not have this file: it is behind the feature `defects`, and asks the environment variable `HOMING_DEFECT`.

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::engine::batch::{AttemptState, Past};

/// The faults that are asked for.
#[derive(Debug, Default)]
pub(super) struct Defects {
    /// `resend`: what may have arrived is taken for what never left.
    resend: bool,
    /// `crash:N`: the program is killed at its Nth point. There are two with every group of entries: before it is
    /// written, and behind it, before anything that was decided is done.
    crash: Option<u64>,
    /// Points that were passed.
    passed: u64,
}

impl Defects {
    pub(super) fn asked_for() -> Self {
        let words = std::env::var("HOMING_DEFECT").unwrap_or_default();
        let mut defects = Self::default();
        for word in words.split(',') {
            defects.resend |= word == "resend";
            if let Some(point) = word.strip_prefix("crash:") {
                defects.crash = point.parse().ok();
            }
        }
        defects
    }

    /// Passes a point, or dies there as by `kill -9`: no destructor runs, no buffer is written.
    pub(super) fn point(&mut self) {
        self.passed += 1;
        if self.crash == Some(self.passed) {
            // A signal that cannot be caught needs no answer.
            let _ = kill(Pid::this(), Signal::SIGKILL);
        }
    }

    /// What was said with a tracker, as a program would read it that sends anew whatever it has no answer to.
    pub(super) fn past(&self, mut past: Vec<Past>) -> Vec<Past> {
        let open = past.iter_mut().filter(|one| self.resend && one.ended.is_none());
        for attempt in open.filter_map(|one| one.attempt.as_mut()) {
            let may_have_arrived = [AttemptState::Committed, AttemptState::Accepted, AttemptState::Unknown];
            if may_have_arrived.contains(&attempt.state) {
                attempt.state = AttemptState::NotSent;
            }
        }
        past
    }
}
