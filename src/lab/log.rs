//! The lab's log: one JSON object a line, each written whole and at once, so that whoever reads it while things are
//! being killed sees every event that has happened.

use std::io::{self, Write};

use serde::Serialize;

use super::event::{Event, Now};
use crate::sms::Timestamp;

/// Writes events.
#[derive(Default)]
pub(super) struct Log {
    to: Option<Box<dyn Write + Send>>,
    /// Why nothing more is written.
    trouble: Option<io::Error>,
}

/// A line of the log.
#[derive(Serialize)]
struct Line<'a> {
    /// Seconds since the lab began.
    t: f64,
    /// The same moment by the wall clock (RFC 3339).
    time: String,
    #[serde(flatten)]
    event: &'a Event,
}

impl Log {
    pub(super) fn new(to: Option<Box<dyn Write + Send>>) -> Self {
        Self { to, trouble: None }
    }

    /// Writes the events of one moment, in one piece.
    pub(super) fn write<'a>(&mut self, now: Now, events: impl Iterator<Item = &'a Event>) {
        let Some(to) = self.to.as_mut().filter(|_| self.trouble.is_none()) else { return };
        let mut lines = Vec::new();
        for event in events {
            let line = Line { t: now.tick.as_micros() as f64 / 1e6, time: rfc_3339(now.wall_ms), event };
            // Writing to memory cannot fail, and every event can be written as JSON.
            let _ = serde_json::to_writer(&mut lines, &line);
            lines.push(b'\n');
        }
        if !lines.is_empty() {
            self.trouble = to.write_all(&lines).and_then(|()| to.flush()).err();
        }
    }

    /// What went wrong, if the log is no longer whole.
    pub(super) fn trouble(&self) -> Option<String> {
        self.trouble.as_ref().map(ToString::to_string)
    }
}

/// `2026-08-01T12:34:56.789Z`.
pub(super) fn rfc_3339(wall_ms: i64) -> String {
    let civil = Timestamp::from_unix(wall_ms.div_euclid(1000), 0).and_then(Timestamp::civil);
    let Some(civil) = civil else { return String::new() };
    format!("{}.{:03}Z", civil.to_string().replacen(' ', "T", 1), wall_ms.rem_euclid(1000))
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};
    use std::time::Duration;

    use super::*;

    #[derive(Clone, Default)]
    struct Memory(Arc<Mutex<Vec<Vec<u8>>>>);

    impl Write for Memory {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().push(bytes.to_vec());
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn the_events_of_one_moment_are_whole_lines_in_one_write() {
        let memory = Memory::default();
        let mut log = Log::new(Some(Box::new(memory.clone())));
        // 2001-09-09T01:46:40Z is the billionth second.
        let now = Now { tick: Duration::from_micros(1_500_000), wall_ms: 1_000_000_000_007 };
        log.write(now, [Event::Closed { modem: 0 }, Event::Closed { modem: 1 }].iter());
        log.write(now, [].iter());
        let written = memory.0.lock().unwrap().clone();
        let [one] = written.as_slice() else { panic!("{} writes", written.len()) };
        let lines: Vec<_> = std::str::from_utf8(one).unwrap().lines().collect();
        assert_eq!(
            lines,
            [
                r#"{"t":1.5,"time":"2001-09-09T01:46:40.007Z","kind":"closed","modem":0}"#,
                r#"{"t":1.5,"time":"2001-09-09T01:46:40.007Z","kind":"closed","modem":1}"#
            ]
        );
    }
}
