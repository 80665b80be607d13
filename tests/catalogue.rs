//! The built-in profiles against what they were made from: the platform's lists brand by brand and the facts on sixty
//! families, which stand beside the project where it is built; and rules that hold for all profiles, wherever it is.
#![cfg(test)]

#[path = "catalogue/brands.rs"]
mod brands;
#[path = "catalogue/families.rs"]
mod families;
#[path = "catalogue/smuggling.rs"]
mod smuggling;
#[path = "catalogue/walk.rs"]
mod walk;

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use homing::plan::{Ask, Fault, Plan, What, plan};
use homing::profile::{Catalogue, FormName, Profile, tracker_with};

/// The IMEI that everything is rendered for: the example of the encyclopaedia's article on the IMEI.
const IMEI: &str = "490154203237518";

/// A file of the facts; none, and said, where the project stands alone.
#[expect(clippy::print_stderr, reason = "a comparison that did not take place is said")]
fn facts(name: &str) -> Option<String> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/facts").join(name);
    let text = fs::read_to_string(path).ok();
    if text.is_none() {
        eprintln!("the facts are not beside the project: nothing is compared with {name}");
    }
    text
}

fn profile(catalogue: &Catalogue, id: &str) -> Arc<Profile> {
    Arc::clone(catalogue.entries().iter().find(|entry| entry.id == id).unwrap().profile().unwrap())
}

/// The form that a profile's commands are made in: short messages, where there are any.
fn form(profile: &Profile) -> FormName {
    if profile.form(FormName::Sms).is_some() { FormName::Sms } else { FormName::Cable }
}

fn planned(profile: &Profile, what: What<'_>, settings: &[(&str, &str)]) -> Result<Plan, Vec<Fault>> {
    let tracker =
        tracker_with(settings.iter().copied()).map_err(|error| vec![Fault::error("setting", error)])?;
    let assume: Vec<String> =
        profile.steps.iter().flat_map(|step| &step.instead).filter_map(|way| way.assume.clone()).collect();
    // A step that is not taken in the usual form goes by the first of its own.
    let single = if let What::Steps([id]) = &what {
        profile.steps.iter().find(|step| step.id.value == *id)
    } else {
        None
    };
    let form = single.and_then(|step| step.forms.first().copied()).unwrap_or_else(|| form(profile));
    let ask = Ask { what, assume: &assume, destructive: true, ..Ask::routine("provision", form) };
    plan(profile, &tracker, &ask)
}

/// The texts of a plan, without the form's line ends.
fn texts(plan: &Plan) -> Vec<String> {
    plan.commands.iter().map(|command| command.text.trim_end_matches(['\r', '\n']).to_owned()).collect()
}

/// The XOR of all bytes, by its definition.
fn xor(text: &str) -> String {
    format!("{:02X}", text.bytes().fold(0_u8, |sum, byte| sum ^ byte))
}
