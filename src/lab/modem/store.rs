//! The stores of a modem: its own, its SIM card's, and the one of status reports (3GPP TS 27.005 section 2.2.2).
//! Places are counted from 1; `MT` is the first two, one behind the other.

use crate::sms::Pdu;

/// A store as `+CPMS` names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Memory {
    Me,
    Sm,
    Mt,
    Sr,
}

/// What a stored message is: the numbers are those of PDU mode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Unread = 0,
    Read = 1,
    Unsent = 2,
    Sent = 3,
}

/// A stored message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Kept {
    pub(super) state: State,
    pub(super) pdu: Pdu,
}

/// All places.
#[derive(Debug, Clone)]
pub(super) struct Store {
    me: Vec<Option<Kept>>,
    sm: Vec<Option<Kept>>,
    sr: Vec<Option<Kept>>,
}

impl Memory {
    pub(super) fn named(name: &str) -> Option<Self> {
        let all = [Self::Me, Self::Sm, Self::Mt, Self::Sr];
        all.into_iter().find(|memory| memory.name().eq_ignore_ascii_case(name))
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Me => "ME",
            Self::Sm => "SM",
            Self::Mt => "MT",
            Self::Sr => "SR",
        }
    }
}

impl State {
    /// As text mode writes it.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Unread => "REC UNREAD",
            Self::Read => "REC READ",
            Self::Unsent => "STO UNSENT",
            Self::Sent => "STO SENT",
        }
    }

    pub(super) fn numbered(number: u16) -> Option<Self> {
        [Self::Unread, Self::Read, Self::Unsent, Self::Sent].into_iter().find(|s| *s as u16 == number)
    }

    pub(super) fn worded(words: &str) -> Option<Self> {
        let all = [Self::Unread, Self::Read, Self::Unsent, Self::Sent];
        all.into_iter().find(|state| state.words().eq_ignore_ascii_case(words))
    }
}

impl Kept {
    /// Something that was received and not read yet.
    pub(super) fn received(pdu: Pdu) -> Self {
        Self { state: State::Unread, pdu }
    }
}

impl Default for Store {
    /// Room as usual modems have it.
    fn default() -> Self {
        Self { me: vec![None; 100], sm: vec![None; 25], sr: vec![None; 20] }
    }
}

impl Store {
    /// The place of a number in a store.
    fn place(&mut self, memory: Memory, index: usize) -> Option<&mut Option<Kept>> {
        let at = index.checked_sub(1)?;
        match memory {
            Memory::Me => self.me.get_mut(at),
            Memory::Sm => self.sm.get_mut(at),
            Memory::Sr => self.sr.get_mut(at),
            Memory::Mt if at < self.me.len() => self.me.get_mut(at),
            Memory::Mt => self.sm.get_mut(at - self.me.len()),
        }
    }

    fn all(&self, memory: Memory) -> impl Iterator<Item = &Option<Kept>> {
        let (first, second): (&[_], &[_]) = match memory {
            Memory::Me => (&self.me, &[]),
            Memory::Sm => (&self.sm, &[]),
            Memory::Sr => (&self.sr, &[]),
            Memory::Mt => (&self.me, &self.sm),
        };
        first.iter().chain(second)
    }

    pub(super) fn total(&self, memory: Memory) -> usize {
        self.all(memory).count()
    }

    pub(super) fn used(&self, memory: Memory) -> usize {
        self.all(memory).flatten().count()
    }

    /// The first free place, filled.
    pub(super) fn put(&mut self, memory: Memory, kept: Kept) -> Option<usize> {
        let free = self.all(memory).position(Option::is_none)? + 1;
        *self.place(memory, free)? = Some(kept);
        Some(free)
    }

    /// What stands at a place; none when there is no such place.
    pub(super) fn at(&mut self, memory: Memory, index: usize) -> Option<Option<&mut Kept>> {
        self.place(memory, index).map(Option::as_mut)
    }

    /// The filled places.
    pub(super) fn filled(&self, memory: Memory) -> Vec<(usize, State)> {
        let places = self.all(memory).enumerate();
        places.filter_map(|(at, kept)| Some((at + 1, kept.as_ref()?.state))).collect()
    }

    /// Empties a place that there is.
    pub(super) fn clear(&mut self, memory: Memory, index: usize) {
        if let Some(place) = self.place(memory, index) {
            *place = None;
        }
    }
}
