//! What simulated trackers did, for people.

use super::escape;
use super::term::Term;
use crate::report::SimulatedRun;
use crate::simulate::Counts;

/// Writes a few lines: what went out, what came back, what went wrong.
pub fn write(term: &mut Term, run: &SimulatedRun, counts: &Counts) {
    let seconds = run.took.as_secs_f64();
    let rate = if seconds > 0.0 { counts.sent as f64 / seconds } else { 0.0 };
    let headline = format!(
        "{} of {} sent to {}/{} in {seconds:.1} s ({rate:.0} a second), {} answered",
        plural(counts.sent, "message"),
        plural(counts.trackers, "tracker"),
        run.to,
        run.transport.word(),
        counts.answers
    );
    let headline = term.bold(&headline);
    term.sentence(&headline);
    term.line(format!("{}, {}", plural(counts.positions, "position"), plural(counts.bytes, "byte")));
    let parts = [
        (counts.duplicated, "sent twice"),
        (counts.spoiled, "with a wrong checksum"),
        (counts.dropped, "lost on purpose"),
        (counts.commands, "commands of the server, which a simulated tracker does not obey"),
    ];
    for (count, what) in parts.into_iter().filter(|(count, _)| *count > 0) {
        term.line(format!("{count} {what}"));
    }
    let parts = [
        (counts.unanswered, "login", "not answered within 5 s"),
        (counts.refused, "connection", "not made"),
        (counts.lost, "connection or datagram", "lost"),
    ];
    for (count, what, how) in parts.into_iter().filter(|(count, ..)| *count > 0) {
        term.line(format!("{} {how}", plural(count, what)));
    }
    if let Some(trouble) = &counts.trouble {
        term.sentence(&format!("the first trouble: {}", escape(trouble)));
    }
}

fn plural(count: u64, word: &str) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
}
