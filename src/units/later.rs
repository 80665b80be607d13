//! The line by which somebody asks an echo to answer later: how long a network keeps a silent way open is told by an
//! answer that comes after the silence. Both ends write it here, so that they agree.

use std::time::Duration;

const BEGINS: &str = "homing-echo/1 after ";
const ENDS: &str = " ms ";

/// The longest time that an echo lets an answer wait.
pub const LONGEST: Duration = Duration::from_secs(3_600);

/// A question that is to be answered after this time. The number makes its answer known among others.
#[must_use]
pub fn ask_later(after: Duration, number: u64) -> Vec<u8> {
    format!("{BEGINS}{}{ENDS}{number:016x}\n", after.as_millis()).into_bytes()
}

/// After which time something is to be answered: at once, unless it is a whole such line. No time is longer than
/// [`LONGEST`].
#[must_use]
pub fn asked_later(bytes: &[u8]) -> Duration {
    let line = std::str::from_utf8(bytes).ok().and_then(|text| text.strip_suffix('\n'));
    let after = line.and_then(|line| line.strip_prefix(BEGINS)).and_then(|rest| rest.split_once(ENDS));
    let ms = after.and_then(|(ms, _)| ms.parse().ok()).unwrap_or_default();
    Duration::from_millis(ms).min(LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_whole_line_waits_and_never_above_an_hour() {
        let second = Duration::from_secs(1);
        assert_eq!(asked_later(b"homing-echo/1 after 1000 ms 00000000000000ff\n"), second);
        assert_eq!(ask_later(second, 255), b"homing-echo/1 after 1000 ms 00000000000000ff\n");
        assert_eq!(asked_later(b"homing-echo/1 after 99999999999 ms 1\n"), LONGEST);
        let at_once: [&[u8]; 6] = [
            b"",
            b"\n",
            b"homing-echo/1 after 1000 ms 1",
            b"homing-echo/1 after -1 ms 1\n",
            b"homing-echo/1 after 99999999999999999999999 ms 1\n",
            b"\xff\xfe homing-echo/1 after 1000 ms 1\n",
        ];
        for bytes in at_once {
            assert_eq!(asked_later(bytes), Duration::ZERO, "{bytes:?}");
        }
    }
}
