//! The stretches between a tracker's reports, in whatever order those come: the newest first, the oldest first, or as
//! they were made. What is remembered is bounded: the longest stretches, and a measure of the others.

use super::samples::Samples;
use crate::wire::{Dec, UtcTime, View};

/// So many of the longest stretches are kept.
pub(super) const MOST: usize = 64;
/// So many rhythms are told apart: driving, parked, asleep, and some more.
const MOST_RHYTHMS: usize = 8;
/// So many stretches of one length behind a first one make a rhythm.
const RHYTHM: u32 = 3;
/// Slower than this is rest, km/h: a receiver that stands still wanders.
const REST_KMH: Dec = Dec::whole(5);

/// A report, as far as it tells why the next one may take its time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Beat {
    pub(super) time: UtcTime,
    /// Whether it was sent asleep, or at the beginning or the end of a sleep.
    sleep: bool,
    /// Whether the tracker was under way.
    moves: bool,
    /// Which report it was, as they came.
    number: u64,
}

/// The stretch between two reports that follow each other.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hole {
    pub(super) begin: Beat,
    pub(super) end: Beat,
    /// Whether one before it or behind it is about as long.
    run: bool,
}

/// The stretches between reports.
#[derive(Debug, Clone, Default)]
pub(super) struct Holes {
    earliest: Option<Beat>,
    latest: Option<Beat>,
    /// The longest, the longest first.
    longest: Vec<Hole>,
    /// Seconds of every stretch.
    pub(super) steps: Samples,
    /// The stretch that was measured last, and how many of about its length came before it.
    run: (i64, u32),
    /// Lengths that came again and again, one behind the other.
    rhythms: Vec<i64>,
    count: u64,
}

impl Beat {
    pub(super) fn of(view: &View<'_>, time: UtcTime) -> Self {
        // The vendor's heartbeat is a position, and is sent in sleep only.
        let sleeps = |name: &str| matches!(name, "enters sleep" | "wakes up" | "heartbeat");
        Self {
            time,
            sleep: view.events().iter().any(|event| sleeps(event.name)),
            moves: view.speed_kmh.is_some_and(|speed| speed > REST_KMH),
            number: 0,
        }
    }
}

impl Hole {
    pub(super) fn seconds(&self) -> i64 {
        self.end.time.unix() - self.begin.time.unix()
    }
}

/// Whether two lengths are those of one rhythm: trackers count from the end of a fix or of a connection.
fn is_alike(one: i64, other: i64) -> bool {
    (one - other).abs() <= (one.max(other) / 7).max(10)
}

impl Holes {
    pub(super) fn report(&mut self, mut beat: Beat) {
        self.count += 1;
        beat.number = self.count;
        let (Some(earliest), Some(latest)) = (self.earliest, self.latest) else {
            (self.earliest, self.latest) = (Some(beat), Some(beat));
            return;
        };
        if beat.time > latest.time {
            self.latest = Some(beat);
            let row = self.step(beat.time.unix() - latest.time.unix());
            let before = |hole: &&mut Hole| hole.end.number == latest.number;
            if row == 1
                && let Some(first) = self.longest.iter_mut().find(before)
            {
                first.run = true;
            }
            self.keep(Hole { begin: latest, end: beat, run: row > 0 });
        } else if beat.time < earliest.time {
            self.earliest = Some(beat);
            let row = self.step(earliest.time.unix() - beat.time.unix());
            self.keep(Hole { begin: beat, end: earliest, run: row > 0 });
        } else {
            self.fill(beat);
        }
    }

    /// A report from between two that came before it.
    fn fill(&mut self, beat: Beat) {
        let within = |hole: &Hole| hole.begin.time < beat.time && beat.time < hole.end.time;
        let Some(at) = self.longest.iter().position(within) else { return };
        let hole = self.longest.remove(at);
        let (before, behind) = (Hole { end: beat, ..hole }, Hole { begin: beat, ..hole });
        // Whether the newest came first or the oldest: the shorter part is done with, the other still to be filled.
        self.step(before.seconds().min(behind.seconds()));
        self.keep(before);
        self.keep(behind);
    }

    /// Measures a stretch; how many of about its length came before it, one behind the other.
    fn step(&mut self, seconds: i64) -> u32 {
        self.steps.add(seconds);
        let (before, row) = self.run;
        let row = if is_alike(before, seconds) { row + 1 } else { 0 };
        self.run = (seconds, row);
        if row >= RHYTHM && self.rhythms.len() < MOST_RHYTHMS && !self.has_rhythm(seconds) {
            self.rhythms.push(seconds);
        }
        row
    }

    fn keep(&mut self, hole: Hole) {
        let at = self.longest.partition_point(|known| known.seconds() >= hole.seconds());
        // What belongs to a rhythm must not take the places of what belongs to none.
        if at < MOST && !self.keeps_rhythm(&hole) {
            self.longest.insert(at, hole);
            self.longest.truncate(MOST);
        }
    }

    /// Whether stretches of about this length came again and again, one behind the other.
    pub(super) fn has_rhythm(&self, seconds: i64) -> bool {
        self.rhythms.iter().any(|rhythm| is_alike(*rhythm, seconds))
    }

    fn keeps_rhythm(&self, hole: &Hole) -> bool {
        (hole.run || !hole.begin.moves) && self.has_rhythm(hole.seconds())
    }

    /// Those that are longer than so many seconds and have no explanation, the longest first. A tracker has other
    /// intervals when it is parked or asleep; and as long as the newest comes first, what lies before it is to come.
    pub(super) fn unexplained(&self, bound: i64) -> Vec<Hole> {
        let slowest = self.rhythms.iter().max().map_or(0, |slowest| slowest + slowest / 5);
        let is_open = |hole: &Hole| {
            hole.begin.number > hole.end.number
                && self.latest.is_some_and(|latest| latest.number == hole.end.number)
        };
        let explained = |hole: &Hole| {
            hole.begin.sleep
                || hole.end.sleep
                || self.keeps_rhythm(hole)
                || !hole.begin.moves && hole.seconds() <= slowest
                || is_open(hole)
        };
        self.longest.iter().filter(|hole| hole.seconds() > bound && !explained(hole)).copied().collect()
    }
}
