//! Decides when an answer is complete: enough was said and the line is quiet, or the time is over.
//! It gets bytes and the time as arguments and touches neither port nor clock.

use std::time::{Duration, Instant};

use super::answer::{self, Answer, Tail};
use super::{LONGEST_ANSWER, Wait};

/// A read gives up after this long, so that time-outs are met also when nothing comes.
const POLL: Duration = Duration::from_millis(50);

/// Nobody waits longer at a cable, and the clock's end is not to be met.
const LONGEST_WAIT: Duration = Duration::from_secs(24 * 60 * 60);

/// A line without its end has to be quiet so many times longer: cut short, `…,600` would pass for `…,60`.
const UNFINISHED: u32 = 3;

/// How gathering ended.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum End {
    /// With an answer, be it an empty one.
    Answered,
    /// With more bytes than an answer has.
    Flooded,
}

/// An answer on its way in.
pub(super) struct Gathering<'a> {
    sent: &'a [u8],
    wait: Wait,
    enough: &'a mut dyn FnMut(&Answer) -> bool,
    pub(super) raw: Vec<u8>,
    pub(super) answer: Answer,
    end: Instant,
    last_byte: Instant,
    satisfied: bool,
    asked_in_this_quiet: bool,
}

impl<'a> Gathering<'a> {
    /// Begins when the last byte of `sent` is on the line.
    pub(super) fn begin(
        sent: &'a [u8],
        wait: Wait,
        late: Vec<String>,
        enough: &'a mut dyn FnMut(&Answer) -> bool,
        now: Instant,
    ) -> Gathering<'a> {
        Gathering {
            sent,
            wait: Wait { timeout: wait.timeout.min(LONGEST_WAIT), settle: wait.settle.min(LONGEST_WAIT) },
            enough,
            raw: Vec::new(),
            answer: Answer { late, ..Answer::default() },
            end: now + wait.timeout.min(LONGEST_WAIT),
            last_byte: now,
            satisfied: false,
            asked_in_this_quiet: false,
        }
    }

    /// The last `count` bytes of `raw` came just now.
    pub(super) fn came(&mut self, count: usize, now: Instant) {
        self.last_byte = now;
        self.asked_in_this_quiet = false;
        let new = &self.raw[self.raw.len() - count..];
        if !self.satisfied && answer::has_line_end(new) {
            self.answer.refresh(&self.raw, self.sent, Tail::Open);
            self.satisfied = (self.enough)(&self.answer);
        }
    }

    /// Whether it is over, and how.
    pub(super) fn turn(&mut self, now: Instant) -> Option<End> {
        if self.raw.len() >= LONGEST_ANSWER {
            // Enough was said before the flood; what it ends with is nobody's line.
            self.answer.refresh(&self.raw, self.sent, Tail::Open);
            return Some(if self.satisfied { End::Answered } else { End::Flooded });
        }
        let quiet = now.duration_since(self.last_byte) >= self.quiet();
        if quiet && !self.raw.is_empty() && !self.asked_in_this_quiet {
            self.asked_in_this_quiet = true;
            self.is_satisfied_by_all();
        }
        if quiet && self.satisfied {
            return Some(End::Answered);
        }
        if now >= self.end {
            self.answer.refresh(&self.raw, self.sent, Tail::Closed);
            self.answer.cut = !quiet && answer::is_mid_line(&self.raw);
            return Some(End::Answered);
        }
        None
    }

    /// How long to wait for more bytes before the next turn.
    pub(super) fn nap(&self, now: Instant) -> Duration {
        let left = self.end.saturating_duration_since(now).min(POLL);
        if self.raw.is_empty() || self.asked_in_this_quiet {
            return left;
        }
        left.min((self.last_byte + self.quiet()).saturating_duration_since(now))
    }

    /// The quiet that ends an answer, by what it ends with.
    fn quiet(&self) -> Duration {
        let times = if answer::is_mid_line(&self.raw) { UNFINISHED } else { 1 };
        self.wait.settle * times
    }

    /// Takes what stands there as complete and asks whether it is enough.
    pub(super) fn is_satisfied_by_all(&mut self) -> bool {
        self.answer.refresh(&self.raw, self.sent, Tail::Closed);
        self.satisfied = self.satisfied || (self.enough)(&self.answer);
        self.satisfied
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENT: &[u8] = b"PARAM#\r\n";
    const WAIT: Wait = Wait { timeout: Duration::from_secs(5), settle: Duration::from_millis(300) };

    /// Plays `script` (milliseconds and bytes) and returns when it was over, how, and the answer.
    fn play(script: &[(u64, &[u8])], enough: &str, last: u64) -> (u64, End, Answer) {
        let zero = Instant::now();
        let mut judge = |answer: &Answer| answer.lines.iter().any(|line| line == enough);
        let mut gathering = Gathering::begin(SENT, WAIT, Vec::new(), &mut judge, zero);
        for ms in 0..=last {
            let now = zero + Duration::from_millis(ms);
            for (_, bytes) in script.iter().filter(|(at, _)| *at == ms) {
                gathering.raw.extend_from_slice(bytes);
                gathering.came(bytes.len(), now);
            }
            if let Some(end) = gathering.turn(now) {
                return (ms, end, gathering.answer);
            }
        }
        panic!("it never ended");
    }

    #[test]
    fn an_answer_ends_a_settling_time_after_its_last_byte() {
        let (at, end, answer) =
            play(&[(100, b"PARAM#\r\n"), (200, b"OK!\r\n"), (250, b"more\r\n")], "OK!", 9000);
        assert_eq!((at, end), (550, End::Answered));
        assert_eq!(answer.lines, ["OK!", "more"]);
    }

    #[test]
    fn a_line_without_an_end_is_taken_once_it_is_quiet() {
        let (at, _, answer) = play(&[(100, b"OK")], "OK", 9000);
        assert_eq!((at, answer.lines.len(), answer.cut), (1000, 1, false));
    }

    #[test]
    fn a_value_that_pauses_in_the_middle_is_not_taken_for_a_shorter_one() {
        let (at, _, answer) = play(&[(100, b"808,102,60"), (700, b"0\r\n")], "808,102,60", 9000);
        assert_eq!(answer.lines, ["808,102,600"]);
        assert_eq!(at, 5000);
        let (at, _, answer) = play(&[(100, b"APN:x\r\nTIMER:60"), (700, b"0\r\n")], "APN:x", 9000);
        assert_eq!(answer.lines, ["APN:x", "TIMER:600"]);
        assert_eq!(at, 1000);
    }

    #[test]
    fn a_pause_inside_a_line_does_not_break_it() {
        let (at, _, answer) = play(&[(100, b"IP:d.pla"), (900, b"spy.com\r\n")], "IP:d.plaspy.com", 9000);
        assert_eq!(answer.lines, ["IP:d.plaspy.com"]);
        assert_eq!(at, 1200);
    }

    #[test]
    fn without_enough_the_time_out_ends_it() {
        let (at, end, answer) = play(&[(100, b"what?\r\n")], "OK!", 9000);
        assert_eq!((at, end), (5000, End::Answered));
        assert_eq!((answer.lines.len(), answer.cut), (1, false));
        let (at, _, answer) = play(&[], "OK!", 9000);
        assert!(answer.is_silent());
        assert_eq!(at, 5000);
    }

    #[test]
    fn a_line_that_the_time_out_cuts_is_marked() {
        let (_, _, answer) = play(&[(4900, b"SERVER,1,d.plaspy.com,88")], "OK!", 9000);
        assert!(answer.cut);
    }

    #[test]
    fn endless_bytes_are_a_flood_unless_enough_came_first() {
        let much = [b'x'; LONGEST_ANSWER];
        let (_, end, _) = play(&[(100, &much)], "OK!", 9000);
        assert_eq!(end, End::Flooded);
        let (_, end, answer) = play(&[(100, b"OK!\r\n"), (101, &much)], "OK!", 9000);
        assert_eq!(end, End::Answered);
        assert_eq!(answer.lines, ["OK!"]);
    }
}
