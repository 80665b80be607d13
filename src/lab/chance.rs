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
