//! Messages on their way in: stores that are listed from time to time, announcements, and what is handed over directly.
//! Nothing is deleted here but what was forgotten; what a place holds is remembered elsewhere.

mod room;
mod stores;

use room::is_full;
pub(super) use stores::Stores;

use std::collections::{BTreeSet, VecDeque};
use std::time::Duration;

use super::about::{self, Registration};
use super::codes::Final;
use super::fields::{behind, fields, number, text};
use super::flight::{Ask, Flight};
use super::host::{Host, Phase};
use super::inbox::Found;
use super::opening::{Opening, REGISTRATIONS, Step};
use super::{Event, Purpose, Slot, Why};

/// Every so many looks all stores are read and the network is asked about, and not only the store in use.
const ALL: u32 = 4;
/// A store that cannot be listed is read place by place, up to so many.
const PLACES: u32 = 255;
/// Lists that may end in silence before a modem counts as one that cannot list.
const SILENT_LISTS: u8 = 2;
/// How long a dialogue that only lists may take.
const LISTING: Duration = Duration::from_secs(300);

/// A message that was announced and comes in the next line.
#[derive(Debug)]
pub(super) struct Direct {
    length: usize,
    /// A broadcast of the cell, which is for nobody.
    is_broadcast: bool,
}

impl Host {
    /// The modem is set up: everything that lies in it is read before anything else.
    pub(super) fn begin_to_receive(&mut self, now: Duration) {
        self.stores.round = None;
        self.stores.poll_at = now;
        self.stores.rounds = 0;
        self.stores.full_looks = 0;
        if self.options.purpose == Purpose::List && self.closing.is_none() {
            self.closing = Some(now + LISTING);
        }
    }

    /// When there is something to be done next; in the past when there is now.
    pub(super) fn next_work(&self) -> Duration {
        if self.acknowledgements > 0 || self.stores.is_busy() || self.inbox.deletion().is_some() {
            return Duration::ZERO;
        }
        let sending = self.sends.front().filter(|_| self.up).and_then(|sending| sending.begins());
        sending.map_or(self.stores.poll_at, |at| at.min(self.stores.poll_at))
    }

    /// The next question about messages.
    pub(super) fn receiving_ask(&mut self, now: Duration) -> Option<Ask> {
        if self.acknowledgements > 0 {
            self.acknowledgements -= 1;
            return Some(Ask::Acknowledge);
        }
        if let Some(which) = self.stores.registration.take() {
            return Some(Ask::Registration(which));
        }
        // While one look goes on, another can have been asked for; each puts the next one off.
        for _ in 0..2 {
            if self.stores.round.is_none() && now >= self.stores.poll_at {
                self.begin_look(now);
            }
            let ask = self.next_place();
            if ask.is_some() || self.stores.round.take().is_none() {
                return ask;
            }
            self.looked(now);
        }
        None
    }

    /// Begins to look into the stores.
    fn begin_look(&mut self, now: Duration) {
        self.stores.poll_at = now + self.options.poll.unwrap_or(self.manner.poll).max(Duration::from_secs(1));
        let all = self.stores.rounds.is_multiple_of(ALL) || self.closing.is_some();
        if all && self.stores.looked && self.closing.is_none() && self.options.purpose == Purpose::Carry {
            self.stores.registration = Some(0);
        }
        self.stores.rounds = self.stores.rounds.wrapping_add(1);
        self.stores.begin(all);
        if all {
            // Of a store that is not listed, nothing else shows whether a deletion worked.
            let listed = self.stores.round.clone().unwrap_or_default();
            let unseen: Vec<Slot> =
                self.inbox.unverified().filter(|slot| !listed.contains(&slot.store)).cloned().collect();
            for slot in unseen {
                self.stores.read(slot, false);
            }
        }
    }

    /// The next place to be read or emptied, or the next store to be listed, with its store selected before.
    fn next_place(&mut self) -> Option<Ask> {
        let ask = loop {
            let store = self.stores.round.as_ref().and_then(|round| round.front().cloned());
            // What is announced while all is read for the first time waits: it came later than what lies there.
            if self.stores.looked || store.is_none() {
                if let Some((slot, old)) = self.stores.reads.front() {
                    break Ask::Read(slot.clone(), *old);
                }
                if let Some(slot) = self.inbox.deletion() {
                    break Ask::Delete(slot.clone());
                }
            }
            let store = store?;
            if !self.manner.no_list && !self.stores.unlisted.contains(&store) {
                break Ask::List(store);
            }
            self.read_all(&store);
        };
        let store = match &ask {
            Ask::Read(slot, _) | Ask::Delete(slot) => &slot.store,
            Ask::List(store) => store,
            _ => return None,
        };
        if !store.is_empty() && self.stores.selected.as_ref() != Some(store) {
            return Some(Ask::Select { store: store.clone(), whole: false });
        }
        match &ask {
            Ask::Read(..) => drop(self.stores.reads.pop_front()),
            Ask::List(_) => drop(self.stores.round.as_mut().and_then(VecDeque::pop_front)),
            _ => {}
        }
        Some(ask)
    }

    /// Reads a store place by place. The first place is 0 or 1.
    fn read_all(&mut self, store: &str) {
        if let Some(round) = &mut self.stores.round {
            round.pop_front();
        }
        let total =
            self.about.store.as_ref().filter(|known| known.name == store).map_or(30, |known| known.total);
        for index in 0..=total.min(PLACES) {
            self.stores.read(Slot { store: store.to_owned(), index }, !self.stores.looked);
        }
    }

    /// Every store of a look was read.
    fn looked(&mut self, now: Duration) {
        self.stores.looked = true;
        self.make_room();
        let carries = self.options.purpose == Purpose::Carry;
        if carries && self.is_stuffed(now) {
            return;
        }
        self.warn_if_full();
        if !self.up && carries {
            self.up = true;
            self.down = false;
            self.events.push_back(Event::Up(Box::new(self.about.clone())));
        }
    }

    /// What was asked for messages was answered, or not.
    pub(super) fn work_ended(&mut self, now: Duration, flight: Flight, end: Option<&Final>) {
        if matches!(self.phase, Phase::Opening(_)) {
            return self.opening_work_ended(now, &flight, end);
        }
        let is_ok = end.is_some_and(Final::is_ok);
        match &flight.ask {
            Ask::Select { store, .. } if is_ok => self.stores.selected = Some(store.clone()),
            Ask::Select { store, .. } => self.unusable(&store.clone()),
            Ask::List(store) if is_ok => self.listed(now, store, &flight),
            Ask::List(store) => self.not_listed(now, store, end),
            Ask::Read(slot, old) => self.was_read(now, slot, *old, &flight, end),
            Ask::Delete(slot) => {
                self.inbox.deleted(slot);
                self.was_emptied(now, &slot.store, is_ok);
            }
            Ask::Acknowledge if !is_ok => {
                // A modem that expects no acknowledgement says so (CMS 340).
                self.about.service = self.about.service.filter(|_| end.is_none());
            }
            Ask::Registration(which) => self.network_told(now, *which, told(*which, &flight)),
            _ => {}
        }
    }

    /// A store was listed.
    fn listed(&mut self, now: Duration, store: &str, flight: &Flight) {
        self.stores.silent_lists = 0;
        let mut present = BTreeSet::new();
        for stored in &flight.stored {
            let Some(index) = stored.index else { continue };
            present.insert(index);
            let slot = Slot { store: store.to_owned(), index };
            if stored.digits.is_empty() {
                // The line behind it was lost: it is read by itself.
                self.stores.read(slot, !self.stores.looked);
                continue;
            }
            let found =
                Found { slot, length: stored.length, digits: &stored.digits, old: !self.stores.looked };
            self.inbox.stored(now, found, &mut self.events);
        }
        if flight.cut {
            return;
        }
        self.inbox.listed(store, &present);
        if let Some(known) = self.about.store.as_mut().filter(|known| known.name == store) {
            known.used = u32::try_from(present.len()).unwrap_or(u32::MAX);
        }
    }

    /// A store was not listed.
    fn not_listed(&mut self, now: Duration, store: &str, end: Option<&Final>) {
        match end {
            Some(end) if end.is_busy() => self.stores.poll_at = now + Duration::from_secs(2),
            Some(end) => {
                self.note(end.why("its messages were to be listed").after("they are read one by one"));
                self.stores.unlisted.insert(store.to_owned());
                if let Some(round) = &mut self.stores.round {
                    round.push_front(store.to_owned());
                }
            }
            None => {
                self.stores.silent_lists += 1;
                if self.stores.silent_lists >= SILENT_LISTS {
                    self.stores.unlisted.insert(store.to_owned());
                    self.note(
                        Why::new("the modem falls silent when its messages are to be listed")
                            .hint("they are read one by one; restarting the modem may help"),
                    );
                }
            }
        }
    }

    /// A place was read.
    fn was_read(&mut self, now: Duration, slot: &Slot, old: bool, flight: &Flight, end: Option<&Final>) {
        let Some(end) = end else { return };
        match flight.stored.first().filter(|stored| !stored.digits.is_empty()) {
            Some(stored) => {
                let found = Found { slot: slot.clone(), length: stored.length, digits: &stored.digits, old };
                self.inbox.stored(now, found, &mut self.events);
            }
            None if end.is_busy() => self.stores.read(slot.clone(), old),
            None => self.inbox.gone(slot),
        }
    }

    fn unusable(&mut self, store: &str) {
        self.stores.drop_store(store);
        self.inbox.give_up(store);
        self.note(Why::new(format!(
            "the modem's store {store} cannot be read, so what lies in it is not seen"
        )));
    }

    /// Whether the network still serves the modem.
    fn network_told(&mut self, now: Duration, which: u8, told: Option<Registration>) {
        if told.is_some_and(Registration::is_good) {
            self.about.registration = told;
            self.stores.lost = None;
            return;
        }
        self.stores.lost = told.or(self.stores.lost);
        if which < 2 {
            self.stores.registration = Some(which + 1);
        } else if let Some(state) = self.stores.lost.take() {
            self.about.registration = Some(state);
            self.fall(super::opening::unserved(state));
            self.phase = Phase::Opening(Opening::again(now, Step::Registration));
        }
    }

    /// Something that the modem says by itself.
    pub(super) fn announced(&mut self, now: Duration, line: &str) {
        if let Some(said) = behind(line, "+CMTI") {
            self.message_announced(now, said);
        } else if let Some(said) = behind(line, "+CDSI") {
            // Its place in a store, which is not the reference of the message that it is about.
            self.report_announced(now, said);
        } else if let Some(said) = behind(line, "+CMT").or_else(|| behind(line, "+CDS")) {
            self.direct = Some(Direct { length: about::length(said), is_broadcast: false });
        } else if let Some(said) = behind(line, "+CBM") {
            self.direct = Some(Direct { length: about::length(said), is_broadcast: true });
        } else if is_full(line) {
            self.said_to_be_full(now);
        } else if let Some(said) = REGISTRATIONS.iter().find_map(|name| behind(line, name)) {
            self.registration_changed(now, said);
        }
    }

    fn message_announced(&mut self, now: Duration, said: &str) {
        let fields = fields(said);
        let store = fields.first().map(|field| text(field)).filter(|store| !store.is_empty());
        let store = store.unwrap_or(self.stores.chosen()).to_owned();
        match fields.get(1).and_then(|field| number(field)) {
            Some(index) => self.stores.read(Slot { store, index }, !self.stores.looked),
            None => {
                self.note(
                    Why::new(format!(
                        "the modem announced a message without saying where it is (+CMTI: {said})"
                    ))
                    .hint("a multimedia notice in its store, or a full store, can be the cause"),
                );
                self.stores.poll_at = self.stores.poll_at.min(now);
            }
        }
    }

    fn report_announced(&mut self, now: Duration, said: &str) {
        let fields = fields(said);
        let store = fields.first().map(|field| text(field).to_owned()).unwrap_or_default();
        let is_known = self.about.stores.is_empty() || self.about.stores.contains(&store);
        match fields.get(1).and_then(|field| number(field)) {
            Some(index) if is_known => self.stores.read(Slot { store, index }, !self.stores.looked),
            _ => self.stores.poll_at = self.stores.poll_at.min(now),
        }
    }

    /// The network is lost or found: it is asked about before that is believed.
    fn registration_changed(&mut self, now: Duration, said: &str) {
        match &mut self.phase {
            Phase::Opening(opening) => opening.hurry(now),
            Phase::Ready
                if self.up
                    && self.stores.registration.is_none()
                    && Registration::of(said).is_some_and(|state| !state.is_good()) =>
            {
                self.stores.registration = Some(0);
            }
            _ => {}
        }
    }

    /// The line behind an announcement: the message itself.
    pub(super) fn handed_over(&mut self, now: Duration, direct: &Direct, line: &str) {
        if direct.is_broadcast {
            return;
        }
        self.inbox.direct(now, direct.length, line, &mut self.events);
        if self.about.service == Some(1) {
            // Unacknowledged, the network sends it again and may stop sending at all (TS 27.005 section 3.4.4).
            self.acknowledgements = self.acknowledgements.saturating_add(1);
        }
    }
}

/// What an answer about the network says. A line without its first parameter was said unasked.
pub(super) fn told(which: u8, flight: &Flight) -> Option<Registration> {
    let name = REGISTRATIONS[usize::from(which) % 3];
    let said = || flight.info.iter().filter_map(|line| behind(line, name));
    let answer = said().find(|said| fields(said).len() > 1).or_else(|| said().next_back());
    answer.and_then(Registration::of)
}
