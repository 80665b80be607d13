//! Who has which number. The lab's own numbers have the calling code 999, which ITU-T E.164 keeps unassigned, so that
//! they are nobody's; trackers have the numbers that they have in the field.

use std::collections::HashMap;

use crate::tracker::Tracker;

/// The service centre.
pub const SERVICE_CENTRE: &str = "+99900000000";
/// Whoever writes to it gets the same text back.
pub const ECHO: &str = "+99920000000";
/// A number that nobody wrote to.
pub const STRANGER: &str = "+99930000000";
/// The number that the lab's gateway sends from and gets answers at.
pub const GATEWAY: &str = "+99960000000";

/// The number of a modem, from 0.
#[must_use]
pub fn modem_number(index: usize) -> String {
    format!("+9991{index:07}")
}

/// A number for a tracker that has none in the field, from 0.
#[must_use]
pub fn tracker_number(index: usize) -> String {
    format!("+9994{index:07}")
}

/// Where a number leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Modem(usize),
    /// A tracker, by its place in the list.
    Tracker(u32),
    Echo,
    /// A number of a gateway, by its place in the list.
    Gateway(usize),
    Nobody,
}

/// The numbers of trackers. Each takes a few octets, as there may be many.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    by_number: HashMap<u64, u32>,
    /// ICCIDs and ids of SIM cards: what some gateways write to.
    by_card: HashMap<Box<str>, u32>,
}

impl Numbers {
    /// Adds a tracker. Of two with the same number the first keeps it.
    pub(super) fn add(&mut self, at: u32, tracker: &Tracker) {
        if let Some(number) = tracker.phone.as_ref().and_then(|phone| digits(phone.as_str())) {
            self.by_number.entry(number).or_insert(at);
        }
        let iccid = tracker.iccid.as_ref().map(crate::tracker::Iccid::as_str);
        for card in [iccid, tracker.sim_id.as_deref(), tracker.device_id.as_deref()].into_iter().flatten() {
            self.by_card.entry(card.into()).or_insert(at);
        }
    }

    /// The tracker behind a number.
    pub(super) fn number(&self, text: &str) -> Option<u32> {
        self.by_number.get(&digits(text)?).copied()
    }

    /// The tracker with a SIM card.
    pub(super) fn card(&self, text: &str) -> Option<u32> {
        self.by_card.get(text).copied()
    }
}

/// The digits of an international number as a number: with `+`, with `00`, or bare. None begins with 0.
pub(super) fn digits(text: &str) -> Option<u64> {
    let bare = text.strip_prefix('+').or_else(|| text.strip_prefix("00")).unwrap_or(text);
    if bare.len() > 15 || !bare.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    bare.parse().ok()
}
