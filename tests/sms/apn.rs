//! `--apn-from modem` and `homing apn --modem`: the SIM card in the modem, read and nothing else.

use std::fs;

use crate::homing::Homing;
use crate::lab::Lab;
use crate::modem::{First, Modem, honest};
use crate::{JSON, NUMBER};

fn send(via: &str) -> Homing {
    let args = ["send", "istartek-vt", "--phone", NUMBER, "--via", via, "--yes", "--no-identify"];
    Homing::new(&args).args(&["--apn-database", "built-in"])
}

#[test]
fn the_sim_card_in_the_modem_tells_the_network_and_user_and_password_come_with_the_apn() {
    // The scripted modem has a card of 732-101, which is Claro in Colombia; the APN is that of the published database.
    let modem = Modem::plug(First::Taken, honest);
    let via = format!("modem:{}", modem.path());
    let said = send(&via).args(&["--apn", "auto", "--apn-from", "modem"]).args(&JSON).run();
    assert!(said.says("APN internet.comcel.com.co"), "{said}");
    assert!(said.says("network 732-101 is Claro in Colombia"), "{said}");
    let wanted = "0000,109,internet.comcel.com.co,COMCELWEB,COMCELWEB";
    assert!(modem.texts().iter().any(|text| text == wanted), "{:?}", modem.texts());
    let listed = Homing::new(&["apn", "--database", "built-in", "--modem", modem.path()]).args(&JSON).run();
    assert_eq!(listed.json()["chosen"], "internet.comcel.com.co", "{listed}");
}

#[test]
fn a_card_of_no_country_stops_it_and_nothing_is_sent() {
    // The lab's cards are of 001, which is for tests.
    let lab = Lab::with(&format!("profile,phone,apn\nistartek-vt,{NUMBER},internet\n"), &[]);
    send(&lab.via())
        .args(&["--apn", "auto", "--apn-from", "modem"])
        .run()
        .assert_err(2, &["001-010", "no operator's of one country", "--apn"]);
    assert_eq!(lab.submitted(), Vec::<String>::new());
}

#[test]
fn a_modem_is_asked_only_where_there_is_one_and_auto_wants_it() {
    let modem = Modem::plug(First::Taken, honest);
    let via = format!("modem:{}", modem.path());
    send("manual")
        .args(&["--apn", "auto", "--apn-from", "modem"])
        .run()
        .assert_err(2, &["--apn-from modem", "--via"]);
    send(&via).args(&["--apn", "internet", "--apn-from", "modem"]).run().assert_err(2, &["--apn auto"]);
    send(&via)
        .args(&["--apn", "auto", "--apn-from", "modem", "--imsi", "732101123456789"])
        .run()
        .assert_err(2, &[]);
    assert_eq!(modem.texts(), Vec::<String>::new());
}

/// A database with one access point for 732-101 and this password.
fn database(password: &str) -> String {
    format!(
        r#"<serviceproviders format="2.0"><country code="co"><name>Colombia</name><provider><name>Own</name>
        <gsm><network-id mcc="732" mnc="101"/><apn value="own.example"><usage type="internet"/>
        <username>me</username><password>{password}</password></apn></gsm></provider></country></serviceproviders>"#
    )
}

/// A batch of one tracker that stopped in its middle, as it may send no more, and its lab.
fn stopped(apn_database: &str) -> Lab {
    let lab = Lab::with(&format!("profile,phone,imei\nistartek-vt,{NUMBER},864183053101175\n"), &[]);
    fs::write(lab.path("own.xml"), apn_database).unwrap();
    let row =
        format!("profile,phone,imei,imsi,apn\nistartek-vt,{NUMBER},864183053101175,732101123456789,auto\n");
    fs::write(lab.path("fleet.csv"), row).unwrap();
    let (file, own) = (lab.path("fleet.csv"), lab.path("own.xml"));
    let words =
        [file.to_str().unwrap(), "--name", "x", "--max-sms", "2", "--apn-database", own.to_str().unwrap()];
    batch(&lab, "run").args(&words).run();
    let sent = lab.submitted();
    assert_eq!(sent.len(), 2, "{sent:?}");
    lab
}

fn batch(lab: &Lab, what: &str) -> Homing {
    let (journal, via) = (lab.path("journal.db"), lab.via());
    Homing::new(&["batch", what, "--journal", journal.to_str().unwrap(), "--via", &via, "--yes"])
}

#[test]
fn a_batch_goes_on_with_the_access_point_that_it_began_with() {
    let lab = stopped(&database("p1"));
    let said = batch(&lab, "resume").args(&["x", "--max-sms", "50"]).run();
    assert!(said.code == 0 && said.says("verified"), "{said}");
    let set: Vec<String> = lab.submitted().into_iter().filter(|text| text.contains("own.example")).collect();
    assert_eq!(set, ["0000,109,own.example,me,p1"]);
}

#[test]
fn a_batch_whose_database_has_changed_sends_no_other_password() {
    let lab = stopped(&database("p1"));
    let before = lab.submitted();
    fs::write(lab.path("own.xml"), database("p2")).unwrap();
    let said = batch(&lab, "resume").args(&["x", "--max-sms", "50"]).run();
    assert!(said.code != 0 && said.says("its apn_password is not the one"), "{said}");
    assert_eq!(lab.submitted(), before);
}
