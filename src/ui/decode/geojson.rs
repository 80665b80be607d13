//! GeoJSON (RFC 7946): one point for each position with a fix, longitude first.

use std::io;

use crate::diagnose::Finding;
use crate::report::{compact, feature};

use super::super::term::Term;
use super::{Aside, Format, Frame, Other, Place, Tally};

/// A collection of points.
#[derive(Debug, Default)]
pub struct Geojson {
    points: u64,
    left_out: u64,
    aside: Aside,
}

impl Format for Geojson {
    fn frame(&mut self, frame: &Frame<'_>, term: &mut Term) -> io::Result<()> {
        self.aside.frame(frame, term);
        for view in frame.messages.views(frame.bytes).filter(|_| frame.claimed) {
            match feature(frame.protocol, &view, frame.place.line) {
                Some(feature) => {
                    let before = "{\"type\":\"FeatureCollection\",\"features\":[\n";
                    term.text(if self.points == 0 { before } else { ",\n" });
                    self.points += 1;
                    compact(&mut *term, &feature)?;
                }
                None => self.left_out += 1,
            }
        }
        Ok(())
    }

    fn other(&mut self, other: &Other<'_>, place: &Place, term: &mut Term) -> io::Result<()> {
        self.aside.other(other, place, term);
        Ok(())
    }

    fn finish(&mut self, _: &Tally, findings: &[Finding], term: &mut Term) -> io::Result<()> {
        let empty = "{\"type\":\"FeatureCollection\",\"features\":[";
        term.text(if self.points == 0 { empty } else { "\n" });
        term.line("]}");
        left_out(self.left_out, term);
        self.aside.finish(findings, term);
        Ok(())
    }
}

/// Says how many messages are no point of a map.
pub(super) fn left_out(number: u64, term: &mut Term) {
    if number > 0 {
        let what = if number == 1 { "1 message is" } else { &format!("{number} messages are") };
        term.warn(&format!("{what} left out: without a position, or without a fix for it"));
    }
}
