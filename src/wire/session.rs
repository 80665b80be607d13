//! What has to be remembered between the frames of one connection: who speaks, and the running numbers.

use super::{DeviceId, Messages};

/// The state of one connection, on either side of it. Small, and without a clock.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Session {
    /// Who the tracker said it is.
    pub device_id: Option<DeviceId>,
    /// The number that the next frame of one's own gets; protocols cut it to what they have room for.
    pub number: u16,
    /// What the protocol remembers of its partner's dialect: for `jt808`, whether its header is that of 2019;
    /// for `eelink`, whether it wraps its packets for UDP.
    pub variant: bool,
    /// The two letters of the maker, for `watch`.
    pub maker: [u8; 2],
}

impl Session {
    /// Nothing known yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A session of a tracker that knows who it is, to encode with.
    #[must_use]
    pub fn of(device_id: DeviceId) -> Self {
        Self { device_id: Some(device_id), ..Self::default() }
    }

    /// Takes over the identity of a decoded frame, and gives it to messages that carry none.
    #[inline]
    pub(super) fn identify(&mut self, messages: &mut Messages) {
        for message in &mut messages.list {
            if message.device_id.is_some() {
                message.id_in_frame = true;
                self.device_id = message.device_id;
            } else {
                message.device_id = self.device_id;
            }
        }
    }
}
