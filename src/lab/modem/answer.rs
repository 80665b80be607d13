//! How a command ends: result codes as words or numbers (ITU-T V.250 section 5.7), and the errors of the network's
//! and the message commands (3GPP TS 27.007 section 9.2, TS 27.005 section 3.2.5). Texts only.

/// Why a command failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fail {
    /// `ERROR`: no such command, or a wrong form of it.
    Error,
    /// `+CME ERROR`, or plain `ERROR` while `+CMEE` is 0.
    Cme(u16),
    /// `+CMS ERROR`.
    Cms(u16),
    /// `NO CARRIER`: this modem makes no calls.
    NoCarrier,
}

/// What a command says before its result code. A block is a line, or a header with the line that belongs to it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Blocks(pub(super) Vec<String>);

/// What became of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Done {
    /// It said this, and the next command of the line may go on.
    Said(Blocks),
    /// It asks for data.
    Prompt,
    /// Its result code comes later.
    Later,
    /// Nothing is said, now or ever: a fault.
    Silence,
}

pub(super) type Answer = Result<Done, Fail>;

/// Nothing but the result code.
pub(super) fn ok() -> Answer {
    Ok(Done::Said(Blocks::default()))
}

/// One line.
pub(super) fn line(text: impl Into<String>) -> Answer {
    Ok(Done::Said(Blocks(vec![text.into()])))
}

impl Fail {
    /// The result code as `+CMEE` and `ATV` want it.
    pub(super) fn result(self, cmee: u8, verbose: bool) -> String {
        match self {
            Self::Error => plain(verbose, "ERROR", 4),
            Self::NoCarrier => plain(verbose, "NO CARRIER", 3),
            Self::Cme(_) if cmee == 0 => plain(verbose, "ERROR", 4),
            Self::Cme(code) => coded("+CME ERROR", code, words(&CME, code).filter(|_| cmee == 2)),
            Self::Cms(code) => coded("+CMS ERROR", code, words(&CMS, code).filter(|_| cmee == 2)),
        }
    }
}

/// `OK`.
pub(super) fn fine(verbose: bool) -> String {
    plain(verbose, "OK", 0)
}

fn plain(verbose: bool, word: &str, number: u8) -> String {
    if verbose { word.to_owned() } else { number.to_string() }
}

fn coded(lead: &str, code: u16, words: Option<&str>) -> String {
    words.map_or_else(|| format!("{lead}: {code}"), |words| format!("{lead}: {words}"))
}

fn words(table: &[(u16, &'static str)], code: u16) -> Option<&'static str> {
    table.iter().find(|(known, _)| *known == code).map(|(_, words)| *words)
}

/// TS 27.007 section 9.2.1, as far as this modem uses them.
const CME: [(u16, &str); 12] = [
    (3, "operation not allowed"),
    (4, "operation not supported"),
    (11, "SIM PIN required"),
    (12, "SIM PUK required"),
    (16, "incorrect password"),
    (20, "memory full"),
    (21, "invalid index"),
    (22, "not found"),
    (30, "no network service"),
    (50, "incorrect parameters"),
    (100, "unknown"),
    (515, "please wait"),
];

/// TS 27.005 section 3.2.5, and the causes of TS 24.011 annex E-2.
const CMS: [(u16, &str); 38] = [
    (1, "unassigned (unallocated) number"),
    (8, "operator determined barring"),
    (10, "call barred"),
    (17, "network failure"),
    (21, "short message transfer rejected"),
    (22, "congestion"),
    (27, "destination out of service"),
    (28, "unidentified subscriber"),
    (29, "facility rejected"),
    (30, "unknown subscriber"),
    (38, "network out of order"),
    (41, "temporary failure"),
    (42, "congestion"),
    (47, "resources unavailable, unspecified"),
    (50, "requested facility not subscribed"),
    (69, "requested facility not implemented"),
    (96, "invalid mandatory information"),
    (111, "protocol error, unspecified"),
    (300, "ME failure"),
    (301, "SMS service of ME reserved"),
    (302, "operation not allowed"),
    (303, "operation not supported"),
    (304, "invalid PDU mode parameter"),
    (305, "invalid text mode parameter"),
    (310, "SIM not inserted"),
    (311, "SIM PIN required"),
    (312, "PH-SIM PIN required"),
    (313, "SIM failure"),
    (314, "SIM busy"),
    (315, "SIM wrong"),
    (316, "SIM PUK required"),
    (320, "memory failure"),
    (321, "invalid memory index"),
    (322, "memory full"),
    (330, "SMSC address unknown"),
    (331, "no network service"),
    (332, "network timeout"),
    (340, "no +CNMA acknowledgement expected"),
];
