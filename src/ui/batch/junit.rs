//! The report as JUnit XML, for CI: a test case a tracker. What is open counts as an error, what failed as a failure.

use std::io::{self, Write};

use super::Format;
use crate::report::{BatchHead, TrackerReport, Verdict};

/// JUnit XML.
#[derive(Debug, Default)]
pub struct JUnit {
    /// Failures and errors, which stand in front of the cases.
    counts: [u64; 2],
    name: String,
}

impl JUnit {
    /// With the numbers of trackers that failed and that are open, which have to be known before.
    #[must_use]
    pub fn new(failures: u64, errors: u64) -> Self {
        Self { counts: [failures, errors], name: String::new() }
    }
}

/// Text safe in XML 1.0; what it cannot hold is left out.
fn xml(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\n' | '\r' | '\t' => safe.push(' '),
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => safe.push('\u{FFFD}'),
            c => safe.push(c),
        }
    }
    safe
}

impl Format for JUnit {
    fn begin(&mut self, head: &BatchHead, out: &mut dyn Write) -> io::Result<()> {
        self.name = xml(&head.name);
        let ([failures, errors], name, total) = (self.counts, &self.name, head.total);
        writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
        writeln!(out, "<testsuites tests=\"{total}\" failures=\"{failures}\" errors=\"{errors}\">")?;
        writeln!(
            out,
            "<testsuite name=\"{name}\" tests=\"{total}\" failures=\"{failures}\" errors=\"{errors}\" timestamp=\"{}\">",
            head.created.trim_end_matches('Z')
        )
    }

    fn tracker(&mut self, tracker: &TrackerReport, out: &mut dyn Write) -> io::Result<()> {
        let name = xml(&format!("{} ({})", tracker.name, tracker.key));
        write!(out, "<testcase classname=\"{}.{}\" name=\"{name}\"", self.name, xml(&tracker.profile))?;
        let kind = xml(&format!("{} {}", tracker.standing, tracker.reason_word()));
        let (message, kind) = (xml(&tracker.why), kind.trim_end());
        match tracker.verdict() {
            Verdict::Good => writeln!(out, "/>"),
            Verdict::Bad => writeln!(out, "><failure type=\"{kind}\" message=\"{message}\"/></testcase>"),
            Verdict::Open => writeln!(out, "><error type=\"{kind}\" message=\"{message}\"/></testcase>"),
        }
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "</testsuite>\n</testsuites>")
    }
}

#[cfg(test)]
mod tests {
    use super::xml;

    #[test]
    fn nothing_of_a_device_ends_an_attribute_or_breaks_the_document() {
        assert_eq!(xml("a<b>&\"\u{1b}\n"), "a&lt;b&gt;&amp;&quot;\u{FFFD} ");
    }
}
