//! Connections that come and go, who answers a login, and which servers a tracker speaks to.

use std::net::SocketAddr;

use super::samples::Samples;
use super::words::{count, time};
use super::{Code, Finding};

/// A link that is open.
#[derive(Debug, Clone, Default)]
pub(super) struct Open {
    pub(super) from_start: bool,
    pub(super) named: bool,
    pub(super) opened_ms: Option<i64>,
    pub(super) last_ms: Option<i64>,
    /// Which tracker speaks, as its place among the trackers.
    pub(super) device: Option<usize>,
}

/// The connections of one tracker.
#[derive(Debug, Clone, Default)]
pub(super) struct Connections {
    first_ms: Option<i64>,
    last_ms: Option<i64>,
    count: u64,
    /// Seconds that each lived.
    lives: Samples,
    /// Seconds of silence before each ended.
    silences: Samples,
    /// Seconds from the beginning of one to that of the next.
    rhythm: Samples,
}

/// Fewer connections tell nothing.
const FEWEST: u64 = 4;
/// So many an hour are too many: a tracker that sleeps wakes up less often.
const PER_HOUR: i64 = 6;

impl Connections {
    /// A connection whose beginning was seen.
    pub(super) fn opened(&mut self, at_ms: i64) {
        if let Some(last) = self.last_ms {
            self.rhythm.add((at_ms - last) / 1_000);
        }
        self.first_ms = self.first_ms.or(Some(at_ms));
        self.last_ms = Some(at_ms);
        self.count += 1;
    }

    /// It ended, as was seen.
    pub(super) fn ended(&mut self, lived_s: i64, silent_s: i64) {
        self.lives.add(lived_s);
        self.silences.add(silent_s);
    }

    pub(super) fn findings(&self, out: &mut Vec<Finding>) {
        let (Some(first), Some(last)) = (self.first_ms, self.last_ms) else { return };
        let span_s = (last - first) / 1_000;
        let others = i64::try_from(self.count.saturating_sub(1)).unwrap_or(i64::MAX);
        // Counted from one beginning to the next, so that a short recording is no excuse.
        if self.count < FEWEST || others * 3_600 < PER_HOUR * span_s.max(1) {
            return;
        }
        let rhythm = self
            .rhythm
            .sorted()
            .median()
            .map_or_else(String::new, |every| format!(", every {} as a rule", time(every)));
        let (life, silence) = (steady(&self.lives), steady(&self.silences));
        let lives = self.lives.sorted().median();
        let (evidence, advice) = match (life, silence) {
            (_, Some(silence)) if silence >= 20 => (
                format!("each ends after {} of silence", time(silence)),
                format!("Something on the way forgets silent connections (a NAT time-out is suspected): have the tracker send a heartbeat more often than every {}.", time(silence)),
            ),
            (Some(life), _) => (
                format!("each lives {}", time(life)),
                "One side hangs up at a fixed age: look whether the server answers what the tracker sends, and in the form that it wants.".to_owned(),
            ),
            _ => (
                lives.map_or_else(|| "how they end was not seen".to_owned(), |life| format!("they live {} in the middle", time(life))),
                "Look at the reception, at the server's own time-outs, and whether the last message before each end was answered.".to_owned(),
            ),
        };
        out.push(Finding::new(
            Code::Churn,
            format!("{} in {}{rhythm}; {evidence}", count(self.count, "connection"), time(span_s)),
            advice,
        ));
    }
}

/// The value in the middle, when nine of ten lie within a tenth or two seconds of it.
fn steady(samples: &Samples) -> Option<i64> {
    let sorted = samples.sorted();
    let (low, middle, high) = (sorted.percentile(5)?, sorted.median()?, sorted.percentile(95)?);
    let play = (middle / 10).max(2);
    (sorted.values().len() >= 3 && middle - low <= play && high - middle <= play).then_some(middle)
}

/// Servers that are told apart for a tracker.
const MOST_SERVERS: usize = 4;

/// The servers that a tracker speaks to.
#[derive(Debug, Clone, Default)]
pub(super) struct Servers {
    seen: Vec<SocketAddr>,
    /// Messages whose state says that the second server is the one in use.
    second: u64,
}

impl Servers {
    pub(super) fn to(&mut self, server: SocketAddr) {
        if !self.seen.contains(&server) && self.seen.len() < MOST_SERVERS {
            self.seen.push(server);
        }
    }

    pub(super) fn second(&mut self) {
        self.second += 1;
    }

    pub(super) fn findings(&self, out: &mut Vec<Finding>) {
        let evidence = if self.seen.len() > 1 {
            let names: Vec<String> = self.seen.iter().map(ToString::to_string).collect();
            format!("the tracker speaks to {}", names.join(" and "))
        } else if self.second > 0 {
            format!(
                "{} say that the tracker is connected to its second server and not to the first",
                count(self.second, "message")
            )
        } else {
            return;
        };
        out.push(Finding::new(
            Code::SecondServer,
            evidence,
            "Read the servers back: a second one is set besides yours, or the first is not reached; clear what is not wanted.",
        ));
    }
}
