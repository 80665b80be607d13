use clap::Args;

use crate::plan::{Ask, Plan};
use crate::profile::Profile;
use crate::tracker::Tracker;
use crate::ui::{Exit, Term};

use super::context::Context;
use super::tracker::TrackerArgs;

#[derive(Debug, Args)]
pub(super) struct FleetArgs {
    /// A CSV of trackers, or - for standard input
    #[arg(long, value_name = "FILE", help_heading = "Fleet")]
    fleet: Option<String>,
}

impl FleetArgs {
    pub(super) fn is_given(&self) -> bool {
        self.fleet.is_some()
    }
    pub(super) fn each(
        &self,
        _flags: &TrackerArgs,
        _profile: Option<&str>,
        _context: &mut Context,
        _ask: &Ask<'_>,
        _term: &mut Term,
        _each: &mut dyn FnMut(&Profile, &Tracker, &Plan, &mut Term) -> anyhow::Result<()>,
    ) -> anyhow::Result<Exit> {
        Ok(Exit::Done)
    }
}
