//! A bounded number of measurements out of any number of them, spread evenly over the recording.

/// The most that are kept.
const MOST: usize = 512;

/// Measurements. When there is no more room, every second one is dropped, and from then on only every second taken.
#[derive(Debug, Clone)]
pub(super) struct Samples {
    kept: Vec<i64>,
    /// One of so many is taken.
    every: u64,
    /// How many there were.
    pub(super) count: u64,
}

impl Default for Samples {
    fn default() -> Self {
        Self { kept: Vec::new(), every: 1, count: 0 }
    }
}

impl Samples {
    pub(super) fn add(&mut self, value: i64) {
        if self.count.is_multiple_of(self.every) {
            if self.kept.len() >= MOST {
                let mut keep = false;
                self.kept.retain(|_| {
                    keep = !keep;
                    keep
                });
                self.every *= 2;
            }
            if self.count.is_multiple_of(self.every) {
                self.kept.push(value);
            }
        }
        self.count += 1;
    }

    /// The values in order, from the least.
    pub(super) fn sorted(&self) -> Sorted {
        let mut values = self.kept.clone();
        values.sort_unstable();
        Sorted(values)
    }
}

/// Values in order.
pub(super) struct Sorted(Vec<i64>);

impl Sorted {
    pub(super) fn values(&self) -> &[i64] {
        &self.0
    }

    /// The value below which so many of a hundred lie; none without values.
    pub(super) fn percentile(&self, hundredth: usize) -> Option<i64> {
        let last = self.0.len().checked_sub(1)?;
        self.0.get(last * hundredth.min(100) / 100).copied()
    }

    pub(super) fn median(&self) -> Option<i64> {
        self.percentile(50)
    }

    /// The least value of the thickest stretch of this width, how many values lie in the stretch, and how many there
    /// are. Of several that are about as thick it is the one around 0, else the lowest; none without values.
    pub(super) fn thickest(&self, width: i64) -> Option<(i64, usize, usize)> {
        let within = |from: i64| {
            self.0.partition_point(|value| *value <= from + width)
                - self.0.partition_point(|value| *value < from)
        };
        let most = self.0.iter().map(|from| within(*from)).max()?;
        let mut thick = self.0.iter().copied().filter(|from| within(*from) * 2 > most);
        let lowest = thick.clone().next()?;
        let from = thick.find(|from| from.abs() <= width).unwrap_or(lowest);
        Some((from, within(from), self.0.len()))
    }
}
