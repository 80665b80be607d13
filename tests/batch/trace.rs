//! A trace of system calls, as strace writes it with `-f -y -x`: which call began and ended when, on which file, and
//! with which octets. It only reads; what the order must be stands in `order.rs`.

use std::collections::HashMap;

/// A system call of a trace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Call {
    pub(crate) name: String,
    /// The file of its first argument.
    pub(crate) file: String,
    /// The octets that it wrote.
    pub(crate) data: Vec<u8>,
    /// Where in the file, for `pwrite64`.
    pub(crate) offset: usize,
    /// Lines of the trace: where it was entered, and where it returned.
    pub(crate) begin: usize,
    pub(crate) end: usize,
    pub(crate) result: i64,
}

impl Call {
    pub(crate) fn writes(&self) -> bool {
        matches!(self.name.as_str(), "write" | "writev" | "pwrite64" | "sendto" | "sendmsg")
    }

    pub(crate) fn syncs(&self) -> bool {
        matches!(self.name.as_str(), "fsync" | "fdatasync") && self.result == 0
    }
}

/// The calls of a trace, in the order in which they returned.
pub(crate) fn calls(trace: &str) -> Vec<Call> {
    let mut begun: HashMap<&str, (usize, &str)> = HashMap::new();
    let mut calls = Vec::new();
    for (at, line) in trace.lines().enumerate() {
        let Some((thread, rest)) = line.split_once(' ') else { continue };
        let rest = rest.trim_start();
        if let Some(first) = rest.strip_suffix("<unfinished ...>") {
            begun.insert(thread, (at, first));
        } else if let Some(rest) = rest.strip_prefix("<... ") {
            let Some((_, second)) = rest.split_once(" resumed>") else { continue };
            let (begin, first) = begun.remove(thread).unwrap_or((at, ""));
            calls.extend(call(&format!("{first}{second}"), begin, at));
        } else {
            calls.extend(call(rest, at, at));
        }
    }
    calls
}

/// `name(3</path>, "octets", 6) = 6`; none for signals, exits and what was killed.
fn call(text: &str, begin: usize, end: usize) -> Option<Call> {
    let (name, rest) = text.split_once('(')?;
    let (arguments, result) = rest.rsplit_once(" = ")?;
    let result = result.split_whitespace().next()?.parse().ok()?;
    let first = arguments.split_once('<').and_then(|(_, path)| path.split_once('>'));
    let file = first.map(|(path, _)| path.to_owned()).unwrap_or_default();
    let last = arguments.rsplit(", ").next().map(|last| last.trim_matches([')', ' ']));
    // What is written elsewhere than at a known place would spoil a disk that is made of it.
    let offset = match last.filter(|_| name == "pwrite64") {
        Some(last) => last.parse().unwrap_or_else(|_| panic!("line {end}: no place: {last}")),
        None => 0,
    };
    Some(Call { name: name.to_owned(), file, data: octets(arguments), offset, begin, end, result })
}

/// All quoted texts of a call, one behind the other, without strace's escapes.
fn octets(text: &str) -> Vec<u8> {
    let mut octets = Vec::new();
    let mut quoted = false;
    let mut left = text.bytes();
    while let Some(byte) = left.next() {
        match byte {
            b'"' => quoted = !quoted,
            b'\\' if quoted => match left.next() {
                Some(b'x') => {
                    let digits: String = left.by_ref().take(2).map(char::from).collect();
                    octets.push(u8::from_str_radix(&digits, 16).unwrap());
                }
                Some(b'r') => octets.push(b'\r'),
                Some(b'n') => octets.push(b'\n'),
                Some(b't') => octets.push(b'\t'),
                Some(b'v') => octets.push(0x0B),
                Some(b'f') => octets.push(0x0C),
                Some(other) => octets.push(other),
                None => {}
            },
            byte if quoted => octets.push(byte),
            _ => {}
        }
    }
    octets
}

#[test]
fn calls_are_read_also_where_another_thread_comes_between() {
    let trace = "\
7 write(3</dev/pts/1>, \"AT+CMGS=21\\r\", 11) = 11
8 fsync(5</tmp/j.db-wal> <unfinished ...>
7 write(3</dev/pts/1>, \"\\x30\\x31\\x1a\", 3 <unfinished ...>
8 <... fsync resumed>) = 0
8 pwrite64(5</tmp/j.db-wal>, \"\\x37\\x00\", 2, 32) = 2
7 <... write resumed>) = 3
7 read(3</dev/pts/1>, 0x7f, 16) = -1 EAGAIN (Resource temporarily unavailable)
8 +++ exited with 0 +++
";
    let calls = calls(trace);
    let places: Vec<_> = calls
        .iter()
        .map(|one| (one.name.as_str(), one.file.as_str(), one.begin, one.end, one.result))
        .collect();
    assert_eq!(
        places,
        [
            ("write", "/dev/pts/1", 0, 0, 11),
            ("fsync", "/tmp/j.db-wal", 1, 3, 0),
            ("pwrite64", "/tmp/j.db-wal", 4, 4, 2),
            ("write", "/dev/pts/1", 2, 5, 3),
            ("read", "/dev/pts/1", 6, 6, -1),
        ]
    );
    assert_eq!(calls[0].data, b"AT+CMGS=21\r");
    assert_eq!((calls[2].data.as_slice(), calls[2].offset), (b"7\0".as_slice(), 32));
    assert_eq!(calls[3].data, b"01\x1a");
}
