//! As much of HTTP/1.1 as a gateway's clients need: requests with a length, answers with JSON, connections that stay.
//! Every size is bounded, and whatever is not understood ends the connection.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

/// Octets of a request's header, and of its body.
const HEAD: usize = 16 << 10;
const BODY: usize = 64 << 10;

/// A request without its body.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Head {
    pub(super) method: String,
    /// The path and the query, as they stand.
    pub(super) target: String,
    pub(super) authorization: Option<String>,
    /// Octets of the body.
    length: usize,
    /// Whether the client wants to be asked for the body.
    expects: bool,
    /// Whether the connection ends with the answer.
    pub(super) last: bool,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Response {
    pub(super) status: u16,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: String,
}

/// Why there is no request.
#[derive(Debug)]
pub(super) enum Trouble {
    /// The client is gone.
    Gone,
    /// It cannot be served: the status that tells why, and the words.
    Bad(u16, &'static str),
}

impl From<io::Error> for Trouble {
    fn from(_: io::Error) -> Self {
        Self::Gone
    }
}

/// A connection to a client.
pub(super) struct Connection {
    stream: TcpStream,
    /// What has come and was not looked at.
    buffer: Vec<u8>,
}

impl Connection {
    pub(super) fn new(stream: TcpStream) -> Self {
        Self { stream, buffer: Vec::new() }
    }

    /// Waits for the next request's header.
    pub(super) fn head(&mut self) -> Result<Head, Trouble> {
        loop {
            // Some clients send an empty line behind a body.
            while self.buffer.starts_with(b"\r\n") {
                self.buffer.drain(..2);
            }
            if let Some(end) = self.buffer.windows(4).position(|four| four == b"\r\n\r\n") {
                let head: Vec<u8> = self.buffer.drain(..end + 4).collect();
                let text =
                    std::str::from_utf8(&head).map_err(|_| Trouble::Bad(400, "the header is no text"))?;
                return parse(text);
            }
            if self.buffer.len() > HEAD {
                return Err(Trouble::Bad(431, "the header is too long"));
            }
            self.more()?;
        }
    }

    /// Reads the body of a request.
    pub(super) fn body(&mut self, head: &Head) -> Result<Vec<u8>, Trouble> {
        if head.expects && self.buffer.len() < head.length {
            self.stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
        }
        while self.buffer.len() < head.length {
            self.more()?;
        }
        Ok(self.buffer.drain(..head.length).collect())
    }

    /// Answers.
    pub(super) fn answer(&mut self, response: &Response, last: bool) -> io::Result<()> {
        let Response { status, headers, body } = response;
        let mut text = format!("HTTP/1.1 {status} {}\r\nContent-Length: {}\r\n", reason(*status), body.len());
        if !body.is_empty() {
            text += "Content-Type: application/json; charset=utf-8\r\n";
        }
        if last {
            text += "Connection: close\r\n";
        }
        for (name, value) in headers {
            text += &format!("{name}: {value}\r\n");
        }
        text += "\r\n";
        text += body;
        self.stream.write_all(text.as_bytes())
    }

    /// Ends a connection whose client may still be sending: an end with octets unread would cost it the answer. They are
    /// thrown away for a second, and no more than a body may have.
    pub(super) fn linger(&mut self) {
        let mut chunk = [0; 4096];
        let ready = self.stream.shutdown(Shutdown::Write).is_ok()
            && self.stream.set_read_timeout(Some(Duration::from_secs(1))).is_ok();
        for _ in 0..BODY / chunk.len() {
            if !ready || !self.stream.read(&mut chunk).is_ok_and(|count| count > 0) {
                return;
            }
        }
    }

    fn more(&mut self) -> Result<(), Trouble> {
        let mut chunk = [0; 4096];
        let count = self.stream.read(&mut chunk)?;
        self.buffer.extend(chunk.iter().take(count));
        if count == 0 { Err(Trouble::Gone) } else { Ok(()) }
    }
}

/// Reads a header.
fn parse(text: &str) -> Result<Head, Trouble> {
    let mut lines = text.split("\r\n").take_while(|line| !line.is_empty());
    let request: Vec<&str> = lines.next().unwrap_or_default().split(' ').collect();
    let [method, target, version] = request.as_slice() else {
        return Err(Trouble::Bad(400, "the first line is no request"));
    };
    let last = match *version {
        "HTTP/1.1" => false,
        "HTTP/1.0" => true,
        _ => return Err(Trouble::Bad(505, "HTTP/1.1 is spoken here")),
    };
    let mut head =
        Head { method: (*method).to_owned(), target: (*target).to_owned(), last, ..Head::default() };
    let mut lengths: Option<&str> = None;
    for line in lines {
        let (name, value) = line.split_once(':').ok_or(Trouble::Bad(400, "a header line has no colon"))?;
        let value = value.trim();
        match name.to_ascii_lowercase().as_str() {
            "authorization" => head.authorization = Some(value.to_owned()),
            "content-length" if lengths.is_some_and(|known| known != value) => {
                return Err(Trouble::Bad(400, "the length is given twice"));
            }
            "content-length" => lengths = Some(value),
            "transfer-encoding" => return Err(Trouble::Bad(411, "the body needs a Content-Length")),
            "expect" => head.expects = value.eq_ignore_ascii_case("100-continue"),
            "connection" if value.eq_ignore_ascii_case("close") => head.last = true,
            "connection" if value.eq_ignore_ascii_case("keep-alive") => head.last = false,
            _ => {}
        }
    }
    head.length = length(lengths.unwrap_or("0"))?;
    Ok(head)
}

fn length(text: &str) -> Result<usize, Trouble> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Trouble::Bad(400, "the length is no number"));
    }
    let length = text.parse().ok().filter(|length| *length <= BODY);
    length.ok_or(Trouble::Bad(413, "the body is too long"))
}

impl Response {
    /// An answer with JSON.
    pub(super) fn json(status: u16, body: &serde_json::Value) -> Self {
        Self { status, headers: Vec::new(), body: body.to_string() }
    }

    /// An answer without a body.
    pub(super) fn empty(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: String::new() }
    }

    /// A refusal, in words.
    pub(super) fn message(status: u16, message: impl AsRef<str>) -> Self {
        Self::json(status, &serde_json::json!({ "message": message.as_ref() }))
    }

    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        204 => "No Content",
        307 => "Temporary Redirect",
        400 => "Bad Request",
        401 => "Unauthorized",
        404 => "Not Found",
        405 => "Method Not Allowed",
        409 => "Conflict",
        411 => "Length Required",
        413 => "Content Too Large",
        429 => "Too Many Requests",
        431 => "Request Header Fields Too Large",
        500 => "Internal Server Error",
        503 => "Service Unavailable",
        505 => "HTTP Version Not Supported",
        _ => "",
    }
}

/// A part of a target with its `%` sequences read; none when they are none, or no text.
pub(super) fn decoded(text: &str) -> Option<String> {
    let (mut octets, mut bytes) = (Vec::new(), text.bytes());
    while let Some(byte) = bytes.next() {
        octets.push(match byte {
            b'%' => {
                let pair = [bytes.next()?, bytes.next()?];
                let digits =
                    std::str::from_utf8(&pair).ok().filter(|_| pair.iter().all(u8::is_ascii_hexdigit))?;
                u8::from_str_radix(digits, 16).ok()?
            }
            byte => byte,
        });
    }
    String::from_utf8(octets).ok()
}

/// The pairs of a query; none when one cannot be read. A `+` is a blank there.
pub(super) fn query(text: &str) -> Option<Vec<(String, String)>> {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    let read = |text: &str| decoded(&text.replace('+', " "));
    pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Some((read(name)?, read(value)?))
        })
        .collect()
}
