//! Conversations out of the journal: a tracker as it was kept, its secrets from where they were read, the text of its
//! profile as the batch began with it.

use std::collections::HashMap;
use std::sync::Arc;

use crate::cli::context::Context;
use crate::cli::generate::Choice;
use crate::engine::batch::{Entry, Loaded, TrackerId};
use crate::engine::{Asking, Script};
use crate::journal::{Journal, JournalError, Reader, StoredTracker};
use crate::plan::PACKETS;
use crate::profile::{FormName, Profile};
use crate::run::Ledger;

use super::kept::Kept;
use super::sheet::Secrets;

/// The journal, and what it takes to make a conversation of what it keeps.
pub(super) struct Book<'b> {
    pub(super) journal: &'b mut Journal,
    pub(super) context: &'b Context,
    pub(super) choice: &'b Choice,
    pub(super) asking: Asking,
    pub(super) secrets: &'b Secrets,
    profiles: HashMap<String, Arc<Profile>>,
    #[cfg(feature = "defects")]
    defects: super::defects::Defects,
}

impl<'b> Book<'b> {
    pub(super) fn new(
        journal: &'b mut Journal,
        context: &'b Context,
        choice: &'b Choice,
        asking: Asking,
        secrets: &'b Secrets,
    ) -> Self {
        Self {
            journal,
            context,
            choice,
            asking,
            secrets,
            profiles: HashMap::new(),
            #[cfg(feature = "defects")]
            defects: super::defects::Defects::asked_for(),
        }
    }

    /// The profile as the batch began with it.
    fn profile(&mut self, stored: &StoredTracker) -> Result<Arc<Profile>, String> {
        if let Some(profile) = self.profiles.get(&stored.profile_sha256) {
            return Ok(Arc::clone(profile));
        }
        let profile = Arc::new(profile_of(self.journal, stored)?);
        self.profiles.insert(stored.profile_sha256.clone(), Arc::clone(&profile));
        Ok(profile)
    }

    fn session(&mut self, id: TrackerId) -> Result<crate::engine::Session, String> {
        let stored = self.journal.tracker(id).map_err(|error| error.to_string())?;
        let profile = self.profile(&stored)?;
        let secrets = self.secrets.get(&stored.device_key);
        let secret =
            |name: &str| secrets?.iter().find(|(known, _)| known == name).map(|(_, secret)| secret.clone());
        let tracker = Kept::read(&stored.settings)?.tracker(secret)?;
        let ask = self.choice.ask(FormName::Sms, *PACKETS.start());
        let script = Script::new(&profile, &tracker, &ask, self.asking).map_err(|error| error.to_string())?;
        Ok(script.session(&profile, &tracker, |id| self.context.find(id)))
    }
}

/// The profile of a tracker as its batch began with it.
pub(super) fn profile_of(journal: &Reader, stored: &StoredTracker) -> Result<Profile, String> {
    let text = journal.profile(&stored.profile_sha256).map_err(|error| error.to_string())?;
    let profile = crate::profile::load(&text.toml);
    profile.map_err(|_| format!("its profile {} cannot be read any more", text.name))
}

impl Ledger for Book<'_> {
    type Error = JournalError;

    fn commit(&mut self, entries: &[Entry]) -> Result<(), JournalError> {
        #[cfg(feature = "defects")]
        self.defects.point();
        let written = self.journal.commit(entries);
        #[cfg(feature = "defects")]
        self.defects.point();
        written
    }

    fn load(&mut self, tracker: TrackerId) -> Loaded {
        let past = match self.journal.past(tracker) {
            Ok(past) => past,
            Err(error) => return Loaded { session: Err(error.to_string()), past: Vec::new() },
        };
        #[cfg(feature = "defects")]
        let past = self.defects.past(past);
        Loaded { session: self.session(tracker), past }
    }
}
