//! Who the simulated trackers are: nobody's identities on this machine, the user's own everywhere else.

use std::collections::HashSet;
use std::net::SocketAddr;

use crate::cli::files::read_text;
use crate::simulate::{MOST_GENERATED, generated};
use crate::tracker::Imei;
use crate::ui::Failure;
use crate::wire::{DeviceId, Protocol};

use super::Simulate;

impl Simulate {
    /// The identities, one for each tracker.
    ///
    /// # Errors
    /// Identities that are none, are given twice, or are an example towards another machine; and none at all there.
    pub(super) fn who(&self, protocol: &'static Protocol, to: SocketAddr) -> Result<Vec<DeviceId>, Failure> {
        let given = self.given(!to.ip().is_loopback())?;
        if !given.is_empty() {
            return Ok(given);
        }
        if !to.ip().is_loopback() && self.yes_really_send {
            return Err(Failure::usage(format!(
                "{to} is another machine, and made-up trackers do not go there"
            ))
            .hint("give --imei or --imeis with trackers of your own"));
        }
        let count = self.count.unwrap_or(1);
        if count == 0 || count > MOST_GENERATED {
            return Err(Failure::usage(format!("--count {count} is not from 1 to {MOST_GENERATED}")));
        }
        Ok((0..count).filter_map(|index| generated(protocol, index)).collect())
    }

    /// The identities that were given, each checked.
    fn given(&self, strict: bool) -> Result<Vec<DeviceId>, Failure> {
        let mut texts: Vec<(String, String)> =
            self.imei.iter().map(|imei| ("--imei".to_owned(), imei.clone())).collect();
        if let Some(path) = &self.imeis {
            let text = read_text(path)?;
            let lines = (1_usize..).zip(text.lines()).map(|(number, line)| (number, line.trim()));
            let lines = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
            texts.extend(
                lines.map(|(number, line)| (format!("{}:{number}", path.display()), line.to_owned())),
            );
            if texts.is_empty() {
                return Err(Failure::usage(format!("{} has no IMEI in it", path.display())));
            }
        }
        let (mut ids, mut seen) = (Vec::with_capacity(texts.len()), HashSet::new());
        for (place, text) in texts {
            let id = identity(&place, &text, strict)?;
            if !seen.insert(id) {
                return Err(Failure::usage(format!(
                    "{place}: {id} is there twice: each tracker has its own"
                )));
            }
            ids.push(id);
        }
        Ok(ids)
    }
}

/// An IMEI as text. Towards another machine, examples of documents are nobody's trackers and are refused.
fn identity(place: &str, text: &str, strict: bool) -> Result<DeviceId, Failure> {
    let imei: Imei = text.parse().map_err(|error| Failure::usage(format!("{place}: {error}")))?;
    if let Some(example) = imei.is_example().filter(|_| strict) {
        return Err(Failure::usage(format!("{place}: {imei} is the example of {example}, and no tracker's"))
            .hint("give the IMEI on the label of a tracker of your own"));
    }
    DeviceId::new(imei.as_str().as_bytes())
        .ok_or_else(|| Failure::usage(format!("{place}: {imei} is no identity")))
}
