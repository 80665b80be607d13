//! The figures of a campaign as a table.

use crate::round::Outcome;

/// The first lines of the table.
pub(crate) const HEAD: &str = "| faults | trackers | messages | verified | acknowledged | sent | unknown | refused | failed | planned | unequal | twice | wrong | untrue | simulated | took |\n|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|";

pub(crate) fn line(name: &str, outcome: &Outcome) -> String {
    let standing = |name: &str| outcome.standings.get(name).copied().unwrap_or_default().to_string();
    let counts =
        ["verified", "acknowledged", "sent", "unknown", "refused", "failed", "planned"].map(standing);
    let (simulated, took) = outcome.took;
    format!(
        "| {name} | {} | {} | {} | {} | {} | {} | {} | {:.1} h | {:.1} s |",
        outcome.trackers,
        outcome.messages,
        counts.join(" | "),
        outcome.unequal.len(),
        outcome.twice.len(),
        outcome.wrong.len(),
        outcome.untrue.len(),
        simulated.as_secs_f64() / 3600.0,
        took.as_secs_f64(),
    )
}
