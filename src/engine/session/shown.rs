//! What came back, as it may be shown: with every secret masked that an echo or a late answer may bring.

use super::Session;
use crate::profile::Profile;
use crate::secret::Secret;

impl Session {
    /// Lines of an answer to the present turn as they may be shown.
    #[must_use]
    pub fn shown(&self, lines: &[String]) -> Vec<String> {
        let Some((script, command)) = self.present() else { return Vec::new() };
        self.masked(&script.profile, command.step, lines)
    }

    /// Lines that came after a step of `profile`, with every secret masked that a late answer or the echo of any
    /// command of ours may bring.
    pub(super) fn masked(&self, profile: &Profile, step: usize, lines: &[String]) -> Vec<String> {
        let scripts = || self.probes.iter().chain([&self.commands, &self.reads]);
        let mask = |line: &String| {
            let mut line = scripts().fold(line.clone(), |line, script| script.without_echo(line));
            line = profile.mask_reply(step, &line);
            for script in scripts() {
                let steps = script.plan.commands.iter().map(|command| command.step);
                line = steps.fold(line, |line, step| script.profile.mask_reply(step, &line));
            }
            // A device that quotes us in words of its own follows no form: our own secrets are known by their value.
            let names = self.tracker.settings.names().filter(|name| self.profile.is_secret(name));
            names
                .filter_map(|name| self.tracker.value(name))
                .fold(line, |line, secret| without_word(&line, &secret))
        };
        lines.iter().map(mask).collect()
    }
}

/// A line with a secret masked wherever it stands by itself: digits inside a longer number are none.
fn without_word(line: &str, secret: &str) -> String {
    if secret.is_empty() {
        return line.to_owned();
    }
    let mut shown = String::with_capacity(line.len());
    let mut from = 0;
    for (at, _) in line.match_indices(secret) {
        let end = at + secret.len();
        let inside =
            line[..at].ends_with(char::is_alphanumeric) || line[end..].starts_with(char::is_alphanumeric);
        shown.push_str(&line[from..at]);
        shown.push_str(if inside { secret } else { Secret::MASK });
        from = end;
    }
    shown + &line[from..]
}
