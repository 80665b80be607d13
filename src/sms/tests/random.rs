//! Whatever can be written is read back the same, and whatever comes in is read or refused without panic.

use proptest::prelude::*;

use super::super::text::{from_septets, to_septets};
use super::super::*;

const ALPHABET: &str = "[@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,\\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà\n\r]";
const EXTENSION: &str = "[\\^{}\\\\\\[~\\]|€\u{c}]";

/// Texts of the default alphabet, with its extension, and of all the rest.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        proptest::string::string_regex(&format!("({ALPHABET}|{EXTENSION}){{0,400}}")).unwrap(),
        "\\PC{0,200}",
        "[a-zж🐕]{0,200}",
    ]
}

fn address() -> impl Strategy<Value = Address> {
    let number = (any::<u8>(), "[0-9*#abc]{0,20}")
        .prop_filter_map("a name", |(kind, digits)| Address::number(kind, &digits).ok());
    let name = proptest::string::string_regex(&format!("{ALPHABET}{{0,11}}|{EXTENSION}{{0,5}}")).unwrap();
    let name = name.prop_map(|name| Address::alphanumeric(&name).unwrap());
    let e164 = "\\+[1-9][0-9]{6,14}".prop_map(|number| Address::e164(&number).unwrap());
    prop_oneof![number, name, e164]
}

fn reference() -> impl Strategy<Value = Reference> {
    prop_oneof![any::<u8>().prop_map(Reference::Bits8), any::<u16>().prop_map(Reference::Bits16)]
}

fn validity() -> impl Strategy<Value = Option<Validity>> {
    let absolute = time().prop_map(|time| Some(Validity::Absolute(time)));
    let enhanced = any::<[u8; 7]>().prop_map(|octets| Some(Validity::Enhanced(Enhanced(octets))));
    prop_oneof![Just(None), any::<u8>().prop_map(|v| Some(Validity::Relative(v))), enhanced, absolute]
}

fn time() -> impl Strategy<Value = Timestamp> {
    (0i64..3_155_000_000, -48i8..=56).prop_filter_map("before 1970", |(s, z)| Timestamp::from_unix(s, z))
}

fn header() -> impl Strategy<Value = Option<Header>> {
    let element = (0x26u8.., prop::collection::vec(any::<u8>(), 0..20))
        .prop_map(|(identifier, data)| Element { identifier, data });
    let shift = (prop::sample::select(vec![0x24, 0x25]), 1u8..=3)
        .prop_map(|(identifier, language)| Element { identifier, data: vec![language] });
    let elements = prop::collection::vec(prop_oneof![element, shift], 0..4);
    prop::option::of(elements.prop_map(|elements| Header { elements }))
}

fn user_data() -> impl Strategy<Value = (Dcs, UserData)> {
    // An escape at the very end would be noted as damage.
    let septets = prop::collection::vec((0u8..0x80).prop_filter("escape", |s| *s != 0x1B), 0..70)
        .prop_map(|septets| (vec![0x00, 0x10, 0x13, 0x41, 0x80, 0xC8, 0xD0, 0xF1], Payload::Gsm7(septets)));
    let units = "[a-zж🐕]{0,20}"
        .prop_map(|text| (vec![0x08, 0x18, 0x49, 0xE0], Payload::Ucs2(text.encode_utf16().collect())));
    let data = prop::collection::vec(any::<u8>(), 0..70)
        .prop_map(|octets| (vec![0x04, 0x16, 0x44, 0xF5], Payload::Data(octets)));
    (prop_oneof![septets, units, data], header(), any::<prop::sample::Index>())
        .prop_map(|((dcs, payload), header, index)| (Dcs(*index.get(&dcs)), UserData { header, payload }))
}

fn back(pdu: &Pdu, direction: Direction) {
    let at = pdu.to_at().unwrap();
    let expected = Ok(Decoded { pdu: pdu.clone(), damage: vec![] });
    assert_eq!(Pdu::from_hex(&at.hex, direction), expected, "{}", at.hex);
    assert_eq!(Pdu::from_at(at.length, &at.hex, direction), expected, "{}", at.hex);
    assert_eq!(Pdu::from_stored(at.length, &at.hex), expected, "{}", at.hex);
    assert_eq!(Pdu::decode_tpdu(&pdu.tpdu().unwrap(), direction).unwrap().pdu.message, pdu.message);
}

proptest! {
    #[test]
    fn a_submit_comes_back_field_by_field(
        service_centre in prop::option::of("\\+[1-9][0-9]{6,14}"),
        destination in address(),
        (dcs, user_data) in user_data(),
        validity in validity(),
        flags: [bool; 3],
        octets: [u8; 2],
    ) {
        let mut submit = Submit::new(destination, user_data);
        [submit.reject_duplicates, submit.status_report_request, submit.reply_path] = flags;
        [submit.message_reference, submit.protocol_identifier] = octets;
        (submit.dcs, submit.validity) = (dcs, validity);
        let service_centre = service_centre.map(|number| Address::e164(&number).unwrap());
        back(&Pdu { service_centre, message: Message::Submit(submit) }, Direction::FromMobile);
    }

    #[test]
    fn a_deliver_comes_back_field_by_field(
        originator in address(),
        (dcs, user_data) in user_data(),
        time in time(),
        flags: [bool; 4],
        protocol_identifier: u8,
    ) {
        let mut deliver = Deliver::new(originator, time, user_data);
        [deliver.more_messages, deliver.loop_prevention, deliver.reply_path, deliver.status_report_indication] =
            flags;
        (deliver.dcs, deliver.protocol_identifier) = (dcs, protocol_identifier);
        back(&deliver.into(), Direction::ToMobile);
    }

    #[test]
    fn a_status_report_comes_back_field_by_field(
        recipient in address(),
        times in [time(), time()],
        [reference, status]: [u8; 2],
        flags: [bool; 3],
        protocol_identifier: Option<u8>,
        (dcs, user_data) in user_data(),
        has_user_data: bool,
    ) {
        let mut report = StatusReport::new(reference, recipient, times, Status(status));
        [report.more_messages, report.loop_prevention, report.about_command] = flags;
        report.protocol_identifier = protocol_identifier;
        (report.dcs, report.user_data) = (Some(dcs), has_user_data.then_some(user_data));
        back(&report.into(), Direction::ToMobile);
    }

    #[test]
    fn a_text_is_split_carried_and_joined_again(
        text in text(),
        reference in reference(),
        sender in address(),
        time in time(),
        order in any::<prop::sample::Index>(),
    ) {
        let split = split(&text, reference).unwrap();
        prop_assert_eq!(split.parts.len() == 1, measure(&text).messages == 1);
        if matches!(reference, Reference::Bits8(_)) {
            prop_assert_eq!(split.parts.len(), measure(&text).messages);
        }
        let mut parts = split.parts;
        let count = parts.len();
        parts.rotate_left(order.index(count));
        let mut joiner = Joiner::default();
        let mut joined = None;
        for part in parts {
            let octets = Pdu::from(Deliver::new(sender.clone(), time, part)).octets().unwrap();
            let Decoded { pdu, damage } = Pdu::decode(&octets, Direction::ToMobile).unwrap();
            prop_assert_eq!(damage, vec![]);
            let Message::Deliver(deliver) = pdu.message else { panic!("{pdu:?}") };
            joined = match Part::of(&deliver) {
                None => deliver.user_data.text(),
                Some(part) => match joiner.accept(part, std::time::Duration::ZERO).joined {
                    Joined::Whole(gathered) => gathered.text(),
                    Joined::Waiting { .. } => None,
                    Joined::Duplicate => panic!("a duplicate"),
                },
            };
        }
        prop_assert_eq!(joined, Some(text));
    }

    #[test]
    fn a_text_of_any_pair_of_tables_comes_back(
        codes in prop::collection::vec(0u8..0x80, 0..40), locking in 0u8..4, single in 0u8..4,
    ) {
        let tables = Tables {
            locking: Language::from_identifier(locking),
            single: Language::from_identifier(single),
        };
        let (text, _) = from_septets(&codes, tables);
        let again = to_septets(&text, tables).unwrap();
        prop_assert_eq!(from_septets(&again, tables), (text, false));
    }

    #[test]
    fn any_time_is_written_in_any_zone(seconds in 86_400i64..3_155_000_000, zone in -48i8..=56) {
        let time = Timestamp::from_unix(seconds, zone).unwrap();
        prop_assert_eq!((time.unix(), time.zone(), time.fault()), (Some(seconds), Some(zone), None));
    }

    #[test]
    fn any_octets_are_read_or_refused(octets in prop::collection::vec(any::<u8>(), 0..200), length: u8) {
        let hex: String = octets.iter().map(|octet| format!("{octet:02x}")).collect();
        let _ = (Pdu::from_pasted(&hex), Pdu::from_stored(length.into(), &hex));
        for direction in [Direction::ToMobile, Direction::FromMobile] {
            check(Pdu::decode(&octets, direction), direction);
            check(Pdu::decode_tpdu(&octets, direction), direction);
            let _ = Pdu::from_at(length.into(), &hex, direction);
        }
    }

    #[test]
    fn a_pdu_with_octets_changed_cut_or_added_is_read_or_refused(
        originator in address(),
        (dcs, user_data) in user_data(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
        length in 0usize..220,
        first in 0u8..=255,
    ) {
        let mut deliver = Deliver::new(originator, Timestamp::from_octets([0x62; 7]), user_data);
        deliver.dcs = dcs;
        let mut octets = Pdu::from(deliver).octets().unwrap();
        octets[1] = first;
        for (at, octet) in changes {
            *at.get_mut(&mut octets) = octet;
        }
        octets.resize(length, first);
        for direction in [Direction::ToMobile, Direction::FromMobile] {
            check(Pdu::decode(&octets, direction), direction);
        }
    }

    #[test]
    fn any_text_is_read_as_a_pdu_or_refused(text in "\\PC{0,60}|[0-9A-Fa-f]{0,120}", length: u16) {
        let _ = Pdu::from_at(length.into(), &text, Direction::ToMobile);
        let _ = Pdu::from_pasted(&text);
        let _ = (Address::e164(&text), Address::dialled(&text), Address::alphanumeric(&text));
        let _ = UserData::from_text(&text);
    }
}

/// Whatever was read can be shown, and what was read without damage is written and read again the same, unless it
/// is more than one message can hold.
fn check(result: Result<Decoded, PduError>, direction: Direction) {
    let decoded = match result {
        Ok(decoded) => decoded,
        Err(error) => return assert!(!error.to_string().is_empty()),
    };
    assert!(decoded.damage.iter().all(|damage| !damage.to_string().is_empty()));
    if !decoded.damage.is_empty() {
        return;
    }
    match decoded.pdu.octets() {
        Ok(octets) => assert_eq!(Pdu::decode(&octets, direction), Ok(decoded)),
        Err(error) => assert!(matches!(error, EncodeError::TooLong { .. }), "{error}"),
    }
}
