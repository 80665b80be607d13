//! `--apn auto` and `homing apn`: what is chosen is what another reader finds in the published database, and what cannot
//! be chosen stops the run before anything is made.

#![cfg(test)]
#![expect(clippy::print_stdout, reason = "what was compared, and that it was, is to be seen in the log")]

#[path = "support/homing.rs"]
mod homing;

use std::path::Path;
use std::process::Command;
use std::{env, fs};

use homing::Homing;
use serde_json::Value;

/// Where the package mobile-broadband-provider-info puts the published database.
const PUBLISHED: &str = "/usr/share/mobile-broadband-provider-info/serviceproviders.xml";

/// For each network the distinct access points for the internet, by Python's own XML reader.
const OTHER_READER: &str = r#"
import json, sys, xml.etree.ElementTree as tree
found = {}
for country in tree.parse(sys.argv[1]).getroot().iter("country"):
    for gsm in country.iter("gsm"):
        for apn in gsm.iter("apn"):
            if any(usage.get("type") == "internet" for usage in apn.iter("usage")):
                entry = [apn.get("value").strip(), apn.findtext("username") or "", apn.findtext("password") or ""]
                for network in gsm.iter("network-id"):
                    entries = found.setdefault(network.get("mcc") + "-" + network.get("mnc"), [])
                    if entry not in entries:
                        entries.append(entry)
json.dump(found, sys.stdout)
"#;

fn generate(more: &[&str]) -> Homing {
    Homing::new(&["generate", "istartek-vt", "--apn-database", "built-in", "--format", "json"]).args(more)
}

/// The text of the command that carries the APN.
fn apn_command(document: &Value) -> String {
    let commands = document["plans"][0]["commands"].as_array().unwrap();
    commands.iter().find(|one| one["step"] == "apn").unwrap()["text"].as_str().unwrap().to_owned()
}

#[test]
fn three_operators_of_three_countries_get_their_access_points() {
    // By hand from the database of 2023: Claro in Colombia, Telcel in Mexico, EE in Britain.
    for (by, wanted) in [
        ("--imsi=732101123456789", "0000,109,internet.comcel.com.co,COMCELWEB,COMCELWEB"),
        ("--mcc-mnc=334-02", "0000,109,internet.itelcel.com,webgprs,webgprs2002"),
        ("--imsi=234301234567890", "0000,109,everywhere,eesecure,secure"),
    ] {
        let said = generate(&["--apn=auto", by]).run();
        assert_eq!(apn_command(&said.json()), wanted, "{said}");
        assert!(said.says("of 2023-04-16, built in"), "{said}");
    }
}

#[test]
fn every_network_is_chosen_as_another_reader_of_the_published_file_would() {
    if !Path::new(PUBLISHED).exists() {
        assert!(env::var_os("HOMING_REQUIRE_STRANGERS").is_none(), "{PUBLISHED} is not there");
        println!("{PUBLISHED} is not there, so nothing was compared: install mobile-broadband-provider-info");
        return;
    }
    let other = Command::new("python3").args(["-c", OTHER_READER, PUBLISHED]).output().unwrap();
    assert!(other.status.success(), "{other:?}");
    let found: Value = serde_json::from_slice(&other.stdout).unwrap();
    let database = ::homing::apn::open(&::homing::apn::Which::File(PUBLISHED.into())).unwrap().database;
    // The edition that is built in was made of this file by a script; this program's own reader finds the same in it.
    if fs::metadata(PUBLISHED).unwrap().len() == 362_213 {
        let built_in = ::homing::apn::Database::built_in().unwrap();
        assert_eq!(built_in.operators.len(), 654);
        assert!(
            built_in.operators == database.operators,
            "the built-in form differs from the published file"
        );
    }
    let (mut one, mut several) = (0, 0);
    for (number, entries) in found.as_object().unwrap() {
        let entries: Vec<(&str, &str, &str)> = entries
            .as_array()
            .unwrap()
            .iter()
            .map(|entry| {
                let field = |at: usize| entry[at].as_str().unwrap();
                (field(0), field(1), field(2))
            })
            .collect();
        let sim = ::homing::apn::Sim::Network(number.parse().unwrap());
        match (::homing::apn::choose(&database, &sim, None), entries.as_slice()) {
            (Ok(choice), [only]) => {
                assert_eq!(choice.access.key(), *only, "{number}");
                one += 1;
            }
            (Err(::homing::apn::ChooseError::Several { count, .. }), several_found) => {
                assert_eq!(count, several_found.len(), "{number}");
                several += 1;
            }
            (other, entries) => panic!("{number}: {other:?} and {entries:?}"),
        }
    }
    assert!(one > 400 && several > 300, "{one} and {several}");
    println!("{one} networks with one access point, {several} with several");
}

#[test]
fn several_are_offered_and_words_choose() {
    generate(&["--apn=auto", "--mcc-mnc=732103"])
        .run()
        .assert_err(2, &["3 access points", "web.colombiamovil.com.co (Tigo, postpaid)", "auto:Tigo"]);
    let said = generate(&["--apn=auto:www.une.net.co", "--mcc-mnc=732103"]).run();
    assert_eq!(apn_command(&said.json()), "0000,109,www.une.net.co,une,une");
}

#[test]
fn what_cannot_be_chosen_is_told_with_its_value() {
    for (args, parts) in [
        (&["--apn=auto"][..], &["SIM card's network", "--imsi", "--mcc-mnc"][..]),
        (&["--apn=auto", "--imsi=901405101234567"], &["901-405", "roaming or M2M"]),
        (&["--apn=auto", "--mcc-mnc=732999"], &["732-999"]),
        (&["--apn=auto", "--mcc-mnc=7321"], &["`7321`", "three digits"]),
        (&["--apn=auto", "--imsi=73210112345678x"], &["73210112345678x"]),
        (&["--apn=auto", "--imsi=732101123456789", "--mcc-mnc=73402"], &["732101123456789", "734-02"]),
        (&["--apn=internet", "--mcc-mnc=732101"], &["--mcc-mnc is for --apn auto"]),
        (&["--apn=auto:Nobody", "--mcc-mnc=732101"], &["`Nobody`", "internet.comcel.com.co"]),
    ] {
        generate(args).run().assert_err(2, parts);
    }
}

#[test]
fn a_user_and_password_that_are_given_count_before_those_of_the_database() {
    let said = generate(&["--apn=auto", "--mcc-mnc=732101", "--apn-user=me", "--apn-password=env:WORD"])
        .env("WORD", "mine")
        .run();
    let document = said.json();
    assert!(apn_command(&document).starts_with("0000,109,internet.comcel.com.co,me,"), "{document:#}");
    assert!(!document.to_string().contains("COMCELWEB"), "{document:#}");
}

/// GloBul of Bulgaria, by hand from the database: internet.globul.bg, the user globul, no password.
#[test]
fn a_user_without_a_password_is_chosen_only_for_a_tracker_that_can_be_told_so() {
    let of = |profile: &str| {
        Homing::new(&["generate", profile, "--apn-database=built-in", "--mcc-mnc=284-05", "--apn=auto"])
    };
    for profile in ["concox-gt06", "coban", "eelink"] {
        let said = of(profile).run();
        said.assert_err(2, &["internet.globul.bg has a user and no password", "--apn-user globul"]);
        assert!(!said.says("network 284-05 is GloBul") && !said.says("apn_password"), "{said}");
    }
    assert!(of("istartek-vt").run().says("0000,109,internet.globul.bg,globul\n"));
    assert!(of("teltonika-fmx").run().says("2001:internet.globul.bg;2002:globul;2003:;2004:"));
    let said =
        of("concox-gt06").args(&["--apn-user=globul", "--apn-password=env:WORD"]).env("WORD", "any").run();
    assert!(said.says("APN,internet.globul.bg,globul,any#"), "{said}");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("fleet.csv");
    fs::write(&file, "profile,phone,apn\ncoban,+359881234567,auto\n").unwrap();
    let fleet = ["generate", "--format=json", "--apn-database=built-in", "--mcc-mnc=284-05", "--fleet"];
    let said = Homing::new(&fleet).args(&[file.to_str().unwrap()]).run();
    let problem = &said.json()["problems"][0];
    assert_eq!((&problem["column"], &problem["rule"]), (&"apn".into(), &"apn-half".into()), "{said}");
    assert_eq!(said.json()["problems"].as_array().unwrap().len(), 1, "{said}");
}

#[test]
fn a_row_of_a_fleet_is_chosen_by_its_imsi_and_the_others_by_the_flag() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("fleet.csv");
    let write = |rows: &str| fs::write(&file, format!("name,phone,imsi,apn\n{rows}")).unwrap();
    let run = |more: &[&str]| {
        let fleet = ["--fleet", file.to_str().unwrap()];
        generate(&fleet).args(more).run()
    };
    write(
        "a,+447700900101,334020123456789,auto\nb,+447700900102,,AUTO\nc,+447700900103,,m2m.example\nd,+447700900104,,auto:Claro\n",
    );
    let said = run(&["--mcc-mnc=732101"]);
    let document = said.json();
    let texts: Vec<&str> = document["plans"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|plan| plan["commands"].as_array().unwrap())
        .filter(|command| command["step"] == "apn")
        .map(|command| command["text"].as_str().unwrap())
        .collect();
    let claro = "0000,109,internet.comcel.com.co,COMCELWEB,COMCELWEB";
    assert_eq!(
        texts,
        ["0000,109,internet.itelcel.com,webgprs,webgprs2002", claro, "0000,109,m2m.example", claro]
    );
    // What was chosen is told once for all rows alike, and each row counts once.
    assert!(said.says("2 trackers: APN internet.comcel.com.co"), "{said}");
    assert!(said.says("1 tracker: APN internet.itelcel.com"), "{said}");
    // A flag fills empty cells, and a row that cannot be chosen stops all of them.
    write("a,+447700900101,334020123456789,\nb,+447700900102,732103123456789,\n");
    let said = run(&["--apn=auto"]);
    said.assert_err(2, &["1 of 2 rows"]);
    let problem = &said.json()["problems"][0];
    assert_eq!(
        (&problem["line"], &problem["column"], &problem["rule"]),
        (&3.into(), &"apn".into(), &"apn-several".into())
    );
    write("a,+447700900101,,auto\n");
    let said = run(&[]);
    said.assert_err(2, &["1 of 1 row of", "has errors"]);
    assert_eq!(said.json()["problems"][0]["rule"], "apn-no-sim");
}

#[test]
fn a_named_database_is_asked_and_a_broken_one_stops_the_run() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("own.xml");
    let own = r#"<serviceproviders format="2.0"><country code="co"><name>Colombia</name><provider><name>Own</name>
        <gsm><network-id mcc="732" mnc="101"/><apn value="own.example"><usage type="internet"/></apn></gsm>
        </provider></country></serviceproviders>"#;
    fs::write(&file, own).unwrap();
    let ask = || {
        Homing::new(&[
            "generate",
            "istartek-vt",
            "--apn=auto",
            "--mcc-mnc=732101",
            "--format=json",
            "--apn-database",
            file.to_str().unwrap(),
        ])
    };
    let said = ask().run();
    assert_eq!(apn_command(&said.json()), "0000,109,own.example");
    assert!(said.says("own.xml of 20"), "{said}");
    fs::write(&file, own.replace("</country></serviceproviders>", "")).unwrap();
    ask().run().assert_err(2, &["own.xml", "ends inside of an element"]);
    fs::remove_file(&file).unwrap();
    ask().run().assert_err(2, &["own.xml cannot be read"]);
}

/// Ucell of Uzbekistan has one access point in the database, and nobody says what it is for.
#[test]
fn an_access_point_whose_use_nobody_says_is_offered_and_not_guessed() {
    generate(&["--apn=auto", "--mcc-mnc=434-05"])
        .run()
        .assert_err(2, &["is Ucell", "internet (Ucell, use not said)", "auto:Ucell"]);
    let said = generate(&["--apn=auto:Ucell", "--mcc-mnc=434-05"]).run();
    assert_eq!(apn_command(&said.json()), "0000,109,internet", "{said}");
    assert!(said.says("does not say that it is for the internet"), "{said}");
    let list = Homing::new(&["apn", "--database", "built-in", "--mcc-mnc", "310-280"]).run();
    assert!(list.says("broadband (ATT Broadband, mms-internet-hipri-fota)"), "{list}");
    assert!(list.says("--apn 'auto:ATT Broadband'") || list.says("--apn auto:broadband"), "{list}");
}

#[test]
fn what_is_known_is_listed_with_what_to_type() {
    let list =
        |args: &[&str]| Homing::new(&["apn", "--database", "built-in"]).args(args).env("COLUMNS", "80").run();
    let said = list(&["--country", "Colombia"]);
    for part in [
        "Claro: Colombia 732-101",
        "internet.comcel.com.co",
        "user COMCELWEB  password COMCELWEB  --apn auto",
    ] {
        assert!(said.says(part), "{part}: {said}");
    }
    let said = list(&["--mcc-mnc", "732103"]);
    assert!(said.says("--apn auto:Tigo") && said.says("takes none of them by itself"), "{said}");
    list(&["--country", "Columbia"]).assert_err(2, &["did you mean Colombia?"]);
    list(&["--mcc-mnc", "732999"]).assert_err(1, &["732-999"]);
    list(&[]).assert_err(2, &["--imsi"]);
    list(&["--imsi", "732101123456789", "--country", "CO"]).assert_err(2, &["cannot be used"]);
}
