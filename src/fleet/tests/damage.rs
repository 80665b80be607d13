//! The damage table: each kind of damage has its own rule, line, column and words.

use super::super::{Fault, Severity};
use super::{Bench, run};

/// Column, cell, rule, words of the message, what would be right.
const ERRORS: [(&str, &str, &str, &str, &str); 46] = [
    ("imei", "86991203301242", "imei-length", "the check digit is missing, it would be 4", "869912033012424"),
    ("imei", "12345678901237", "leading-zeros", "012345678901237", "012345678901237"),
    ("imei", "8699120330124201", "imei-length", "IMEISV", "869912033012424"),
    ("imei", "8699120330", "imei-length", "10 digits: it needs 15", "15 digits"),
    ("imei", "869912033012425", "imei-check-digit", "its other digits want 4", "869912033012424"),
    ("imei", "86991203301242X", "imei-character", "`X` at position 15", "15 digits"),
    ("imei", "8.68683E+14", "scientific-notation", "format the column as text", "whole number"),
    ("imei", "8,68683E+14", "scientific-notation", "format the column as text", "whole number"),
    ("imei", "2026-03-01", "date-for-number", "is a date", "text"),
    ("imei", "869912033012424.0", "decimal-number", "869912033012424", "869912033012424"),
    ("imei", "123456789012345", "imei-example", "example number", "label"),
    ("phone", "573001234567", "phone-ambiguous", "write +573001234567 if 57", "+573001234567"),
    ("phone", "+57300", "phone-length", "7 to 15", "+573001234567"),
    ("phone", "300 123 x567", "phone-character", "`x` at position 9", "+"),
    ("phone", "5.73001E+11", "scientific-notation", "spreadsheet", "whole number"),
    ("phone", "01/03/2026", "date-for-number", "is a date", "text"),
    ("phone", "Mar-26", "date-for-number", "is a date", "text"),
    ("phone", "573001234567.0", "decimal-number", "573001234567", "573001234567"),
    ("iccid", "8957123456789010000", "rounded-number", "a spreadsheet has rounded it", "text"),
    ("iccid", "8.95712E+18", "scientific-notation", "spreadsheet", "whole number"),
    ("iccid", "89014103211118510721", "iccid-check-digit", "want 0", "89014103211118510720"),
    ("iccid", "89014103211118", "iccid-length", "14 digits: it needs 18 to 20", "89"),
    ("iccid", "7901410321111851072", "iccid-prefix", "does not begin with 89", "89"),
    ("imsi", "7.32101E+14", "scientific-notation", "spreadsheet", "whole number"),
    ("imsi", "7321012345", "imsi-length", "14 or 15", "15 digits"),
    ("device_id", "4.20995E+09", "scientific-notation", "spreadsheet", "whole number"),
    ("device_id", "2026-03-01", "date-for-number", "is a date", "text"),
    ("device_id", "ab\u{7}c", "control-character", "position 3", "position 3"),
    ("sim_id", "8.95712E+18", "scientific-notation", "spreadsheet", "whole number"),
    ("apn", "inter net", "apn-character", "a blank at position 6", "operator"),
    ("apn", "internet#", "apn-character", "`#` at position 9", "operator"),
    ("apn_user", "us\ter", "control-character", "a tab", "position 3"),
    ("apn_password", "pa\u{1b}ss", "control-character", "U+001B", "position 3"),
    ("login", "ad\u{200b}min", "control-character", "U+200B", "position 3"),
    ("password", "00\n00", "control-character", "a line break", "position 3"),
    ("server", "http://d.plaspy.com:8888", "host-url", "web address", "d.plaspy.com"),
    ("server", "d_plaspy.com", "host-character", "`_` at position 2", "HOST"),
    ("server", "54.85.159.999", "host-address", "looks like an IPv4 address", "54.85.159.138"),
    ("server", "d.plaspy.com:0", "port", "from 1 to 65535", "65535"),
    ("server", "plaspi", "server-unknown", "did you mean plaspy", "plaspy"),
    ("by", "name", "by", "domain or ip", "domain or ip"),
    ("transport", "tls", "transport", "tcp or udp", "tcp or udp"),
    ("interval", "0", "interval", "at least 1 second", "at least 1"),
    ("timezone", "Bogota", "timezone", "offset from UTC", "UTC"),
    ("profile", "pt33", "profile-unknown", "did you mean istartek-pt32", "profile list"),
    ("name", "a\u{0}b", "control-character", "U+0000", "position 2"),
];

/// A sheet with one good row, and a second one whose `column` holds `cell`.
fn sheet(column: &str, cell: &str) -> String {
    let quoted = cell.replace('"', "\"\"");
    match column {
        "profile" => format!("profile,imei\npt32,868683024748398\n\"{quoted}\",868683024748380\n"),
        "imei" => format!("profile,imei\npt32,868683024748398\npt32,\"{quoted}\"\n"),
        _ => format!("profile,imei,{column}\npt32,868683024748398,\npt32,868683024748380,\"{quoted}\"\n"),
    }
}

#[test]
fn each_kind_of_damage_has_its_own_message_with_line_and_column() {
    for (column, cell, rule, words, fix) in ERRORS {
        let outcome = run(&sheet(column, cell));
        let case = format!("{column} {cell:?}: {:?}", outcome.problems);
        assert_eq!(outcome.found(), [(3, column, rule)], "{case}");
        let problem = &outcome.problems[0];
        assert_eq!(problem.severity, Severity::Error, "{case}");
        assert!(problem.message.contains(words), "{case}");
        assert!(problem.fix.as_deref().is_some_and(|text| text.contains(fix)), "{case}");
        assert!(!problem.message.contains(|c: char| c.is_control()), "{case}");
        let secret = column.contains("password");
        assert_eq!(problem.value.as_deref() == Some("****"), secret, "{case}");
        assert!(!secret || !problem.message.contains(cell), "{case}");
        assert_eq!((outcome.checked().good, outcome.checked().errors), (1, 1), "{case}");
        assert_eq!(outcome.trackers.len(), 1, "{case}");
    }
}

#[test]
fn what_may_be_right_is_a_warning_and_the_row_is_used() {
    for (column, cell, rule, words) in [
        ("imei", "490154203237518", "imei-example", "is the example of"),
        ("iccid", "890141032111185107", "iccid-check-digit", "it would be 2"),
        ("iccid", "8901410321111851073", "iccid-check-digit", "or a digit is wrong"),
        ("server", "d.plapsy.com", "server-near", "d.plaspy.com"),
        ("apn", "\u{a0}internet", "trimmed", "no-break space"),
        ("apn", "internet\u{200b}", "trimmed", "U+200B"),
        ("phone", "'+573001234567", "trimmed", "apostrophe"),
        ("password", " 0000", "trimmed", "blanks around it"),
        ("notes", "first\nsecond", "line-break", "position 6"),
        ("colour", "red\tblue", "line-break", "position 4"),
    ] {
        let outcome = run(&sheet(column, cell));
        assert_eq!(outcome.found(), [(3, column, rule)], "{column} {cell:?}: {:?}", outcome.problems);
        assert_eq!(outcome.problems[0].severity, Severity::Warning, "{column} {cell:?}");
        assert!(outcome.problems[0].message.contains(words), "{:?}", outcome.problems);
        assert_eq!((outcome.checked().warnings, outcome.trackers.len()), (1, 2), "{column} {cell:?}");
    }
}

#[test]
fn a_number_without_plus_and_without_country_is_refused() {
    let bench = Bench { country: None, ..Bench::default() };
    let outcome = bench.run(b"profile,phone\npt32,3001234567\n");
    assert_eq!(outcome.found(), [(2, "phone", "phone-no-country")]);
    assert!(outcome.problems[0].message.contains("--country"), "{:?}", outcome.problems);
}

#[test]
fn by_is_held_against_the_server() {
    let outcome = run(
        "profile,imei,server,by\npt32,868683024748398,54.85.159.138,domain\npt32,868683024748380,d.plaspy.com,ip\n",
    );
    assert_eq!(outcome.found(), [(2, "by", "by-against-server"), (3, "by", "by-against-server")]);
    let outcome = run("profile,imei,server,by\npt32,868683024748398,plaspy,ip\npt32,868683024748380,,ip\n");
    assert_eq!(outcome.found(), []);
    let hosts: Vec<_> = outcome.trackers.iter().map(|t| t.value("server").unwrap().into_owned()).collect();
    assert_eq!(hosts, ["54.85.159.138", "54.85.159.138"]);
}

#[test]
fn every_problem_of_a_row_is_told_and_not_only_the_first() {
    let outcome = run("profile,imei,phone,iccid,apn,interval\nnone,1,2,3,a b,0\n");
    let rules: Vec<_> = outcome.found().iter().map(|(_, column, _)| *column).collect();
    assert_eq!(rules, ["profile", "imei", "phone", "iccid", "apn", "interval"]);
    assert_eq!(outcome.checked().errors, 6);
}

#[test]
fn values_that_stand_twice_name_all_their_lines() {
    let outcome = run(
        "profile,imei,phone\npt32,868683024748398,+573001234567\npt32,868683024748380,\npt32,86-868302-474839-8,3001234567\n",
    );
    assert_eq!(
        outcome.found(),
        [
            (2, "imei", "duplicate"),
            (2, "phone", "duplicate"),
            (4, "imei", "duplicate"),
            (4, "phone", "duplicate")
        ]
    );
    assert!(
        outcome.problems[0].message.starts_with("the IMEI 868683024748398 is also on line 4:"),
        "{:?}",
        outcome.problems[0]
    );
    assert_eq!((outcome.checked().good, outcome.trackers.len(), outcome.checked().errors), (1, 1, 4));
}

#[test]
fn a_row_without_any_identity_is_a_warning() {
    let outcome = run("profile,name\npt32,Rex\n");
    assert_eq!(outcome.found(), [(2, "", "no-identity")]);
    assert_eq!(outcome.trackers.len(), 1);
}

#[test]
fn what_somebody_else_finds_reaches_the_column_and_masks_secrets() {
    fn inspect(tracker: &crate::tracker::Tracker) -> Vec<Fault> {
        let fault = |setting: &str, severity| Fault {
            setting: Some(setting.to_owned()).filter(|setting| !setting.is_empty()),
            severity,
            rule: "limit",
            message: format!("{setting} of {}", tracker.profile),
            fix: None,
        };
        vec![
            fault("interval", Severity::Error),
            fault("interval", Severity::Warning),
            fault("port", Severity::Error),
            fault("password", Severity::Error),
            fault("reliable", Severity::Error),
            fault("imei", Severity::Error),
            fault("", Severity::Warning),
        ]
    }
    let bench = Bench { inspect, ..Bench::default() }.default_value("password", "hunter2");
    let outcome = bench.run(b"profile,imei,interval,server,set.reliable\npt32,1,9,plaspy,1\n");
    let values: Vec<_> = outcome.problems.iter().map(|p| (p.column.as_deref(), p.value.as_deref())).collect();
    assert_eq!(
        values,
        [
            (Some("imei"), Some("1")),
            (Some("interval"), Some("9")),
            (Some("interval"), Some("9")),
            (Some("server"), Some("plaspy")),
            (Some("password"), Some("****")),
            (Some("set.reliable"), Some("1")),
            (None, None),
        ]
    );
    assert_eq!(outcome.problems[0].rule, "imei-length");
    assert_eq!(outcome.checked().errors, 5);
}

/// A card whose number ends in four zeros and whose check digit fits.
const ZEROS: &str = "8957123456700100000";

/// Another one.
const ZEROS_TOO: &str = "8957123450000100000";

/// Cards of a sheet: one that ends in zeros, and as many others as wanted.
fn cards(others: usize) -> String {
    let mut text = format!("profile,iccid\npt32,{ZEROS}\n");
    for number in 1..=others {
        text += &format!("pt32,89014103211118{number:04}\n");
    }
    text
}

#[test]
fn one_card_in_many_that_ends_in_zeros_is_a_warning_and_a_column_of_them_an_error() {
    let many = run(&cards(150));
    let found = |outcome: &super::Outcome| {
        outcome.problems.iter().find(|p| p.rule == "perhaps-rounded").map(|p| (p.line, p.severity))
    };
    assert_eq!(found(&many), Some((2, Severity::Warning)));
    assert_eq!(many.trackers.len(), 151);
    let lone = run(&cards(20));
    assert_eq!(found(&lone), Some((2, Severity::Warning)), "a lone card may really end so");
    assert_eq!(lone.trackers.len(), 21);
    let few = run(&(cards(20) + &format!("pt32,{ZEROS_TOO}\n")));
    assert_eq!(found(&few), Some((2, Severity::Error)));
    assert_eq!((few.checked().errors, few.trackers.len()), (2, 20));
}
