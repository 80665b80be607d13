//! A verification as text or JSON: the outcome, and what the tracker told of the matters an owner has to know.

use crate::engine::audit;
use crate::profile::{FormName, Profile};
use crate::report;
use crate::run::Ended;
use crate::tracker::Tracker;
use crate::ui::{self, Exit, Term};

use super::super::ending::{advice, with_trouble};
use super::super::route::Format;
use super::super::talk::show_with;

/// A conversation that ended, and with whom it was.
pub(super) struct View<'a> {
    pub(super) profile: &'a Profile,
    pub(super) tracker: &'a Tracker,
    pub(super) via: &'a str,
    pub(super) form: FormName,
    pub(super) ended: &'a Ended,
}

/// Shows the outcome, then firmware and matters where the tracker answered at all.
pub(super) fn outcome(
    view: &View<'_>,
    firmware: Option<&str>,
    format: Format,
    term: &mut Term,
) -> anyhow::Result<Exit> {
    let View { profile, tracker, via, form, ended } = *view;
    let matters = audit(profile, &ended.outcome.talk);
    let tell = |term: &mut Term| match format {
        Format::Text if ended.outcome.talk.reads.iter().any(|spoken| spoken.means.is_some()) => {
            ui::audit::matters(term, firmware, &matters);
            Ok(())
        }
        Format::Text => Ok(()),
        Format::Json => {
            let hint = advice(ended, via, form);
            let outcome = report::outcome(profile, tracker, via, &ended.outcome, hint.as_deref());
            report::pretty(term, &report::verified(outcome, profile, firmware, &matters))
        }
    };
    Ok(show_with(via, form, ended, format, term, tell)?)
}

/// The exit with what broke the courier.
pub(super) fn broken(view: &View<'_>, exit: Exit) -> Exit {
    with_trouble(exit, view.ended.trouble.as_ref())
}
