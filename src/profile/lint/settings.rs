//! Rules about settings and the lines that send them: what may be given, and what a line without it says.

use super::super::finding::{Finding, Severity};
use super::super::types::{Condition, Located, Profile, SettingRule, Step};
use super::{error, is_known};

/// A rule for what no command sends would never refuse anything, and its default would never arrive.
pub(super) fn rule_without_command(profile: &Profile, findings: &mut Vec<Finding>) {
    let limits = |rule: &&SettingRule| {
        rule.default.is_some()
            || rule.min.is_some()
            || rule.max.is_some()
            || rule.usual.is_some()
            || rule.pattern.is_some()
            || rule.max_length.is_some()
            || !rule.values.is_empty()
            || !rule.needs.is_empty()
    };
    let reaches = |name: &str| profile.sends(name) || profile.registers(name);
    for rule in profile.settings.iter().filter(limits).filter(|rule| !reaches(&rule.name)) {
        let message = format!("[setting.{0}] says what `{0}` may be, and no command sends it", rule.name);
        let finding = error("rule-without-command", &rule.at, message).weighing(Severity::Warning);
        findings.push(finding.help("a line that sets it without its value lists it in `sets`"));
    }
}

/// A line that sets a setting and does not hold its value is right for one value: any other would be taken for set.
pub(super) fn fixed_without_rule(profile: &Profile, findings: &mut Vec<Finding>) {
    for (at, step) in profile.steps.iter().enumerate() {
        let lines = std::iter::once(None).chain((0..step.instead.len()).map(Some));
        for way in lines {
            let (sets, line) = line(step, way);
            let says = |name: &str| profile.templates.way_mentions(at, way, name);
            let unsaid: Vec<&str> = sets
                .iter()
                .map(|name| name.as_str())
                .filter(|name| is_known(profile, name) && !says(name))
                .filter(|name| !Values::sent(profile, step, way, name).at_most_one())
                .collect();
            if !unsaid.is_empty() {
                let names = unsaid.join("` and `");
                let message =
                    format!("this line of \"{}\" sets `{names}` and holds no value of it", step.id.value);
                let help = "the one value it stands for belongs in `values` of its [setting], or in a `when`";
                findings.push(error("fixed-without-rule", &line.at, message).help(help));
            }
        }
    }
}

/// What a line of a step sets, and its text.
fn line(step: &Step, way: Option<usize>) -> (&[Located<String>], &Located<String>) {
    match way.and_then(|way| step.instead.get(way)) {
        Some(instead) => (instead.sets.as_ref().unwrap_or(&step.sets), &instead.send),
        None => (&step.sets, &step.send),
    }
}

/// The values of a setting that a line is sent for: a list, or all but nothing known.
#[derive(Clone)]
struct Values(Option<Vec<String>>);

impl Values {
    /// Those that the profile takes at all.
    fn of(profile: &Profile, name: &str) -> Self {
        if name == "transport" {
            return Self(Some(profile.transports.iter().map(|one| one.as_str().to_owned()).collect()));
        }
        let rule = profile.setting(name).filter(|rule| !rule.values.is_empty());
        Self(rule.map(|rule| rule.values.clone()))
    }

    /// Those for which one line of a step is sent.
    fn sent(profile: &Profile, step: &Step, line: Option<usize>, name: &str) -> Self {
        let mut left = Self::of(profile, name);
        for (way, instead) in step.instead.iter().enumerate() {
            let (here, rest) = left.parted(&instead.condition, name);
            if line == Some(way) {
                return here;
            }
            left = rest;
        }
        left
    }

    fn at_most_one(&self) -> bool {
        self.0.as_ref().is_some_and(|values| values.len() <= 1)
    }

    /// Those for which a line with this condition is sent, and those left for the lines behind it.
    fn parted(&self, condition: &Condition, name: &str) -> (Self, Self) {
        let about = |list: &[(Located<String>, Vec<String>)]| -> Option<Vec<String>> {
            list.iter().find(|(setting, _)| setting.as_str() == name).map(|(_, values)| values.clone())
        };
        let (only, but) = (about(&condition.when), about(&condition.unless));
        let mut here = self.clone();
        if let Some(only) = &only {
            here.keep(only);
        }
        if let Some(but) = &but {
            here.drop(but);
        }
        // Whether it is sent depends on more than this setting: all of them may come to the lines behind it.
        if condition.settings().any(|setting| setting != name) {
            return (here, self.clone());
        }
        let mut rest = self.clone();
        match (only, but) {
            (Some(only), None) => rest.drop(&only),
            (None, Some(but)) => rest.keep(&but),
            (None, None) => rest = Self(Some(Vec::new())),
            (Some(_), Some(_)) => {}
        }
        (here, rest)
    }

    fn keep(&mut self, these: &[String]) {
        match &mut self.0 {
            Some(values) => values.retain(|value| these.contains(value)),
            None => self.0 = Some(these.to_vec()),
        }
    }

    fn drop(&mut self, these: &[String]) {
        if let Some(values) = &mut self.0 {
            values.retain(|value| !these.contains(value));
        }
    }
}
