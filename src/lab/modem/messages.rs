//! The message service and what is in the stores (3GPP TS 27.005 sections 3.1 to 3.4 and 4): formats, parameters,
//! reading, listing, deleting. Nothing here sends or receives.

use super::answer::{Answer, Blocks, Done, Fail, line, ok};
use super::data::address;
use super::general::choice;
use super::line::{Command, Form, Value};
use super::routing::digits;
use super::store::{Kept, Memory, State};
use super::{Effect, FaultKind, Modem, Scene};
use crate::lab::event::Event;

impl Modem {
    /// `AT+CMGF`.
    pub(super) fn format(&mut self, command: &Command, _: &mut Scene<'_>) -> Answer {
        let mut mode = u8::from(self.set.text_mode);
        let answer = choice(command, "+CMGF", &mut mode, &[0, 1]).map_err(|_| Fail::Cms(303));
        self.set.text_mode = mode == 1;
        answer
    }

    /// `AT+CSDH`.
    pub(super) fn detail(&mut self, command: &Command, _: &mut Scene<'_>) -> Answer {
        let mut detail = u8::from(self.set.detail);
        let answer = choice(command, "+CSDH", &mut detail, &[0, 1]).map_err(|_| Fail::Cms(302));
        self.set.detail = detail == 1;
        answer
    }

    /// `AT+CMMS`.
    pub(super) fn keep_link(&mut self, command: &Command, _: &mut Scene<'_>) -> Answer {
        choice(command, "+CMMS", &mut self.set.keep_link, &[0, 1, 2]).map_err(|_| Fail::Cms(302))
    }

    /// `AT+CSMS`.
    pub(super) fn service(&mut self, command: &Command, _: &mut Scene<'_>) -> Answer {
        match &command.form {
            Form::Read => line(format!("+CSMS: {},1,1,1", self.set.service)),
            Form::Test => line("+CSMS: (0,1)"),
            Form::Set(values) => match values.first().and_then(Value::number) {
                Some(service @ (0 | 1)) => {
                    self.set.service = service as u8;
                    line("+CSMS: 1,1,1")
                }
                _ => Err(Fail::Cms(303)),
            },
            _ => Err(Fail::Cms(302)),
        }
    }

    /// `AT+CSCA`.
    pub(super) fn service_centre(&mut self, command: &Command, _: &mut Scene<'_>) -> Answer {
        let charset = self.set.charset;
        match &command.form {
            Form::Read => {
                let centre = self.set.service_centre.as_ref();
                let (number, kind) =
                    centre.map_or((String::new(), 129), |c| (c.to_string(), c.type_of_address()));
                line(format!("+CSCA: \"{}\",{kind}", charset.show(&number)))
            }
            Form::Test => ok(),
            Form::Set(values) => {
                let [number, rest @ ..] = values.as_slice() else { return Err(Fail::Cms(305)) };
                let kind = rest.first().and_then(Value::number).and_then(|kind| u8::try_from(kind).ok());
                let text = charset.read(number.text.as_bytes()).ok_or(Fail::Cms(305))?;
                let wanted = if text.is_empty() { None } else { Some(address(&text, kind)) };
                self.set.service_centre = match wanted {
                    Some(None) => return Err(Fail::Cms(305)),
                    Some(some) => some,
                    None => None,
                };
                ok()
            }
            _ => Err(Fail::Cms(302)),
        }
    }

    /// `AT+CSMP`.
    pub(super) fn parameters(&mut self, command: &Command, _: &mut Scene<'_>) -> Answer {
        match &command.form {
            Form::Read => {
                let [first, validity, protocol, dcs] = self.set.parameters;
                line(format!("+CSMP: {first},{validity},{protocol},{dcs}"))
            }
            Form::Test => ok(),
            Form::Set(values) if values.len() <= 4 => {
                let mut wanted = self.set.parameters;
                for (value, place) in values.iter().zip(&mut wanted).filter(|(value, _)| !value.is_missing())
                {
                    let number = value.number().and_then(|number| u8::try_from(number).ok());
                    *place = number.ok_or(Fail::Cms(305))?;
                }
                // Only SMS-SUBMIT can be written, and of its validity periods only the relative one is a number.
                if wanted[0] & 0b11 != 0b01 || matches!(wanted[0] & 0x18, 0x08 | 0x18) {
                    return Err(Fail::Cms(305));
                }
                self.set.parameters = wanted;
                ok()
            }
            _ => Err(Fail::Cms(302)),
        }
    }

    /// `AT+CSCB`: there are no broadcasts.
    pub(super) fn broadcast(&mut self, command: &Command, _: &mut Scene<'_>) -> Answer {
        match command.form {
            Form::Read => line("+CSCB: 0,\"\",\"\""),
            Form::Test => line("+CSCB: (0,1)"),
            _ => ok(),
        }
    }

    /// `AT+CPMS`.
    pub(super) fn memories(&mut self, command: &Command, scene: &mut Scene<'_>) -> Answer {
        match &command.form {
            Form::Read => {
                let each = |memory: Memory| format!("\"{}\",{}", memory.name(), self.room(memory));
                line(format!("+CPMS: {}", self.memories.map(each).join(",")))
            }
            Form::Test => {
                line("+CPMS: (\"ME\",\"SM\",\"MT\",\"SR\"),(\"ME\",\"SM\",\"MT\"),(\"ME\",\"SM\",\"MT\")")
            }
            Form::Set(values) if values.len() <= 3 => {
                let mut wanted = self.memories;
                for (at, value) in values.iter().enumerate().filter(|(_, value)| !value.is_missing()) {
                    let memory = Memory::named(&value.text).filter(|memory| at == 0 || *memory != Memory::Sr);
                    wanted[at] = memory.ok_or(Fail::Cms(302))?;
                }
                self.memories = wanted;
                scene.out.push(Effect::Ready);
                line(format!("+CPMS: {}", self.memories.map(|memory| self.room(memory)).join(",")))
            }
            _ => Err(Fail::Cms(302)),
        }
    }

    fn room(&self, memory: Memory) -> String {
        format!("{},{}", self.store.used(memory), self.store.total(memory))
    }

    /// `AT+CMGR`.
    pub(super) fn read(&mut self, command: &Command, _: &mut Scene<'_>) -> Answer {
        let index = match &command.form {
            Form::Test => return ok(),
            Form::Set(values) => values.first().and_then(Value::number).ok_or(Fail::Cms(321))?,
            _ => return Err(Fail::Cms(321)),
        };
        let (text_mode, style) = (self.set.text_mode, self.style());
        let kept = self.store.at(self.memories[0], usize::from(index)).flatten().ok_or(Fail::Cms(321))?;
        let shown = if text_mode {
            style.stored(kept.state, &kept.pdu)
        } else {
            let (length, hex) = digits(&kept.pdu);
            format!("{},,{length}\r\n{hex}", kept.state as u8)
        };
        kept.was_shown();
        line(format!("+CMGR: {shown}"))
    }

    /// `AT+CMGL`.
    pub(super) fn list_messages(&mut self, command: &Command, _: &mut Scene<'_>) -> Answer {
        let text_mode = self.set.text_mode;
        let value = match &command.form {
            Form::Test if text_mode => {
                return line("+CMGL: (\"REC UNREAD\",\"REC READ\",\"STO UNSENT\",\"STO SENT\",\"ALL\")");
            }
            Form::Test => return line("+CMGL: (0-4)"),
            Form::Execute => None,
            Form::Set(values) => values.first().filter(|value| !value.is_missing()),
            _ => return Err(self.invalid()),
        };
        let wanted = match value {
            None => Some(State::Unread),
            Some(value) if text_mode && value.text.eq_ignore_ascii_case("ALL") => None,
            Some(value) if text_mode => Some(State::worded(&value.text).ok_or(self.invalid())?),
            Some(value) if value.number() == Some(4) => None,
            Some(value) => Some(value.number().and_then(State::numbered).ok_or(self.invalid())?),
        };
        let memory = self.memories[0];
        let filled = self.store.filled(memory).into_iter();
        let places: Vec<_> =
            filled.filter(|(_, state)| wanted.is_none_or(|wanted| *state == wanted)).collect();
        let blocks = places.into_iter().filter_map(|(index, _)| self.listed(memory, index)).collect();
        Ok(Done::Said(Blocks(blocks)))
    }

    /// A message as `+CMGL` shows it; from then on it counts as read.
    fn listed(&mut self, memory: Memory, index: usize) -> Option<String> {
        let (text_mode, style) = (self.set.text_mode, self.style());
        let kept = self.store.at(memory, index).flatten()?;
        let shown = if text_mode {
            style.listed(index, kept.state, &kept.pdu)
        } else {
            let (length, hex) = digits(&kept.pdu);
            format!("{index},{},,{length}\r\n{hex}", kept.state as u8)
        };
        kept.was_shown();
        Some(format!("+CMGL: {shown}"))
    }

    /// `AT+CMGD`.
    pub(super) fn delete(&mut self, command: &Command, scene: &mut Scene<'_>) -> Answer {
        let memory = self.memories[0];
        let values = match &command.form {
            Form::Test => {
                let filled = self.store.filled(memory).into_iter();
                let places: Vec<String> = filled.map(|(place, _)| place.to_string()).collect();
                return line(format!("+CMGD: ({}),(0-4)", places.join(",")));
            }
            Form::Set(values) => values.as_slice(),
            _ => return Err(self.invalid()),
        };
        let index = values.first().and_then(Value::number).map(usize::from).ok_or(Fail::Cms(321))?;
        let flag = match values.get(1) {
            None => 0,
            Some(flag) => flag.number().filter(|flag| *flag <= 4).ok_or(self.invalid())?,
        };
        if flag == 0 && self.store.at(memory, index).is_none() {
            return Err(Fail::Cms(321));
        }
        if scene.strikes(FaultKind::DeleteFails, self.identity.index).is_some() {
            return ok();
        }
        let goes = |place: usize, state: State| match flag {
            0 => place == index,
            1 => state == State::Read,
            2 => matches!(state, State::Read | State::Sent),
            3 => state != State::Unread,
            _ => true,
        };
        let filled = self.store.filled(memory).into_iter();
        let places: Vec<usize> =
            filled.filter(|(place, state)| goes(*place, *state)).map(|(place, _)| place).collect();
        for place in &places {
            self.store.clear(memory, *place);
        }
        let (modem, store) = (self.identity.index, memory.name());
        scene.out.push(Effect::Log(Event::Deleted { modem, store, places }));
        scene.out.push(Effect::Ready);
        ok()
    }
}

impl Kept {
    /// What was received counts as read once it was shown.
    fn was_shown(&mut self) {
        if self.state == State::Unread {
            self.state = State::Read;
        }
    }
}
