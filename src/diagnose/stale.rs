//! Positions that are sent again and again with one time: a clock that stands still, or an old place.

use super::words::{count, time};
use super::{Code, Finding};
use crate::wire::UtcTime;

/// From so many of one time on, over so many seconds, there is something to say.
const REPEATED: u64 = 5;
const OVER_S: i64 = 600;

/// What is remembered of positions with the same time one after another.
#[derive(Debug, Clone, Default)]
pub(super) struct Stale {
    time: Option<UtcTime>,
    first_ms: i64,
    row: u64,
    /// The longest row, the seconds over which it came, and its time.
    longest: Option<(u64, i64, UtcTime)>,
}

impl Stale {
    /// A position. True when it has the time of the one before, and so tells nothing of how late it is.
    pub(super) fn heard(&mut self, time: UtcTime, arrival_ms: i64) -> bool {
        if self.time != Some(time) {
            (self.time, self.first_ms, self.row) = (Some(time), arrival_ms, 1);
            return false;
        }
        self.row += 1;
        let over = (arrival_ms - self.first_ms) / 1_000;
        let is_longer = self.longest.is_none_or(|(row, ..)| self.row > row);
        if self.row >= REPEATED && over >= OVER_S && is_longer {
            self.longest = Some((self.row, over, time));
        }
        true
    }

    pub(super) fn findings(&self, out: &mut Vec<Finding>) {
        let Some((row, over, same)) = self.longest else { return };
        out.push(Finding::new(
            Code::StaleTime,
            format!("{} one after another have the time {same}, over {}", count(row, "position"), time(over)),
            "The tracker sends an old position again, or its clock stands still: take it outdoors until it has a fix, and restart it if the time stays.",
        ));
    }
}
