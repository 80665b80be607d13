//! `listen --send`: a step on the tracker's own connection. The tracker is written by hand from the maker's paper
//! (V1.6, section 2): `&&`, a number, a length, its ID, a command, data, a sum.

use std::io::{Read, Write};
use std::net::{TcpStream, UdpSocket};
use std::time::Duration;

use serde_json::json;

use super::check::{Edit, Schema};
use super::homing_run::{Homing, all};
use super::running::Listening;

const IMEI: &str = "869912033012424";

/// What a captured tracker said of its place.
const PLACE: &str =
    "000,0,,260224044557,V,-38.093638,145.175618,0,0.0,0,0,0,736,505|1|30A5|081A1F02,14,0010,00,00,0000|019A";

/// The computed frame of the facts: server, port and transport of the platform.
const SERVER: &[u8] = b"$$:40,869912033012424,100,1,d.plaspy.com,888802\r\n";

/// A frame of a tracker.
fn frame(number: char, id: &str, words: &str) -> Vec<u8> {
    let content = format!(",{id},{words}");
    let summed = format!("&&{number}{}{content}", content.len());
    let sum = summed.bytes().fold(0_u8, u8::wrapping_add);
    format!("{summed}{sum:02X}\r\n").into_bytes()
}

fn sending(step: &str, more: &[&str]) -> Listening {
    let args = [&["--profile=istartek-vt", "--imei", IMEI, "--send", step][..], more].concat();
    Listening::start(&args)
}

/// Reads a frame of the server.
fn hear(socket: &mut TcpStream, length: usize) -> Vec<u8> {
    socket.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let mut heard = vec![0; length];
    socket.read_exact(&mut heard).unwrap();
    heard
}

#[test]
fn the_frame_of_the_hand_written_tracker_is_as_a_captured_one() {
    let captured = "&&:120,867747070319866,000,0,,260224044557,V,-38.093638,145.175618,0,0.0,0,0,0,736,505|1|30A5|081A1F02,14,0010,00,00,0000|019AE4";
    assert_eq!(frame(':', "867747070319866", PLACE), format!("{captured}\r\n").into_bytes());
}

#[test]
fn only_the_tracker_that_is_meant_is_sent_it_and_only_its_answer_counts() {
    let mut listening = sending("server", &[]);
    let mut other = TcpStream::connect(listening.at("tcp")).unwrap();
    other.write_all(&frame('A', "868123050000018", PLACE)).unwrap();
    listening.until("message");
    let mut tracker = TcpStream::connect(listening.at("tcp")).unwrap();
    let mut damaged = frame('A', IMEI, PLACE);
    let end = damaged.len() - 3;
    damaged[end] ^= 1;
    tracker.write_all(&damaged).unwrap();
    listening.until("message");
    assert_eq!(listening.all("sent").len(), 0);
    tracker.write_all(&frame('A', IMEI, PLACE)).unwrap();
    let sent = listening.until("sent");
    assert_eq!(listening.all("message").len(), 3, "not before the whole frame of the right tracker");
    assert_eq!((&sent["step"], &sent["peer"]), (&json!("server"), &json!(2)));
    assert_eq!(sent["shown"], std::str::from_utf8(SERVER).unwrap().trim_end());
    assert_eq!(hear(&mut tracker, SERVER.len()), SERVER);
    // The number without an answer, an answer with another number, and an answer of somebody else.
    tracker.write_all(&frame(':', IMEI, PLACE)).unwrap();
    tracker.write_all(&frame(';', IMEI, "100,OK")).unwrap();
    other.write_all(&frame(':', "868123050000018", "100,OK")).unwrap();
    for _ in 0..3 {
        listening.until("message");
    }
    assert_eq!(listening.all("reply").len(), 0);
    tracker.write_all(&frame(':', IMEI, "100,OK")).unwrap();
    assert_eq!(listening.end().0, 0);
    let reply = listening.all("reply")[0];
    assert_eq!((&reply["means"], &reply["text"]), (&json!("ok"), &json!("100,OK")), "{reply}");
    let mut rest = Vec::new();
    tracker.read_to_end(&mut rest).ok();
    assert_eq!(rest, b"", "it was sent once");
    assert_eq!(other.read(&mut [0; 16]).unwrap_or(0), 0, "the other tracker was sent nothing");
}

#[test]
fn a_question_is_asked_and_its_values_are_shown_over_udp_too() {
    let mut listening = sending("status", &[]);
    let tracker = UdpSocket::bind("127.0.0.1:0").unwrap();
    tracker.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    tracker.connect(listening.at("udp")).unwrap();
    tracker.send(&frame('A', IMEI, PLACE)).unwrap();
    let mut room = [0; 64];
    let read = tracker.recv(&mut room).unwrap();
    // The facts have it with the number `@` and the sum E2; `:` is six less.
    assert_eq!(room[..read], *b"$$:20,869912033012424,802DC\r\n");
    // The words of V1.6's own example.
    tracker.send(&frame(':', IMEI, "802,0000000F,03,01,31,12,4.15,00.00")).unwrap();
    assert_eq!(listening.end().0, 0);
    let (schema, reply) = (Schema::of("homing.listen-event/1"), listening.all("reply")[0]);
    assert_eq!(reply["means"], "value");
    assert_eq!(
        (&reply["values"]["battery_v"], &reply["values"]["csq"]),
        (&json!("4.15"), &json!("31")),
        "{reply}"
    );
    schema.accepts(listening.all("sent")[0]);
    schema.refuses(
        reply,
        &[
            ("/means", Edit::To(json!("perhaps"))),
            ("/values/csq", Edit::To(json!(31))),
            ("/text", Edit::Gone),
            ("/step", Edit::To(json!(""))),
        ],
    );
}

#[test]
fn what_the_tracker_says_decides_how_it_ends() {
    let rows = [
        ("100,Unsupport", 1, json!("unsupported")),
        ("100,ok", 0, json!("ok")),
        ("100,whatever", 3, json!(null)),
    ];
    all(&rows, |(words, exit, means)| {
        let mut listening = sending("server", &[]);
        let mut tracker = TcpStream::connect(listening.at("tcp")).unwrap();
        tracker.write_all(&frame('A', IMEI, PLACE)).unwrap();
        hear(&mut tracker, SERVER.len());
        tracker.write_all(&frame(':', IMEI, words)).unwrap();
        let (code, err) = listening.end();
        assert_eq!(code, *exit, "{words}: {err}");
        let reply = listening.all("reply")[0];
        assert_eq!(reply["means"], *means, "{words}");
        Schema::of("homing.listen-event/1").accepts(reply);
    });
}

#[test]
fn a_tracker_that_comes_back_is_not_sent_it_again() {
    let mut listening = sending("server", &["--for=3s"]);
    let mut tracker = TcpStream::connect(listening.at("tcp")).unwrap();
    tracker.write_all(&frame('A', IMEI, PLACE)).unwrap();
    hear(&mut tracker, SERVER.len());
    drop(tracker);
    listening.until("closed");
    let mut tracker = TcpStream::connect(listening.at("tcp")).unwrap();
    tracker.write_all(&frame('B', IMEI, PLACE)).unwrap();
    let mut heard = Vec::new();
    tracker.read_to_end(&mut heard).ok();
    assert_eq!(heard, b"");
    let (code, err) = listening.end();
    assert_eq!((code, listening.all("sent").len()), (3, 1), "{err}");
    assert!(err.contains("whether 869912033012424 took it is not known"), "{err}");
}

#[test]
fn a_tracker_of_another_protocol_is_not_sent_it() {
    let args = ["--profile=istartek-vt", "--device-id=8800000015", "--send=status", "--for=2s"];
    let mut listening = Listening::start(&args);
    let tracker = UdpSocket::bind("127.0.0.1:0").unwrap();
    tracker.send_to(b"[SG*8800000015*0002*LK]", listening.at("udp")).unwrap();
    let message = listening.until("message");
    assert_eq!(message["message"]["device_id"], "8800000015");
    let (code, err) = listening.end();
    assert_eq!((code, listening.all("sent").len()), (3, 0), "{err}");
    assert!(err.contains("status was not sent: 8800000015 did not speak startek here"), "{err}");
}

#[test]
fn what_cannot_be_sent_is_told_before_anything_is_heard() {
    let run = |args: &[&str]| Homing::new(&["listen", "--tcp=0", "--for=100ms"]).args(args).run();
    let vt = ["--profile=istartek-vt", "--imei", IMEI];
    run(&vt[1..]).assert_err(2, &["for --send, which is not given"]);
    run(&["--send=status"]).assert_err(2, &["--profile"]);
    run(&["--send=status", "--profile=istartek-vt"])
        .assert_err(2, &["--send does not say to whom", "--imei"]);
    run(&[&vt[..], &["--send=statos"]].concat()).assert_err(2, &["statos", "status"]);
    run(&[&vt[..], &["--send=status", "--relay=127.0.0.1:9"]].concat()).assert_err(2, &["--relay"]);
    run(&["--send=status", "--profile=istartek-pt32", "--imei", IMEI]).assert_err(2, &["link"]);
    let erases = [&vt[..], &["--send=factory-keep-link"]].concat();
    run(&erases).assert_err(2, &["--destructive"]);
    run(&[&erases[..], &["--destructive"]].concat()).assert_err(3, &["was not sent"]);
}
