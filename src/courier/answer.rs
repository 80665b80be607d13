//! Turns the bytes that came back into lines, without the echo of the command.
//! It judges only their form (text or noise, echo, a modem's words); what an answer means belongs to the profile.

/// What came back after a command.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// Lines that stood in the input before the command was written: they answer something else.
    pub late: Vec<String>,
    /// The answer's lines, without line ends, empty lines and echo; bytes that are no UTF-8 are shown as `U+FFFD`.
    pub lines: Vec<String>,
    /// Whether the command itself came back.
    pub echoed: bool,
    /// How many bytes are no text: control characters other than CR, LF and TAB, and what is not UTF-8.
    pub garbage: usize,
    /// How many bytes came after the command was written, echo and line ends included.
    pub bytes: usize,
    /// The time-out ended the answer while bytes were still coming: its last line may be incomplete.
    pub cut: bool,
}

/// How to take the bytes after the last line end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tail {
    /// More may come: they are no line yet.
    Open,
    /// The line has been quiet, or nothing more is awaited: they are a line.
    Closed,
}

/// A glued echo of a shorter command could as well be the beginning of an answer (`AT`, `ATTENTION`).
const SHORTEST_GLUED_ECHO: usize = 4;

impl Answer {
    /// Reads what came back after `sent` was written.
    pub fn read(raw: &[u8], sent: &[u8], tail: Tail) -> Answer {
        let mut answer = Answer::default();
        answer.refresh(raw, sent, tail);
        answer
    }

    /// An answer that came as text, such as a short message: no echo, no noise of a line.
    pub fn typed(lines: Vec<String>) -> Answer {
        let bytes = lines.iter().map(String::len).sum();
        let lines = lines.into_iter().filter(|line| !line.trim().is_empty()).collect();
        Answer { lines, bytes, ..Answer::default() }
    }

    /// Reads `raw` again, as more of it has come; `late` and `cut` stay.
    pub(super) fn refresh(&mut self, raw: &[u8], sent: &[u8], tail: Tail) {
        let echo = without_line_end(sent);
        let (body, glued) = strip_glued_echo(raw, echo);
        self.echoed = glued;
        self.lines = Vec::new();
        for line in pieces(body, tail) {
            let again = !self.echoed && !echo.is_empty() && line.trim_ascii_end() == echo.trim_ascii_end();
            if again {
                self.echoed = true;
            } else {
                self.lines.push(show(line));
            }
        }
        if !self.echoed && is_unfinished_echo(body, echo) {
            self.echoed = true;
            self.lines.clear();
        }
        self.garbage = count_garbage(raw);
        self.bytes = raw.len();
    }

    /// Nothing came back at all.
    pub fn is_silent(&self) -> bool {
        self.bytes == 0
    }

    /// The command came back and nothing else did: a loop, or a port that echoes and does not understand.
    pub fn only_echo(&self) -> bool {
        self.echoed && self.lines.is_empty()
    }

    /// A third or more of what came is no text, which is how a wrong line speed looks.
    pub fn is_garbage(&self) -> bool {
        self.garbage > 0 && self.garbage * 3 >= self.bytes
    }

    /// All that came are a modem's result words, so this is a modem's own AT port.
    pub fn looks_like_modem(&self) -> bool {
        let is_result = |line: &String| is_modem_result(line.trim());
        let is_notice = |line: &String| is_modem_notice(line.trim());
        self.lines.iter().any(is_result) && self.lines.iter().all(|line| is_result(line) || is_notice(line))
    }
}

/// The lines of `raw`; CR LF, LF and CR all end one, and empty ones are left out.
pub(super) fn lines(raw: &[u8], tail: Tail) -> Vec<String> {
    pieces(raw, tail).map(show).collect()
}

/// Whether a line ends in `raw`.
pub(super) fn has_line_end(raw: &[u8]) -> bool {
    raw.iter().any(|byte| is_line_end(*byte))
}

/// Whether `raw` ends in the middle of a line.
pub(super) fn is_mid_line(raw: &[u8]) -> bool {
    raw.last().is_some_and(|byte| !is_line_end(*byte))
}

fn is_line_end(byte: u8) -> bool {
    byte == b'\r' || byte == b'\n'
}

fn pieces(raw: &[u8], tail: Tail) -> impl Iterator<Item = &[u8]> {
    let end = match tail {
        Tail::Closed => raw.len(),
        Tail::Open => raw.iter().rposition(|byte| is_line_end(*byte)).unwrap_or(0),
    };
    raw[..end].split(|byte| is_line_end(*byte)).map(trim_nul).filter(|line| !line.trim_ascii().is_empty())
}

/// Opening a port or a restarting tracker leaves NULs beside the text; inside a line they stay.
fn trim_nul(mut line: &[u8]) -> &[u8] {
    while let [0, rest @ ..] | [rest @ .., 0] = line {
        line = rest;
    }
    line
}

fn show(line: &[u8]) -> String {
    String::from_utf8_lossy(line).into_owned()
}

fn without_line_end(sent: &[u8]) -> &[u8] {
    let end = sent.iter().rposition(|byte| !is_line_end(*byte)).map_or(0, |last| last + 1);
    &sent[..end]
}

/// Cuts the echo off an answer that follows it on the same line.
fn strip_glued_echo<'a>(raw: &'a [u8], echo: &[u8]) -> (&'a [u8], bool) {
    let start = raw.iter().position(|byte| !is_line_end(*byte)).unwrap_or(raw.len());
    match raw[start..].strip_prefix(echo) {
        Some(rest) if echo.len() >= SHORTEST_GLUED_ECHO => (rest.trim_ascii_start(), true),
        _ => (raw, false),
    }
}

/// The echo was on its way when the answer was read; one byte alone could be anything.
fn is_unfinished_echo(body: &[u8], echo: &[u8]) -> bool {
    body.len() >= 2 && body.len() < echo.len() && echo.starts_with(body)
}

fn count_garbage(raw: &[u8]) -> usize {
    raw.utf8_chunks()
        .map(|chunk| {
            let controls =
                chunk.valid().chars().filter(|c| c.is_control() && !matches!(c, '\r' | '\n' | '\t'));
            controls.map(char::len_utf8).sum::<usize>() + chunk.invalid().len()
        })
        .sum()
}

fn is_modem_result(line: &str) -> bool {
    const WORDS: [&str; 5] = ["OK", "ERROR", "NO CARRIER", "ABORTED", "COMMAND NOT SUPPORT"];
    WORDS.contains(&line) || line.starts_with("+CME ERROR:") || line.starts_with("+CMS ERROR:")
}

/// Notices that a modem sends by itself, as `+CREG: 1`, `^BOOT:…`, `*ATREADY: 1`, `RDY`.
fn is_modem_notice(line: &str) -> bool {
    const WORDS: [&str; 4] = ["RING", "RDY", "SMS DONE", "PB DONE"];
    WORDS.contains(&line) || (line.starts_with(['+', '^', '*']) && line.contains(':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn closed(raw: &[u8], sent: &[u8]) -> Answer {
        Answer::read(raw, sent, Tail::Closed)
    }

    #[test]
    fn every_kind_of_line_end_ends_a_line() {
        for raw in [&b"OK!\r\nA:1;\r\n"[..], b"OK!\nA:1;\n", b"OK!\rA:1;\r", b"\r\n\r\nOK!\r\r\nA:1;"] {
            assert_eq!(closed(raw, b"PARAM#\r\n").lines, ["OK!", "A:1;"], "{raw:?}");
        }
    }

    #[test]
    fn a_line_without_an_end_waits_while_the_tail_is_open() {
        let raw = b"OK!\r\nIP:d.pla";
        assert_eq!(Answer::read(raw, b"PARAM#", Tail::Open).lines, ["OK!"]);
        assert_eq!(closed(raw, b"PARAM#").lines, ["OK!", "IP:d.pla"]);
        assert!(Answer::read(b"OK", b"AT", Tail::Open).lines.is_empty());
    }

    #[test]
    fn the_echo_is_taken_off_wherever_it_stands() {
        let sent = b"TIMER,60#\r\n";
        for raw in [
            &b"TIMER,60#\r\nOK!\r\n"[..],
            b"TIMER,60#\r\r\nOK!\r\n",
            b"TIMER,60#OK!",
            b"\r\nTIMER,60#\r\nOK!",
            b"TIMER,60# OK!\n",
        ] {
            let answer = closed(raw, sent);
            assert!(answer.echoed, "{raw:?}");
            assert_eq!(answer.lines, ["OK!"], "{raw:?}");
        }
        let after_a_notice = closed(b"boot\r\nTIMER,60#\r\nOK!\r\n", sent);
        assert_eq!(after_a_notice.lines, ["boot", "OK!"]);
        assert!(after_a_notice.echoed);
    }

    #[test]
    fn only_the_first_repetition_is_echo() {
        let answer = closed(b"PARAM#\r\nPARAM#\r\n", b"PARAM#\r\n");
        assert_eq!(answer.lines, ["PARAM#"]);
        assert!(!answer.only_echo());
    }

    #[test]
    fn an_answer_that_begins_like_the_command_is_no_echo() {
        let answer = closed(b"SERVER,1,d.plaspy.com,8888,0\r\n", b"SERVER#\r\n");
        assert_eq!(answer.lines, ["SERVER,1,d.plaspy.com,8888,0"]);
        assert!(!answer.echoed);
        assert_eq!(closed(b"ATTENTION", b"AT\r").lines, ["ATTENTION"]);
        assert!(closed(b"AT\r\r\nOK\r\n", b"AT\r").echoed);
    }

    #[test]
    fn a_half_echo_is_no_answer() {
        let answer = closed(b"0000,10", b"0000,100,1,d.plaspy.com,8888\r\n");
        assert!(answer.only_echo());
        assert_eq!(closed(b"100,OK", b"0000,100,1,h,1").lines, ["100,OK"]);
    }

    #[test]
    fn silence_echo_and_noise_are_told_apart() {
        assert!(closed(b"", b"PARAM#").is_silent());
        assert!(closed(b"PARAM#\r\n", b"PARAM#\r\n").only_echo());
        let noise = closed(&[0xF8, 0x80, 0x00, 0xFE, 0x41, 0x1C, 0xE0], b"PARAM#\r\n");
        assert!(noise.is_garbage() && !noise.only_echo());
        assert_eq!((noise.garbage, noise.bytes), (6, 7));
        let glitch = closed(b"\0OK!\r\n", b"PARAM#\r\n");
        assert!(!glitch.is_garbage());
        assert_eq!(glitch.lines, ["OK!"]);
    }

    #[test]
    fn text_in_any_language_is_no_noise() {
        let answer = closed("hora: mañana\t\u{65f6}\r\n".as_bytes(), b"PARAM#");
        assert_eq!(answer.garbage, 0);
    }

    #[test]
    fn bytes_that_are_no_text_stay_visible() {
        assert_eq!(closed(b"A\xFFB\r\n", b"PARAM#").lines, ["A\u{FFFD}B"]);
    }

    #[test]
    fn a_modem_is_known_by_its_result_words() {
        for raw in [&b"OK\r\n"[..], b"\r\nERROR\r\n", b"+CME ERROR: 100\r\n", b"+CREG: 1\r\nOK\r\n"] {
            assert!(closed(raw, b"AT\r").looks_like_modem(), "{raw:?}");
        }
        for raw in [&b"OK!\r\n"[..], b"100,OK\r\n", b"", b"+CREG: 1\r\n", b"OK\r\nSN:355;APN:x\r\n"] {
            assert!(!closed(raw, b"PARAM#").looks_like_modem(), "{raw:?}");
        }
    }
}
