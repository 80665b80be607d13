//! A set of line numbers that stays small for a million of them.
//! It knows nothing of what the lines hold.

/// Line numbers, one bit each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lines {
    words: Vec<u64>,
    count: u64,
}

impl Lines {
    /// Adds a line; whether it was not in the set before. Lines beyond what memory can address are not kept.
    pub(super) fn insert(&mut self, line: u64) -> bool {
        let Ok(word) = usize::try_from(line / 64) else { return false };
        if word >= self.words.len() {
            self.words.resize(word + 1, 0);
        }
        let bit = 1_u64 << (line % 64);
        let new = self.words[word] & bit == 0;
        self.words[word] |= bit;
        self.count += u64::from(new);
        new
    }

    /// Whether a line is in the set.
    #[must_use]
    pub fn contains(&self, line: u64) -> bool {
        let word = usize::try_from(line / 64).ok().and_then(|word| self.words.get(word));
        word.is_some_and(|word| word & (1 << (line % 64)) != 0)
    }

    /// How many lines are in the set.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.count
    }

    /// Whether no line is in the set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The lines in order.
    pub fn iter(&self) -> impl Iterator<Item = u64> {
        let words = self.words.iter().zip((0_u64..).step_by(64));
        words.flat_map(|(word, first)| {
            (0..64).filter(move |bit| word & (1 << bit) != 0).map(move |bit| first + bit)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_back_in_order_and_once() {
        let mut lines = Lines::default();
        assert!(lines.is_empty());
        for line in [130, 2, 64, 63, 2] {
            lines.insert(line);
        }
        assert_eq!(lines.iter().collect::<Vec<_>>(), [2, 63, 64, 130]);
        assert_eq!(
            (lines.len(), lines.contains(64), lines.contains(65), lines.contains(9999)),
            (4, true, false, false)
        );
        assert!(!lines.insert(2));
    }
}
