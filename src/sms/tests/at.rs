//! PDUs as modems write them.

use super::super::*;
use super::{delivered, octets};

fn digits(hex: &str) -> String {
    hex.split_whitespace().collect()
}

fn text(decoded: &Decoded) -> String {
    match &decoded.pdu.message {
        Message::Deliver(Deliver { user_data, .. }) | Message::Submit(Submit { user_data, .. }) => {
            user_data.text().unwrap()
        }
        Message::StatusReport(report) => panic!("{report:?}"),
    }
}

#[test]
fn digits_of_either_case_and_blanks_around_them_are_read() {
    let hex = digits(&delivered("04", "00", "02 CF25"));
    for hex in [hex.clone(), hex.to_lowercase(), format!(" \r\n{hex}\r\n")] {
        assert_eq!(text(&Pdu::from_hex(&hex, Direction::ToMobile).unwrap()), "OK", "{hex:?}");
    }
}

#[test]
fn what_is_no_octets_is_refused_with_its_place() {
    for (hex, words) in [
        ("", "the PDU is empty"),
        (" \r\n", "the PDU is empty"),
        ("0", "the PDU has an odd number of hexadecimal digits (1), and two make an octet"),
        ("004G", "the PDU has 'G' at character 4: only hexadecimal digits belong there"),
        ("00\u{1b}[2J", "the PDU has '\\u{1b}' at character 3: only hexadecimal digits belong there"),
        ("00 04", "the PDU has ' ' at character 3: only hexadecimal digits belong there"),
        ("0٣", "the PDU has '٣' at character 2: only hexadecimal digits belong there"),
    ] {
        let error = Pdu::from_hex(hex, Direction::ToMobile).unwrap_err();
        assert_eq!(error.to_string(), words, "{hex:?}");
        assert_eq!(Pdu::from_pasted(hex), Err(error.clone()), "{hex:?}");
        assert_eq!(Pdu::from_at(2, hex, Direction::ToMobile), Err(error), "{hex:?}");
    }
}

#[test]
fn the_announced_length_leaves_the_service_centre_out() {
    let hex = digits(&delivered("04", "00", "02 CF25").replacen("00", "07917283010010F5", 1));
    let total = hex.len() / 2;
    let decoded = Pdu::from_at(total - 8, &hex, Direction::ToMobile).unwrap();
    assert_eq!((text(&decoded).as_str(), decoded.damage), ("OK", vec![]));
    assert_eq!(decoded.pdu.service_centre.unwrap().to_string(), "+27381000015");
}

#[test]
fn a_modem_that_gives_no_service_centre_is_understood_by_its_length() {
    let hex = digits(&delivered("04", "00", "02 CF25"))[2..].to_owned();
    let decoded = Pdu::from_at(hex.len() / 2, &hex, Direction::ToMobile).unwrap();
    assert_eq!((text(&decoded).as_str(), &decoded.damage), ("OK", &vec![]));
    assert_eq!(decoded.pdu.service_centre, None);
}

#[test]
fn a_wrong_length_is_noted_and_the_octets_are_believed() {
    let hex = digits(&delivered("04", "00", "02 CF25"));
    let total = hex.len() / 2;
    for claimed in [0, 1, total - 2, total, total + 1, 999] {
        let decoded = Pdu::from_at(claimed, &hex, Direction::ToMobile).unwrap();
        let damage = vec![Damage::Length { claimed, present: total - 1 }];
        assert_eq!((text(&decoded).as_str(), decoded.damage), ("OK", damage), "{claimed}");
    }
}

#[test]
fn a_pasted_pdu_is_read_by_its_type() {
    let submit = "0011000B916407281553F80000AA0AE8329BFD4697D9EC37";
    assert_eq!(text(&Pdu::from_pasted(submit).unwrap()), "hellohello");
    let deliver = digits(&delivered("04", "00", "02 CF25"));
    assert_eq!(text(&Pdu::from_pasted(&deliver).unwrap()), "OK");
    assert!(Pdu::from_pasted("05").unwrap_err().to_string().contains("SCA"));
}

#[test]
fn what_a_modem_keeps_is_read_by_its_type() {
    let submit = "0011000B916407281553F80000AA0AE8329BFD4697D9EC37";
    assert_eq!(text(&Pdu::from_stored(23, submit).unwrap()), "hellohello");
    assert_eq!(text(&Pdu::from_stored(23, &submit[2..]).unwrap()), "hellohello");
    let deliver = digits(&delivered("04", "00", "02 CF25"));
    let decoded = Pdu::from_stored(deliver.len() / 2 - 1, &deliver).unwrap();
    assert_eq!((text(&decoded).as_str(), decoded.damage), ("OK", vec![]));
    let report = "00062A00816230102143650A6230102153100A00";
    assert!(matches!(Pdu::from_stored(19, report).unwrap().pdu.message, Message::StatusReport(_)));
}

#[test]
fn the_length_for_a_modem_counts_the_tpdu_alone() {
    let mut pdu = Pdu::from(Submit::new(Address::e164("+46708251358").unwrap(), UserData::from_text("OK")));
    let bare = pdu.to_at().unwrap();
    assert_eq!((bare.length, bare.hex.as_str()), (15, "0001000B916407281553F8000002CF25"));
    pdu.service_centre = Some(Address::e164("+27381000015").unwrap());
    let whole = pdu.to_at().unwrap();
    assert_eq!((whole.length, &whole.hex[..16], &whole.hex[16..]), (15, "07917283010010F5", &bare.hex[2..]));
    assert_eq!(octets(&whole.hex), pdu.octets().unwrap());
}
