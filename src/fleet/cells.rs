//! The cells of a row by column: what stands there, or the default that fills it.
//! It knows no column's form.

use csv::StringRecord;

use super::cell::{Cell, Trimmed, trim};
use super::columns::Column;
use super::defaults::Defaults;
use super::layout::{Layout, SetColumn};
use super::report::Report;
use crate::secret::Secret;

/// Where the cells of a sheet's rows are, and what fills empty ones.
pub(super) struct Cells<'a> {
    pub(super) layout: Layout,
    pub(super) defaults: &'a Defaults,
}

impl Cells<'_> {
    /// The text of a known column, its cell or else its default, with what was taken away around it told.
    pub(super) fn take<'r>(
        &'r self,
        record: &'r StringRecord,
        column: Column,
        out: &mut Report<'_>,
    ) -> Option<Cell<'r>> {
        let cell = self.peek(record, column)?;
        out.trimmed(column.name(), cell);
        Some(cell)
    }

    /// The same without telling anything.
    pub(super) fn peek<'r>(&'r self, record: &'r StringRecord, column: Column) -> Option<Cell<'r>> {
        let raw = self.layout.index(column).and_then(|index| record.get(index)).unwrap_or_default();
        found(raw, || self.defaults.get(column).map(Secret::expose))
    }

    /// The column in which a setting stands, and the text there; both empty when it stands nowhere.
    pub(super) fn place<'r>(&'r self, record: &'r StringRecord, setting: Option<&str>) -> (&'r str, &'r str) {
        let Some(setting) = setting else { return ("", "") };
        if let Some(column) = Column::of_setting(setting) {
            return (column.name(), self.peek(record, column).map_or("", |cell| cell.text));
        }
        let setting = setting.strip_prefix("set.").unwrap_or(setting);
        let column = self.layout.set.iter().find(|column| column.setting == setting);
        column.map_or(("", ""), |column| {
            (&column.column, set_cell(column, record).map_or("", |cell| cell.text))
        })
    }
}

/// The cell of a setting that only profiles know.
pub(super) fn set_cell<'r>(column: &'r SetColumn, record: &'r StringRecord) -> Option<Cell<'r>> {
    let raw = column.index.and_then(|index| record.get(index)).unwrap_or_default();
    found(raw, || column.default.as_ref().map(Secret::expose))
}

/// The cell of a column without a default.
pub(super) fn bare_cell(record: &StringRecord, index: usize) -> Option<Cell<'_>> {
    found(record.get(index).unwrap_or_default(), || None)
}

/// A cell, or its default when nothing stands there.
fn found<'r>(raw: &'r str, default: impl FnOnce() -> Option<&'r str>) -> Option<Cell<'r>> {
    let (text, trimmed) = trim(raw);
    if !text.is_empty() {
        return Some(Cell { text, default: false, trimmed });
    }
    let (text, _) = trim(default()?);
    (!text.is_empty()).then_some(Cell { text, default: true, trimmed: Trimmed::Nothing })
}
