//! `homing send`: one tracker, now, with every answer waited for and the settings read back.

use clap::{Args, ValueEnum};

use crate::courier::Via;
use crate::engine::{Asking, Recipient, Script};
use crate::plan::{self, Plan};
use crate::profile::{FormName, Profile};
use crate::tracker::Tracker;
use crate::ui::{Exit, Failure, Term, escape};

use super::context::Global;
use super::forewarn::{Flags, Outlook, Word};
use super::generate::Choice;
use super::modem::sim_in;
use super::route::{Line, Messages, form};
use super::talk::{finish, lead, unscripted};
use super::tracker::TrackerArgs;

/// Send one tracker's commands now, wait for each answer, read the settings back.
#[derive(Debug, Args)]
pub(super) struct Send {
    /// Profile: its id, a model's name, or the path of a TOML file
    profile: String,
    #[command(flatten)]
    tracker: TrackerArgs,
    #[command(flatten)]
    choice: Choice,
    #[command(flatten)]
    line: Line,
    /// With --apn auto: take the network of the SIM card in the modem of --via, where the tracker's is of the same
    #[arg(long, value_enum, value_name = "SOURCE", conflicts_with_all = ["imsi", "mcc_mnc"], help_heading = "Settings")]
    apn_from: Option<ApnFrom>,
    /// By SMS, send without asking first which dialect the tracker obeys
    #[arg(long, help_heading = "Commands")]
    no_identify: bool,
    /// Show every message, send nothing
    #[arg(long, help_heading = "Commands")]
    dry_run: bool,
    /// With --dry-run, show secrets too
    #[arg(long, requires = "dry_run", help_heading = "Commands")]
    show_secrets: bool,
}

/// Where `--apn auto` learns the network from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ApnFrom {
    /// The SIM card in the modem
    Modem,
}

impl Send {
    /// The SIM card in the modem, where `--apn auto` is to learn from it.
    fn learn_sim(&mut self, via: &Via, term: &mut Term) -> Result<(), Failure> {
        let Some(ApnFrom::Modem) = self.apn_from else { return Ok(()) };
        if !matches!(via, Via::Modem { .. }) {
            return Err(Failure::usage(
                "--apn-from modem reads the SIM card of a modem, and --via names none",
            )
            .hint("--via modem:PORT; or --imsi or --mcc-mnc"));
        }
        self.tracker.sim = Some(sim_in(&self.line.via, term)?);
        Ok(())
    }

    pub(super) fn run(mut self, global: &Global, term: &mut Term) -> anyhow::Result<Exit> {
        let via = self.line.via()?;
        let form = form(&via);
        if self.no_identify && form == FormName::Cable {
            return Err(Failure::usage(
                "--no-identify is for short messages: on a cable the questions cost nothing",
            )
            .into());
        }
        let mut context = global.context()?;
        let profile = context.profile(&self.profile)?;
        self.learn_sim(&via, term)?;
        let tracker = self.tracker.tracker(&context, &profile, term)?;
        let flags = Flags { dry_run: self.dry_run, ..self.line.flags() };
        let outlook = Outlook::one(&via, flags, &context, term)?;
        outlook.reach(&Recipient::from(&tracker))?;
        let asking = outlook.asking(&Word::Given(self.no_identify), term)?;
        let ask = self.choice.ask(form, *plan::PACKETS.start());
        let script = Script::new(&profile, &tracker, &ask, asking);
        let script = script.map_err(|error| unscripted(error, form, term))?;
        let Script { questions, commands, reads, .. } = &script;
        let remarks: Vec<String> = commands.remarks.iter().map(plan::Fault::sentence).collect();
        for warning in remarks.iter().chain(&commands.warnings) {
            term.warn(warning);
        }
        if self.dry_run {
            return Ok(dry_run(&profile, &tracker, [questions, commands, reads], self.show_secrets, term));
        }
        let [asked, sent, read] = script.messages();
        let others = if asking == Asking::First { profile.alternatives.len() } else { 0 };
        let counted = Messages { questions: asked + others, commands: sent, reads: read };
        let destructive = destructive(&profile, commands);
        self.line.agree(&via, tracker.phone.as_ref(), &counted, destructive, term)?;
        let session = script.session(&profile, &tracker, |id| context.find(id));
        let mut courier = self.line.open(&via, &context, &profile, &tracker, term)?;
        let ended = lead(session, courier.as_mut(), &via, &self.line, term);
        finish(&profile, &tracker, courier.as_mut(), &via, &ended, &self.line, term)
    }
}

/// The steps of a plan that cannot be undone, as a sentence.
fn destructive(profile: &Profile, commands: &Plan) -> Option<String> {
    let steps = commands.commands.iter().map(|command| &profile.steps[command.step]);
    let names: Vec<&str> = steps.filter(|step| step.destructive).map(|step| step.id.as_str()).collect();
    (!names.is_empty()).then(|| format!("the plan holds {}, which cannot be undone", names.join(" and ")))
}

fn dry_run(profile: &Profile, tracker: &Tracker, plans: [&Plan; 3], secrets: bool, term: &mut Term) -> Exit {
    let titles = [
        "would ask first, until one is answered:",
        "would send, each after the answer to the one before:",
        "would then ask, to compare with what was sent:",
    ];
    for (title, plan) in titles.iter().zip(plans) {
        if plan.commands.is_empty() {
            continue;
        }
        term.line(title);
        let shown = plan.shown(profile, tracker);
        for (command, shown) in plan.commands.iter().zip(shown) {
            let text = if secrets { command.text.as_str() } else { shown.as_str() };
            term.line(format!("  {}", escape(text.trim_end())));
        }
    }
    term.note("nothing was sent");
    Exit::Done
}
