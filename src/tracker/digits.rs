//! Short runs of digits kept in place, without an allocation: a fleet has millions of them.
//! It knows nothing of what the digits mean.

/// Up to `N` digits. Ordered and compared as text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Digits<const N: usize> {
    bytes: [u8; N],
    len: u8,
}

/// What [`scan`] found in a text.
pub(super) struct Scan<const N: usize> {
    /// The first `N` digits.
    pub(super) digits: Digits<N>,
    /// How many digits there were; can be above `N`.
    pub(super) count: usize,
}

/// A character that is neither a digit nor a mark that may stand between digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stranger {
    /// Counted in characters from 1.
    pub(super) position: usize,
    /// The character.
    pub(super) found: char,
}

impl<const N: usize> Digits<N> {
    /// No digit yet. `N` is at most 20 in this room, so the length fits a byte.
    const EMPTY: Self = Self { bytes: [0; N], len: 0 };

    /// The digits as text.
    pub(super) fn as_str(&self) -> &str {
        // Only ASCII digits are ever pushed, so this cannot fail.
        std::str::from_utf8(&self.bytes[..usize::from(self.len)]).unwrap_or_default()
    }

    /// Adds a digit; one too many is dropped.
    pub(super) fn push(&mut self, digit: u8) {
        if let Some(slot) = self.bytes.get_mut(usize::from(self.len)) {
            *slot = digit;
            self.len += 1;
        }
    }

    /// The first `N` digits of a text that holds nothing but digits.
    pub(super) fn of(text: &str) -> Self {
        let mut bytes = [0; N];
        let len = text.len().min(N);
        bytes[..len].copy_from_slice(&text.as_bytes()[..len]);
        Self { bytes, len: len as u8 }
    }
}

/// Reads the digits of a text and skips the marks that `between` allows.
pub(super) fn scan<const N: usize>(text: &str, between: fn(char) -> bool) -> Result<Scan<N>, Stranger> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(Scan { digits: Digits::of(text), count: text.len() });
    }
    let mut digits = Digits::EMPTY;
    let mut count = 0;
    for (index, found) in text.chars().enumerate() {
        if found.is_ascii_digit() {
            digits.push(found as u8);
            count += 1;
        } else if !between(found) {
            return Err(Stranger { position: index + 1, found });
        }
    }
    Ok(Scan { digits, count })
}

/// The check digit that belongs behind `body` by Luhn's rule (ISO/IEC 7812-1 annex B).
pub(super) fn luhn(body: &str) -> u8 {
    let mut sum = 0_u32;
    for (index, byte) in body.bytes().rev().enumerate() {
        let digit = u32::from(byte.wrapping_sub(b'0'));
        // The digit next to the check digit is doubled, then every second one.
        sum += match (index % 2, digit) {
            (0, 5..) => digit * 2 - 9,
            (0, _) => digit * 2,
            _ => digit,
        };
    }
    (b'0'..=b'9').nth(((10 - sum % 10) % 10) as usize).unwrap_or(b'0')
}

/// Whether the last digit is the check digit of the others.
pub(super) fn luhn_holds(digits: &str) -> bool {
    match digits.as_bytes().split_last() {
        Some((last, body)) => luhn(&digits[..body.len()]) == *last,
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn luhn_agrees_with_published_numbers() {
        for number in ["490154203237518", "869912033012424", "89014103211118510720", "79927398713"] {
            assert!(luhn_holds(number), "{number}");
        }
        assert!(!luhn_holds("490154203237517"));
        assert!(!luhn_holds(""));
        assert_eq!(luhn("49015420323751"), b'8');
    }

    #[test]
    fn a_scan_counts_what_it_cannot_keep() {
        let scan = scan::<4>("12-34 56", |c| matches!(c, '-' | ' '))
            .map(|s| (s.digits.as_str().to_owned(), s.count));
        assert_eq!(scan, Ok(("1234".to_owned(), 6)));
        assert_eq!(super::scan::<4>("1x", |_| false).err(), Some(Stranger { position: 2, found: 'x' }));
    }
}
