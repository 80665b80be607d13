//! Tables for people, cut to the terminal's width.

use tabled::builder::Builder;
use tabled::settings::peaker::Priority;
use tabled::settings::{Style, Width};

use super::term::escape;

/// A table from a heading and rows. `width` is the terminal's; without one nothing is wrapped.
#[must_use]
pub fn table<R>(heading: &[&str], rows: impl IntoIterator<Item = R>, width: Option<usize>) -> String
where
    R: IntoIterator<Item = String>,
{
    let mut builder = Builder::default();
    builder.push_record(heading.iter().map(ToString::to_string));
    for row in rows {
        builder.push_record(row.into_iter().map(|cell| escape(&cell)));
    }
    let mut table = builder.build();
    table.with(Style::sharp());
    if let Some(width) = width {
        table.with(Width::wrap(width).keep_words(true).priority(Priority::max(true)));
    }
    let text = table.to_string();
    // Blanks at the end of a line are of no use to anyone, and a test or a diff sees them.
    text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::table;

    #[test]
    fn a_table_keeps_to_the_width_and_shows_control_characters() {
        let rows = [["a".to_owned(), "word ".repeat(40)], ["b".to_owned(), "\x1b[31m".to_owned()]];
        let text = table(&["one", "two"], rows, Some(60));
        assert!(text.lines().all(|line| line.chars().count() <= 60), "{text}");
        assert!(text.contains("\\u{1b}[31m"));
    }
}
