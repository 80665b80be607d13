//! What modem is there, and what lies in its stores. Nothing is sent, nothing is deleted, and nothing is changed that
//! outlasts the modem's supply; only the SIM card's PIN is entered, where one is given.

use super::carriage::words;
use super::texts::{cause, milliseconds, sender};
use super::wire::{self, Dialogue};
use super::{ModemOptions, SPEED, Trouble};
use crate::engine::{Cause, Sender};
use crate::modem::{About, Card, Event, Purpose, Received, Slot};

/// What is known of a modem, its SIM card and its network. What it did not tell is none or empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Info {
    /// Its maker, as it says itself; not escaped, like all texts here.
    pub maker: Option<String>,
    /// Its model.
    pub model: Option<String>,
    /// Its firmware.
    pub firmware: Option<String>,
    /// Its own number.
    pub imei: Option<String>,
    /// The number of the SIM card's subscription.
    pub imsi: Option<String>,
    /// The number of the SIM card.
    pub iccid: Option<String>,
    /// The telephone number that the SIM card says it has.
    pub number: Option<String>,
    /// What the SIM card waits for, in words: `ready`.
    pub card: String,
    /// Whether the SIM card waits for a code, so that its messages cannot be read.
    pub is_locked: bool,
    /// The operator's name or number.
    pub operator: Option<String>,
    /// Whether a network serves it, in words: `registered at home`.
    pub registration: Option<String>,
    /// Signal strength in dBm; -113 is "or less", -51 "or more".
    pub signal_dbm: Option<i16>,
    /// Signal strength in bars, 0 to 5.
    pub signal_bars: Option<u8>,
    /// The service centre's number; empty when none is set.
    pub smsc: Option<String>,
    /// The stores that messages can be read from.
    pub stores: Vec<String>,
    /// The store in use.
    pub store: Option<Store>,
    /// Whether it takes messages as PDUs.
    pub pdu_mode: Option<bool>,
    /// Whether it could send now, as far as it told.
    pub ready: bool,
    /// What a person should know, each with what to do about it.
    pub warnings: Vec<String>,
}

/// How full a store is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Store {
    /// Its name, as `ME` or `SM`; empty when the modem does not say.
    pub name: String,
    /// Messages in it.
    pub used: u32,
    /// Places in it.
    pub total: u32,
}

/// A message that lies in a modem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Where its parts lie.
    pub slots: Vec<Slot>,
    /// Who sent it; anyone may forge it.
    pub sender: Sender,
    /// When the service centre got it, in milliseconds since 1970.
    pub sent_ms: Option<i64>,
    /// The text, with `…` where parts are missing. Not escaped.
    pub text: String,
    /// Parts that are not there, of how many; (0, 1) for a short message.
    pub missing: (u8, u8),
}

/// What lies in a modem.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// What modem it is.
    pub info: Info,
    /// Its messages, in the order of their places.
    pub messages: Vec<Listed>,
    /// What lies there and is no text, each with its sentence.
    pub unreadable: Vec<Cause>,
    /// Why the list may not be whole.
    pub ended: Option<Cause>,
}

/// What modem is at `port`, and whether it could send. Takes seconds, and up to a minute with a modem that is slow.
///
/// # Errors
/// When the port cannot be opened, or nothing there answers as a modem does ([`Trouble::NotSent`]).
pub fn info(port: &str, options: &ModemOptions) -> Result<Info, Trouble> {
    Ok(look(port, options, Purpose::Look)?.info)
}

/// The messages in the stores of the modem at `port`.
///
/// # Errors
/// As [`info`].
pub fn inbox(port: &str, options: &ModemOptions) -> Result<Found, Trouble> {
    let mut found = look(port, options, Purpose::List)?;
    if found.ended.is_none() && found.info.is_locked {
        found.ended = Some(
            Cause::new(format!("the SIM card {}", found.info.card))
                .hint("give its PIN with pin=env:NAME or pin=file:PATH behind the port"),
        );
    }
    found.messages.sort_by(|one, other| one.slots.cmp(&other.slots));
    Ok(found)
}

fn look(port: &str, options: &ModemOptions, purpose: Purpose) -> Result<Found, Trouble> {
    let (wire, inputs, _give) = wire::open(port, options.baud.unwrap_or(SPEED))?;
    let mut dialogue = Dialogue::new(wire, inputs, options.dialogue(purpose));
    let (mut found, mut about) = (Found::default(), About::default());
    dialogue.host.tick(dialogue.now());
    loop {
        while let Some(event) = dialogue.event() {
            match event {
                Event::Found(told) => about = *told,
                Event::Message(received) => found.messages.push(listed(received)),
                Event::Unreadable { why, .. } => found.unreadable.push(cause(why)),
                Event::Down { why, last: true } => found.ended = Some(cause(why)),
                _ => {}
            }
        }
        if dialogue.host.is_closed() {
            break;
        }
        // Nobody gives orders here.
        let _ = dialogue.wait();
    }
    match found.ended.take() {
        // Nothing was found out at all.
        Some(cause) if about.manufacturer.is_none() && about.model.is_none() && about.imei.is_none() => {
            Err(Trouble::NotSent(cause))
        }
        ended => Ok(Found { info: told(&about), ended, ..found }),
    }
}

fn told(about: &About) -> Info {
    Info {
        maker: about.manufacturer.clone(),
        model: about.model.clone(),
        firmware: about.revision.clone(),
        imei: about.imei.clone(),
        imsi: about.imsi.clone(),
        iccid: about.iccid.clone(),
        number: about.number.clone(),
        card: about.card.to_string(),
        is_locked: matches!(about.card, Card::Pin | Card::Puk | Card::Other(_)),
        operator: about.operator.clone(),
        registration: about.registration.map(|state| state.to_string()),
        signal_dbm: about.dbm(),
        signal_bars: about.bars(),
        smsc: about.service_centre.clone(),
        stores: about.stores.clone(),
        store: about.store.as_ref().map(|store| Store {
            name: store.name.clone(),
            used: store.used,
            total: store.total,
        }),
        pdu_mode: about.pdu_mode,
        ready: about.is_ready(),
        warnings: about.notes.iter().map(words).collect(),
    }
}

fn listed(received: Received) -> Listed {
    Listed {
        slots: received.slots,
        sender: sender(&received.sender),
        sent_ms: milliseconds(received.time),
        text: received.text,
        missing: received.missing,
    }
}
