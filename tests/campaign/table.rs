//! The figures of a campaign as a table.

use crate::round::Outcome;

/// A line; `run.sh` writes the heading.
pub(crate) fn line(name: &str, seed: u64, outcome: &Outcome) -> String {
    let standing = |name: &str| outcome.standings.get(name).copied().unwrap_or_default().to_string();
    let counts =
        ["verified", "acknowledged", "sent", "unknown", "refused", "failed", "planned"].map(standing);
    let (simulated, took) = outcome.took;
    format!(
        "| {name} | {seed} | {} | {} | {} | {} | {} | {} | {} | {:.1} kB | {:.1} h | {:.1} s |",
        outcome.trackers,
        outcome.messages,
        counts.join(" | "),
        outcome.unequal.len(),
        outcome.twice.len(),
        outcome.wrong.len(),
        outcome.untrue.len(),
        outcome.journal as f64 / 1000.0 / outcome.trackers as f64,
        simulated.as_secs_f64() / 3600.0,
        took.as_secs_f64(),
    )
}
