//! A listener between a tracker and its server.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::thread;

use super::homing_run::Homing;
use super::running::{ANSWER, LOGIN, Listening};

#[test]
fn both_directions_are_shown_and_unchanged() {
    let server = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut listening = Listening::start(&["--relay", &server.local_addr().unwrap().to_string()]);
    let mut tracker = TcpStream::connect(listening.at("tcp")).unwrap();
    let (mut server, _) = server.accept().unwrap();
    tracker.write_all(LOGIN).unwrap();
    let mut room = [0; 18];
    server.read_exact(&mut room).unwrap();
    assert_eq!(room, LOGIN);
    server.write_all(ANSWER).unwrap();
    server.shutdown(Shutdown::Write).unwrap();
    tracker.shutdown(Shutdown::Write).unwrap();
    let mut back = Vec::new();
    tracker.read_to_end(&mut back).unwrap();
    assert_eq!(back, ANSWER);
    listening.until("closed");
    let ways: Vec<_> = listening.all("message").iter().map(|line| line["way"].clone()).collect();
    assert_eq!(ways, ["up", "down"]);
    assert!(listening.all("answered").is_empty());
}

#[test]
fn what_the_server_says_is_the_servers_where_the_tracker_says_the_same() {
    let server = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut listening = Listening::start(&["--relay", &server.local_addr().unwrap().to_string()]);
    let mut tracker = TcpStream::connect(listening.at("tcp")).unwrap();
    let (mut server, _) = server.accept().unwrap();
    let beat = b"[SG*8800000015*0002*LK]";
    tracker.write_all(beat).unwrap();
    server.read_exact(&mut [0; 23]).unwrap();
    server.write_all(beat).unwrap();
    tracker.read_exact(&mut [0; 23]).unwrap();
    tracker.shutdown(Shutdown::Write).unwrap();
    drop(server);
    listening.until("closed");
    let messages = listening.all("message");
    let said: Vec<_> = messages
        .iter()
        .map(|line| [&line["way"], &line["message"]["direction"], &line["message"]["kind"]])
        .collect();
    assert_eq!(said, [["up", "up", "heartbeat"], ["down", "down", "acknowledgement"]]);
}

#[test]
fn a_megabyte_through_netcat_and_back_is_the_same() {
    if !super::hearing::has("nc") {
        return;
    }
    let server = TcpListener::bind("127.0.0.1:0").unwrap();
    let mut listening = Listening::start(&["--relay", &server.local_addr().unwrap().to_string()]);
    let sent: Vec<u8> =
        (0..1_000_000_u64).map(|number| (number.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    // The server sends back what comes, so that both directions are full at one time.
    let echo = thread::spawn(move || {
        let (mut socket, _) = server.accept().unwrap();
        let mut room = vec![0; 3_000];
        loop {
            match socket.read(&mut room).unwrap() {
                0 => break,
                read => socket.write_all(&room[..read]).unwrap(),
            }
        }
    });
    let at = listening.at("tcp");
    // Somebody reads what it tells of so much noise: a listener whose words nobody takes waits for its reader.
    let reading = thread::spawn(move || {
        listening.until("closed");
    });
    let mut nc = Command::new("nc")
        .args(["-N", &at.ip().to_string(), &at.port().to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = nc.stdin.take().unwrap();
    let bytes = sent.clone();
    let writing = thread::spawn(move || stdin.write_all(&bytes).unwrap());
    let back = nc.wait_with_output().unwrap().stdout;
    writing.join().unwrap();
    echo.join().unwrap();
    reading.join().unwrap();
    assert!(back == sent, "{} bytes came back", back.len());
}

#[test]
fn a_circle_and_a_server_without_an_address_are_refused() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let said = Homing::new(&["listen", &format!("--tcp={free}"), &format!("--relay={free}")]).run();
    said.assert_err(2, &["is where homing itself listens", "hint: relay to the server"]);
    let said = Homing::new(&["listen", "--tcp=0", "--relay=not a host"]).run();
    said.assert_err(2, &["not a host"]);
    let said = Homing::new(&["listen", "--tcp=0", "--relay=127.0.0.1:9", "--echo"]).run();
    assert_eq!(said.code, 2, "{said}");
}

#[test]
fn a_server_that_is_not_there_is_told() {
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let mut listening = Listening::start(&["--relay", &nobody.to_string()]);
    let _tracker = TcpStream::connect(listening.at("tcp")).unwrap();
    assert_eq!(listening.until("closed")["why"], "upstream");
}
