//! Traffic that is no tracker's: named by its first bytes, so that nobody takes it for a broken frame.

/// What is not a tracker, by its first bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Foreign {
    /// An HTTP request; phone apps report by HTTP too, and this is for a person to look at.
    Http,
    /// The first record of a TLS connection.
    Tls,
    /// The greeting of SSH.
    Ssh,
    /// A remote desktop connection request.
    Rdp,
    /// A SOCKS greeting.
    Socks,
    /// A greeting or command of a mail, file or other text service.
    Text,
}

impl Foreign {
    /// What it is, in plain words.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Http => "an HTTP request",
            Self::Tls => "a TLS hello",
            Self::Ssh => "an SSH greeting",
            Self::Rdp => "a remote desktop request, as port scanners send it",
            Self::Socks => "a SOCKS greeting, as port scanners send it",
            Self::Text => "a greeting of another service, as port scanners send it",
        }
    }
}

const HTTP: [&[u8]; 9] = [
    b"GET /",
    b"POST /",
    b"HEAD /",
    b"PUT /",
    b"OPTIONS ",
    b"DELETE /",
    b"CONNECT ",
    b"TRACE ",
    b"PRI * HTTP/2",
];
const TEXT: [&[u8]; 7] =
    [b"EHLO ", b"HELO ", b"USER ", b"HELP\r\n", b"QUIT\r\n", b"*1\r\n$4\r\nPING", b"stats\r\n"];

/// Names traffic that is no tracker's. None for everything else, also for what nobody knows.
#[must_use]
pub fn foreign(bytes: &[u8]) -> Option<Foreign> {
    let starts = |with: &[&[u8]]| with.iter().any(|prefix| bytes.starts_with(prefix));
    match bytes {
        _ if starts(&HTTP) => Some(Foreign::Http),
        // Handshake record, version 3.x, then the length and a client hello.
        [0x16, 0x03, 0..=4, _, _, 0x01, ..] => Some(Foreign::Tls),
        _ if bytes.starts_with(b"SSH-") => Some(Foreign::Ssh),
        // TPKT version 3, then an X.224 connection request.
        [0x03, 0x00, 0x00, _, _, 0xE0, ..] => Some(Foreign::Rdp),
        [0x05, 0x01, 0x00] | [0x05, 0x02, 0x00, 0x02] | [0x04, 0x01, _, _, _, _, _, _, 0x00] => {
            Some(Foreign::Socks)
        }
        _ if starts(&TEXT) => Some(Foreign::Text),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_scanners_send_has_a_name_and_what_trackers_send_has_none() {
        for (bytes, found) in [
            (&b"GET /?id=1 HTTP/1.1\r\n"[..], Some(Foreign::Http)),
            (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", Some(Foreign::Tls)),
            (b"SSH-2.0-Go\r\n", Some(Foreign::Ssh)),
            (b"\x03\x00\x00\x13\x0e\xe0\x00\x00", Some(Foreign::Rdp)),
            (b"\x05\x01\x00", Some(Foreign::Socks)),
            (b"EHLO example.com\r\n", Some(Foreign::Text)),
            (b"&&A20,021104023195429,800DA\r\n", None),
            (b"\x78\x78\x0d\x01", None),
            (b"*HQ,1234567890,V1,", None),
            (b"", None),
        ] {
            assert_eq!(foreign(bytes), found);
        }
    }
}
