//! A tracker and a profile become a plan: the exact commands, in order, each with its evidence.
//! Pure, and the only room that decides what is sent; a plan is made whole or not at all.

mod check;
mod fault;
mod note;

use std::sync::Arc;

pub use fault::{Fault, Weight};

use crate::profile::{
    Condition, Evidence, FACTORY_RESET, FormName, Instead, Kind, Profile, RenderError, Scope,
};
use crate::sms::{Alphabet, Size, measure};
use crate::tracker::Tracker;

/// First packet number of a link frame, and the last before it starts again (iStartek V1.6, section 2.1 of the facts).
pub const PACKETS: std::ops::RangeInclusive<u8> = 0x3A..=0x7E;

/// What is to be planned.
#[derive(Debug, Clone)]
pub struct Ask<'a> {
    /// Which steps.
    pub what: What<'a>,
    /// In which form.
    pub form: FormName,
    /// Forms without a source for this tracker that the user allows, by their word.
    pub assume: &'a [String],
    /// Steps of the routine to leave out.
    pub without: &'a [String],
    /// Begin with the factory reset.
    pub factory_reset: bool,
    /// Allow single steps that erase, lock out or stop reporting.
    pub destructive: bool,
    /// Packet number of the first link frame.
    pub packet: u8,
}

impl<'a> Ask<'a> {
    /// A routine in a form, with nothing special.
    #[must_use]
    pub fn routine(name: &'a str, form: FormName) -> Self {
        Self {
            what: What::Routine(name),
            form,
            assume: &[],
            without: &[],
            factory_reset: false,
            destructive: false,
            packet: *PACKETS.start(),
        }
    }
}

/// Which steps a plan takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What<'a> {
    /// A routine of the profile.
    Routine(&'a str),
    /// Single steps, in this order.
    Steps(&'a [String]),
}

/// One command: a step rendered for one tracker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command {
    /// Place of the step in the profile.
    pub step: usize,
    /// Place in the step's `instead`, when another form than the main one is sent.
    pub way: Option<usize>,
    /// The exact text, secrets and all. Never for logs or reports: see [`Plan::shown`].
    pub text: String,
    /// Its form.
    pub form: FormName,
    /// Characters, alphabet and short messages of the text.
    pub size: Size,
    /// What the form of this command is worth.
    pub evidence: Evidence,
    /// Packet number, of a link frame.
    pub packet: Option<u8>,
}

impl Command {
    /// Short messages it takes, none when it is no SMS.
    #[must_use]
    pub fn sms(&self) -> Option<usize> {
        (self.form == FormName::Sms).then_some(self.size.messages)
    }
}

/// The commands for one tracker.
#[derive(Debug, Clone)]
pub struct Plan {
    /// In the order they are to be sent.
    pub commands: Vec<Command>,
    /// What a person should know before sending them.
    pub warnings: Vec<String>,
    /// What is odd about the tracker's settings, though it does not keep the plan from being made.
    pub remarks: Vec<Fault>,
    /// The identity to register at the platform, where it is known.
    pub register: Option<String>,
    /// The tracker after these commands, where they change what later ones are wrapped with: its password.
    pub after: Option<Tracker>,
}

/// Renders the asked-for steps for a tracker.
///
/// # Errors
/// Every reason why the plan cannot be made; nothing of it is usable then.
pub fn plan(profile: &Profile, tracker: &Tracker, ask: &Ask<'_>) -> Result<Plan, Vec<Fault>> {
    if profile.form(ask.form).is_none() {
        return Err(vec![fault::no_form(profile, ask.form)]);
    }
    let (steps, fault) = match steps(profile, tracker, ask) {
        Ok(steps) => (steps, None),
        Err(fault) => (Vec::new(), Some(fault)),
    };
    let only_asks = steps.iter().all(|at| profile.steps[*at].kind == Kind::Query);
    let mut faults = check::tracker(profile, tracker, only_asks);
    faults.extend(fault);
    let mut scope = Scope::whole(profile, tracker);
    let register = profile.render_register(&scope);
    let mut after: Option<Tracker> = None;
    let mut commands = Vec::with_capacity(steps.len());
    let mut packet = ask.packet;
    for step in steps {
        let now = after.as_ref().unwrap_or(tracker);
        match command(profile, now, ask, &scope, step, packet) {
            Ok(command) => {
                packet = if packet >= *PACKETS.end() { *PACKETS.start() } else { packet + 1 };
                commands.push(command);
            }
            Err(fault) => faults.push(fault),
        }
        if let Some(left) = left(profile, now, &scope, step, &mut faults) {
            scope = Scope::whole(profile, &left);
            after = Some(left);
        }
    }
    let (serious, light): (Vec<_>, Vec<_>) =
        fault::joined(faults).into_iter().partition(|fault| fault.weight == Weight::Error);
    if !serious.is_empty() {
        return Err(serious.into_iter().chain(light).collect());
    }
    let warnings = note::notes(profile, tracker, ask, &commands);
    Ok(Plan { commands, warnings, remarks: light, register, after })
}

impl Plan {
    /// A plan without a command.
    #[must_use]
    pub fn empty() -> Self {
        Self { commands: Vec::new(), warnings: Vec::new(), remarks: Vec::new(), register: None, after: None }
    }

    /// The commands as they may be shown: secret fields masked, everything else as it is sent.
    #[must_use]
    pub fn shown(&self, profile: &Profile, tracker: &Tracker) -> Vec<String> {
        let scope = Scope::masked(profile, tracker);
        let shown = |command: &Command| {
            let body = profile.render_body(command.step, command.way, &scope)?;
            profile.render_form(command.form, &scope, body, command.packet)
        };
        self.commands
            .iter()
            .map(|command| shown(command).unwrap_or_else(|_| crate::secret::Secret::MASK.to_owned()))
            .collect()
    }

    /// Short messages of the whole plan.
    #[must_use]
    pub fn sms(&self) -> usize {
        self.commands.iter().filter_map(Command::sms).sum()
    }

    /// The weakest evidence among the commands.
    #[must_use]
    pub fn evidence(&self) -> Option<Evidence> {
        self.commands.iter().map(|command| command.evidence).max()
    }
}

/// The steps asked for, those left out by a condition or by the user removed.
fn steps(profile: &Profile, tracker: &Tracker, ask: &Ask<'_>) -> Result<Vec<usize>, Fault> {
    let mut steps = Vec::new();
    if ask.factory_reset {
        steps = profile
            .routine(FACTORY_RESET)
            .filter(|steps| !steps.is_empty())
            .ok_or_else(|| fault::no_reset(profile))?
            .to_vec();
    }
    for name in ask.without {
        if profile.step(name).is_none() {
            return Err(fault::no_step(profile, name));
        }
    }
    match ask.what {
        What::Routine(name) => {
            let routine = profile.routine(name).ok_or_else(|| fault::no_routine(profile, name))?;
            steps.extend(routine.iter().copied().filter(|at| {
                let step = &profile.steps[*at];
                let wanted = step.only_if.iter().all(|setting| profile.value(tracker, setting).is_some());
                wanted && !ask.without.contains(&step.id.value)
            }));
        }
        What::Steps(names) => {
            for name in names {
                steps.push(profile.step(name).ok_or_else(|| fault::no_step(profile, name))?);
            }
        }
    }
    Ok(steps)
}

fn command(
    profile: &Profile,
    tracker: &Tracker,
    ask: &Ask<'_>,
    scope: &Arc<Scope>,
    at: usize,
    packet: u8,
) -> Result<Command, Fault> {
    let step = &profile.steps[at];
    let resets = ask.factory_reset && profile.routine(FACTORY_RESET).is_some_and(|steps| steps.contains(&at));
    if step.destructive && !resets && !ask.destructive {
        return Err(fault::destructive(profile, at));
    }
    if !step.forms.is_empty() && !step.forms.contains(&ask.form) {
        return Err(fault::wrong_form(step, ask.form));
    }
    let way = way(profile, tracker, ask, at)?;
    let packet = (ask.form == FormName::Link).then_some(packet);
    let text = profile
        .render_body(at, way, scope)
        .and_then(|body| profile.render_form(ask.form, scope, body, packet))
        .map_err(|error| fault::unrendered(profile, step, error))?;
    let size = measure(trimmed(&text, ask.form));
    limits(profile, at, &text, size, ask.form)?;
    let source = way.map_or(&step.source, |way| &step.instead[way].source);
    let form_source = profile.form(ask.form).map_or(source, |form| &form.source);
    let evidence = profile.evidence(source).max(profile.evidence(form_source));
    Ok(Command { step: at, way, text, form: ask.form, size, evidence, packet })
}

/// The tracker after a step that changes what later commands are wrapped with.
fn left(
    profile: &Profile,
    now: &Tracker,
    scope: &Arc<Scope>,
    step: usize,
    faults: &mut Vec<Fault>,
) -> Option<Tracker> {
    if profile.steps[step].leaves.is_empty() {
        return None;
    }
    let mut left = now.clone();
    for (name, value) in profile.render_leaves(step, scope).ok()? {
        if let Err(error) = left.settings.set(&name, &value) {
            faults.push(Fault::error("leaves", error.to_string()).about(&name));
        }
    }
    Some(left)
}

/// A line end on a cable or a link is no character a person counts.
fn trimmed(text: &str, form: FormName) -> &str {
    if form == FormName::Sms { text } else { text.trim_end_matches(['\r', '\n']) }
}

/// The form of a step that serves this tracker's settings.
fn way(profile: &Profile, tracker: &Tracker, ask: &Ask<'_>, at: usize) -> Result<Option<usize>, Fault> {
    let step = &profile.steps[at];
    let holds = |condition: &Condition| condition.holds(|name| profile.value(tracker, name));
    let Some((way, instead)) = step.instead.iter().enumerate().find(|(_, instead)| holds(&instead.condition))
    else {
        return Ok(None);
    };
    let allowed = |instead: &Instead| instead.assume.as_ref().is_none_or(|word| ask.assume.contains(word));
    if allowed(instead) {
        return Ok(Some(way));
    }
    let masked = Scope::masked(profile, tracker);
    let would = profile.render_body(at, Some(way), &masked).unwrap_or_default();
    Err(fault::not_assumed(profile, step, instead, &would))
}

/// A text that a device may cut, reassemble wrongly or misread is not sent.
fn limits(profile: &Profile, at: usize, text: &str, size: Size, form: FormName) -> Result<(), Fault> {
    let step = &profile.steps[at];
    let body = trimmed(text, form);
    if let Some(odd) = body.chars().find(|c| !profile.limits.allows(*c)) {
        return Err(fault::odd_character(profile, step, odd));
    }
    if form == FormName::Sms && size.alphabet == Alphabet::Ucs2 && !profile.limits.unicode {
        return Err(fault::needs_ucs2(step, body));
    }
    if form == FormName::Sms && size.messages > profile.limits.parts {
        return Err(fault::too_long(profile, step, size));
    }
    Ok(())
}

/// What a step sends in the way a command took.
#[must_use]
pub fn sets<'p>(profile: &'p Profile, command: &Command) -> Vec<&'p str> {
    let step = &profile.steps[command.step];
    let own = command.way.and_then(|way| step.instead[way].sets.as_ref()).unwrap_or(&step.sets);
    own.iter().map(|name| name.as_str()).collect()
}

/// Whether a command changes the tracker.
#[must_use]
pub fn writes(profile: &Profile, command: &Command) -> bool {
    profile.steps[command.step].kind != Kind::Query
}

impl From<RenderError> for Fault {
    fn from(error: RenderError) -> Self {
        Self::error("does-not-render", error.to_string())
    }
}

#[cfg(test)]
mod tests;
