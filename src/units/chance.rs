//! Chance that can be repeated: the same seed gives the same numbers on every machine.
//! It is no source of secrets.

/// A sequence of numbers from a seed (the SplitMix64 generator of Steele, Lea and Flood, 2014).
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    /// The sequence of a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// Whether something of this probability happens, 0 to 1.
    pub fn strikes(&mut self, rate: f64) -> bool {
        // 53 bits are what a floating-point number holds exactly.
        ((self.number() >> 11) as f64) < rate * (1_u64 << 53) as f64
    }
}

impl Chance {
    /// A number below `limit`; 0 when the limit is 0.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.number().checked_rem(limit).unwrap_or_default()
    }

    /// A number from `least` to `most`, both included; `least` when there is none.
    pub fn between(&mut self, least: i64, most: i64) -> i64 {
        let room = most.abs_diff(least).checked_add(1).filter(|_| most >= least);
        let step = match room {
            Some(room) => self.below(room),
            None if most > least => self.number(),
            None => 0,
        };
        least.wrapping_add_unsigned(step)
    }

    /// One of several; none of none.
    pub fn pick<'a, T>(&mut self, several: &'a [T]) -> Option<&'a T> {
        several.get(usize::try_from(self.below(several.len() as u64)).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::Chance;

    #[test]
    fn numbers_keep_to_their_limits_and_reach_both() {
        let mut chance = Chance::new(7);
        let seen: Vec<i64> = (0..400).map(|_| chance.between(-2, 2)).collect();
        for number in -2..=2 {
            assert!(seen.contains(&number), "{number}");
        }
        assert!(seen.iter().all(|number| (-2..=2).contains(number)));
        assert_eq!(chance.between(5, 5), 5);
        assert_eq!(chance.between(5, 4), 5);
        assert_eq!(chance.below(0), 0);
        assert_eq!(chance.pick::<u8>(&[]), None);
    }
}
