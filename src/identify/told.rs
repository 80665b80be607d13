//! What an answer shows of who gave it. The words of one maker are often those of several: only a form that a source
//! gives for a family itself, and that says more than "no", shows that it is that family.

use crate::profile::{Means, Profile, Reading};

/// What an answer shows of who gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shows {
    /// A refusal that names no question: it could be anybody's.
    Nobody,
    /// A form that a source gives for related makers, and none for this family.
    Kin,
    /// A form that a source gives for this family.
    Who,
}

/// An answer that was recognised.
#[derive(Debug, Clone)]
pub struct Told {
    /// Place of the profile in the list of candidates.
    pub candidate: usize,
    /// The question's name.
    pub step: String,
    /// What the answer says.
    pub reading: Reading,
    /// What it shows of who gave it.
    pub shows: Shows,
}

impl Told {
    /// An answer to a step of a profile; none when no known reply form fits.
    #[must_use]
    pub fn read(profile: &Profile, candidate: usize, step: usize, text: &str) -> Option<Self> {
        let reading = profile.read_reply(step, text)?;
        let asked = profile.steps.get(step)?;
        let named = asked.tag.as_ref().is_some_and(|tag| text.contains(tag.as_str()));
        let shows = match reading.means == Means::Value || named {
            false => Shows::Nobody,
            true if profile.documents(step, text) => Shows::Who,
            true => Shows::Kin,
        };
        Some(Self { candidate, step: asked.id.value.clone(), reading, shows })
    }
}
