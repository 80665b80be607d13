//! Messages on their way out: what is typed behind the prompt, and what becomes of it (3GPP TS 27.005 sections 3.5.1,
//! 3.5.3 and 4.3 to 4.5). The network itself is not here: a message leaves as an effect.

use std::time::Duration;

use super::answer::{Answer, Done, Fail, line, ok};
use super::line::{Command, Form, Value};
use super::store::{Kept, State};
use super::text::entered;
use super::{Effect, FaultKind, How, Modem, Pending, Scene};
use crate::lab::event::{Event, submitted};
use crate::sms::{Address, Damage, Dcs, Direction, Message, Pdu, Submit, Validity};

/// Ctrl-Z ends the data.
const END: u8 = 0x1A;
/// Escape takes them back.
const ESCAPE: u8 = 0x1B;
const BACKSPACE: u8 = 0x08;

/// The longest data: the digits of the longest PDU, or the longest text in hexadecimal digits, and some.
const LONGEST: usize = 1024;

/// The lengths that `AT+CMGS` takes in PDU mode: the shortest SMS-SUBMIT, and the longest TPDU (TS 23.040).
const LENGTHS: std::ops::RangeInclusive<u16> = 7..=164;

/// What is being typed behind a prompt.
#[derive(Debug, Clone)]
pub(super) struct Data {
    head: Head,
    then: Then,
    bytes: Vec<u8>,
    too_long: bool,
}

/// What the command said about the data.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Head {
    /// PDU mode: octets of the TPDU.
    Length(u16),
    /// Text mode: the recipient.
    To(Option<Address>),
}

/// What is done with the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Then {
    Send,
    Store(State),
    /// It belongs to `+CNMA`, and nobody reads it.
    Acknowledge,
}

impl Data {
    /// An acknowledgement's PDU, as `+CNMA` announces one.
    pub(super) fn acknowledgement(length: u16) -> Self {
        Self::new(Head::Length(length), Then::Acknowledge)
    }

    fn new(head: Head, then: Then) -> Self {
        Self { head, then, bytes: Vec::new(), too_long: false }
    }

    /// How much was typed.
    pub(super) fn octets(&self) -> usize {
        self.bytes.len()
    }

    fn is_pdu(&self) -> bool {
        matches!(self.head, Head::Length(_))
    }
}

impl Modem {
    /// `AT+CMGS`.
    pub(super) fn send(&mut self, command: &Command, scene: &mut Scene<'_>) -> Answer {
        let values = match &command.form {
            Form::Test => return ok(),
            Form::Set(values) => values.as_slice(),
            _ => return Err(self.invalid()),
        };
        if scene.strikes(FaultKind::ErrorAtPrompt, self.identity.index).is_some() {
            return Err(Fail::Error);
        }
        let head = self.head(values)?;
        if head == Head::To(None) {
            return Err(Fail::Cms(305));
        }
        if scene.strikes(FaultKind::NoPrompt, self.identity.index).is_some() {
            return Ok(Done::Silence);
        }
        self.data = Some(Data::new(head, Then::Send));
        Ok(Done::Prompt)
    }

    /// `AT+CMGW`.
    pub(super) fn write(&mut self, command: &Command, _: &mut Scene<'_>) -> Answer {
        let values = match &command.form {
            Form::Test => return ok(),
            Form::Set(values) => values.as_slice(),
            Form::Execute if self.set.text_mode => &[],
            _ => return Err(self.invalid()),
        };
        let head = if values.is_empty() { Head::To(None) } else { self.head(values)? };
        let state = values.get(if self.set.text_mode { 2 } else { 1 });
        let state = match state.filter(|state| !state.is_missing()) {
            None => Some(State::Unsent),
            Some(state) if self.set.text_mode => State::worded(&state.text),
            Some(state) => state.number().and_then(State::numbered),
        };
        self.data = Some(Data::new(head, Then::Store(state.ok_or(self.invalid())?)));
        Ok(Done::Prompt)
    }

    /// `AT+CMSS`.
    pub(super) fn send_stored(&mut self, command: &Command, scene: &mut Scene<'_>) -> Answer {
        let values = match &command.form {
            Form::Test => return ok(),
            Form::Set(values) => values.as_slice(),
            _ => return Err(self.invalid()),
        };
        let index = values.first().and_then(Value::number).ok_or(Fail::Cms(321))?;
        let to = match values.get(1) {
            Some(_) => self.recipient(&values[1..])?,
            None => None,
        };
        let place = self.store.at(self.memories[1], usize::from(index)).flatten();
        let kept = place.ok_or(Fail::Cms(321))?;
        let Message::Submit(submit) = &kept.pdu.message else { return Err(Fail::Cms(302)) };
        let mut submit = submit.clone();
        if let Some(to) = to {
            submit.destination = to;
        }
        kept.state = State::Sent;
        self.submit(submit, "+CMSS", scene)
    }

    /// What stands behind `AT+CMGS=` and `AT+CMGW=`.
    fn head(&self, values: &[Value]) -> Result<Head, Fail> {
        if self.set.text_mode {
            return Ok(Head::To(self.recipient(values)?));
        }
        let length = values.first().and_then(Value::number).filter(|length| LENGTHS.contains(length));
        length.map(Head::Length).ok_or(Fail::Cms(304))
    }

    /// A number and, where it is told, its type of address.
    fn recipient(&self, values: &[Value]) -> Result<Option<Address>, Fail> {
        let wrong = Fail::Cms(305);
        let Some(text) = values.first().filter(|value| !value.text.is_empty()) else { return Ok(None) };
        let text = self.set.charset.read(text.text.as_bytes()).ok_or(wrong)?;
        let kind = match values.get(1).filter(|kind| !kind.is_missing()) {
            Some(kind) => Some(kind.number().and_then(|kind| u8::try_from(kind).ok()).ok_or(wrong)?),
            None => None,
        };
        address(&text, kind).map(Some).ok_or(wrong)
    }

    /// What a wrong value of a message command is told by, in this mode.
    pub(super) fn invalid(&self) -> Fail {
        Fail::Cms(if self.set.text_mode { 305 } else { 304 })
    }

    /// A character behind the prompt.
    pub(super) fn take_data(&mut self, byte: u8, scene: &mut Scene<'_>) {
        let Some(data) = &mut self.data else { return };
        match byte {
            END => return self.end_data(scene),
            ESCAPE => {
                let octets = data.bytes.len();
                self.data = None;
                scene.out.push(Effect::Log(Event::Cancelled { modem: self.identity.index, octets }));
                return self.finish(ok(), scene);
            }
            BACKSPACE => {
                data.bytes.pop();
            }
            // Line ends and blanks between the digits of a PDU mean nothing.
            b'\r' | b'\n' | b' ' if data.is_pdu() => {}
            _ if data.bytes.len() >= LONGEST => data.too_long = true,
            byte => data.bytes.push(byte),
        }
        if self.set.echo {
            let new_line = byte == b'\r' && self.data.as_ref().is_some_and(|data| !data.is_pdu());
            scene.write(if new_line { b"\r\n> " } else { std::slice::from_ref(&byte) });
        }
    }

    fn end_data(&mut self, scene: &mut Scene<'_>) {
        let Some(data) = self.data.take() else { return };
        let answer = match data.then {
            Then::Acknowledge => ok(),
            Then::Send => {
                self.composed(&data, Direction::FromMobile).and_then(|pdu| self.send_composed(pdu, scene))
            }
            Then::Store(state) => self.store_composed(&data, state),
        };
        self.finish(answer, scene);
    }

    fn send_composed(&mut self, pdu: Pdu, scene: &mut Scene<'_>) -> Answer {
        if pdu.service_centre.is_none() && self.set.service_centre.is_none() {
            return Err(Fail::Cms(330));
        }
        match pdu.message {
            Message::Submit(submit) => self.submit(submit, "+CMGS", scene),
            _ => Err(self.invalid()),
        }
    }

    fn store_composed(&mut self, data: &Data, state: State) -> Answer {
        let received = matches!(state, State::Unread | State::Read) && !self.set.text_mode;
        let pdu = self.composed(data, if received { Direction::ToMobile } else { Direction::FromMobile })?;
        let place = self.store.put(self.memories[1], Kept { state, pdu }).ok_or(Fail::Cms(322))?;
        line(format!("+CMGW: {place}"))
    }

    /// The message that the data are.
    fn composed(&self, data: &Data, direction: Direction) -> Result<Pdu, Fail> {
        let wrong = Fail::Cms(if data.is_pdu() { 304 } else { 305 });
        if data.too_long {
            return Err(wrong);
        }
        match &data.head {
            Head::Length(length) => pdu(&data.bytes, usize::from(*length), direction).ok_or(wrong),
            Head::To(to) => self.composed_text(&data.bytes, to.clone()).ok_or(wrong),
        }
    }

    /// A message in text mode, with what `+CSMP` says. A message that is only stored may have no recipient yet.
    fn composed_text(&self, bytes: &[u8], to: Option<Address>) -> Option<Pdu> {
        let [first, validity, protocol, dcs] = self.set.parameters;
        let to = to.or_else(|| Address::dialled("").ok())?;
        let user_data = entered(bytes, Dcs(dcs), self.set.charset)?;
        let mut submit = Submit::new(to, user_data);
        submit.dcs = Dcs(dcs);
        submit.protocol_identifier = protocol;
        submit.reject_duplicates = first & 0x04 != 0;
        submit.status_report_request = first & 0x20 != 0;
        submit.reply_path = first & 0x80 != 0;
        submit.validity = (first & 0x18 == 0x10).then_some(Validity::Relative(validity));
        // What does not fit into one message is refused here.
        submit.tpdu().ok()?;
        Some(submit.into())
    }

    /// Hands a message to the network, as far as faults let it.
    fn submit(&mut self, mut submit: Submit, lead: &'static str, scene: &mut Scene<'_>) -> Answer {
        let modem = self.identity.index;
        let refused = if scene.faults.is_on(FaultKind::Barred) {
            Some(8)
        } else if self.registered() == 1 {
            scene.strikes(FaultKind::Cms, modem).map(|fault| fault.code)
        } else {
            Some(331)
        };
        if let Some(code) = refused {
            let event = submitted(&self.identity.number, Some(modem), &submit, Err(code));
            scene.out.push(Effect::Log(event));
            return Err(Fail::Cms(code));
        }
        submit.message_reference = self.reference;
        self.reference = self.reference.wrapping_add(1);
        self.pending = Some(Pending::Network(lead, self.how(scene)));
        scene.out.push(Effect::Submit(Box::new(submit)));
        Ok(Done::Later)
    }

    /// How the network's answer will be told.
    fn how(&self, scene: &mut Scene<'_>) -> How {
        let modem = self.identity.index;
        if scene.strikes(FaultKind::Vanish, modem).is_some() {
            How::Gone(None)
        } else if let Some(fault) = scene.strikes(FaultKind::ComeBack, modem) {
            How::Gone(Some(scene.now.tick.checked_add(fault.time).unwrap_or(Duration::MAX)))
        } else if scene.strikes(FaultKind::SilentAfterCtrlZ, modem).is_some() {
            How::Never
        } else if let Some(fault) = scene.strikes(FaultKind::LateCmgs, modem) {
            How::Late(scene.now.tick.checked_add(fault.time).unwrap_or(Duration::MAX))
        } else {
            How::Soon
        }
    }
}

/// A PDU whose length is the one that was announced, and to whose end everything is there.
fn pdu(digits: &[u8], length: usize, direction: Direction) -> Option<Pdu> {
    let decoded = Pdu::from_hex(std::str::from_utf8(digits).ok()?, direction).ok()?;
    let is_broken = |damage: &Damage| matches!(damage, Damage::Cut { .. } | Damage::Trailing { .. });
    if decoded.damage.iter().any(is_broken) {
        return None;
    }
    let centre = u8::from_str_radix(std::str::from_utf8(digits.get(..2)?).ok()?, 16).ok()?;
    (digits.len() / 2 == length + usize::from(centre) + 1).then_some(decoded.pdu)
}

/// A number by its type of address; with `+` it is international, and without a type it is as dialled.
pub(super) fn address(text: &str, kind: Option<u8>) -> Option<Address> {
    let international = text.strip_prefix('+');
    let kind = kind.unwrap_or(if international.is_some() { 145 } else { 129 });
    Address::number(kind, international.unwrap_or(text)).ok()
}
