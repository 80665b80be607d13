//! A dialect found out with few questions, each of which costs money: which one to ask next, and what an answer leaves
//! possible. Pure. The order is computed from what the profiles document, and only a documented answer names a profile.

mod choice;
mod reading;
mod words;

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Heard, Shows, Told, Verdict, verdict};
use crate::profile::Profile;
use crate::secret::Secret;

/// So many profiles a person can look at one by one, when nothing told them apart.
const FEW: usize = 8;

/// A query of one profile as it would go out.
#[derive(Debug, Clone)]
pub struct Wording {
    /// Place of the profile in the list of candidates.
    pub candidate: usize,
    /// Place of the step in the profile.
    pub step: usize,
    /// The exact text, secrets and all.
    pub text: Secret,
    /// The same as it may be shown.
    pub shown: String,
    /// Short messages it takes.
    pub sms: usize,
    /// The password that stands in it.
    pub password: Option<Secret>,
    /// Whether it may be asked at all; else it is only known that this profile takes the text.
    pub offered: bool,
}

/// One text, and every profile that takes it for a query.
#[derive(Debug)]
pub struct Inquiry {
    /// The exact text, secrets and all.
    pub text: Secret,
    /// The same as it may be shown.
    pub shown: String,
    /// Short messages it takes.
    pub sms: usize,
    /// The password that stands in it.
    pub password: Option<Secret>,
    /// Candidates that take it, each with its steps.
    pub takers: Vec<(usize, Vec<usize>)>,
    offered: bool,
    /// Of each documented answer: whose it is, and which candidates it leaves possible.
    samples: Vec<(usize, BTreeSet<usize>)>,
}

impl Inquiry {
    /// The steps of a candidate that this text asks.
    #[must_use]
    pub fn steps_of(&self, candidate: usize) -> &[usize] {
        self.takers.iter().find(|(taker, _)| *taker == candidate).map_or(&[], |(_, steps)| steps)
    }
}

/// How a question was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Answered {
    /// In a form that a source gives for one of the profiles.
    Recognised,
    /// In known words that could be those of several makers.
    Alike,
    /// In no known form.
    Unread,
    /// Only our own words came back.
    Echo,
    /// Not at all.
    Silence,
}

/// The questions, those asked, and what is still possible.
#[derive(Debug)]
pub struct Survey {
    profiles: Vec<Arc<Profile>>,
    inquiries: Vec<Inquiry>,
    asked: Vec<(usize, Answered)>,
    possible: BTreeSet<usize>,
    /// Candidates that take a question which nothing came back to. It proves nothing, and is no reason to ask on.
    unheard: BTreeSet<usize>,
    /// Candidates whose documents leave open an answer that named nobody.
    likely: Option<BTreeSet<usize>>,
    /// Something came back in known words that could be those of several makers.
    alike: bool,
    heard: Heard,
    spent: usize,
    most: usize,
}

impl Survey {
    /// The questions of these profiles, for `most` short messages.
    #[must_use]
    pub fn new(profiles: &[Arc<Profile>], wordings: Vec<Wording>, most: usize) -> Self {
        let mut inquiries: Vec<Inquiry> = Vec::new();
        for wording in wordings {
            let known = inquiries.iter_mut().find(|known| known.text == wording.text);
            let Some(known) = known else {
                let takers = vec![(wording.candidate, vec![wording.step])];
                let Wording { text, shown, sms, password, offered, .. } = wording;
                inquiries.push(Inquiry { text, shown, sms, password, takers, offered, samples: Vec::new() });
                continue;
            };
            known.offered |= wording.offered;
            match known.takers.iter_mut().find(|(taker, _)| *taker == wording.candidate) {
                Some((_, steps)) => steps.push(wording.step),
                None => known.takers.push((wording.candidate, vec![wording.step])),
            }
        }
        let possible: BTreeSet<usize> = (0..profiles.len()).collect();
        let mut survey = Self {
            profiles: profiles.to_vec(),
            inquiries,
            asked: Vec::new(),
            possible,
            unheard: BTreeSet::new(),
            likely: None,
            alike: false,
            heard: Heard::default(),
            spent: 0,
            most,
        };
        for at in 0..survey.inquiries.len() {
            survey.inquiries[at].samples = survey.samples(&survey.inquiries[at]);
        }
        survey
    }

    /// The question that tells most of what is still open; none when no question would, or the money is spent.
    #[must_use]
    pub fn next(&self) -> Option<&Inquiry> {
        self.choose().map(|at| &self.inquiries[at])
    }

    /// Short messages that the questions can take at most.
    #[must_use]
    pub fn ceiling(&self) -> usize {
        let mut sms: Vec<usize> =
            self.inquiries.iter().filter(|one| one.offered).map(|one| one.sms).collect();
        sms.sort_unstable_by(|left, right| right.cmp(left));
        sms.iter().sum::<usize>().min(self.most)
    }

    /// Whether there is anything to ask.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.inquiries.iter().all(|inquiry| !inquiry.offered)
    }

    /// Whether these lines answer the next question in a known form.
    #[must_use]
    pub fn recognises(&self, lines: &[String]) -> bool {
        self.choose().is_some_and(|at| !self.readings(at, lines).is_empty() || self.is_refusal(lines))
    }

    /// The candidates.
    #[must_use]
    pub fn profiles(&self) -> &[Arc<Profile>] {
        &self.profiles
    }

    /// Takes in what came back to the next question: lines of text, none for silence. `echo` when they are only our
    /// own words.
    pub fn hear(&mut self, lines: &[String], echo: bool) {
        let Some(at) = self.choose() else { return };
        self.spent += self.inquiries[at].sms;
        self.heard.any |= !lines.is_empty() && !echo;
        self.heard.echo |= echo;
        let (who, kin): (Vec<Told>, Vec<Told>) =
            self.readings(at, lines).into_iter().partition(|told| told.shows == Shows::Who);
        let answered = if !who.is_empty() {
            let readers: BTreeSet<usize> = who.iter().map(|told| told.candidate).collect();
            let fits = self.fits(&self.inquiries[at], &readers);
            self.possible.retain(|candidate| fits.contains(candidate));
            self.heard.told.extend(who);
            Answered::Recognised
        } else if echo {
            Answered::Echo
        } else if lines.is_empty() {
            self.unheard.extend(self.inquiries[at].takers.iter().map(|(taker, _)| *taker));
            Answered::Silence
        } else {
            self.take_in(at, lines, kin)
        };
        self.asked.push((at, answered));
    }

    /// Takes in an answer that names nobody: it rules nobody out, and makes likelier whose documents leave it open.
    fn take_in(&mut self, at: usize, lines: &[String], kin: Vec<Told>) -> Answered {
        let known = !kin.is_empty() || self.is_refusal(lines);
        let open = self.leaves_open(at, lines);
        self.likely = Some(match self.likely.take() {
            Some(before) => before.intersection(&open).copied().collect(),
            None => open,
        });
        self.alike |= known;
        self.heard.told.extend(kin.into_iter().filter(|told| told.shows == Shows::Kin));
        if known { Answered::Alike } else { Answered::Unread }
    }

    /// Whether an answer named one of the profiles or more.
    fn is_known(&self) -> bool {
        self.heard.told.iter().any(|told| told.shows == Shows::Who)
    }

    /// What was asked, and how it was answered.
    pub fn asked(&self) -> impl Iterator<Item = (&Inquiry, Answered)> {
        self.asked.iter().map(|(at, answered)| (&self.inquiries[*at], *answered))
    }

    /// Short messages spent.
    #[must_use]
    pub fn spent(&self) -> usize {
        self.spent
    }

    /// What the answers come to.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        if !self.is_known() {
            return match &self.likely {
                Some(likely) if self.alike && !likely.is_empty() => {
                    Verdict::Alike(likely.iter().copied().collect())
                }
                Some(_) => Verdict::NotRecognised,
                None => verdict(&self.heard),
            };
        }
        let possible: Vec<usize> = self.possible.iter().copied().collect();
        match possible.as_slice() {
            [one] => Verdict::Is(*one),
            [] => Verdict::NotRecognised,
            _ => Verdict::Either(possible),
        }
    }

    /// The answers that were recognised, of the profiles that are still possible.
    #[must_use]
    pub fn told(&self) -> Vec<Told> {
        self.heard.told.iter().filter(|told| self.possible.contains(&told.candidate)).cloned().collect()
    }

    /// Profiles a person may look at: those that the answers do not tell apart, else those of whose answers no source
    /// tells and that take a question which was answered, else all where they are few.
    #[must_use]
    pub fn candidates(&self) -> Vec<usize> {
        match self.verdict() {
            Verdict::Is(_) => Vec::new(),
            Verdict::Either(several) | Verdict::Alike(several) => several,
            _ if self.leaves_likely() => self.likely.iter().flatten().copied().collect(),
            _ if (2..=FEW).contains(&self.profiles.len()) => self.possible.iter().copied().collect(),
            _ => Vec::new(),
        }
    }

    /// Whether an answer that names nobody leaves some profiles likelier than others.
    fn leaves_likely(&self) -> bool {
        self.likely.as_ref().is_some_and(|likely| !likely.is_empty())
    }

    /// Candidates whose documented answer some question could have brought, whether or not it was asked.
    #[must_use]
    pub fn documented(&self) -> BTreeSet<usize> {
        let offered = self.inquiries.iter().filter(|inquiry| inquiry.offered);
        offered.flat_map(|inquiry| inquiry.samples.iter().map(|(whose, _)| *whose)).collect()
    }
}
