//! Reading an answer by the profile's forms.

use crate::engine::talk::{Spoken, State};
use crate::plan::Command;
use crate::profile::{Means, Profile, Reading};

pub(super) fn note(spoken: &mut Spoken, reading: &Reading) {
    spoken.state = State::Acknowledged;
    spoken.means = Some(reading.means);
    spoken.values = reading.values.clone();
    spoken.evidence = Some(reading.evidence);
    spoken.remark = reading.hint.clone();
}

/// The first line that a known reply form of the command fits, with its place. An answer to a query may be spread
/// over lines.
pub(super) fn read(profile: &Profile, command: &Command, lines: &[String]) -> Option<(Reading, usize)> {
    let lines = lines.iter().enumerate();
    let readings = lines.filter_map(|(at, line)| Some((profile.read_reply(command.step, line)?, at)));
    let (pending, mut readings): (Vec<_>, Vec<_>) =
        readings.partition(|(reading, _)| reading.means == Means::Pending);
    if readings.is_empty() {
        return pending.into_iter().next();
    }
    // A refusal among the lines counts before an OK that may belong to the command before.
    let refusal = readings.iter().position(|(reading, _)| !matches!(reading.means, Means::Ok | Means::Value));
    let (mut first, line) = readings.remove(refusal.unwrap_or(0));
    if first.means == Means::Value {
        let more = readings.into_iter().filter(|(reading, _)| reading.means == Means::Value);
        first.values.extend(more.flat_map(|(reading, _)| reading.values));
    }
    Some((first, line))
}
