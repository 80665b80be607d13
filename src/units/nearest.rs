//! The nearest of some known words, for "did you mean".

/// Smallest number of slips that turn one word into the other: a character changed, added, left out, or swapped with
/// its neighbour.
#[must_use]
pub fn distance(left: &str, right: &str) -> usize {
    let left: Vec<char> = left.chars().collect();
    let right: Vec<char> = right.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=right.len()).collect();
    for (i, a) in left.iter().enumerate() {
        let mut row = Vec::with_capacity(above.len());
        row.push(i + 1);
        for (j, b) in right.iter().enumerate() {
            let change = above[j] + usize::from(a != b);
            let mut least = change.min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *a == right[j - 1] && left[i - 1] == *b {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut above, row);
    }
    above.last().copied().unwrap_or_default()
}

/// The known words near enough to `word` to have been meant, the nearest first: at most two slips, and at most a
/// third of its length.
pub fn near<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Vec<&'k str> {
    let word = word.to_lowercase();
    let letters = word.chars().count();
    // The work grows with both lengths, and a word of a thousand letters is near to nothing.
    if letters > 64 {
        return Vec::new();
    }
    let limit = 2.min(letters.div_ceil(3));
    let slips = known.into_iter().map(|known| (distance(&word, &known.to_lowercase()), known));
    let mut near: Vec<(usize, &str)> = slips.filter(|(slips, _)| *slips <= limit).collect();
    near.sort_by_key(|(slips, _)| *slips);
    near.into_iter().map(|(_, known)| known).collect()
}

/// The nearest of [`near`].
pub fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    near(word, known).first().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_one_or_two_letters_finds_its_word_and_another_word_does_not() {
        assert_eq!(nearest("timout", ["timeout", "title"]), Some("timeout"));
        assert_eq!(nearest("IMIE", ["imsi", "imei"]), Some("imei"));
        assert_eq!(nearest("colour", ["imei", "apn"]), None);
        assert_eq!(nearest("x", ["apn"]), None);
        assert_eq!(near("imie", ["imsi", "imei", "apn"]), ["imei", "imsi"]);
    }

    #[test]
    fn distance_counts_changed_added_missing_and_swapped_letters() {
        for (left, right, slips) in [
            ("imei", "imei", 0),
            ("imie", "imei", 1),
            ("phon", "phone", 1),
            ("apn", "api", 1),
            ("", "abc", 3),
            ("kitten", "sitting", 3),
        ] {
            assert_eq!(distance(left, right), slips, "{left} {right}");
        }
    }
}
