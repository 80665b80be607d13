//! Tables for people, cut to the terminal's width: between words as long as there is room for the longest ones.

use tabled::builder::Builder;
use tabled::grid::util::string::get_string_width;
use tabled::settings::Style;

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

    /// The room of each column in a table of this width: the widest are narrowed first, and none below its longest word
    /// while another one can be. Where that is not enough, words are broken, those of the widest column first.
    fn rooms(&self, width: usize) -> Vec<usize> {
        let mut rooms: Vec<usize> = self.0.iter().map(|need| need.line).collect();
        let mut over = (1 + rooms.iter().map(|room| room + FRAME).sum::<usize>()).saturating_sub(width);
        for whole in [true, false] {
            while over > 0 {
                let least = |need: &Need| if whole { need.word } else { 1 };
                let wide = rooms.iter_mut().zip(&self.0).filter(|(room, need)| **room > least(need));
                let Some((room, _)) = wide.max_by_key(|(room, _)| **room) else { break };
                *room -= 1;
                over -= 1;
            }
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
    let heading = heading.iter().map(ToString::to_string).collect();
    let mut all: Vec<Vec<String>> = vec![heading];
    for row in rows {
        let row: Vec<String> = row.into_iter().map(|cell| escape(&cell)).collect();
        columns.see(row.iter().map(String::as_str));
        all.push(row);
    }
    let rooms = width.map(|width| columns.rooms(width)).unwrap_or_default();
    let mut builder = Builder::default();
    for row in all {
        let cell = |(number, cell): (usize, String)| match rooms.get(number) {
            Some(room) => fold(&cell, *room),
            None => cell,
        };
        builder.push_record(row.into_iter().enumerate().map(cell));
    }
    let mut table = builder.build();
    table.with(Style::sharp());
    let text = table.to_string();
    // Blanks at the end of a line are of no use to anyone, and a test or a diff sees them.
    text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

/// A cell whose lines are not wider than this: broken between words, and within one that is wider by itself. Blanks
/// that a line begins with stay, as a command may begin with them; those at a break go.
fn fold(cell: &str, room: usize) -> String {
    let lines: Vec<String> = cell.lines().flat_map(|line| fold_line(line, room)).collect();
    lines.join("\n")
}

fn fold_line(line: &str, room: usize) -> Vec<String> {
    if get_string_width(line) <= room {
        return vec![line.to_owned()];
    }
    let (mut lines, mut now) = (Vec::new(), String::new());
    for part in line.split_inclusive(' ') {
        let word = part.trim_end_matches(' ');
        if get_string_width(&now) + get_string_width(word) > room && !now.trim().is_empty() {
            lines.push(now.trim_end().to_owned());
            now.clear();
        }
        for c in part.chars() {
            if get_string_width(&now) + get_string_width(c.encode_utf8(&mut [0; 4])) > room && c != ' ' {
                lines.push(std::mem::take(&mut now));
            }
            now.push(c);
        }
    }
    lines.push(now.trim_end().to_owned());
    lines
}

#[cfg(test)]
mod tests {
    use super::table;

    #[test]
    fn where_a_line_is_broken_stands_no_blank_and_no_empty_line() {
        // At this width the longest example has no room of its own, and the title is broken too.
        let row = |title: &str, sends: &str| ["apn", title, sends, "platform", "plaspy"].map(str::to_owned);
        let rows = [
            row("APN of the SIM, with user and password where wanted", "  setparam 2001:internet"),
            row("Server that the tracker reports to", "SERVER,1,d.plaspy.com,8888,with,more,behind#"),
        ];
        let text = table(&["step", "what", "example", "evidence", "source"], rows, Some(80));
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
        for line in text.lines().skip(3).filter(|line| line.starts_with('│')) {
            let cells: Vec<&str> = line.split('│').collect();
            assert!(cells.iter().any(|cell| !cell.trim().is_empty()), "{text}");
            assert!(!cells[2].starts_with("  ") || cells[2].trim().is_empty(), "{text}");
        }
        // The blanks that a command begins with are a part of it.
        assert!(text.contains("│   setparam 2001:internet"), "{text}");
        let bare: String = text.lines().skip(3).filter_map(|line| line.split('│').nth(2)).collect();
        let words: Vec<&str> = bare.split_whitespace().collect();
        let titles = "APN of the SIM, with user and password where wanted Server that the tracker reports to";
        assert_eq!(words.join(" "), titles, "{text}");
    }

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
