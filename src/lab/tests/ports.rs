//! The lab as a whole: pseudo-terminals, threads, and clients that come, go and die.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use rustix::fs::OFlags;

use crate::lab::{Fate, Lab, LabError, LabOptions};

/// A client as any program is one.
struct Client(File);

impl Client {
    fn open(port: &Path) -> Self {
        let mut options = OpenOptions::new();
        options.read(true).write(true);
        let flags = (OFlags::NOCTTY | OFlags::NONBLOCK).bits();
        std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, i32::try_from(flags).unwrap());
        Self(options.open(port).unwrap())
    }

    fn write(&mut self, text: &str) {
        self.0.write_all(text.as_bytes()).unwrap();
    }

    /// Reads until this stands there.
    fn expect(&mut self, wanted: &str) -> String {
        let mut said = String::new();
        let mut buffer = [0; 4096];
        // A limit for a test that fails; it takes no time otherwise.
        let end = Instant::now() + Duration::from_secs(20);
        while !said.contains(wanted) {
            assert!(Instant::now() < end, "{wanted:?} did not come, but {said:?}");
            match self.0.read(&mut buffer) {
                Ok(count) => said.push_str(std::str::from_utf8(&buffer[..count]).unwrap()),
                Err(error) if error.kind() == ErrorKind::WouldBlock => std::thread::yield_now(),
                Err(error) => panic!("{error} after {said:?}"),
            }
        }
        said
    }
}

#[test]
fn a_port_is_opened_closed_and_opened_again() {
    let lab = Lab::start(LabOptions::default()).unwrap();
    for _ in 0..20 {
        let mut client = Client::open(&lab.ports()[0]);
        client.write("AT\r");
        client.expect("OK\r\n");
    }
}

#[test]
fn a_client_that_dies_behind_the_prompt_is_forgotten() {
    let lab = Lab::start(LabOptions::default()).unwrap();
    let mut dying = Client::open(&lab.ports()[0]);
    dying.write("ATE0\rAT+CMGS=14\r");
    dying.expect("> ");
    dying.write("000100");
    rustix::termios::ioctl_tiocexcl(&dying.0).unwrap();
    drop(dying);
    // As every client does, until one is answered.
    let mut client = Client::open(&lab.ports()[0]);
    client.write("\u{1b}AT\r");
    client.expect("OK\r\n");
}

#[test]
fn modems_write_to_each_other_and_ports_are_gone_with_the_lab() {
    let lab = Lab::start(LabOptions { modems: 2, ..LabOptions::default() }).unwrap();
    let mut clients: Vec<Client> = lab.ports().iter().map(|port| Client::open(port)).collect();
    for client in &mut clients {
        client.write("ATE0\rAT+CMGF=1;+CNMI=2,2\r");
        client.expect("OK\r\n\r\nOK\r\n");
    }
    clients[0].write("AT+CMGS=\"+99910000001\"\r");
    clients[0].expect("> ");
    clients[0].write("hello\u{1a}");
    clients[0].expect("+CMGS: 0\r\n\r\nOK\r\n");
    assert!(clients[1].expect("hello").contains("+CMT: \"+99910000000\""));
    let port = lab.ports()[0].clone();
    drop(lab);
    assert!(matches!(clients[0].0.read(&mut [0; 16]), Ok(0) | Err(_)));
    drop(clients);
    assert!(!port.exists() || OpenOptions::new().read(true).open(&port).is_err());
}

#[test]
fn the_lasting_name_of_a_port_leads_to_the_one_that_came_back() {
    let options = LabOptions { faults: vec!["come-back=100ms".parse().unwrap()], ..LabOptions::default() };
    let lab = Lab::start(options).unwrap();
    let name = lab.ports()[0].clone();
    let first = std::fs::read_link(&name).unwrap();
    let mut client = Client::open(&name);
    client.write("ATE0\rAT+CMGF=1;+CNMI=2,2\r");
    client.expect("OK\r\n\r\nOK\r\n");
    client.write("AT+CMGS=\"+99920000000\"\r");
    client.expect("> ");
    client.write("x\u{1a}");
    // A client that let its port go at once would make the number of it free for the next one.
    let end = Instant::now() + Duration::from_secs(20);
    while client.0.read(&mut [0; 64]).is_ok_and(|count| count > 0) {}
    drop(client);
    let second = loop {
        if let Some(port) = std::fs::read_link(&name).ok().filter(|port| *port != first) {
            break port;
        }
        assert!(Instant::now() < end, "no port came back");
        std::thread::yield_now();
    };
    assert_ne!(second, first);
    let mut client = Client::open(&name);
    client.write("ATE0\rAT+CMGL=4\r");
    client.expect("+CMGL: 1,0,,");
    let folder = name.parent().unwrap().to_owned();
    drop(lab);
    assert!(!folder.exists());
}

#[test]
fn the_gateway_stays_on_loopback() {
    let options = LabOptions { gateway: Some("192.0.2.1:0".parse().unwrap()), ..LabOptions::default() };
    assert!(matches!(Lab::start(options), Err(LabError::NotLoopback(_))));
}

#[test]
fn a_text_of_another_thread_reaches_the_client_and_its_answer_comes_back() {
    let lab = Lab::start(LabOptions::default()).unwrap();
    let mut client = Client::open(&lab.ports()[0]);
    client.write("ATE0\rAT+CMGF=1;+CNMI=2,2\r");
    client.expect("OK\r\n\r\nOK\r\n");
    let exchange = lab.exchange();
    let id = exchange.submit("+99960000000", "+99910000000", "from a gateway").unwrap();
    client.expect("from a gateway");
    assert_eq!(exchange.fate(id), Some(Fate::Delivered));
    client.write("AT+CMGS=\"+99960000000\"\r");
    client.expect("> ");
    client.write("back\u{1a}");
    client.expect("OK\r\n");
    assert_eq!(exchange.inbox("+99960000000", 0)[0].text, "back");
}
