//! A name server of the test's own: what it answers is told by the first label of the name asked for. It reads and
//! writes DNS by hand (RFC 1035), so that nothing is proven by the library under test.

use std::net::{SocketAddr, UdpSocket};
use std::thread;

const A: u16 = 1;
const CNAME: u16 = 5;
const AAAA: u16 = 28;

/// Serves names at this address; the calling thread's network namespace is the server's.
pub(crate) fn serve(address: SocketAddr) -> SocketAddr {
    let socket = UdpSocket::bind(address).unwrap();
    let own = socket.local_addr().unwrap();
    thread::spawn(move || {
        let mut bytes = [0; 1500];
        while let Ok((count, from)) = socket.recv_from(&mut bytes) {
            for answer in answers(&bytes[..count]) {
                socket.send_to(&answer, from).ok();
            }
        }
    });
    own
}

fn answers(question: &[u8]) -> Vec<Vec<u8>> {
    let mut labels = Vec::new();
    let mut at = 12;
    while question[at] != 0 {
        let length = usize::from(question[at]);
        labels.push(String::from_utf8(question[at + 1..=at + length].to_vec()).unwrap().to_lowercase());
        at += 1 + length;
    }
    let kind = u16::from_be_bytes([question[at + 1], question[at + 2]]);
    let asked = &question[12..at + 5];
    let reply = |code: u8, records: &[Vec<u8>]| {
        let mut bytes = vec![question[0], question[1], 0x81, 0x80 | code, 0, 1];
        bytes.extend(u16::try_from(records.len()).unwrap().to_be_bytes());
        bytes.extend([0, 0, 0, 0]);
        bytes.extend(asked);
        bytes.extend(records.concat());
        bytes
    };
    let v4 = |name: &str, last: u8| record(name, A, 300, &[10, 231, 2, last]);
    let v6 = |name: &str| record(name, AAAA, 300, &[0xfd, 0, 2, 0x31, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2]);
    let name = labels.join(".");
    let first = labels.first().map(String::as_str).unwrap_or_default();
    let none = || vec![reply(0, &[])];
    match (first, kind) {
        ("good", A) => vec![reply(0, &[v4(&name, 2)])],
        ("wrong", A) => vec![reply(0, &[v4(&name, 77)])],
        ("both", A) => vec![reply(0, &[v4(&name, 2)])],
        ("both" | "six", AAAA) => vec![reply(0, &[v6(&name)])],
        ("alias", A) => {
            let to = "good.test";
            vec![reply(0, &[record(&name, CNAME, 60, &wire(to)), v4(to, 2)])]
        }
        // The end of the chain is left for another question.
        ("half", A) => vec![reply(0, &[record(&name, CNAME, 60, &wire("good.test"))])],
        ("loop", _) => vec![reply(
            0,
            &[record(&name, CNAME, 60, &wire("pool.test")), record("pool.test", CNAME, 60, &wire(&name))],
        )],
        // Somebody else's answer, with another id and a wrong address, comes before the true one.
        ("spoofed", A) => {
            let mut false_one = reply(0, &[v4(&name, 66)]);
            false_one[0] ^= 0xff;
            let mut other_name = reply(0, &[v4("other.test", 66)]);
            other_name[13] ^= 0x01;
            vec![false_one, other_name, b"\xff\xff".to_vec(), reply(0, &[v4(&name, 2)])]
        }
        ("nx", _) => vec![reply(3, &[])],
        ("servfail", _) => vec![reply(2, &[])],
        ("refused", _) => vec![reply(5, &[])],
        ("silent", _) => vec![],
        _ => none(),
    }
}

fn wire(name: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for label in name.split('.') {
        bytes.push(u8::try_from(label.len()).unwrap());
        bytes.extend(label.as_bytes());
    }
    bytes.push(0);
    bytes
}

fn record(name: &str, kind: u16, ttl: u32, data: &[u8]) -> Vec<u8> {
    let mut bytes = wire(name);
    bytes.extend(kind.to_be_bytes());
    bytes.extend([0, 1]);
    bytes.extend(ttl.to_be_bytes());
    bytes.extend(u16::try_from(data.len()).unwrap().to_be_bytes());
    bytes.extend(data);
    bytes
}
