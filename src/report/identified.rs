//! `homing.identified/1`: which dialect a tracker obeys, and what it told about itself.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use crate::identify::{Told, Verdict, facts};
use crate::profile::{Evidence, Means, Profile};

#[derive(Debug, Serialize)]
struct IdentifiedView<'a> {
    schema: &'static str,
    via: &'a str,
    verdict: &'static str,
    sentence: String,
    profiles: Vec<&'a str>,
    told: BTreeMap<String, String>,
    answers: Vec<AnswerView<'a>>,
}

#[derive(Debug, Serialize)]
struct AnswerView<'a> {
    profile: &'a str,
    step: &'a str,
    means: Means,
    evidence: Evidence,
}

/// A verdict as JSON.
#[must_use]
pub fn identified<'a>(
    candidates: &'a [Arc<Profile>],
    via: &'a str,
    verdict: &Verdict,
    told: &'a [Told],
) -> impl Serialize + 'a {
    let id = |at: usize| candidates[at].id.as_str();
    let profiles = match verdict {
        Verdict::Is(one) => vec![id(*one)],
        Verdict::Either(several) => several.iter().map(|at| id(*at)).collect(),
        _ => Vec::new(),
    };
    let answers = told.iter().map(|told| AnswerView {
        profile: id(told.candidate),
        step: &told.step,
        means: told.reading.means,
        evidence: told.reading.evidence,
    });
    IdentifiedView {
        schema: "homing.identified/1",
        via,
        verdict: verdict.word(),
        sentence: verdict.sentence(candidates),
        profiles,
        told: facts(candidates, told).into_iter().collect(),
        answers: answers.collect(),
    }
}
