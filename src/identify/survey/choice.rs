//! Which question tells most: one for those whose words may have been heard, then the one whose documented answers bear
//! on most of the families still open, then the one that most of them take, then the one of most models; of equals the
//! cheaper.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::{Inquiry, Survey};

/// What a question is worth, the greater the better.
type Worth = (bool, usize, usize, usize, usize, Reverse<usize>);

impl Survey {
    /// The place of the question to ask next.
    pub(super) fn choose(&self) -> Option<usize> {
        let worth = |at: &usize| Some((self.worth(*at)?, Reverse(*at)));
        (0..self.inquiries.len()).max_by_key(worth).filter(|at| self.worth(*at).is_some())
    }

    fn worth(&self, at: usize) -> Option<Worth> {
        let inquiry = &self.inquiries[at];
        let over = self.spent + inquiry.sms > self.most;
        if !inquiry.offered
            || over
            || self.asked.iter().any(|(asked, _)| *asked == at)
            || self.is_burnt(inquiry)
        {
            return None;
        }
        let known = self.is_known();
        let open: BTreeSet<usize> = match known {
            true => self.possible.clone(),
            false => self.worth_asking(),
        };
        let (mut telling, mut naming) = (BTreeSet::new(), BTreeSet::new());
        for (whose, fits) in inquiry.samples.iter().filter(|(whose, _)| open.contains(whose)) {
            let left = fits.intersection(&self.possible).count();
            if !known || left < self.possible.len() {
                telling.insert(*whose);
            }
            if left == 1 {
                naming.insert(*whose);
            }
        }
        let takers: Vec<usize> =
            inquiry.takers.iter().map(|(taker, _)| *taker).filter(|taker| open.contains(taker)).collect();
        let idle = if known { telling.is_empty() } else { takers.is_empty() };
        let models = takers.iter().map(|taker| self.models(*taker)).sum();
        let likely = !known && takers.iter().any(|taker| self.is_likely(*taker));
        let worth = (likely, telling.len(), naming.len(), takers.len(), models, Reverse(inquiry.sms));
        (!idle).then_some(worth)
    }

    /// Whom a question is for while nobody is named: all that were not asked in vain, and who is likely.
    fn worth_asking(&self) -> BTreeSet<usize> {
        let open = |at: &usize| !self.unheard.contains(at) || self.is_likely(*at);
        self.possible.iter().copied().filter(open).collect()
    }

    /// Whether words that several makers use, and nobody's own, were heard and this is one of those.
    fn is_likely(&self, candidate: usize) -> bool {
        self.alike && self.likely.as_ref().is_some_and(|likely| likely.contains(&candidate))
    }

    /// Models that may obey a dialect: its own, and those of the profiles that name it as their alternative.
    fn models(&self, candidate: usize) -> usize {
        let id = &self.profiles[candidate].id.value;
        let other = |profile: &&std::sync::Arc<crate::profile::Profile>| {
            profile.id.value == *id || profile.alternatives.iter().any(|other| other.profile.value == *id)
        };
        self.profiles.iter().filter(other).map(|profile| profile.models.len()).sum()
    }

    /// Whether its password was already tried and not taken: a wrong one is never tried twice, as a tracker may lock
    /// itself. That another family has the same password by default is no reason either: there is one tracker.
    fn is_burnt(&self, inquiry: &Inquiry) -> bool {
        let Some(password) = &inquiry.password else { return false };
        let tried = |(asked, answered): &(usize, super::Answered)| {
            *answered != super::Answered::Recognised
                && self.inquiries[*asked].password.as_ref() == Some(password)
        };
        self.asked.iter().any(tried)
    }
}
