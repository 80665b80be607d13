//! Values that stand in more than one row, with all their lines, for a million rows in little memory.
//! The first reading keeps 64 bits of each value; only what those show twice is looked at in a second one.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::columns::Column;
use super::lines::Lines;
use super::problem::Problem;
use crate::tracker::Tracker;

/// The columns in which no value may stand twice, and what a value of theirs is called.
const UNIQUE: [(Column, &str); 5] = [
    (Column::Imei, "IMEI"),
    (Column::DeviceId, "device id"),
    (Column::Phone, "phone number"),
    (Column::Iccid, "ICCID"),
    (Column::SimId, "SIM id"),
];

/// How many other lines a message names.
const NAMED: usize = 10;

/// How 64 bits are made of a text.
type Fold = fn(&str) -> u64;

/// The keys of the first reading.
pub(super) struct Keys {
    columns: [Vec<u64>; UNIQUE.len()],
    fold: Fold,
}

/// The keys that came more than once, and what the second reading finds under them.
pub(super) struct Suspects {
    columns: [Vec<u64>; UNIQUE.len()],
    fold: Fold,
    /// Column, key's place among the suspects of the column, line.
    found: Vec<(u8, u32, u64)>,
    /// The first text under each suspect of a column whose keys are not the value itself.
    texts: HashMap<(u8, u32), String>,
    /// Texts that share their key with another text.
    strays: HashMap<(u8, String), Vec<u64>>,
}

impl Keys {
    /// No key yet.
    pub(super) fn new() -> Self {
        Self::with(fold)
    }

    /// The same with another way to fold texts, for tests of what happens when two fall together.
    fn with(fold: Fold) -> Self {
        Self { columns: Default::default(), fold }
    }

    /// Keeps the keys of a row.
    pub(super) fn add(&mut self, tracker: &Tracker) {
        for (index, (column, _)) in UNIQUE.iter().enumerate() {
            if let Some(text) = text(tracker, *column) {
                self.columns[index].push(key(*column, text, self.fold));
            }
        }
    }

    /// The keys that came more than once; none at all when there are none.
    pub(super) fn suspects(self) -> Option<Suspects> {
        let fold = self.fold;
        let columns = self.columns.map(|mut keys| {
            keys.sort_unstable();
            let mut twice: Vec<u64> =
                keys.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
            twice.dedup();
            twice
        });
        let none = columns.iter().all(Vec::is_empty);
        (!none).then(|| Suspects {
            columns,
            fold,
            found: Vec::new(),
            texts: HashMap::new(),
            strays: HashMap::new(),
        })
    }
}

impl Suspects {
    /// Looks at a row of the second reading.
    pub(super) fn look(&mut self, tracker: &Tracker, line: u64) {
        for (index, (column, _)) in UNIQUE.iter().enumerate() {
            let Some(text) = text(tracker, *column) else { continue };
            let key = key(*column, text, self.fold);
            let Ok(place) = self.columns[index].binary_search(&key) else { continue };
            // Five columns, and fewer suspects than rows that memory can hold.
            let (at, place) = (index as u8, place as u32);
            if !is_exact(*column) {
                let first = self.texts.entry((at, place)).or_insert_with(|| text.to_owned());
                if first != text {
                    self.strays.entry((at, text.to_owned())).or_default().push(line);
                    continue;
                }
            }
            self.found.push((at, place, line));
        }
    }

    /// Reports every value that really stands in several rows, in the order of the lines, and adds those to `bad`.
    pub(super) fn report(mut self, bad: &mut Lines, sink: &mut dyn FnMut(Problem)) -> u64 {
        self.found.sort_unstable();
        let mut problems: Vec<(u64, u8, usize, usize)> = Vec::new();
        let mut start = 0;
        for group in self.found.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            let end = start + group.len();
            if group.len() > 1 {
                problems.extend(group.iter().map(|(at, _, line)| (*line, *at, start, end)));
            }
            start = end;
        }
        problems.sort_unstable();
        let mut count = 0;
        for (line, at, start, end) in problems {
            let group = &self.found[start..end];
            let lines = group.iter().map(|(_, _, line)| *line);
            let value = self.value(at, group[0].1);
            sink(problem(at, &value, line, lines, end - start));
            bad.insert(line);
            count += 1;
        }
        count + self.report_strays(bad, sink)
    }

    /// The same for texts whose keys fell together with another text's.
    fn report_strays(self, bad: &mut Lines, sink: &mut dyn FnMut(Problem)) -> u64 {
        let mut count = 0;
        for ((at, text), lines) in self.strays.iter().filter(|(_, lines)| lines.len() > 1) {
            for line in lines {
                sink(problem(*at, text, *line, lines.iter().copied(), lines.len()));
                bad.insert(*line);
                count += 1;
            }
        }
        count
    }

    /// The value that a suspect stands for.
    fn value(&self, at: u8, place: u32) -> String {
        let key = self.columns[usize::from(at)][place as usize];
        match UNIQUE[usize::from(at)].0 {
            Column::Imei => format!("{key:015}"),
            Column::Phone => format!("+{key}"),
            // The key has a 1 where the ICCID has its 89, which keeps the zeros behind it.
            Column::Iccid => format!("89{}", key.to_string().get(1..).unwrap_or_default()),
            _ => self.texts.get(&(at, place)).cloned().unwrap_or_default(),
        }
    }
}

/// The problem of one row: the value and the other lines.
fn problem(at: u8, value: &str, line: u64, lines: impl Iterator<Item = u64>, count: usize) -> Problem {
    let (column, what) = UNIQUE[usize::from(at)];
    let mut others: Vec<String> =
        lines.filter(|other| *other != line).take(NAMED).map(|line| line.to_string()).collect();
    let more = count - 1 - others.len();
    let word = if count == 2 { "line" } else { "lines" };
    let last = if more > 0 { Some(format!("{more} more")) } else { others.pop() };
    let list = match (others.is_empty(), last) {
        (false, Some(last)) => format!("{} and {last}", others.join(", ")),
        (_, last) => last.unwrap_or_default(),
    };
    let message = format!(
        "the {what} {value} is also on {word} {list}: every tracker has its own, correct or remove all but one"
    );
    Problem::error(line, "duplicate", message)
        .fix(format!("one row with this {what}"))
        .at(column.name(), value)
}

/// The value of a column in which none may stand twice.
fn text(tracker: &Tracker, column: Column) -> Option<&str> {
    match column {
        Column::Imei => tracker.imei.as_ref().map(crate::tracker::Imei::as_str),
        Column::DeviceId => tracker.device_id.as_deref(),
        Column::Phone => tracker.phone.as_ref().map(crate::tracker::Phone::digits),
        Column::Iccid => tracker.iccid.as_ref().map(crate::tracker::Iccid::as_str),
        Column::SimId => tracker.sim_id.as_deref(),
        _ => None,
    }
}

/// Whether the keys of a column are the values themselves.
fn is_exact(column: Column) -> bool {
    matches!(column, Column::Imei | Column::Phone | Column::Iccid)
}

/// 64 bits of a value. Digits are kept as the number they are: at most 15 of an IMEI or a phone number, at most 18
/// behind the 89 of an ICCID.
fn key(column: Column, text: &str, fold: Fold) -> u64 {
    match column {
        Column::Imei | Column::Phone => number(0, text),
        Column::Iccid => number(1, text.get(2..).unwrap_or_default()),
        _ => fold(text),
    }
}

/// Digits behind a first number, as one number.
fn number(first: u64, digits: &str) -> u64 {
    digits.bytes().fold(first, |number, digit| {
        number.wrapping_mul(10).wrapping_add(u64::from(digit.wrapping_sub(b'0')))
    })
}

/// 64 bits of any text.
fn fold(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tracker::{Iccid, Phone};

    fn run(fold: Fold, trackers: &[Tracker]) -> (Vec<Problem>, Lines) {
        let mut keys = Keys::with(fold);
        trackers.iter().for_each(|tracker| keys.add(tracker));
        let (mut problems, mut bad) = (Vec::new(), Lines::default());
        if let Some(mut suspects) = keys.suspects() {
            trackers.iter().zip(2..).for_each(|(tracker, line)| suspects.look(tracker, line));
            suspects.report(&mut bad, &mut |problem| problems.push(problem));
        }
        (problems, bad)
    }

    fn device(id: &str) -> Tracker {
        Tracker { device_id: Some(id.to_owned()), ..Tracker::default() }
    }

    #[test]
    fn every_column_is_watched_and_names_the_other_lines() {
        let tracker = Tracker {
            imei: "869912033012424".parse().ok(),
            phone: Phone::parse("+573001234567", None).ok(),
            iccid: Iccid::parse("8901410321111851072").ok().map(|(iccid, _)| iccid),
            device_id: Some("A1".into()),
            sim_id: Some("S1".into()),
            ..Tracker::default()
        };
        let (problems, bad) = run(fold, &[tracker.clone(), device("A2"), tracker.clone(), tracker]);
        assert_eq!(bad.iter().collect::<Vec<_>>(), [2, 4, 5]);
        assert_eq!(problems.len(), 15);
        let first: Vec<_> =
            problems.iter().filter(|p| p.line == 2).map(|p| p.message.split(':').next().unwrap()).collect();
        assert_eq!(
            first,
            [
                "the IMEI 869912033012424 is also on lines 4 and 5",
                "the device id A1 is also on lines 4 and 5",
                "the phone number +573001234567 is also on lines 4 and 5",
                "the ICCID 8901410321111851072 is also on lines 4 and 5",
                "the SIM id S1 is also on lines 4 and 5",
            ]
        );
    }

    #[test]
    fn texts_that_fall_together_are_no_duplicates() {
        let (problems, bad) = run(|_| 7, &[device("a"), device("b"), device("c")]);
        assert!(problems.is_empty() && bad.is_empty());
        let (problems, bad) = run(|_| 7, &[device("a"), device("b"), device("b"), device("a"), device("c")]);
        assert_eq!(problems.len(), 4);
        assert_eq!(bad.iter().collect::<Vec<_>>(), [2, 3, 4, 5]);
    }

    #[test]
    fn many_lines_are_counted_and_not_listed() {
        let (problems, _) = run(fold, &vec![device("a"); 14]);
        assert!(
            problems[0].message.contains("lines 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 and 3 more"),
            "{}",
            problems[0].message
        );
        let (problems, _) = run(fold, &vec![device("a"); 2]);
        assert!(problems[1].message.contains("is also on line 2:"), "{}", problems[1].message);
    }
}
