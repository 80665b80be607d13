//! Text mode: character sets, numbers, times and the header lines of messages (3GPP TS 27.005 section 3, TS 27.007
//! section 5.5). Values in, lines out.

use std::fmt::Write as _;

use super::store::State;
use crate::sms::{
    Address, Coding, Dcs, Deliver, Message, Payload, Pdu, StatusReport, Submit, Timestamp, UserData,
};

/// `+CSCS`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Charset {
    /// The codes of the GSM alphabet.
    Gsm,
    /// ASCII.
    Ira,
    /// Four hexadecimal digits for each 16-bit unit.
    Ucs2,
}

/// How text mode shows things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Style {
    /// `+CSCS`.
    pub(super) charset: Charset,
    /// `+CSDH`: all fields.
    pub(super) detail: bool,
}

impl Charset {
    pub(super) const ALL: [Self; 3] = [Self::Gsm, Self::Ira, Self::Ucs2];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Gsm => "GSM",
            Self::Ira => "IRA",
            Self::Ucs2 => "UCS2",
        }
    }

    /// A short string, as a number or a name, as it is shown.
    pub(super) fn show(self, text: &str) -> String {
        let plain = || text.chars().map(|c| if c.is_ascii() { c } else { '?' }).collect();
        match self {
            Self::Ucs2 => units_hex(text.encode_utf16()),
            Self::Ira => plain(),
            Self::Gsm => match UserData::from_text(text).payload {
                Payload::Gsm7(septets) => codes(&septets),
                _ => plain(),
            },
        }
    }

    /// What a client wrote; none when it is not of this set.
    pub(super) fn read(self, bytes: &[u8]) -> Option<String> {
        match self {
            Self::Gsm => {
                if bytes.iter().any(|byte| *byte > 0x7F) {
                    return None;
                }
                UserData { header: None, payload: Payload::Gsm7(bytes.to_vec()) }.text()
            }
            Self::Ira => bytes.is_ascii().then(|| bytes.iter().map(|byte| char::from(*byte)).collect()),
            Self::Ucs2 => char::decode_utf16(hex_units(bytes)?).collect::<Result<_, _>>().ok(),
        }
    }
}

/// The codes themselves, as they go over the line.
fn codes(septets: &[u8]) -> String {
    septets.iter().map(|septet| char::from(septet & 0x7F)).collect()
}

fn units_hex(units: impl Iterator<Item = u16>) -> String {
    units.fold(String::new(), |mut hex, unit| {
        let _ = write!(hex, "{unit:04X}");
        hex
    })
}

fn octets_hex(octets: &[u8]) -> String {
    octets.iter().fold(String::new(), |mut hex, octet| {
        let _ = write!(hex, "{octet:02X}");
        hex
    })
}

fn hex_units(bytes: &[u8]) -> Option<Vec<u16>> {
    let (fours, rest) = bytes.as_chunks::<4>();
    let unit = |four: &[u8; 4]| u16::from_str_radix(std::str::from_utf8(four).ok()?, 16).ok();
    if rest.is_empty() { fours.iter().map(unit).collect() } else { None }
}

fn hex_octets(bytes: &[u8]) -> Option<Vec<u8>> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let octet = |pair: &[u8; 2]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    if rest.is_empty() { pairs.iter().map(octet).collect() } else { None }
}

/// The user data that a client's text is, by the data coding scheme of `+CSMP`: octets of 8-bit data and of UCS-2 come
/// as hexadecimal digits, whatever the character set (TS 27.005 section 3.1, `<data>`).
pub(super) fn entered(bytes: &[u8], dcs: Dcs, charset: Charset) -> Option<UserData> {
    let payload = match dcs.coding() {
        Coding::Data => Payload::Data(hex_octets(bytes)?),
        Coding::Ucs2 => Payload::Ucs2(hex_units(bytes)?),
        Coding::Gsm7 => match UserData::from_text(&charset.read(bytes)?).payload {
            Payload::Gsm7(septets) => Payload::Gsm7(septets),
            _ => return None,
        },
    };
    Some(UserData { header: None, payload })
}

/// The text of a message. Real modems differ about user data headers; this one leaves them out.
pub(super) fn body(user_data: &UserData, charset: Charset) -> String {
    match &user_data.payload {
        Payload::Gsm7(septets) if charset == Charset::Gsm => codes(septets),
        Payload::Gsm7(_) => charset.show(&user_data.text().unwrap_or_default()),
        Payload::Ucs2(units) => units_hex(units.iter().copied()),
        Payload::Data(octets) | Payload::Compressed(octets) => octets_hex(octets),
    }
}

fn length(user_data: &UserData) -> usize {
    match &user_data.payload {
        Payload::Gsm7(septets) => septets.len(),
        Payload::Ucs2(units) => units.len() * 2,
        Payload::Data(octets) | Payload::Compressed(octets) => octets.len(),
    }
}

/// `"26/08/01,12:34:56+08"`.
pub(super) fn time(time: Timestamp) -> String {
    let Some(civil) = time.civil() else { return "\"\"".to_owned() };
    let zone = time.zone().unwrap_or(0);
    let sign = if zone < 0 { '-' } else { '+' };
    format!(
        "\"{:02}/{:02}/{:02},{:02}:{:02}:{:02}{sign}{:02}\"",
        civil.year % 100,
        civil.month,
        civil.day,
        civil.hour,
        civil.minute,
        civil.second,
        zone.unsigned_abs()
    )
}

impl Style {
    fn quoted(self, text: &str) -> String {
        format!("\"{}\"", self.charset.show(text))
    }

    fn number(self, address: &Address) -> String {
        self.quoted(&address.to_string())
    }

    /// `+CMT`, `+CMGR` and, without the details, `+CMGL` of a message that arrived.
    pub(super) fn deliver(self, deliver: &Deliver, centre: Option<&Address>) -> String {
        let oa = &deliver.originator;
        let mut line = format!("{},,{}", self.number(oa), time(deliver.service_centre_time));
        if self.detail {
            let first = deliver.tpdu().ok().and_then(|tpdu| tpdu.first().copied()).unwrap_or(4);
            let (pid, dcs) = (deliver.protocol_identifier, deliver.dcs.0);
            let _ = write!(line, ",{},{first},{pid},{dcs}", oa.type_of_address());
            self.centre(&mut line, centre);
            let _ = write!(line, ",{}", length(&deliver.user_data));
        }
        line
    }

    /// `+CMGR` of a message that was or is to be sent.
    fn submit(self, submit: &Submit, centre: Option<&Address>) -> String {
        let mut line = format!("{},", self.number(&submit.destination));
        if self.detail {
            let first = submit.tpdu().ok().and_then(|tpdu| tpdu.first().copied()).unwrap_or(1);
            let (pid, dcs) = (submit.protocol_identifier, submit.dcs.0);
            let _ = write!(line, ",{},{first},{pid},{dcs},", submit.destination.type_of_address());
            self.centre(&mut line, centre);
            let _ = write!(line, ",{}", length(&submit.user_data));
        }
        line
    }

    fn centre(self, line: &mut String, centre: Option<&Address>) {
        let (number, kind) = centre.map_or((String::new(), 129), |c| (c.to_string(), c.type_of_address()));
        let _ = write!(line, ",{},{kind}", self.quoted(&number));
    }

    /// `+CDS`, and the rest of a stored report.
    pub(super) fn report(self, report: &StatusReport) -> String {
        let first = report.tpdu().ok().and_then(|tpdu| tpdu.first().copied()).unwrap_or(6);
        let ra = &report.recipient;
        format!(
            "{first},{},{},{},{},{},{}",
            report.message_reference,
            self.number(ra),
            ra.type_of_address(),
            time(report.service_centre_time),
            time(report.discharge_time),
            report.status.0
        )
    }

    /// What follows `+CMGR: `, header and text.
    pub(super) fn stored(self, state: State, pdu: &Pdu) -> String {
        let state = state.words();
        let centre = pdu.service_centre.as_ref();
        let (head, user_data) = match &pdu.message {
            Message::Deliver(deliver) => (self.deliver(deliver, centre), Some(&deliver.user_data)),
            Message::Submit(submit) => (self.submit(submit, centre), Some(&submit.user_data)),
            Message::StatusReport(report) => (self.report(report), None),
        };
        joined(&format!("\"{state}\",{head}"), user_data.map(|data| body(data, self.charset)))
    }

    /// What follows `+CMGL: `, header and text.
    pub(super) fn listed(self, index: usize, state: State, pdu: &Pdu) -> String {
        let state = state.words();
        let extra = |address: &Address, data: &UserData| {
            if self.detail {
                format!(",{},{}", address.type_of_address(), length(data))
            } else {
                String::new()
            }
        };
        let (head, user_data) = match &pdu.message {
            Message::Deliver(deliver) => {
                let (oa, at) = (&deliver.originator, time(deliver.service_centre_time));
                let head = format!("{},,{at}{}", self.number(oa), extra(oa, &deliver.user_data));
                (head, Some(&deliver.user_data))
            }
            Message::Submit(submit) => {
                let da = &submit.destination;
                (format!("{},,{}", self.number(da), extra(da, &submit.user_data)), Some(&submit.user_data))
            }
            Message::StatusReport(report) => (self.report(report), None),
        };
        joined(&format!("{index},\"{state}\",{head}"), user_data.map(|data| body(data, self.charset)))
    }
}

fn joined(head: &str, body: Option<String>) -> String {
    body.map_or_else(|| head.to_owned(), |body| format!("{head}\r\n{body}"))
}
