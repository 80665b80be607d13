//! What a cable brings back from devices that answer in every way.

use super::super::{Courier, TroubleKind};
use super::support::device::{Device, Habits};
use super::support::hash::HashDevice;
use super::support::plain::{EchoDevice, GarbageDevice, ModemDevice, Scripted, SilentDevice};
use super::{Answer, BRIEF, PATIENT, ask, ask_briefly, ask_until, open, try_ask};

#[test]
fn a_command_is_written_as_it_is_and_its_answer_comes_back() {
    let device = HashDevice::plug(Habits::default());
    let mut cable = open(&device);
    let answer = ask(&mut cable, "TIMER,60#", "OK!");
    assert_eq!(answer.lines, ["OK!"]);
    assert_eq!((answer.echoed, answer.garbage, answer.bytes), (false, 0, 5));
    assert_eq!(device.commands(), ["TIMER,60#"]);
    assert_eq!(device.bytes_received(), "TIMER,60#\r\n".len());
}

#[test]
fn the_echo_is_taken_off_whole_and_byte_by_byte() {
    for one_byte_at_a_time in [false, true] {
        let device = HashDevice::plug(Habits { echo: true, one_byte_at_a_time, ..Habits::default() });
        let mut cable = open(&device);
        let answer = ask(&mut cable, "SERVER,1,d.plaspy.com,8888#", "OK!");
        assert_eq!(answer.lines, ["OK!"]);
        assert!(answer.echoed);
        assert_eq!(ask(&mut cable, "SERVER#", "8888,0").lines, ["SERVER,1,d.plaspy.com,8888,0"]);
    }
}

#[test]
fn an_answer_without_a_line_end_is_complete_once_it_is_quiet() {
    let device = HashDevice::plug(Habits { line_end: "", one_byte_at_a_time: true, ..Habits::default() });
    let answer = ask(&mut open(&device), "PARAM#", "AutoSleep:ENABLE");
    assert_eq!(answer.lines.len(), 1);
    assert!(answer.lines[0].starts_with("SN:355139089215765;APN:CMNET;"));
    assert!(!answer.cut);
}

#[test]
fn several_lines_and_every_line_end_come_back_as_lines() {
    let says = |_: &str| Some("one\rtwo\nthree\r\n\r\nlast".to_owned());
    let device = Device::plug(Scripted(says), Habits { echo: true, ..Habits::default() });
    let answer = ask(&mut open(&device), "STATUS#", "last");
    assert_eq!(answer.lines, ["one", "two", "three", "last"]);
}

#[test]
fn lines_that_stood_there_before_are_no_answer() {
    let device = HashDevice::plug(Habits::default());
    let mut cable = open(&device);
    device.say(b"Low battery\r\nboot ok");
    let answer = ask_until_late(&mut cable);
    assert_eq!(answer.late.join("|"), "Low battery|boot ok");
    assert!(answer.lines.iter().all(|line| line == "OK!"), "{:?}", answer.lines);
}

/// The notice needs a moment to arrive: asks until it was there before the command.
fn ask_until_late(cable: &mut super::Cable) -> Answer {
    while (cable.line.bytes_to_read().unwrap() as usize) < "Low battery\r\nboot ok".len() {
        std::thread::yield_now();
    }
    ask(cable, "TIMER,60#", "OK!")
}

#[test]
fn a_notice_between_command_and_answer_is_one_of_the_lines() {
    let device = HashDevice::plug(Habits { noise: Some("+CREG: 1"), echo: true, ..Habits::default() });
    let answer = ask(&mut open(&device), "GMT,E,0#", "OK!");
    assert_eq!(answer.lines, ["+CREG: 1", "OK!"]);
    assert!(answer.echoed && !answer.looks_like_modem());
}

#[test]
fn silence_is_an_empty_answer() {
    let device = SilentDevice::plug();
    let answer = ask_briefly(&mut open(&device), "PARAM#");
    assert!(answer.is_silent());
    assert_eq!(answer, Answer::default());
    assert_eq!(device.commands_once(1), ["PARAM#"]);
}

#[test]
fn a_device_that_only_echoes_is_known() {
    let device = EchoDevice::plug();
    let answer = ask_until(&mut open(&device), "PARAM#", Answer::only_echo);
    assert!(!answer.is_silent());
}

#[test]
fn noise_is_counted_and_told_from_text() {
    let device = GarbageDevice::plug();
    let answer = ask_until(&mut open(&device), "PARAM#", Answer::is_garbage);
    assert!(answer.garbage <= answer.bytes && !answer.lines.is_empty());
}

#[test]
fn a_modem_is_told_from_a_tracker() {
    let device = ModemDevice::plug();
    let mut cable = open(&device);
    ask_until(&mut cable, "VERSION#", Answer::only_echo);
    assert!(ask(&mut cable, "AT", "OK").looks_like_modem());
    let device = ModemDevice::plug_with(true, Habits::default());
    assert!(ask(&mut open(&device), "VERSION#", "ERROR").looks_like_modem());
}

#[test]
fn the_next_speed_is_tried_once_and_noise_is_forgotten() {
    let device = HashDevice::plug(Habits { garbage_for: 1, ..Habits::default() });
    let mut cable = open(&device);
    assert_eq!(cable.spec(), format!("cable:{}?baud=115200", device.path()));
    ask_until(&mut cable, "VERSION#", Answer::is_garbage);
    assert_eq!(cable.next_speed().unwrap(), Some(9600));
    assert_eq!((cable.speed(), cable.line.baud_rate().unwrap()), (9600, 9600));
    assert_eq!(cable.spec(), format!("cable:{}?baud=9600", device.path()));
    assert_eq!(ask(&mut cable, "VERSION#", "VERSION").late, Vec::<String>::new());
    assert_eq!(cable.next_speed().unwrap(), None);
    assert_eq!(cable.speed(), 9600);
}

#[test]
fn a_port_that_vanishes_before_the_answer_leaves_the_outcome_open() {
    let device = HashDevice::plug(Habits { vanish_after: Some(1), ..Habits::default() });
    let mut cable = open(&device);
    ask(&mut cable, "GMT,E,0#", "OK!");
    let trouble = try_ask(&mut cable, "TIMER,60#", "OK!", PATIENT).unwrap_err();
    assert_eq!(trouble.kind(), TroubleKind::Vanished);
    assert!(trouble.may_have_left());
    assert!(trouble.to_string().contains("vanished after the command was written"), "{trouble}");
    assert!(trouble.hint().unwrap().contains("cable"));
}

#[test]
fn a_port_that_vanishes_between_commands_says_that_nothing_left() {
    let mut device = HashDevice::plug(Habits::default());
    let mut cable = open(&device);
    ask(&mut cable, "GMT,E,0#", "OK!");
    device.vanish();
    let trouble = try_ask(&mut cable, "TIMER,60#", "OK!", PATIENT).unwrap_err();
    assert_eq!(trouble.kind(), TroubleKind::Vanished);
    assert!(!trouble.may_have_left());
    assert_eq!(cable.next_speed().unwrap_err().kind(), TroubleKind::Vanished);
}

#[test]
fn a_tracker_that_answers_and_restarts_has_answered() {
    let device = HashDevice::plug(Habits::default());
    let mut cable = open(&device);
    let mut device = Some(device);
    let mut enough = |answer: &Answer| {
        let answered = answer.lines.iter().any(|line| line.starts_with("OK"));
        if answered {
            device.take();
        }
        answered
    };
    let answer = cable.ask(b"FACTORY#\r\n", PATIENT, &mut enough).unwrap();
    assert_eq!(answer.lines, ["OK, The terminal will restart after 20 seconds!"]);
}

#[test]
fn a_port_that_never_stops_talking_is_a_flood() {
    let log = "D/gnss: no fix, 3 satellites in view\r\n".repeat(1000);
    let device = Device::plug(Scripted(move |_: &str| Some(log.clone())), Habits::default());
    let trouble = try_ask(&mut open(&device), "PARAM#", "OK!", PATIENT).unwrap_err();
    assert_eq!(trouble.kind(), TroubleKind::Flood);
    assert!(trouble.may_have_left());
}

#[test]
fn a_line_that_takes_nothing_is_not_waited_for_without_end() {
    let device = SilentDevice::plug();
    let mut cable = open(&device);
    device.stop_reading();
    let much = vec![b'x'; 200_000];
    let trouble = cable.ask(&much, BRIEF, &mut |_: &Answer| false).unwrap_err();
    assert_eq!(trouble.kind(), TroubleKind::Blocked);
}
