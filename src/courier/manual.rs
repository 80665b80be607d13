//! A person with a phone: is shown what to send, and tells what came back.
//! How a text is shown and an answer taken is the person's own trait; nothing is printed here.

use super::{Answer, Courier, Listener, Trouble, Wait};

/// What a person tells after sending a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// The answer, as it stands on the phone.
    Answer(Vec<String>),
    /// No answer came, or nobody waits for it.
    Nothing,
    /// No more of this.
    Stop {
        /// Whether the message in hand was sent; none when nobody is there to say.
        sent: Option<bool>,
    },
}

/// Someone who sends texts from a phone and reads the answers.
pub trait Person {
    /// Shows a text that is to be sent now, and `wait` in which an answer usually comes; returns what became of it.
    fn send(&mut self, text: &str, wait: Wait) -> Said;

    /// An answer was typed in that no known reply form fits: the person looks again. `None` takes it as it is.
    fn again(&mut self, lines: &[String]) -> Option<Said>;
}

/// The courier that is a person.
pub struct Manual<P> {
    person: P,
}

impl<P: Person> Manual<P> {
    /// A courier by way of this person.
    pub fn new(person: P) -> Self {
        Self { person }
    }
}

impl<P: Person> Courier for Manual<P> {
    fn spec(&self) -> &str {
        "manual"
    }

    fn ask(&mut self, bytes: &[u8], wait: Wait, listener: &mut dyn Listener) -> Result<Answer, Trouble> {
        let mut said = self.person.send(&String::from_utf8_lossy(bytes), wait);
        loop {
            match said {
                Said::Nothing => return Ok(Answer::default()),
                Said::Stop { sent } => return Err(Trouble::Stopped { sent }),
                Said::Answer(lines) => {
                    let answer = Answer::typed(lines);
                    if listener.is_enough(&answer) {
                        return Ok(answer);
                    }
                    match self.person.again(&answer.lines) {
                        Some(other) => said = other,
                        None => return Ok(answer),
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    /// Tells what it is told to, in turn, and keeps what it was to send.
    struct Script {
        says: Vec<Said>,
        sent: Vec<String>,
    }

    impl Person for &mut Script {
        fn send(&mut self, text: &str, _: Wait) -> Said {
            self.sent.push(text.to_owned());
            self.says.remove(0)
        }

        fn again(&mut self, lines: &[String]) -> Option<Said> {
            self.sent.push(format!("again: {}", lines.join("|")));
            (!self.says.is_empty()).then(|| self.says.remove(0))
        }
    }

    fn asked(says: Vec<Said>) -> (Result<Answer, Trouble>, Vec<String>) {
        let mut script = Script { says, sent: Vec::new() };
        let wait = Wait { timeout: Duration::ZERO, settle: Duration::ZERO };
        let mut enough = |answer: &Answer| answer.lines.iter().any(|line| line == "OK!");
        let answer = Manual::new(&mut script).ask(b"GMT,E,0#", wait, &mut enough);
        (answer, script.sent)
    }

    fn lines(lines: &[&str]) -> Said {
        Said::Answer(lines.iter().map(|line| (*line).to_owned()).collect())
    }

    #[test]
    fn an_answer_that_is_known_is_taken_at_once() {
        let (answer, sent) = asked(vec![lines(&["OK!"])]);
        assert_eq!(answer.unwrap().lines, ["OK!"]);
        assert_eq!(sent, ["GMT,E,0#"]);
    }

    #[test]
    fn an_unknown_answer_is_looked_at_once_more_and_then_taken_as_it_is() {
        let (answer, sent) = asked(vec![lines(&["OK?"]), lines(&["OK!"])]);
        assert_eq!(answer.unwrap().lines, ["OK!"]);
        assert_eq!(sent, ["GMT,E,0#", "again: OK?"]);
        let (answer, _) = asked(vec![lines(&["what"])]);
        assert_eq!(answer.unwrap().lines, ["what"]);
    }

    #[test]
    fn silence_is_an_answer_without_lines_and_stopping_is_none() {
        assert!(asked(vec![Said::Nothing]).0.unwrap().is_silent());
        let trouble = asked(vec![Said::Stop { sent: Some(true) }]).0.unwrap_err();
        assert!(trouble.may_have_left());
        assert!(!asked(vec![Said::Stop { sent: Some(false) }]).0.unwrap_err().may_have_left());
    }
}
