//! Durations and shares as a person says them.

/// `45 s`, `12 min`, `5 h 30 min`, `3 days 4 h`; without a sign.
pub(super) fn time(seconds: i64) -> String {
    let seconds = seconds.unsigned_abs();
    let parts = match seconds {
        0..120 => return format!("{seconds} s"),
        120..7_200 => [(seconds / 60, "min"), (if seconds < 600 { seconds % 60 } else { 0 }, "s")],
        7_200..172_800 => [(seconds / 3_600, "h"), (seconds % 3_600 / 60, "min")],
        _ => [(seconds / 86_400, "days"), (seconds % 86_400 / 3_600, "h")],
    };
    let shown = parts.iter().filter(|(number, _)| *number > 0);
    shown.map(|(number, unit)| format!("{number} {unit}")).collect::<Vec<_>>().join(" ")
}

/// `+05:30`, of whole minutes.
pub(super) fn offset(seconds: i64) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = (seconds.unsigned_abs() + 30) / 60;
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

/// `1 message`, `3 messages`.
pub(super) fn count(number: u64, word: &str) -> String {
    if number == 1 { format!("1 {word}") } else { format!("{number} {word}s") }
}
