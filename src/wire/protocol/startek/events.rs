//! The events of the protocol, by number (V1.6, appendix A; the maker's platform for those above 57).

/// Name of an event, and what its data are where the paper says.
pub(super) type Entry = (u32, &'static str, &'static str);

/// What the data of an event are called when the paper gives no meaning.
pub(super) const DATA: &str = "event_data";

/// In the order of their numbers. 13 to 16 are not defined.
static EVENTS: [Entry; 60] = [
    (0, "interval", DATA),
    (1, "SOS, or input 1 active", DATA),
    (2, "input 1 inactive", DATA),
    (3, "ignition on", DATA),
    (4, "ignition off", DATA),
    (5, "door open", DATA),
    (6, "door closed", DATA),
    (7, "input 4 active", DATA),
    (8, "input 4 inactive", DATA),
    (9, "input 5 active", DATA),
    (10, "input 5 inactive", DATA),
    (11, "input 6 active", DATA),
    (12, "input 6 inactive", DATA),
    (17, "external power low", DATA),
    (18, "external power cut", DATA),
    (19, "external power on", DATA),
    (20, "battery low", DATA),
    (21, "GPS antenna cut", DATA),
    (22, "speeding", DATA),
    (23, "enters sleep", DATA),
    (24, "wakes up", "trigger"),
    (25, "leaves fence", "fence"),
    (26, "enters fence", "fence"),
    (27, "GPS signal lost", DATA),
    (28, "GPS signal found", DATA),
    (29, "heading change", DATA),
    (30, "distance", DATA),
    (31, "heartbeat", DATA),
    (32, "power on", DATA),
    (33, "power off", DATA),
    (34, "current position, on request", DATA),
    (35, "tow", DATA),
    (36, "stops moving", DATA),
    (37, "starts moving", DATA),
    (38, "idling", DATA),
    (39, "harsh acceleration", DATA),
    (40, "harsh braking", DATA),
    (41, "harsh turning", DATA),
    (42, "impact", DATA),
    (43, "fatigue driving", DATA),
    (44, "fatigue relieved", DATA),
    (45, "overtime driving", DATA),
    (46, "temperature high", "sensor"),
    (47, "temperature low", "sensor"),
    (48, "fuel stolen", "tank"),
    (49, "fuel low", "tank"),
    (50, "GSM jammed", DATA),
    (51, "GSM no longer jammed", DATA),
    (52, "theft", "trigger"),
    (53, "card swiped", "card"),
    (54, "picture", "picture"),
    (55, "dismantled", DATA),
    (56, "trouble codes", TROUBLE),
    (57, "low speed", DATA),
    // The maker's platform has these; that they travel in frames is inferred.
    (59, "refuelled", DATA),
    (60, "GPS jammed", DATA),
    (127, "harsh lane change", DATA),
    (128, "vibration", DATA),
    (129, "SIM changed", DATA),
    (130, "low battery, shuts down", DATA),
];

/// What the data of event 56 are called.
pub(super) const TROUBLE: &str = "trouble_codes";

/// The entry of an event; of one that no paper knows, `unknown`.
#[inline]
pub(super) fn entry(code: u32) -> Entry {
    // Up to 12 the number is the place in the table, which saves the search for the most frequent ones.
    let direct = EVENTS.get(code as usize).filter(|entry| entry.0 == code);
    let found = direct.or_else(|| {
        let at = EVENTS.binary_search_by_key(&code, |entry| entry.0).ok()?;
        EVENTS.get(at)
    });
    found.copied().unwrap_or((code, "unknown", DATA))
}

/// The name of an event in plain words.
#[must_use]
pub fn event_name(code: u32) -> &'static str {
    entry(code).1
}
