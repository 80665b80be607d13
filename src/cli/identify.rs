//! `homing identify`: which dialect does a tracker obey? Only questions that change nothing.

use std::sync::Arc;
use std::time::Duration;

use clap::Args;

use crate::courier::{Answer, Courier, Trouble, Wait};
use crate::identify::{Question, Told, Verdict, facts, questions, verdict};
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

/// What came back over all questions.
#[derive(Default)]
struct Heard {
    told: Vec<Told>,
    any: bool,
    echo: bool,
    modem: bool,
    garbage: bool,
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
        let mut courier = via.open().map_err(|trouble| busy(&trouble))?;
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
        let verdict = verdict(&heard.told, heard.any);
        if self.line.format == Format::Json {
            serde_json::to_writer_pretty(
                &mut *term,
                &report::identified(candidates, via, &verdict, &heard.told),
            )?;
            term.line("");
        }
        let text = self.line.format == Format::Text;
        match &verdict {
            Verdict::Is(at) => {
                let profile = &candidates[*at];
                if text {
                    term.line(format!(
                        "{}: it obeys the dialect of {}",
                        term.bold(&profile.id),
                        profile.name
                    ));
                    for (name, value) in facts(&heard.told) {
                        term.line(format!("  {name}: {}", escape(&value)));
                    }
                    for told in heard.told.iter().filter(|told| told.reading.means != Means::Value) {
                        let hint =
                            told.reading.hint.clone().unwrap_or_else(|| "it refused the question".to_owned());
                        term.line(format!("  {}: {}", told.step, escape(&hint)));
                    }
                }
                Ok(Exit::Done)
            }
            Verdict::Either(several) => {
                let ids: Vec<&str> = several.iter().map(|at| candidates[*at].id.as_str()).collect();
                if text {
                    term.line(format!("cannot tell: it answers as {} do", ids.join(" and ")));
                }
                Ok(Exit::Unproven)
            }
            Verdict::NotRecognised | Verdict::Silent => {
                let (sentence, hint) = unknown(heard, via);
                if text {
                    term.line(format!("cannot tell: {sentence}"));
                }
                term.error(&sentence, Some(&hint));
                Ok(Exit::Unproven)
            }
        }
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
    // A dialect that was recognised needs no second question, except to tell more about the tracker.
    let known = heard.told.iter().any(|told| told.candidate != question.candidate);
    let steps = [profile.steps[question.step].id.value.clone()];
    let ask = Ask { what: What::Steps(&steps), ..Ask::routine("identify", FormName::Cable) };
    let Ok(plan) = plan(profile, tracker, &ask) else { return Ok(()) };
    if known && heard.told.len() > 1 {
        return Ok(());
    }
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

fn unknown(heard: &Heard, via: &str) -> (String, String) {
    let bare = via.split('?').next().unwrap_or(via);
    let (sentence, hint) = if heard.modem {
        (
            "a modem's own AT port answers here, not a tracker's configuration port",
            "try the other ports of `homing port list`".to_owned(),
        )
    } else if heard.garbage {
        (
            "what came back is no text",
            format!("the line speed is probably another: {bare}?baud=9600, 19200, 38400 or 57600"),
        )
    } else if heard.any {
        ("something answers, and no known dialect does so", "--verbose shows every line".to_owned())
    } else if heard.echo {
        ("only an echo of our own words came back", ECHO.to_owned())
    } else {
        (
            "nothing came back: wrong password, another dialect, the tracker asleep or off, or a charge-only cable",
            format!("check the cable and the power; other speeds: {bare}?baud=N"),
        )
    };
    (sentence.to_owned(), hint)
}
