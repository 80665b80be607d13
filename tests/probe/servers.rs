//! Servers of the test's own, by hand: one that is silent, one that answers, one that hangs up, one that resets, one
//! that speaks first. They end with the process.

use std::io::{Read, Write};
use std::net::{IpAddr, SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::thread;
use std::time::Duration;

/// What a server does with whoever comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Does {
    Silent,
    Answers,
    Closes,
    Resets,
    SpeaksFirst,
}

/// Serves TCP at an address; the calling thread's network namespace is the server's.
pub(crate) fn tcp(address: IpAddr, port: u16, does: Does) -> u16 {
    let listener = TcpListener::bind(SocketAddr::new(address, port)).unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || serve(stream, does));
        }
    });
    port
}

fn serve(mut stream: TcpStream, does: Does) {
    stream.set_read_timeout(Some(Duration::from_secs(60))).ok();
    match does {
        Does::Silent => swallow(&mut stream),
        Does::SpeaksFirst => {
            stream.write_all(b"HELLO\r\n").ok();
            swallow(&mut stream);
        }
        Does::Answers => {
            let mut bytes = [0; 1024];
            while let Ok(count @ 1..) = stream.read(&mut bytes) {
                stream.write_all(&[b"LOAD ", &bytes[..count]].concat()).ok();
            }
        }
        Does::Closes => {}
        Does::Resets => {
            // Closing with a linger of zero sends a reset (socket(7), SO_LINGER).
            socket2::SockRef::from(&stream).set_linger(Some(Duration::ZERO)).unwrap();
        }
    }
}

fn swallow(stream: &mut TcpStream) {
    let mut bytes = [0; 1024];
    while let Ok(1..) = stream.read(&mut bytes) {}
}

/// Serves UDP at an address.
pub(crate) fn udp(address: IpAddr, port: u16, does: Does) -> u16 {
    let socket = UdpSocket::bind(SocketAddr::new(address, port)).unwrap();
    let port = socket.local_addr().unwrap().port();
    thread::spawn(move || {
        let mut bytes = [0; 2048];
        while let Ok((count, from)) = socket.recv_from(&mut bytes) {
            if does == Does::Answers {
                socket.send_to(&[b"LOAD ", &bytes[..count]].concat(), from).ok();
            }
        }
    });
    port
}
