//! How often a tracker reports: against what is set, with what is missing and what came late in one go.

use super::clock::Clock;
use super::holes::{Beat, Holes, MOST};
use super::samples::Samples;
use super::words::{count, time};
use super::{Code, Finding};

/// Fewer steps tell no interval.
const FEWEST: u64 = 3;
/// Without an interval that is set, fewer steps tell no gaps.
const FEWEST_GAPS: u64 = 9;

/// Who reports more rarely than this has no beat, seconds.
const LONGEST_USUAL: i64 = 6 * 3_600;
/// So many reports wait until it is known how the clock goes.
const WAITING: usize = 16;
/// A report that comes by so much more before its time than others, seconds, has a time that is still to come.
const EARLY: i64 = 300;

/// What is remembered of a tracker's reports.
#[derive(Debug, Clone, Default)]
pub(super) struct Pace {
    holes: Holes,
    /// The first reports, each with how late it came.
    waiting: Vec<(Beat, i64)>,
    /// By how much the clock makes everything late, as far as is known yet.
    error_s: Option<i64>,
    /// Reports with a time of arrival.
    timed: usize,
    late: Late,
}

/// Messages that came late.
#[derive(Debug, Clone, Default)]
struct Late {
    /// Arrival less device time of each; a bounded number.
    samples: Samples,
    archived: u64,
}

impl Pace {
    /// A report that the tracker itself calls an old one.
    pub(super) fn archived(&mut self) {
        self.late.archived += 1;
    }

    /// A report and how late it was. `error_s` tells by how much the clock makes everything late, where that is sure;
    /// it is asked now and then only.
    pub(super) fn heard(&mut self, beat: Beat, late_s: Option<i64>, error_s: impl FnOnce() -> Option<i64>) {
        let Some(late) = late_s else {
            self.holes.report(beat);
            return;
        };
        self.late.samples.add(late);
        self.timed += 1;
        if self.timed < WAITING {
            self.waiting.push((beat, late));
            return;
        }
        if self.timed.is_power_of_two() {
            self.error_s = error_s();
        }
        self.settle(self.error_s);
        self.report(beat, late, self.error_s);
    }

    /// Takes what waits.
    fn settle(&mut self, error_s: Option<i64>) {
        for (beat, late) in std::mem::take(&mut self.waiting) {
            self.report(beat, late, error_s);
        }
    }

    /// A time that is still to come says nothing of when the report was made.
    fn report(&mut self, beat: Beat, late: i64, error_s: Option<i64>) {
        if error_s.is_none_or(|error| late >= error - EARLY) {
            self.holes.report(beat);
        }
    }

    /// `set_s` is the interval that is set.
    pub(super) fn findings(&self, set_s: Option<u64>, clock: &Clock, out: &mut Vec<Finding>) {
        let mut all = self.clone();
        all.settle(clock.agreed_error_s());
        all.interval(set_s, out);
        self.buffered(clock.error_s(), out);
    }

    fn interval(&self, set_s: Option<u64>, out: &mut Vec<Finding>) {
        let steps = &self.holes.steps;
        let usual = steps.sorted().median();
        let set = set_s.and_then(|set| i64::try_from(set).ok());
        if let (Some(set), Some(usual)) = (set, usual.filter(|_| steps.count >= FEWEST)) {
            // Who keeps to it for a while has another interval besides, as for when it is parked.
            let keeps = usual > set && self.holes.has_rhythm(set);
            if !keeps {
                differs(set, usual, steps.count, out);
            }
        }
        self.gaps(set, usual, out);
    }

    /// A step is a gap when it is several intervals long. Where no interval is set, it is the usual step that counts,
    /// and more is asked for.
    fn gaps(&self, set: Option<i64>, usual: Option<i64>, out: &mut Vec<Finding>) {
        let (expected, least) = match (set, usual) {
            (Some(set), Some(usual)) => (set.max(usual), 3),
            (None, Some(usual)) if self.holes.steps.count >= FEWEST_GAPS && usual <= LONGEST_USUAL => {
                (usual, 5)
            }
            _ => return,
        };
        let bound = (expected * least).max(expected + 120);
        let gaps = self.holes.unexplained(bound);
        let Some(longest) = gaps.first() else { return };
        let more = if gaps.len() >= MOST { "at least " } else { "" };
        out.push(Finding::new(
            Code::Gaps,
            format!(
                "{more}{} in the reports, which come every {} else; the longest is {} from {} to {}",
                count(gaps.len() as u64, "gap"),
                time(expected),
                time(longest.seconds()),
                longest.begin.time,
                longest.end.time
            ),
            "Compare with where the tracker was: sleep while parked is normal, else look at supply, reception and the connection at those times.",
        ));
    }

    /// Messages that came a good deal later than the clock's error explains.
    fn buffered(&self, error_s: i64, out: &mut Vec<Finding>) {
        const LATE: i64 = 300;
        let sorted = self.late.samples.sorted();
        let all = sorted.values().len() as u64;
        let late = sorted.values().iter().filter(|late| **late - error_s > LATE).count() as u64;
        let longest = sorted.values().last().map_or(0, |late| late - error_s);
        let evidence = if late >= 3 {
            let share = late * self.late.samples.count / all.max(1);
            format!(
                "about {} came late, by up to {}: they were kept back and sent together",
                count(share.max(late), "message"),
                time(longest)
            )
        } else if self.late.archived >= 3 {
            format!("{} are marked by the tracker as kept back", count(self.late.archived, "message"))
        } else {
            return;
        };
        out.push(Finding::new(
            Code::BufferedUpload,
            evidence,
            "Nothing is lost, and the last position may look old meanwhile: when it happens often, look at the reception and at how often the connection breaks.",
        ));
    }
}

fn differs(set: i64, usual: i64, steps: u64, out: &mut Vec<Finding>) {
    // A fifth and some seconds of play: trackers count from the end of a fix or of a connection.
    if (usual - set).abs() <= (set / 5).max(5) {
        return;
    }
    let (how, advice) = if usual > set {
        (
            "less",
            "Send the interval again and read it back; many trackers have a second, longer interval for when they are parked.",
        )
    } else {
        (
            "more",
            "Send the interval again and read it back; reports by angle, distance or event come in between and cost data.",
        )
    };
    out.push(Finding::new(
        Code::IntervalDiffers,
        format!(
            "it reports every {} as a rule ({} measured), {how} often than every {} as set",
            time(usual),
            count(steps, "step"),
            time(set)
        ),
        advice,
    ));
}
