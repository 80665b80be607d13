//! What a tracker of the lab reports once it knows its server: who it is and where, in the protocol that its family
//! speaks. Pure: a call says whom it would reach and with what; the lab's shell knows who stands in for that server.

use std::sync::Arc;

use super::virtual_tracker::VirtualTracker;
use crate::profile::{Profile, Scope};
use crate::tracker::Tracker;
use crate::wire::{Cell, Dec, DeviceId, EncodeError, Report, Session, Transport, Uplink, UtcTime, by_name};

/// A tracker wants to report.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// Who it says it is.
    pub id: String,
    /// The protocol of its reports.
    pub protocol: &'static str,
    /// By what.
    pub transport: Transport,
    /// The server that it was given: a name or an address.
    pub host: String,
    /// Its port.
    pub port: u16,
}

impl Call {
    /// What a tracker would report as it is set now; none while it knows no server or no protocol of ours.
    pub(super) fn of(tracker: &VirtualTracker, own: &Tracker, profile: &Arc<Profile>) -> Option<Self> {
        let protocol = profile.uplink.iter().find_map(|name| by_name(name))?;
        let id = profile.render_register(&Scope::whole(profile, own))?;
        let transport = match tracker.setting("transport") {
            None => *protocol.transports.first()?,
            Some(word) => *protocol.transports.iter().find(|one| one.word().eq_ignore_ascii_case(word))?,
        };
        let (host, port) = (tracker.setting("server")?.to_owned(), tracker.setting("port")?.parse().ok()?);
        Some(Self { id, protocol: protocol.name, transport, host, port })
    }

    /// The login, where the protocol has one, and the first position.
    ///
    /// # Errors
    /// When the protocol has no room for its identity.
    pub(super) fn frames(&self, now: UtcTime) -> Result<(Option<Vec<u8>>, Vec<u8>), EncodeError> {
        let (Some(protocol), Some(id)) = (by_name(self.protocol), DeviceId::new(self.id.as_bytes())) else {
            return Err(EncodeError::NoIdentity { protocol: self.protocol });
        };
        let mut session = Session::of(id);
        session.variant = protocol.name == "eelink" && self.transport == Transport::Udp;
        let (mut login, mut position) = (Vec::new(), Vec::new());
        let login = match protocol.encode(&Uplink::Login, &mut session, &mut login) {
            Ok(()) => Some(login),
            Err(EncodeError::Nothing { .. }) => None,
            Err(error) => return Err(error),
        };
        protocol.encode(&Uplink::Position(&place(now)), &mut session, &mut position)?;
        Ok((login, position))
    }
}

/// A parked tracker in good health, at the zero meridian of Greenwich and in a test network's cell.
fn place(now: UtcTime) -> Report {
    let mut report = Report::at(now, Dec::new(51_477_928, 6), Dec::new(0, 6));
    report.satellites = Some(9);
    report.hdop = Some(Dec::new(9, 1));
    report.speed_kmh = Some(Dec::whole(0));
    report.battery_v = Some(Dec::new(405, 2));
    report.battery_pct = Some(93);
    report.csq = Some(22);
    report.cell = Some(Cell { mcc: Some(1), mnc: Some(1), lac: Some(100), cid: Some(1_001), rssi_dbm: None });
    report
}
