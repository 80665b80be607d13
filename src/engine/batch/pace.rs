//! When a courier may let its next message go: an even grid of times, and a little disorder around it that keeps the
//! mean. Pure: the caller brings the time.

use std::time::Duration;

/// The pace of one courier.
#[derive(Debug, Clone)]
pub(super) struct Pace {
    /// The time between two messages.
    step: Duration,
    /// Half the width of the disorder, as a share of the step.
    spread: f64,
    /// The next place on the grid.
    grid: Duration,
    /// When the next message may go.
    gate: Duration,
    dice: u64,
}

impl Pace {
    /// So many messages a minute, from `now` on.
    pub(super) fn new(per_minute: Option<f64>, jitter: f64, now: Duration, seed: u64) -> Self {
        let step = per_minute
            .filter(|rate| *rate > 0.0)
            .map_or(Duration::ZERO, |rate| Duration::from_secs_f64(60.0 / rate));
        let spread = jitter.clamp(0.0, 1.0) / 2.0;
        Self { step, spread, grid: now, gate: now, dice: seed ^ 0x9E37_79B9_7F4A_7C15 }
    }

    /// When the next message may go.
    pub(super) fn gate(&self) -> Duration {
        self.gate
    }

    /// A message of so many parts goes now.
    pub(super) fn take(&mut self, now: Duration, messages: u32) {
        if self.step.is_zero() {
            return;
        }
        // Who was idle has saved nothing up: a courier never hurries to make good for a pause.
        let early = self.step.mul_f64(self.spread);
        self.grid = self.grid.max(now.saturating_sub(early)) + self.step * messages.max(1);
        // Between half a spread early and half a spread late, and even in the mean.
        let late = 2.0 * self.spread * self.random();
        self.gate = (self.grid + self.step.mul_f64(late)).saturating_sub(early);
    }

    /// A number from 0 to 1 (splitmix64).
    fn random(&mut self) -> f64 {
        self.dice = self.dice.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.dice;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_pace_is_kept_and_the_disorder_stays_in_its_bounds() {
        for (rate, jitter) in [(6.0, 0.2), (10.0, 0.0), (0.5, 1.0), (60.0, 0.5)] {
            let mut pace = Pace::new(Some(rate), jitter, Duration::ZERO, 7);
            let step = 60.0 / rate;
            let mut times = Vec::new();
            for _ in 0..1000 {
                times.push(pace.gate());
                pace.take(pace.gate(), 1);
            }
            let span = (times[999] - times[0]).as_secs_f64() / 999.0;
            assert!((span / step - 1.0).abs() < 0.002, "{rate} a minute with {jitter}: {span} s");
            let gaps = times.windows(2).map(|pair| (pair[1] - pair[0]).as_secs_f64() / step);
            for gap in gaps {
                assert!((gap - 1.0).abs() <= jitter + 1e-9, "{rate} a minute with {jitter}: {gap}");
            }
        }
    }

    #[test]
    fn an_idle_courier_does_not_hurry_afterwards_and_long_messages_count_for_their_parts() {
        let mut pace = Pace::new(Some(60.0), 0.0, Duration::ZERO, 0);
        pace.take(Duration::from_secs(100), 1);
        assert_eq!(pace.gate(), Duration::from_secs(101));
        pace.take(Duration::from_secs(101), 3);
        assert_eq!(pace.gate(), Duration::from_secs(104));
    }
}
