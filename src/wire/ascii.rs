//! Numbers and positions as trackers write them in text. Nothing here allocates, and nothing is guessed.

use super::{Dec, UtcTime};

/// Decimal digits as a number; none when there is anything else, nothing, or more than 18 of them.
#[inline]
pub(super) fn number(text: &[u8]) -> Option<u64> {
    if text.is_empty() || text.len() > 18 {
        return None;
    }
    text.iter().try_fold(0, |number: u64, byte| {
        let digit = byte.wrapping_sub(b'0');
        (digit <= 9).then(|| number * 10 + u64::from(digit))
    })
}

/// Where the first CR LF stands.
#[inline]
pub(super) fn line_end(bytes: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes, b"\r\n")
}

/// The value of a hexadecimal digit.
#[inline]
pub(super) fn hex_digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    }
}

/// Up to 16 hexadecimal digits as a number.
#[inline]
pub(super) fn hex(text: &[u8]) -> Option<u64> {
    if text.is_empty() || text.len() > 16 {
        return None;
    }
    text.iter().try_fold(0, |number: u64, byte| Some((number << 4) | u64::from(hex_digit(*byte)?)))
}

/// Twelve digits as six numbers of two.
#[inline]
pub(super) fn six(text: &[u8]) -> Option<[u8; 6]> {
    let digits: &[u8; 12] = text.try_into().ok()?;
    let mut six = [0; 6];
    for (number, pair) in six.iter_mut().zip(digits.chunks_exact(2)) {
        let &[tens, ones] = pair else { return None };
        let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
        if tens > 9 || ones > 9 {
            return None;
        }
        *number = tens * 10 + ones;
    }
    Some(six)
}

/// Latitude or longitude written as degrees and minutes, `ddmm.mmmm` or `dddmm.mmmm`, to seven digits.
pub(super) fn degrees_and_minutes(text: &[u8]) -> Option<Dec> {
    let point = text.iter().position(|byte| *byte == b'.').unwrap_or(text.len());
    let (degrees, minutes) = text.split_at_checked(point.checked_sub(2)?)?;
    let degrees = if degrees.is_empty() { 0 } else { number(degrees)? };
    let minutes = Dec::parse(minutes).filter(|_| minutes.iter().all(|byte| !matches!(byte, b'-' | b'+')))?;
    if minutes >= Dec::whole(60) || minutes.scale > 9 {
        return None;
    }
    let unit = 10_i64.pow(u32::from(minutes.scale));
    let whole = i64::try_from(degrees).ok().filter(|degrees| *degrees <= 999)? * 60 * unit + minutes.m;
    Dec::ratio(whole, 60 * unit, 7).filter(|degrees| *degrees <= Dec::whole(180))
}

/// Kilometres an hour from knots: a knot is 1.852 km/h by definition.
pub(super) fn knots(speed: Dec) -> Option<Dec> {
    speed.times(Dec::new(1_852, 3)).map(Dec::short)
}

/// A latitude of this earth.
#[inline]
pub(super) fn is_latitude(degrees: Dec) -> bool {
    (Dec::whole(-90)..=Dec::whole(90)).contains(&degrees)
}

/// A longitude of this earth.
#[inline]
pub(super) fn is_longitude(degrees: Dec) -> bool {
    (Dec::whole(-180)..=Dec::whole(180)).contains(&degrees)
}

/// A place that a tracker gives in words, as the answer to a command.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Place {
    pub(super) lat: Dec,
    pub(super) lon: Dec,
    pub(super) speed_kmh: Option<Dec>,
    pub(super) course_deg: Option<Dec>,
    pub(super) time: Option<UtcTime>,
}

/// Finds `Lat:N54.739332,Lon:E25.273230,Course:126.53,Speed:0.000,DateTime:2017-05-26 10:27:47` in a text.
/// Units may follow the numbers, and any separator the fields.
pub(super) fn place(text: &[u8]) -> Option<Place> {
    let lat = hemisphere(after(text, b"Lat:")?).filter(|lat| is_latitude(*lat))?;
    let lon = hemisphere(after(text, b"Lon:")?).filter(|lon| is_longitude(*lon))?;
    let value = |key: &[u8]| after(text, key).map(leading_number).and_then(Dec::parse);
    let time = after(text, b"DateTime:").or_else(|| after(text, b"Date Time:")).and_then(date_time);
    Some(Place { lat, lon, speed_kmh: value(b"Speed:"), course_deg: value(b"Course:"), time })
}

fn after<'t>(text: &'t [u8], key: &[u8]) -> Option<&'t [u8]> {
    let at = text.windows(key.len()).position(|window| window == key)?;
    text.get(at + key.len()..)
}

fn leading_number(text: &[u8]) -> &[u8] {
    let end = text.iter().position(|byte| !(byte.is_ascii_digit() || matches!(byte, b'.' | b'-')));
    text.get(..end.unwrap_or(text.len())).unwrap_or_default()
}

fn hemisphere(text: &[u8]) -> Option<Dec> {
    let (letter, rest) = text.split_first()?;
    let degrees = Dec::parse(leading_number(rest))?;
    match letter {
        b'N' | b'E' => Some(degrees),
        b'S' | b'W' => Some(degrees.negated()),
        _ => None,
    }
}

/// `2017-05-26 10:27:47`, of this century.
fn date_time(text: &[u8]) -> Option<UtcTime> {
    let century = text.strip_prefix(b"20")?;
    let mut digits = [0; 12];
    let mut found = century.iter().filter(|byte| byte.is_ascii_digit());
    for digit in &mut digits {
        *digit = *found.next()?;
    }
    UtcTime::from_two_digits(six(&digits)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_become_parts_of_a_degree() {
        // By hand: 22 degrees 34.8621 minutes are 22 + 34.8621/60 = 22.581035 degrees.
        assert_eq!(degrees_and_minutes(b"2234.8621"), Some(Dec::new(22_581_035, 6)));
        assert_eq!(degrees_and_minutes(b"11355.0170"), Some(Dec::new(11_391_695, 5)));
        assert_eq!(degrees_and_minutes(b"0000.0000"), Some(Dec::whole(0)));
        assert_eq!(degrees_and_minutes(b"30.0"), Some(Dec::new(5, 1)));
        for text in [&b""[..], b"1", b"2260.0000", b"22x4.1", b"22-4.1", b"99934.1", b"18000.0001"] {
            assert_eq!(degrees_and_minutes(text), None);
        }
    }

    #[test]
    fn twelve_digits_are_six_numbers() {
        assert_eq!(six(b"260224044557"), Some([26, 2, 24, 4, 45, 57]));
        assert_eq!(six(b"26022404455"), None);
        assert_eq!(six(b"2602240445x7"), None);
    }

    #[test]
    fn numbers_are_digits_and_nothing_else() {
        assert_eq!(number(b"4294967296"), Some(4_294_967_296));
        assert_eq!(number(b""), None);
        assert_eq!(number(b"1a"), None);
        assert_eq!(number(b"1234567890123456789"), None);
        assert_eq!(hex(b"081A1F02"), Some(0x081A_1F02));
        assert_eq!(hex(b"ffffffffffffffff"), Some(u64::MAX));
        assert_eq!(hex(b"12345678901234567"), None);
        assert_eq!(hex(b"G"), None);
        assert_eq!(hex(b""), None);
    }

    #[test]
    fn a_place_is_found_in_the_answer_of_a_tracker() {
        let place = place(
            b"x!Lat:S54.739332\nLon:W25.27\nCourse:126.53\nSpeed:0.17KM/H\nDate Time:2015-09-13 20:21:20",
        )
        .unwrap();
        assert_eq!((place.lat, place.lon), (Dec::new(-54_739_332, 6), Dec::new(-2_527, 2)));
        assert_eq!((place.speed_kmh, place.course_deg), (Some(Dec::new(17, 2)), Some(Dec::new(12_653, 2))));
        assert_eq!(place.time.unwrap().to_string(), "2015-09-13T20:21:20Z");
        assert_eq!(super::place(b"Lat:X1,Lon:E2"), None);
        assert_eq!(super::place(b"Lat:N91,Lon:E2"), None);
    }
}
