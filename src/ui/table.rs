//! Tables for people, cut to the terminal's width: between words as long as there is room for the longest ones.

use tabled::builder::Builder;
use tabled::grid::util::string::get_string_width;
use tabled::settings::object::Columns;
use tabled::settings::peaker::Priority;
use tabled::settings::{Style, Width};

use super::term::escape;

/// The room of a column that no text can have: a blank on either side and a line.
const FRAME: usize = 3;

/// What a column needs, in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Need {
    /// So that no word of it is broken.
    word: usize,
    /// So that no line of it is.
    line: usize,
}

impl Need {
    fn of(text: &str) -> Self {
        let word = text.split_whitespace().map(get_string_width).max().unwrap_or_default();
        Self { word, line: text.lines().map(get_string_width).max().unwrap_or_default() }
    }
}

/// What the columns of a table need.
#[derive(Debug)]
pub(super) struct Room(Vec<Need>);

impl Room {
    /// Room for a heading.
    pub(super) fn of(heading: &[&str]) -> Self {
        Self(heading.iter().map(|title| Need::of(title)).collect())
    }

    /// And for a row, whose cells are escaped.
    pub(super) fn see<'c>(&mut self, row: impl IntoIterator<Item = &'c str>) {
        for (need, cell) in self.0.iter_mut().zip(row) {
            let seen = Need::of(cell);
            *need = Need { word: need.word.max(seen.word), line: need.line.max(seen.line) };
        }
    }

    /// How wide a table of those columns is at least, of which `shown` says that they are there.
    pub(super) fn least(&self, shown: impl Fn(usize) -> bool) -> usize {
        let columns = self.0.iter().enumerate().filter(|(number, _)| shown(*number));
        1 + columns.map(|(_, need)| need.word + FRAME).sum::<usize>()
    }

    /// The room of each column in a table of this width: the widest are narrowed first, and none below its longest word.
    /// Where that is not enough, what is left over is for the caller to cut.
    fn rooms(&self, width: usize) -> Vec<usize> {
        let mut rooms: Vec<usize> = self.0.iter().map(|need| need.line).collect();
        let mut over = (1 + rooms.iter().map(|room| room + FRAME).sum::<usize>()).saturating_sub(width);
        while over > 0 {
            let wide = rooms.iter_mut().zip(&self.0).filter(|(room, need)| **room > need.word);
            let Some((room, _)) = wide.max_by_key(|(room, _)| **room) else { break };
            *room -= 1;
            over -= 1;
        }
        rooms
    }
}

/// A table from a heading and rows. `width` is the terminal's; without one nothing is wrapped.
#[must_use]
pub fn table<R>(heading: &[&str], rows: impl IntoIterator<Item = R>, width: Option<usize>) -> String
where
    R: IntoIterator<Item = String>,
{
    let mut columns = Room::of(heading);
    let mut builder = Builder::default();
    builder.push_record(heading.iter().map(ToString::to_string));
    for row in rows {
        let row: Vec<String> = row.into_iter().map(|cell| escape(&cell)).collect();
        columns.see(row.iter().map(String::as_str));
        builder.push_record(row);
    }
    let mut table = builder.build();
    table.with(Style::sharp());
    if let Some(width) = width {
        for (number, room) in columns.rooms(width).into_iter().enumerate() {
            table.modify(Columns::one(number), Width::wrap(room).keep_words(true));
        }
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

    #[test]
    fn no_word_is_broken_as_long_as_there_is_room_for_the_longest() {
        let row = || {
            [[
                "352544071750518".to_owned(),
                "some words that may be broken".to_owned(),
                "22.646430, 114.065730".to_owned(),
            ]]
        };
        let heading = ["device", "message", "position"];
        // Four lines, two blanks a column, and the longest words: 15, 7 of the heading, 11.
        for width in [80, 60, 50, 44, 43] {
            let text = table(&heading, row(), Some(width));
            assert!(text.lines().all(|line| line.chars().count() <= width), "{width}\n{text}");
            for word in ["352544071750518", "message", "words", "broken", "22.646430,", "114.065730"] {
                assert!(text.contains(word), "{width}: {word}\n{text}");
            }
        }
        let text = table(&heading, row(), Some(30));
        assert!(text.lines().all(|line| line.chars().count() <= 30), "{text}");
    }
}
