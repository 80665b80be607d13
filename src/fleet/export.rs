//! A CSV that another program exported: the columns that somebody names, row by row, as they stand there.
//! It knows no header and judges no value.

use super::cell::trim;
use super::error::SheetError;
use super::problem::Problem;
use super::shape::broken;
use super::source::Sheet;

/// A CSV with headers of another program's own.
#[derive(Debug)]
pub struct Export(Sheet);

impl Export {
    /// Opens a file, or standard input for `-`, in any encoding and with any separator that a sheet may have.
    ///
    /// # Errors
    /// When it cannot be read, is no CSV, or is empty.
    pub fn open(path: &str) -> Result<Self, SheetError> {
        Sheet::open_any(path).map(Self)
    }

    /// The headers as they are written, without the blanks around them.
    pub fn headers(&self) -> impl Iterator<Item = &str> {
        self.0.headers().iter().map(|header| trim(header).0)
    }

    /// Where the column with this header stands, however its letters are cased.
    #[must_use]
    pub fn column(&self, header: &str) -> Option<usize> {
        let plain = |text: &str| trim(text).0.to_lowercase();
        let wanted = plain(header);
        self.0.headers().iter().position(|header| plain(header) == wanted)
    }

    /// Gives the cells of two columns with the line that their row begins on: trimmed, and without what tells a
    /// spreadsheet to leave a number alone. Returns a problem for each row that has not one cell for each header.
    ///
    /// # Errors
    /// When it cannot be read to its end, or was changed since it was opened.
    pub fn pairs(
        &self,
        columns: [usize; 2],
        row: &mut dyn FnMut(u64, [&str; 2]),
    ) -> Result<Vec<Problem>, SheetError> {
        let (mut rows, mut problems) = (self.0.rows()?, Vec::new());
        while let Some(line) = rows.advance()? {
            if rows.is_blank() {
                continue;
            }
            match broken(&rows, line, self.0.headers().len()) {
                Some(problem) => problems.push(problem),
                None => {
                    row(line, columns.map(|at| trim(rows.record().get(at).unwrap_or_default()).0));
                }
            }
        }
        self.0.check_unchanged()?;
        Ok(problems)
    }
}
