//! What a survey came to, in words.

use super::super::{Shows, Verdict};
use super::{Answered, Inquiry, Survey};

impl Survey {
    /// The verdict as one sentence, which says of how many profiles nothing could be told.
    #[must_use]
    pub fn sentence(&self) -> String {
        let all = self.profiles.len();
        let told = self.documented().len();
        let asked = self.asked.len();
        match self.verdict() {
            Verdict::Silent => {
                let unknown = match told {
                    0 if all == 1 => "; no source tells an answer of this profile".to_owned(),
                    0 => format!("; no source tells an answer of any of these {all} profiles"),
                    told if told < all => {
                        format!("; of {} of the {all} profiles no source tells an answer", all - told)
                    }
                    _ => String::new(),
                };
                format!(
                    "nothing came back to {asked} {}: another dialect or password, the tracker asleep or off, or its \
                     SIM card without credit{unknown}",
                    if asked == 1 { "question" } else { "questions" }
                )
            }
            Verdict::NotRecognised if self.leaves_likely() => {
                "it answers in no known form; these profiles leave that open".to_owned()
            }
            Verdict::NotRecognised if !self.possible.is_empty() => format!(
                "something answers, and in no form that tells what it is; {} of the {all} profiles are not ruled out",
                self.possible.len()
            ),
            Verdict::Either(several) => self.either(&several),
            verdict => verdict.sentence(&self.profiles),
        }
    }

    /// Who is known to answer so, and who only takes the questions.
    fn either(&self, several: &[usize]) -> String {
        let reads =
            |at: &usize| self.heard.told.iter().any(|told| told.candidate == *at && told.shows == Shows::Who);
        let (readers, others): (Vec<usize>, Vec<usize>) = several.iter().copied().partition(reads);
        let ids = |list: &[usize]| {
            list.iter().map(|at| self.profiles[*at].id.as_str()).collect::<Vec<_>>().join(" and ")
        };
        if others.is_empty() {
            return Verdict::Either(readers).sentence(&self.profiles);
        }
        format!(
            "it answers as {} {}; {} may as well, as no source gives what {} to that",
            ids(&readers),
            if readers.len() == 1 { "does" } else { "do" },
            ids(&others),
            if others.len() == 1 { "it answers" } else { "they answer" }
        )
    }

    /// What a person looks at to tell a candidate from the others.
    #[must_use]
    pub fn look(&self, candidate: usize) -> String {
        let profile = &self.profiles[candidate];
        profile.known_by.clone().unwrap_or_else(|| format!("{} of {}", profile.name, profile.vendor))
    }

    /// A question and how it was answered.
    #[must_use]
    pub fn line(inquiry: &Inquiry, answered: Answered, own_password: bool) -> String {
        let answered = match answered {
            Answered::Recognised => "answered as documented",
            Answered::Alike => "answered in words of several makers",
            Answered::Unread => "answered in no known form",
            Answered::Echo => "only its echo came back",
            Answered::Silence => "no answer",
        };
        let password = match inquiry.password {
            Some(_) if !own_password => ", with the password that its makers give it",
            _ => "",
        };
        format!("{}: {answered}{password}", inquiry.shown)
    }
}
