//! Who speaks: the tracker that was expected or another, and what to register.

use super::{Code, Finding};
use crate::tracker::Imei;
use crate::wire::DeviceId;

/// How an identity on the wire comes from an IMEI.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Relation {
    Same,
    /// Digits of it, from the first to the last, counted from 1, with so many zeros in front.
    Part(usize, usize, usize),
    Other,
}

/// Ten digits of an IMEI and more cannot be taken for those of another by chance; nine are what some makers use.
const LEAST: usize = 9;

fn relation(id: &str, imei: &str) -> Relation {
    let bare = id.trim_start_matches('0');
    if id == imei || !imei.starts_with('0') && bare == imei {
        return Relation::Same;
    }
    // With its zeros first: an IMEI's own digits can be zeros.
    for (text, zeros) in [(id, 0), (bare, id.len() - bare.len())] {
        if let Some(at) = imei.find(text).filter(|_| text.len() >= LEAST) {
            return Relation::Part(at + 1, at + text.len(), zeros);
        }
    }
    Relation::Other
}

/// What is to say about the identities that were heard, when some are expected.
pub(super) fn findings(heard: &[DeviceId], expected: &[Imei], out: &mut Vec<Finding>) {
    let is_of = |id: &DeviceId, imei: &Imei| relation(id.as_str(), imei.as_str()) != Relation::Other;
    let mut missing = 0;
    for imei in expected {
        match heard.iter().find(|id| is_of(id, imei)) {
            Some(id) => {
                if let Relation::Part(from, to, zeros) = relation(id.as_str(), imei.as_str()) {
                    out.push(short(id, imei, from, to, zeros));
                }
            }
            None => {
                missing += 1;
                out.extend(self::missing(heard, imei));
            }
        }
    }
    // Where one is missing, it is told already who speaks.
    if missing == 0 && !expected.is_empty() {
        let is_stranger = |id: &&DeviceId| !expected.iter().any(|imei| is_of(id, imei));
        let strangers: Vec<&DeviceId> = heard.iter().filter(is_stranger).collect();
        out.extend(besides(&strangers));
    }
}

fn besides(strangers: &[&DeviceId]) -> Option<Finding> {
    let (first, rest) = strangers.split_first()?;
    let others = if rest.is_empty() { String::new() } else { format!(" and {} more", rest.len()) };
    let finding = Finding::new(
        Code::OtherIdentity,
        format!("besides what is expected, {first}{others} speaks"),
        "If it is yours, expect it too (--imei may be given several times); else look which tracker was set to this server by mistake.",
    );
    Some(finding.of(rest.is_empty().then_some(first.as_str())))
}

fn short(id: &DeviceId, imei: &Imei, from: usize, to: usize, zeros: usize) -> Finding {
    let zeros = if zeros > 0 { format!(" behind {zeros} zeros") } else { String::new() };
    Finding::new(
        Code::ShortIdentity,
        format!("the tracker calls itself {id}: digits {from} to {to} of the IMEI {imei}{zeros}"),
        format!("Register exactly {id} at the server; the whole IMEI would not be found there."),
    )
    .of(Some(id.as_str()))
}

fn missing(heard: &[DeviceId], imei: &Imei) -> Option<Finding> {
    let (first, rest) = heard.split_first()?;
    let others = if rest.is_empty() { String::new() } else { format!(" and {} more", rest.len()) };
    let finding = Finding::new(
        Code::OtherIdentity,
        format!("{imei} is expected, and it is {first}{others} that speaks"),
        format!("Look at the label again: if this is the tracker, register exactly {first} at the server."),
    );
    Some(finding.of(rest.is_empty().then_some(first.as_str())))
}

#[cfg(test)]
mod tests {
    use super::{Relation, relation};

    #[test]
    fn identities_are_found_in_the_imei_they_come_from() {
        // The forms of the protocols' papers: all, without check digit, last eleven behind a zero, last ten, 5 to 14.
        let imei = "868683024748398";
        for (id, found) in [
            ("868683024748398", Relation::Same),
            ("0868683024748398", Relation::Same),
            ("86868302474839", Relation::Part(1, 14, 0)),
            ("083024748398", Relation::Part(5, 15, 1)),
            ("3024748398", Relation::Part(6, 15, 0)),
            ("8302474839", Relation::Part(5, 14, 0)),
            ("868683024748399", Relation::Other),
            ("48398", Relation::Other),
            ("CAR12", Relation::Other),
        ] {
            assert_eq!(relation(id, imei), found, "{id}");
        }
    }
}
