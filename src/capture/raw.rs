//! The bytes themselves, as one stream.

use std::io::BufRead;
use std::ops::ControlFlow;

use super::{Each, End, Error, Event, Link, Piece, Side, Summary, fill};

pub(super) fn read(input: &mut impl BufRead, each: Each<'_>) -> Result<Summary, Error> {
    let link = Link { id: 0, transport: None, from: None, to: None, name: None, opened: true };
    let mut go = each(Event::Opened(&link, None));
    while go == ControlFlow::Continue(()) {
        let bytes = fill(input)?;
        let taken = bytes.len();
        if taken == 0 {
            let end = Event::Ended { link: 0, side: Side::First, end: End::Closed, arrival: None };
            let _ = each(end);
            break;
        }
        go = each(Event::Piece(Piece {
            bytes,
            given: taken,
            whole: false,
            line: None,
            link: Some(0),
            side: Side::First,
            arrival: None,
        }));
        input.consume(taken);
    }
    Ok(Summary::default())
}
