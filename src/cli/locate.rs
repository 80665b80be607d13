//! `homing locate`: ask a tracker where it is, or let it be heard or seen, by the routine that its profile has for it.
//! Where no source gives one it says so and sends nothing.

use std::time::Duration;

use clap::Args;

use crate::courier::{Answer, Courier, Trouble, Wait};
use crate::engine::Recipient;
use crate::plan::{Ask, Command, Plan};
use crate::profile::{FormName, Means, Profile, Reading};
use crate::report::{self, Answered, Place, Worth};
use crate::tracker::Tracker;
use crate::ui::{Exit, Failure, Term, escape};

use super::context::Global;
use super::ending::{ECHO, with_trouble};
use super::forewarn::Outlook;
use super::generate::make;
use super::route::{Format, Line, Messages, form, messages};
use super::tracker::TrackerArgs;

/// Ask a tracker where it is; its buzzer or light where a source gives the command.
#[derive(Debug, Args)]
pub(super) struct Locate {
    /// Profile: its id, a model's name, or the path of a TOML file
    profile: String,
    /// Sound the tracker's buzzer instead
    #[arg(long, conflicts_with = "light")]
    buzzer: bool,
    /// Let the tracker's light flash instead
    #[arg(long)]
    light: bool,
    #[command(flatten)]
    tracker: TrackerArgs,
    #[command(flatten)]
    line: Line,
}

/// Quiet that ends an answer.
const SETTLE: Duration = Duration::from_millis(300);

/// What came back, and what broke the courier.
#[derive(Default)]
struct Talked {
    answers: Vec<Answered>,
    echo: bool,
    trouble: Option<Trouble>,
}

impl Locate {
    /// The routine of a profile that does what is asked, and what it is for a person.
    fn asked(&self) -> (&'static str, &'static str) {
        match (self.buzzer, self.light) {
            (true, _) => ("buzzer", "a command for the buzzer"),
            (_, true) => ("light", "a command for the light"),
            _ => ("locate", "a question for the position"),
        }
    }

    pub(super) fn run(self, global: &Global, term: &mut Term) -> anyhow::Result<Exit> {
        let via = self.line.via()?;
        let mut context = global.context()?;
        let profile = context.profile(&self.profile)?;
        let (routine, what) = self.asked();
        if profile.routine(routine).is_none() {
            return Err(unpublished(&profile, routine, what).into());
        }
        let tracker = self.tracker.tracker(&context, &profile, term)?;
        let form = form(&via);
        let outlook = Outlook::one(&via, self.line.flags(), &context, term)?;
        outlook.hears()?;
        outlook.reach(&Recipient::from(&tracker))?;
        let plan = make(&profile, &tracker, &Ask::routine(routine, form), term)?;
        let counted = Messages { questions: 0, commands: messages(&plan), reads: 0 };
        self.line.agree(&via, tracker.phone.as_ref(), &counted, None, term)?;
        let mut courier = self.line.open(&via, &context, &profile, &tracker, term)?;
        let spinner = term.spinner("waiting for the answer");
        let talked = self.talk(&profile, &tracker, &plan, courier.as_mut(), term);
        spinner.finish_and_clear();
        let exit = self.show(&profile, &tracker, courier.spec(), &plan, &talked, term)?;
        term.finish()?;
        courier.forget();
        Ok(with_trouble(exit, talked.trouble.as_ref()))
    }

    /// Shows what came back, and says what it means for a script.
    fn show(
        &self,
        profile: &Profile,
        tracker: &Tracker,
        via: &str,
        plan: &Plan,
        talked: &Talked,
        term: &mut Term,
    ) -> anyhow::Result<Exit> {
        let (routine, _) = self.asked();
        let (exit, sentence, hint) = judge(routine, plan, talked);
        match self.line.format {
            Format::Text => text(&sentence, &talked.answers, profile, term),
            Format::Json => {
                let view = report::located(profile, tracker.key(), via, routine, &sentence, &talked.answers);
                report::pretty(&mut *term, &view)?;
            }
        }
        match &talked.trouble {
            Some(trouble) => term.error(&trouble.to_string(), trouble.hint().as_deref()),
            None => term.hint(hint.as_deref()),
        }
        Ok(exit)
    }

    /// Sends one command after the other, and waits for the answer to each.
    fn talk(
        &self,
        profile: &Profile,
        tracker: &Tracker,
        plan: &Plan,
        courier: &mut dyn Courier,
        term: &mut Term,
    ) -> Talked {
        let mut talked = Talked::default();
        for (command, shown) in plan.commands.iter().zip(plan.shown(profile, tracker)) {
            let shown = shown.trim_end();
            term.detail(&format!("> {shown}"));
            let answer = match self.one(profile, command, courier) {
                Ok(answer) => answer,
                Err(trouble) => {
                    talked.trouble = Some(trouble);
                    break;
                }
            };
            let line = |line: &String| {
                profile.mask_reply(command.step, &line.replace(command.text.trim_end(), shown))
            };
            let lines: Vec<String> = answer.lines.iter().map(line).collect();
            lines.iter().for_each(|line| term.detail(&format!("< {line}")));
            talked.echo |= answer.only_echo();
            let step = &profile.steps[command.step];
            talked.answers.push(Answered {
                step: step.id.value.clone(),
                text: shown.to_owned(),
                lines,
                reading: read(profile, command.step, &answer),
            });
            std::thread::sleep(step.wait_after);
        }
        talked
    }

    /// Sends a command and waits for its answer.
    fn one(
        &self,
        profile: &Profile,
        command: &Command,
        courier: &mut dyn Courier,
    ) -> Result<Answer, Trouble> {
        // Where no form of an answer is known, the first words that come are the answer.
        let known = profile.steps[command.step].replies.iter().any(|reply| reply.means != Means::Pending);
        let mut enough = |answer: &Answer| match read(profile, command.step, answer) {
            Some(reading) => reading.means != Means::Pending,
            None => !known && !answer.is_silent() && !answer.only_echo(),
        };
        let timeout = self.line.timeout.unwrap_or_else(|| profile.timeout(command.step, command.form));
        courier.ask(command.text.as_bytes(), Wait { timeout, settle: SETTLE }, &mut enough)
    }
}

/// What an answer says, by the profile's forms.
fn read(profile: &Profile, step: usize, answer: &Answer) -> Option<Reading> {
    answer.lines.iter().find_map(|line| profile.read_reply(step, line))
}

/// What nobody publishes is not made up: a guessed command may do anything.
fn unpublished(profile: &Profile, routine: &str, what: &str) -> Failure {
    let message =
        format!("no source gives {what} of {} ({}); nothing was sent", profile.id.value, profile.name);
    Failure::usage(message).hint(format!(
        "where the maker gives you one, put it as a step into a profile of your own, and its name into [routine] {routine}"
    ))
}

/// The exit, the sentence, and what a person can do.
fn judge(routine: &str, plan: &Plan, talked: &Talked) -> (Exit, String, Option<String>) {
    let answers = &talked.answers;
    let refusal = answers
        .iter()
        .filter_map(|answered| answered.reading.as_ref())
        .find(|reading| !matches!(reading.means, Means::Ok | Means::Value | Means::Pending));
    if let Some(refusal) = refusal {
        return (Exit::Failed, "the tracker refused".to_owned(), refusal.hint.clone());
    }
    if let Some(place) = report::best_place(answers) {
        let (exit, sentence) = placed(&place);
        return (exit, sentence, None);
    }
    let done = |answered: &Answered| {
        let means = answered.reading.as_ref().map(|reading| reading.means);
        matches!(means, Some(Means::Ok | Means::Value))
    };
    if routine != "locate" && answers.len() == plan.commands.len() && answers.iter().all(done) {
        return (Exit::Done, "the tracker answered that it is done".to_owned(), None);
    }
    if answers.iter().any(|answered| !answered.lines.is_empty()) {
        let understood = answers.iter().all(|answered| answered.reading.is_some());
        let sentence = match understood {
            true => "the tracker answered, and did not tell where it is: its answer stands below as it came",
            false => {
                "the tracker answered, and no source gives the form of its answer: it stands below as it came"
            }
        };
        return (Exit::Unproven, sentence.to_owned(), None);
    }
    let by_sms = plan.commands.iter().any(|command| command.form == FormName::Sms);
    let hint = match by_sms {
        _ if talked.echo => ECHO,
        true => "no coverage, asleep or off, a wrong password, or a number that it does not obey",
        false => "is the tracker on, and is this its port? `homing port list` shows the others",
    };
    (Exit::Unproven, "the tracker did not answer".to_owned(), Some(hint.to_owned()))
}

/// What a place in an answer comes to. Where the tracker has no fix it is not known where it is.
fn placed(place: &Place<'_>) -> (Exit, String) {
    let Place { latitude, longitude, worth } = place;
    let at = format!("the tracker says that it is at {latitude}, {longitude}");
    match worth {
        Worth::Fix => (Exit::Done, at),
        Worth::Untold => {
            (Exit::Done, format!("{at}; whether that is its last place, its answer does not tell"))
        }
        Worth::NoFix => (
            Exit::Unproven,
            format!(
                "the tracker says that it has no fix: {latitude}, {longitude} is its last place, or none"
            ),
        ),
        Worth::NoPlace => (
            Exit::Unproven,
            format!("the tracker answered {latitude}, {longitude}, which is no place that it can be at"),
        ),
    }
}

fn text(sentence: &str, answers: &[Answered], profile: &Profile, term: &mut Term) {
    term.sentence(&escape(sentence));
    for answered in answers {
        answered.lines.iter().for_each(|line| term.line(escape(&format!("  {line}"))));
        if let Some(link) = answered.link() {
            term.line(escape(&format!("  link: {link}")));
        }
        let values = answered.reading.iter().flat_map(|reading| &reading.values);
        for (name, value) in values.filter(|(name, value)| !value.is_empty() && !profile.is_secret(name)) {
            term.line(escape(&format!("  {name}: {value}")));
        }
    }
}
