//! Who could have given an answer: a documented form is recognised, and where no source says how a family answers a
//! question that it takes, its answer may look like anything.

use std::collections::BTreeSet;

use super::super::Told;
use super::{Inquiry, Survey};
use crate::profile::{Kind, Means, Profile, Reading};

impl Survey {
    /// Who recognises a line as an answer to a question.
    pub(super) fn read(&self, at: usize, line: &str) -> Vec<Told> {
        let inquiry = &self.inquiries[at];
        let known = !self.heard.told.is_empty();
        let read = |candidate: &usize| {
            let profile = self.profiles.get(*candidate)?;
            let steps = inquiry.steps_of(*candidate);
            let own = steps.iter().find_map(|step| {
                let reading = profile.read_reply(*step, line)?;
                (known || names(profile, *step, &reading, line)).then_some((*step, reading))
            });
            // What a family says to commands it does not have tells it from one that has this question.
            let (step, reading) = match own {
                None if known && steps.is_empty() => refusal(profile, line)?,
                own => own?,
            };
            Some(Told { candidate: *candidate, step: profile.steps[step].id.value.clone(), reading })
        };
        self.possible.iter().filter_map(read).collect()
    }

    /// Who may have given an answer in no form that names anybody: those that take the question while no source says
    /// how they answer it, and those whose documents have such a refusal.
    pub(super) fn leaves_open(&self, at: usize, lines: &[String]) -> BTreeSet<usize> {
        let inquiry = &self.inquiries[at];
        let may = |candidate: &usize| {
            let profile = &self.profiles[*candidate];
            self.is_mute(inquiry, *candidate) || lines.iter().any(|line| refusal(profile, line).is_some())
        };
        self.possible.iter().copied().filter(may).collect()
    }

    /// What an answer that these candidates recognise leaves possible: they, and those that take the question while no
    /// source says how they answer it.
    pub(super) fn fits(&self, inquiry: &Inquiry, readers: &BTreeSet<usize>) -> BTreeSet<usize> {
        let takers = inquiry.takers.iter().map(|(taker, _)| *taker);
        takers.filter(|taker| self.is_mute(inquiry, *taker)).chain(readers.iter().copied()).collect()
    }

    /// Whether a candidate takes a question and no source says how it answers.
    pub(super) fn is_mute(&self, inquiry: &Inquiry, candidate: usize) -> bool {
        let steps = inquiry.steps_of(candidate);
        let value = |step: &usize| {
            self.profiles[candidate].steps[*step].replies.iter().any(|reply| reply.means == Means::Value)
        };
        !steps.is_empty() && !steps.iter().any(value)
    }

    /// Each documented answer to a question, with what it would leave possible.
    pub(super) fn samples(&self, inquiry: &Inquiry) -> Vec<(usize, BTreeSet<usize>)> {
        let mut samples = Vec::new();
        for (whose, steps) in &inquiry.takers {
            let replies = steps.iter().flat_map(|step| &self.profiles[*whose].steps[*step].replies);
            for reply in replies.filter(|reply| reply.means == Means::Value) {
                for example in &reply.examples {
                    let reads = |taker: &(usize, Vec<usize>)| {
                        let (candidate, steps) = taker;
                        let profile = &self.profiles[*candidate];
                        let read = steps.iter().any(|step| profile.read_reply(*step, example).is_some());
                        read.then_some(*candidate)
                    };
                    let readers: BTreeSet<usize> = inquiry.takers.iter().filter_map(reads).collect();
                    samples.push((*whose, self.fits(inquiry, &readers)));
                }
            }
        }
        samples
    }
}

/// Whether an answer shows by itself who gave it: what was asked for, or a refusal that names the question.
/// "Instruction error" could be anybody's.
fn names(profile: &Profile, step: usize, reading: &Reading, line: &str) -> bool {
    let tag = profile.steps[step].tag.as_ref();
    reading.means == Means::Value || tag.is_some_and(|tag| line.contains(tag.as_str()))
}

/// What a family says to a command it does not know, by the answers that any of its queries may get.
fn refusal(profile: &Profile, line: &str) -> Option<(usize, Reading)> {
    let step = profile.steps.iter().position(|step| step.kind == Kind::Query)?;
    let reading = profile.read_reply(step, line)?;
    let refused = matches!(reading.means, Means::Unsupported | Means::Refused | Means::NotAuthorised);
    refused.then_some((step, reading))
}
