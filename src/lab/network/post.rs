//! The numbers of gateways: their letters, and how far their texts came.

use std::time::Duration;

use super::mobile::joined;
use super::numbers::digits;
use crate::lab::event::Now;
use crate::lab::exchange::{Fate, Letter};
use crate::sms::{Deliver, Joiner};

/// Letters that one look gives at most.
const AT_ONCE: usize = 1000;

/// What gateways left here and what came for them.
#[derive(Debug, Default)]
pub(super) struct Post {
    boxes: Vec<Letterbox>,
    letters: u64,
    texts: Vec<Text>,
}

#[derive(Debug)]
struct Letterbox {
    number: String,
    joiner: Joiner,
    letters: Vec<Letter>,
}

#[derive(Debug)]
struct Text {
    fate: Fate,
    /// Parts that have not arrived.
    missing: usize,
}

impl Post {
    /// The letterbox of a number, when a gateway has it.
    pub(super) fn find(&self, number: &str) -> Option<usize> {
        let wanted = digits(number);
        self.boxes.iter().position(|letterbox| {
            letterbox.number == number || (wanted.is_some() && digits(&letterbox.number) == wanted)
        })
    }

    /// Gives a gateway a letterbox, when it has none.
    pub(super) fn open(&mut self, number: &str) -> usize {
        self.find(number).unwrap_or_else(|| {
            let (joiner, letters) = (Joiner::default(), Vec::new());
            self.boxes.push(Letterbox { number: number.to_owned(), joiner, letters });
            self.boxes.len() - 1
        })
    }

    /// Puts a message into a letterbox; a long one when it is whole.
    pub(super) fn put(&mut self, at: usize, deliver: &Deliver, now: Now) {
        let Some(letterbox) = self.boxes.get_mut(at) else { return };
        let Some(Some(text)) = joined(&mut letterbox.joiner, deliver, now.tick) else { return };
        self.letters += 1;
        letterbox.letters.push(Letter {
            number: self.letters,
            from: deliver.originator.to_string(),
            to: letterbox.number.clone(),
            text,
            sent_ms: deliver.service_centre_time.unix().unwrap_or(0) * 1000,
            arrived_ms: now.wall_ms,
        });
    }

    pub(super) fn letters(&self, at: usize, after: u64) -> Vec<Letter> {
        let letters = self.boxes.get(at).map(|letterbox| letterbox.letters.as_slice()).unwrap_or_default();
        let from = letters.partition_point(|letter| letter.number <= after);
        letters[from..].iter().take(AT_ONCE).cloned().collect()
    }

    /// A text of so many parts was taken: its id.
    pub(super) fn taken(&mut self, parts: usize) -> u64 {
        self.texts.push(Text { fate: Fate::Accepted, missing: parts });
        self.texts.len() as u64
    }

    /// A part of a text arrived, or never will.
    pub(super) fn arrived(&mut self, id: u64, delivered: bool) {
        let Some(text) = text_at(id).and_then(|at| self.texts.get_mut(at)) else { return };
        text.missing = text.missing.saturating_sub(1);
        if !delivered {
            text.fate = Fate::Undeliverable;
        } else if text.missing == 0 && text.fate == Fate::Accepted {
            text.fate = Fate::Delivered;
        }
    }

    pub(super) fn fate(&self, id: u64) -> Option<Fate> {
        self.texts.get(text_at(id)?).map(|text| text.fate)
    }
}

fn text_at(id: u64) -> Option<usize> {
    usize::try_from(id.checked_sub(1)?).ok()
}

/// The moment `later` than another one.
pub(super) fn after(now: Duration, later: Duration) -> Duration {
    now.checked_add(later).unwrap_or(Duration::MAX)
}
