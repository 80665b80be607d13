//! `homing estimate`: sums that a person can do again, assumptions that are told, and what is not known said so.

#![cfg(test)]

#[path = "support/homing.rs"]
mod homing;

use homing::Homing;
use serde_json::{Value, json};

fn estimate(more: &[&str]) -> Homing {
    Homing::new(&["estimate", "istartek-pt32"]).args(more)
}

fn document(more: &[&str]) -> Value {
    estimate(&["--format=json"]).args(more).run().json()
}

#[test]
fn the_sum_of_a_day_is_the_one_that_is_done_by_hand() {
    // A PT60's captured report of 130 bytes, every minute: 86400 / 60 x (130 + 2 x 40), and 7 x 40 for one connection.
    let day = document(&["--frame=130", "--interval=60"]);
    assert_eq!(day["data"]["bytes_per_day"], 1_440 * 210 + 280);
    assert_eq!(day["data"]["bytes_per_month"], 30 * (1_440 * 210 + 280));
    // Confirmed with an answer of 31 bytes over UDP, every 5 minutes: 86400 / 300 x (130 + 31 + 2 x 28).
    let udp = ["--frame=130", "--answer=31", "--interval=5m", "--transport=udp", "--assume=udp"];
    let day = document(&udp);
    assert_eq!(day["data"]["bytes_per_day"], 288 * 217);
    assert_eq!(day["data"]["wake_ups_per_day"], 288);
}

#[test]
fn reports_that_the_settings_have_confirmed_are_counted_with_their_answers() {
    // Setting 103 of a VT: with 1 its reports are 010 frames, and each is answered. An answer is `$$<packet><length>,
    // <15 digits>,010,1<checksum>` and the line's end: 31 bytes, and a header of UDP around it.
    let day = |more: &[&str]| {
        let plain = ["estimate", "istartek-vt", "--transport=udp", "--interval=60", "--format=json"];
        let document = Homing::new(&plain).args(more).run().json();
        (document["data"]["bytes_per_day"].as_u64().unwrap(), document["assumptions"].to_string())
    };
    let (quiet, said) = day(&["--set=reliable=0"]);
    assert!(said.contains("the server does not answer it"), "{said}");
    let (confirmed, said) = day(&["--set=reliable=1"]);
    assert_eq!(confirmed - quiet, 1_440 * (31 + 28));
    assert!(said.contains("the server answers it with 31"), "{said}");
    assert_eq!(day(&["--confirmed"]), day(&["--set=reliable=1"]));
}

#[test]
fn messages_and_their_price_are_those_of_the_published_plan() {
    // The platform prints four commands for the PT32 beside the reset, each of fewer than 160 characters, and PARAM# reads.
    let sms = document(&["--no-identify", "--sms-price=0.07", "--currency=EUR"])["sms"].take();
    assert_eq!(
        (&sms["commands"]["sent"], &sms["reads"]["sent"], &sms["most"]),
        (&json!(4), &json!(1), &json!(5))
    );
    assert_eq!((&sms["cost"], &sms["currency"]), (&json!("0.35"), &json!("EUR")));
    let asked = document(&[])["sms"].take();
    assert!(asked["most"].as_u64() > asked["least"].as_u64() && asked["least"] == json!(6), "{asked:#}");
    assert_eq!(asked["cost"], json!(null));
}

#[test]
fn a_battery_has_days_only_where_charge_and_current_are_known() {
    // 700 mAh as the platform says; 700 / 12.5 / 24 = 2.33.
    let battery = document(&["--current-ma=12.5"])["battery"].take();
    assert_eq!((&battery["capacity_mah"], &battery["days"]), (&json!(700.0), &json!(2.3)));
    assert!(battery["capacity_source"].as_str().unwrap().contains("Plaspy"), "{battery:#}");
    let battery = document(&[])["battery"].take();
    assert_eq!(battery["days"], json!(null));
    assert!(battery["unknown"].as_str().unwrap().contains("--current-ma"), "{battery:#}");
    let own = document(&["--battery-mah=1000", "--current-ma=10"])["battery"].take();
    assert_eq!((&own["days"], &own["capacity_source"]), (&json!(4.2), &json!("you")));
    let other = Homing::new(&["estimate", "istartek-vt", "--current-ma=10"]).run();
    assert!(other.says("days not known") && other.says("--battery-mah"), "{other}");
}

#[test]
fn every_line_keeps_to_80_columns_and_every_assumption_says_whose_it_is() {
    let all: [&[&str]; 4] = [
        &["--sms-price=0.07", "--currency=EUR"],
        &["--protocol=gt06", "--heartbeat=3m", "--transport=udp", "--assume=udp", "--current-ma=1.5"],
        &["--protocol=jt808", "--interval=10", "--sessions=24", "--confirmed"],
        &["--frame=130", "--answer=31"],
    ];
    for args in all {
        let said = estimate(args).env("COLUMNS", "80").run();
        let text = said.to_string();
        let long: Vec<&str> = text.lines().filter(|line| line.chars().count() > 80).collect();
        assert!(said.says("what this rests on") && long.is_empty(), "{long:?}\n{said}");
        let document = document(args);
        let assumptions = document["assumptions"].as_array().unwrap();
        assert!(assumptions.len() > 6, "{document:#}");
        let shown = estimate(args).env("COLUMNS", "1000").run().to_string();
        for one in assumptions {
            let source = one["source"].as_str().unwrap_or("assumed");
            let line = format!("{} [{source}]", one["text"].as_str().unwrap());
            assert!(shown.contains(&line), "{line}\n{shown}");
        }
    }
}

#[test]
fn the_apn_that_auto_finds_is_counted_and_none_is_an_assumption() {
    let auto = document(&["--apn=auto", "--mcc-mnc=732101", "--apn-database=built-in"]);
    assert!(!auto["assumptions"].to_string().contains("an APN as long as"), "{auto:#}");
    assert!(document(&[])["assumptions"].to_string().contains("an APN as long as"));
}

#[test]
fn wrong_words_are_refused_with_what_would_be_right() {
    for (args, parts) in [
        (&["--currency=EUR"][..], &["--sms-price"][..]),
        (&["--sms-price=0,07"], &["0,07", "0.07"]),
        (&["--current-ma=0"], &["\"0\""]),
        (&["--battery-mah=-700"], &["-700"]),
        (&["--protocol=h02"], &["h02", "gt06"]),
        (&["--frame=130", "--protocol=gt06"], &["cannot be used"]),
        (&["--interval=0"], &["0"]),
    ] {
        estimate(args).run().assert_err(2, parts);
    }
}
