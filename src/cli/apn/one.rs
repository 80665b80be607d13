//! `--apn auto` for one tracker, and what its flags say of the SIM card.

use crate::apn::{Auto, Sim};
use crate::cli::tracker::TrackerArgs;
use crate::profile::Profile;
use crate::tracker::Tracker;
use crate::ui::{Failure, Term};

use super::auto::{Chooser, failure};

impl TrackerArgs {
    /// What `--apn auto` asks, and of which SIM card where no tracker has an IMSI of its own.
    pub(in crate::cli) fn chooser(&self) -> Chooser {
        let all = self.settings.mcc_mnc.clone().map(Sim::Network).or_else(|| self.sim.clone());
        Chooser::new(self.settings.apn_database.as_deref(), all)
    }

    /// The access point of the tracker's SIM card. A user or password that was given counts before its own.
    pub(in crate::cli) fn find_apn(
        &self,
        auto: &str,
        tracker: &mut Tracker,
        profile: &Profile,
        term: &mut Term,
    ) -> Result<(), Failure> {
        let Some(auto) = Auto::read(auto) else { return Ok(()) };
        if let (Some(imsi), Some(network)) = (&tracker.imsi, &self.settings.mcc_mnc)
            && !Sim::Imsi(*imsi).networks().contains(network)
        {
            return Err(Failure::usage(format!("the IMSI {imsi} is not of the network {network}"))
                .hint("one of --imsi and --mcc-mnc is wrong; the IMSI alone is enough"));
        }
        let chooser = self.chooser();
        let access = chooser.choose(auto, tracker, Some(profile)).map_err(failure)?;
        let own = tracker.settings.apn_user.is_some() || tracker.settings.apn_password.is_some();
        let set = access.set(&mut tracker.settings, !own);
        set.map_err(|error| Failure::usage(format!("--apn auto: {error}")))?;
        chooser.tell(term);
        Ok(())
    }

    /// Refuses what is of no use without `--apn auto`.
    pub(in crate::cli) fn no_auto(&self) -> Result<(), Failure> {
        let given = [
            ("--mcc-mnc", self.settings.mcc_mnc.is_some()),
            ("--apn-database", self.settings.apn_database.is_some()),
            ("--apn-from", self.sim.is_some()),
        ];
        match given.iter().find(|(_, given)| *given) {
            Some((flag, _)) => {
                Err(Failure::usage(format!("{flag} is for --apn auto, which was not asked for"))
                    .hint("--apn auto"))
            }
            None => Ok(()),
        }
    }
}
