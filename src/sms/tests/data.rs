//! User data of every alphabet, with and without headers.

use super::super::*;
use super::{deliver, delivered, octets};

/// The user data behind this first octet and DCS, written back to see that nothing was lost.
fn data(first: &str, dcs: &str, data: &str) -> (UserData, Vec<Damage>) {
    let hex = delivered(first, dcs, data);
    let (deliver, damage) = deliver(&hex);
    if damage.is_empty() {
        assert_eq!(Pdu::from(deliver.clone()).octets().unwrap(), octets(&hex), "{data}");
    }
    (deliver.user_data, damage)
}

fn text(first: &str, dcs: &str, ud: &str) -> String {
    let (user_data, damage) = data(first, dcs, ud);
    assert_eq!(damage, [], "{ud}");
    user_data.text().unwrap()
}

#[test]
fn the_length_decides_whether_spare_bits_are_one_more_at() {
    assert_eq!(text("04", "00", "07 61F1985C369F01"), "abcdefg");
    assert_eq!(text("04", "00", "08 61F1985C369F01"), "abcdefg@");
    assert_eq!(text("04", "00", "01 00"), "@");
    assert_eq!(text("04", "00", "00"), "");
}

#[test]
fn extension_characters_and_odd_escapes_are_read_as_the_standard_has_it() {
    assert_eq!(text("04", "00", "06 1BDEA6BCF101"), "[€]");
    assert_eq!(deliver(&delivered("04", "00", "03 9B4D18")).0.user_data.text().unwrap(), " a");
    assert_eq!(deliver(&delivered("04", "00", "02 9B30")).0.user_data.text().unwrap(), "a");
    let (user_data, damage) = data("04", "00", "02 E10D");
    assert_eq!((user_data.text().as_deref(), damage), (Some("a "), vec![Damage::LoneEscape]));
}

#[test]
fn ucs2_is_big_endian_and_pairs_of_surrogates_are_one_character() {
    assert_eq!(text("04", "08", "04 041F0440"), "Пр");
    assert_eq!(text("04", "08", "04 D83DDC15"), "🐕");
    assert_eq!(text("04", "48", "02 0041"), "A");
    assert_eq!(text("04", "19", "02 20AC"), "€");
    assert_eq!(text("04", "E0", "02 00F1"), "ñ");
    let (user_data, damage) = data("04", "08", "06 D83D0041DC15");
    assert_eq!(user_data.text().as_deref(), Some("\u{fffd}A\u{fffd}"));
    assert_eq!(damage, [Damage::LoneSurrogates { count: 2 }]);
    let (user_data, damage) = data("04", "08", "03 004100");
    assert_eq!((user_data.text().as_deref(), damage), (Some("A"), vec![Damage::HalfUnit]));
}

#[test]
fn reserved_data_coding_schemes_are_read_as_the_default_alphabet() {
    for dcs in ["0C", "1F", "80", "A5", "BF", "C0", "D8", "F0", "F8"] {
        assert_eq!(text("04", dcs, "02 CF25"), "OK", "{dcs}");
    }
}

#[test]
fn data_of_8_bits_and_compressed_text_stay_octets() {
    let (user_data, damage) = data("04", "04", "03 4F4B00");
    assert_eq!((user_data.octets(), user_data.text(), damage), (Some(&b"OK\0"[..]), None, vec![]));
    for dcs in ["20", "28", "3C", "60"] {
        let (user_data, damage) = data("04", dcs, "03 0180FF");
        assert_eq!(user_data.payload, Payload::Compressed(vec![0x01, 0x80, 0xFF]), "{dcs}");
        assert_eq!(damage, [Damage::Compressed], "{dcs}");
    }
}

#[test]
fn both_widths_of_concatenation_are_read_with_their_fill_bits() {
    let (user_data, damage) = data("44", "00", "0B 050003420201 906F7618");
    let reference = Reference::Bits8(0x42);
    let expected = Some(Concatenation { reference, total: 2, sequence: 1 });
    assert_eq!(user_data.header.as_ref().unwrap().concatenation(), expected);
    assert_eq!((user_data.text().as_deref(), damage), (Some("Hola"), vec![]));

    let (user_data, damage) = data("44", "00", "0C 06080412340302 C8373B0C");
    let reference = Reference::Bits16(0x1234);
    let expected = Some(Concatenation { reference, total: 3, sequence: 2 });
    assert_eq!(user_data.header.as_ref().unwrap().concatenation(), expected);
    assert_eq!((user_data.text().as_deref(), damage), (Some("Hola"), vec![]));

    let (user_data, _) = data("44", "08", "08 050003420202 0041");
    assert_eq!(user_data.text().as_deref(), Some("A"));
    let (user_data, _) = data("44", "08", "09 06080412340302 0041");
    assert_eq!(user_data.text().as_deref(), Some("A"));
    let (user_data, _) = data("44", "04", "08 050003420202 FF00");
    assert_eq!(user_data.octets(), Some(&[0xFF, 0x00][..]));
}

#[test]
fn elements_that_nobody_understands_are_kept_and_change_no_text() {
    let (user_data, damage) = data("44", "04", "0A 08 7F00 A103010203 0F 41");
    assert_eq!(damage, [Damage::HeaderIgnored { octets: 8 }]);
    assert_eq!(user_data.octets(), Some(&b"A"[..]));
    let (user_data, damage) = data("44", "04", "09 07 7F00 A103010203 41");
    let header = user_data.header.clone().unwrap();
    let elements = [(0x7F, vec![]), (0xA1, vec![1, 2, 3])];
    let elements = elements.map(|(identifier, data)| Element { identifier, data });
    assert_eq!((header.concatenation(), header.elements), (None, elements.to_vec()));
    assert_eq!((user_data.octets(), damage), (Some(&b"A"[..]), vec![]));
    // A header of no elements.
    let (user_data, damage) = data("44", "04", "02 00 41");
    assert_eq!((user_data.header, damage), (Some(Header::default()), vec![]));
}

#[test]
fn ports_of_both_widths_are_read() {
    let (user_data, _) = data("44", "04", "08 06 0504 0B8423F0 41");
    let ports = Ports { destination: 0x0B84, source: 0x23F0 };
    assert_eq!(user_data.header.unwrap().ports(), Some(ports));
    let (user_data, _) = data("44", "04", "06 04 0402 F0F1 41");
    let ports = Ports { destination: 0xF0, source: 0xF1 };
    assert_eq!(user_data.header.unwrap().ports(), Some(ports));
}

#[test]
fn of_elements_that_exclude_each_other_the_last_one_counts() {
    let (user_data, damage) = data("44", "04", "0D 0B 0003010201 080400020302 41");
    let reference = Reference::Bits16(2);
    let expected = Concatenation { reference, total: 3, sequence: 2 };
    assert_eq!(user_data.header.unwrap().concatenation(), Some(expected));
    assert_eq!(damage, []);
}

#[test]
fn an_impossible_concatenation_is_ignored_and_said() {
    // No part 0, none above the total, no total 0, and three and four octets exactly.
    for (length, element) in [
        (7, "05 0003420001"),
        (7, "05 0003420200"),
        (7, "05 0003420203"),
        (6, "04 00024202"),
        (7, "05 0803420201"),
    ] {
        let (user_data, damage) = data("44", "04", &format!("{length:02X} {element} 41"));
        assert_eq!(user_data.header.unwrap().concatenation(), None, "{element}");
        assert_eq!(
            (user_data.payload, damage),
            (Payload::Data(vec![0x41]), vec![Damage::ConcatenationIgnored])
        );
    }
}

#[test]
fn national_language_tables_are_chosen_by_the_header() {
    assert_eq!(text("44", "00", "0B 03250101 581C3AE04D19"), "Ğışç€");
    assert_eq!(text("44", "00", "0A 03240101 D81C37F303"), "Ğşì");
    assert_eq!(text("44", "00", "0E 06240103250103 FBCA26BC2903"), "ã∞Â€");
}

#[test]
fn a_table_that_is_not_here_is_named_and_the_default_one_is_used() {
    let (user_data, damage) = data("44", "00", "06 03250106 0802");
    assert_eq!(user_data.text().as_deref(), Some("A"));
    assert_eq!(damage, [Damage::NeedsTable { identifier: 6, locking: true }]);
    assert_eq!(
        damage[0].to_string(),
        "the text needs the Hindi locking shift table, which is not here; it was read with the default table"
    );
    // A table says nothing about other alphabets.
    let (_, damage) = data("44", "08", "06 03250106 0041");
    assert_eq!(damage, []);
}

#[test]
fn user_data_that_does_not_fit_or_is_not_announced_is_not_written() {
    let destination = Address::e164("+573001234567").unwrap();
    let write = |user_data| Submit::new(destination.clone(), user_data).tpdu();
    assert_eq!(write(UserData::from_text(&"a".repeat(160))).unwrap().len(), 1 + 1 + 8 + 2 + 1 + 140);
    let limits = [("a", 161, "septets", 160, 161), ("ж", 71, "octets", 140, 142)];
    for (text, count, unit, limit, units) in limits {
        let error = write(UserData::from_text(&text.repeat(count))).unwrap_err();
        assert_eq!(error, EncodeError::TooLong { units, unit, limit });
    }
    let data = vec![0; 300];
    let header = Some(Header { elements: vec![Element { identifier: 0x70, data: data.clone() }] });
    let payload = Payload::Data(vec![]);
    let error = write(UserData { header, payload }).unwrap_err();
    assert_eq!(error, EncodeError::Element { identifier: 0x70, octets: 300 });
    let header = Some(Header { elements: vec![Element { identifier: 0x70, data: vec![0; 140] }] });
    let error = write(UserData { header, payload: Payload::Gsm7(vec![]) }).unwrap_err();
    assert_eq!(error, EncodeError::TooLong { units: 143, unit: "octets", limit: 140 });
    let mut submit = Submit::new(destination.clone(), UserData::from_text("a"));
    submit.dcs = Dcs::UCS2;
    assert_eq!(
        submit.tpdu().unwrap_err().to_string(),
        "the data coding scheme 0x08 announces UCS-2 text, but the user data is GSM 7-bit text"
    );
}
