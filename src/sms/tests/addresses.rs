//! Addresses of every type of number, both ways.

use super::super::*;
use super::{deliver, octets};

/// A DELIVER from this address.
fn from(address: &str) -> (Address, Vec<Damage>) {
    let (deliver, damage) = deliver(&format!("00 04 {address} 00 00 6230102143650A 00"));
    (deliver.originator, damage)
}

/// The octets that a SUBMIT writes for an address, from the length on.
fn written(address: &Address) -> Vec<u8> {
    let tpdu = Submit::new(address.clone(), UserData::from_text("")).tpdu().unwrap();
    tpdu[2..tpdu.len() - 3].to_vec()
}

#[test]
fn numbers_of_every_type_are_read_and_written_the_same() {
    use TypeOfNumber::{
        Abbreviated, International, National, NetworkSpecific, Reserved, Subscriber, Unknown,
    };
    for (hex, kind, plan, shown) in [
        ("0C 91 750310325476", International, 1, "+573001234567"),
        ("0B 91 6407281553F8", International, 1, "+46708251358"),
        ("0A 81 0310325476", Unknown, 1, "3001234567"),
        ("05 81 5834F2", Unknown, 1, "85432"),
        ("05 85 5834F2", Unknown, 5, "85432"),
        ("0A A1 0310325476", National, 1, "3001234567"),
        ("0B C8 7238880900F1", Subscriber, 8, "27838890001"),
        ("05 B9 5834F2", NetworkSpecific, 9, "85432"),
        ("03 E0 21F3", Abbreviated, 0, "123"),
        ("03 F0 21F3", Reserved, 0, "123"),
        ("03 01 21F3", Unknown, 1, "123"),
        ("05 81 1A32FB", Unknown, 1, "*123#"),
        ("04 81 C1ED", Unknown, 1, "1abc"),
        ("01 81 F5", Unknown, 1, "5"),
        ("00 81", Unknown, 1, ""),
        ("00 91", International, 1, "+"),
        ("14 91 10325476981032547698", International, 1, "+01234567890123456789"),
    ] {
        let (address, damage) = from(hex);
        assert_eq!((address.type_of_number(), address.numbering_plan()), (kind, plan), "{hex}");
        assert_eq!((address.to_string().as_str(), damage), (shown, vec![]), "{hex}");
        assert_eq!(address.type_of_address(), octets(hex)[1], "{hex}");
        assert_eq!(written(&address), octets(hex), "{hex}");
        assert_eq!(Address::number(octets(hex)[1], address.value()), Ok(address), "{hex}");
    }
}

#[test]
fn names_are_packed_and_their_length_counts_useful_semi_octets() {
    for (hex, name) in [
        ("0B D0 5076780ECF03", "Plaspy"),
        ("0D D0 D432BBEC7ECB01", "Telenor"),
        ("0E D0 41E19058341E01", "ABCDEFG@"),
        ("14 D0 CDB73D3DA787E5ADE113", "Movistar-CO"),
        ("00 D0", ""),
    ] {
        let (address, damage) = from(hex);
        assert!(address.is_alphanumeric() && damage.is_empty(), "{hex}");
        assert_eq!((address.value(), address.to_string().as_str()), (name, name), "{hex}");
        assert_eq!(written(&address), octets(hex), "{hex}");
        assert_eq!(Address::alphanumeric(name), Ok(address), "{hex}");
    }
    // Two semi-octets for each of the octets: the same name.
    assert_eq!(from("0C D0 5076780ECF03").0.value(), "Plaspy");
    // Other bits of the numbering plan make it no number.
    assert_eq!(from("0B D1 5076780ECF03").0.value(), "Plaspy");
}

#[test]
fn the_length_decides_and_not_the_filler() {
    // Five digits whose last semi-octet is 0 instead of the end mark.
    let (address, damage) = from("05 81 583402");
    assert_eq!((address.value(), damage), ("85432", vec![]));
    // A length that counts the end mark.
    let (address, damage) = from("06 81 5834F2");
    assert_eq!((address.value(), damage), ("85432", vec![Damage::EarlyEnd { field: "TP-OA" }]));
    // An end mark in front of everything else: nothing behind it counts.
    let (address, damage) = from("06 81 5F34F2");
    assert_eq!((address.value(), damage), ("", vec![Damage::EarlyEnd { field: "TP-OA" }]));
}

#[test]
fn an_address_longer_than_the_standard_allows_is_refused_with_its_place() {
    let bytes = octets("00 04 15 91 1032547698103254769801 00 00 6230102143650A 00");
    let error = Pdu::decode(&bytes, Direction::ToMobile).unwrap_err();
    assert_eq!(error.to_string(), "TP-OA at offset 2 claims 21 semi-octets, and 20 is the most");
    let error = Pdu::decode(&octets("0C 91 00"), Direction::ToMobile).unwrap_err();
    assert_eq!(error.to_string(), "SCA at offset 0 claims 12 octets, and 11 is the most");
}

#[test]
fn the_service_centre_counts_octets_and_may_be_missing() {
    let pdu = |sca| octets(&format!("{sca} 04 0081 00 00 6230102143650A 00"));
    let read = |sca| Pdu::decode(&pdu(sca), Direction::ToMobile).unwrap().pdu;
    for (sca, shown) in [
        ("00", None),
        ("01 91", Some("+")),
        ("07 91 7283010010F5", Some("+27381000015")),
        ("07 91 750310325476", Some("+573001234567")),
        ("04 81 5834F2", Some("85432")),
        ("0B 91 10325476981032547698", Some("+01234567890123456789")),
    ] {
        let service_centre = read(sca).service_centre.map(|address| address.to_string());
        assert_eq!(service_centre.as_deref(), shown, "{sca}");
        assert_eq!(read(sca).octets().unwrap(), pdu(sca), "{sca}");
    }
    // What stands behind an end mark is no number.
    assert_eq!(read("06 91 5834F27698").service_centre.unwrap().to_string(), "+85432");
}

#[test]
fn texts_that_are_no_address_are_refused() {
    for text in ["", "+", "573001234567", "+57 300", "+57a", "+1234567890123456", "++57", "+٣٤"] {
        assert!(matches!(Address::e164(text), Err(AddressError::NotInternational(_))), "{text}");
    }
    assert_eq!(Address::e164("+573001234567").unwrap().type_of_address(), 0x91);
    assert_eq!(Address::dialled("12x"), Err(AddressError::Character('x')));
    assert_eq!(Address::dialled("+12"), Err(AddressError::Character('+')));
    assert_eq!(Address::dialled("1d"), Err(AddressError::Character('d')));
    assert_eq!(Address::dialled("*ABC#").unwrap().value(), "*abc#");
    assert_eq!(Address::dialled(&"1".repeat(21)), Err(AddressError::TooLong { semi_octets: 21 }));
    assert_eq!(Address::number(0xD0, "12"), Err(AddressError::NotANumber(0xD0)));
    assert_eq!(Address::alphanumeric("Привет"), Err(AddressError::Character('П')));
    assert_eq!(Address::alphanumeric("12 letters.."), Err(AddressError::TooLong { semi_octets: 21 }));
}
