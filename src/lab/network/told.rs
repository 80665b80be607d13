//! What arrived, for the log.

use crate::lab::event::{Arrived, Event, PartOf};
use crate::lab::modem::Incoming;
use crate::sms::Deliver;

/// A message that reached a modem or a gateway.
pub(super) fn inbound(to: &str, modem: Option<usize>, deliver: &Deliver, how: Arrived) -> Event {
    Event::Inbound {
        to: to.to_owned(),
        modem,
        from: deliver.originator.to_string(),
        text: deliver.user_data.text(),
        part: PartOf::of(&deliver.user_data),
        how,
    }
}

/// What reached a modem.
pub(super) fn told(to: &str, modem: usize, what: &Incoming, how: Arrived) -> Event {
    match what {
        Incoming::Message(deliver) => inbound(to, Some(modem), deliver, how),
        Incoming::Report(report) => Event::StatusReport {
            to: to.to_owned(),
            modem: Some(modem),
            reference: report.message_reference,
            about: report.recipient.to_string(),
            status: report.status.0,
            how,
        },
    }
}
