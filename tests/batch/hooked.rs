//! A batch by way of the lab's gateway, whose webhook the lab or a test calls, and what its journal says.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::desk::Desk;
use crate::homing::Homing;

pub(crate) const SECRET: &str = "hook-5ecret";
/// The number of the first tracker of a fleet.
pub(crate) const T0: &str = "+447700900000";

/// A batch by way of the lab's gateway, and where its webhook is called.
pub(crate) struct Hooked {
    pub(crate) desk: Desk,
    pub(crate) config: String,
    pub(crate) address: SocketAddr,
}

/// A message in the journal: its sender, its text, whether it answers an attempt, and why it answers none.
pub(crate) type Row = (String, String, bool, Option<String>);

impl Hooked {
    pub(crate) fn new(csv: &str, more: &str) -> Self {
        let desk = Desk::new("hooks", csv, &["--gateway", "127.0.0.1:0"]);
        let config = desk.gateway_config();
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let text = fs::read_to_string(&config).unwrap();
        let text = format!("{text}webhook = \"{address}\"\nwebhook_secret = \"{SECRET}\"\n{more}");
        fs::write(&config, text).unwrap();
        Self { config: config.to_str().unwrap().to_owned(), desk, address }
    }

    /// Has the lab's gateway call the webhook.
    pub(crate) fn register(&self) {
        let url = format!("http://{}/hooks/{SECRET}", self.address);
        let body = format!(r#"{{"id":"batch","url":"{url}","event":"sms:received"}}"#);
        let gateway: SocketAddr = self.desk.lab.gateway().parse().unwrap();
        // `lab:lab` in base64.
        let head = "POST /webhooks HTTP/1.1\r\nauthorization: Basic bGFiOmxhYg==\r\nconnection: close\r\n";
        assert_eq!(say(gateway, head.as_bytes(), body.as_bytes()), 201);
    }

    pub(crate) fn run(&self, more: &[&str]) -> Homing {
        let csv = self.desk.csv();
        let run = ["run", csv.to_str().unwrap(), "--yes", "--via", "gateway:phone", "--config", &self.config];
        self.desk.batch(&run).args(more)
    }

    pub(crate) fn resume(&self, more: &[&str]) -> Homing {
        self.desk.resume(&["--config", &self.config]).args(more)
    }

    pub(crate) fn rows(&self) -> Vec<Row> {
        let Some(journal) = self.journal() else { return Vec::new() };
        let sql = "SELECT sender, text, attempt_id IS NOT NULL, why_not FROM inbound ORDER BY id";
        let mut statement = journal.prepare(sql).unwrap();
        let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
        statement.query_map([], row).unwrap().map(Result::unwrap).collect()
    }

    /// Messages of strangers in the journal: text and sender.
    pub(crate) fn strangers(&self) -> Vec<(String, String)> {
        let Some(journal) = self.journal() else { return Vec::new() };
        let mut statement = journal.prepare("SELECT text, sender FROM stranger ORDER BY id").unwrap();
        statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect()
    }

    /// The states of all attempts, in their order.
    pub(crate) fn attempts(&self) -> Vec<String> {
        let Some(journal) = self.journal() else { return Vec::new() };
        let mut statement = journal.prepare("SELECT state FROM attempt ORDER BY id").unwrap();
        statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    }

    /// None while there is none, or no table in it.
    fn journal(&self) -> Option<rusqlite::Connection> {
        let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY;
        let journal = rusqlite::Connection::open_with_flags(self.desk.journal(), flags).ok()?;
        journal.busy_timeout(Duration::from_secs(20)).unwrap();
        let is_there = "SELECT count(*) FROM sqlite_schema WHERE name = 'inbound'";
        let count: i64 = journal.query_row(is_there, [], |row| row.get(0)).ok()?;
        (count == 1).then_some(journal)
    }

    /// Letters that the lab's gateway was told to be kept: it does not tell them again.
    pub(crate) fn told(&self) -> usize {
        let mut letters: Vec<u64> = Vec::new();
        for event in self.desk.lab.events("hook") {
            if event["status"] == 200 {
                letters.push(event["letter"].as_u64().unwrap());
            }
        }
        letters.sort_unstable();
        letters.dedup();
        letters.len()
    }
}

/// Sends a request with a body, and its length; the status of the answer, 0 where there is none.
pub(crate) fn say(to: SocketAddr, head: &[u8], body: &[u8]) -> u16 {
    let mut stream = TcpStream::connect(to).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    // What is too long is answered before it is read.
    let _ = stream.write_all(head);
    let _ = stream.write_all(format!("host: x\r\ncontent-length: {}\r\n\r\n", body.len()).as_bytes());
    let _ = stream.write_all(body);
    answered(&mut stream)
}

pub(crate) fn answered(stream: &mut TcpStream) -> u16 {
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    let answer = String::from_utf8_lossy(&answer);
    answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default()
}

/// A call as the application makes it.
pub(crate) fn event(id: &str, from: &str, text: &str, at: &str) -> String {
    let text = serde_json::Value::from(text);
    format!(
        r#"{{"event":"sms:received","payload":{{"messageId":"{id}","message":{text},"phoneNumber":"{from}","receivedAt":"{at}"}}}}"#
    )
}

/// The moment so many seconds from now, by the program `date`.
pub(crate) fn moment(seconds: i64) -> String {
    let asked = format!("{seconds} seconds");
    let date = Command::new("date").args(["-u", "-d", &asked, "+%Y-%m-%dT%H:%M:%SZ"]).output().unwrap();
    String::from_utf8(date.stdout).unwrap().trim().to_owned()
}

#[track_caller]
pub(crate) fn until(what: &str, ripe: impl Fn() -> bool) {
    let end = Instant::now() + Duration::from_secs(60);
    while !ripe() {
        assert!(Instant::now() < end, "{what} does not come");
        thread::sleep(Duration::from_millis(1));
    }
}

/// Begins a run that says nothing.
pub(crate) fn begin(run: &Homing) -> Child {
    run.command().stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}
