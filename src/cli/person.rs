//! The technician behind `--via manual`: sees what to send, tells what came back. It talks on standard error, so that
//! the outcome stays alone on standard output.

use crate::courier::{Person, Said, Wait};
use crate::tracker::Phone;
use crate::ui::{Term, Volume, escape, qr};
use crate::units::show_duration;

/// A person at this terminal, with a phone.
pub(super) struct Technician {
    to: Option<Phone>,
    term: Term,
    told: bool,
}

impl Technician {
    pub(super) fn new(to: Option<Phone>) -> Self {
        Self { to, term: Term::new(Volume::Normal), told: false }
    }

    /// Reads an answer: lines up to an empty one, or one of the three words.
    fn answer(&mut self) -> Said {
        let mut lines: Vec<String> = Vec::new();
        loop {
            let prompt = if lines.is_empty() { "answer> " } else { "   ...> " };
            let Some(line) = self.term.ask_line(prompt) else {
                return if lines.is_empty() { Said::Stop { sent: None } } else { Said::Answer(lines) };
            };
            match line.trim() {
                "" if lines.is_empty() => self.term.err(WORDS),
                "" => return Said::Answer(lines),
                word if lines.is_empty() && matches!(word.to_lowercase().as_str(), "silent" | "next") => {
                    return Said::Nothing;
                }
                word if lines.is_empty() && word.eq_ignore_ascii_case("stop") => return self.stop(),
                _ => lines.push(line),
            }
        }
    }

    fn stop(&mut self) -> Said {
        let sent = self.term.ask_line("Was this one sent? [y/N] ");
        Said::Stop { sent: sent.map(|sent| matches!(sent.trim().to_lowercase().as_str(), "y" | "yes")) }
    }
}

const WORDS: &str = "\
Type what the tracker answered and an empty line, or one word:
  silent   no answer came
  next     go on without waiting
  stop     end here";

impl Person for Technician {
    fn send(&mut self, text: &str, wait: Wait) -> Said {
        let to = self.to.map(|phone| format!(" to {}", phone.as_str())).unwrap_or_default();
        self.term.err(&format!("Send this text from your phone{to}:\n\n    {}", escape(text)));
        self.term.err("");
        let payload = qr::payload(self.to.as_ref().map(Phone::as_str), text);
        if let Some(code) = qr::terminal(&payload, false).filter(|_| self.term.is_live()) {
            self.term.err(&code);
        }
        if !self.told {
            self.told = true;
            self.term.err(WORDS);
        }
        self.term.err(&format!("An answer usually comes within {}.", show_duration(wait.timeout)));
        self.answer()
    }

    fn again(&mut self, lines: &[String]) -> Option<Said> {
        let shown = escape(&lines.join(" "));
        self.term.err(&format!("No known answer to this command looks like \"{shown}\"."));
        let line = self.term.ask_line("Enter takes it as it is; else type it once more> ")?;
        (!line.trim().is_empty()).then(|| Said::Answer(vec![line]))
    }
}
