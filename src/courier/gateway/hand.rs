//! One message on its way: how its recipient is addressed, what it is called, and the request that hands it over.

use super::definition::Address;
use super::judge::{Verdict, judge};
use super::wire::Wire;
use crate::engine::{AttemptId, Cause, Outcome, Recipient};

/// A message in hand.
#[derive(Debug, Clone)]
pub(super) struct Hand {
    pub(super) id: AttemptId,
    pub(super) to: Recipient,
    pub(super) text: String,
}

impl Hand {
    /// What the message is called at the gateway, so that it can be found there and is not taken twice. Attempts of
    /// two machines may have one number, but then not one recipient too; at most 36 letters,
    /// as many as a UUID has.
    pub(super) fn reference(&self) -> String {
        let to = &self.to;
        let phone = to.phone.as_ref().map(|phone| phone.as_str()).unwrap_or_default();
        let iccid = to.iccid.as_ref().map(|iccid| iccid.as_str()).unwrap_or_default();
        let sim = to.sim_id.as_deref().unwrap_or_default();
        format!("homing-{}-{:08x}", self.id.0, fnv(&format!("{phone} {iccid} {sim}")))
    }

    /// Its recipient, as the gateway wants it.
    fn recipient(&self, address: Address) -> Result<String, Cause> {
        address.of(&self.to).ok_or_else(|| {
            let needed = address.needed();
            Cause::new(format!("this gateway needs the tracker's {}", needed.what))
                .hint(format!("give it as {}", needed.flag()))
        })
    }
}

/// 32 bits of FNV-1a: the same on every machine and in every version.
fn fnv(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// Sends a message and judges what came of it.
pub(super) async fn hand_over(wire: &Wire, hand: &Hand) -> Verdict {
    let not_sent = |cause| Verdict { outcome: Outcome::NotSent(cause), pause: None, unauthorised: false };
    let definition = &wire.setup.definition;
    let to = match hand.recipient(definition.address) {
        Ok(to) => to,
        Err(cause) => return not_sent(cause),
    };
    let length = hand.text.chars().count();
    if let Some(most) = definition.max_chars.filter(|most| length > *most) {
        return not_sent(Cause::new(format!(
            "the message has {length} characters and this gateway takes at most {most}"
        )));
    }
    send(wire, &to, &hand.text, &hand.reference()).await
}

/// The request itself, and what its answer means.
pub(super) async fn send(wire: &Wire, to: &str, text: &str, reference: &str) -> Verdict {
    let values = wire.setup.values.clone().with("to", to).with("text", text).with("ref", reference);
    let result = wire.ask(&wire.setup.definition.send.request, values).await;
    judge(&wire.setup, result, reference, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_fnv_1a() {
        // From the test vectors of its authors (draft-eastlake-fnv, appendix C).
        assert_eq!(fnv(""), 0x811c_9dc5);
        assert_eq!(fnv("a"), 0xe40c_292c);
        assert_eq!(fnv("foobar"), 0xbf9c_f968);
    }
}
