//! Who could have given an answer: a documented form is recognised, and where no source says how a family answers a
//! question that it takes, its answer may look like anything.

use std::collections::BTreeSet;

use super::super::{Shows, Told};
use super::{Inquiry, Survey};
use crate::profile::{Evidence, Kind, Means, Profile, Reply};

impl Survey {
    /// Who recognises what came back to a question: one of its lines, or all of them as one text.
    pub(super) fn readings(&self, at: usize, lines: &[String]) -> Vec<Told> {
        let whole = (lines.len() > 1).then(|| lines.join("\n"));
        let mut read =
            lines.iter().chain(&whole).map(|text| self.read(at, text)).filter(|read| !read.is_empty());
        let shows = |read: &Vec<Told>| read.iter().map(|told| told.shows).max();
        let first = read.next().unwrap_or_default();
        // Of several lines the most telling counts, of those the first.
        read.fold(first, |best, next| if shows(&next) > shows(&best) { next } else { best })
    }

    /// Who recognises a text as an answer to a question.
    fn read(&self, at: usize, text: &str) -> Vec<Told> {
        let inquiry = &self.inquiries[at];
        let read = |candidate: &usize| {
            let steps = inquiry.steps_of(*candidate).iter();
            let read = |step: &usize| Told::read(&self.profiles[*candidate], *candidate, *step, text);
            steps.filter_map(read).max_by_key(|told| told.shows)
        };
        self.possible.iter().filter_map(read).collect()
    }

    /// Whether somebody refuses a command so.
    pub(super) fn is_refusal(&self, lines: &[String]) -> bool {
        let refuses = |candidate: &usize| lines.iter().any(|line| refusal(&self.profiles[*candidate], line));
        self.possible.iter().any(refuses)
    }

    /// Who may have given an answer that names nobody: those that take the question while no source says how they
    /// answer it, and those that refuse a command so.
    pub(super) fn leaves_open(&self, at: usize, lines: &[String]) -> BTreeSet<usize> {
        let inquiry = &self.inquiries[at];
        let may = |candidate: &usize| {
            let profile = &self.profiles[*candidate];
            self.is_mute(inquiry, *candidate) || lines.iter().any(|line| refusal(profile, line))
        };
        self.possible.iter().copied().filter(may).collect()
    }

    /// What an answer that these candidates recognise leaves possible: they, and those that take the question while no
    /// source says how they answer it.
    pub(super) fn fits(&self, inquiry: &Inquiry, readers: &BTreeSet<usize>) -> BTreeSet<usize> {
        let takers = inquiry.takers.iter().map(|(taker, _)| *taker);
        takers.filter(|taker| self.is_mute(inquiry, *taker)).chain(readers.iter().copied()).collect()
    }

    /// Whether a candidate takes a question and no source says how it answers: what related makers answer is no source.
    pub(super) fn is_mute(&self, inquiry: &Inquiry, candidate: usize) -> bool {
        let steps = inquiry.steps_of(candidate);
        let profile = &self.profiles[candidate];
        let value = |step: &usize| profile.steps[*step].replies.iter().any(|reply| is_told(profile, reply));
        !steps.is_empty() && !steps.iter().any(value)
    }

    /// Each documented answer to a question, with what it would leave possible.
    pub(super) fn samples(&self, inquiry: &Inquiry) -> Vec<(usize, BTreeSet<usize>)> {
        let mut samples = Vec::new();
        for (whose, steps) in &inquiry.takers {
            let profile = &self.profiles[*whose];
            let replies = steps.iter().flat_map(|step| &profile.steps[*step].replies);
            for reply in replies.filter(|reply| is_told(profile, reply)) {
                for example in &reply.examples {
                    let reads = |taker: &(usize, Vec<usize>)| {
                        let (candidate, steps) = taker;
                        let profile = &self.profiles[*candidate];
                        let told = |step: &usize| Told::read(profile, *candidate, *step, example);
                        let who = steps.iter().filter_map(told).any(|told| told.shows == Shows::Who);
                        who.then_some(*candidate)
                    };
                    let readers: BTreeSet<usize> = inquiry.takers.iter().filter_map(reads).collect();
                    samples.push((*whose, self.fits(inquiry, &readers)));
                }
            }
        }
        samples
    }
}

/// Whether a source gives this answer to a query for this family itself.
fn is_told(profile: &Profile, reply: &Reply) -> bool {
    reply.means == Means::Value && profile.evidence(&reply.source) != Evidence::Inferred
}

/// Whether a family says this to a command it does not know, by the answers that any of its queries may get.
fn refusal(profile: &Profile, line: &str) -> bool {
    let step = profile.steps.iter().position(|step| step.kind == Kind::Query);
    let reading = step.and_then(|step| profile.read_reply(step, line));
    reading.is_some_and(|reading| {
        matches!(reading.means, Means::Unsupported | Means::Refused | Means::NotAuthorised)
    })
}
