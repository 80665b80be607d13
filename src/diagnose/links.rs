//! Connections that come and go, who answers a login, and which servers a tracker speaks to.

use std::net::SocketAddr;

use super::samples::Samples;
use super::words::{count, time};
use super::{Code, Ended, Finding};

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
    ended_ms: Option<i64>,
    /// Seconds from the end of one to the beginning of the next.
    pauses: Samples,
    /// How many the tracker ended, and the server.
    by: [u64; 2],
}

/// Fewer connections tell nothing.
const FEWEST: u64 = 4;
/// So many an hour are too many: a tracker that sleeps wakes up less often.
const PER_HOUR: i64 = 6;
/// And so many of a tracker that does not sleep in between, but comes back within so many seconds: what ends its
/// connections is not its own wish. Case 21 of the facts, a server that does not answer, is one of 20 minutes.
const PER_HOUR_AGAIN: i64 = 2;
const AGAIN_S: i64 = 60;

impl Connections {
    /// A connection whose beginning was seen.
    pub(super) fn opened(&mut self, at_ms: i64) {
        if let Some(last) = self.last_ms {
            self.rhythm.add((at_ms - last) / 1_000);
        }
        if let Some(ended) = self.ended_ms.take() {
            self.pauses.add((at_ms - ended) / 1_000);
        }
        self.first_ms = self.first_ms.or(Some(at_ms));
        self.last_ms = Some(at_ms);
        self.count += 1;
    }

    /// It ended, as was seen.
    pub(super) fn ended(&mut self, how: Ended, at_ms: i64, lived_s: i64, silent_s: i64) {
        self.ended_ms = Some(at_ms);
        let [tracker, server] = &mut self.by;
        *tracker += u64::from(how == Ended::ByTracker);
        *server += u64::from(how == Ended::ByServer);
        self.lives.add(lived_s);
        self.silences.add(silent_s);
    }

    pub(super) fn findings(&self, out: &mut Vec<Finding>) {
        let (Some(first), Some(last)) = (self.first_ms, self.last_ms) else { return };
        let span_s = (last - first) / 1_000;
        let others = i64::try_from(self.count.saturating_sub(1)).unwrap_or(i64::MAX);
        // Counted from one beginning to the next, so that a short recording is no excuse.
        if self.count < FEWEST || others * 3_600 < self.per_hour() * span_s.max(1) {
            return;
        }
        let rhythm = self
            .rhythm
            .sorted()
            .median()
            .map_or_else(String::new, |every| format!(", every {} as a rule", time(every)));
        let (evidence, advice) = self.ends();
        out.push(Finding::new(
            Code::Churn,
            format!("{} in {}{rhythm}; {evidence}", count(self.count, "connection"), time(span_s)),
            advice,
        ));
    }

    /// From so many an hour on they are too many.
    fn per_hour(&self) -> i64 {
        let pauses = self.pauses.sorted();
        let again = pauses.values().len() >= 3 && pauses.median().is_some_and(|pause| pause <= AGAIN_S);
        if again { PER_HOUR_AGAIN } else { PER_HOUR }
    }

    /// How they end, as evidence and advice.
    fn ends(&self) -> (String, String) {
        let (life, silence) = (steady(&self.lives), steady(&self.silences));
        let lives = self.lives.sorted().median();
        // Nine of ten are all of them.
        let [tracker, server] = self.by.map(|by| by * 10 >= self.lives.count.max(1) * 9);
        let each = match (tracker, server) {
            (true, _) => "the tracker ends each",
            (_, true) => "the server ends each",
            _ => "each ends",
        };
        match (life, silence) {
            (_, Some(silence)) if silence >= 20 => {
                let silence = time(silence);
                let advice = match (tracker, server) {
                    (true, _) => "The tracker hangs up when it hears nothing for so long: look whether the server answers what it sends, and in the form that it wants.".to_owned(),
                    (_, true) => format!("The server gives up silent connections: have the tracker send a heartbeat more often than every {silence}, or let the server wait longer."),
                    _ => format!("Something on the way forgets silent connections (a NAT time-out is suspected): have the tracker send a heartbeat more often than every {silence}."),
                };
                (format!("{each} after {silence} of silence"), advice)
            }
            (Some(life), _) => (
                if tracker || server { format!("{each} when it is {} old", time(life)) } else { format!("each lives {}", time(life)) },
                "One side hangs up at a fixed age: look whether the server answers what the tracker sends, and in the form that it wants.".to_owned(),
            ),
            _ => (
                lives.map_or_else(|| "how they end was not seen".to_owned(), |life| format!("they live {} in the middle", time(life))),
                "Look at the reception, at the server's own time-outs, and whether the last message before each end was answered.".to_owned(),
            ),
        }
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
    /// Messages whose state says that the second server is connected, without the first and beside it.
    second: [u64; 2],
}

impl Servers {
    pub(super) fn to(&mut self, server: SocketAddr) {
        if !self.seen.contains(&server) && self.seen.len() < MOST_SERVERS {
            self.seen.push(server);
        }
    }

    /// Which of its servers a tracker says are connected, the first and the second.
    pub(super) fn state(&mut self, [first, second]: [bool; 2]) {
        let [alone, beside] = &mut self.second;
        *alone += u64::from(second && !first);
        *beside += u64::from(second && first);
    }

    pub(super) fn findings(&self, out: &mut Vec<Finding>) {
        let evidence = if self.seen.len() > 1 {
            let names: Vec<String> = self.seen.iter().map(ToString::to_string).collect();
            format!("the tracker speaks to {}", names.join(" and "))
        } else if let Some((number, how)) = self.told() {
            format!("by {}, the tracker is connected to its second server {how}", count(number, "message"))
        } else {
            return;
        };
        out.push(Finding::new(
            Code::SecondServer,
            evidence,
            "Read the servers back: a second one is set besides yours, or the first is not reached; clear what is not wanted.",
        ));
    }

    /// How many messages tell of the second server, and how it stands to the first.
    fn told(&self) -> Option<(u64, &'static str)> {
        match self.second {
            [0, 0] => None,
            [0, beside] => Some((beside, "as well as to the first")),
            [alone, _] => Some((alone, "and not to the first")),
        }
    }
}
