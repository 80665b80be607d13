//! Every brand list of the platform that a profile covers: the same commands in the same order. What differs stands
//! in one table, each with its reason.

use homing::plan::What;
use homing::profile::{Catalogue, FACTORY_RESET, Profile};

use super::{IMEI, facts, planned, profile, texts, xor};

/// A list of the platform by the beginning of its line, the profile that covers it, and what the list is printed with
/// beside APN, server and identity.
type Brand = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

const ID9: (&str, &str) = ("maker_id", "420323751");
const ID6: (&str, &str) = ("maker_id", "323751");
const ID: (&str, &str) = ("maker_id", "1234567890");
const PHONE: (&str, &str) = ("admin_phone", "+573001234567");

const BRANDS: &[Brand] = &[
    ("AOVX", "wanway-gt06", &[]),
    ("AoYa", "aoya", &[]),
    ("Astra", "astra", &[]),
    ("ATrack", "atrack", &[]),
    ("Bofan", "bofan-pt", &[]),
    ("BoxTrack", "boxtrack", &[]),
    ("CalAmp", "calamp-lmu", &[]),
    ("Carscop", "carscop", &[]),
    ("Castel", "castel", &[("maker_id", "213GD2016ABC123")]),
    ("Coban", "coban", &[]),
    ("Coban", "coban", &[("transport", "udp")]),
    ("Concox", "concox-gt06", &[]),
    ("Condor", "condor", &[]),
    ("DCT Syrus", "syrus", &[]),
    ("EElink", "eelink", &[]),
    ("Enfora", "enfora", &[]),
    ("EV / Eview", "eview", &[]),
    ("Gator", "gator", &[ID, PHONE]),
    ("GlobalSat", "globalsat", &[]),
    ("Gnxis", "gnxis", &[]),
    ("Goome", "goome", &[]),
    ("Haicom", "haicom", &[]),
    ("iStartek", "istartek-pt32", &[]),
    ("Jointech", "jointech", &[ID]),
    ("Maxtrack", "maxtrack", &[ID]),
    ("Megastek", "megastek", &[]),
    ("Meitrack", "meitrack", &[("transport", "udp")]),
    ("MiniFinder", "minifinder", &[]),
    ("Noran", "noran", &[]),
    ("NVS", "nvs", &[]),
    ("Protrack", "wanway-gt06", &[]),
    ("PST", "pst-avl", &[]),
    (
        "QuecLink",
        "queclink-at",
        &[("password", "gl300"), ("transport", "udp"), ("backup_server", "54.85.159.138")],
    ),
    ("Sanav", "sanav", &[]),
    ("Sentar", "setracker-watch", &[("mccmnc", "732101")]),
    ("sentar/d37", "setracker-watch", &[("mccmnc", "732101")]),
    ("SinoTrack", "sinotrack-h02", &[]),
    ("Suntech", "suntech-sa200", &[ID6]),
    ("suntech/st_300k", "suntech-st300", &[ID9]),
    ("Teltonika", "teltonika-fmx", &[("transport", "udp")]),
    ("Telic", "telic", &[]),
    ("ThingSys", "thingsys", &[]),
    ("TK-Star", "tkstar", &[]),
    ("TopFly", "topflytech", &[]),
    ("TopShine", "topshine", &[]),
    ("TopTen", "topten", &[]),
    ("Totemtech", "totem", &[]),
    ("Tramigo", "tramigo", &[]),
    ("TZone", "tzone", &[]),
    ("UVI Group", "uvi-gt06", &[]),
    ("V-SUN", "v-sun", &[]),
    ("WanWay", "wanway-gt06", &[]),
    ("Winrich", "winrich", &[]),
    ("Xexun", "xexun", &[]),
    ("Xirgo", "xirgo", &[]),
    ("YulongDa", "yulongda", &[]),
    ("Zilogic", "zilogic", &[]),
    ("skypatrol/tt_8750", "skypatrol-tt8750", &[]),
    ("thinkrace/vt06", "thinkrace", &[]),
    ("cantrack/gt06", "cantrack", &[]),
    ("appello/tk103", "appello", &[]),
];

/// Brand, what the platform prints, what is sent in its place, and why. Empty: nothing stands on that side.
const DEVIATIONS: &[(&str, &str, &str, &str)] = &[
    ("CalAmp", "!RO", "!R0", "the maker's manual has a zero where the page has the letter"),
    ("Coban", "check123456", "check123456", "it only reads, and goes last"),
    ("Gator", S, "", "the form without user and password, which is sent when there are none"),
    ("Sentar", "pw,123456,imsi#", "", "it only reads: --routine imsi, before MCC and MNC are known"),
    (
        "Sentar",
        "pw,123456,internet,user,pass,xxxyy#",
        APN,
        "the page lacks the word apn, which public code has",
    ),
    (
        "Sentar",
        "pw,123456.ip,54.85.159.138,8888#",
        "pw,123456,ip,54.85.159.138,8888#",
        "the page has a dot in place of a comma",
    ),
    ("Sentar", "pw123456,upload,300#", "pw,123456,upload,300#", "the page lacks a comma"),
    ("sentar/d37", "pw,123456,imsi#", "", "it only reads: --routine imsi, before MCC and MNC are known"),
    (
        "sentar/d37",
        "pw,123456,internet,user,pass,xxxyy#",
        APN,
        "the page lacks the word apn, which public code has",
    ),
    (
        "Teltonika",
        ALL,
        ALL_BLANKS,
        "the maker's paper puts two blanks in front where login and password are empty",
    ),
    ("Teltonika", "", "  getparam 2001;2002;2003;2004;2005;2006", "the page has no query"),
    (
        "Totemtech",
        "*000000,60,60,0,60#",
        "",
        "the line lacks a number of its command: the facts call it damaged",
    ),
    ("cantrack/gt06", "TCP", "", "what the bare word does is not said"),
];

const S: &str = "S,*internet*,*54.85.159.138*,*8888*,*1234567890*,*+573001234567*,*123456*";
const APN: &str = "pw,123456,apn,internet,user,pass,732101#";
const ALL: &str = "setparam 2001:internet;2002:user;2003:pass;2004:d.plaspy.com;2005:8888;2006:1";
const ALL_BLANKS: &str = "  setparam 2001:internet;2002:user;2003:pass;2004:d.plaspy.com;2005:8888;2006:1";

/// The first list in backticks of a brand's line.
fn list<'t>(facts: &'t str, brand: &str) -> Vec<&'t str> {
    let line = facts.lines().find(|line| line.starts_with(&format!("- **{brand}")));
    let line = line.unwrap_or_else(|| panic!("{brand} has no line"));
    line.split('`').nth(1).unwrap().split(" | ").collect()
}

/// A printed line with values in place of what the page fills in, and without the blanks that the page adds (facts on
/// the catalogue, section 3).
fn filled(line: &str, settings: &[(&str, &str)]) -> String {
    let value = |name: &str| settings.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value);
    let id = value("maker_id");
    let key = id.get(id.len().saturating_sub(6)..).unwrap_or_default();
    let places = [
        ("{{apn}}", "internet"),
        ("{{apnu}}", "user"),
        ("{{apnp}}", "pass"),
        ("[apn]", "internet"),
        ("[apnu]", "user"),
        ("[apnp]", "pass"),
        ("{{SecretKey}}", key),
        ("{{imei}}", IMEI),
        ("{{trackerID}}", id),
        ("{{DeviceID}}", id),
        ("<id>", id),
        ("<id9>", id),
        ("{{phoneNumberUser}}", value("admin_phone")),
        ("<last 14 of IMEI>", &IMEI[1..]),
        ("<first 14 of IMEI>", &IMEI[..14]),
        ("<15 digit IMEI>", IMEI),
        ("<last 5 of IMEI>", &IMEI[10..]),
        ("$modelo$", value("password")),
        ("; 1 0 ;", ";1;"),
        (" ,", ","),
        (" #", "#"),
        ("# user", "#user"),
    ];
    let made = places.iter().fold(line.trim().to_owned(), |text, (place, value)| text.replace(place, value));
    match made.split_once("*{{checksum") {
        Some((covered, _)) => format!("{covered}*{}!", xor(covered)),
        None => made,
    }
}

/// What the profile sends for a brand's list: the reset where the list has one, the routine, and what reads.
fn sent(profile: &Profile, settings: &[(&str, &str)]) -> Vec<String> {
    let mut all = Vec::new();
    for routine in [FACTORY_RESET, "provision", "check"] {
        // The dialect of iStartek came before there was a `check`.
        let routine =
            if routine == "check" && profile.routine(routine).is_none() { "verify" } else { routine };
        if profile.routine(routine).is_none_or(<[usize]>::is_empty) {
            continue;
        }
        let made = planned(profile, What::Routine(routine), settings);
        all.extend(texts(
            &made.unwrap_or_else(|faults| panic!("{} {routine}: {faults:?}", profile.id.value)),
        ));
    }
    all
}

/// The servers that a list names: each gives a plan of its own, but where one line holds both.
fn servers(list: &[&str]) -> Vec<&'static str> {
    let named = list.iter().any(|line| line.contains("d.plaspy.com"));
    let either = list.iter().any(|line| line.contains(" or ") && line.contains("d.plaspy.com"));
    match (named, either) {
        (_, true) => vec!["d.plaspy.com", "54.85.159.138"],
        (true, false) => vec!["d.plaspy.com"],
        (false, false) => vec!["54.85.159.138"],
    }
}

#[test]
fn every_list_of_the_platform_is_sent_as_it_prints_it_but_for_what_is_told_here() {
    let Some(facts) = facts("catalogue.md") else { return };
    let catalogue = Catalogue::built_in();
    let (mut wrong, mut used) = (Vec::new(), vec![false; DEVIATIONS.len()]);
    for (brand, id, more) in BRANDS {
        let profile = profile(&catalogue, id);
        let list = list(&facts, brand);
        for server in servers(&list) {
            let common = [
                ("imei", IMEI),
                ("apn", "internet"),
                ("apn_user", "user"),
                ("apn_password", "pass"),
                ("server", server),
                ("port", "8888"),
            ];
            let settings: Vec<(&str, &str)> = common.iter().chain(*more).copied().collect();
            let mut theirs: Vec<Vec<String>> = list
                .iter()
                .map(|line| line.split(" or ").map(|line| filled(line, &settings)).collect())
                .collect();
            let mut ours = sent(&profile, &settings);
            for (at, (_, printed, instead, why)) in
                DEVIATIONS.iter().enumerate().filter(|(_, (about, ..))| about == brand)
            {
                assert!(!why.is_empty());
                let known = (theirs.len(), ours.len());
                if !printed.is_empty() {
                    theirs.retain(|line| !line.iter().any(|line| line == printed));
                }
                if !instead.is_empty() {
                    ours.retain(|line| line != instead);
                }
                used[at] |= known != (theirs.len(), ours.len());
            }
            let same = theirs.len() == ours.len()
                && theirs.iter().zip(&ours).all(|(theirs, ours)| theirs.contains(ours));
            if !same {
                wrong.push(format!("{brand} ({id}):\n  theirs {theirs:?}\n  ours   {ours:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let unused: Vec<_> = DEVIATIONS.iter().zip(&used).filter(|(_, used)| !**used).collect();
    assert!(unused.is_empty(), "deviations that are none: {unused:?}");
}

/// A list of the facts that no profile is held against would be forgotten.
#[test]
fn every_list_of_the_platform_has_its_profile() {
    let Some(facts) = facts("catalogue.md") else { return };
    let section = facts.split("\n## 3. ").nth(1).unwrap().split("\n### 3.2").next().unwrap();
    let names = section.lines().filter_map(|line| line.strip_prefix("- **")?.split_once("**"));
    // It prints no list of its own: that of the brand with another password.
    let forgotten: Vec<&str> = names
        .map(|(name, _)| name)
        .filter(|name| !BRANDS.iter().any(|(brand, ..)| name.starts_with(brand)) && *name != "queclink/gl300")
        .collect();
    assert!(forgotten.is_empty(), "{forgotten:?}");
}
