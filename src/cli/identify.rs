//! `homing identify`: which dialect does a tracker obey? Only questions that change nothing.

use std::sync::Arc;
use std::time::Duration;

use clap::Args;

use crate::courier::{Answer, Courier, Trouble, Wait};
use crate::identify::{Heard, Question, Told, Verdict, facts, questions, verdict};
use crate::plan::{Ask, What, plan};
use crate::profile::{FormName, Means, Profile};
use crate::report;
use crate::tracker::Tracker;
use crate::ui::{Exit, Failure, Term, escape};

use super::context::Global;
use super::send::{ECHO, Format, Line, busy};
use super::tracker::secret;

/// Find out which dialect a tracker obeys, by questions that change nothing.
#[derive(Debug, Args)]
pub(super) struct Identify {
    /// Profiles to consider [default: all that have identifying questions]
    profile: Vec<String>,
    /// Password of the tracker's commands: file:PATH, env:NAME or ask [env: HOMING_PASSWORD]
    #[arg(long, value_name = "SOURCE")]
    password: Option<String>,
    #[command(flatten)]
    line: Line,
}

impl Identify {
    pub(super) fn run(self, global: &Global, term: &mut Term) -> anyhow::Result<Exit> {
        let via = self.line.via()?;
        let mut context = global.context()?;
        let mut candidates: Vec<Arc<Profile>> = Vec::new();
        for name in &self.profile {
            candidates.push(context.profile(name)?);
        }
        if candidates.is_empty() {
            let all = context.catalogue.entries().iter().filter_map(|entry| entry.profile().ok());
            candidates.extend(all.filter(|profile| profile.routine("identify").is_some()).map(Arc::clone));
        }
        let mut tracker = Tracker::default();
        tracker.settings.password = secret("password", self.password.as_deref(), term)?;
        let asked = questions(&candidates, FormName::Cable);
        if asked.is_empty() {
            return Err(Failure::usage("none of these profiles has identifying questions for a cable").into());
        }
        let mut courier = via.open(&[]).map_err(|trouble| busy(&trouble))?;
        let spinner = term.spinner("asking");
        let heard = self.ask(&candidates, &asked, &tracker, courier.as_mut(), term);
        spinner.finish_and_clear();
        let heard = heard.map_err(|trouble| busy(&trouble))?;
        self.show(&candidates, courier.spec(), &heard, term)
    }

    /// Asks at one line speed after the other, until something was recognised.
    fn ask(
        &self,
        candidates: &[Arc<Profile>],
        asked: &[Question],
        tracker: &Tracker,
        courier: &mut dyn Courier,
        term: &mut Term,
    ) -> Result<Heard, Trouble> {
        let mut heard = Heard::default();
        let wait = Wait { timeout: self.line.timeout.unwrap_or(Duration::from_secs(3)), settle: SETTLE };
        loop {
            for question in asked {
                one(candidates, question, tracker, courier, wait, &mut heard, term)?;
            }
            if !heard.told.is_empty() {
                return Ok(heard);
            }
            let answer = courier.ask(b"AT\r\n", wait, &mut Answer::looks_like_modem)?;
            heard.modem |= answer.looks_like_modem();
            if heard.modem || courier.next_speed()?.is_none() {
                return Ok(heard);
            }
        }
    }

    fn show(
        &self,
        candidates: &[Arc<Profile>],
        via: &str,
        heard: &Heard,
        term: &mut Term,
    ) -> anyhow::Result<Exit> {
        let verdict = verdict(heard);
        let sentence = verdict.sentence(candidates);
        if self.line.format == Format::Json {
            let view = report::identified(candidates, via, &verdict, &heard.told);
            report::pretty(&mut *term, &view)?;
        } else if let Verdict::Is(at) = &verdict {
            term.line(format!("{}: {}", term.bold(&escape(&candidates[*at].id)), escape(&sentence)));
            told(candidates, &heard.told, term);
        } else {
            term.line(format!("cannot tell: {}", escape(&sentence)));
        }
        if let Verdict::Is(_) = verdict {
            return Ok(Exit::Done);
        }
        let hint = hint(&verdict, via);
        match self.line.format {
            Format::Text => term.hint(hint.as_deref()),
            Format::Json => term.error(&sentence, hint.as_deref()),
        }
        Ok(Exit::Unproven)
    }
}

/// What the tracker told about itself, and what it refused.
fn told(candidates: &[Arc<Profile>], told: &[Told], term: &mut Term) {
    for (name, value) in facts(candidates, told) {
        term.line(escape(&format!("  {name}: {value}")));
    }
    for told in told.iter().filter(|told| told.reading.means != Means::Value) {
        let hint = told.reading.hint.clone().unwrap_or_else(|| "it refused the question".to_owned());
        term.line(escape(&format!("  {}: {hint}", told.step)));
    }
}

/// Quiet that ends an answer.
const SETTLE: Duration = Duration::from_millis(300);

fn one(
    candidates: &[Arc<Profile>],
    question: &Question,
    tracker: &Tracker,
    courier: &mut dyn Courier,
    wait: Wait,
    heard: &mut Heard,
    term: &mut Term,
) -> Result<(), Trouble> {
    let profile = &candidates[question.candidate];
    // A dialect that was recognised needs no second question; every other may still be the one.
    if heard.told.iter().any(|told| told.candidate == question.candidate) {
        return Ok(());
    }
    let steps = [profile.steps[question.step].id.value.clone()];
    let ask = Ask { what: What::Steps(&steps), ..Ask::routine("identify", FormName::Cable) };
    let Ok(plan) = plan(profile, tracker, &ask) else { return Ok(()) };
    for (command, shown) in plan.commands.iter().zip(plan.shown(profile, tracker)) {
        term.detail(&format!("> {}", shown.trim_end()));
        let read =
            |answer: &Answer| answer.lines.iter().find_map(|line| profile.read_reply(command.step, line));
        let answer = courier.ask(command.text.as_bytes(), wait, &mut |answer| read(answer).is_some())?;
        for line in &answer.lines {
            let line = line.replace(command.text.trim_end(), shown.trim_end());
            term.detail(&format!("< {}", profile.mask_reply(command.step, &line)));
        }
        heard.any |= !answer.is_silent() && !answer.only_echo();
        heard.echo |= answer.only_echo();
        heard.garbage |= answer.is_garbage();
        if let Some(reading) = read(&answer) {
            heard.told.push(Told { candidate: question.candidate, step: steps[0].clone(), reading });
        }
    }
    Ok(())
}

/// What a person can do about it.
fn hint(verdict: &Verdict, via: &str) -> Option<String> {
    let bare = via.split('?').next().unwrap_or(via);
    let hint = match verdict {
        Verdict::Is(_) => return None,
        Verdict::Either(_) => "give the profile of its model; `homing profile list` shows them".to_owned(),
        Verdict::ModemPort => "try the other ports of `homing port list`".to_owned(),
        Verdict::Garbage => {
            format!("the line speed is probably another: {bare}?baud=9600, 19200, 38400 or 57600")
        }
        Verdict::NotRecognised => "--verbose shows every line".to_owned(),
        Verdict::OnlyEcho => ECHO.to_owned(),
        Verdict::Silent => format!("check the cable and the power; other speeds: {bare}?baud=N"),
    };
    Some(hint)
}
