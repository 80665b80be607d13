//! Identities for trackers that exist nowhere.

use crate::wire::{DeviceId, Protocol};

/// How many there are.
pub const MOST: u64 = 10_000_000;

/// The identity of a simulated tracker, from 0 on: an IMEI whose first digits, 00 10 17, are of those that the GSM
/// Association keeps for tests, so that no tracker that was ever sold has it. `jt808` has room for 12 digits in its usual
/// header, and gets the last 12 of them. None from [`MOST`] on.
#[must_use]
pub fn generated(protocol: &Protocol, index: u64) -> Option<DeviceId> {
    if index >= MOST {
        return None;
    }
    let imei = DeviceId::new(format!("0010170{index:07}").as_bytes())?.with_check_digit()?;
    match protocol.name {
        "jt808" => DeviceId::new(imei.as_bytes().get(3..)?),
        _ => Some(imei),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::PROTOCOLS;

    #[test]
    fn generated_identities_are_all_different_and_imeis_where_there_is_room() {
        for protocol in PROTOCOLS {
            let ids: Vec<DeviceId> = (0..2_000).filter_map(|index| generated(protocol, index)).collect();
            let mut texts: Vec<String> = ids.iter().map(ToString::to_string).collect();
            texts.sort();
            texts.dedup();
            assert_eq!(texts.len(), 2_000, "{}", protocol.name);
            assert!(protocol.name == "jt808" || ids.iter().all(DeviceId::is_imei));
            assert!(generated(protocol, MOST - 1).is_some());
            assert_eq!(generated(protocol, MOST), None);
        }
    }
}
