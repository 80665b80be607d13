//! The families of the facts: every one with a server command has its profile, every model's name leads to it, and
//! every text that the facts show can be sent.

use std::collections::BTreeSet;

use homing::plan::What;
use homing::profile::Catalogue;
use serde_json::Value;

use super::{IMEI, facts, planned, profile, texts};

/// A family of the facts and its profile.
const FAMILIES: &[(&str, &str)] = &[
    ("coban", "coban"),
    ("xexun", "xexun"),
    ("tkstar", "tkstar"),
    ("sinotrack_h02", "sinotrack-h02"),
    ("concox_gt06", "concox-gt06"),
    ("gt06_clones_wanway_protrack_aovx", "wanway-gt06"),
    ("eelink", "eelink"),
    ("goome", "goome"),
    ("teltonika_fmx", "teltonika-fmx"),
    ("queclink_at_track", "queclink-at"),
    ("meitrack_a", "meitrack"),
    ("topshine_w", "topshine"),
    ("suntech_st300", "suntech-st300"),
    ("suntech_sa200", "suntech-sa200"),
    ("suntech_prg", "suntech-prg"),
    ("megastek", "megastek"),
    ("eview_ev07", "eview"),
    ("minifinder", "minifinder"),
    ("gps_watch_setracker", "setracker-watch"),
    ("castel", "castel"),
    ("calamp_lmu", "calamp-lmu"),
    ("atrack", "atrack"),
    ("globalsat", "globalsat"),
    ("topfly", "topflytech"),
    ("bofan_pt", "bofan-pt"),
    ("ruptela", "ruptela"),
    ("arnavi", "arnavi"),
    ("tramigo", "tramigo"),
    ("skypatrol_tt8750", "skypatrol-tt8750"),
    ("enfora", "enfora"),
    ("syrus_dct", "syrus"),
    ("totem", "totem"),
    ("tzone", "tzone"),
    ("noran", "noran"),
    ("pst_avl", "pst-avl"),
    ("jointech", "jointech"),
    ("gator", "gator"),
    ("haicom", "haicom"),
    ("sanav", "sanav"),
    ("carscop", "carscop"),
    ("condor", "condor"),
    ("maxtrack", "maxtrack"),
    ("topten", "topten"),
    ("v_sun", "v-sun"),
    ("yulongda", "yulongda"),
    ("winrich", "winrich"),
    ("cantrack_hash", "cantrack"),
    ("appello", "appello"),
    ("thinkrace", "thinkrace"),
    ("thingsys", "thingsys"),
    ("astra", "astra"),
    ("xirgo", "xirgo"),
    ("zilogic", "zilogic"),
    ("topin_365gps", "topin"),
    ("jt808_huabao", "huabao-jt808"),
    ("easytrack", "easytrack"),
    ("upro", "upro"),
    ("mobilogix", "mobilogix"),
    ("uvi_gt06_666666", "uvi-gt06"),
];

/// Families without a profile, and why.
const WITHOUT: &[(&str, &str)] =
    &[("reachfar", "no server command is known: the platform says to ask the maker")];

fn families() -> Option<Vec<Value>> {
    Some(serde_json::from_str(&facts("catalogue.json")?).unwrap())
}

fn name(family: &Value) -> &str {
    family["family"].as_str().unwrap()
}

fn id(family: &str) -> Option<&'static str> {
    FAMILIES.iter().find(|(known, _)| *known == family).map(|(_, id)| *id)
}

#[test]
fn every_family_with_a_server_command_has_its_profile() {
    let Some(families) = families() else { return };
    let catalogue = Catalogue::built_in();
    for family in &families {
        match id(name(family)) {
            Some(id) => assert!(catalogue.entries().iter().any(|entry| entry.id == id), "{id}"),
            None => assert!(WITHOUT.iter().any(|(known, _)| *known == name(family)), "{}", name(family)),
        }
    }
    assert_eq!(FAMILIES.len() + WITHOUT.len(), families.len());
}

/// The names that an entry of the facts stands for: `BN-103A/B` for two, `BN-401A-D` for its ends, `FMB001..FMB965`
/// for both ends.
fn names(listed: &str) -> Vec<String> {
    let listed = listed.trim_end_matches(" style");
    if let Some((from, to)) = listed.split_once("..") {
        let letters = from.trim_end_matches(|c: char| c.is_ascii_digit());
        let whole =
            if to.starts_with(|c: char| c.is_ascii_digit()) { format!("{letters}{to}") } else { to.into() };
        let whole = if letters.starts_with("JM-") { format!("JM-{whole}") } else { whole };
        return vec![from.to_owned(), whole];
    }
    if listed.contains('/') {
        let mut parts = listed.split('/');
        let first = parts.next().unwrap_or_default();
        let end = |part: &str| match part.len() {
            1 => format!("{}{part}", &first[..first.len() - 1]),
            _ if part.bytes().all(|byte| byte.is_ascii_digit()) => {
                format!("{}{part}", first.trim_end_matches(|c: char| c.is_ascii_digit()))
            }
            long if long < first.len() => format!("{}{part}", &first[..first.len() - long]),
            _ => part.to_owned(),
        };
        return std::iter::once(first.to_owned()).chain(parts.map(end)).collect();
    }
    match listed.as_bytes() {
        [.., from, b'-', to]
            if from.is_ascii_uppercase() && to.is_ascii_uppercase() && listed.starts_with("BN-") =>
        {
            let stem = &listed[..listed.len() - 3];
            vec![format!("{stem}{}", char::from(*from)), format!("{stem}{}", char::from(*to))]
        }
        _ => vec![listed.to_owned()],
    }
}

#[test]
#[expect(clippy::print_stdout, reason = "the counts are for whoever runs it with --nocapture")]
fn every_name_of_a_model_leads_to_its_profile_alone_or_among_its_candidates() {
    let Some(families) = families() else { return };
    let catalogue = Catalogue::built_in();
    let (mut alone, mut among, mut lost) = (0, 0, Vec::new());
    for family in families.iter().filter(|family| id(name(family)).is_some()) {
        let id = id(name(family)).unwrap();
        for name in
            family["models"].as_array().unwrap().iter().flat_map(|model| names(model.as_str().unwrap()))
        {
            let meant: Vec<&str> = catalogue.meant(&name).iter().map(|entry| entry.id.as_str()).collect();
            match meant.as_slice() {
                [one] if *one == id => alone += 1,
                several if several.contains(&id) => among += 1,
                _ => lost.push(format!("{name} of {id}: {meant:?}")),
            }
        }
    }
    println!("{alone} names lead to one profile, {among} to several that are told apart");
    assert!(lost.is_empty(), "{lost:#?}");
    assert!(alone > 400 && among < 60, "{alone}, {among}");
}

/// What the examples of a family are made of, beside APN and server: ids, passwords, numbers.
const MADE_OF: &[(&str, &[(&str, &str)])] = &[
    ("coban", &[("apn_user", "user"), ("apn_password", "pass")]),
    ("xexun", &[("apn_user", "u"), ("apn_password", "p")]),
    ("queclink_at_track", &[("password", "gl300"), ("backup_server", "54.85.159.138")]),
    ("suntech_st300", &[("maker_id", "100850000")]),
    ("suntech_sa200", &[("maker_id", "901234")]),
    ("suntech_prg", &[("maker_id", "0123456789")]),
    ("gps_watch_setracker", &[("mccmnc", "73201"), ("interval", "300")]),
    ("castel", &[("maker_id", "ABC123456")]),
    ("calamp_lmu", &[("maker_id", "1234567890")]),
    ("jointech", &[("maker_id", "8000123456")]),
    ("gator", &[("maker_id", "12345678901"), ("admin_phone", "3001234567")]),
    ("maxtrack", &[("maker_id", "123456")]),
    ("noran", &[("maker_id", "NR09G07040")]),
];

/// Family, text of the facts, and why no step sends it.
const UNSENT: &[(&str, &str, &str)] = &[
    ("concox_gt06", "TIMER,60,60#", "one of two forms that the platform prints; TIMER,60# is sent"),
    ("teltonika_fmx", "  getparam 2004;2005;2006", "read asks for these three and the APN at once"),
    (
        "meitrack_a",
        "0000,A21,2,54.85.159.138,8888,internet,,",
        "without user and password the line ends behind the APN, the other form of the facts",
    ),
    (
        "suntech_prg",
        "PRG;0123456789;10;05#d.plaspy.com;06#8888;08#54.85.159.138;09#8888",
        "server and second server are two steps",
    ),
    (
        "globalsat",
        "GSS,490154203237518,3,0,D1=internet,D2=,D3=,E0=54.85.159.138,E1=8888,A1=1*xx!",
        "xx stands for the checksum, which is computed",
    ),
    (
        "ruptela",
        "pass setconnection internet,,,TCP,54.85.159.138,8888",
        "a second server that is not given is written *old*, so that it stays",
    ),
];

/// Everything that a profile can send with what the facts' examples are made of.
fn sendable(catalogue: &Catalogue, family: &str) -> BTreeSet<String> {
    let profile = profile(catalogue, id(family).unwrap());
    let more = MADE_OF.iter().find(|(known, _)| *known == family).map_or(&[][..], |(_, more)| more);
    let mut all = BTreeSet::new();
    for server in ["54.85.159.138", "d.plaspy.com"] {
        for transport in ["tcp", "udp"] {
            let common = [
                ("imei", IMEI),
                ("apn", "internet"),
                ("server", server),
                ("port", "8888"),
                ("transport", transport),
                ("interval", "60"),
            ];
            let values: Vec<(&str, &str)> = common.iter().chain(more).copied().collect();
            for step in &profile.steps {
                let ids = [step.id.value.clone()];
                if let Ok(plan) = planned(&profile, What::Steps(&ids), &values) {
                    all.extend(texts(&plan));
                }
            }
        }
    }
    all
}

#[test]
fn every_text_that_the_facts_show_can_be_sent() {
    let Some(families) = families() else { return };
    let catalogue = Catalogue::built_in();
    let (mut unsent, mut used) = (Vec::new(), BTreeSet::new());
    for family in families.iter().filter(|family| id(name(family)).is_some()) {
        let all = sendable(&catalogue, name(family));
        // The IMEI of the examples has a wrong check digit.
        let valid = |text: &str| {
            let text = text.replace("123456789012345", IMEI).replace("23456789012345", &IMEI[1..]);
            text.replace("12345678901234", &IMEI[..14])
        };
        let shown = family["example"].as_array().into_iter().flatten().filter_map(Value::as_str).map(valid);
        for text in shown.filter(|text| !all.contains(text)) {
            match UNSENT.iter().position(|(known, unsent, _)| *known == name(family) && *unsent == text) {
                Some(at) => drop(used.insert(at)),
                None => unsent.push(format!("(\"{}\", {text:?}, \"\"),", name(family))),
            }
        }
    }
    assert!(unsent.is_empty(), "{}", unsent.join("\n"));
    assert_eq!(used.len(), UNSENT.len(), "a text that is sent stands among those that are not");
}
