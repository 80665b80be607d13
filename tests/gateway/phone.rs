//! A phone with SMS Gateway for Android, by hand: `POST /message`, `GET /message/{id}`, `GET /inbox`, `GET /webhooks`,
//! and a call of its webhook for each received message. Behind the one number that it reaches is a tracker.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use serde_json::{Value, json};

use crate::support::device::{Brain, Settings};
use crate::support::hash::HashDevice;

/// The tracker's number.
pub(crate) const TRACKER: &str = "+573001234567";

/// What goes wrong. A message is chosen by a part of it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Trick {
    None,
    /// The message is read, forgotten, and the connection cut.
    CutOn(&'static str),
    /// The message is taken and sent on, and the connection cut.
    TakeAndCutOn(&'static str),
    /// The message is refused with everything that was asked.
    EchoOn(&'static str),
    /// Everything is answered with this status.
    Refuse(u16),
    /// Everything is answered with something that is no HTTP.
    Garbage,
}

struct State {
    tracker: HashDevice,
    trick: Trick,
    webhook: Option<(SocketAddr, String)>,
    asked: Vec<String>,
    texts: Vec<String>,
    ids: Vec<String>,
    inbox: Vec<Value>,
}

pub(crate) struct Phone {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
}

impl Phone {
    /// Serves until the test ends.
    pub(crate) fn start(trick: Trick, webhook: Option<(SocketAddr, String)>) -> Phone {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let state = State {
            tracker: HashDevice::new(),
            trick,
            webhook,
            asked: Vec::new(),
            texts: Vec::new(),
            ids: Vec::new(),
            inbox: Vec::new(),
        };
        let state = Arc::new(Mutex::new(state));
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let shared = Arc::clone(&shared);
                thread::spawn(move || serve(stream, &shared));
            }
        });
        Phone { address, state }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// How many requests began so.
    pub(crate) fn asked(&self, begin: &str) -> usize {
        self.state.lock().unwrap().asked.iter().filter(|line| line.starts_with(begin)).count()
    }

    /// The messages that were handed over.
    pub(crate) fn texts(&self) -> Vec<String> {
        self.state.lock().unwrap().texts.clone()
    }

    pub(crate) fn settings(&self) -> Settings {
        self.state.lock().unwrap().tracker.settings()
    }
}

fn serve(stream: TcpStream, state: &Mutex<State>) -> Option<()> {
    let mut writer = stream.try_clone().ok()?;
    let mut reader = BufReader::new(stream);
    loop {
        let (head, body) = request(&mut reader)?;
        let (answer, call) = state.lock().unwrap().answer(&head, &body);
        writer.write_all(answer?.as_bytes()).ok()?;
        if let Some((address, path, event)) = call {
            call_back(address, &path, &event);
        }
    }
}

/// Head and body of a request; none at the end of the connection.
fn request(reader: &mut impl BufRead) -> Option<(String, String)> {
    let (mut head, mut length) = (String::new(), 0);
    loop {
        let start = head.len();
        if reader.read_line(&mut head).ok()? == 0 {
            return None;
        }
        let line = head[start..].trim().to_lowercase();
        if line.is_empty() {
            break;
        }
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some((head, String::from_utf8(body).ok()?))
}

type Call = Option<(SocketAddr, String, String)>;

fn http(status: u16, body: &Value) -> String {
    let body = body.to_string();
    format!(
        "HTTP/1.1 {status} Said\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}

impl State {
    /// The answer, or none for a cut, and the webhook's call that follows.
    fn answer(&mut self, head: &str, body: &str) -> (Option<String>, Call) {
        self.asked.push(head.lines().next().unwrap().to_owned());
        match self.trick {
            Trick::Refuse(status) => return (Some(http(status, &json!({ "message": head }))), None),
            Trick::Garbage => return (Some(format!("{head}\r\n\r\n")), None),
            Trick::None | Trick::CutOn(_) | Trick::TakeAndCutOn(_) | Trick::EchoOn(_) => {}
        }
        let mut words = head.split(' ');
        let (method, target) = (words.next().unwrap(), words.next().unwrap());
        let path = target.split('?').next().unwrap();
        match (method, path.strip_prefix("/message/")) {
            ("GET", Some(id)) if self.ids.iter().any(|known| known == id) => {
                (Some(http(200, &json!({ "id": id, "state": "Sent" }))), None)
            }
            ("GET", None) if path == "/inbox" => (Some(http(200, &json!(self.inbox))), None),
            ("GET", None) if path == "/webhooks" => (Some(http(200, &json!([]))), None),
            ("POST", None) if path == "/message" => self.message(head, body),
            _ => (Some(http(404, &json!({}))), None),
        }
    }

    fn message(&mut self, head: &str, body: &str) -> (Option<String>, Call) {
        let message: Value = serde_json::from_str(body).unwrap();
        let text = message["textMessage"]["text"].as_str().unwrap().to_owned();
        let id = message["id"].as_str().unwrap().to_owned();
        assert_eq!(message["phoneNumbers"], json!([TRACKER]));
        self.texts.push(text.clone());
        match self.trick {
            Trick::CutOn(part) if text.contains(part) => return (None, None),
            Trick::EchoOn(part) if text.contains(part) => {
                return (Some(http(400, &json!({ "message": format!("{head}{body}") }))), None);
            }
            _ => {}
        }
        if self.ids.contains(&id) {
            return (Some(http(409, &json!({ "message": "Message with the same ID already exists" }))), None);
        }
        self.ids.push(id.clone());
        let call = self.tracker.hear(&text).and_then(|answer| self.received(&answer));
        match self.trick {
            Trick::TakeAndCutOn(part) if text.contains(part) => (None, None),
            _ => (Some(http(202, &json!({ "id": id, "state": "Pending" }))), call),
        }
    }

    /// A message of the tracker came in.
    fn received(&mut self, text: &str) -> Call {
        // The newest first, as the app lists them.
        let number = self.inbox.len();
        let at = format!("2099-01-01T00:{:02}:{:02}Z", number / 60, number % 60);
        let letter = json!({
            "id": format!("text:{number}"), "type": "SMS", "sender": TRACKER, "contentPreview": text, "createdAt": at,
        });
        self.inbox.insert(0, letter);
        let (address, path) = self.webhook.clone()?;
        let payload = json!({ "messageId": number.to_string(), "message": text, "phoneNumber": TRACKER, "receivedAt": at });
        Some((address, path, json!({ "event": "sms:received", "payload": payload }).to_string()))
    }
}

fn call_back(address: SocketAddr, path: &str, event: &str) {
    let mut stream = TcpStream::connect(address).unwrap();
    let length = event.len();
    let call = format!("POST {path} HTTP/1.1\r\nhost: {address}\r\ncontent-length: {length}\r\n\r\n{event}");
    stream.write_all(call.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
}

/// User and password as Basic sends them, by the program `base64`.
pub(crate) fn basic(user: &str, password: &str) -> String {
    let mut base64 = std::process::Command::new("base64");
    let mut run =
        base64.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::piped()).spawn().unwrap();
    write!(run.stdin.take().unwrap(), "{user}:{password}").unwrap();
    String::from_utf8(run.wait_with_output().unwrap().stdout).unwrap().trim().to_owned()
}
