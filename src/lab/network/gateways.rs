//! The network as gateways see it: whole texts in, whole texts out, and what became of them.

use super::journey::Origin;
use super::numbers::Place;
use super::{Network, Output, address};
use crate::lab::event::{Now, submitted};
use crate::lab::exchange::{Fate, Letter, Refused};
use crate::sms::{Submit, split};

impl Network {
    /// A gateway hands over a text: see [`super::Exchange::submit`].
    ///
    /// # Errors
    /// When the text is too long, or when the sender is none.
    pub fn submit(
        &mut self,
        from: &str,
        to: &str,
        text: &str,
        now: Now,
        out: &mut Vec<Output>,
    ) -> Result<u64, Refused> {
        let originator = address(from).ok_or(Refused(96))?;
        let destination = address(to).ok_or(Refused(1))?;
        let parts = split(text, self.next_reference()).map_err(|_| Refused(21))?;
        let place = self.card(to).unwrap_or_else(|| self.place(to));
        self.post.open(from);
        let id = self.post.taken(parts.parts.len());
        for submit in parts.submits(&Submit::new(destination, parts.parts[0].clone())) {
            let event = submitted(from, None, &submit, Ok(0));
            out.push(Output::Log(event));
            self.carry(place, Origin::Gateway(id), originator.clone(), submit, now, out);
        }
        self.timer(now, out);
        Ok(id)
    }

    /// See [`super::Exchange::fate`].
    #[must_use]
    pub fn fate(&self, id: u64) -> Option<Fate> {
        self.post.fate(id)
    }

    /// See [`super::Exchange::inbox`].
    pub fn inbox(&mut self, number: &str, after: u64) -> Vec<Letter> {
        let at = self.post.open(number);
        self.post.letters(at, after)
    }

    /// The tracker with a SIM card.
    fn card(&self, id: &str) -> Option<Place> {
        self.numbers.card(id).map(Place::Tracker)
    }
}
