//! `homing.modem/1` and `homing.inbox/1`: the modem at hand, and the messages in its stores.

use serde::Serialize;

use crate::courier::modem::{Found, Info, Listed};
use crate::units::rfc_3339_seconds;

#[derive(Debug, Serialize)]
struct ModemView<'a> {
    schema: &'static str,
    port: &'a str,
    maker: Option<&'a str>,
    model: Option<&'a str>,
    firmware: Option<&'a str>,
    imei: Option<&'a str>,
    card: &'a str,
    imsi: Option<&'a str>,
    iccid: Option<&'a str>,
    number: Option<&'a str>,
    registration: Option<&'a str>,
    operator: Option<&'a str>,
    signal_dbm: Option<i16>,
    signal_bars: Option<u8>,
    service_centre: Option<&'a str>,
    pdu_mode: Option<bool>,
    stores: &'a [String],
    store: Option<StoreView<'a>>,
    ready: bool,
    warnings: &'a [String],
}

#[derive(Debug, Serialize)]
struct StoreView<'a> {
    name: &'a str,
    used: u32,
    total: u32,
}

#[derive(Debug, Serialize)]
struct InboxView<'a> {
    schema: &'static str,
    port: &'a str,
    complete: bool,
    messages: Vec<MessageView<'a>>,
    unreadable: Vec<&'a str>,
}

#[derive(Debug, Serialize)]
struct MessageView<'a> {
    from: String,
    time: Option<String>,
    text: &'a str,
    parts: u8,
    missing: u8,
    places: Vec<PlaceView<'a>>,
}

#[derive(Debug, Serialize)]
struct PlaceView<'a> {
    store: &'a str,
    index: u32,
}

/// What is known of a modem as JSON.
#[must_use]
pub fn modem<'a>(port: &'a str, info: &'a Info) -> impl Serialize + 'a {
    ModemView {
        schema: "homing.modem/1",
        port,
        maker: info.maker.as_deref(),
        model: info.model.as_deref(),
        firmware: info.firmware.as_deref(),
        imei: info.imei.as_deref(),
        card: &info.card,
        imsi: info.imsi.as_deref(),
        iccid: info.iccid.as_deref(),
        number: info.number.as_deref(),
        registration: info.registration.as_deref(),
        operator: info.operator.as_deref(),
        signal_dbm: info.signal_dbm,
        signal_bars: info.signal_bars,
        service_centre: info.smsc.as_deref(),
        pdu_mode: info.pdu_mode,
        stores: &info.stores,
        store: info.store.as_ref().map(|store| StoreView {
            name: &store.name,
            used: store.used,
            total: store.total,
        }),
        ready: info.ready,
        warnings: &info.warnings,
    }
}

/// The messages in a modem's stores as JSON; times in UTC.
#[must_use]
pub fn inbox<'a>(port: &'a str, found: &'a Found) -> impl Serialize + 'a {
    InboxView {
        schema: "homing.inbox/1",
        port,
        complete: found.ended.is_none(),
        messages: found.messages.iter().map(message).collect(),
        unreadable: found.unreadable.iter().map(|cause| cause.sentence.as_str()).collect(),
    }
}

fn message(listed: &Listed) -> MessageView<'_> {
    let (missing, parts) = listed.missing;
    MessageView {
        from: listed.sender.to_string(),
        time: listed.sent_ms.map(rfc_3339_seconds),
        text: &listed.text,
        parts,
        missing,
        places: listed.slots.iter().map(|slot| PlaceView { store: &slot.store, index: slot.index }).collect(),
    }
}
