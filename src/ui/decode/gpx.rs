//! GPX 1.1: one track for each tracker, one point for each position with a fix.

use std::collections::HashMap;
use std::io;

use crate::diagnose::Finding;
use crate::report::has_fix;
use crate::wire::{Dec, UtcTime, View};

use super::super::term::Term;
use super::geojson::left_out;
use super::{Aside, Format, Frame, Other, Place, Tally};

/// Points that are kept until the end, when the tracks are written.
const MOST_POINTS: usize = 4_000_000;

/// Tracks of trackers.
#[derive(Debug, Default)]
pub struct Gpx {
    tracks: Vec<(String, Vec<Point>)>,
    places: HashMap<String, usize>,
    points: usize,
    left_out: u64,
    aside: Aside,
}

#[derive(Debug, Clone, Copy)]
struct Point {
    lat: Dec,
    lon: Dec,
    altitude_m: Option<Dec>,
    time: Option<UtcTime>,
    satellites: Option<u16>,
    hdop: Option<Dec>,
}

/// A position with a fix.
fn point(view: &View<'_>) -> Option<Point> {
    let (lat, lon) = has_fix(view)?;
    let (altitude_m, time, satellites, hdop) = (view.altitude_m, view.time, view.satellites, view.hdop);
    Some(Point { lat, lon, altitude_m, time, satellites, hdop })
}

impl Gpx {
    fn add(&mut self, name: String, point: Point) {
        let at = *self.places.entry(name.clone()).or_insert_with(|| {
            self.tracks.push((name, Vec::new()));
            self.tracks.len() - 1
        });
        if let Some((_, points)) = self.tracks.get_mut(at) {
            points.push(point);
            self.points += 1;
        }
    }
}

impl Format for Gpx {
    fn frame(&mut self, frame: &Frame<'_>, term: &mut Term) -> io::Result<()> {
        self.aside.frame(frame, term);
        for view in frame.messages.views(frame.bytes).filter(|_| frame.claimed) {
            match point(&view).filter(|_| self.points < MOST_POINTS) {
                Some(point) => {
                    self.add(view.device_id.map_or_else(|| "unknown".to_owned(), |id| id.to_string()), point)
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
        term.line("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        term.line("<gpx version=\"1.1\" creator=\"homing\" xmlns=\"http://www.topografix.com/GPX/1/1\">");
        for (name, points) in &self.tracks {
            // An identity has letters, digits, `-`, `_` and `.` only: nothing that XML would read.
            term.line(format!("  <trk><name>{name}</name><trkseg>"));
            points.iter().for_each(|point| term.line(trkpt(point)));
            term.line("  </trkseg></trk>");
        }
        term.line("</gpx>");
        left_out(self.left_out, term);
        if self.points >= MOST_POINTS {
            term.warn(&format!(
                "only the first {MOST_POINTS} positions are in the tracks: take --format geojson"
            ));
        }
        self.aside.finish(findings, term);
        Ok(())
    }
}

/// A point with what GPX has elements for, in the order that its schema asks for.
fn trkpt(point: &Point) -> String {
    let mut text = format!("    <trkpt lat=\"{}\" lon=\"{}\">", point.lat, point.lon);
    let mut element = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            text.push_str(&format!("<{name}>{value}</{name}>"));
        }
    };
    element("ele", point.altitude_m.map(|altitude| altitude.to_string()));
    element("time", point.time.map(|time| time.to_string()));
    element("sat", point.satellites.map(|satellites| satellites.to_string()));
    element("hdop", point.hdop.map(|hdop| hdop.to_string()));
    text.push_str("</trkpt>");
    text
}
