//! The rows of a sheet, one at a time, each with the physical line it begins on.
//! It knows cells, not columns.

use std::fs::File;
use std::io;

use csv::{Reader, ReaderBuilder, StringRecord};

use super::decode::{Decoder, END};
use super::error::SheetError;
use super::quotes::line_breaks;

/// Reads rows from the place where the file stands, into one record that is used again and again.
pub(super) struct Rows<'f> {
    reader: Reader<Decoder<&'f File>>,
    record: StringRecord,
    name: &'f str,
    /// The last line of the row that was read last.
    last_line: u64,
    /// The line of the row on which a quote closes in the middle of a cell.
    odd_quote: Option<u64>,
    separator: u8,
}

impl<'f> Rows<'f> {
    /// Rows out of a decoder that stands at the first line.
    pub(super) fn new(decoder: Decoder<&'f File>, separator: u8, name: &'f str) -> Self {
        let mut builder = ReaderBuilder::new();
        builder.has_headers(false).flexible(true).delimiter(separator).buffer_capacity(1 << 16);
        let (reader, record) = (builder.from_reader(decoder), StringRecord::new());
        Self { reader, record, name, last_line: 0, odd_quote: None, separator }
    }

    /// Goes to the next row and returns the line it begins on; nothing behind the last. Blank lines are passed over.
    pub(super) fn advance(&mut self) -> Result<Option<u64>, SheetError> {
        let more = self.reader.read_record(&mut self.record).map_err(|error| self.broken(error))?;
        self.reader.get_mut().row_done();
        if !more {
            return Ok(None);
        }
        // Every line's end is a `\n` by now, and every row ends in one: the reader's line is the one behind it.
        let inside = line_breaks(self.record.as_slice().as_bytes());
        self.last_line = self.reader.position().line().saturating_sub(1);
        let line = self.last_line.saturating_sub(inside);
        if self.reader.get_ref().ended() && self.record.len() == 1 && &self.record[0] == END {
            return Ok(None);
        }
        if self.reader.get_ref().ended() && self.open_quote() {
            return Err(SheetError::Unclosed { line: self.line_of_last_cell() });
        }
        self.odd_quote = self.reader.get_mut().quotes().take(line, self.last_line);
        Ok(Some(line))
    }

    /// The cells of the row.
    pub(super) fn record(&self) -> &StringRecord {
        &self.record
    }

    /// Whether nothing stands in any cell of the row.
    pub(super) fn is_blank(&self) -> bool {
        self.record.as_slice().bytes().all(|byte| byte.is_ascii_whitespace())
    }

    /// The line of the row on which a quote closes in the middle of a cell, if one does.
    pub(super) fn odd_quote(&self) -> Option<u64> {
        self.odd_quote
    }

    /// What stands between two cells.
    pub(super) fn separator(&self) -> char {
        char::from(self.separator)
    }

    /// The line on which the row ends.
    pub(super) fn last_line(&self) -> u64 {
        self.last_line
    }

    /// Whether the last cell has swallowed the line that is put behind every file.
    fn open_quote(&self) -> bool {
        self.record.as_slice().strip_suffix('\n').is_some_and(|cells| cells.ends_with(END))
    }

    /// The line on which the last cell begins: where its quote opens.
    fn line_of_last_cell(&self) -> u64 {
        let last = self.record.iter().next_back().unwrap_or_default();
        (self.last_line + 1).saturating_sub(line_breaks(last.as_bytes()))
    }

    /// What a reader's error means here.
    fn broken(&self, error: csv::Error) -> SheetError {
        match error.into_kind() {
            csv::ErrorKind::Io(source) if source.kind() == io::ErrorKind::FileTooLarge => {
                SheetError::TooLong { line: self.last_line }
            }
            csv::ErrorKind::Io(source) => SheetError::Read { name: self.name.to_owned(), source },
            // The bytes were found to be UTF-8 when the file was opened.
            _ => SheetError::Changed { name: self.name.to_owned() },
        }
    }
}
