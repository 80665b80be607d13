//! The last step: a tracker that was set is waited for until it reports. Only a message that came after the last command
//! counts, as one before it may be the old settings' work; who it is from and how it came was decided elsewhere.

use std::cmp::Reverse;
use std::time::Duration;

use super::entry::{Entry, TrackerId};
use super::{Engine, Now, Turn};
use crate::engine::standing::{Reason, Standing};
use crate::units::show_duration;

/// A tracker whose first message is waited for.
#[derive(Debug)]
pub(super) struct Awaited {
    /// Until when.
    pub(super) until: Duration,
    /// What its conversation came to.
    pub(super) sentence: String,
}

/// What comes after a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum After {
    /// Nothing.
    Nothing,
    /// Its report, for so long.
    Wait(Duration),
    /// Its report, which cannot prove anything; why.
    Unprovable(&'static str),
}

impl Engine {
    /// What comes after a conversation that ends so. A tracker is to be waited for that was sent something that changes
    /// it and did not refuse. Where nothing was answered a report has to be its first one: one that reported there before
    /// says nothing of the commands by going on.
    pub(super) fn after(&self, index: usize, ends: Standing) -> After {
        let item = &self.items[index];
        // As long as it stands as planned, no command that changes it was let out.
        let was_set = item.standing != Standing::Planned;
        let taken = matches!(ends, Standing::Acknowledged | Standing::Verified);
        let waits = was_set && (taken || matches!(ends, Standing::Sent | Standing::Unknown));
        match self.policy.report_within.filter(|_| waits) {
            None => After::Nothing,
            Some(_) if !item.identified => {
                After::Unprovable("it has no identity that a report could be told by")
            }
            Some(_) if item.heard_before && !taken => After::Unprovable(
                "it reported before it was sent anything, so that its reports do not tell whether it took it",
            ),
            Some(within) => After::Wait(within),
        }
    }

    /// A tracker's message came to its server.
    pub(super) fn reported(&mut self, now: Now, tracker: TrackerId, sentence: String, turn: &mut Turn) {
        let Some(&index) = self.index.get(&tracker) else { return };
        if let Some(awaited) = self.awaited.remove(&index) {
            return self.reports(now, index, &awaited.sentence, &sentence, turn);
        }
        let item = &mut self.items[index];
        match (item.done, item.standing) {
            (true, _) => {}
            (false, Standing::Planned) => item.heard_before = true,
            (false, _) => item.reported = Some((now.tick, sentence)),
        }
    }

    /// The conversation with a tracker is over: it reports already, or is waited for.
    pub(super) fn await_report(
        &mut self,
        now: Now,
        index: usize,
        until: Duration,
        sentence: String,
        turn: &mut Turn,
    ) {
        let item = &mut self.items[index];
        let set_at = item.set_at;
        let came = item.reported.take().filter(|(at, _)| set_at.is_none_or(|set_at| *at > set_at));
        if let Some((_, how)) = came {
            return self.reports(now, index, &sentence, &how, turn);
        }
        self.awaited.insert(index, Awaited { until, sentence });
        self.timers.push(Reverse((until, index)));
    }

    fn reports(&mut self, now: Now, index: usize, before: &str, how: &str, turn: &mut Turn) {
        self.stand(index, Standing::Reporting);
        let tracker = self.items[index].id;
        let sentence = format!("{before}; {how}");
        turn.entries.push(Entry::Reported { tracker, sentence, at_ms: now.wall_ms });
        self.end(index, true);
    }

    /// The wait for a tracker's first message may be over.
    pub(super) fn unreported(&mut self, now: Now, index: usize, turn: &mut Turn) {
        if self.awaited.get(&index).is_none_or(|awaited| awaited.until > now.tick) {
            return;
        }
        let Some(awaited) = self.awaited.remove(&index) else { return };
        let within = show_duration(self.policy.report_within.unwrap_or_default());
        let item = &self.items[index];
        turn.entries.push(Entry::Standing {
            tracker: item.id,
            standing: item.standing,
            reason: Some(Reason::NoReport),
            sentence: format!("{}; no message of it came within {within}", awaited.sentence),
            done: true,
            firmware: [None, None],
            at_ms: now.wall_ms,
        });
        self.end(index, false);
    }
}
