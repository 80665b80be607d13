//! Time stamps and validity periods.

use std::time::Duration;

use super::super::*;
use super::{deliver, octets, submit};

fn stamp(hex: &str) -> Timestamp {
    Timestamp::from_octets(octets(hex).try_into().unwrap())
}

#[test]
fn times_are_local_with_a_zone_in_quarters_of_an_hour_of_either_sign() {
    for (hex, shown, zone, unix) in [
        ("6230102143650A", "2026-03-01 12:34:56 -05:00", -20, 1_772_386_496),
        ("99309251619580", "1999-03-29 15:16:59 +02:00", 8, 922_713_419),
        ("42209200000000", "2024-02-29 00:00:00 +00:00", 0, 1_709_164_800),
        ("96211332959500", "2069-12-31 23:59:59 +00:00", 0, 3_155_759_999),
        ("07101000000000", "1970-01-01 00:00:00 +00:00", 0, 0),
        // Nepal, +05:45, 23 quarters; Newfoundland, -03:30, 14 quarters.
        ("42209200000032", "2024-02-29 00:00:00 +05:45", 23, 1_709_164_800 - 20_700),
        ("42209200000049", "2024-02-29 00:00:00 -03:30", -14, 1_709_164_800 + 12_600),
        // The ends of this world: +14:00 and -12:00.
        ("42209200000065", "2024-02-29 00:00:00 +14:00", 56, 1_709_164_800 - 50_400),
        ("4220920000008C", "2024-02-29 00:00:00 -12:00", -48, 1_709_164_800 + 43_200),
    ] {
        let stamp = stamp(hex);
        assert_eq!((stamp.to_string().as_str(), stamp.zone()), (shown, Some(zone)), "{hex}");
        assert_eq!((stamp.unix(), stamp.fault()), (Some(unix), None), "{hex}");
        assert_eq!(Timestamp::from_unix(unix, zone), Some(stamp), "{hex}");
        assert_eq!(stamp.octets().to_vec(), octets(hex));
    }
}

#[test]
fn times_that_are_none_are_kept_and_say_so() {
    use TimeFault::{NoTime, NoZone, NotADigit};
    for (hex, shown, fault) in [
        ("00000000000000", "no time", NoTime),
        ("FFFFFFFFFFFFFF", "no time", NoTime),
        ("62311021436500", "no time", NoTime),
        ("62200321436500", "no time", NoTime),
        ("62301042000000", "no time", NoTime),
        ("62301021060000", "no time", NoTime),
        ("32209200000000", "no time", NoTime),
        ("623010214365FF", "2026-03-01 12:34:56 (zone unknown)", NoZone),
        ("62301021436575", "2026-03-01 12:34:56 (zone unknown)", NoZone),
        ("6230102143659C", "2026-03-01 12:34:56 (zone unknown)", NoZone),
        ("623010A1436500", "2026-03-01 10:34:56 +00:00", NotADigit),
        ("6230102143F500", "2026-03-01 12:34:50 +00:00", NotADigit),
    ] {
        let stamp = stamp(hex);
        assert_eq!((stamp.to_string().as_str(), stamp.fault()), (shown, Some(fault)), "{hex}");
        assert_eq!(stamp.unix().is_some(), fault == NotADigit, "{hex}");
        let (deliver, damage) = deliver(&format!("00 04 0081 00 00 {hex} 00"));
        assert_eq!(deliver.service_centre_time.octets().to_vec(), octets(hex));
        assert_eq!(damage, [Damage::Time { field: "TP-SCTS", fault }], "{hex}");
    }
}

#[test]
fn a_time_that_two_digits_or_the_zones_cannot_write_is_none() {
    assert_eq!(Timestamp::from_unix(-1, 0), None);
    assert_eq!(Timestamp::from_unix(3_155_760_000, 0), None);
    assert_eq!(Timestamp::from_unix(0, 57), None);
    assert_eq!(Timestamp::from_unix(0, -49), None);
    assert_eq!(Timestamp::from_unix(i64::MAX, 0), None);
    assert_eq!(Timestamp::from_unix(i64::MAX, 56), None);
}

/// A SUBMIT with this TP-VPF in its first octet and this TP-VP.
fn validity(first: &str, period: &str) -> (Option<Validity>, Vec<Damage>) {
    let hex = format!("00 {first} 00 0081 00 00 {period} 02 CF25");
    let (submit, damage) = submit(&hex);
    assert_eq!(submit.user_data.text().as_deref(), Some("OK"), "{first} {period}");
    assert_eq!(Pdu::from(submit.clone()).octets().unwrap(), octets(&hex), "{first} {period}");
    (submit.validity, damage)
}

#[test]
fn every_form_of_the_validity_period_is_read_and_written() {
    assert_eq!(validity("01", ""), (None, vec![]));
    assert_eq!(validity("11", "A7"), (Some(Validity::Relative(167)), vec![]));
    let absolute = Validity::Absolute(stamp("6230102143650A"));
    assert_eq!(validity("19", "6230102143650A"), (Some(absolute), vec![]));
    let fault = TimeFault::NoTime;
    assert_eq!(validity("19", "00000000000000").1, [Damage::Time { field: "TP-VP", fault }]);
    assert_eq!(absolute.period(), None);
}

#[test]
fn the_enhanced_form_says_itself_how_it_is_read() {
    let seconds = |seconds| Period::For(Duration::from_secs(seconds));
    for (hex, period, single_shot) in [
        ("00000000000000", Period::None, false),
        ("40000000000000", Period::None, true),
        ("01A70000000000", seconds(86_400), false),
        ("41000000000000", seconds(300), true),
        ("021E0000000000", seconds(30), false),
        ("02000000000000", Period::Reserved, false),
        ("03215410000000", seconds(12 * 3_600 + 45 * 60 + 1), false),
        ("03210600000000", Period::Reserved, false),
        ("04000000000000", Period::Reserved, false),
        ("07000000000000", Period::Reserved, false),
        // The extension bit: the value stands one octet further on.
        ("82003C00000000", seconds(60), false),
        ("82808080808080", Period::Reserved, false),
        ("83002154100000", seconds(12 * 3_600 + 45 * 60 + 1), false),
    ] {
        let (validity, damage) = validity("09", hex);
        let Some(Validity::Enhanced(enhanced)) = validity else { panic!("{hex}: {validity:?}") };
        assert_eq!((enhanced.is_single_shot(), damage), (single_shot, vec![]), "{hex}");
        assert_eq!(enhanced.period(), period, "{hex}");
    }
}
