//! Sums by hand over lengths from captures and papers.

use super::*;
use crate::tracker::Transport;
use crate::wire::{Dec, PROTOCOLS, by_name};

fn traffic(transport: Transport, interval_s: u64) -> Traffic {
    Traffic { transport, interval_s, heartbeat_s: None, sessions: 0 }
}

/// A report that a PT60 sent, and whose length its own field tells: 6 bytes to the comma, 120, checksum and line end.
const PT60: &[u8] = b"&&:120,867747070319866,000,0,,260224044557,V,-38.093638,145.175618,0,0.0,0,0,0,736,505|1|30A5|081A1F02,14,0010,00,00,0000|019AE4\r\n";

#[test]
fn bytes_a_day_are_86400_over_the_interval_times_frame_answer_and_two_headers() {
    assert_eq!(PT60.len(), 6 + 120 + 4);
    let frames = Frames::given(Lengths { frame: PT60.len() as u64, answer: 0 });
    // 86400 / 60 x (130 + 0 + 2 x 40), and 86400 / 60 x (130 + 28): nothing comes back over UDP.
    let tcp = data(&frames, &traffic(Transport::Tcp, 60));
    assert_eq!((tcp.day, tcp.month, tcp.wake_ups), (302_400, 9_072_000, 1_440));
    assert_eq!(data(&frames, &traffic(Transport::Udp, 60)).day, 227_520);
    // The confirmed report is answered `$$x22,869912033012424,010,170` and a line end, 31 bytes.
    let answer = b"$$x22,869912033012424,010,170\r\n".len() as u64;
    let frames = Frames::given(Lengths { frame: 130, answer });
    assert_eq!(data(&frames, &traffic(Transport::Tcp, 60)).day, 1_440 * (130 + 31 + 80));
    assert_eq!(data(&frames, &traffic(Transport::Udp, 60)).day, 1_440 * (130 + 31 + 56));
    assert_eq!(data(&frames, &traffic(Transport::Tcp, 10)).day, 8_640 * 241);
    // 86400 / 7 is no whole number: 12342.857 times 241 are 2974628.571.
    assert_eq!(data(&frames, &traffic(Transport::Tcp, 7)).day, 2_974_629);
}

#[test]
fn logins_signs_of_life_and_connections_come_beside_the_reports() {
    // The GT06 paper: login 18 bytes, answered with 10; status 15, answered with 10.
    let gt06 = Frames {
        report: Lengths { frame: 36, answer: 10 },
        login: Some(Lengths { frame: 18, answer: 10 }),
        heartbeat: Some(Lengths { frame: 15, answer: 10 }),
        assumptions: Vec::new(),
    };
    let day = Traffic { transport: Transport::Tcp, interval_s: 300, heartbeat_s: Some(180), sessions: 4 };
    let data = data(&gt06, &day);
    let by_hand = 288 * (36 + 10 + 80) + 480 * (15 + 10 + 80) + 4 * (7 * 40) + 4 * (18 + 10 + 80);
    assert_eq!((data.day, data.wake_ups), (by_hand, 288 + 480));
    let items: Vec<_> = data.items.iter().map(|item| (item.what, item.each, item.times)).collect();
    assert_eq!(
        items,
        [("reports", 126, 288), ("signs of life", 105, 480), ("connections", 280, 4), ("logins", 108, 4)]
    );
}

#[test]
fn lengths_out_of_the_encoders_are_those_of_the_papers() {
    // Fixed frames only: the GT06 paper's login and status, a JT/T 808-2019 sign of life (header of 17 bytes, sum, two
    // marks) and its general answer (5 bytes more).
    let frames = |name| Frames::of(by_name(name).unwrap(), false).unwrap();
    let gt06 = frames("gt06");
    assert_eq!(gt06.login, Some(Lengths { frame: 18, answer: 10 }));
    assert_eq!(gt06.heartbeat, Some(Lengths { frame: 15, answer: 10 }));
    assert_eq!(frames("jt808").heartbeat, Some(Lengths { frame: 20, answer: 25 }));
    // iStartek: no login, and an answer only to what asks for one.
    let startek = by_name("startek").unwrap();
    let plain = Frames::of(startek, false).unwrap();
    assert_eq!((plain.login, plain.report.answer), (None, 0));
    assert_eq!(Frames::of(startek, true).unwrap().report.answer, 31);
    for protocol in PROTOCOLS {
        let frames = Frames::of(protocol, false).unwrap();
        assert!((20..400).contains(&frames.report.frame), "{}: {frames:?}", protocol.name);
    }
}

#[test]
fn every_assumption_is_named_and_says_where_it_comes_from() {
    let frames = Frames::of(by_name("startek").unwrap(), false).unwrap();
    let all = data(&frames, &traffic(Transport::Tcp, 60)).assumptions;
    let source = |part: &str| all.iter().find(|one| one.text.contains(part)).map(|one| one.source.clone());
    assert_eq!(source("headers of 40 bytes"), Some(Some("RFC 791, RFC 9293".to_owned())));
    assert_eq!(source("does not answer"), Some(Some("homing's encoder of startek".to_owned())));
    assert_eq!(source("no signs of life"), Some(None));
    assert!(source("15 digits").is_some());
}

#[test]
fn numbers_that_do_not_fit_are_the_most_that_does() {
    let frames = Frames::given(Lengths { frame: u64::MAX, answer: 7 });
    let data = data(&frames, &Traffic { sessions: u64::MAX, ..traffic(Transport::Tcp, 0) });
    assert_eq!((data.day, data.month), (u64::MAX, u64::MAX));
}

#[test]
fn messages_are_counted_with_their_parts_and_answers() {
    let long = "x".repeat(161);
    let part = Part::of([
        Question { text: "TIMER,60#", answers: &["OK!", &long] },
        // One character that the default alphabet lacks makes 70 the limit.
        Question { text: &format!("{}ł", "x".repeat(70)), answers: &[] },
        Question { text: &"x".repeat(160), answers: &["ok"] },
    ]);
    assert_eq!(part, Part { texts: 3, sent: 1 + 2 + 1, answers: 2 + 1 + 1, undocumented: 1 });
    let messages = Messages { questions: Part { sent: 3, ..part }, commands: part, reads: Part::default() };
    assert_eq!((messages.least(), messages.sent(), messages.answers()), (1 + 4, 3 + 4, 8));
    assert!(messages.assumptions().iter().any(|one| one.text.contains("each of the 2 answers")));
}

#[test]
fn prices_are_exact() {
    for (text, count, shown) in [
        ("0.07", 6, "0.42"),
        ("0.07", 0, "0.00"),
        ("0.0835", 3, "0.2505"),
        ("0.125", 1, "0.125"),
        ("12", 2, "24.00"),
        ("0.08", 9, "0.72"),
        ("0.0075", 3, "0.0225"),
        ("0.5", 1, "0.50"),
        ("0", 5, "0.00"),
    ] {
        assert_eq!(text.parse::<Price>().unwrap().times(count).to_string(), shown);
    }
    for text in ["", "-1", "0,07", ".5", "0.00001", "1e3", "9999999999"] {
        assert!(text.parse::<Price>().is_err(), "{text}");
    }
}

#[test]
fn days_are_known_where_charge_and_current_are() {
    let dec = |text: &str| Dec::parse(text.as_bytes());
    let battery = |mah: Option<&str>, ma: Option<&str>| Battery {
        capacity: mah.and_then(dec).map(|mah| Capacity { mah, source: "the platform".to_owned() }),
        current_ma: ma.and_then(dec),
    };
    // 700 mAh over 12.5 mA are 56 hours: 2.333 days.
    assert_eq!(battery(Some("700"), Some("12.5")).days(), dec("2.3"));
    assert_eq!(battery(Some("700"), Some("1")).days(), dec("29.2"));
    assert_eq!(battery(Some("700"), None).days(), None);
    assert_eq!(battery(None, Some("1")).days(), None);
    assert_eq!(battery(Some("700"), Some("0")).days(), None);
    assert_eq!(battery(Some("700"), Some("0.5")).assumptions().len(), 2);
}
