//! Readings of small captures that were written by hand, by the papers of their formats.

mod dumps;
mod lines;
mod packets;
mod random;
mod reassembly;

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use super::{Arrival, End, Error, Event, Form, Options, Side, Summary, read};

/// A line or datagram: line, link, arrival, bytes.
type Whole = (Option<u64>, Option<u32>, Option<Arrival>, Vec<u8>);

/// Everything that a capture gave.
#[derive(Debug, Default)]
struct Seen {
    /// Lines and datagrams in their order.
    whole: Vec<Whole>,
    /// The bytes of each direction of a connection.
    streams: BTreeMap<(u32, u8), Vec<u8>>,
    /// Everything else, in words.
    said: Vec<String>,
    /// The transports and addresses of links.
    links: Vec<String>,
    summary: Summary,
}

impl Seen {
    fn take(&mut self, event: Event<'_>) -> ControlFlow<()> {
        match event {
            Event::Opened(link, _) => {
                let by = link.transport.map_or("?", |by| by.word());
                let end =
                    |end: Option<std::net::SocketAddr>| end.map_or("?".to_owned(), |end| end.to_string());
                let name = link.name.as_deref().unwrap_or("-");
                self.links.push(format!(
                    "{} {by} {} {} {name} {}",
                    link.id,
                    end(link.from),
                    end(link.to),
                    link.opened
                ));
            }
            Event::Piece(piece) if piece.whole => {
                self.whole.push((piece.line, piece.link, piece.arrival, piece.bytes.to_vec()));
            }
            Event::Piece(piece) => {
                let key = (piece.link.unwrap(), u8::from(piece.side == Side::Second));
                self.streams.entry(key).or_default().extend_from_slice(piece.bytes);
            }
            Event::Missing { link, side, bytes } => self.said.push(format!("{link} {side:?} misses {bytes}")),
            Event::Ended { link, side, end, .. } => {
                if end != End::Open {
                    self.said.push(format!("{link} {side:?} {end:?}"));
                }
            }
            Event::Refused { line, why } => self.said.push(format!("line {line}: {why}")),
        }
        ControlFlow::Continue(())
    }

    /// The bytes of lines and datagrams alone.
    fn bytes(&self) -> Vec<&[u8]> {
        self.whole.iter().map(|(.., bytes)| bytes.as_slice()).collect()
    }
}

fn try_seen(input: &[u8], options: &Options) -> Result<Seen, Error> {
    let mut seen = Seen::default();
    let summary = read(input, options, &mut |event| seen.take(event))?;
    Ok(Seen { summary, ..seen })
}

fn seen(input: &[u8], form: Option<Form>) -> Seen {
    try_seen(input, &Options { form, ..Options::default() }).unwrap()
}
