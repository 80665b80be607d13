//! Who speaks, and whether anybody answers.

use super::*;

fn expecting(imei: &str) -> Options {
    Options { expected: vec![imei.parse().unwrap()], ..Options::default() }
}

#[test]
fn another_tracker_than_the_expected_one_is_told_with_what_to_register() {
    // Another IMEI of the papers, with its own check digit.
    let mut recording = recording_with("startek", expecting("356938035643809"));
    recording.at(MIDNIGHT);
    let finding = recording.only(Code::OtherIdentity);
    assert!(finding.advice.contains("register exactly 490154203237518"), "{}", finding.advice);

    let mut near = recording_with("startek", expecting(IMEI));
    near.at(MIDNIGHT);
    assert_eq!(near.codes(), []);
}

#[test]
fn a_tracker_besides_the_expected_one_is_told_by_its_identity() {
    let besides = |options: Options, others: &[&str]| {
        let mut recording = recording_with("startek", options);
        recording.at(MIDNIGHT);
        for other in others {
            recording.tracker = Session::of(DeviceId::new(other.as_bytes()).unwrap());
            recording.at(MIDNIGHT + 60);
        }
        recording
    };
    let finding = besides(expecting(IMEI), &["356938035643809"]).only(Code::OtherIdentity);
    assert!(finding.evidence.contains("356938035643809 speaks"), "{}", finding.evidence);
    assert_eq!(finding.device_id.as_deref(), Some("356938035643809"));
    let finding = besides(expecting(IMEI), &["356938035643809", "CAR12"]).only(Code::OtherIdentity);
    assert!(finding.evidence.contains("356938035643809 and 1 more"), "{}", finding.evidence);
    // Both are expected, or nobody in particular is.
    let both = Options {
        expected: vec![IMEI.parse().unwrap(), "356938035643809".parse().unwrap()],
        ..Options::default()
    };
    assert_eq!(besides(both, &["356938035643809"]).codes(), []);
    assert_eq!(besides(Options::default(), &["356938035643809"]).codes(), []);
}

#[test]
fn a_tracker_that_calls_itself_by_a_part_of_its_imei_is_told_with_what_to_register() {
    let mut recording = recording_with("startek", expecting(IMEI));
    recording.tracker = Session::of(DeviceId::new(b"4203237518").unwrap());
    recording.at(MIDNIGHT);
    let finding = recording.only(Code::ShortIdentity);
    assert!(finding.evidence.contains("digits 6 to 15"), "{}", finding.evidence);
    assert!(finding.advice.contains("exactly 4203237518"), "{}", finding.advice);
}

#[test]
fn logins_that_repeat_are_told() {
    let logins = |count: i64, then: bool| {
        let mut recording = recording("gt06");
        for number in 0..count {
            recording.say(&Uplink::Login, Some(MIDNIGHT + number * 30));
        }
        if then {
            recording.at(MIDNIGHT + count * 30);
            recording.say(&Uplink::Login, Some(MIDNIGHT + count * 30 + 60));
        }
        recording
    };
    let finding = logins(7, false).only(Code::LoginRepeated);
    assert!(
        finding.evidence.contains("7 logins one after another and nothing behind them, every 30 s"),
        "{}",
        finding.evidence
    );
    assert_eq!(logins(2, true).codes(), []);
}

#[test]
fn a_message_that_repeats_is_told() {
    let repeated = |times: usize| {
        let mut recording = recording("gt06");
        recording.say(&Uplink::Login, Some(MIDNIGHT));
        let mut frame = Vec::new();
        recording
            .protocol
            .encode(&Uplink::Position(&report(MIDNIGHT)), &mut recording.tracker, &mut frame)
            .unwrap();
        for number in 0..times {
            recording.arrives(&frame, Some(MIDNIGHT + 1 + number as i64));
        }
        recording
    };
    assert!(repeated(5).only(Code::MessageRepeated).evidence.contains("the same position came 5 times"));
    assert_eq!(repeated(2).codes(), []);
}

#[test]
fn positions_before_any_login_are_told() {
    let mut recording = recording("gt06");
    recording.positions(5, 60, |_, _, _| {});
    assert!(recording.only(Code::NoIdentity).evidence.contains("5 positions"));
    // Where the beginning was not seen, a login may have come before.
    let mut near = super::recording("gt06");
    near.diagnosis.opened(9, &Opening { from_start: false, named: false }, Some(MIDNIGHT * 1_000));
    near.link = Some(9);
    near.positions(5, 60, |_, _, _| {});
    assert_eq!(near.codes(), []);
}
