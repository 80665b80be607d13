//! Exact decimals: a number as it stands on the wire, without a detour over floating point.

use std::cmp::Ordering;
use std::fmt;

/// The number `m / 10^scale`. Two of them are equal when their values are: 4.10 is 4.1.
#[derive(Debug, Clone, Copy)]
pub struct Dec {
    /// The digits, with their sign.
    pub m: i64,
    /// How many of the digits stand behind the point: 0 to 18.
    pub scale: u8,
}

/// The most digits a number may have behind its point; more would not fit.
const MOST: u8 = 18;

fn power(exponent: u8) -> i128 {
    10_i128.pow(u32::from(exponent.min(MOST)))
}

impl Dec {
    /// The number `m / 10^scale`; a scale above 18 counts as 18.
    #[must_use]
    pub const fn new(m: i64, scale: u8) -> Self {
        Self { m, scale: if scale > MOST { MOST } else { scale } }
    }

    /// A whole number.
    #[must_use]
    pub const fn whole(m: i64) -> Self {
        Self { m, scale: 0 }
    }

    /// Reads `-38.093638`, `+4`, `0.9`, `.5` or `12.`: a sign, digits and at most one point.
    /// None for anything else, and for more than 18 digits.
    #[must_use]
    #[inline]
    pub fn parse(text: &[u8]) -> Option<Self> {
        let (negative, digits) = match text.split_first() {
            Some((b'-', rest)) => (true, rest),
            Some((b'+', rest)) => (false, rest),
            _ => (false, text),
        };
        let (mut m, mut count, mut point) = (0_i64, 0_u8, None);
        for &byte in digits {
            let digit = byte.wrapping_sub(b'0');
            if digit <= 9 {
                count += 1;
                if count > MOST {
                    return None;
                }
                m = m * 10 + i64::from(digit);
            } else if byte == b'.' && point.is_none() {
                point = Some(count);
            } else {
                return None;
            }
        }
        let scale = count - point.unwrap_or(count);
        (count > 0).then_some(Self { m: if negative { -m } else { m }, scale })
    }

    /// `numerator / denominator`, rounded half away from zero to so many digits behind the point.
    /// None when the denominator is 0 or the result does not fit.
    #[must_use]
    pub fn ratio(numerator: i64, denominator: i64, scale: u8) -> Option<Self> {
        let scale = scale.min(MOST);
        let (top, bottom) = (i128::from(numerator) * power(scale), i128::from(denominator));
        Some(Self { m: i64::try_from(divide(top, bottom)?).ok()?, scale })
    }

    /// The product with another, exact. None when it does not fit.
    #[must_use]
    pub fn times(self, other: Self) -> Option<Self> {
        let scale = self.scale.checked_add(other.scale).filter(|scale| *scale <= MOST)?;
        Some(Self { m: self.m.checked_mul(other.m)?, scale })
    }

    /// The digits with exactly so many of them behind the point, rounded half away from zero.
    /// None when they do not fit.
    #[must_use]
    pub fn at_scale(self, scale: u8) -> Option<i64> {
        let scale = scale.min(MOST);
        let m = i128::from(self.m);
        let scaled = if scale >= self.scale {
            m.checked_mul(power(scale - self.scale))?
        } else {
            divide(m, power(self.scale - scale))?
        };
        i64::try_from(scaled).ok()
    }

    /// The whole number nearest to it, half away from zero. None when it does not fit.
    #[must_use]
    pub fn round(self) -> Option<i64> {
        self.at_scale(0)
    }

    /// The same value with the opposite sign.
    #[must_use]
    pub const fn negated(self) -> Self {
        Self { m: self.m.wrapping_neg(), scale: self.scale }
    }

    /// The same value without zeros at the end.
    #[must_use]
    pub fn short(self) -> Self {
        let mut short = self;
        while short.scale > 0 && short.m % 10 == 0 {
            short = Self { m: short.m / 10, scale: short.scale - 1 };
        }
        short
    }

    /// The nearest floating point number, for arithmetic that no longer needs to be exact.
    #[must_use]
    pub fn to_f64(self) -> f64 {
        self.m as f64 / power(self.scale) as f64
    }
}

/// A quotient rounded half away from zero.
fn divide(top: i128, bottom: i128) -> Option<i128> {
    let (quotient, rest) = (top.checked_div(bottom)?, top.checked_rem(bottom)?);
    let up = rest.unsigned_abs() * 2 >= bottom.unsigned_abs() && rest != 0;
    let away = if (top < 0) == (bottom < 0) { 1 } else { -1 };
    Some(if up { quotient + away } else { quotient })
}

impl PartialEq for Dec {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Dec {}

impl PartialOrd for Dec {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Dec {
    fn cmp(&self, other: &Self) -> Ordering {
        let most = self.scale.max(other.scale);
        let spread = |dec: &Self| i128::from(dec.m) * power(most - dec.scale.min(most));
        spread(self).cmp(&spread(other))
    }
}

impl std::hash::Hash for Dec {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        let short = self.short();
        (short.m, short.scale).hash(state);
    }
}

impl From<i64> for Dec {
    fn from(m: i64) -> Self {
        Self::whole(m)
    }
}

/// `-38.093638`; with a precision, rounded to it.
impl fmt::Display for Dec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scale = f.precision().map_or(self.scale, |wanted| wanted.min(usize::from(MOST)) as u8);
        let Some(m) = self.at_scale(scale) else { return write!(f, "{}e-{}", self.m, self.scale) };
        let digits = m.unsigned_abs();
        let unit = 10_u64.pow(u32::from(scale));
        let sign = if m < 0 { "-" } else { "" };
        if scale == 0 {
            write!(f, "{sign}{digits}")
        } else {
            write!(f, "{sign}{}.{:0width$}", digits / unit, digits % unit, width = usize::from(scale))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_on_the_wire_is_kept_digit_by_digit() {
        for (text, m, scale, shown) in [
            ("-38.093638", -38_093_638, 6, "-38.093638"),
            ("0.9", 9, 1, "0.9"),
            ("4.10", 410, 2, "4.10"),
            ("-0.05", -5, 2, "-0.05"),
            ("+7", 7, 0, "7"),
            (".5", 5, 1, "0.5"),
            ("12.", 12, 0, "12"),
            ("00123", 123, 0, "123"),
            ("-0", 0, 0, "0"),
            ("999999999999999999", 999_999_999_999_999_999, 0, "999999999999999999"),
        ] {
            let dec = Dec::parse(text.as_bytes()).unwrap();
            assert_eq!((dec.m, dec.scale, dec.to_string().as_str()), (m, scale, shown), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in ["", "-", ".", "1.2.3", "1e5", " 1", "0x10", "12-", "1234567890123456789", "1,5"] {
            assert_eq!(Dec::parse(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn equal_is_what_has_the_same_value() {
        assert_eq!(Dec::new(410, 2), Dec::new(41, 1));
        assert_ne!(Dec::new(410, 2), Dec::new(411, 2));
        assert!(Dec::new(-1, 3) < Dec::new(0, 0));
        assert!(Dec::new(i64::MAX, 0) > Dec::new(i64::MAX, 18));
        assert_eq!(Dec::new(4100, 3).short().scale, 1);
    }

    #[test]
    fn fractions_are_rounded_half_away_from_zero() {
        // A GT06 latitude of the vendor's papers: 0x026C1C58 / 1,800,000 by hand is 22.5829..., and a third.
        assert_eq!(Dec::ratio(1, 3, 4), Some(Dec::new(3_333, 4)));
        assert_eq!(Dec::ratio(2, 3, 4), Some(Dec::new(6_667, 4)));
        assert_eq!(Dec::ratio(-1, 8, 2), Some(Dec::new(-13, 2)));
        assert_eq!(Dec::ratio(1, 8, 2), Some(Dec::new(13, 2)));
        assert_eq!(Dec::ratio(1, -8, 2), Some(Dec::new(-13, 2)));
        assert_eq!(Dec::ratio(1, 0, 2), None);
        assert_eq!(Dec::ratio(i64::MAX, 1, 18), None);
        assert_eq!(Dec::new(255, 2).at_scale(1), Some(26));
        assert_eq!(Dec::new(-254, 2).at_scale(1), Some(-25));
        assert_eq!(Dec::new(3, 0).at_scale(2), Some(300));
        assert_eq!(Dec::new(i64::MAX, 0).at_scale(1), None);
        assert_eq!(format!("{:.1}", Dec::new(255, 2)), "2.6");
    }

    #[test]
    fn products_are_exact_or_none() {
        // A knot is 1.852 km/h by definition.
        assert_eq!(Dec::new(3_883, 3).times(Dec::new(1_852, 3)), Some(Dec::new(7_191_316, 6)));
        assert_eq!(Dec::new(i64::MAX, 0).times(Dec::new(2, 0)), None);
        assert_eq!(Dec::new(1, 10).times(Dec::new(1, 10)), None);
    }
}
