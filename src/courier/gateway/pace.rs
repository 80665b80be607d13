//! How fast messages are handed over: so many in so much time, and not at all while the gateway asked for a pause.
//! Pure: the time is an argument.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use super::definition::Rate;

/// The longest pause that a gateway can ask for; after it, it is asked again.
const LONGEST: Duration = Duration::from_secs(120);

/// When the next message may go.
#[derive(Debug)]
pub(super) struct Pace {
    rate: Option<Rate>,
    /// When the latest messages went, as many as the rate counts.
    gone: VecDeque<Instant>,
    not_before: Option<Instant>,
}

impl Pace {
    pub(super) fn new(rate: Option<Rate>) -> Self {
        Self { rate, gone: VecDeque::new(), not_before: None }
    }

    /// When the next one may go; a time that has come means now.
    pub(super) fn next(&self, now: Instant) -> Instant {
        let full = self.rate.filter(|rate| self.gone.len() >= rate.count as usize);
        let by_rate = full.and_then(|rate| Some(*self.gone.front()? + rate.per));
        now.max(by_rate.unwrap_or(now)).max(self.not_before.unwrap_or(now))
    }

    /// One goes now.
    pub(super) fn goes(&mut self, now: Instant) {
        let Some(rate) = self.rate else { return };
        self.gone.push_back(now);
        while self.gone.len() > rate.count as usize {
            self.gone.pop_front();
        }
    }

    /// The gateway asked for a pause.
    pub(super) fn rest(&mut self, now: Instant, pause: Duration) {
        let until = now + pause.min(LONGEST);
        self.not_before = Some(self.not_before.map_or(until, |before| before.max(until)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_no_span_of_that_length_more_go_than_the_rate_says() {
        let start = Instant::now();
        let (count, per) = (5, Duration::from_secs(2));
        let mut pace = Pace::new(Some(Rate { count, per }));
        let (mut now, mut gone) = (start, Vec::new());
        for turn in 0..40_u64 {
            now = pace.next(now);
            pace.goes(now);
            gone.push(now);
            // Uneven pauses between them.
            now += Duration::from_millis(turn * 37 % 500);
        }
        for (at, first) in gone.iter().enumerate() {
            let within = gone[at..].iter().filter(|other| **other - *first < per).count();
            assert!(within <= count as usize, "{at}: {within}");
        }
        // It is not slower than it must be either: the first five go at once but for the pauses of the test.
        assert!(gone[4] - start < per);
    }

    #[test]
    fn a_pause_that_was_asked_for_is_kept_and_has_an_end() {
        let now = Instant::now();
        let mut pace = Pace::new(None);
        assert_eq!(pace.next(now), now);
        pace.rest(now, Duration::from_secs(30));
        pace.rest(now, Duration::from_secs(10));
        assert_eq!(pace.next(now), now + Duration::from_secs(30));
        pace.rest(now, Duration::from_secs(1_000_000));
        assert_eq!(pace.next(now), now + LONGEST);
        assert_eq!(pace.next(now + LONGEST), now + LONGEST);
    }
}
