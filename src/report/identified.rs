//! `homing.identified/1`: which dialect a tracker obeys, and what it told about itself.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use crate::identify::{Answered, Survey, Told, Verdict, facts};
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
    #[serde(flatten)]
    survey: Option<SurveyView<'a>>,
}

/// What was asked by short message, where each question has its price.
#[derive(Debug, Serialize)]
struct SurveyView<'a> {
    sms: usize,
    asked: Vec<AskedView<'a>>,
    candidates: Vec<CandidateView<'a>>,
}

#[derive(Debug, Serialize)]
struct AskedView<'a> {
    text: &'a str,
    sms: usize,
    answered: Answered,
    password: bool,
}

#[derive(Debug, Serialize)]
struct CandidateView<'a> {
    profile: &'a str,
    look: String,
}

impl<'a> SurveyView<'a> {
    fn of(survey: &'a Survey) -> Self {
        let asked = survey.asked().map(|(inquiry, answered)| AskedView {
            text: &inquiry.shown,
            sms: inquiry.sms,
            answered,
            password: inquiry.password.is_some(),
        });
        let candidate =
            |at: usize| CandidateView { profile: survey.profiles()[at].id.as_str(), look: survey.look(at) };
        Self {
            sms: survey.spent(),
            asked: asked.collect(),
            candidates: survey.candidates().into_iter().map(candidate).collect(),
        }
    }
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
    survey: Option<&'a Survey>,
) -> impl Serialize + 'a {
    let id = |at: usize| candidates[at].id.as_str();
    let profiles = match verdict {
        Verdict::Is(one) => vec![id(*one)],
        Verdict::Either(several) | Verdict::Alike(several) => several.iter().map(|at| id(*at)).collect(),
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
        sentence: survey.map_or_else(|| verdict.sentence(candidates), Survey::sentence),
        profiles,
        told: facts(candidates, told).into_iter().collect(),
        answers: answers.collect(),
        survey: survey.map(SurveyView::of),
    }
}
