//! `homing identify` by short message: the question that tells most first, each with its price, until one profile is
//! left or the money is spent.

use std::sync::Arc;

use crate::courier::{Answer, Courier, Trouble, Via, Wait};
use crate::engine::survey;
use crate::identify::{Survey, Verdict};
use crate::profile::{FormName, Profile};
use crate::report;
use crate::tracker::Tracker;
use crate::ui::{Exit, Failure, Term, escape};

use super::super::context::Context;
use super::super::opening::busy;
use super::super::route::{Format, Messages};
use super::{Identify, MOST, SETTLE, hint, told};

impl Identify {
    pub(super) fn by_sms(
        &self,
        via: &Via,
        context: &Context,
        candidates: &[Arc<Profile>],
        tracker: &Tracker,
        term: &mut Term,
    ) -> anyhow::Result<Exit> {
        let candidates: Vec<Arc<Profile>> = candidates
            .iter()
            .filter(|profile| profile.form(FormName::Sms).is_some())
            .map(Arc::clone)
            .collect();
        let all: Vec<Arc<Profile>> = context
            .catalogue
            .entries()
            .iter()
            .filter_map(|entry| entry.profile().ok())
            .map(Arc::clone)
            .collect();
        let most = self.max_sms.unwrap_or(MOST);
        let mut survey = survey(&candidates, &all, tracker, usize::try_from(most)?);
        let played = played(&survey).map(Arc::clone).ok_or_else(|| self.mute())?;
        let counted = Messages { questions: survey.ceiling(), commands: 0, reads: 0 };
        self.line.agree(via, tracker.phone.as_ref(), &counted, None, term)?;
        let mut courier = self.line.open(via, context, &played, tracker, term)?;
        if matches!(via, Via::Lab { profile: None, .. }) && candidates.len() > 1 {
            let id = &played.id.value;
            term.note(&format!("the lab plays a tracker of {id}; --via 'lab?profile=ID' plays another"));
        }
        let spinner = term.spinner("asking");
        let asked = self.inquire(&mut survey, courier.as_mut(), term);
        spinner.finish_and_clear();
        asked.map_err(|trouble| busy(&trouble))?;
        let exit = self.show_survey(&survey, courier.spec(), tracker, term)?;
        term.finish()?;
        courier.forget();
        Ok(exit)
    }

    /// Nothing can be asked.
    fn mute(&self) -> Failure {
        let hint = match &self.hint {
            Some(model) => format!("`homing profile find {model:?}` says what a person can look at"),
            None => "some need --imei or --device-id".to_owned(),
        };
        Failure::usage("none of these profiles has a question that can be asked by short message").hint(hint)
    }

    fn inquire(
        &self,
        survey: &mut Survey,
        courier: &mut dyn Courier,
        term: &mut Term,
    ) -> Result<(), Trouble> {
        while let Some(inquiry) = survey.next() {
            term.detail(&format!("> {}", inquiry.shown));
            let longest = inquiry.takers.iter().flat_map(|(taker, steps)| {
                let profile = &survey.profiles()[*taker];
                steps.iter().map(|step| profile.timeout(*step, FormName::Sms))
            });
            let timeout = self.line.timeout.or_else(|| longest.max()).unwrap_or_default();
            let text = inquiry.text.expose().to_owned();
            let mut enough = |answer: &Answer| survey.recognises(&answer.lines);
            let answer = courier.ask(text.as_bytes(), Wait { timeout, settle: SETTLE }, &mut enough)?;
            for line in &answer.lines {
                let line = line.replace(text.trim(), inquiry.shown.trim());
                term.detail(&format!("< {}", masked(survey, &line)));
            }
            survey.hear(&answer.lines, answer.only_echo());
        }
        Ok(())
    }

    fn show_survey(
        &self,
        survey: &Survey,
        via: &str,
        tracker: &Tracker,
        term: &mut Term,
    ) -> anyhow::Result<Exit> {
        let (verdict, sentence, heard) = (survey.verdict(), survey.sentence(), survey.told());
        let profiles = survey.profiles();
        if self.line.format == Format::Json {
            report::pretty(&mut *term, &report::identified(profiles, via, &verdict, &heard, Some(survey)))?;
        } else {
            match &verdict {
                Verdict::Is(at) => {
                    let id = term.bold(&escape(&profiles[*at].id));
                    term.sentence(&format!("{id}: {}", escape(&sentence)));
                }
                _ => term.sentence(&format!("cannot tell: {}", escape(&sentence))),
            }
            told(profiles, &heard, term);
            for at in survey.candidates() {
                let look = format!("  {}: {}", profiles[at].id.value, survey.look(at));
                term.sentence(&escape(&look));
            }
            self.bill(survey, tracker, term);
        }
        if let Verdict::Is(_) = verdict {
            return Ok(Exit::Done);
        }
        let hint = self.way_on(&verdict, survey, via);
        match self.line.format {
            Format::Text => term.hint(hint.as_deref()),
            Format::Json => term.error(&sentence, hint.as_deref()),
        }
        Ok(Exit::Unproven)
    }

    /// What was asked and paid for.
    fn bill(&self, survey: &Survey, tracker: &Tracker, term: &mut Term) {
        let own = tracker.settings.password.is_some();
        let messages = if survey.spent() == 1 { "message" } else { "messages" };
        term.line(format!("asked, with {} short {messages}:", survey.spent()));
        for (inquiry, answered) in survey.asked() {
            term.sentence(&escape(&format!("  {}", Survey::line(inquiry, answered, own))));
        }
    }

    /// What a person can do where nothing could be told.
    fn way_on(&self, verdict: &Verdict, survey: &Survey, via: &str) -> Option<String> {
        let candidates = survey.candidates();
        if let [first, _, ..] = candidates.as_slice() {
            let id = &survey.profiles()[*first].id.value;
            return Some(format!(
                "look at what is said of each; `homing profile show {id}` tells more of one"
            ));
        }
        let open = survey.documented().len() > survey.asked().count() && self.hint.is_none();
        match verdict {
            Verdict::Silent | Verdict::NotRecognised if open => Some(
                "--hint MODEL, the name on its box, asks what that one answers; --max-sms N asks more"
                    .to_owned(),
            ),
            verdict => hint(verdict, via, FormName::Sms),
        }
    }
}

/// Whom the lab plays when nobody says: the first candidate of which a source tells an answer to the first question;
/// none when there is no question.
fn played(survey: &Survey) -> Option<&Arc<Profile>> {
    let told = survey.documented();
    let takers = &survey.next()?.takers;
    let at = takers.iter().map(|(taker, _)| *taker).find(|taker| told.contains(taker));
    survey.profiles().get(at.unwrap_or_default())
}

/// A line as it may be shown, whichever of the profiles that take the question it answers.
fn masked(survey: &Survey, line: &str) -> String {
    let Some(inquiry) = survey.next() else { return line.to_owned() };
    let mut shown = line.to_owned();
    for (taker, steps) in &inquiry.takers {
        for step in steps {
            shown = survey.profiles()[*taker].mask_reply(*step, &shown);
        }
    }
    shown
}
