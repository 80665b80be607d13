//! Values that stand in more than one row, with all their lines, for a million rows in little memory.
//! The first reading keeps 64 bits of each value; only what those show twice is looked at in a second one.

use std::collections::BTreeMap;
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
pub(super) struct Suspects(Vec<Watched>);

/// The suspects of one column.
struct Watched {
    column: Column,
    what: &'static str,
    fold: Fold,
    /// In order, each once.
    keys: Vec<u64>,
    /// The key's place and the line, in the order of the lines.
    found: Vec<(u32, u32)>,
    /// The first text under each key, where the key is not the value itself.
    texts: Vec<Option<Box<str>>>,
    /// Texts that share their key with another text, and their lines.
    strays: BTreeMap<String, Vec<u32>>,
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
        for (keys, (column, _)) in self.columns.iter_mut().zip(UNIQUE) {
            keys.extend(text(tracker, column).map(|text| key(column, text, self.fold)));
        }
    }

    /// The keys that came more than once; none at all when there are none.
    pub(super) fn suspects(self) -> Option<Suspects> {
        let columns = self.columns.into_iter().zip(UNIQUE).map(|(mut keys, (column, what))| {
            keys.sort_unstable();
            let pairs = keys.windows(2).filter(|pair| pair[0] == pair[1]);
            let mut twice: Vec<u64> = pairs.map(|pair| pair[0]).collect();
            twice.dedup();
            Watched::new(column, what, self.fold, twice)
        });
        let columns: Vec<_> = columns.filter(|watched| !watched.keys.is_empty()).collect();
        (!columns.is_empty()).then_some(Suspects(columns))
    }
}

impl Suspects {
    /// Looks at a row of the second reading.
    pub(super) fn look(&mut self, tracker: &Tracker, line: u64) {
        // A file with more lines than fit here would be larger than any disk.
        let line = u32::try_from(line).unwrap_or(u32::MAX);
        for watched in &mut self.0 {
            if let Some(text) = text(tracker, watched.column) {
                watched.look(text, line);
            }
        }
    }

    /// Reports every value that really stands in several rows, in the order of the lines, and adds those to `bad`.
    /// Returns how many problems there were.
    pub(super) fn report(self, bad: &mut Lines, sink: &mut dyn FnMut(Problem)) -> u64 {
        let mut count = 0;
        let mut tell = |problem: Problem| {
            bad.insert(problem.line);
            count += 1;
            sink(problem);
        };
        let mut groups: Vec<Groups<'_>> = self.0.iter().map(Groups::new).collect();
        while let Some(next) =
            groups.iter_mut().filter(|group| group.line().is_some()).min_by_key(|group| group.line())
        {
            next.advance().into_iter().for_each(&mut tell);
        }
        for watched in &self.0 {
            for (text, lines) in watched.strays.iter().filter(|(_, lines)| lines.len() > 1) {
                lines.iter().for_each(|line| tell(watched.problem(text, *line, lines)));
            }
        }
        count
    }
}

impl Watched {
    fn new(column: Column, what: &'static str, fold: Fold, keys: Vec<u64>) -> Self {
        let texts = if is_exact(column) { Vec::new() } else { vec![None; keys.len()] };
        Self { column, what, fold, keys, found: Vec::new(), texts, strays: BTreeMap::new() }
    }

    /// Keeps the line of a text whose key is a suspect.
    fn look(&mut self, text: &str, line: u32) {
        let Ok(place) = self.keys.binary_search(&key(self.column, text, self.fold)) else { return };
        if let Some(first) = self.texts.get_mut(place)
            && first.get_or_insert_with(|| text.into()).as_ref() != text
        {
            return self.strays.entry(text.to_owned()).or_default().push(line);
        }
        // There are fewer keys than rows, and the lines of the rows fit.
        self.found.push((place as u32, line));
    }

    /// The value that a key stands for.
    fn value(&self, place: usize) -> String {
        let key = self.keys[place];
        match self.column {
            Column::Imei => format!("{key:015}"),
            Column::Phone => format!("+{key}"),
            // The key has a 1 where the ICCID has its 89, which keeps the zeros behind it.
            Column::Iccid => format!("89{}", key.to_string().get(1..).unwrap_or_default()),
            _ => self.texts.get(place).and_then(Option::as_deref).unwrap_or_default().to_owned(),
        }
    }

    /// The problem of one row: the value and the other lines.
    fn problem(&self, value: &str, line: u32, lines: &[u32]) -> Problem {
        let Self { column, what, .. } = self;
        let message = format!(
            "the {what} {value} is also on {}: every tracker has its own, correct or remove all but one",
            other_lines(line, lines)
        );
        let problem = Problem::error(u64::from(line), "duplicate", message);
        problem.fix(format!("one row with this {what}")).at(column.name(), value)
    }
}

/// What was found in a column, the lines of each key together.
struct Groups<'w> {
    watched: &'w Watched,
    /// Where the lines of each key begin, and behind the last where they end.
    starts: Vec<u32>,
    lines: Vec<u32>,
    next: usize,
}

impl<'w> Groups<'w> {
    fn new(watched: &'w Watched) -> Self {
        let mut starts = vec![0; watched.keys.len() + 1];
        watched.found.iter().for_each(|(place, _)| starts[*place as usize + 1] += 1);
        (1..starts.len()).for_each(|index| starts[index] += starts[index - 1]);
        let mut ends = starts.clone();
        let mut lines = vec![0; watched.found.len()];
        for (place, line) in &watched.found {
            let end = &mut ends[*place as usize];
            lines[*end as usize] = *line;
            *end += 1;
        }
        Self { watched, starts, lines, next: 0 }
    }

    /// The line of the next row that was found.
    fn line(&self) -> Option<u32> {
        self.watched.found.get(self.next).map(|(_, line)| *line)
    }

    /// Goes on by one row; its problem, if its value is really in another row too.
    fn advance(&mut self) -> Option<Problem> {
        let (place, line) = *self.watched.found.get(self.next)?;
        self.next += 1;
        let place = place as usize;
        let lines = &self.lines[self.starts[place] as usize..self.starts[place + 1] as usize];
        (lines.len() > 1).then(|| self.watched.problem(&self.watched.value(place), line, lines))
    }
}

/// `line 4`, `lines 4, 9 and 12`: all lines but one's own, the first ten of them by number.
fn other_lines(line: u32, lines: &[u32]) -> String {
    let others = lines.iter().filter(|other| **other != line).take(NAMED);
    let mut others: Vec<String> = others.map(ToString::to_string).collect();
    let more = lines.len().saturating_sub(1 + others.len());
    let last = if more > 0 { Some(format!("{more} more")) } else { others.pop() }.unwrap_or_default();
    match others.len() {
        0 => format!("line {last}"),
        _ => format!("lines {} and {last}", others.join(", ")),
    }
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
