//! A frame explained: the verdict in a line, what is wrong, the bytes with the names of their fields, then the fields
//! with their units, what to register and what the server has to answer.

use std::io;

use crate::diagnose::Finding;
use crate::report::hex;
use crate::wire::{CLAIM, Direction, Kind, PROTOCOLS, Verdict, View, detect, refusals};

use super::super::term::{Term, escape};
use super::{Format, Frame, Other, Place, Tally, fields, words};

/// Everything about every frame.
#[derive(Debug, Default)]
pub struct Explain {
    begun: bool,
}

impl Explain {
    /// A blank line between two things.
    fn gap(&mut self, term: &mut Term) {
        if self.begun {
            term.line("");
        }
        self.begun = true;
    }
}

impl Format for Explain {
    fn wants_fields(&self) -> bool {
        true
    }

    fn frame(&mut self, frame: &Frame<'_>, term: &mut Term) -> io::Result<()> {
        self.gap(term);
        headline(frame.place, &verdict(frame), term);
        if !frame.claimed {
            term.sentence(&format!("  {}", words::possible(frame)));
            evidence(frame.bytes, term);
        }
        for fault in words::faults(frame) {
            term.sentence(&format!("  {fault}"));
        }
        if frame.put_back > 0 {
            let what = if frame.put_back == 1 { "LF" } else { "CR LF" };
            term.sentence(&format!("  the {what} at its end was put back: the input has none"));
        }
        term.line("");
        fields::dump(frame, term);
        for view in frame.messages.views(frame.bytes) {
            term.line("");
            fields::list(&view, term);
        }
        if let Some(answer) = frame.answer {
            term.line("");
            term.line(format!("  the server has to answer: {}", hex(answer)));
        }
        Ok(())
    }

    fn other(&mut self, other: &Other<'_>, place: &Place, term: &mut Term) -> io::Result<()> {
        self.gap(term);
        headline(place, &words::other(other), term);
        match other {
            Other::NotRecognised(bytes, _) => {
                fields::plain(bytes, term);
                refused(bytes, term);
            }
            Other::Noise(bytes, _) | Other::Foreign(_, bytes) => {
                fields::plain(bytes.get(..64).unwrap_or(bytes), term);
            }
            Other::Refused(_) | Other::Missing(_) => {}
        }
        Ok(())
    }

    fn finish(&mut self, tally: &Tally, findings: &[Finding], term: &mut Term) -> io::Result<()> {
        let several = tally.frames + tally.possible + tally.unknown + tally.foreign + tally.refused > 1;
        if several {
            self.gap(term);
            term.line(words::tally(tally));
        }
        if !findings.is_empty() {
            self.gap(term);
            let heading = term.bold("findings");
            term.line(heading);
        }
        for finding in findings {
            let (first, second) = words::finding(finding);
            term.sentence(&format!("  {first}"));
            term.sentence(&format!("    {}", escape(&second)));
        }
        Ok(())
    }
}

/// The verdict, with what it is about in front and its first words standing out.
fn headline(place: &Place, text: &str, term: &mut Term) {
    let (word, rest) = match text.split_once(" · ") {
        Some((word, rest)) => (word, format!(" · {rest}")),
        None => (text, String::new()),
    };
    let line = format!("{}{rest}", term.bold(word));
    term.sentence(&words::placed(place, &line));
}

/// What the frame is, whether it is whole, whether there is a fix, whether an answer is wanted.
fn verdict(frame: &Frame<'_>) -> String {
    let Some(view) = frame.messages.views(frame.bytes).next() else {
        return format!("{} · {}", frame.protocol.name, whole(frame));
    };
    let perhaps = if frame.claimed { "" } else { "possible: " };
    let mut what = format!("{perhaps}{} {} {}", frame.protocol.name, escape(&view.code()), view.name);
    if let Some(id) = view.device_id.filter(|_| view.id_in_frame) {
        let to = if view.direction == Direction::Up { "from" } else { "for" };
        what.push_str(&format!(" {to} {id}"));
    }
    let mut parts = vec![what];
    if frame.messages.len() > 1 {
        parts.push(format!("{} messages", frame.messages.len()));
    }
    parts.push(whole(frame));
    parts.extend(fix(&view));
    parts.extend(view.time.map(|time| time.to_string()));
    if view.direction == Direction::Up {
        parts.push(answer(frame, view.kind).to_owned());
    }
    parts.join(" · ")
}

/// Whether the server has to answer. What it is asked for and this program gives no answer to is told as that.
fn answer(frame: &Frame<'_>, kind: Kind) -> &'static str {
    match (frame.answer.is_some(), frame.is_whole(), kind) {
        (true, ..) => "needs an answer",
        (false, true, Kind::Question) => "asks for an answer that homing does not give",
        (false, false, Kind::Question | Kind::Login | Kind::Heartbeat) => "not answered, as it is damaged",
        (false, ..) => "no answer needed",
    }
}

fn fix(view: &View<'_>) -> Option<String> {
    let satellites = view.satellites.map_or_else(String::new, |number| format!(", {number} satellites"));
    match view.valid {
        Some(true) => Some(format!("fix{satellites}")),
        Some(false) => Some(format!("no fix{satellites}")),
        None if view.kind == Kind::Position => Some("no position".to_owned()).filter(|_| view.lat.is_none()),
        None => None,
    }
}

/// Whether it is whole, and by what; else what is wrong, in short.
fn whole(frame: &Frame<'_>) -> String {
    if !frame.is_whole() {
        return format!("damaged: {}", words::short_faults(frame));
    }
    let fits = match (frame.messages.length().is_some(), frame.messages.checksum().is_some()) {
        (true, true) => "length and checksum fit",
        (true, false) => "the length fits, and there is no checksum",
        (false, true) => "the checksum fits",
        (false, false) => "nothing to check it by",
    };
    format!("whole ({fits})")
}

/// What speaks for the protocols that are possible.
fn evidence(bytes: &[u8], term: &mut Term) {
    if let Verdict::Possible(candidates) = detect(bytes, true) {
        for candidate in candidates {
            let words = candidate.evidence.words().collect::<Vec<_>>().join(", ");
            let score = candidate.evidence.score();
            term.sentence(&format!(
                "  {}: {words} (score {score}, {CLAIM} claims it)",
                candidate.protocol.name
            ));
        }
    }
}

/// What was looked for, and why each protocol refused.
fn refused(bytes: &[u8], term: &mut Term) {
    term.line("");
    term.line("  what was looked for, and why it is none of them:");
    let refused: Vec<_> = refusals(bytes).collect();
    for protocol in PROTOCOLS {
        let why = refused.iter().find(|(refuses, _)| *refuses == protocol).map(|(_, why)| *why);
        let why = why.unwrap_or("it may be this one, and was not asked for: leave --protocol out");
        term.sentence(&format!("  {:<9} {why}", protocol.name));
    }
}
