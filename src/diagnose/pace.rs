//! How often a tracker reports: against what is set, with what is missing and what came late in one go.

use super::samples::Samples;
use super::words::{count, time};
use super::{Code, Finding};
use crate::wire::UtcTime;

/// Fewer steps tell no interval.
const FEWEST: u64 = 3;
/// Without an interval that is set, fewer steps tell no gaps.
const FEWEST_GAPS: u64 = 9;

/// Who reports more rarely than this has no beat, seconds.
const LONGEST_USUAL: i64 = 6 * 3_600;

/// What is remembered of a tracker's reports.
#[derive(Debug, Clone, Default)]
pub(super) struct Pace {
    latest: Option<UtcTime>,
    steps: Samples,
    /// The longest steps, each with its beginning, the longest first.
    longest: Vec<(i64, UtcTime)>,
    late: Late,
}

/// Messages that came late.
#[derive(Debug, Clone, Default)]
struct Late {
    /// Arrival less device time, and the device time, of each that came a good deal late; a bounded number.
    samples: Samples,
    archived: u64,
}

/// So many of the longest steps are kept.
const LONGEST: usize = 64;

impl Pace {
    /// A report with its time, how late it was, and whether the tracker itself says that it is an old one.
    pub(super) fn heard(&mut self, device: UtcTime, late_s: Option<i64>, archived: bool) {
        self.late.archived += u64::from(archived);
        if let Some(late) = late_s {
            self.late.samples.add(late);
        }
        let Some(latest) = self.latest else {
            self.latest = Some(device);
            return;
        };
        let step = device.unix() - latest.unix();
        if step <= 0 {
            return;
        }
        self.steps.add(step);
        self.latest = Some(device);
        let at = self.longest.partition_point(|(known, _)| *known >= step);
        if at < LONGEST {
            self.longest.insert(at, (step, latest));
            self.longest.truncate(LONGEST);
        }
    }

    /// `set_s` is the interval that is set; `error_s` is by how much the clock makes everything late.
    pub(super) fn findings(&self, set_s: Option<u64>, error_s: i64, out: &mut Vec<Finding>) {
        let usual = self.steps.sorted().median();
        let set = set_s.and_then(|set| i64::try_from(set).ok());
        if let (Some(set), Some(usual)) = (set, usual.filter(|_| self.steps.count >= FEWEST)) {
            differs(set, usual, self.steps.count, out);
        }
        self.gaps(set, usual, out);
        self.buffered(error_s, out);
    }

    /// A step is a gap when it is several intervals long. Where no interval is set, it is the usual step that counts,
    /// and more is asked for.
    fn gaps(&self, set: Option<i64>, usual: Option<i64>, out: &mut Vec<Finding>) {
        let (expected, least) = match (set, usual) {
            (Some(set), Some(usual)) => (set.max(usual), 3),
            (None, Some(usual)) if self.steps.count >= FEWEST_GAPS && usual <= LONGEST_USUAL => (usual, 5),
            _ => return,
        };
        let bound = (expected * least).max(expected + 120);
        let gaps: Vec<_> = self.longest.iter().filter(|(step, _)| *step > bound).collect();
        let Some((longest, begin)) = gaps.first() else { return };
        let more = if gaps.len() >= LONGEST { "at least " } else { "" };
        out.push(Finding::new(
            Code::Gaps,
            format!(
                "{more}{} in the reports, which come every {} else; the longest is {} from {begin} to {}",
                count(gaps.len() as u64, "gap"),
                time(expected),
                time(*longest),
                begin.plus(*longest)
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
