//! The tables of TS 23.038 and TS 23.040, one by one.

use std::time::Duration;

use super::super::text::{from_septets, to_septets};
use super::super::*;

/// The default alphabet as code points of Unicode, row by row of 16 (TS 23.038 section 6.2.1).
#[rustfmt::skip]
const DEFAULT: [u32; 128] = [
    0x40, 0xA3, 0x24, 0xA5, 0xE8, 0xE9, 0xF9, 0xEC, 0xF2, 0xC7, 0x0A, 0xD8, 0xF8, 0x0D, 0xC5, 0xE5,
    0x394, 0x5F, 0x3A6, 0x393, 0x39B, 0x3A9, 0x3A0, 0x3A8, 0x3A3, 0x398, 0x39E, 0x1B, 0xC6, 0xE6, 0xDF, 0xC9,
    0x20, 0x21, 0x22, 0x23, 0xA4, 0x25, 0x26, 0x27, 0x28, 0x29, 0x2A, 0x2B, 0x2C, 0x2D, 0x2E, 0x2F,
    0x30, 0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39, 0x3A, 0x3B, 0x3C, 0x3D, 0x3E, 0x3F,
    0xA1, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49, 0x4A, 0x4B, 0x4C, 0x4D, 0x4E, 0x4F,
    0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58, 0x59, 0x5A, 0xC4, 0xD6, 0xD1, 0xDC, 0xA7,
    0xBF, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6A, 0x6B, 0x6C, 0x6D, 0x6E, 0x6F,
    0x70, 0x71, 0x72, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78, 0x79, 0x7A, 0xE4, 0xF6, 0xF1, 0xFC, 0xE0,
];

const EXTENSION: &str = "\u{c}\u{a}^\u{14}{\u{28}}\u{29}\\\u{2f}[\u{3c}~\u{3d}]\u{3e}|\u{40}€\u{65}";

/// Pairs of a character and its code.
fn pairs(table: &str) -> Vec<(char, u8)> {
    let characters: Vec<char> = table.chars().collect();
    characters.chunks(2).map(|pair| (pair[0], u8::try_from(u32::from(pair[1])).unwrap())).collect()
}

#[test]
fn the_default_alphabet_is_that_of_the_standard() {
    for (septet, code) in (0u8..).zip(DEFAULT) {
        if septet == 0x1B {
            continue;
        }
        let character = char::from_u32(code).unwrap().to_string();
        assert_eq!(from_septets(&[septet], Tables::default()), (character.clone(), false), "{septet:02X}");
        assert_eq!(to_septets(&character, Tables::default()), Ok(vec![septet]), "{septet:02X}");
    }
}

#[test]
fn the_extension_table_is_that_of_the_standard_and_other_codes_show_the_main_table() {
    let extension = pairs(EXTENSION);
    for code in (0u8..0x80).filter(|code| *code != 0x1B) {
        let known = extension.iter().find(|(_, known)| *known == code).map(|(character, _)| *character);
        let shown = known.or(char::from_u32(DEFAULT[usize::from(code)])).unwrap().to_string();
        assert_eq!(from_septets(&[0x1B, code], Tables::default()), (shown.clone(), false), "1B {code:02X}");
        if known.is_some() {
            assert_eq!(to_septets(&shown, Tables::default()), Ok(vec![0x1B, code]));
        }
    }
}

#[test]
fn an_escape_before_an_escape_or_before_nothing_shows_a_blank() {
    assert_eq!(from_septets(&[0x1B, 0x1B, 0x65], Tables::default()), (" e".to_owned(), false));
    assert_eq!(from_septets(&[0x61, 0x1B], Tables::default()), ("a ".to_owned(), true));
    assert_eq!(from_septets(&[0x1B, 0x1B], Tables::default()), (" ".to_owned(), false));
}

#[test]
fn what_the_alphabet_lacks_is_named() {
    for (text, lacking) in [("a`b", '`'), ("é́", '\u{301}'), ("\u{1b}", '\u{1b}'), ("a\tb", '\t')] {
        assert_eq!(to_septets(text, Tables::default()), Err(lacking), "{text}");
    }
}

fn tables(locking: u8, single: u8) -> Tables {
    Tables { locking: Language::from_identifier(locking), single: Language::from_identifier(single) }
}

/// Rows of a locking shift table without the escape, from the annex.
fn locking(identifier: u8, expected: &str) {
    let codes: Vec<u8> = (0..0x80).filter(|code| *code != 0x1B).collect();
    assert_eq!(from_septets(&codes, tables(identifier, 0)).0, expected);
    assert_eq!(to_septets(expected, tables(identifier, 0)), Ok(codes));
}

#[test]
fn the_turkish_and_portuguese_locking_shift_tables_are_those_of_the_annex() {
    locking(
        1,
        "@£$¥€éùıòÇ\nĞğ\rÅåΔ_ΦΓΛΩΠΨΣΘΞŞşßÉ !\"#¤%&'()*+,-./0123456789:;<=>?\
         İABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§çabcdefghijklmnopqrstuvwxyzäöñüà",
    );
    locking(
        3,
        "@£$¥êéúíóç\nÔô\rÁáΔ_ªÇÀ∞^\\€Ó|ÂâÊÉ !\"#º%&'()*+,-./0123456789:;<=>?\
         ÍABCDEFGHIJKLMNOPQRSTUVWXYZÃÕÚÜ§~abcdefghijklmnopqrstuvwxyzãõ`üà",
    );
}

#[test]
fn spanish_has_no_locking_shift_table_and_keeps_the_default_alphabet() {
    let text = "ñ¿¡Ñ";
    assert_eq!(to_septets(text, tables(2, 2)), to_septets(text, Tables::default()));
}

#[test]
fn the_single_shift_tables_are_those_of_the_annex() {
    let turkish = "ĞGİIŞSçcğgıişs";
    let spanish = "ç\u{9}ÁAÍIÓOÚUáaíióoúu";
    let portuguese = "ê\u{5}ç\u{9}Ô\u{b}ô\u{c}Á\u{e}á\u{f}Φ\u{12}Γ\u{13}Ω\u{15}Π\u{16}Ψ\u{17}Σ\u{18}Θ\u{19}\
        Ê\u{1f}ÀAÍIÓOÚUÃ[Õ\\Âaíióoúuã{õ|â\u{7f}";
    for (identifier, own) in [(1, turkish), (2, spanish), (3, portuguese)] {
        let mut table = pairs(own);
        table.extend(pairs(EXTENSION));
        for code in 0..0x80 {
            let expected = table.iter().find(|(_, own)| *own == code).map(|(character, _)| *character);
            assert_eq!(tables(0, identifier).shifted(code), expected, "{identifier}: 1B {code:02X}");
        }
    }
}

#[test]
fn every_language_identifier_of_the_standard_has_its_name_and_three_have_tables() {
    for identifier in 0..=255 {
        let language = Language::from_identifier(identifier);
        assert_eq!(language.is_some(), (1..=3).contains(&identifier));
        assert!(language.is_none_or(|language| language.identifier() == identifier));
    }
    for (identifier, name) in [(4, "Bengali"), (6, "Hindi"), (13, "Urdu"), (0, "reserved"), (14, "reserved")]
    {
        let words = Damage::NeedsTable { identifier, locking: true }.to_string();
        assert!(words.starts_with(&format!("the text needs the {name} locking shift table")), "{words}");
    }
}

#[test]
fn every_data_coding_scheme_has_the_alphabet_of_its_group() {
    for octet in 0..=255u8 {
        let bits = format!("{octet:08b}");
        let dcs = Dcs(octet);
        let coding = match (&bits[..2], &bits[..4], &bits[4..6]) {
            ("00" | "01", _, "01") | (_, "1111", "01" | "11") => Coding::Data,
            ("00" | "01", _, "10") | (_, "1110", _) => Coding::Ucs2,
            _ => Coding::Gsm7,
        };
        assert_eq!(dcs.coding(), coding, "{bits}");
        assert_eq!(dcs.is_compressed(), octet < 0x80 && &bits[2..3] == "1", "{bits}");
        let class = (octet < 0x80 && &bits[3..4] == "1") || octet >= 0xF0;
        assert_eq!(dcs.class(), class.then_some(octet & 3), "{bits}");
        assert_eq!(dcs.waiting().is_some(), (0xC0..0xF0).contains(&octet), "{bits}");
    }
}

#[test]
fn the_usual_data_coding_schemes_are_what_people_know_them_for() {
    for (octet, group, coding, class) in [
        (0x00, Group::General, Coding::Gsm7, None),
        (0x04, Group::General, Coding::Data, None),
        (0x08, Group::General, Coding::Ucs2, None),
        (0x0C, Group::General, Coding::Gsm7, None),
        (0x10, Group::General, Coding::Gsm7, Some(0)),
        (0x11, Group::General, Coding::Gsm7, Some(1)),
        (0x18, Group::General, Coding::Ucs2, Some(0)),
        (0x48, Group::AutomaticDeletion, Coding::Ucs2, None),
        (0x80, Group::Reserved, Coding::Gsm7, None),
        (0xBF, Group::Reserved, Coding::Gsm7, None),
        (0xC8, Group::WaitingDiscard, Coding::Gsm7, None),
        (0xD0, Group::WaitingStore, Coding::Gsm7, None),
        (0xE9, Group::WaitingStoreUcs2, Coding::Ucs2, None),
        (0xF1, Group::DataClass, Coding::Gsm7, Some(1)),
        (0xF6, Group::DataClass, Coding::Data, Some(2)),
    ] {
        let dcs = Dcs(octet);
        assert_eq!((dcs.group(), dcs.coding(), dcs.class()), (group, coding, class), "{octet:02X}");
    }
    let voicemail = Waiting { active: true, kind: WaitingKind::Voicemail };
    assert_eq!(Dcs(0xC8).waiting(), Some(voicemail));
    assert_eq!(Dcs(0xE9).waiting(), Some(Waiting { active: true, kind: WaitingKind::Fax }));
    assert_eq!(Dcs(0xD2).waiting(), Some(Waiting { active: false, kind: WaitingKind::Email }));
}

#[test]
fn every_relative_validity_octet_means_what_the_table_says() {
    for octet in 0..=255u8 {
        let v = u64::from(octet);
        let minutes = match octet {
            0..=143 => (v + 1) * 5,
            144..=167 => 12 * 60 + (v - 143) * 30,
            168..=196 => (v - 166) * 24 * 60,
            _ => (v - 192) * 7 * 24 * 60,
        };
        let period = Duration::from_secs(minutes * 60);
        assert_eq!(Validity::Relative(octet).period(), Some(period), "{octet}");
        assert_eq!(Validity::at_most(period), Validity::Relative(octet), "{octet}");
        assert_eq!(Validity::at_most(period + Duration::from_secs(1)), Validity::Relative(octet), "{octet}");
    }
    let day = Duration::from_secs(86_400);
    assert_eq!(Validity::at_most(day), Validity::Relative(167));
    assert_eq!(Validity::Relative(170).period(), Some(day * 4));
    assert_eq!(Validity::at_most(Duration::ZERO), Validity::Relative(0));
    assert_eq!(Validity::at_most(Duration::MAX), Validity::Relative(255));
}

#[test]
fn every_status_falls_into_the_range_of_the_standard() {
    for value in 0..=255 {
        let delivery = match value {
            0x00..=0x02 => Delivery::Delivered,
            0x20..=0x3F => Delivery::Trying,
            0x40..=0x5F => Delivery::Permanent,
            0x60..=0x7F => Delivery::GaveUp,
            0x03..=0x1F | 0x80..=0xFF => Delivery::Unknown,
        };
        assert_eq!(Status(value).delivery(), delivery, "{value:02X}");
        assert_eq!(Status(value).is_confirmed(), value == 0, "{value:02X}");
        assert!(!Status(value).reason().is_empty());
    }
    for (value, reason) in [
        (0x00, "received by the recipient"),
        (0x22, "the recipient does not answer"),
        (0x46, "the validity period ended"),
        (0x65, "an error in the recipient"),
        (0x1A, "completed, in a way that only the service centre knows"),
        (0x55, "for a reason that only the service centre knows"),
        (0x4A, "for a reason that the standard reserves"),
        (0x80, "for a reason that the standard reserves"),
    ] {
        assert_eq!(Status(value).reason(), reason, "{value:02X}");
    }
}
