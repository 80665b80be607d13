//! What a listener hears, says, answers and writes down.

use std::io::{BufRead as _, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream, UdpSocket};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::json;

use super::check::{Edit, Schema};
use super::homing_run::Homing;
use super::running::{ANSWER, LOGIN, Listening};

#[test]
fn the_last_message_asked_for_is_answered_and_ends_it() {
    let mut listening = Listening::start(&["--count=2"]);
    let mut socket = TcpStream::connect(listening.at("tcp")).unwrap();
    socket.write_all(LOGIN).unwrap();
    let mut answer = [0; 10];
    socket.read_exact(&mut answer).unwrap();
    assert_eq!(answer, ANSWER);
    socket.write_all(b"\x78\x78\x0A\x13\x40\x04\x04\x00\x01\x00\x0F\xDC\xEE\x0D\x0A").unwrap();
    socket.read_exact(&mut answer).unwrap();
    assert_eq!(answer, *b"\x78\x78\x05\x13\x00\x0F\x00\x8F\x0D\x0A");
    let (code, _) = listening.end();
    assert_eq!(code, 0);
    let messages = listening.all("message");
    assert_eq!(messages.len(), 2);
    for message in &messages {
        assert_eq!(message["message"]["device_id"], "123456789012345");
        assert_eq!(message["message"]["protocol"], "gt06");
    }
    assert_eq!(listening.all("answered")[0]["raw"], "787805010001D9DC0D0A");
    assert_eq!(listening.all("summary")[0]["messages"], 2);
}

#[test]
fn lines_are_as_their_schema_says() {
    let schema = Schema::of("homing.listen-event/1");
    let mut listening = Listening::start(&["--first=300ms"]);
    let _silent = TcpStream::connect(listening.at("tcp")).unwrap();
    let mut tracker = TcpStream::connect(listening.at("tcp")).unwrap();
    tracker.write_all(&[LOGIN, b"\x80\x81", &LOGIN[..10]].concat()).unwrap();
    tracker.shutdown(Shutdown::Write).unwrap();
    let mut scanner = TcpStream::connect(listening.at("tcp")).unwrap();
    scanner.write_all(b"GET / HTTP/1.1\r\n\r\n").unwrap();
    let datagram = UdpSocket::bind("127.0.0.1:0").unwrap();
    datagram.send_to(b"[3G*8800000015*0009*LK,0,0,50]", listening.at("udp")).unwrap();
    for _ in 0..3 {
        listening.until("closed");
    }
    listening.interrupt();
    assert_eq!(listening.end().0, 130);
    let mut kinds: Vec<&str> = listening.said.iter().map(|line| line["type"].as_str().unwrap()).collect();
    for line in &listening.said {
        schema.accepts(line);
    }
    kinds.sort_unstable();
    kinds.dedup();
    assert_eq!(kinds, ["answered", "closed", "listening", "message", "opened", "strange", "summary"]);
    let whys: Vec<_> =
        listening.all("closed").iter().map(|line| line["why"].as_str().unwrap().to_owned()).collect();
    for why in ["silent", "closed", "foreign"] {
        assert!(whys.contains(&why.to_owned()), "{whys:?}");
    }
    let message = listening.all("message")[0];
    schema.refuses(
        message,
        &[
            ("/schema", Edit::To(json!("homing.listen-event/2"))),
            ("/peer", Edit::To(json!(0))),
            ("/way", Edit::To(json!("sideways"))),
            ("/message/protocol", Edit::Gone),
            ("/message", Edit::Gone),
        ],
    );
}

#[test]
fn nothing_heard_proves_nothing() {
    let said = Homing::new(&["listen", "--tcp=0", "--for=100ms"]).run();
    said.assert_err(3, &["only programs on this machine can reach it", "0 messages"]);
    // One of two that were asked for is not enough.
    let mut listening = Listening::start(&["--count=2", "--for=2s"]);
    let mut socket = TcpStream::connect(listening.at("tcp")).unwrap();
    socket.write_all(LOGIN).unwrap();
    assert_eq!(listening.end().0, 3);
}

#[test]
fn ctrl_c_ends_with_a_summary() {
    let mut listening = Listening::start(&[]);
    let mut socket = TcpStream::connect(listening.at("tcp")).unwrap();
    socket.write_all(LOGIN).unwrap();
    listening.until("answered");
    listening.interrupt();
    let (code, err) = listening.end();
    assert_eq!(code, 130);
    let summary = listening.all("summary")[0];
    assert_eq!((&summary["ended"], &summary["exit"]), (&json!("interrupted"), &json!(130)));
    assert!(err.contains("1 message in 1 frame, 1 answered"), "{err}");
}

#[test]
fn a_port_in_use_is_this_machines_fault_and_says_what_helps() {
    let held = TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = held.local_addr().unwrap();
    let said = Homing::new(&["listen", &format!("--tcp={taken}")]).run();
    said.assert_err(4, &[&taken.to_string(), "hint: another program listens there"]);
    drop(held);
}

#[test]
fn addresses_that_are_none_are_wrong_usage() {
    for address in ["localhost:8888", "70000", "1.2.3"] {
        let said = Homing::new(&["listen", "--tcp", address]).run();
        said.assert_err(2, &["0.0.0.0", "192.168.1.20:8888"]);
    }
}

#[test]
fn at_all_addresses_each_one_is_told_with_who_can_come_there() {
    let said = Homing::new(&["listen", "--udp=0.0.0.0:0", "--for=100ms"]).run();
    said.assert_err(
        3,
        &["listening at 0.0.0.0:", "as 127.0.0.1: only programs on this machine can reach it"],
    );
}

#[test]
fn words_of_a_tracker_cannot_drive_the_terminal() {
    let mut listener = Homing::new(&["listen", "--tcp=0", "--count=1", "--for=20s"])
        .command()
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut err = std::io::BufReader::new(listener.stderr.take().unwrap());
    let mut line = String::new();
    std::io::BufRead::read_line(&mut err, &mut line).unwrap();
    let at = line.trim().trim_start_matches("listening at ").split('/').next().unwrap().to_owned();
    let mut socket = TcpStream::connect(at).unwrap();
    // A reply with an escape sequence in it, by V1.6, section 2.1.
    let mut frame = b"&&B17,CAR12,137,\x1b[2J\x07".to_vec();
    let sum = frame.iter().fold(0_u8, |sum, byte| sum.wrapping_add(*byte));
    frame.extend_from_slice(format!("{sum:02X}\r\n").as_bytes());
    socket.write_all(&frame).unwrap();
    drop(socket);
    let mut out = String::new();
    listener.stdout.take().unwrap().read_to_string(&mut out).unwrap();
    listener.wait().unwrap();
    assert!(out.contains("CAR12"), "{out}");
    assert!(!out.chars().any(|c| c.is_control() && c != '\n'), "{out:?}");
}

/// Whether a program of others is there; where tests have to have it, its absence is a failure.
pub(crate) fn has(program: &str) -> bool {
    let found =
        Command::new("sh").args(["-c", &format!("command -v {program}")]).output().unwrap().status.success();
    let required = std::env::var_os("HOMING_REQUIRE_STRANGERS").is_some_and(|value| value == "1");
    assert!(found || !required, "{program} is not there");
    found
}

#[test]
fn netcat_gets_the_answer_of_the_paper_over_tcp_and_udp() {
    if !has("nc") {
        return;
    }
    let mut listening = Listening::start(&[]);
    for (transport, flags) in [("tcp", &["-N", "-w", "5"][..]), ("udp", &["-u", "-w", "1"])] {
        let at = listening.at(transport);
        let mut nc = Command::new("nc")
            .args(flags)
            .args([at.ip().to_string(), at.port().to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        nc.stdin.take().unwrap().write_all(LOGIN).unwrap();
        assert_eq!(nc.wait_with_output().unwrap().stdout, ANSWER, "{transport}");
        assert_eq!(listening.until("message")["transport"], transport);
    }
}

/// Waits until a file has so many bytes: what was sent before was heard then, in a read of its own.
fn grows(path: &Path, bytes: u64) {
    for _ in 0..1_000 {
        if std::fs::metadata(path).is_ok_and(|file| file.len() >= bytes) {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("{} stays short of {bytes} bytes", path.display());
}

#[test]
fn a_recording_holds_what_came_with_its_time() {
    let folder = tempfile::tempdir().unwrap();
    let (log, pcap) = (folder.path().join("day.log"), folder.path().join("day.pcap"));
    for path in [&log, &pcap] {
        let mut listening = Listening::start(&["--count=3", "--record", path.to_str().unwrap()]);
        let mut socket = TcpStream::connect(listening.at("tcp")).unwrap();
        socket.write_all(&LOGIN[..7]).unwrap();
        // The head of a packet capture, two packets that open the connection, and one with seven bytes.
        grows(path, if path == &log { 1 } else { 24 + 2 * 56 + 63 });
        socket.write_all(&LOGIN[7..]).unwrap();
        socket.read_exact(&mut [0; 10]).unwrap();
        drop(socket);
        listening.until("closed");
        let datagram = UdpSocket::bind("127.0.0.1:0").unwrap();
        for _ in 0..2 {
            datagram.send_to(b"[SG*8800000015*0002*LK]", listening.at("udp")).unwrap();
        }
        assert_eq!(listening.end().0, 0);
    }
    let text = std::fs::read_to_string(&log).unwrap();
    let lines: Vec<Vec<&str>> = text.lines().map(|line| line.split(' ').collect()).collect();
    assert_eq!(lines.len(), 4, "{text}");
    for line in &lines {
        assert!(line[0].ends_with('Z') && line[0].len() == 24, "{text}");
    }
    assert_eq!([lines[0][3], lines[1][3]].concat(), "78780D01012345678901234500018CDD0D0A");
    assert_eq!((lines[2][1], lines[2][3]), ("udp", "5B53472A383830303030303031352A303030322A4C4B5D"));
    for path in [&log, &pcap] {
        let said = Homing::new(&["decode", path.to_str().unwrap(), "--format=ndjson"]).run();
        assert_eq!(said.code, 0, "{said}");
        let messages: Vec<serde_json::Value> =
            said.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        // The packet capture has the answers too; a watch's are the same frames as what they answer.
        let mut ids: Vec<_> = messages.iter().map(|message| message["device_id"].as_str().unwrap()).collect();
        assert_eq!(ids.len(), if path == &log { 3 } else { 6 }, "{said}");
        ids.dedup();
        assert_eq!(ids, ["123456789012345", "8800000015"], "{said}");
        assert!(!said.err.contains("second-server"), "an answer is no second server: {said}");
    }
    let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&log).unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600, "it tells where people are");
    if has("tcpdump") {
        let said = Command::new("tcpdump").args(["-nvvr", pcap.to_str().unwrap()]).output().unwrap();
        let said = String::from_utf8(said.stdout).unwrap();
        assert_eq!(said.matches("(correct)").count() + said.matches("udp sum ok").count(), 7 + 4, "{said}");
        assert!(!said.contains("incorrect") && !said.contains("bad"), "{said}");
        for part in ["Flags [S]", "Flags [S.]", "seq 1:8", "seq 8:19", "seq 1:11, ack 19", "Flags [F.]"] {
            assert!(said.contains(part), "{part} is not in\n{said}");
        }
    }
}

#[test]
fn a_recording_that_is_there_is_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("day.log");
    std::fs::write(&path, "a day of work").unwrap();
    let said = Homing::new(&["listen", "--tcp=0", "--for=1s", "--record", path.to_str().unwrap()]).run();
    said.assert_err(2, &["is there already, and is left as it is", "name another file"]);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "a day of work");
    // A device holds nothing that could be lost.
    assert_eq!(Homing::new(&["listen", "--tcp=0", "--for=100ms", "--record=/dev/null"]).run().code, 3);
}

#[test]
fn what_may_be_a_frame_or_anything_is_not_counted_as_heard() {
    // Two thousand bytes of no meaning, and a frame of which nothing fits but its brackets.
    let mut number = 7_u32;
    let mut junk: Vec<u8> = (0..2000)
        .map(|_| {
            number = number.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            number.to_be_bytes()[0]
        })
        .collect();
    junk.extend(b"\x7e\x2e\0\0\0\0\x30\x5b\xfc\x01\0\0\0\0\0\0\0\0\x7e");
    let mut listening = Listening::start(&["--count=1", "--for=2s"]);
    let mut tracker = TcpStream::connect(listening.at("tcp")).unwrap();
    tracker.write_all(&junk).unwrap();
    drop(tracker);
    let (code, err) = listening.end();
    let summary = listening.said.last().unwrap();
    assert_eq!(
        (code, &summary["messages"], &summary["frames"]),
        (3, &json!(0), &json!(0)),
        "{summary:#} {err}"
    );
    assert!(summary["possible"].as_u64().unwrap() > 0, "{summary:#}");
    let closed = listening.said.iter().find(|line| line["type"] == "closed").unwrap();
    assert_eq!(closed["messages"], 0, "{closed:#}");
    // For people it says so in its line and at the end.
    let mut child = Homing::new(&["listen", "--tcp=0", "--for=3s"]).command();
    let mut child = child.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut err = BufReader::new(child.stderr.take().unwrap());
    let mut first = String::new();
    err.read_line(&mut first).unwrap();
    let at = first.split(' ').find_map(|word| word.strip_suffix("/tcp:")).unwrap();
    TcpStream::connect(at).unwrap().write_all(&junk[2000..]).unwrap();
    let (mut out, mut rest) = (String::new(), String::new());
    child.stdout.take().unwrap().read_to_string(&mut out).unwrap();
    err.read_to_string(&mut rest).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(3), "{out}{rest}");
    assert!(out.contains("> possible: jt808"), "{out}");
    assert!(rest.contains("1 thing that came may be a frame of a tracker, and nothing proves it"), "{rest}");
}

#[test]
fn a_reader_that_goes_away_ends_the_listener_however_much_waits_to_be_read() {
    let run = Homing::new(&["listen", "--tcp=0", "--format=ndjson", "--for=50s"]);
    let mut child = run.command().stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap());
    let mut first = String::new();
    lines.read_line(&mut first).unwrap();
    let listening: serde_json::Value = serde_json::from_str(&first).unwrap();
    let at = listening["addresses"][0]["address"].as_str().unwrap().to_owned();
    drop(lines);
    // More than may wait, from a sender that does not care whether anybody reads.
    let mut tracker = TcpStream::connect(at).unwrap();
    let many = LOGIN.repeat(1000);
    for _ in 0..40 {
        if tracker.write_all(&many).is_err() {
            break;
        }
    }
    let end = std::time::Instant::now() + std::time::Duration::from_secs(20);
    while child.try_wait().unwrap().is_none() {
        assert!(std::time::Instant::now() < end, "it hangs");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}

#[test]
fn a_file_that_cannot_be_written_is_told_before_anything_is_heard() {
    let said = Homing::new(&["listen", "--tcp=0", "--record=/nonexistent/day.log"]).run();
    said.assert_err(4, &["/nonexistent/day.log cannot be written"]);
}

#[test]
fn an_echo_shows_the_address_that_came() {
    let mut listening = Listening::start(&["--echo", "--count=1"]);
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    socket.send_to(b"where am I", listening.at("udp")).unwrap();
    let mut room = [0; 64];
    let read = socket.recv(&mut room).unwrap();
    assert_eq!(&room[..read], b"where am I");
    assert_eq!(listening.end().0, 0);
    let echoed = listening.all("echoed")[0];
    assert_eq!(echoed["from"], socket.local_addr().unwrap().to_string());
    Schema::of("homing.listen-event/1").accepts(echoed);
}
