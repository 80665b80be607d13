//! Opening a sheet: standard input spooled, encoding and separator found, headers read.
//! It looks at no row.

use std::fs::{File, Metadata};
use std::io::{self, Read, Seek, SeekFrom};
use std::time::SystemTime;

use super::decode::Decoder;
use super::encoding::{self, Encoding};
use super::error::SheetError;
use super::layout::Layout;
use super::rows::Rows;
use super::sniff::{self, Sniffed};
use crate::tracker::shown;

/// A CSV file that can be read as often as it is needed.
#[derive(Debug)]
pub struct Sheet {
    file: File,
    name: String,
    stamp: Stamp,
    encoding: Encoding,
    /// Length of the byte order mark.
    mark: u64,
    sniffed: Sniffed,
    headers: Vec<String>,
    header_line: u64,
}

/// What changes when somebody writes to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
}

impl Stamp {
    fn of(metadata: &Metadata) -> Self {
        Self { length: metadata.len(), modified: metadata.modified().ok() }
    }
}

impl Sheet {
    /// Opens a file, or standard input for `-`. What cannot be read twice (standard input, a pipe) is first copied
    /// into a file without a name.
    ///
    /// # Errors
    /// When it cannot be read, is no CSV, or has no headers.
    pub fn open(path: &str) -> Result<Self, SheetError> {
        Self::open_any(path)?.with_known_headers()
    }

    /// The same, whatever its headers say.
    pub(super) fn open_any(path: &str) -> Result<Self, SheetError> {
        if path == "-" {
            return Self::spooled("standard input", io::stdin().lock());
        }
        let cannot = |source| SheetError::Open { name: path.to_owned(), source };
        let mut file = File::open(path).map_err(cannot)?;
        let metadata = file.metadata().map_err(cannot)?;
        if metadata.is_dir() {
            return Err(cannot(io::Error::other("it is a folder")));
        }
        if metadata.is_file() { Self::new(path, file) } else { Self::spooled(path, &mut file) }
    }

    /// Copies what a reader gives into a file without a name, and opens that.
    ///
    /// # Errors
    /// As for [`Sheet::open`].
    pub fn from_reader(name: &str, reader: impl Read) -> Result<Self, SheetError> {
        Self::spooled(name, reader)?.with_known_headers()
    }

    fn spooled(name: &str, mut reader: impl Read) -> Result<Self, SheetError> {
        let cannot = |source| SheetError::Spool { name: name.to_owned(), source };
        let mut file = tempfile::tempfile().map_err(cannot)?;
        io::copy(&mut reader, &mut file).map_err(cannot)?;
        Self::new(name, file)
    }

    fn new(name: &str, mut file: File) -> Result<Self, SheetError> {
        let cannot = |source| SheetError::Read { name: name.to_owned(), source };
        let stamp = Stamp::of(&file.metadata().map_err(cannot)?);
        let head = head(&mut file).map_err(cannot)?;
        if let Some((what, way_out)) = encoding::other_kind(&head) {
            return Err(SheetError::NotCsv { name: name.to_owned(), what, way_out });
        }
        let (encoding, mark) = match encoding::marked(&head) {
            Some((Encoding::Utf8, mark)) => (encoding::scan(&file).map_err(cannot)?, mark),
            Some(told) => told,
            None => (encoding::scan(&file).map_err(cannot)?, 0),
        };
        let mark = mark as u64;
        file.seek(SeekFrom::Start(mark)).map_err(cannot)?;
        let sniffed = sniff::sniff(Decoder::new(&file, encoding, b','), name)?;
        let headers = Vec::new();
        let mut sheet =
            Self { file, name: name.to_owned(), stamp, encoding, mark, sniffed, headers, header_line: 0 };
        (sheet.header_line, sheet.headers) = sheet.read_headers()?;
        Ok(sheet)
    }

    /// Refuses a sheet whose first line names no column that is known.
    fn with_known_headers(self) -> Result<Self, SheetError> {
        if Layout::names_nothing(&self.headers) {
            let first = self.headers.first().map(|header| shown(header.trim())).unwrap_or_default();
            return Err(SheetError::NoHeader { name: self.name, line: self.header_line, first });
        }
        Ok(self)
    }

    /// The file's name as it was given.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How its characters are written.
    #[must_use]
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// What stands between its cells.
    #[must_use]
    pub fn separator(&self) -> char {
        char::from(self.sniffed.separator)
    }

    /// The headers as they are written, in the order of the columns.
    #[must_use]
    pub fn headers(&self) -> &[String] {
        &self.headers
    }

    /// The line of the headers.
    pub(super) fn header_line(&self) -> u64 {
        self.header_line
    }

    /// The rows under the headers, from the first on.
    pub(super) fn rows(&self) -> Result<Rows<'_>, SheetError> {
        self.check_unchanged()?;
        let mut rows = self.all_rows()?;
        while rows.advance()?.is_some_and(|line| line < self.header_line) {}
        Ok(rows)
    }

    /// Refuses a file that somebody has written to since it was opened.
    pub(super) fn check_unchanged(&self) -> Result<(), SheetError> {
        let metadata =
            self.file.metadata().map_err(|source| SheetError::Read { name: self.name.clone(), source })?;
        if Stamp::of(&metadata) == self.stamp { Ok(()) } else { Err(self.changed()) }
    }

    /// The error for a file that was written to.
    pub(super) fn changed(&self) -> SheetError {
        SheetError::Changed { name: self.name.clone() }
    }

    /// Everything from the header on.
    fn all_rows(&self) -> Result<Rows<'_>, SheetError> {
        let mut file = &self.file;
        file.seek(SeekFrom::Start(self.mark))
            .map_err(|source| SheetError::Read { name: self.name.clone(), source })?;
        let separator = self.sniffed.separator;
        let mut rows = Rows::new(Decoder::new(file, self.encoding, separator), separator, &self.name);
        if self.sniffed.sep_line {
            rows.advance()?;
        }
        Ok(rows)
    }

    /// The first row: its line and its cells.
    fn read_headers(&self) -> Result<(u64, Vec<String>), SheetError> {
        let mut rows = self.all_rows()?;
        while let Some(line) = rows.advance()? {
            if rows.odd_quote().is_some() {
                return Err(SheetError::Unclosed { line });
            }
            if !rows.is_blank() {
                return Ok((line, rows.record().iter().map(str::to_owned).collect()));
            }
        }
        Err(SheetError::Empty { name: self.name.clone() })
    }
}

/// The first bytes of a file; the file stands at its beginning afterwards.
fn head(file: &mut File) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    file.rewind()?;
    Read::by_ref(file).take(1024).read_to_end(&mut head)?;
    file.rewind()?;
    Ok(head)
}
