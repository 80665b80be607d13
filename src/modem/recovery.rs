//! A modem that fell silent or restarted: nothing is sent through it until it has answered again.
//! It is asked with `AT`, which sends nothing, and never with a bare line end or 0x1A, which could send what is there.

use std::time::Duration;

use super::host::{Host, Phase};
use super::opening::{Opening, Step};
use super::{Purpose, Why};

/// The pause before the first question, for what is still coming.
const FIRST: Duration = Duration::from_millis(500);
/// The longest pause between two questions.
const LONGEST: Duration = Duration::from_secs(15);
/// Answers to earlier questions may still come behind the first one.
const BEHIND: Duration = Duration::from_millis(300);
/// A modem that only looks busy is not reported before so many questions.
const QUIETLY: u32 = 2;
/// A modem that answers `AT` with an error so often does not take commands.
const REFUSALS: u32 = 20;

/// How the search for a silent modem stands.
#[derive(Debug)]
pub(super) struct Recovery {
    /// When it is asked next.
    pub(super) at: Duration,
    probes: u32,
    /// It is set up anew once it answers.
    reopen: bool,
}

impl Host {
    /// The modem fell silent; `reopen` when it cannot simply be gone on with.
    pub(super) fn recover(&mut self, now: Duration, reopen: bool) {
        if !matches!(self.phase, Phase::Closed) {
            self.phase = Phase::Recovering(Recovery { at: now + FIRST, probes: 0, reopen });
        }
    }

    /// It answered.
    pub(super) fn probe_ended(&mut self, now: Duration, is_ok: bool) {
        let Phase::Recovering(recovery) = &mut self.phase else { return };
        if !is_ok {
            // It is there, but what it answered was something else.
            recovery.probes += 1;
            recovery.at = now + FIRST;
            if recovery.probes >= REFUSALS {
                recovery.at = now + LONGEST;
                self.fall(
                    Why::new("the modem answers AT with an error").hint("unplug it and plug it in again"),
                );
            }
            return;
        }
        let reopen = recovery.reopen || recovery.probes > 0 || self.down || !self.up;
        self.quiet_until = now + BEHIND;
        self.phase = if reopen { Phase::Opening(Opening::again(now, Step::Echo)) } else { Phase::Ready };
    }

    /// It did not answer.
    pub(super) fn probe_silent(&mut self, now: Duration) {
        let Phase::Recovering(recovery) = &mut self.phase else { return };
        recovery.probes += 1;
        let pause = Duration::from_secs(u64::from(recovery.probes.min(30)));
        recovery.at = now + pause.min(LONGEST);
        let probes = recovery.probes;
        // If 0x1A was lost, the modem takes our questions for text; ESC throws that away.
        self.escape |= probes.is_multiple_of(3);
        if probes >= QUIETLY {
            self.fall(
                Why::new("the modem does not answer any more")
                    .hint("unplug it and plug it in again; what was under way is reported as it stands"),
            );
        }
    }

    /// The modem has started anew: whatever it knew is lost.
    pub(super) fn restarted(&mut self, now: Duration, why: &str) {
        self.reopen = false;
        if let Phase::Opening(opening) = &self.phase
            && !opening.is_past_attention()
        {
            return;
        }
        self.fail_current(now, &Why::new(why));
        self.flight = None;
        if self.options.purpose == Purpose::Carry {
            self.fall(Why::new(why));
        }
        self.stores.forget_selection();
        self.phase = Phase::Opening(Opening::again(now, Step::Drain));
        self.quiet_until = now + FIRST;
    }
}
