//! A tracker's own protocol as the question: against `homing listen`, and against servers of the test's own that answer
//! by hand, right, wrong, late and to somebody else. The bytes are of the protocols' papers, put together here.

use std::io::{Read, Write};
use std::net::{TcpListener, UdpSocket};
use std::thread;

use serde_json::Value;

use super::homing_run::{Homing, Said, all};
use super::running::Listening;

/// An IMEI of a type code that is kept for tests: no tracker has it. Its check digit: 1 + 1 + 7*2 - 9 = 7, and 3 makes 10.
const IMEI: &str = "001017000000003";

fn probe(endpoint: &str, protocol: &str, args: &[&str]) -> Said {
    Homing::new(&["probe", endpoint, "--imei", IMEI, "--protocol", protocol, "--format=json"])
        .args(args)
        .run()
}

fn result(said: &Said) -> Value {
    said.json()["results"][0].clone()
}

#[test]
fn the_listener_acknowledges_what_each_protocol_must_be_answered() {
    let rows = [
        ("gt06", "tcp"),
        ("eelink", "tcp"),
        ("eelink", "udp"),
        ("jt808", "tcp"),
        ("watch", "tcp"),
        ("meiligao", "tcp"),
        ("meiligao", "udp"),
    ];
    all(&rows, |(protocol, transport)| {
        let mut listener = Listening::start(&[]);
        let said = probe(&listener.endpoint(transport), protocol, &[]);
        let result = result(&said);
        assert_eq!((said.code, result["verdict"].as_str()), (0, Some("answered")), "{protocol}: {said}");
        assert!(result["evidence"]["received_bytes"].as_u64().unwrap() >= 7, "{said}");
        // What came was read as this protocol, names the tracker, and is no position.
        let heard = listener.until("message")["message"].clone();
        assert_eq!(heard["protocol"], *protocol, "{heard}");
        assert_ne!(heard["kind"], "position", "{heard}");
        assert!(heard["lat"].is_null(), "{heard}");
        let id = heard["device_id"].as_str().unwrap_or_default();
        if *protocol != "eelink" || *transport == "udp" {
            assert!(IMEI.trim_start_matches('0').starts_with(id.trim_start_matches('0')), "{heard}");
        }
    });
}

/// CRC-16/X-25, bit by bit (the catalogue's check value is 0x906E for "123456789").
fn x25(bytes: &[u8]) -> u16 {
    let mut crc = 0xFFFF_u16;
    for byte in bytes {
        crc ^= u16::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { crc >> 1 ^ 0x8408 } else { crc >> 1 };
        }
    }
    !crc
}

/// The answer of the GT06 paper to a login: `78 78 05 01`, the number, the CRC, `0D 0A`.
fn gt06_answer(number: u16) -> Vec<u8> {
    let [high, low] = number.to_be_bytes();
    let mut bytes = vec![0x78, 0x78, 5, 1, high, low];
    bytes.extend(x25(&bytes[2..]).to_be_bytes());
    bytes.extend([0x0D, 0x0A]);
    bytes
}

#[test]
fn the_hand_made_answer_is_the_one_of_the_paper() {
    assert_eq!(x25(b"123456789"), 0x906E);
    assert_eq!(gt06_answer(1), [0x78, 0x78, 5, 1, 0, 1, 0xD9, 0xDC, 0x0D, 0x0A]);
}

/// What a server does with a login.
#[derive(Debug, Clone, Copy)]
enum Answers {
    Right,
    /// In two pieces, and behind a command.
    Pieces,
    OtherNumber,
    BadSum,
    /// To a heartbeat (13) instead of a login.
    OtherType,
    Echo,
    Nothing,
    HangsUp,
}

/// The login it got, and what it says: `78 78 0D 01`, 8 bytes of identity, the number, the CRC, `0D 0A`.
fn answer(login: &[u8], answers: Answers) -> Vec<Vec<u8>> {
    let number = u16::from_be_bytes([login[12], login[13]]);
    let mut right = gt06_answer(number);
    match answers {
        Answers::Right => vec![right],
        Answers::Pieces => {
            // A command of the server (type 80), `STATUS#`, before the answer.
            let mut bytes = vec![0x78, 0x78, 0x12, 0x80, 0x0B, 0, 0, 0, 0];
            bytes.extend(b"STATUS#");
            bytes.extend([0, 2, 0, 9]);
            bytes[2] = u8::try_from(bytes.len() - 1).unwrap();
            bytes.extend(x25(&bytes[2..]).to_be_bytes());
            bytes.extend([0x0D, 0x0A]);
            bytes.extend(&right[..4]);
            vec![bytes, right[4..].to_vec()]
        }
        Answers::OtherNumber => vec![gt06_answer(number + 1)],
        Answers::BadSum => {
            right[6] ^= 0x20;
            vec![right]
        }
        Answers::OtherType => {
            right[3] = 0x13;
            let sum = x25(&right[2..6]).to_be_bytes();
            right[6..8].copy_from_slice(&sum);
            vec![right]
        }
        Answers::Echo => vec![login.to_vec()],
        Answers::Nothing | Answers::HangsUp => vec![],
    }
}

/// A login as the paper has it: checked before anything is answered.
fn check(login: &[u8]) {
    assert_eq!(login.len(), 18, "{login:02x?}");
    assert_eq!(&login[..4], [0x78, 0x78, 0x0D, 0x01], "{login:02x?}");
    assert_eq!(&login[4..12], [0x00, 0x01, 0x01, 0x70, 0x00, 0x00, 0x00, 0x03], "{login:02x?}");
    assert_eq!(&login[14..16], x25(&login[2..14]).to_be_bytes(), "{login:02x?}");
    assert_eq!(&login[16..], [0x0D, 0x0A], "{login:02x?}");
}

/// Serves as many as come; the frames it got are checked in its thread, which ends without an answer when one is wrong.
fn serve_tcp(answers: Answers) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let at = listener.local_addr().unwrap();
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut login = [0; 18];
            stream.read_exact(&mut login).unwrap();
            check(&login);
            for part in answer(&login, answers) {
                stream.write_all(&part).unwrap();
                thread::sleep(std::time::Duration::from_millis(50));
            }
            if !matches!(answers, Answers::HangsUp) {
                stream.read_to_end(&mut Vec::new()).ok();
            }
        }
    });
    format!("{at}/tcp")
}

fn serve_udp(answers: Answers) -> String {
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    let at = socket.local_addr().unwrap();
    thread::spawn(move || {
        let mut bytes = [0; 2048];
        while let Ok((count, from)) = socket.recv_from(&mut bytes) {
            check(&bytes[..count]);
            for part in answer(&bytes[..count], answers) {
                socket.send_to(&part, from).unwrap();
            }
        }
    });
    format!("{at}/udp")
}

#[test]
fn only_the_acknowledgement_of_this_login_is_an_answer() {
    let rows = [
        (Answers::Right, "answered", 0, "answered", 0),
        (Answers::Pieces, "answered", 0, "answered-unexpected", 1),
        (Answers::OtherNumber, "answered-unexpected", 1, "answered-unexpected", 1),
        (Answers::BadSum, "answered-unexpected", 1, "answered-unexpected", 1),
        (Answers::OtherType, "answered-unexpected", 1, "answered-unexpected", 1),
        (Answers::Echo, "answered-unexpected", 1, "answered-unexpected", 1),
        (Answers::Nothing, "open", 3, "open-or-filtered", 3),
        (Answers::HangsUp, "open-but-closes", 1, "open-or-filtered", 3),
    ];
    all(&rows, |(answers, tcp, tcp_code, udp, udp_code)| {
        let said = probe(&serve_tcp(*answers), "gt06", &["--timeout=2s"]);
        assert_eq!(
            (result(&said)["verdict"].as_str(), said.code),
            (Some(*tcp), *tcp_code),
            "{answers:?} {said}"
        );
        assert_eq!(result(&said)["evidence"]["sent_bytes"], 18, "{said}");
        let said = probe(&serve_udp(*answers), "gt06", &["--timeout=2s"]);
        assert_eq!(
            (result(&said)["verdict"].as_str(), said.code),
            (Some(*udp), *udp_code),
            "{answers:?} {said}"
        );
    });
}

#[test]
fn each_try_has_a_number_of_its_own() {
    let said = probe(&serve_tcp(Answers::Right), "gt06", &["--tries=3", "--spacing=10ms"]);
    let result = result(&said);
    assert_eq!(
        (result["verdict"].as_str(), &result["tries"]["good"]),
        (Some("answered"), &3.into()),
        "{said}"
    );
    // The last answer repeats the third number.
    let received = result["evidence"]["received"].as_str().unwrap();
    assert!(received.starts_with("787805010003"), "{said}");
}

#[test]
fn a_protocol_that_travels_by_tcp_alone_is_asked_over_tcp_unless_udp_is_named() {
    let endpoint = serve_tcp(Answers::Right);
    let said = probe(endpoint.trim_end_matches("/tcp"), "gt06", &[]);
    let results = said.json()["results"].as_array().unwrap().len();
    assert_eq!((said.code, results), (0, 1), "{said}");
}

#[test]
fn what_cannot_be_said_is_refused_before_anything_is_sent() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let endpoint = listener.local_addr().unwrap().to_string();
    for (args, words) in [
        (
            &["--imei", IMEI, "--protocol=startek"][..],
            &["startek has no login", "shown closed, not open"][..],
        ),
        (&["--imei", IMEI, "--protocol=gt60"], &["`gt60`", "did you mean gt06"]),
        (&["--imei=001017000000001", "--protocol=gt06"], &["ends in 1", "want 3"]),
        (&["--imei=00101700000000", "--protocol=gt06"], &["14 digits"]),
        // Printed by documents, with a right check digit.
        (&["--imei=490154203237518", "--protocol=gt06"], &["490154203237518", "example", "your own tracker"]),
        (&["--imei=356307042441013", "--protocol=gt06"], &["Teltonika"]),
        (&["--imei", IMEI], &["--protocol"]),
        (&["--protocol=gt06"], &["--imei"]),
        (&["--imei", IMEI, "--protocol=gt06", "--payload=text:a"], &["--payload"]),
    ] {
        let said = Homing::new(&["probe", &endpoint]).args(args).run();
        said.assert_err(2, words);
        assert!(listener.accept().is_err(), "somebody connected: {said}");
    }
    let said = Homing::new(&["probe", "--dry-run", &endpoint, "--imei", IMEI, "--protocol=gt06"]).run();
    assert!(said.code == 0 && said.says("the gt06 login of 001017000000003"), "{said}");
    assert!(listener.accept().is_err(), "somebody connected: {said}");
}
