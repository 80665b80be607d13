//! How a batch is to be run: pace, caps, patience, pilot. Values only.

use std::time::Duration;

/// How a batch is to be run.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    /// Short messages a minute by each courier; none leaves it to the courier.
    pub per_minute: Option<f64>,
    /// How much a message may be early or late against its place in the pace, as a share of the time between two.
    /// The mean pace stays as asked for.
    pub jitter: f64,
    /// Short messages by each courier and day (UTC).
    pub daily_cap: Option<u32>,
    /// When nothing is sent.
    pub quiet: Option<Quiet>,
    /// Short messages to each tracker in the whole batch, those of earlier runs included.
    pub tracker_cap: Option<u32>,
    /// Short messages of the whole batch, those of earlier runs included.
    pub max_messages: Option<u64>,
    /// The longest wait for an answer, in place of the profile's own and of what a courier knows better.
    pub answer_within: Option<Duration>,
    /// Pauses before a message is tried again that was refused for now; none left, it counts as refused.
    pub pauses: Vec<Duration>,
    /// How often a command is handed over that did not leave this machine, before it counts as failed.
    pub tries: u32,
    /// Only so many trackers first.
    pub pilot: Option<Pilot>,
    /// No tracker is changed before every one of the batch, or of its pilot, was asked what it is.
    pub identify_first: bool,
    /// How long after its last command a tracker's first message to its server is waited for; none where nobody listens
    /// for it.
    pub report_within: Option<Duration>,
    /// Decides the jitter.
    pub seed: u64,
    /// What is wrong on purpose.
    #[cfg(feature = "defects")]
    pub defect: Option<Defect>,
}

/// Something wrong on purpose, so that the fault campaign can show that it would find it.
#[cfg(feature = "defects")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Defect {
    /// W2 is not written before a message is let out.
    NoCommitted,
    /// An answer is matched by its text alone, whoever sent it.
    TextOnly,
    /// A message is deleted in the modem before it is kept.
    DeleteFirst,
    /// An answer that is dated before the command counts.
    StaleAnswer,
    /// A command that was not answered is sent again.
    RetryOnSilence,
}

/// Hours of the day in which nothing is sent: who owns a tracker may hear it beep. What comes in counts as ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quiet {
    /// Their first minute of the day, from 0 to 1439.
    from: u16,
    /// The first minute behind them; when it is before `from`, they end on the next day.
    to: u16,
    /// How far the clock that is meant is ahead of UTC, in minutes.
    offset: i16,
}

impl Quiet {
    /// From one minute of the day to another, by a clock so many minutes ahead of UTC. None when there would be none,
    /// or when a minute is of no day.
    #[must_use]
    pub fn new(from: u16, to: u16, offset: i16) -> Option<Self> {
        (from < 1440 && to < 1440 && from != to && offset.unsigned_abs() <= 14 * 60).then_some(Self {
            from,
            to,
            offset,
        })
    }

    /// How long they still last, when it is such an hour.
    #[must_use]
    pub fn left(self, wall_ms: i64) -> Option<Duration> {
        const MINUTE: i64 = 60_000;
        const DAY: i64 = 1440 * MINUTE;
        let local = (wall_ms + i64::from(self.offset) * MINUTE).rem_euclid(DAY);
        let since = (local - i64::from(self.from) * MINUTE).rem_euclid(DAY);
        let long = (i64::from(self.to) - i64::from(self.from)) * MINUTE;
        let left = long.rem_euclid(DAY) - since;
        u64::try_from(left).ok().filter(|left| *left > 0).map(Duration::from_millis)
    }
}

/// The first trackers of a batch, on which the others depend.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pilot {
    /// How many.
    pub trackers: usize,
    /// Which share of them has to end well, 0 to 1.
    pub pass: f64,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            per_minute: None,
            jitter: 0.2,
            daily_cap: None,
            quiet: None,
            tracker_cap: None,
            max_messages: None,
            answer_within: None,
            pauses: [30, 120, 600].map(Duration::from_secs).to_vec(),
            tries: 5,
            pilot: None,
            identify_first: false,
            report_within: None,
            seed: 0,
            #[cfg(feature = "defects")]
            defect: None,
        }
    }
}

/// Why a batch does not go on by itself.
#[derive(Debug, Clone, PartialEq)]
pub enum Halt {
    /// A person stopped it.
    Stopped,
    /// Too few trackers of the pilot ended well.
    Pilot {
        /// How many did.
        good: usize,
        /// Of how many.
        of: usize,
    },
    /// So many short messages were allowed.
    MaxMessages(u64),
    /// What is not done has used up the short messages that each tracker may get.
    TrackerCap {
        /// How many each may get.
        cap: u32,
        /// How many trackers have used them up.
        trackers: usize,
    },
    /// No courier works any more; why the last one does not.
    NoCourier(String),
}
