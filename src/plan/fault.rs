//! Why a plan cannot be made, or what is odd about it: each names the value and the way out.

use crate::profile::{FormName, Instead, Profile, RenderError, Step};
use crate::sms::{Size, measure};
use crate::units::nearest;

/// How much a fault weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// The plan cannot be made.
    Error,
    /// It can, and a person should know.
    Warning,
}

/// One thing that stands in the way of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Its kind, for scripts.
    pub rule: &'static str,
    /// How much it weighs.
    pub weight: Weight,
    /// The setting it is about, by which a CSV's column is found.
    pub setting: Option<String>,
    /// One sentence with the value that shows it.
    pub message: String,
    /// What would be right.
    pub fix: Option<String>,
    /// The step it is about.
    pub step: Option<String>,
}

impl Fault {
    /// A fault that keeps the plan from being made.
    pub fn error(rule: &'static str, message: impl Into<String>) -> Self {
        Self { rule, weight: Weight::Error, setting: None, message: message.into(), fix: None, step: None }
    }

    /// Something a person should know.
    pub fn warning(rule: &'static str, message: impl Into<String>) -> Self {
        Self { weight: Weight::Warning, ..Self::error(rule, message) }
    }

    /// The same about a setting.
    #[must_use]
    pub fn about(mut self, setting: &str) -> Self {
        self.setting = Some(setting.to_owned());
        self
    }

    /// The same with what would be right.
    #[must_use]
    pub fn fix(mut self, fix: impl Into<String>) -> Self {
        self.fix = Some(fix.into());
        self
    }

    /// Message and fix as one line.
    #[must_use]
    pub fn sentence(&self) -> String {
        match &self.fix {
            Some(fix) => format!("{}; {fix}", self.message),
            None => self.message.clone(),
        }
    }
}

pub(super) fn no_reset(profile: &Profile) -> Fault {
    Fault::error("no-factory-reset", format!("the profile {} knows no factory reset", profile.id.value))
}

pub(super) fn no_routine(profile: &Profile, name: &str) -> Fault {
    let has: Vec<&str> = profile.routines.iter().map(|routine| routine.name.as_str()).collect();
    Fault::error("no-routine", format!("the profile {} has no routine \"{name}\"", profile.id.value))
        .fix(format!("it has: {}", has.join(", ")))
}

pub(super) fn no_step(profile: &Profile, name: &str) -> Fault {
    let names = || profile.steps.iter().map(|step| step.id.as_str());
    let fault = Fault::error("no-step", format!("the profile {} has no step \"{name}\"", profile.id.value));
    fault.fix(match nearest(name, names()) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => format!("`homing profile show {}` lists them", profile.id.value),
    })
}

pub(super) fn destructive(profile: &Profile, at: usize) -> Fault {
    let step = &profile.steps[at];
    let what = step.title.as_deref().unwrap_or("it cannot be undone");
    let resets = profile.routine(crate::profile::FACTORY_RESET).is_some_and(|steps| steps.contains(&at));
    Fault::error("destructive", format!("the step \"{}\" is destructive ({what})", step.id.value)).fix(
        if resets {
            "--factory-reset puts it first; --destructive allows it as a step"
        } else {
            "--destructive allows it"
        },
    )
}

pub(super) fn wrong_form(step: &Step, form: FormName) -> Fault {
    let forms: Vec<String> = step.forms.iter().map(ToString::to_string).collect();
    Fault::error("wrong-form", format!("the step \"{}\" cannot go by {form}", step.id.value))
        .fix(format!("it goes by: {}", forms.join(", ")))
}

/// A form that the profile does not have.
pub(super) fn no_form(profile: &Profile, form: FormName) -> Fault {
    let forms: Vec<String> = profile.forms.iter().map(|form| form.name.to_string()).collect();
    Fault::error("no-form", format!("{} takes no commands by {form}", profile.name))
        .fix(format!("it takes them by: {}", forms.join(", ")))
}

/// How a setting can be given, in the words of flags and columns.
fn way_to_give(profile: &Profile, setting: &str) -> String {
    match setting {
        "server" | "port" => "--server".to_owned(),
        "apn" | "imei" | "phone" | "iccid" | "interval" | "timezone" | "transport" | "login" => {
            format!("--{setting}")
        }
        "apn_user" | "apn_password" | "device_id" | "sim_id" => format!("--{}", setting.replace('_', "-")),
        "maker_id" => "--device-id".to_owned(),
        "password" => "--password".to_owned(),
        _ if profile.is_secret(setting) => format!("--set {setting}=file:PATH"),
        _ => format!("--set {setting}=VALUE"),
    }
}

/// A setting in words: whoever reads them knows no name that only profiles use.
fn said(setting: &str) -> &str {
    if setting == "maker_id" { "the maker's own id" } else { setting }
}

/// The rule of a step that lacks a setting.
const MISSING: &str = "missing-setting";

pub(super) fn unrendered(profile: &Profile, step: &Step, error: RenderError) -> Fault {
    let RenderError::Missing(missing) = &error else {
        return Fault::error(
            "does-not-render",
            format!("the step \"{}\" does not render: {error}", step.id.value),
        );
    };
    let needed = if missing.is_empty() {
        "a setting".to_owned()
    } else {
        missing.iter().map(|name| said(name)).collect::<Vec<_>>().join(" and ")
    };
    let mut flags: Vec<String> = missing.iter().map(|setting| way_to_give(profile, setting)).collect();
    flags.dedup();
    let column = |setting: &String| match setting.as_str() {
        "apn" | "apn_user" | "apn_password" | "imei" | "device_id" | "phone" | "iccid" | "sim_id"
        | "interval" | "timezone" | "transport" | "password" | "login" | "server" => setting.clone(),
        "port" => "server".to_owned(),
        "maker_id" => "device_id".to_owned(),
        other => format!("set.{other}"),
    };
    let columns: Vec<String> = missing.iter().map(column).collect();
    let mut fault =
        Fault::error(MISSING, format!("the step \"{}\" needs {needed}, which is not given", step.id.value))
            .fix(format!(
                "give {} (in a CSV the column {}), or leave the step out with --without {}",
                flags.join(" and "),
                columns.join(" and "),
                step.id.value
            ));
    fault.setting =
        missing.first().map(|name| if name == "maker_id" { "device_id".into() } else { name.clone() });
    fault.step = Some(step.id.value.clone());
    fault
}

/// Faults of which those that want the same setting for several steps are one.
pub(super) fn joined(faults: Vec<Fault>) -> Vec<Fault> {
    let mut joined: Vec<(Fault, Vec<String>)> = Vec::with_capacity(faults.len());
    for fault in faults {
        let of = |fault: &Fault, step: &str| {
            let wants = fault.message.strip_prefix(&format!("the step \"{step}\" "))?;
            (fault.rule == MISSING).then(|| wants.to_owned())
        };
        let (step, wants) = match &fault.step {
            Some(step) => (step.clone(), of(&fault, step)),
            None => (String::new(), None),
        };
        let same = joined.iter_mut().find(|(first, steps)| {
            wants.is_some() && steps.first().is_some_and(|step| of(first, step) == wants)
        });
        match same {
            Some((_, steps)) => steps.push(step),
            None => joined.push((fault, vec![step])),
        }
    }
    joined
        .into_iter()
        .map(|(fault, steps)| if steps.len() > 1 { wanted_by(fault, &steps) } else { fault })
        .collect()
}

/// The fault of the first of several steps as that of all of them.
fn wanted_by(mut fault: Fault, steps: &[String]) -> Fault {
    let quoted: Vec<String> = steps.iter().map(|step| format!("\"{step}\"")).collect();
    if let ([first, ..], Some((last, others))) = (steps, quoted.split_last()) {
        let wants = fault.message.trim_start_matches(&format!("the step \"{first}\" needs"));
        fault.message = format!("the steps {} and {last} need{wants}", others.join(", "));
        fault.fix = fault.fix.map(|fix| match fix.split_once(", or leave the step out") {
            Some((give, _)) => give.to_owned(),
            None => fix,
        });
    }
    fault
}

pub(super) fn not_assumed(profile: &Profile, step: &Step, instead: &Instead, would: &str) -> Fault {
    let word = instead.assume.as_deref().unwrap_or_default();
    let why = instead.why.as_deref().unwrap_or("no source gives this form for this tracker");
    let source = profile.sources.iter().find(|source| source.id.value == *instead.source);
    let evidence = profile.evidence(&instead.source);
    let from = source.and_then(|source| source.title.as_deref()).unwrap_or("related makers");
    let mut fault = Fault::error("not-assumed", why.to_owned())
        .fix(format!("--assume {word} sends {would} ({evidence}: {from})"));
    fault.setting = instead.condition.settings().next().map(str::to_owned);
    fault.message = format!("the step \"{}\" has no sourced form for this: {}", step.id.value, fault.message);
    fault
}

pub(super) fn odd_character(profile: &Profile, step: &Step, odd: char) -> Fault {
    let alphabet = profile.limits.alphabet_text.as_deref().unwrap_or_default();
    Fault::error(
        "odd-character",
        format!("the step \"{}\" would send {odd:?}, which {} does not take", step.id.value, profile.name),
    )
    .fix(format!("its alphabet is {alphabet}"))
}

pub(super) fn needs_ucs2(step: &Step, body: &str) -> Fault {
    let odd =
        body.chars().find(|c| measure(c.encode_utf8(&mut [0; 4])).alphabet == crate::sms::Alphabet::Ucs2);
    let odd = odd.map(|c| format!("{c:?} ")).unwrap_or_default();
    Fault::error(
        "needs-ucs2",
        format!("the step \"{}\" needs UCS-2, as {odd}is not in the GSM alphabet", step.id.value),
    )
    .fix("write it without that character")
}

pub(super) fn too_long(profile: &Profile, step: &Step, size: Size) -> Fault {
    let message = format!(
        "the step \"{}\" takes {} short messages ({} characters), {} takes {}",
        step.id.value, size.messages, size.characters, profile.name, profile.limits.parts
    );
    Fault::error("too-long", message).fix("shorten the APN, the user or the host name")
}
