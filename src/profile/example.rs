//! Trackers made of a profile's examples.

use crate::tracker::Tracker;

/// A tracker with these values, as an example or a lab states them.
///
/// # Errors
/// The name and why its value is none.
pub fn tracker_with<'p>(pairs: impl IntoIterator<Item = (&'p str, &'p str)>) -> Result<Tracker, String> {
    let mut tracker = Tracker::default();
    for (name, value) in pairs {
        let bad = |error: &dyn std::fmt::Display| format!("{name} = \"{value}\": {error}");
        match name {
            "imei" => tracker.imei = Some(value.parse().map_err(|error| bad(&error))?),
            "device_id" | "maker_id" => tracker.device_id = Some(value.to_owned()),
            "sim_id" => tracker.sim_id = Some(value.to_owned()),
            "phone" => {
                tracker.phone = Some(crate::tracker::Phone::parse(value, None).map_err(|error| bad(&error))?)
            }
            "iccid" => {
                tracker.iccid = Some(crate::tracker::Iccid::parse(value).map_err(|error| bad(&error))?.0)
            }
            "imsi" => tracker.imsi = Some(value.parse().map_err(|error| bad(&error))?),
            "name" => value.clone_into(&mut tracker.name),
            _ => tracker.settings.set(name, value).map_err(|error| bad(&error))?,
        }
    }
    Ok(tracker)
}
