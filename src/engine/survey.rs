//! The questions by which a dialect is found out, put together from the plans of the profiles that may be the one.

use std::sync::Arc;

use crate::identify::{Deed, Survey, Wording};
use crate::plan::{Ask, What, plan};
use crate::profile::{FormName, Kind, Profile, Scope};
use crate::secret::Secret;
use crate::tracker::Tracker;

/// The questions of these candidates by short message, for at most `most` of them. `all` are the profiles at hand: a
/// text that any of them takes, or may take, for a command that is no query is not asked, whoever the candidates are: a
/// name on a box is not always that of the tracker in it.
#[must_use]
pub fn survey(candidates: &[Arc<Profile>], all: &[Arc<Profile>], tracker: &Tracker, most: usize) -> Survey {
    let mut wordings = Vec::new();
    let deeds: Vec<Deed> = all.iter().flat_map(Deed::all).collect();
    for (candidate, profile) in candidates.iter().enumerate() {
        // Of two questions that tell as much, the one that the profile names first goes first.
        let chosen = profile.routine("identify");
        let others =
            (0..profile.steps.len()).filter(|step| !chosen.is_some_and(|chosen| chosen.contains(step)));
        let all_steps = chosen.unwrap_or_default().iter().copied().chain(others);
        let queries = all_steps.filter(|step| profile.steps[*step].kind == Kind::Query);
        for step in queries {
            let Some(mut wording) = wording(profile, tracker, candidate, step) else { continue };
            let chosen = chosen.is_none_or(|chosen| chosen.contains(&step));
            let own = &profile.id.value;
            let harmless = || {
                let (text, password) = (wording.text.expose(), wording.password.as_ref().map(Secret::expose));
                let may_be = |deed: &Deed| deed.profile != *own && deed.may_be(text, password);
                !all.iter().any(|other| changes(other, tracker, text)) && !deeds.iter().any(may_be)
            };
            wording.offered = chosen && !profile.steps[step].destructive && harmless();
            wordings.push(wording);
        }
    }
    Survey::new(candidates, wordings, most)
}

/// A query as it would go out; none where the tracker lacks what it needs.
fn wording(profile: &Profile, tracker: &Tracker, candidate: usize, step: usize) -> Option<Wording> {
    let steps = [profile.steps[step].id.value.clone()];
    let ask = Ask { what: What::Steps(&steps), ..Ask::routine("identify", FormName::Sms) };
    let plan = plan(profile, tracker, &ask).ok()?;
    let [command] = plan.commands.as_slice() else { return None };
    let shown = plan.shown(profile, tracker).pop()?;
    // What is masked in it is its password, of whatever name.
    let password = (shown != command.text)
        .then(|| profile.value(tracker, "password").unwrap_or_default().into_owned())
        .map(Secret::new);
    let sms = command.sms().unwrap_or(1);
    let text = Secret::new(command.text.clone());
    Some(Wording { candidate, step, text, shown, sms, password, offered: false })
}

/// Whether a family takes a text for a command that is no query.
fn changes(profile: &Profile, tracker: &Tracker, text: &str) -> bool {
    const BODY: &str = "body";
    let scope = Scope::whole(profile, tracker);
    let Ok(wrapped) = profile.render_form(FormName::Sms, &scope, BODY.to_owned(), None) else { return false };
    let Some((before, after)) = wrapped.rsplit_once(BODY) else { return false };
    let body =
        text.trim().strip_prefix(before.trim_start()).and_then(|text| text.strip_suffix(after.trim_end()));
    let heard = body.and_then(|body| profile.hear(FormName::Sms, body.trim()));
    heard.is_some_and(|heard| profile.steps[heard.step].kind != Kind::Query)
}
