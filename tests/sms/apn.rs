//! `--apn-from modem` and `homing apn --modem`: the SIM card in the modem, read and nothing else.

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
