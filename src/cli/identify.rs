//! `homing identify`: which dialect does a tracker obey? Only questions that change nothing.

use std::sync::Arc;
use std::time::Duration;

use clap::Args;

use crate::courier::{Answer, Courier, Trouble, Wait};
use crate::engine::Recipient;
use crate::identify::{Heard, Question, Shows, Told, Verdict, facts, questions, verdict};
use crate::plan::{Ask, What, plan};
use crate::profile::{FormName, Means, Profile};
use crate::report;
use crate::tracker::{Country, Phone, Tracker};
use crate::ui::{Exit, Failure, Term, escape};

use super::context::{Context, Global};
use super::ending::ECHO;
use super::flags::{clean, flag_error};
use super::forewarn::Outlook;
use super::opening::busy;
use super::route::{Format, Line, form};
use super::secrets::secret;
use super::tracker::card;

mod by_sms;

/// Short messages that finding out may take when nobody says otherwise.
const MOST: u32 = 4;

/// Find out which dialect a tracker obeys, by questions that change nothing.
#[derive(Debug, Args)]
pub(super) struct Identify {
    /// Profiles to consider, as --among [default: all]
    profile: Vec<String>,
    /// Profiles to consider, when it can only be one of these
    #[arg(long, value_name = "ID,ID", value_delimiter = ',')]
    among: Vec<String>,
    /// Name on the tracker's box: only profiles of trackers that are called so are considered
    #[arg(long, value_name = "MODEL", conflicts_with_all = ["profile", "among"])]
    hint: Option<String>,
    /// Short messages that it may take at most [default: 4]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100))]
    max_sms: Option<u32>,
    /// Password of the tracker's commands: file:PATH, env:NAME or ask [env: HOMING_PASSWORD]
    #[arg(long, value_name = "SOURCE")]
    password: Option<String>,
    /// Number of the tracker's SIM, as +573001234567, for a question by SMS
    #[arg(long, value_name = "NUMBER")]
    phone: Option<String>,
    /// ICCID of the tracker's SIM, for a gateway that addresses by it
    #[arg(long)]
    iccid: Option<String>,
    /// The SIM's id at a gateway that addresses by it
    #[arg(long, value_name = "ID")]
    sim_id: Option<String>,
    /// IMEI of the tracker, where a question names it
    #[arg(long)]
    imei: Option<String>,
    /// The id that its maker gave it, where a question names it
    #[arg(long, value_name = "ID")]
    device_id: Option<String>,
    /// Country of a number written without +, as CO or 57
    #[arg(long)]
    country: Option<Country>,
    #[command(flatten)]
    line: Line,
}

impl Identify {
    pub(super) fn run(self, global: &Global, term: &mut Term) -> anyhow::Result<Exit> {
        let via = self.line.via()?;
        let mut context = global.context()?;
        let form = form(&via);
        let candidates = self.candidates(&mut context, form)?;
        let mut tracker = self.tracker(term)?;
        let outlook = Outlook::one(&via, self.line.flags(), &context, term)?;
        outlook.hears()?;
        outlook.reach(&Recipient::from(&tracker))?;
        tracker.settings.password = secret("password", self.password.as_deref(), term)?;
        if form == FormName::Sms {
            return self.by_sms(&via, &context, &candidates, &tracker, term);
        }
        let asked = questions(&candidates, form);
        let Some(first) = candidates.first().filter(|_| !asked.is_empty()) else {
            return Err(
                Failure::usage("none of these profiles has identifying questions for this way").into()
            );
        };
        let mut courier = self.line.open_at(&via, &context, first, &tracker, &[], term)?;
        let spinner = term.spinner("asking");
        let heard = self.ask(&candidates, &asked, &tracker, courier.as_mut(), term);
        spinner.finish_and_clear();
        let heard = heard.map_err(|trouble| busy(&trouble))?;
        let exit = self.show(&candidates, courier.spec(), form, &heard, term)?;
        term.finish()?;
        courier.forget();
        Ok(exit)
    }

    /// The profiles that it may be.
    fn candidates(&self, context: &mut Context, form: FormName) -> Result<Vec<Arc<Profile>>, Failure> {
        if form == FormName::Cable && self.max_sms.is_some() {
            return Err(Failure::usage("--max-sms is for short messages, and a question on a cable is none"));
        }
        let mut candidates: Vec<Arc<Profile>> = Vec::new();
        for name in self.profile.iter().chain(&self.among) {
            let profile = context.profile(name)?;
            if candidates.iter().all(|known| known.id.value != profile.id.value) {
                candidates.push(profile);
            }
        }
        if let Some(hint) = &self.hint {
            let meant = context.catalogue.meant(hint);
            candidates = meant.iter().filter_map(|entry| entry.profile().ok()).map(Arc::clone).collect();
            if candidates.is_empty() {
                return context.profile(hint).map(|profile| vec![profile]);
            }
        }
        if candidates.is_empty() {
            // On a line each question costs a time-out: only who has a telling one is asked.
            let telling =
                |profile: &&Arc<Profile>| form == FormName::Sms || profile.routine("identify").is_some();
            let all = context.catalogue.entries().iter().filter_map(|entry| entry.profile().ok());
            candidates.extend(all.filter(telling).map(Arc::clone));
        }
        Ok(candidates)
    }

    /// What is known of the tracker.
    fn tracker(&self, term: &mut Term) -> Result<Tracker, Failure> {
        let mut tracker = Tracker::default();
        if let Some(phone) = &self.phone {
            let phone = Phone::parse(phone, self.country).map_err(|error| flag_error("phone", &error))?;
            tracker.phone = Some(phone);
        }
        if let Some(imei) = &self.imei {
            tracker.imei = Some(imei.parse().map_err(|error| flag_error("imei", &error))?);
        }
        tracker.device_id = clean("device-id", self.device_id.as_ref())?;
        card(&mut tracker, self.iccid.as_deref(), self.sim_id.as_ref(), term)?;
        Ok(tracker)
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
        loop {
            for question in asked {
                self.one(candidates, question, tracker, courier, &mut heard, term)?;
            }
            if !heard.told.is_empty() || !courier.may_be_modem() {
                return Ok(heard);
            }
            let wait = self.wait(FormName::Cable, &candidates[0], 0);
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
        form: FormName,
        heard: &Heard,
        term: &mut Term,
    ) -> anyhow::Result<Exit> {
        let verdict = verdict(heard);
        let sentence = verdict.sentence(candidates);
        if self.line.format == Format::Json {
            let view = report::identified(candidates, via, &verdict, &heard.told, None);
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
        let hint = hint(&verdict, via, form);
        match self.line.format {
            Format::Text => term.hint(hint.as_deref()),
            Format::Json => term.error(&sentence, hint.as_deref()),
        }
        Ok(Exit::Unproven)
    }

    /// How long one answer may take: on a line it comes at once or not at all.
    fn wait(&self, form: FormName, profile: &Profile, step: usize) -> Wait {
        let usual = match form {
            FormName::Cable => Duration::from_secs(3),
            form => profile.timeout(step, form),
        };
        Wait { timeout: self.line.timeout.unwrap_or(usual), settle: SETTLE }
    }

    fn one(
        &self,
        candidates: &[Arc<Profile>],
        question: &Question,
        tracker: &Tracker,
        courier: &mut dyn Courier,
        heard: &mut Heard,
        term: &mut Term,
    ) -> Result<(), Trouble> {
        let profile = &candidates[question.candidate];
        let form = FormName::Cable;
        // A dialect that was recognised needs no second question; every other may still be the one.
        let known = |told: &Told| told.candidate == question.candidate && told.shows == Shows::Who;
        if heard.told.iter().any(known) {
            return Ok(());
        }
        let steps = [profile.steps[question.step].id.value.clone()];
        let ask = Ask { what: What::Steps(&steps), ..Ask::routine("identify", form) };
        let Ok(plan) = plan(profile, tracker, &ask) else { return Ok(()) };
        for (command, shown) in plan.commands.iter().zip(plan.shown(profile, tracker)) {
            term.detail(&format!("> {}", shown.trim_end()));
            let read = |answer: &Answer| {
                answer.lines.iter().any(|line| profile.read_reply(command.step, line).is_some())
            };
            let wait = self.wait(form, profile, command.step);
            let mut enough = |answer: &Answer| read(answer);
            let answer = courier.ask(command.text.as_bytes(), wait, &mut enough)?;
            for line in &answer.lines {
                let line = line.replace(command.text.trim_end(), shown.trim_end());
                term.detail(&format!("< {}", profile.mask_reply(command.step, &line)));
            }
            heard.any |= !answer.is_silent() && !answer.only_echo();
            heard.echo |= answer.only_echo();
            heard.garbage |= answer.is_garbage();
            let told = |line: &String| Told::read(profile, question.candidate, command.step, line);
            heard.told.extend(answer.lines.iter().find_map(told));
        }
        Ok(())
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

/// What a person can do about it.
fn hint(verdict: &Verdict, via: &str, form: FormName) -> Option<String> {
    let bare = via.split('?').next().unwrap_or(via);
    let hint = match verdict {
        Verdict::Is(_) => return None,
        Verdict::Either(_) | Verdict::Alike(_) => {
            "give the profile of its model; `homing profile list` shows them".to_owned()
        }
        Verdict::ModemPort => "try the other ports of `homing port list`".to_owned(),
        Verdict::Garbage => {
            format!("the line speed is probably another: {bare}?baud=9600, 19200, 38400 or 57600")
        }
        Verdict::NotRecognised if form == FormName::Sms => {
            "--hint MODEL asks about what is on its box first, --max-sms N asks more; --verbose shows every line".to_owned()
        }
        Verdict::NotRecognised => "--verbose shows every line".to_owned(),
        Verdict::OnlyEcho => ECHO.to_owned(),
        Verdict::Silent if form == FormName::Sms => {
            "--password for a tracker whose password is not the maker's; is its SIM card in credit and coverage?".to_owned()
        }
        Verdict::Silent => format!("check the cable and the power; other speeds: {bare}?baud=N"),
    };
    Some(hint)
}
