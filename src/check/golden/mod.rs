//! Frames of documents, and frames that were put together by hand from documents, with the fields that these give.
//! None of them, and none of what is expected of them, came out of the encoder that is checked.

use super::cases::{Case, How};
use super::compare::{Expected, documented};
use super::outcome::Group;
use crate::wire::{Protocol, Transport};

mod eelink;
mod gt06;
mod jt808;
mod meiligao;
mod startek;
mod watch;

const BOTH: &[Transport] = &[Transport::Tcp, Transport::Udp];
const TCP: &[Transport] = &[Transport::Tcp];
const UDP: &[Transport] = &[Transport::Udp];

/// One write of a tracker, and what the documents say of it.
#[derive(Debug, Clone, Copy)]
struct Golden {
    /// What it is and where it comes from.
    name: &'static str,
    transports: &'static [Transport],
    sent: Bytes,
    /// The fields of each message in it. `-` is a field that may not be there.
    messages: &'static [&'static [(&'static str, &'static str)]],
    /// What the server has to answer.
    answer: Bytes,
    /// Whether the frame has faults.
    damaged: bool,
}

/// Bytes as they are written in documents.
#[derive(Debug, Clone, Copy)]
enum Bytes {
    Text(&'static [u8]),
    Hex(&'static str),
    None,
}

impl Bytes {
    fn bytes(self) -> Option<Vec<u8>> {
        match self {
            Self::Text(text) => Some(text.to_vec()),
            Self::None => Some(Vec::new()),
            Self::Hex(digits) => {
                let digits: Vec<u8> = digits.bytes().filter(|digit| *digit != b' ').collect();
                let byte = |pair: &[u8]| u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok();
                digits.chunks(2).map(byte).collect()
            }
        }
    }
}

const fn frame(
    name: &'static str,
    transports: &'static [Transport],
    sent: Bytes,
    messages: &'static [&'static [(&'static str, &'static str)]],
    answer: Bytes,
) -> Golden {
    Golden { name, transports, sent, messages, answer, damaged: false }
}

/// The golden cases of a protocol over a transport.
///
/// # Errors
/// When a golden frame is not written in hexadecimal digits, which no one who changes these files is to find out late.
pub(super) fn cases(protocol: &Protocol, transport: Transport) -> Result<Vec<Case>, String> {
    let all: &[Golden] = match protocol.name {
        "startek" => &startek::FRAMES,
        "gt06" => &gt06::FRAMES,
        "eelink" => &eelink::FRAMES,
        "jt808" => &jt808::FRAMES,
        "meiligao" => &meiligao::FRAMES,
        "watch" => &watch::FRAMES,
        _ => &[],
    };
    all.iter()
        .filter(|golden| golden.transports.contains(&transport))
        .map(|golden| case(protocol, golden))
        .collect()
}

fn case(protocol: &Protocol, golden: &Golden) -> Result<Case, String> {
    let bytes = |bytes: Bytes| {
        bytes.bytes().ok_or_else(|| format!("the golden frame `{}` is not written in digits", golden.name))
    };
    let mut case = Case::new(Group::Golden, golden.name);
    case.how = How::Exactly;
    case.writes.push(bytes(golden.sent)?);
    case.frames = 1;
    case.answers.extend(Some(bytes(golden.answer)?).filter(|answer| !answer.is_empty()));
    for fields in golden.messages {
        let mut fields = documented(fields);
        fields.extend(documented(&[("protocol", protocol.name)]));
        case.expected.push(Expected { fields, damaged: golden.damaged });
    }
    Ok(case)
}
