//! Quotes that close in the middle of a cell: the sign of one that was never closed where it should have been.
//! It only watches the bytes go by; the CSV reader takes them as they are.

use std::collections::VecDeque;

/// Watches a stream of decoded CSV.
pub(super) struct Quotes {
    separator: u8,
    state: State,
    /// The line that the next byte stands on.
    line: u64,
    /// Lines with a quote that closes in the middle of a cell, in order, until somebody takes them.
    odd: VecDeque<u64>,
}

/// Where the stream is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// A cell begins here.
    Start,
    /// In a cell without quotes: a quote is a character like others.
    Bare,
    /// Between the quotes of a cell.
    Quoted,
    /// Behind a quote that closes the cell, or is the first of two that stand for one.
    Closed,
}

impl Quotes {
    /// A watch from the first line on.
    pub(super) fn new(separator: u8) -> Self {
        Self { separator, state: State::Start, line: 1, odd: VecDeque::new() }
    }

    /// Looks at the next bytes.
    pub(super) fn watch(&mut self, bytes: &[u8]) {
        let Some(last) = bytes.last() else { return };
        if matches!(self.state, State::Start | State::Bare) && !bytes.contains(&b'"') {
            self.line += line_breaks(bytes);
            self.state = self.after(*last);
            return;
        }
        for byte in bytes {
            self.state = match (self.state, byte) {
                (State::Start, b'"') | (State::Closed, b'"') => State::Quoted,
                (State::Quoted, b'"') => State::Closed,
                (State::Quoted, _) => State::Quoted,
                (State::Closed, other) => {
                    let next = self.after(*other);
                    if next == State::Bare && self.odd.back() != Some(&self.line) {
                        self.odd.push_back(self.line);
                    }
                    next
                }
                (_, other) => self.after(*other),
            };
            self.line += u64::from(*byte == b'\n');
        }
    }

    /// Takes the lines up to `last`; the last of them from `first` on, if there is one.
    pub(super) fn take(&mut self, first: u64, last: u64) -> Option<u64> {
        let mut found = None;
        while let Some(line) = self.odd.front().copied().filter(|line| *line <= last) {
            self.odd.pop_front();
            found = Some(line).filter(|line| *line >= first);
        }
        found
    }

    /// The state behind a byte that stands outside quotes.
    fn after(&self, byte: u8) -> State {
        if byte == b'\n' || byte == self.separator { State::Start } else { State::Bare }
    }
}

/// How many line breaks there are. Counted in bytes, which a processor does many of at a time; 255 of them cannot
/// overflow one.
pub(super) fn line_breaks(bytes: &[u8]) -> u64 {
    let counts = bytes.chunks(255).map(|piece| piece.iter().map(|byte| u8::from(*byte == b'\n')).sum::<u8>());
    counts.map(u64::from).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn odd(text: &str) -> Vec<u64> {
        let (mut whole, mut slow) = (Quotes::new(b','), Quotes::new(b','));
        whole.watch(text.as_bytes());
        text.as_bytes().chunks(1).for_each(|byte| slow.watch(byte));
        assert_eq!(whole.odd, slow.odd);
        whole.odd.into_iter().collect()
    }

    #[test]
    fn only_a_quote_that_closes_inside_a_cell_is_odd() {
        assert_eq!(odd("a,\"b\"\"c\",\"d\ne\"\n12\" tube,\"\"\n"), [0_u64; 0]);
        assert_eq!(odd("a\nb,\"open\nc,\"shut\"\n"), [3]);
        assert_eq!(odd("\"12\" tube\"\n"), [1]);
    }

    #[test]
    fn line_breaks_are_counted_beyond_what_a_byte_holds() {
        assert_eq!(line_breaks(&[b'\n'; 1000]), 1000);
        assert_eq!(line_breaks(b"a\nb\n\n"), 3);
    }

    #[test]
    fn a_row_takes_its_own_lines_only() {
        let mut quotes = Quotes::new(b',');
        quotes.watch(b"\"a\"x\nb\n\"c\"x\n");
        assert_eq!((quotes.take(1, 1), quotes.take(2, 2), quotes.take(3, 3)), (Some(1), None, Some(3)));
    }
}
