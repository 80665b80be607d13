//! The lab as a whole, through its gateway: a text over HTTP, the tracker behind it, and its answer in the inbox.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::lab::{Behaviour, FaultKind, Lab, LabError, LabOptions, Subscriber};
use crate::profile::{Catalogue, tracker_with};

const PHONE: &str = "+573001234567";

fn lab(behaviour: &str, faults: &[&str]) -> Lab {
    let profile = Arc::clone(Catalogue::built_in().find("istartek-vt").unwrap());
    let tracker = tracker_with([("phone", PHONE)]).unwrap();
    let behaviour: Behaviour = behaviour.parse().unwrap();
    let options = LabOptions {
        subscribers: vec![Subscriber { tracker, profile, behaviour, other: None }],
        faults: faults.iter().map(|fault| fault.parse().unwrap()).collect(),
        gateway: Some(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))),
        ..LabOptions::default()
    };
    Lab::start(options).unwrap()
}

/// The status and the body of an answer; none when the connection is cut.
fn ask(lab: &Lab, method: &str, target: &str, body: &str) -> Option<(u16, Value)> {
    let mut stream = TcpStream::connect(lab.gateway().unwrap()).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    write!(
        stream,
        "{method} {target} HTTP/1.1\r\nAuthorization: Basic bGFiOmxhYg==\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    let mut answer = String::new();
    // A cut may come as a reset.
    stream.read_to_string(&mut answer).ok();
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Some((status, serde_json::from_str(body).unwrap()))
}

fn send(lab: &Lab, id: &str, text: &str) -> Option<u16> {
    let body = json!({ "id": id, "textMessage": { "text": text }, "phoneNumbers": [PHONE] });
    ask(lab, "POST", "/message", &body.to_string()).map(|(status, _)| status)
}

/// The texts in the inbox, the first one first, when there are so many.
fn inbox(lab: &Lab, count: usize) -> Vec<String> {
    let end = Instant::now() + Duration::from_secs(20);
    loop {
        let (_, letters) = ask(lab, "GET", "/inbox?limit=500", "").unwrap();
        let letters = letters.as_array().unwrap();
        if letters.len() >= count {
            return letters
                .iter()
                .rev()
                .map(|one| one["contentPreview"].as_str().unwrap().to_owned())
                .collect();
        }
        assert!(Instant::now() < end, "{count} letters did not come, but {letters:?}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_tracker_is_set_up_and_read_back_through_the_gateway() {
    let lab = lab("obeys", &[]);
    for (id, text) in [("1", "0000,100,1,d.plaspy.com,8888"), ("2", "0000,808,100"), ("3", "0000,102,x")] {
        assert_eq!(send(&lab, id, text), Some(202));
    }
    assert_eq!(inbox(&lab, 3), ["100,OK", "808,100,1,d.plaspy.com,8888", "102,Failed"]);
    let (_, message) = ask(&lab, "GET", "/messages/2", "").unwrap();
    assert_eq!(message["state"], "Delivered");
}

#[test]
fn a_silent_tracker_gets_its_text_and_nobody_else_does() {
    let lab = lab("silent", &[]);
    assert_eq!(send(&lab, "1", "0000,801"), Some(202));
    let stranger = json!({ "id": "2", "message": "x", "phoneNumbers": ["+99950000000"] }).to_string();
    ask(&lab, "POST", "/message", &stranger).unwrap();
    let state = |id: &str| ask(&lab, "GET", &format!("/messages/{id}"), "").unwrap().1["state"].clone();
    assert_eq!((state("1"), state("2")), (json!("Delivered"), json!("Failed")));
    assert_eq!(inbox(&lab, 0), Vec::<String>::new());
}

#[test]
fn a_fault_of_the_gateway_strikes_in_the_lab_too() {
    let lab = lab("obeys", &["gateway-cut-after-body"]);
    assert_eq!(send(&lab, "1", "0000,102,60"), None);
    assert_eq!(inbox(&lab, 1), ["102,OK"]);
    let fault = lab.exchange().strikes(FaultKind::GatewayCutAfterBody);
    assert_eq!(fault.map(|fault| fault.to_string()).as_deref(), Some("gateway-cut-after-body"));
    assert_eq!(lab.exchange().strikes(FaultKind::Gateway503), None);
}

#[test]
fn the_gateway_listens_on_loopback_only() {
    let everywhere = Some(SocketAddr::from((Ipv4Addr::UNSPECIFIED, 0)));
    let error = Lab::start(LabOptions { gateway: everywhere, ..LabOptions::default() }).err();
    assert!(matches!(error, Some(LabError::NotLoopback(_))), "{error:?}");
}
