//! What arrives at the modem: into a store or straight to the client, as `+CNMI` says, and acknowledged where `+CSMS`
//! wants it (3GPP TS 27.005 sections 3.4 and 4.1). What finds no room stays with the network.

use std::time::Duration;

use super::answer::{Answer, Done, Fail, line, ok};
use super::data::Data;
use super::line::{Command, Form, Value};
use super::store::{Kept, Memory};
use super::text::{Style, body};
use super::{Effect, FaultKind, Incoming, Modem, Scene};
use crate::lab::event::Arrived;
use crate::sms::{Address, Deliver, Pdu, StatusReport, Timestamp, UserData};

/// How long a client has to acknowledge what was shown to it; networks give some 30 seconds.
const PATIENCE: Duration = Duration::from_secs(15);

/// The greatest value that each value of `+CNMI` takes.
const MOST: [u8; 5] = [2, 3, 3, 2, 1];

/// Something that was shown and has not been acknowledged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unacknowledged {
    until: Duration,
    what: Incoming,
}

impl Unacknowledged {
    /// When patience ends.
    pub(super) fn until(&self) -> Duration {
        self.until
    }
}

impl Modem {
    /// `AT+CNMI`.
    pub(super) fn notifications(&mut self, command: &Command, scene: &mut Scene<'_>) -> Answer {
        match &command.form {
            Form::Read => {
                let [mode, mt, bm, ds, bfr] = self.set.cnmi;
                line(format!("+CNMI: {mode},{mt},{bm},{ds},{bfr}"))
            }
            Form::Test => line("+CNMI: (0,1,2),(0,1,2,3),(0,2,3),(0,1,2),(0,1)"),
            Form::Set(values) if values.len() <= MOST.len() => {
                let mut wanted = self.set.cnmi;
                for ((value, place), most) in values.iter().zip(&mut wanted).zip(MOST) {
                    if value.is_missing() {
                        continue;
                    }
                    let number = value.number().filter(|number| *number <= u16::from(most));
                    *place = number.ok_or(Fail::Cms(302))? as u8;
                }
                self.set.cnmi = wanted;
                if wanted[4] == 1 {
                    self.waiting.retain(|(_, of_message)| !of_message);
                }
                scene.out.push(Effect::Ready);
                ok()
            }
            Form::Execute => {
                self.set.cnmi = [0; 5];
                ok()
            }
            _ => Err(Fail::Cms(302)),
        }
    }

    /// `AT+CNMA`.
    pub(super) fn acknowledge(&mut self, command: &Command, scene: &mut Scene<'_>) -> Answer {
        let values = match &command.form {
            Form::Test if self.set.text_mode => return ok(),
            Form::Test => return line("+CNMA: (0-2)"),
            Form::Read | Form::Wrong => return Err(Fail::Error),
            _ => command.values(),
        };
        let kind = match values.first() {
            None => 0,
            Some(kind) => kind.number().filter(|kind| *kind <= 2).ok_or(self.invalid())?,
        };
        let Some(unacknowledged) = self.unacknowledged.take() else { return Err(Fail::Cms(340)) };
        if kind == 2 {
            // The network tries again later, and finds the client no readier: so it goes into the store.
            self.keep(unacknowledged.what, scene);
        }
        scene.out.push(Effect::Ready);
        match values.get(1).and_then(Value::number) {
            Some(length @ 1..) => {
                self.data = Some(Data::acknowledgement(length));
                Ok(Done::Prompt)
            }
            _ => ok(),
        }
    }

    /// Switches routing off when nobody acknowledged in time, as TS 27.005 section 3.4.4 demands; what was shown is
    /// kept instead.
    pub(super) fn expire_acknowledgement(&mut self, scene: &mut Scene<'_>) {
        let is_over = |waiting: &mut Unacknowledged| waiting.until <= scene.now.tick;
        if let Some(late) = self.unacknowledged.take_if(is_over) {
            (self.set.cnmi[1], self.set.cnmi[3]) = (0, 0);
            self.keep(late.what, scene);
            scene.out.push(Effect::Ready);
        }
    }

    /// Takes what the network brings. [`Arrived::Kept`] means that the network is to try again at
    /// [`Effect::Ready`].
    pub(crate) fn receive(&mut self, what: &Incoming, scene: &mut Scene<'_>) -> Arrived {
        if self.registered() != 1 || self.unacknowledged.is_some() {
            return Arrived::Kept;
        }
        match what {
            Incoming::Message(deliver) if self.is_shown(deliver) => {
                let text = self.shown(deliver);
                self.show(text, what, scene)
            }
            Incoming::Message(_) => self.keep(what.clone(), scene),
            Incoming::Report(report) => match self.set.cnmi[3] {
                0 => Arrived::Dropped,
                1 => {
                    let text = self.shown_report(report);
                    self.show(text, what, scene)
                }
                _ => self.keep(what.clone(), scene),
            },
        }
    }

    /// Whether a message goes to the client without a stop in a store (TS 27.005 section 3.4.1, `<mt>`).
    fn is_shown(&self, deliver: &Deliver) -> bool {
        match self.set.cnmi[1] {
            // Class 2 is the SIM card's, and so is what a service centre wants stored.
            2 => deliver.dcs.class() != Some(2) && deliver.dcs.waiting().is_none(),
            3 => deliver.dcs.class() == Some(3),
            _ => false,
        }
    }

    fn show(&mut self, text: String, what: &Incoming, scene: &mut Scene<'_>) -> Arrived {
        if self.set.service == 1 {
            let until = scene.now.tick.checked_add(PATIENCE).unwrap_or(Duration::MAX);
            self.unacknowledged = Some(Unacknowledged { until, what: what.clone() });
        }
        self.notify(text, true, scene);
        Arrived::Shown
    }

    /// Puts something into the store that it belongs into, and says so where that is wanted.
    fn keep(&mut self, what: Incoming, scene: &mut Scene<'_>) -> Arrived {
        let service_centre = self.centre();
        let (memory, lead, tells, message) = match what {
            Incoming::Message(deliver) => (self.memories[2], "+CMTI", self.set.cnmi[1] > 0, deliver.into()),
            Incoming::Report(report) => (Memory::Sr, "+CDSI", self.set.cnmi[3] == 2, Pdu::from(report)),
        };
        let Some(place) = self.store.put(memory, Kept::received(Pdu { service_centre, ..message })) else {
            return Arrived::Kept;
        };
        if tells && scene.strikes(FaultKind::CmtiLost, self.identity.index).is_none() {
            self.notify(format!("{lead}: \"{}\",{place}", memory.name()), true, scene);
        }
        Arrived::Stored
    }

    /// The service centre that messages come from.
    fn centre(&self) -> Option<Address> {
        Address::e164(&self.identity.service_centre).ok()
    }

    pub(super) fn style(&self) -> Style {
        Style { charset: self.set.charset, detail: self.set.detail }
    }

    /// `+CMT`.
    fn shown(&self, deliver: &Deliver) -> String {
        let centre = self.centre();
        if self.set.text_mode {
            let head = self.style().deliver(deliver, centre.as_ref());
            return format!("+CMT: {head}\r\n{}", body(&deliver.user_data, self.set.charset));
        }
        let (length, hex) = digits(&Pdu { service_centre: centre, ..deliver.clone().into() });
        format!("+CMT: ,{length}\r\n{hex}")
    }

    /// `+CDS`.
    fn shown_report(&self, report: &StatusReport) -> String {
        if self.set.text_mode {
            return format!("+CDS: {}", self.style().report(report));
        }
        let (length, hex) = digits(&Pdu { service_centre: self.centre(), ..report.clone().into() });
        format!("+CDS: {length}\r\n{hex}")
    }

    /// Fills every place with a stranger's message.
    pub(super) fn fill_stores(&mut self) {
        let (Ok(originator), Some(time)) =
            (Address::e164("+447700900999"), Timestamp::from_unix(1_750_000_000, 0))
        else {
            return;
        };
        let pdu = Pdu::from(Deliver::new(originator, time, UserData::from_text("Your parcel is waiting")));
        for memory in [Memory::Me, Memory::Sm] {
            while self.store.put(memory, Kept::received(pdu.clone())).is_some() {}
        }
    }

    /// The client is gone, as a dropped DTR line tells a modem: what was half typed is forgotten, and nobody reads
    /// what waits.
    pub fn hang_up(&mut self, scene: &mut Scene<'_>) {
        self.lines.forget();
        self.held.clear();
        if let Some(octets) = self.data.take().map(|data| data.octets()) {
            let modem = self.identity.index;
            scene.out.push(Effect::Log(crate::lab::event::Event::Cancelled { modem, octets }));
        }
    }
}

/// The length that AT commands tell, and the digits.
pub(super) fn digits(pdu: &Pdu) -> (usize, String) {
    // What the network builds and what was read from a client can be written.
    pdu.to_at().map_or((0, String::new()), |at| (at.length, at.hex))
}
