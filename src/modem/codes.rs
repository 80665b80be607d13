//! How a command ended (3GPP TS 27.005 section 3.2.5, TS 27.007 section 9.2, TS 24.011 annex E), and what the end of a
//! submission says about the message. Values only; what is done about it is decided elsewhere.

use super::Why;
use super::fields::behind;

/// How a command ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Final {
    /// `OK`.
    Ok,
    /// `ERROR`, `ABORTED` and their like: no reason is given.
    Bare(String),
    /// `+CMS ERROR`, with its code where it is known, and as it came.
    Cms(Option<u32>, String),
    /// `+CME ERROR`, likewise.
    Cme(Option<u32>, String),
}

/// What an error after the text of a message says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It was not sent.
    Rejected {
        /// That passes.
        temporary: bool,
    },
    /// It may have been sent.
    Unknown,
}

/// Lines without a colon that end a command. `NO CARRIER` is none of them: no command here can be answered with it,
/// and it comes unasked when a call ends.
const BARE: [&str; 6] = [
    "ERROR",
    "ABORTED",
    "COMMAND NOT SUPPORT",
    "COMMAND NOT SUPPORTED",
    "NOT SUPPORT",
    "TOO MANY PARAMETERS",
];

/// The words of `CMEE=2`, and the codes they stand for. Makers write `SIM` and `(U)SIM`.
const CMS_WORDS: [(&str, u32); 22] = [
    ("me failure", 300),
    ("sms service of me reserved", 301),
    ("operation not allowed", 302),
    ("operation not supported", 303),
    ("invalid pdu mode parameter", 304),
    ("invalid text mode parameter", 305),
    ("sim not inserted", 310),
    ("sim pin required", 311),
    ("ph-sim pin required", 312),
    ("sim failure", 313),
    ("sim busy", 314),
    ("sim wrong", 315),
    ("sim puk required", 316),
    ("sim pin2 required", 317),
    ("sim puk2 required", 318),
    ("memory failure", 320),
    ("invalid memory index", 321),
    ("memory full", 322),
    ("smsc address unknown", 330),
    ("no network service", 331),
    ("network timeout", 332),
    ("unknown error", 500),
];

const CME_WORDS: [(&str, u32); 13] = [
    ("operation not allowed", 3),
    ("operation not supported", 4),
    ("sim not inserted", 10),
    ("sim pin required", 11),
    ("sim puk required", 12),
    ("sim failure", 13),
    ("sim busy", 14),
    ("sim wrong", 15),
    ("incorrect password", 16),
    ("memory full", 20),
    ("no network service", 30),
    ("network timeout", 31),
    ("unknown", 100),
];

/// "Please wait" of Huawei modems, in both classes.
const PLEASE_WAIT: u32 = 515;

impl Final {
    /// Reads a line that ends a command.
    pub(crate) fn of(line: &str) -> Option<Self> {
        if line.eq_ignore_ascii_case("OK") {
            return Some(Self::Ok);
        }
        if let Some(code) = behind(line, "+CMS ERROR") {
            return Some(Self::Cms(code_of(code, &CMS_WORDS), line.to_owned()));
        }
        if let Some(code) = behind(line, "+CME ERROR") {
            return Some(Self::Cme(code_of(code, &CME_WORDS), line.to_owned()));
        }
        let is_bare = BARE.iter().any(|word| line.eq_ignore_ascii_case(word));
        is_bare.then(|| Self::Bare(line.to_owned()))
    }

    pub(crate) fn is_ok(&self) -> bool {
        *self == Self::Ok
    }

    /// The SIM or the modem is not ready yet; the same question will be answered later.
    pub(crate) fn is_busy(&self) -> bool {
        matches!(self, Self::Cms(Some(314 | PLEASE_WAIT), _) | Self::Cme(Some(14 | PLEASE_WAIT), _))
    }

    /// Nothing will be sent before somebody has looked after the SIM.
    pub(crate) fn is_sim(&self) -> bool {
        matches!(self, Self::Cms(Some(310..=313 | 315..=318), _) | Self::Cme(Some(10..=13 | 15..=18), _))
    }

    /// What it says of a message whose text and 0x1A were written.
    pub(crate) fn verdict(&self) -> Verdict {
        let permanent = Verdict::Rejected { temporary: false };
        let temporary = Verdict::Rejected { temporary: true };
        match self {
            Self::Cms(Some(code), _) => match code {
                1 | 8 | 10 | 21 | 27..=30 | 50 | 69 | 81 | 95..=97 | 99 | 111 | 127 => permanent,
                17 | 22 | 38 | 41 | 42 | 47 => temporary,
                314 => temporary,
                300..=305 | 310..=318 | 320..=322 | 330 | 340 => permanent,
                _ => Verdict::Unknown,
            },
            // Local ones. 30, 31 and 100 are what 331, 332 and 500 are in the other class.
            Self::Cme(Some(14), _) => temporary,
            Self::Cme(Some(3..=5 | 10..=13 | 15..=18 | 20..=27), _) => permanent,
            _ => Verdict::Unknown,
        }
    }

    /// It in words, with its code and a way out.
    pub(crate) fn why(&self, doing: &str) -> Why {
        let (class, code, line) = match self {
            Self::Ok => return Why::new(format!("the modem said OK when {doing}")),
            Self::Bare(line) => {
                return Why::new(format!("the modem answered {line} when {doing}, without a reason"));
            }
            Self::Cms(code, line) => ("CMS", code, line),
            Self::Cme(code, line) => ("CME", code, line),
        };
        let Some(code) = *code else {
            return Why::new(format!("the modem answered \"{line}\" when {doing}"));
        };
        let meaning = if class == "CMS" { cms(code) } else { cme(code) };
        let sentence = match meaning {
            Some((words, _)) => format!("{words} ({class} {code}) when {doing}"),
            None => format!("the modem answered {class} {code} when {doing}, which no standard explains"),
        };
        let why = Why::new(sentence).code(format!("{class} {code}"));
        match meaning {
            Some((_, hint)) if !hint.is_empty() => why.hint(hint),
            _ => why,
        }
    }
}

/// A code as a number, or by its words.
fn code_of(text: &str, words: &[(&str, u32)]) -> Option<u32> {
    if let Ok(code) = text.trim().parse() {
        return Some(code);
    }
    let said = text.trim().to_ascii_lowercase().replace("(u)sim", "sim");
    words.iter().find(|(known, _)| said == *known).map(|(_, code)| *code)
}

const NUMBER: &str = "check the number: country code, no digit missing, a SIM card that takes short messages";
const BARRED: &str = "ask the operator whether the SIM card may send short messages, and to this number";
const LATER: &str = "the network passes through a bad time: try again in a few minutes";
const CARD: &str = "look after the modem's SIM card, then start again";
const OURS: &str =
    "this is a fault between homing and the modem: please report it with the modem's make and model";

/// Meaning and way out of a `+CMS ERROR` code; the way out may be empty.
fn cms(code: u32) -> Option<(&'static str, &'static str)> {
    Some(match code {
        1 => ("the network does not know the number", NUMBER),
        8 => ("the operator has barred sending", BARRED),
        10 => ("sending is barred", BARRED),
        17 => ("the network failed", LATER),
        21 => ("the service centre rejected the message", BARRED),
        22 => ("the network is congested or the memory is full", LATER),
        27 => ("the destination is out of service", NUMBER),
        28 => ("the network does not know the subscriber", NUMBER),
        29 => ("the facility was rejected", BARRED),
        30 => ("the subscriber is unknown", NUMBER),
        38 => ("the network is out of order", LATER),
        41 => ("the network had a temporary failure", LATER),
        42 => ("the network is congested", LATER),
        47 => ("the network has no resources left", LATER),
        50 => (
            "the SIM card is not subscribed to this, or has no credit",
            "check the SIM card's credit and contract",
        ),
        69 => ("the network does not have this facility", BARRED),
        81 => ("the transfer reference is invalid", ""),
        95 => ("the message is semantically incorrect", OURS),
        96 => ("mandatory information is invalid", OURS),
        97 => ("the message type does not exist", OURS),
        99 => ("an information element does not exist", OURS),
        111 => ("a protocol error, unspecified", ""),
        127 => ("interworking, unspecified", ""),
        300 => ("the modem failed", "restart the modem"),
        301 => {
            ("the modem's message service is reserved by another program", "close what else uses the modem")
        }
        302 => ("the modem does not allow it", ""),
        303 => ("the modem does not support it", ""),
        304 => ("the modem finds the length or the PDU wrong", OURS),
        305 => ("the modem finds a text mode parameter wrong", OURS),
        310 => ("there is no SIM card in the modem", CARD),
        311 => ("the SIM card wants its PIN", CARD),
        312 => ("the modem wants the PIN that binds it to its SIM card", CARD),
        313 => ("the SIM card failed", CARD),
        314 => ("the SIM card is busy", ""),
        315 => ("this is a wrong SIM card for the modem", CARD),
        316 => ("the SIM card is locked and wants its PUK", CARD),
        317 | 318 => ("the SIM card wants its second PIN or PUK", CARD),
        320 => ("the modem's message memory failed", "restart the modem"),
        321 => ("there is nothing at this place of the memory", ""),
        322 => ("the modem's message memory is full", "delete messages from it"),
        330 => ("the modem has no number of a service centre", "set it, as the operator says, with AT+CSCA"),
        331 => ("there is no network", "check antenna and coverage"),
        332 => ("the network did not answer in time", ""),
        340 => ("the modem expects no acknowledgement", ""),
        500 => ("the modem does not know why", ""),
        PLEASE_WAIT => ("the modem asks to wait", ""),
        _ => return None,
    })
}

/// Meaning and way out of a `+CME ERROR` code.
fn cme(code: u32) -> Option<(&'static str, &'static str)> {
    Some(match code {
        3 => ("the modem does not allow it", ""),
        4 => ("the modem does not support it", ""),
        5 => ("the modem wants the PIN that binds it to its SIM card", CARD),
        10 => ("there is no SIM card in the modem", CARD),
        11 => ("the SIM card wants its PIN", CARD),
        12 => ("the SIM card is locked and wants its PUK", CARD),
        13 => ("the SIM card failed", CARD),
        14 => ("the SIM card is busy", ""),
        15 => ("this is a wrong SIM card for the modem", CARD),
        16 => ("the PIN is wrong", CARD),
        17 | 18 => ("the SIM card wants its second PIN or PUK", CARD),
        20 => ("the modem's memory is full", "delete messages from it"),
        30 => ("there is no network", "check antenna and coverage"),
        31 => ("the network did not answer in time", ""),
        32 => ("the network allows emergency calls only", BARRED),
        100 => ("the modem does not know why", ""),
        PLEASE_WAIT => ("the modem asks to wait", ""),
        _ => return None,
    })
}
