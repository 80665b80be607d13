//! Whole PDUs: the examples that every tutorial of the standards gives, and others put together by hand.

use std::time::Duration;

use super::super::*;
use super::{delivered, octets, report, submit, to_mobile};

#[test]
fn the_tutorials_deliver_is_read_and_written() {
    let hex = "07917283010010F5 04 0BC87238880900F1 00 00 99309251619580 0A E8329BFD4697D9EC37";
    let Decoded { pdu, damage } = to_mobile(hex);
    assert_eq!(pdu.service_centre.as_ref().unwrap().to_string(), "+27381000015");
    let Message::Deliver(deliver) = &pdu.message else { panic!("{pdu:?}") };
    assert_eq!(deliver.originator.to_string(), "27838890001");
    assert_eq!(deliver.originator.type_of_number(), TypeOfNumber::Subscriber);
    assert_eq!(deliver.service_centre_time.to_string(), "1999-03-29 15:16:59 +02:00");
    assert_eq!(deliver.user_data.text().as_deref(), Some("hellohello"));
    assert_eq!((deliver.more_messages, deliver.concatenation(), damage), (false, None, vec![]));
    assert_eq!(pdu.octets().unwrap(), octets(hex));
}

#[test]
fn the_tutorials_submit_is_read_and_written() {
    let hex = "00 11 00 0B916407281553F8 00 00 AA 0A E8329BFD4697D9EC37";
    let (read, damage) = submit(hex);
    let mut written = Submit::new(Address::e164("+46708251358").unwrap(), UserData::from_text("hellohello"));
    written.validity = Some(Validity::at_most(Duration::from_secs(4 * 86_400)));
    assert_eq!((read, damage), (written.clone(), vec![]));
    let at = Pdu::from(written).to_at().unwrap();
    assert_eq!(at.length, 23);
    assert_eq!(at.hex, "0011000B916407281553F80000AA0AE8329BFD4697D9EC37");
}

#[test]
fn the_flags_of_a_submit_are_its_first_octet() {
    let plain = Submit::new(Address::dialled("85432").unwrap(), UserData::from_text("OK"));
    let first = |change: &dyn Fn(&mut Submit)| {
        let mut submit = plain.clone();
        change(&mut submit);
        let octets = Pdu::from(submit.clone()).octets().unwrap();
        let read = Pdu::decode(&octets, Direction::FromMobile).unwrap();
        assert_eq!(read, Decoded { pdu: submit.into(), damage: vec![] });
        octets[1]
    };
    assert_eq!(first(&|_| {}), 0x01);
    assert_eq!(first(&|s| s.reject_duplicates = true), 0x05);
    assert_eq!(first(&|s| s.status_report_request = true), 0x21);
    assert_eq!(first(&|s| s.reply_path = true), 0x81);
    assert_eq!(first(&|s| s.user_data.header = Some(Header::default())), 0x41);
    assert_eq!(first(&|s| s.validity = Some(Validity::Relative(1))), 0x11);
    assert_eq!(first(&|s| s.validity = Some(Validity::Enhanced(Enhanced([0; 7])))), 0x09);
    let time = Timestamp::from_unix(1_772_386_496, -20).unwrap();
    assert_eq!(first(&|s| s.validity = Some(Validity::Absolute(time))), 0x19);
    assert_eq!(first(&|s| (s.message_reference, s.protocol_identifier) = (0x7F, 0x41)), 0x01);
}

#[test]
fn the_flags_of_a_deliver_are_its_first_octet() {
    for (first, more, lp, sri, rp) in [
        ("04", false, false, false, false),
        ("00", true, false, false, false),
        ("0C", false, true, false, false),
        ("24", false, false, true, false),
        ("84", false, false, false, true),
        ("AC", false, true, true, true),
    ] {
        let hex = delivered(first, "00", "02 CF25");
        let Decoded { pdu, damage } = to_mobile(&hex);
        let Message::Deliver(deliver) = &pdu.message else { panic!("{pdu:?}") };
        let flags = (deliver.more_messages, deliver.loop_prevention, deliver.status_report_indication);
        assert_eq!((flags, deliver.reply_path, damage), ((more, lp, sri), rp, vec![]), "{first}");
        assert_eq!(pdu.octets().unwrap(), octets(&hex), "{first}");
    }
}

#[test]
fn a_protocol_identifier_other_than_0_breaks_nothing() {
    let (deliver, damage) = super::deliver("00 04 0C91750310325476 7F F6 6230102143650A 03 010203");
    assert_eq!((deliver.protocol_identifier, deliver.dcs.class(), damage), (0x7F, Some(2), vec![]));
    assert_eq!(deliver.user_data.octets(), Some(&[1, 2, 3][..]));
    assert_eq!(deliver.user_data.text(), None);
}

const REPORT: &str = "00 06 2A 0C91750310325476 6230102143650A 6230102153100A";

#[test]
fn a_status_report_says_which_message_to_whom_and_what_became_of_it() {
    let (report, damage) = report(&format!("{REPORT} 00"));
    assert_eq!((report.message_reference, report.recipient.to_string().as_str()), (0x2A, "+573001234567"));
    assert_eq!(report.service_centre_time.to_string(), "2026-03-01 12:34:56 -05:00");
    assert_eq!(report.discharge_time.to_string(), "2026-03-01 12:35:01 -05:00");
    assert_eq!((report.status, report.status.delivery()), (Status(0), Delivery::Delivered));
    assert_eq!((report.about_command, report.more_messages, damage), (false, false, vec![]));
    assert_eq!((report.protocol_identifier, report.dcs, report.user_data), (None, None, None));
}

#[test]
fn the_optional_fields_of_a_status_report_follow_its_indicator() {
    for (optional, pid, dcs, text) in [
        ("01 41", Some(0x41), None, None),
        ("02 08", None, Some(Dcs::UCS2), None),
        ("04 02 CF25", None, None, Some("OK")),
        ("06 08 04 004F004B", None, Some(Dcs::UCS2), Some("OK")),
        ("07 00 00 02 CF25", Some(0), Some(Dcs::GSM7), Some("OK")),
    ] {
        let hex = format!("{REPORT} 46 {optional}");
        let (report, damage) = report(&hex);
        assert_eq!((report.protocol_identifier, report.dcs), (pid, dcs), "{optional}");
        let read = report.user_data.as_ref().and_then(UserData::text);
        assert_eq!((read.as_deref(), damage), (text, vec![]), "{optional}");
        assert_eq!(report.status.delivery(), Delivery::Permanent);
        assert_eq!(Pdu::from(report).octets().unwrap(), octets(&hex), "{optional}");
    }
}

#[test]
fn reserved_bits_of_the_indicator_announce_fields_that_are_passed_over() {
    for (optional, text) in [
        ("00", None),
        ("0C 02 CF25 AABBCC", Some("OK")),
        ("78 AABB", None),
        ("84 00 02 CF25", Some("OK")),
        ("84 80 01 02 CF25 AA", Some("OK")),
    ] {
        let (report, damage) = report(&format!("{REPORT} 00 {optional}"));
        let read = report.user_data.as_ref().and_then(UserData::text);
        assert_eq!((read.as_deref(), damage), (text, vec![]), "{optional}");
    }
}

#[test]
fn the_direction_decides_what_a_type_is_and_what_is_not_read_is_named() {
    use Direction::{FromMobile, ToMobile};
    for (first, direction, name) in [
        (0x01, ToMobile, "this is an SMS-SUBMIT-REPORT to a mobile"),
        (0x00, FromMobile, "this is an SMS-DELIVER-REPORT from a mobile"),
        (0x02, FromMobile, "this is an SMS-COMMAND from a mobile"),
        (0x03, FromMobile, "this is a TPDU of a reserved type from a mobile"),
    ] {
        let error = Pdu::decode(&[0, first, 0, 0], direction).unwrap_err();
        assert!(error.to_string().starts_with(name), "{error}");
    }
    // A reserved type is to be processed as an SMS-DELIVER.
    let (deliver, damage) = super::deliver(&delivered("07", "00", "02 CF25"));
    assert_eq!(deliver.user_data.text().as_deref(), Some("OK"));
    assert_eq!(damage, [Damage::ReservedType]);
}
