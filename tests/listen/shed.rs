//! Peers that only take up room: they are sent away, and a tracker beside them notices nothing.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use super::running::{ANSWER, LOGIN, Listening};

/// A watch's sound may have 65,535 bytes (the length in the head); this one is dripped and never ends.
const BEGUN: &[u8] = b"[3G*8800000015*FFFF*TK,";

/// Writes one byte after the other until the other side has had enough of it, and says whether that came.
fn drip(mut socket: TcpStream) -> bool {
    for byte in BEGUN.iter().chain(std::iter::repeat(&b'x')).take(600) {
        if socket.write_all(&[*byte]).is_err() {
            return true;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    false
}

#[test]
fn silent_and_dripping_peers_are_shed_while_a_tracker_beside_them_stays() {
    let mut listening = Listening::start(&["--first=1s", "--frame=500ms"]);
    let at = listening.at("tcp");
    let mut tracker = TcpStream::connect(at).unwrap();
    tracker.write_all(LOGIN).unwrap();
    let mut answer = [0; 10];
    tracker.read_exact(&mut answer).unwrap();
    let mut silent: Vec<TcpStream> = (0..20).map(|_| TcpStream::connect(at).unwrap()).collect();
    let dripping: Vec<_> = (0..20)
        .map(|_| {
            let socket = TcpStream::connect(at).unwrap();
            std::thread::spawn(move || drip(socket))
        })
        .collect();
    for _ in 0..40 {
        listening.until("closed");
    }
    for socket in &mut silent {
        // In good order or by force: nothing more comes.
        assert_eq!(socket.read(&mut [0; 16]).unwrap_or(0), 0);
    }
    for dripper in dripping {
        assert!(dripper.join().unwrap(), "it dripped for half a minute");
    }
    tracker.write_all(LOGIN).unwrap();
    tracker.read_exact(&mut answer).unwrap();
    assert_eq!(answer, ANSWER);
    listening.interrupt();
    listening.end();
    let mut whys: Vec<&str> =
        listening.all("closed").iter().map(|line| line["why"].as_str().unwrap()).collect();
    whys.sort_unstable();
    assert_eq!(whys, [["drip"; 20], ["silent"; 20]].concat());
    let summary = listening.all("summary")[0];
    assert_eq!((&summary["messages"], &summary["open"]), (&2.into(), &1.into()), "{summary}");
}
