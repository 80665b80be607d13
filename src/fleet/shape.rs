//! Whether a row is one row: as many cells as headers, and no other rows inside a cell.
//! It looks at no value's form.

use super::columns::Column;
use super::layout::Layout;
use super::problem::Problem;
use super::rows::Rows;
use crate::tracker::shown;

/// What keeps a row from being read cell by cell, if anything does.
pub(super) fn wrong_shape(rows: &Rows<'_>, line: u64, layout: &Layout) -> Option<Problem> {
    let problem = broken(rows, line, layout.width).or_else(|| swallowed(rows, line, layout))?;
    let first = rows.record().iter().next().map(shown).filter(|value| !value.is_empty());
    Some(Problem { value: first, ..problem })
}

/// What is wrong with a row of any sheet: a quote, or not one cell for each header.
pub(super) fn broken(rows: &Rows<'_>, line: u64, width: usize) -> Option<Problem> {
    odd_quote(rows, line).or_else(|| wrong_cells(rows, line, width))
}

/// A quote that closes in the middle of a cell.
fn odd_quote(rows: &Rows<'_>, line: u64) -> Option<Problem> {
    let odd = rows.odd_quote()?;
    let what = if odd == line {
        "a quote closes in the middle of a cell".to_owned()
    } else {
        format!(
            "a quote that opens here is not closed before the middle of a cell on line {odd}, the rows between are lost in it"
        )
    };
    let message =
        format!("{what}: close it where the cell ends, and write a quote inside a quoted cell twice");
    Some(
        Problem::error(line, "quote", message)
            .fix("every quoted cell closed, quotes inside it written twice"),
    )
}

/// A row that has not one cell for each header. Empty cells behind the last are let through: spreadsheets write them.
fn wrong_cells(rows: &Rows<'_>, line: u64, width: usize) -> Option<Problem> {
    let record = rows.record();
    let cells = record.len();
    if cells == width || (cells > width && record.iter().skip(width).all(|cell| cell.trim().is_empty())) {
        return None;
    }
    let many = if cells > width { "more" } else { "fewer" };
    let last = rows.last_line();
    let why = if last > line {
        format!("it runs on to line {last}, so a quote that opens in it is not closed where it should be")
    } else {
        "a separator is missing or too many, or a value with a separator in it stands without quotes"
            .to_owned()
    };
    let message = format!("the row has {cells} cells, {many} than the {width} headers: {why}");
    let fix = format!("{width} cells, with quotes around a value that holds a separator");
    Some(Problem::error(line, "cells", message).fix(fix))
}

/// A cell of several lines that look like rows of this sheet: a quote is missing, and they would be lost in it.
fn swallowed(rows: &Rows<'_>, line: u64, layout: &Layout) -> Option<Problem> {
    let last = rows.last_line();
    if last == line {
        return None;
    }
    let record = rows.record();
    let profile = layout.index(Column::Profile).and_then(|index| record.get(index)).unwrap_or_default();
    let cells = record.iter().filter(|cell| cell.contains('\n'));
    cells
        .flat_map(|cell| cell.lines().skip(1))
        .find(|text| is_row(text, rows.separator(), layout, profile))?;
    let message = format!(
        "a quote that opens here is closed on line {last} only, and what stands between looks like rows: close it where the cell ends"
    );
    Some(Problem::error(line, "quote", message).fix("the closing quote where the cell ends"))
}

/// Whether a line inside a cell has a long number or the same profile where a row of the sheet has it.
fn is_row(text: &str, separator: char, layout: &Layout, profile: &str) -> bool {
    let cells: Vec<&str> = text.split(separator).map(|cell| cell.trim_matches([' ', '"'])).collect();
    let cell = |column: Column| layout.index(column).and_then(|index| cells.get(index).copied());
    let long = |text: &str| {
        text.bytes().filter(u8::is_ascii_digit).count() >= 10 && !text.contains(char::is_alphabetic)
    };
    let keys = [Column::Imei, Column::Phone, Column::Iccid];
    cells.len() > 1
        && (keys.into_iter().filter_map(cell).any(long)
            || cell(Column::Profile).is_some_and(|text| !text.is_empty() && text == profile))
}
