//! What a tracker told beside what was compared, and what changed since a snapshot, as text.

use crate::engine::{Audited, Seen};
use crate::report::{Became, Change};

use super::table::table;
use super::term::{Term, escape};

/// Writes the firmware and what was not seen, by name.
pub fn matters(term: &mut Term, firmware: Option<&str>, matters: &[Audited]) {
    term.line(escape(&format!("firmware: {}", firmware.unwrap_or("not told"))));
    for (seen, words) in [
        (Seen::NotAnswered, "asked and not told"),
        (Seen::NotAsked, "not asked (--full does)"),
        (Seen::Unreadable, "cannot be read, as no known answer of this family shows it"),
    ] {
        let titles =
            matters.iter().filter(|audited| audited.seen == seen).map(|audited| audited.matter.title());
        let titles: Vec<&str> = titles.collect();
        if !titles.is_empty() {
            term.sentence(&format!("{words}: {}", titles.join(", ")));
        }
    }
}

/// Writes what became of each thing since a snapshot, what changed first.
pub fn changes(term: &mut Term, sentence: &str, changes: &[Change]) {
    term.sentence(&escape(sentence));
    let order = [Became::Changed, Became::NotRead, Became::New, Became::Secret, Became::Same];
    let rows = order.iter().flat_map(|became| changes.iter().filter(move |change| change.became == *became));
    let show = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".to_owned());
    let rows =
        rows.map(|change| [change.name.clone(), show(&change.was), show(&change.is), word(change.became)]);
    let text = table(&["setting", "was", "is", ""], rows, term.width());
    term.line(text);
}

fn word(became: Became) -> String {
    let word = match became {
        Became::Same => "same",
        Became::Changed => "CHANGED",
        Became::NotRead => "not read",
        Became::Secret => "secret, not compared",
        Became::New => "not in the snapshot",
    };
    word.to_owned()
}
