//! Figures over several tries: loss, least, median, 95th percentile, most, jitter.
//! It may not look at a clock: times are arguments, in milliseconds.

/// Figures over the tries of one address and transport.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stats {
    /// Tries made.
    pub tries: usize,
    /// Tries that connected or were answered.
    pub good: usize,
    /// Share of the others, 0 to 100.
    pub loss_percent: f64,
    /// Times of the good ones, if there is one.
    pub times: Option<Times>,
}

/// Times in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Times {
    /// The shortest.
    pub min: f64,
    /// The middle one, or the mean of the two in the middle.
    pub median: f64,
    /// The smallest time that at least 95 of 100 do not exceed (nearest rank).
    pub p95: f64,
    /// The longest.
    pub max: f64,
    /// The mean difference of a time to the one before it; none with fewer than two.
    pub jitter: Option<f64>,
}

impl Stats {
    /// The figures of `tries` tries, of which these succeeded, in the order they were made.
    #[must_use]
    pub fn of(tries: usize, times: &[f64]) -> Self {
        let good = times.len();
        let lost = tries.saturating_sub(good);
        let loss_percent = if tries == 0 { 0.0 } else { 100.0 * as_f64(lost) / as_f64(tries) };
        Self { tries, good, loss_percent, times: Times::of(times) }
    }
}

impl Times {
    fn of(times: &[f64]) -> Option<Self> {
        let mut sorted = times.to_vec();
        sorted.sort_by(f64::total_cmp);
        let (min, max) = (*sorted.first()?, *sorted.last()?);
        let middle = sorted.len() / 2;
        let upper = *sorted.get(middle)?;
        let median = match sorted.len() % 2 {
            1 => upper,
            _ => f64::midpoint(*sorted.get(middle.checked_sub(1)?)?, upper),
        };
        // Nearest rank: the 95th percentile of 20 values is the 19th.
        let rank = (sorted.len() * 95).div_ceil(100).max(1);
        let p95 = *sorted.get(rank - 1)?;
        let steps: Vec<f64> =
            times.windows(2).filter_map(|pair| Some((pair.get(1)? - pair.first()?).abs())).collect();
        let jitter = (!steps.is_empty()).then(|| steps.iter().sum::<f64>() / as_f64(steps.len()));
        Some(Self { min, median, p95, max, jitter })
    }
}

/// A count as a number to divide by; counts of tries are far below where this would lose anything.
fn as_f64(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::from(u32::MAX), f64::from)
}
