//! Short messages of a conversation: what is sent, and what comes back.

use super::Assumption;
use crate::sms::measure;

/// One message to a tracker, and the answers that its document gives.
#[derive(Debug, Clone, Copy)]
pub struct Question<'t> {
    /// The exact text.
    pub text: &'t str,
    /// Examples of its answer; none where no document gives one.
    pub answers: &'t [&'t str],
}

/// One part of a conversation.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Part {
    /// Texts.
    pub texts: usize,
    /// Short messages that they take.
    pub sent: usize,
    /// Short messages of their answers.
    pub answers: usize,
    /// Texts of which no answer is documented: one message is counted for each.
    pub undocumented: usize,
}

impl Part {
    /// Counts texts and their answers. An answer counts with the longest example.
    #[must_use]
    pub fn of<'t>(questions: impl IntoIterator<Item = Question<'t>>) -> Self {
        let mut part = Self::default();
        for Question { text, answers } in questions {
            part.texts += 1;
            part.sent += measure(text).messages;
            let longest = answers.iter().map(|answer| measure(answer).messages).max();
            part.answers += longest.unwrap_or(1);
            part.undocumented += usize::from(longest.is_none());
        }
        part
    }

    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            texts: self.texts + other.texts,
            sent: self.sent + other.sent,
            answers: self.answers + other.answers,
            undocumented: self.undocumented + other.undocumented,
        }
    }
}

/// The short messages of a conversation, at the most.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Messages {
    /// Questions by which the dialect is recognised. The conversation ends them at the first answer.
    pub questions: Part,
    /// The commands.
    pub commands: Part,
    /// Questions that read back.
    pub reads: Part,
}

impl Messages {
    fn parts(&self) -> [Part; 3] {
        [self.questions, self.commands, self.reads]
    }

    /// Sent, where every question has to be asked.
    #[must_use]
    pub fn sent(&self) -> usize {
        self.parts().iter().map(|part| part.sent).sum()
    }

    /// Sent, where the first question is answered.
    #[must_use]
    pub fn least(&self) -> usize {
        self.questions.sent.min(1) + self.commands.sent + self.reads.sent
    }

    /// Answers, where every question has to be asked and is answered.
    #[must_use]
    pub fn answers(&self) -> usize {
        self.parts().iter().map(|part| part.answers).sum()
    }

    /// What the count rests on.
    #[must_use]
    pub fn assumptions(&self) -> Vec<Assumption> {
        const PARTS: &str = "3GPP TS 23.040, 9.2.3.24.1";
        let mut all = vec![
            Assumption::from("160 characters a message, 153 in each of several", PARTS),
            Assumption::assumed("nothing has to be sent twice, and the network refuses nothing"),
            Assumption::assumed("the tracker answers each message once, with its longest documented answer"),
        ];
        let undocumented: usize = self.parts().iter().map(|part| part.undocumented).sum();
        if undocumented > 0 {
            all.push(Assumption::assumed(format!(
                "one message for each of the {undocumented} answers that no document shows"
            )));
        }
        all
    }
}
