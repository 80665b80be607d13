//! Texts in one and in several messages.

use super::super::*;

const R8: Reference = Reference::Bits8(7);
const R16: Reference = Reference::Bits16(0x0107);

/// Codes in each part.
fn sizes(text: &str, reference: Reference) -> Vec<usize> {
    let split = split(text, reference).unwrap();
    let size = |part: &UserData| match &part.payload {
        Payload::Gsm7(septets) => septets.len(),
        Payload::Ucs2(units) => units.len(),
        payload => panic!("{payload:?}"),
    };
    split.parts.iter().map(size).collect()
}

#[test]
fn parts_are_as_long_as_the_table_of_sizes_allows() {
    for (character, count, reference, expected) in [
        ("a", 0, R8, vec![0]),
        ("a", 160, R8, vec![160]),
        ("a", 161, R8, vec![153, 8]),
        ("a", 306, R8, vec![153, 153]),
        ("a", 307, R8, vec![153, 153, 1]),
        ("a", 160, R16, vec![160]),
        ("a", 161, R16, vec![152, 9]),
        ("a", 304, R16, vec![152, 152]),
        ("ж", 70, R8, vec![70]),
        ("ж", 71, R8, vec![67, 4]),
        ("ж", 134, R8, vec![67, 67]),
        ("ж", 70, R16, vec![70]),
        ("ж", 71, R16, vec![66, 5]),
        ("ж", 133, R16, vec![66, 66, 1]),
        ("€", 80, R8, vec![160]),
        ("€", 81, R8, vec![152, 10]),
        ("🐕", 35, R8, vec![70]),
        ("🐕", 36, R8, vec![66, 6]),
        ("🐕", 36, R16, vec![66, 6]),
    ] {
        assert_eq!(sizes(&character.repeat(count), reference), expected, "{count} of {character}");
    }
}

#[test]
fn a_pair_of_codes_is_never_torn_apart() {
    let text = format!("{}€{}", "a".repeat(152), "a".repeat(100));
    assert_eq!(sizes(&text, R8), [152, 102]);
    let text = format!("{}🐕{}", "ж".repeat(66), "ж".repeat(20));
    assert_eq!(sizes(&text, R8), [66, 22]);
}

#[test]
fn one_message_has_no_header_and_several_are_numbered() {
    let one = split("adminip ok", R8).unwrap();
    assert_eq!((one.parts[0].header.as_ref(), one.dcs), (None, Dcs::GSM7));
    for (reference, header) in [(R8, "050003070301"), (R16, "06080401070301")] {
        let destination = Address::e164("+573001234567").unwrap();
        let mut template = Submit::new(destination, UserData::from_text(""));
        template.status_report_request = true;
        let submits = split(&"ж".repeat(150), reference).unwrap().submits(&template);
        let numbers = submits.iter().map(|submit| {
            let header = submit.user_data.header.as_ref().unwrap();
            let concatenation = header.concatenation().unwrap();
            assert_eq!((concatenation.reference, submit.dcs), (reference, Dcs::UCS2));
            (concatenation.total, concatenation.sequence)
        });
        assert_eq!(numbers.collect::<Vec<_>>(), [(3, 1), (3, 2), (3, 3)]);
        let first = Pdu::from(submits[0].clone()).to_at().unwrap().hex;
        assert!(first.starts_with("0061") && first.contains(header), "{first}");
    }
}

#[test]
fn the_number_of_messages_is_what_the_measure_says() {
    for text in ["", "a", &"a".repeat(161), &"[x]".repeat(90), &"🐕ж".repeat(45), &"a€".repeat(153)] {
        assert_eq!(split(text, R8).unwrap().parts.len(), measure(text).messages, "{text}");
    }
}

#[test]
fn more_parts_than_a_header_can_count_are_refused() {
    assert_eq!(split(&"a".repeat(153 * 255), R8).unwrap().parts.len(), 255);
    assert_eq!(split(&"a".repeat(153 * 255 + 1), R8), Err(EncodeError::TooManyParts { parts: 256 }));
}
