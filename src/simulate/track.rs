//! The way that simulated trackers take: points with straight lines between them, there and back again, or round and
//! round when it ends where it begins.

use super::{geojson, gpx};

/// A point of a track.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// Degrees, south negative.
    pub lat: f64,
    /// Degrees, west negative.
    pub lon: f64,
    /// Metres above the sea, where the track says so.
    pub altitude_m: Option<f64>,
}

/// Where a tracker is on its way.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// The point.
    pub point: Point,
    /// Degrees from north, eastwards: 0 up to 360.
    pub course_deg: f64,
}

/// A way.
#[derive(Debug, Clone, PartialEq)]
pub struct Track {
    points: Vec<Point>,
    /// Metres from the beginning to each point.
    metres: Vec<f64>,
    closed: bool,
}

/// Why a file is no track.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TrackError {
    /// Neither form.
    #[error(
        "it is neither GPX (XML with trkpt, rtept or wpt) nor GeoJSON (with Point, LineString or MultiLineString)"
    )]
    Form,
    /// A form that is broken.
    #[error("it is no GeoJSON: {0}")]
    Json(String),
    /// A point that is none.
    #[error("point {number} is not on this earth: latitude `{lat}`, longitude `{lon}`")]
    Point {
        /// Counted from 1.
        number: usize,
        /// As it is written.
        lat: String,
        /// As it is written.
        lon: String,
    },
    /// Nothing in it.
    #[error("it has no points")]
    Empty,
    /// Too much in it.
    #[error("it has more than {MOST} points")]
    Long,
}

/// The most points of a track.
pub(super) const MOST: usize = 1_000_000;

/// The earth's mean radius, metres (IUGG).
const RADIUS: f64 = 6_371_008.8;

/// Two points this near are one: the ends of a loop seldom meet to the millimetre.
const NEAR: f64 = 30.0;

impl Track {
    /// From its points.
    ///
    /// # Errors
    /// None, too many, or one that is not on this earth.
    pub fn new(points: Vec<Point>) -> Result<Self, TrackError> {
        let outside = |point: &Point| {
            !(point.lat.abs() <= 90.0
                && point.lon.abs() <= 180.0
                && point.altitude_m.is_none_or(f64::is_finite))
        };
        if let Some((number, point)) = (1..).zip(&points).find(|(_, point)| outside(point)) {
            return Err(TrackError::Point { number, lat: point.lat.to_string(), lon: point.lon.to_string() });
        }
        let (Some(first), Some(last)) = (points.first(), points.last()) else {
            return Err(TrackError::Empty);
        };
        if points.len() > MOST {
            return Err(TrackError::Long);
        }
        let closed = points.len() > 2 && distance(first, last) <= NEAR;
        let mut so_far = 0.0;
        let mut metres = vec![0.0];
        for pair in points.windows(2) {
            if let [from, to] = pair {
                so_far += distance(from, to);
                metres.push(so_far);
            }
        }
        Ok(Self { points, metres, closed })
    }

    /// Reads GPX or GeoJSON.
    ///
    /// # Errors
    /// When it is neither, or has no points.
    pub fn read(text: &str) -> Result<Self, TrackError> {
        let text = text.trim_start_matches('\u{FEFF}').trim_start();
        let points = match text.bytes().next() {
            Some(b'<') => gpx::points(text)?,
            Some(b'{') => geojson::points(text)?,
            _ => return Err(TrackError::Form),
        };
        Self::new(points)
    }

    /// A loop of four kilometres around a park in Bogotá.
    #[must_use]
    pub fn built_in() -> Self {
        let point = |turn: f64| Point {
            lat: 4.658 + 0.0057 * turn.sin(),
            lon: -74.094 + 0.0057 * turn.cos(),
            altitude_m: Some(2_552.0),
        };
        let points = (0..=72).map(|step| point(f64::from(step) * std::f64::consts::TAU / 72.0)).collect();
        // 73 points on this earth are a track.
        Self::new(points).unwrap_or(Self { points: Vec::new(), metres: Vec::new(), closed: false })
    }

    /// Metres from its beginning to its end.
    #[must_use]
    pub fn length_m(&self) -> f64 {
        self.metres.last().copied().unwrap_or_default()
    }

    /// Where a tracker is that has gone so many metres from the beginning.
    #[must_use]
    pub fn at(&self, gone_m: f64) -> Place {
        let length = self.length_m();
        let (metres, back) = if length <= 0.0 {
            (0.0, false)
        } else if self.closed {
            (gone_m.rem_euclid(length), false)
        } else {
            // There and back again.
            let round = gone_m.rem_euclid(2.0 * length);
            if round <= length { (round, false) } else { (2.0 * length - round, true) }
        };
        let after = self.metres.partition_point(|so_far| *so_far <= metres);
        let last = self.points.len().saturating_sub(1);
        let (from, to) = (after.saturating_sub(1).min(last), after.min(last));
        let (start, end) =
            (self.metres.get(from).copied().unwrap_or(0.0), self.metres.get(to).copied().unwrap_or(0.0));
        let part = if end > start { (metres - start) / (end - start) } else { 0.0 };
        let origin = Point { lat: 0.0, lon: 0.0, altitude_m: None };
        let (from, to) = (
            self.points.get(from).copied().unwrap_or(origin),
            self.points.get(to).copied().unwrap_or(origin),
        );
        let course = course(&from, &to);
        let course_deg = if back { (course + 180.0) % 360.0 } else { course };
        Place { point: between(&from, &to, part), course_deg }
    }
}

/// The point at a part of the way. Tracks are short enough for straight lines; over the date line it is the short way.
fn between(from: &Point, to: &Point, part: f64) -> Point {
    let mut wide = to.lon - from.lon;
    if wide > 180.0 {
        wide -= 360.0;
    } else if wide < -180.0 {
        wide += 360.0;
    }
    let lon = from.lon + wide * part;
    let lon = if lon > 180.0 {
        lon - 360.0
    } else if lon < -180.0 {
        lon + 360.0
    } else {
        lon
    };
    let altitude_m = match (from.altitude_m, to.altitude_m) {
        (Some(from), Some(to)) => Some(from + (to - from) * part),
        (one, other) => one.or(other),
    };
    Point { lat: from.lat + (to.lat - from.lat) * part, lon, altitude_m }
}

/// Metres along a great circle.
fn distance(from: &Point, to: &Point) -> f64 {
    let (lat1, lat2) = (from.lat.to_radians(), to.lat.to_radians());
    let (north, east) = (lat2 - lat1, (to.lon - from.lon).to_radians());
    let half = (north / 2.0).sin().powi(2) + lat1.cos() * lat2.cos() * (east / 2.0).sin().powi(2);
    2.0 * RADIUS * half.sqrt().min(1.0).asin()
}

/// Degrees from north in which a great circle begins; 0 when the points are one.
fn course(from: &Point, to: &Point) -> f64 {
    let (lat1, lat2) = (from.lat.to_radians(), to.lat.to_radians());
    let east = (to.lon - from.lon).to_radians();
    let (y, x) = (east.sin() * lat2.cos(), lat1.cos() * lat2.sin() - lat1.sin() * lat2.cos() * east.cos());
    y.atan2(x).to_degrees().rem_euclid(360.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(lat: f64, lon: f64) -> Point {
        Point { lat, lon, altitude_m: None }
    }

    #[test]
    fn distances_and_courses_are_those_of_the_earth() {
        // A degree of latitude is 111.2 km on a sphere of the mean radius, and a degree of longitude at 60° half of it.
        assert!((distance(&point(0.0, 0.0), &point(1.0, 0.0)) - 111_195.0).abs() < 10.0);
        assert!((distance(&point(60.0, 10.0), &point(60.0, 11.0)) - 55_597.0).abs() < 20.0);
        for (to, degrees) in
            [((1.0, 0.0), 0.0), ((0.0, 1.0), 90.0), ((-1.0, 0.0), 180.0), ((0.0, -1.0), 270.0)]
        {
            assert!((course(&point(0.0, 0.0), &point(to.0, to.1)) - degrees).abs() < 1e-9);
        }
    }

    #[test]
    fn an_open_track_is_gone_there_and_back() {
        let track = Track::new(vec![point(0.0, 0.0), point(0.0, 1.0)]).unwrap();
        let length = track.length_m();
        for (gone, lon, course) in [(0.0, 0.0, 90.0), (0.5, 0.5, 90.0), (1.25, 0.75, 270.0), (2.5, 0.5, 90.0)]
        {
            let place = track.at(gone * length);
            assert!((place.point.lon - lon).abs() < 1e-9, "{gone}: {place:?}");
            assert!((place.course_deg - course).abs() < 1e-9, "{gone}: {place:?}");
        }
    }

    #[test]
    fn the_built_in_loop_is_closed_and_about_four_kilometres() {
        let track = Track::built_in();
        assert!(track.closed);
        assert!((3_800.0..4_200.0).contains(&track.length_m()), "{}", track.length_m());
        let (start, round) = (track.at(0.0), track.at(track.length_m() * 3.0));
        assert!(distance(&start.point, &round.point) < 1.0);
    }

    #[test]
    fn the_date_line_is_crossed_the_short_way() {
        let track = Track::new(vec![point(0.0, 179.9), point(0.0, -179.9)]).unwrap();
        assert!(track.length_m() < 30_000.0);
        let middle = track.at(track.length_m() * 0.75).point.lon;
        assert!((middle + 179.95).abs() < 1e-6, "{middle}");
    }

    #[test]
    fn a_single_point_is_a_tracker_that_stands() {
        let track = Track::new(vec![point(1.0, 2.0)]).unwrap();
        assert_eq!(track.at(1_000.0), Place { point: point(1.0, 2.0), course_deg: 0.0 });
    }

    #[test]
    fn what_is_not_on_this_earth_is_refused() {
        assert!(matches!(
            Track::new(vec![point(0.0, 0.0), point(91.0, 0.0)]),
            Err(TrackError::Point { number: 2, .. })
        ));
        assert!(matches!(Track::new(vec![point(f64::NAN, 0.0)]), Err(TrackError::Point { .. })));
        assert_eq!(Track::new(Vec::new()), Err(TrackError::Empty));
    }
}
