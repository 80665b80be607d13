//! What is answered, what is sent back, and whose words a message is taken for.

use std::io::{Read, Write};
use std::net::{TcpStream, UdpSocket};
use std::time::Duration;

use super::super::Mode;
use super::world::{ANSWER, LOGIN, Told, World};
use crate::wire::Direction;

fn socket(to: std::net::SocketAddr) -> UdpSocket {
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    socket.connect(to).unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    socket
}

#[test]
fn an_identity_that_stands_in_noise_is_given_to_nobody() {
    let world = World::new(Mode::Answer, |_| {});
    let mut stream = TcpStream::connect(world.tcp).unwrap();
    // A login, then what begins like a message of another protocol with another identity and never ends.
    let begun = b"\x7E\x02\x00\x00\x28\x91\x20\x33\x01\x24\x24\x00\x03\x00\x00\x00\x01";
    let heartbeat = b"\x78\x78\x0A\x13\x40\x04\x04\x00\x01\x00\x0F\xDC\xEE\x0D\x0A";
    stream.write_all(&[LOGIN, &begun[..], heartbeat].concat()).unwrap();
    drop(stream);
    world.closed();
    let mut all = TcpStream::connect(world.tcp).unwrap();
    all.write_all(&[LOGIN, heartbeat, &begun[..]].concat()).unwrap();
    drop(all);
    let mut ids = Vec::new();
    world.until(|told| match told {
        Told::Message { protocol: "gt06", id, .. } => {
            ids.push(id.clone());
            None
        }
        Told::Closed(_) => Some(()),
        _ => None,
    });
    assert_eq!(ids, vec![Some("123456789012345".to_owned()); 2]);
}

#[test]
fn sessions_of_two_addresses_are_apart() {
    let world = World::new(Mode::Answer, |_| {});
    let (one, other) = (socket(world.udp), socket(world.udp));
    let mut room = [0; 64];
    one.send(LOGIN).unwrap();
    assert_eq!(one.recv(&mut room).map(|read| room[..read].to_vec()).unwrap(), ANSWER);
    // A heartbeat names nobody: of the first it is known whose it is.
    let heartbeat = b"\x78\x78\x0A\x13\x40\x04\x04\x00\x01\x00\x0F\xDC\xEE\x0D\x0A";
    for (socket, id) in [(&one, Some("123456789012345".to_owned())), (&other, None)] {
        socket.send(heartbeat).unwrap();
        socket.recv(&mut room).unwrap();
        let mut seen = Vec::new();
        world.until(|told| match told {
            Told::Message { id, .. } => {
                seen.push(id.clone());
                None
            }
            Told::Bytes(Direction::Down, answer) if answer.as_slice() != ANSWER => Some(()),
            _ => None,
        });
        assert_eq!(seen.last(), Some(&id));
    }
}

#[test]
fn an_echo_sends_back_every_byte_over_both_transports() {
    let world = World::new(Mode::Echo, |_| {});
    let bytes: Vec<u8> = (0..50_000_u32).map(|number| ((number * 7) >> 3) as u8).collect();
    let mut stream = TcpStream::connect(world.tcp).unwrap();
    stream.write_all(&bytes).unwrap();
    stream.shutdown(std::net::Shutdown::Write).unwrap();
    let mut back = Vec::new();
    stream.read_to_end(&mut back).unwrap();
    assert!(back == bytes, "{} bytes came back", back.len());
    let socket = socket(world.udp);
    let mut room = vec![0; 4_096];
    for length in [0, 1, 1_400, 4_000] {
        let part = &bytes[..length];
        socket.send(part).unwrap();
        let read = socket.recv(&mut room).unwrap();
        assert_eq!(&room[..read], part);
    }
}

#[test]
fn an_echo_gives_one_address_only_so_much_a_second() {
    let world = World::new(Mode::Echo, |options| options.limits.echoes = 3);
    let socket = socket(world.udp);
    for _ in 0..20 {
        socket.send(b"again").unwrap();
    }
    for _ in 0..20 {
        world.until(|told| matches!(told, Told::Bytes(Direction::Up, _)).then_some(()));
    }
    let (_, summary) = world.end();
    // Twenty datagrams are a matter of microseconds; even over a full second there would be six.
    assert!((15..=30).contains(&summary.sent), "{summary:?}");
}
