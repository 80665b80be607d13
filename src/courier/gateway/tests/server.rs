//! A gateway by hand: reads requests byte by byte and answers as it is told to, or cuts the connection.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

/// A request as it came.
#[derive(Debug, Clone, Default)]
pub(super) struct Seen {
    /// `POST /path?query HTTP/1.1`.
    pub(super) line: String,
    /// Names in lower case, as `name: value`.
    pub(super) headers: Vec<String>,
    pub(super) body: String,
}

impl Seen {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }

    pub(super) fn is(&self, begin: &str) -> bool {
        self.line.starts_with(begin)
    }

    pub(super) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }
}

/// What a request is answered with.
#[derive(Debug, Clone)]
pub(super) enum Reply {
    /// A whole answer: status, further header lines, body.
    Whole(u16, &'static str, String),
    /// The bytes as they are, and then the end of the connection.
    Raw(&'static str),
    /// Nothing, until the client goes away.
    Silence,
}

pub(super) fn json(status: u16, body: &str) -> Reply {
    Reply::Whole(status, "content-type: application/json\r\n", body.to_owned())
}

/// How far a connection goes before it is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cut {
    /// Accepted, and closed without a byte read.
    Unread,
    /// The head was read.
    Head,
    /// The head and some of the body.
    MidBody,
    /// All of it.
    Body,
    /// A status line and half a head came back.
    HalfHead,
    /// A whole head and half a body came back.
    HalfAnswer,
}

pub(super) struct Server {
    pub(super) address: SocketAddr,
    seen: Arc<Mutex<Vec<Seen>>>,
    over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Answers every request by `answer`.
    pub(super) fn start(answer: impl Fn(&Seen) -> Reply + Send + Sync + 'static) -> Self {
        let answer = Arc::new(answer);
        Self::serve(move |stream, seen| converse(stream, seen, answer.as_ref()))
    }

    /// Cuts every connection at the same place.
    pub(super) fn cutting(cut: Cut) -> Self {
        Self::serve(move |stream, seen| cut_off(stream, seen, cut))
    }

    pub(super) fn serve(with: impl Fn(TcpStream, &Mutex<Vec<Seen>>) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (seen, over) = (Arc::new(Mutex::new(Vec::new())), Arc::new(AtomicBool::new(false)));
        let (kept, ends, with) = (Arc::clone(&seen), Arc::clone(&over), Arc::new(with));
        let thread = thread::spawn(move || {
            for stream in listener.incoming() {
                if ends.load(Ordering::SeqCst) {
                    return;
                }
                let (kept, with) = (Arc::clone(&kept), Arc::clone(&with));
                thread::spawn(move || with(stream.unwrap(), &kept));
            }
        });
        Self { address, seen, over, thread: Some(thread) }
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What was asked so far.
    pub(super) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    /// The same of one method and path.
    pub(super) fn seen_of(&self, begin: &str) -> Vec<Seen> {
        self.seen().into_iter().filter(|seen| seen.is(begin)).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.over.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Reads a head; none at the end of the connection.
fn head(reader: &mut impl BufRead) -> Option<Seen> {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let line = line.trim_end().to_owned();
        if line.is_empty() {
            break;
        }
        lines.push(line);
    }
    let mut lines = lines.into_iter();
    let line = lines.next()?;
    let lower = |line: String| match line.split_once(':') {
        Some((name, value)) => format!("{}: {}", name.to_lowercase(), value.trim()),
        None => line,
    };
    Some(Seen { line, headers: lines.map(lower).collect(), body: String::new() })
}

fn length(seen: &Seen) -> usize {
    seen.header("content-length").map_or(0, |text| text.parse().unwrap())
}

/// Reads a whole request.
pub(super) fn request(reader: &mut impl BufRead) -> Option<Seen> {
    let mut seen = head(reader)?;
    let mut body = vec![0; length(&seen)];
    reader.read_exact(&mut body).ok()?;
    seen.body = String::from_utf8(body).unwrap();
    Some(seen)
}

fn converse(stream: TcpStream, kept: &Mutex<Vec<Seen>>, answer: &(dyn Fn(&Seen) -> Reply + Send + Sync)) {
    let mut writer = stream.try_clone().unwrap();
    let mut reader = BufReader::new(stream);
    while let Some(seen) = request(&mut reader) {
        kept.lock().unwrap().push(seen.clone());
        match answer(&seen) {
            Reply::Whole(status, headers, body) => {
                let length = body.len();
                let text =
                    format!("HTTP/1.1 {status} Said\r\n{headers}content-length: {length}\r\n\r\n{body}");
                if writer.write_all(text.as_bytes()).is_err() {
                    return;
                }
            }
            Reply::Raw(text) => {
                // A client that has gone is none of this server's cares.
                let _ = writer.write_all(text.as_bytes());
                return;
            }
            Reply::Silence => {
                let _ = reader.read(&mut [0]);
                return;
            }
        }
    }
}

fn cut_off(mut stream: TcpStream, kept: &Mutex<Vec<Seen>>, cut: Cut) {
    if cut == Cut::Unread {
        return;
    }
    if cut == Cut::Head || cut == Cut::MidBody {
        // Byte by byte, so that what follows stays unread.
        let (mut all, mut byte) = (Vec::new(), [0]);
        while !all.ends_with(b"\r\n\r\n") {
            stream.read_exact(&mut byte).unwrap();
            all.push(byte[0]);
        }
        let mut seen = head(&mut all.as_slice()).unwrap();
        if cut == Cut::MidBody {
            let mut half = vec![0; length(&seen) / 2];
            stream.read_exact(&mut half).unwrap();
            seen.body = String::from_utf8_lossy(&half).into_owned();
        }
        kept.lock().unwrap().push(seen);
        return;
    }
    let seen = request(&mut BufReader::new(stream.try_clone().unwrap())).unwrap();
    kept.lock().unwrap().push(seen);
    let half = match cut {
        Cut::HalfHead => "HTTP/1.1 202 Accepted\r\ncontent-ty",
        Cut::HalfAnswer => "HTTP/1.1 202 Accepted\r\ncontent-length: 100\r\n\r\n{\"id\":\"7\",",
        Cut::Unread | Cut::Head | Cut::MidBody | Cut::Body => "",
    };
    // The client may have gone.
    let _ = stream.write_all(half.as_bytes());
}
