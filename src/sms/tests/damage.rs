//! PDUs that are cut, too long, or otherwise not what the standard asks for.

use super::super::*;
use super::{deliver, delivered, octets, report, submit};

fn refused(hex: &str, direction: Direction) -> String {
    Pdu::decode(&octets(hex), direction).unwrap_err().to_string()
}

#[test]
fn a_pdu_that_ends_inside_a_field_is_refused_with_the_field_and_its_place() {
    let whole = octets(&delivered("04", "00", "02 CF25"));
    for (length, words) in [
        (1, "the PDU ends inside the first octet (octets needed at offset 1: 1, left: 0)"),
        (2, "the PDU ends inside TP-OA (octets needed at offset 2: 1, left: 0)"),
        (3, "the PDU ends inside TP-OA (octets needed at offset 3: 1, left: 0)"),
        (6, "the PDU ends inside TP-OA (octets needed at offset 4: 6, left: 2)"),
        (10, "the PDU ends inside TP-PID (octets needed at offset 10: 1, left: 0)"),
        (11, "the PDU ends inside TP-DCS (octets needed at offset 11: 1, left: 0)"),
        (18, "the PDU ends inside TP-SCTS (octets needed at offset 12: 7, left: 6)"),
        (19, "the PDU ends inside TP-UDL (octets needed at offset 19: 1, left: 0)"),
    ] {
        let error = Pdu::decode(&whole[..length], Direction::ToMobile).unwrap_err();
        assert_eq!(error.to_string(), words, "{length}");
    }
    assert_eq!(Pdu::decode(&[], Direction::ToMobile), Err(PduError::Empty));
    assert_eq!(Pdu::decode_tpdu(&[], Direction::ToMobile), Err(PduError::Empty));
    assert!(refused("07 917283", Direction::ToMobile).contains("inside SCA (octets needed at offset 2: 6,"));
    assert!(
        refused("00 11 00 0081 00 00", Direction::FromMobile)
            .contains("inside TP-VP (octets needed at offset 7: 1,")
    );
    assert!(
        refused("00 19 00 0081 00 00 6230", Direction::FromMobile)
            .contains("inside TP-VP (octets needed at offset 7: 7,")
    );
    assert!(refused("00 01", Direction::FromMobile).contains("inside TP-MR"));
    assert!(refused("00 06 2A 0081 6230102143650A 6230102143650A", Direction::ToMobile).contains("TP-ST"));
}

#[test]
fn user_data_that_is_cut_is_read_as_far_as_it_goes() {
    for (dcs, ud, text, claimed, present) in [
        ("00", "0A E8329BFD46", "hello", 9, 5),
        ("00", "0A E8", "h", 9, 1),
        ("00", "0A", "", 9, 0),
        ("00", "FF E8329BFD46", "hello", 224, 5),
        ("08", "06 00410042", "AB", 6, 4),
        ("08", "8C", "", 140, 0),
    ] {
        let (deliver, damage) = deliver(&delivered("04", dcs, ud));
        assert_eq!(deliver.user_data.text().as_deref(), Some(text), "{ud}");
        assert_eq!(damage, [Damage::Cut { claimed, present }], "{ud}");
    }
    let (deliver, damage) = deliver(&delivered("04", "08", "06 004100"));
    assert_eq!(deliver.user_data.text().as_deref(), Some("A"));
    assert_eq!(damage, [Damage::Cut { claimed: 6, present: 3 }, Damage::HalfUnit]);
}

#[test]
fn octets_behind_the_end_are_counted_and_passed_over() {
    let (deliver, damage) = deliver(&delivered("04", "00", "02 CF25 FFFFFF"));
    assert_eq!(deliver.user_data.text().as_deref(), Some("OK"));
    assert_eq!(damage, [Damage::Trailing { octets: 3 }]);
    let (_, damage) = submit("00 01 00 0081 00 00 00 00");
    assert_eq!(damage, [Damage::Trailing { octets: 1 }]);
}

#[test]
fn the_rest_of_a_sims_record_behind_a_status_report_is_no_indicator() {
    let whole = "00 06 2A 0081 6230102143650A 6230102153100A 22";
    let (report, damage) = report(&format!("{whole} FFFFFFFF"));
    assert_eq!(report.status.delivery(), Delivery::Trying);
    assert_eq!((report.user_data, damage), (None, vec![Damage::Trailing { octets: 4 }]));
}

#[test]
fn optional_fields_that_are_announced_and_missing_cost_nothing_of_a_status_report() {
    let missing = |field| Damage::Missing { field };
    for (optional, expected) in [
        ("07", vec![missing("TP-PID"), missing("TP-DCS"), missing("TP-UDL")]),
        ("07 00", vec![missing("TP-DCS"), missing("TP-UDL")]),
        ("07 00 00", vec![missing("TP-UDL")]),
        ("04 02", vec![Damage::Cut { claimed: 2, present: 0 }]),
    ] {
        let hex = format!("00 06 2A 0081 6230102143650A 6230102153100A 00 {optional}");
        let (report, damage) = report(&hex);
        assert_eq!((report.status, damage), (Status(0), expected), "{optional}");
    }
}

#[test]
fn a_header_longer_than_the_user_data_is_refused() {
    for ud in ["0A 20 0003420201 41", "02 05 00", "01 01", "05 05 00034202"] {
        let words = refused(&delivered("44", "04", ud), Direction::ToMobile);
        assert!(words.starts_with("the user data header at offset 20 is longer "), "{words}");
    }
    // Within the octets that are there, but beyond TP-UDL.
    let words = refused(&delivered("44", "00", "04 0500034202 0141"), Direction::ToMobile);
    assert_eq!(
        words,
        "the user data header at offset 20 is longer than the user data (octets claimed: 5, there: 3)"
    );
}

#[test]
fn elements_that_do_not_fill_the_header_leave_the_text_readable() {
    for ud in ["0C 05 0003420201", "0C 05 0009420201", "0C 05 4200000000"] {
        let (deliver, damage) = deliver(&delivered("44", "04", &format!("{ud} 41424344 4546")));
        let is_whole = ud.ends_with("0003420201");
        assert_eq!(deliver.user_data.octets(), Some(&b"ABCDEF"[..]), "{ud}");
        let expected = if is_whole { vec![] } else { vec![Damage::HeaderIgnored { octets: 5 }] };
        assert_eq!(damage, expected, "{ud}");
    }
    // In 7 bits the text still begins behind the header's fill bit.
    let (deliver, damage) = deliver(&delivered("44", "00", "0B 050009420201 906F7618"));
    assert_eq!(deliver.user_data.text().as_deref(), Some("Hola"));
    assert_eq!(damage, [Damage::HeaderIgnored { octets: 5 }]);
}

#[test]
fn a_header_that_is_announced_without_user_data_is_said() {
    let (deliver, damage) = deliver(&delivered("44", "00", "00"));
    assert_eq!((deliver.user_data.text().as_deref(), damage), (Some(""), vec![Damage::HeaderMissing]));
}
