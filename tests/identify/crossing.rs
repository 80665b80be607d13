//! Every answer that a source gives, against the reply forms of every profile: none may show that another family gave
//! it. `cargo test --test identify crossing -- --nocapture` lists who reads whose words.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use homing::identify::{Shows, Told};
use homing::profile::Kind;
use serde_json::Value;

use super::catalogue;

/// Answers to queries and refusals out of facts/istartek.md (sections 3 and 4) and of the descriptions in
/// facts/catalogue.json, and the families of which a source gives them.
const ANSWERS: &[(&[&str], &str)] = &[
    (&["istartek-vt"], "801,143190870823,869912033012424,VT100_V100"),
    (&["istartek-vt"], "801,Failed"),
    (&["istartek-vt"], "801,Unsupport"),
    (&["istartek-vt"], "802,0000000F,03,01,31,12,4.15,00.00"),
    (&["istartek-vt"], "803,12345678901234567890"),
    (&["istartek-vt"], "808,100,1,istartracker.com,8011"),
    (&["istartek-vt"], "808,103,Unsupport"),
    (&["concox-gt06"], "[VERSION]NT06L_GT06L_WAAG_V7.0"),
    (&[], "MTRACK VERSION:V1.2"),
    (
        &["wanway-gt06"],
        "SN:355139089215765;APN:CMNET;IP:vt.protrack365.com:8842;CENTER:0;TIMER:10;TimeZone:8.0;LANG:EN;LCWL:OFF;\
         Mode:2;Protocol:ACY;AutoSleep:ENABLE",
    ),
    (
        &["concox-gt06"],
        "Battery:4.20V,NORMAL; SERVER:Link Up, network:\"GSM\",(4); GPS:Successful positioning;",
    ),
    (&["wanway-gt06"], "EXT-POWER:12.14V;BATTERY:84%;GPRS;FAIL;"),
    (&[], "V:4.22V,12V;CSQ:22;PWR:1;ACC:0;GPS:3,0,0;GS:0,1"),
    (&["concox-gt06"], "GPRS: ON; Currently use APN:internet,user,pass; Server:1,d.plaspy.com,8888,0; URL:;"),
    (&["concox-gt06"], "SERVER,0,186.248.143.197,21122,0"),
    (&[], "OK!"),
    (&[], "OK! for the newly-set APN to take effect, the device will reboot after 10s."),
    (&[], "OK, The terminal will restart after 20 seconds!"),
    (&[], "SET APN OK"),
    (&[], "Not support!"),
    (&[], "instruction error!"),
    (&[], "Error:Number of parameters errors!"),
    (&[], "Error: Parameter 1 (..)"),
    (&[], "<SPEED#>Command was not recognized!"),
    (&[], "Time Out!"),
    (&[], "Error: only SOS number and center number is able to execute the command."),
    // Descriptions of the catalogue, as a device may say them.
    (&["coban"], "GSM: 100% GPS: OK GPRS: ON battery: 100%"),
    (&["coban"], "GSM: 100%\nGPS: NO\nGPRS: OFF\nbattery: 80%"),
    (&["coban"], "APN: internet IP: 54.85.159.138 PORT: 8888"),
    (&[], "869912033012424"),
    (&["noran"], "NR09B02761,internet,54.85.159.138,8888,1,1,25"),
    (&["noran"], "NR09B02761 internet 54.85.159.138 8888 1 1 25"),
    // Nobody's: words like theirs.
    (&[], "Error: unknown command. SW VERSION:3.1"),
    (&[], "Battery:80%"),
    (&[], "APN:internet"),
    (&[], "Normal"),
];

/// The families of facts/catalogue.json that have replies, and their profiles.
const FAMILIES: &[(&str, &str)] = &[
    ("coban", "coban"),
    ("xexun", "xexun"),
    ("tkstar", "tkstar"),
    ("sinotrack_h02", "sinotrack-h02"),
    ("concox_gt06", "concox-gt06"),
    ("teltonika_fmx", "teltonika-fmx"),
    ("queclink_at_track", "queclink-at"),
    ("meitrack_a", "meitrack"),
    ("suntech_st300", "suntech-st300"),
    ("minifinder", "minifinder"),
    ("gps_watch_setracker", "setracker-watch"),
    ("calamp_lmu", "calamp-lmu"),
    ("globalsat", "globalsat"),
    ("ruptela", "ruptela"),
    ("noran", "noran"),
    ("sanav", "sanav"),
];

/// Who reads a text as an answer to any of its queries, and what that shows.
fn readers(text: &str) -> Vec<(String, String, Shows)> {
    let mut readers = Vec::new();
    for profile in catalogue() {
        for (at, step) in profile.steps.iter().enumerate().filter(|(_, step)| step.kind == Kind::Query) {
            if let Some(told) = Told::read(&profile, 0, at, text) {
                readers.push((profile.id.value.clone(), step.id.value.clone(), told.shows));
            }
        }
    }
    readers
}

/// The families that a text is said to come from.
fn named(text: &str) -> BTreeSet<String> {
    readers(text).into_iter().filter(|(.., shows)| *shows == Shows::Who).map(|(id, ..)| id).collect()
}

#[test]
fn no_documented_answer_shows_a_family_that_no_source_gives_it_of() {
    for (whose, text) in ANSWERS {
        let wanted: BTreeSet<String> = whose.iter().map(|id| (*id).to_owned()).collect();
        for (id, step, shows) in readers(text) {
            println!("{text:?}: {id} {step} {shows:?}");
        }
        assert_eq!(named(text), wanted, "{text:?}");
    }
}

/// A form taken from related makers is read by the profiles that say so, and by no others.
#[test]
fn only_the_profiles_that_say_so_read_the_words_of_related_makers() {
    let kin: BTreeSet<String> = ANSWERS
        .iter()
        .flat_map(|(_, text)| readers(text))
        .filter(|(.., shows)| *shows == Shows::Kin)
        .map(|(id, ..)| id)
        .collect();
    assert_eq!(kin, BTreeSet::from(["istartek-pt32".to_owned()]));
}

#[test]
fn no_reply_of_the_catalogue_shows_another_family() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/facts/catalogue.json");
    let Ok(text) = fs::read_to_string(path) else {
        println!("the facts are not beside the project: nothing is compared with catalogue.json");
        return;
    };
    let families: Vec<Value> = serde_json::from_str(&text).unwrap();
    let mut count = 0;
    for family in &families {
        let replies = family["replies"].as_array().unwrap();
        let Some(name) = family["family"].as_str().filter(|_| !replies.is_empty()) else { continue };
        let Some((_, id)) = FAMILIES.iter().find(|(known, _)| *known == name) else {
            panic!("{name} is new")
        };
        for reply in replies {
            let text = reply["text"].as_str().unwrap();
            let others: Vec<String> = named(text).into_iter().filter(|other| other != id).collect();
            assert!(others.is_empty(), "{text:?} of {id} is said to come from {others:?}");
            count += 1;
        }
    }
    assert!(count > 50, "{count} replies");
}

/// And each answer that a profile shows of its own, in its own file.
#[test]
fn no_answer_that_a_profile_shows_names_another() {
    let mut count = 0;
    for profile in catalogue() {
        for step in profile.steps.iter().filter(|step| step.kind == Kind::Query) {
            for reply in step.replies.iter().chain(&profile.replies) {
                for text in &reply.examples {
                    let mut others = named(text);
                    others.remove(profile.id.as_str());
                    // The profile of related makers' words shows theirs, which are theirs.
                    let theirs = profile.evidence(&reply.source) == homing::profile::Evidence::Inferred;
                    assert!(
                        theirs || others.is_empty(),
                        "{text:?} of {} names {others:?}",
                        profile.id.as_str()
                    );
                    count += 1;
                }
            }
        }
    }
    assert!(count > 60, "{count} answers");
}
