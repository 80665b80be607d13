//! How a profile is found by what people type.

use super::super::*;
use super::rules::TEMPLATE;

fn found(catalogue: &Catalogue, query: &str) -> String {
    match catalogue.find(query) {
        Ok(profile) => profile.id.value.clone(),
        Err(error) => format!("{error} / {}", error.hint().unwrap_or_default()),
    }
}

#[test]
fn a_profile_is_found_by_id_by_model_and_by_the_beginning_of_either() {
    let catalogue = Catalogue::built_in();
    for (query, id) in [
        ("istartek-pt32", "istartek-pt32"),
        ("IStartek-PT32", "istartek-pt32"),
        ("pt32", "istartek-pt32"),
        ("PT32 A7670C", "istartek-pt32"),
        ("pt32_a7670c", "istartek-pt32"),
        ("vt100", "istartek-vt"),
        ("VT100-L", "istartek-vt"),
        ("pt60-l", "istartek-vt"),
        // The platform's pages of iStartek print one dialect; the maker's papers name these.
        ("PT21", "istartek-pt32"),
        ("PT55", "istartek-pt32"),
        ("PT81", "istartek-pt32"),
        ("VT150-L", "istartek-pt32"),
        ("VT120-L", "istartek-vt"),
        ("GPT60", "eelink"),
        ("ST4310", "suntech-prg"),
        ("pt32 a7", "istartek-pt32"),
        ("istartek-p", "istartek-pt32"),
        ("iStartek VT", "istartek-vt"),
        ("VT200-L", "istartek-vt"),
        ("FMB920", "teltonika-fmx"),
        ("FMB 003", "teltonika-fmx"),
        ("GT06N", "concox-gt06"),
        ("ST-901", "sinotrack-h02"),
        ("Protrack", "wanway-gt06"),
        ("Jimi", "concox-gt06"),
        ("coban", "coban"),
        // The maker's name in front of the model, or behind it, as people say it.
        ("SinoTrack ST-901", "sinotrack-h02"),
        ("st 901 sinotrack", "sinotrack-h02"),
        ("Coban TK103", "coban"),
        ("Xexun TK102", "xexun"),
        ("Jimi JM-LL301", "concox-gt06"),
        ("teltonika fmb 920", "teltonika-fmx"),
    ] {
        assert_eq!(found(&catalogue, query), id, "{query}");
    }
}

#[test]
fn a_name_that_leads_to_no_profile_or_to_several_says_what_could_be_meant() {
    let catalogue = Catalogue::built_in();
    let list = "`homing profile list` shows all";
    for (query, answer) in [
        ("p", "\"p\" could be any of 14 profiles / `homing profile find p` lists them".to_owned()),
        ("istartek-tv", format!("no profile is called \"istartek-tv\" / did you mean istartek-vt? {list}")),
        (
            "A7670",
            format!("no profile is called \"A7670\" / did you mean PT32 A7670C (istartek-pt32)? {list}"),
        ),
        // A maker's model that no profile lists leads to what there is of the maker.
        ("queclink xy9", format!("no profile is called \"queclink xy9\" / did you mean queclink-at? {list}")),
        ("T366Q", format!("no profile is called \"T366Q\" / did you mean T366 (meitrack)? {list}")),
        // Half of the letters are others: nothing is near.
        ("BW08", format!("no profile is called \"BW08\" / {list}")),
        ("garmin", format!("no profile is called \"garmin\" / {list}")),
        ("", format!("no profile is called \"\" / {list}")),
        ("--", format!("no profile is called \"--\" / {list}")),
        // Letters of another script are letters: this is no PT32 and no Rex.
        ("PT32й", format!("no profile is called \"PT32й\" / did you mean PT32 (istartek-pt32)? {list}")),
        ("Rexü", format!("no profile is called \"Rexü\" / did you mean Rex (minifinder)? {list}")),
    ] {
        assert_eq!(found(&catalogue, query), answer, "{query}");
    }
}

/// Names that several makers gave to trackers of their own (facts on the catalogue, surprise 19), with the profiles
/// that list them, each with what tells it from the others.
#[test]
fn a_name_of_several_makers_is_not_guessed_and_what_tells_them_apart_is_said() {
    let catalogue = Catalogue::built_in();
    for (query, ids) in [
        ("TK102", &["appello", "coban", "yulongda", "xexun"][..]),
        ("TK103", &["appello", "xexun", "yulongda", "coban", "topshine"]),
        ("GT06", &["cantrack", "uvi-gt06", "winrich", "concox-gt06"]),
        ("VT200", &["istartek-vt", "thinkrace", "topshine"]),
        ("VT300", &["istartek-vt", "topshine"]),
        ("PT60", &["bofan-pt", "istartek-vt"]),
        ("Q50", &["setracker-watch", "winrich"]),
    ] {
        let error = catalogue.find(query).unwrap_err();
        let hint = error.hint().unwrap();
        let NotFound::Several { candidates, .. } = error else { panic!("{query}: {error}") };
        let mut found: Vec<&str> = candidates.iter().map(|candidate| candidate.id.as_str()).collect();
        found.sort_unstable();
        let mut wanted = ids.to_vec();
        wanted.sort_unstable();
        assert_eq!(found, wanted, "{query}");
        for candidate in &candidates {
            let known_by = candidate.known_by.as_ref().unwrap_or_else(|| panic!("{query}: {}", candidate.id));
            assert!(hint.contains(known_by.as_str()), "{hint}");
        }
    }
}

#[test]
fn a_search_looks_at_id_name_maker_and_models() {
    let catalogue = Catalogue::built_in();
    let ids =
        |word: &str| -> Vec<String> { catalogue.search(word).iter().map(|entry| entry.id.clone()).collect() };
    assert_eq!(ids("ISTARTEK"), ["istartek-pt32", "istartek-vt"]);
    assert_eq!(ids("a7670"), ["istartek-pt32"]);
    assert_eq!(ids("%"), Vec::<String>::new());
    assert_eq!(ids("numeric dialect"), ["istartek-vt"]);
    assert_eq!(ids("teltonika"), ["teltonika-fmx"]);
    assert_eq!(ids("FMB 777"), ["teltonika-fmx"]);
    assert_eq!(ids("coban tk103"), ["coban"]);
    assert_eq!(ids("sinotrack st-9"), ["sinotrack-h02"]);
    assert_eq!(ids("garmin"), Vec::<String>::new());
    let profile = catalogue.find("sinotrack-h02").unwrap();
    assert_eq!(profile.models_like("SinoTrack ST-901"), ["ST-901"]);
    assert_eq!(profile.models_like("coban ST-901"), Vec::<&str>::new());
}

#[test]
fn a_profile_of_the_user_stands_beside_the_built_in_ones() {
    let mut catalogue = Catalogue::built_in();
    catalogue.add("acme-a1", "./acme-a1.toml", TEMPLATE.to_owned());
    assert_eq!(found(&catalogue, "A1 4G"), "acme-a1");
    let ids: Vec<&str> = catalogue.entries().iter().map(|entry| entry.id.as_str()).collect();
    assert_eq!(ids.len(), Catalogue::built_in().entries().len() + 1);
    assert_eq!(ids[..2], ["acme-a1", "aoya"]);
}

#[test]
fn a_profile_of_the_user_takes_the_place_of_a_built_in_one_with_its_id() {
    let mut catalogue = Catalogue::built_in();
    let text = TEMPLATE.replace("acme-a1\"", "istartek-pt32\"");
    catalogue.add("istartek-pt32", "./istartek-pt32.toml", text);
    assert_eq!(catalogue.entries().len(), Catalogue::built_in().entries().len());
    assert_eq!(catalogue.find("istartek-pt32").unwrap().name, "Acme A1");
    assert_eq!(found(&catalogue, "a1"), "istartek-pt32");
    // The models of the one it replaced are no longer known.
    assert!(found(&catalogue, "PT32 A7670C").starts_with("no profile is called"));
}

#[test]
fn a_broken_profile_of_the_user_is_never_used() {
    let mut catalogue = Catalogue::built_in();
    let text = TEMPLATE.replace("\"interval\", \"speed\"]", "\"interval\", \"factory\"]");
    catalogue.add("acme-a1", "./acme-a1.toml", text);
    let said = "the profile acme-a1 (./acme-a1.toml) has problems: `homing profile check` lists them";
    assert_eq!(found(&catalogue, "acme-a1"), format!("{said} / homing profile check ./acme-a1.toml"));
    let entry = catalogue.entries().iter().find(|entry| entry.id == "acme-a1").unwrap();
    assert_eq!(entry.profile().unwrap_err()[0].rule, "routine-destructive");
}
