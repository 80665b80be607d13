//! Which protocol bytes belong to: every protocol is asked, what speaks for each is weighed, and the answer may be
//! "two are possible" or "not recognised".

use super::{Evidence, Foreign, Framing, PROTOCOLS, Protocol, foreign};

/// What one protocol makes of the bytes.
#[derive(Debug, Clone, Copy)]
pub struct Candidate {
    /// The protocol.
    pub protocol: &'static Protocol,
    /// How many bytes its frame has.
    pub len: usize,
    /// What speaks for it.
    pub evidence: Evidence,
}

/// What is at the start of the bytes.
#[derive(Debug, Clone)]
pub enum Verdict {
    /// A frame of this protocol.
    Recognised(Candidate),
    /// A frame of one of these, the likeliest first; or of one only, with too little that speaks for it.
    Possible(Vec<Candidate>),
    /// The beginning of a frame that goes on.
    Incomplete(&'static Protocol),
    /// Traffic that is no tracker's.
    Foreign(Foreign),
    /// Nothing that any of the protocols knows.
    NotRecognised,
}

/// Points by which the first has to lead.
const LEAD: i8 = 2;

/// All protocols that find a frame at the start of the bytes, the likeliest first, and the first that wants more.
fn ask(bytes: &[u8], ended: bool) -> ([Option<Candidate>; 2], Option<&'static Protocol>) {
    let (mut best, mut waiting) = ([None::<Candidate>; 2], None);
    let first = bytes.first().copied().unwrap_or_default();
    for protocol in PROTOCOLS.into_iter().filter(|protocol| protocol.heads.contains(&first)) {
        match protocol.frame(bytes, ended) {
            Framing::No(_) => {}
            Framing::Need => waiting = waiting.or(Some(protocol)),
            Framing::Frame { len, evidence } => {
                let new = Candidate { protocol, len, evidence };
                let beats = |old: &Option<Candidate>| {
                    old.is_none_or(|old| old.evidence.score() < new.evidence.score())
                };
                if beats(&best[0]) {
                    best = [Some(new), best[0]];
                } else if beats(&best[1]) {
                    best[1] = Some(new);
                }
            }
        }
    }
    (best, waiting)
}

/// The answer for the start of the bytes. `ended` says that no more will come.
#[must_use]
pub fn detect(bytes: &[u8], ended: bool) -> Verdict {
    let (best, waiting) = ask(bytes, ended);
    match (best, waiting) {
        ([Some(first), second], _) => {
            let rival = second.filter(|rival| {
                !first.evidence.is_proven() && first.evidence.score() - rival.evidence.score() < LEAD
            });
            match rival {
                None if first.evidence.claims() => Verdict::Recognised(first),
                None => Verdict::Possible(vec![first]),
                Some(rival) => Verdict::Possible(vec![first, rival]),
            }
        }
        ([None, _], Some(protocol)) => Verdict::Incomplete(protocol),
        ([None, _], None) => foreign(bytes).map_or(Verdict::NotRecognised, Verdict::Foreign),
    }
}

/// Why each protocol does not find a frame at the start of the bytes.
pub fn refusals(bytes: &[u8]) -> impl Iterator<Item = (&'static Protocol, &'static str)> {
    PROTOCOLS.into_iter().filter_map(|protocol| match protocol.frame(bytes, true) {
        Framing::No(why) => Some((protocol, why)),
        Framing::Need => Some((protocol, "it is only the beginning of a frame")),
        Framing::Frame { .. } => None,
    })
}

/// Whether a frame that carries a checksum may begin here.
pub(super) fn may_prove(byte: u8) -> bool {
    PROTOCOLS.into_iter().any(|protocol| protocol.summed && protocol.heads.contains(&byte))
}

/// Whether any frame, or the beginning of one, may stand here: a quick look at the first byte.
pub(super) fn may_begin(byte: u8) -> bool {
    PROTOCOLS.into_iter().any(|protocol| protocol.heads.contains(&byte))
}
