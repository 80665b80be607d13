//! Every fault, with its name and what it does.

use super::{Entry, FaultKind, Needs};

const fn entry(kind: FaultKind, name: &'static str, needs: Needs, does: &'static str) -> Entry {
    Entry { kind, name, needs, does }
}

/// Every fault, as README and help show them.
pub const FAULTS: [Entry; 43] = [
    entry(
        FaultKind::SilentAfterCtrlZ,
        "silent-after-ctrl-z",
        Needs::Nothing,
        "the network takes the message, but the modem says nothing after Ctrl-Z; it answers the next command",
    ),
    entry(
        FaultKind::LateCmgs,
        "late-cmgs",
        Needs::Time,
        "the modem says +CMGS and OK only after this time, and holds back every other answer until then",
    ),
    entry(
        FaultKind::ErrorAtPrompt,
        "error-at-prompt",
        Needs::Nothing,
        "AT+CMGS is answered with ERROR in place of the prompt",
    ),
    entry(
        FaultKind::NoPrompt,
        "no-prompt",
        Needs::Nothing,
        "AT+CMGS is not answered at all, and no data is taken",
    ),
    entry(
        FaultKind::Cms,
        "cms",
        Needs::Code,
        "the message is refused after Ctrl-Z with this +CMS ERROR and goes nowhere",
    ),
    entry(
        FaultKind::UrcInAnswers,
        "urc-in-answers",
        Needs::Nothing,
        "unsolicited lines stand in the middle of answers, also between the prompt and +CMGS",
    ),
    entry(FaultKind::EchoOn, "echo-on", Needs::Nothing, "ATE0 says OK and changes nothing"),
    entry(
        FaultKind::StorageFull,
        "storage-full",
        Needs::Nothing,
        "every place of the modem's stores holds a stranger's message; the network keeps what arrives until one is free",
    ),
    entry(
        FaultKind::Vanish,
        "vanish",
        Needs::Nothing,
        "the network takes the message, and the port is gone for good right after Ctrl-Z",
    ),
    entry(
        FaultKind::ComeBack,
        "come-back",
        Needs::Time,
        "the network takes the message, the port is gone right after Ctrl-Z, and after this time it is there again under another name",
    ),
    entry(FaultKind::DuplicateDelivery, "duplicate-delivery", Needs::Nothing, "every message arrives twice"),
    entry(
        FaultKind::PartsOutOfOrder,
        "parts-out-of-order",
        Needs::Nothing,
        "the parts of a long answer arrive with the last one first",
    ),
    entry(
        FaultKind::Slow,
        "slow",
        Needs::Time,
        "the network takes this much longer to take a message, to carry it and to carry its answer",
    ),
    entry(
        FaultKind::Pin,
        "pin",
        Needs::Nothing,
        "the SIM card wants its PIN, which is 1234, within three tries",
    ),
    entry(FaultKind::Puk, "puk", Needs::Nothing, "the SIM card is blocked and wants its PUK"),
    entry(
        FaultKind::NotRegistered,
        "not-registered",
        Needs::Nothing,
        "the modem searches for a network and finds none; what is sent is refused with +CMS ERROR 331",
    ),
    entry(
        FaultKind::SilentAnswers,
        "silent-answers",
        Needs::Nothing,
        "trackers obey, and their answers are lost",
    ),
    entry(
        FaultKind::AnswerFromOtherNumber,
        "answer-from-other-number",
        Needs::Nothing,
        "answers come from a number that nobody wrote to",
    ),
    entry(
        FaultKind::HostileAnswer,
        "hostile-answer",
        Needs::Nothing,
        "answers hold a spreadsheet formula, escape sequences and control characters around their text",
    ),
    entry(
        FaultKind::StaleAnswer,
        "stale-answer",
        Needs::Nothing,
        "the service centre's time of an answer is an hour before the command",
    ),
    entry(
        FaultKind::CmtiLost,
        "cmti-lost",
        Needs::Nothing,
        "messages are stored without +CMTI, so that only looking finds them",
    ),
    entry(FaultKind::DeleteFails, "delete-fails", Needs::Nothing, "AT+CMGD says OK and deletes nothing"),
    entry(
        FaultKind::Barred,
        "barred",
        Needs::Nothing,
        "the operator has barred sending: every message is refused with +CMS ERROR 8",
    ),
    entry(
        FaultKind::SmsLost,
        "sms-lost",
        Needs::Nothing,
        "the network takes a message of either direction and loses it, without a report",
    ),
    entry(
        FaultKind::Delayed,
        "delayed",
        Needs::Time,
        "the network takes a message of either direction at once and carries it only after this time",
    ),
    entry(
        FaultKind::OutOfOrder,
        "out-of-order",
        Needs::Nothing,
        "a message of either direction waits for a minute, so that what is sent meanwhile arrives before it",
    ),
    entry(
        FaultKind::AnswerDoubled,
        "answer-doubled",
        Needs::Nothing,
        "a tracker says its answer twice, each with a time of its own",
    ),
    entry(
        FaultKind::ReportLost,
        "report-lost",
        Needs::Nothing,
        "the report that a message was delivered gets lost",
    ),
    entry(
        FaultKind::ReportWrong,
        "report-wrong",
        Needs::Nothing,
        "the report that a message was delivered names another reference, as some modems show it",
    ),
    entry(
        FaultKind::Refuses,
        "refuses",
        Needs::Nothing,
        "a tracker refuses a command in the words of its family, and does not obey",
    ),
    entry(FaultKind::ObeysSilently, "obeys-silently", Needs::Nothing, "a tracker obeys and says nothing"),
    entry(
        FaultKind::AnswersOnly,
        "answers-only",
        Needs::Nothing,
        "a tracker answers as if it had obeyed, and has not",
    ),
    entry(
        FaultKind::Reboots,
        "reboots",
        Needs::Nothing,
        "a tracker restarts when it has obeyed, before it answers: it says nothing, and for half a minute hears nothing; the network tries again",
    ),
    entry(
        FaultKind::GatewayCutBeforeBody,
        "gateway-cut-before-body",
        Needs::Nothing,
        "the gateway closes the connection when the header of a message has come, and takes nothing",
    ),
    entry(
        FaultKind::GatewayCutAfterBody,
        "gateway-cut-after-body",
        Needs::Nothing,
        "the gateway takes a message and closes the connection without an answer",
    ),
    entry(
        FaultKind::Gateway503,
        "gateway-503",
        Needs::Nothing,
        "the gateway takes a message and answers 503",
    ),
    entry(
        FaultKind::Gateway429,
        "gateway-429",
        Needs::Nothing,
        "the gateway takes nothing and answers 429 with Retry-After: 1",
    ),
    entry(
        FaultKind::GatewaySlow,
        "gateway-slow",
        Needs::Time,
        "the gateway takes a message and answers only after this time",
    ),
    entry(
        FaultKind::GatewayBadJson,
        "gateway-bad-json",
        Needs::Nothing,
        "the gateway takes a message, and its answer breaks off in the middle of the JSON",
    ),
    entry(
        FaultKind::Gateway500BeforeBody,
        "gateway-500-before-body",
        Needs::Nothing,
        "the gateway answers 500 when the header of a message has come, and takes nothing",
    ),
    entry(
        FaultKind::GatewayRedirect,
        "gateway-redirect",
        Needs::Nothing,
        "the gateway takes nothing and answers 307 with another place on this machine, where nothing is taken either",
    ),
    entry(
        FaultKind::GatewayExpiredToken,
        "gateway-expired-token",
        Needs::Nothing,
        "the token that a message comes with is taken no more: the gateway takes nothing and answers 401 to it from then on",
    ),
    entry(
        FaultKind::GatewayDuplicateWebhook,
        "gateway-duplicate-webhook",
        Needs::Nothing,
        "the gateway tells a webhook of a message twice",
    ),
];
