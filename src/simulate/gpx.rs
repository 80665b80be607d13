//! The points of a GPX file: track points, or else route points, or else way points. It reads the tags that it needs and
//! passes over all others, in whatever order and with whatever prefix they come.

use super::track::{MOST, Point, TrackError};

/// Reads the points in their order.
pub(super) fn points(text: &str) -> Result<Vec<Point>, TrackError> {
    for name in ["trkpt", "rtept", "wpt"] {
        let points = named(text, name)?;
        if !points.is_empty() {
            return Ok(points);
        }
    }
    if text.contains("gpx") { Err(TrackError::Empty) } else { Err(TrackError::Form) }
}

fn named(text: &str, name: &str) -> Result<Vec<Point>, TrackError> {
    let mut points: Vec<Point> = Vec::new();
    let mut inside = false;
    for tag in tags(text) {
        match tag {
            Tag { name: own, attributes, closes, .. } if own == name && !closes => {
                if points.len() >= MOST {
                    return Err(TrackError::Long);
                }
                points.push(point(attributes, points.len() + 1)?);
                inside = !attributes.trim_end().ends_with('/');
            }
            Tag { name: own, .. } if own == name => inside = false,
            Tag { name: "ele", closes: false, text, .. } if inside => {
                if let Some(point) = points.last_mut() {
                    point.altitude_m = text.trim().parse().ok().filter(|metres: &f64| metres.is_finite());
                }
            }
            _ => {}
        }
    }
    Ok(points)
}

/// A tag, what stands in it, and the text up to the next one.
struct Tag<'a> {
    /// Without a prefix.
    name: &'a str,
    attributes: &'a str,
    closes: bool,
    text: &'a str,
}

/// The tags of a document. Comments and the like are passed over.
fn tags(text: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            rest = rest.get(rest.find('<')? + 1..)?;
            if let Some(comment) = rest.strip_prefix("!--") {
                rest = comment.get(comment.find("-->")? + 3..)?;
                continue;
            }
            let (inside, after) = rest.split_at(rest.find('>')?);
            rest = after;
            let closes = inside.starts_with('/');
            let inside = inside.trim_start_matches('/');
            let end = inside.find(|c: char| c.is_whitespace() || c == '/').unwrap_or(inside.len());
            let (name, attributes) = inside.split_at(end);
            let name = name.rsplit(':').next().unwrap_or(name);
            let text = after.get(1..).unwrap_or_default();
            let text = text.get(..text.find('<').unwrap_or(text.len())).unwrap_or_default();
            return Some(Tag { name, attributes, closes, text });
        }
    })
}

fn point(attributes: &str, number: usize) -> Result<Point, TrackError> {
    let text = |name: &str| attribute(attributes, name).unwrap_or_default();
    let (lat, lon) = (text("lat"), text("lon"));
    match (lat.trim().parse(), lon.trim().parse()) {
        (Ok(lat), Ok(lon)) => Ok(Point { lat, lon, altitude_m: None }),
        _ => Err(TrackError::Point { number, lat: lat.to_owned(), lon: lon.to_owned() }),
    }
}

/// The value of an attribute, in either kind of quotes.
fn attribute<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = attributes;
    loop {
        let (before, after) = rest.split_once('=')?;
        let after = after.trim_start();
        let quote = after.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
        let (value, next) = after.get(1..)?.split_once(quote)?;
        if before.trim() == name {
            return Some(value);
        }
        rest = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_read_in_order_with_their_height() {
        // The form of the GPX 1.1 schema's own example, with what programs of others do to it.
        let text = "<?xml version=\"1.0\"?>\n<gpx version='1.1' xmlns:x=\"u\"><!-- <trkpt lat=\"0\" lon=\"0\"/> -->\
                    <wpt lat=\"9\" lon=\"9\"/><trk><trkseg>\
                    <trkpt lon='-74.1' lat=\"4.65\"><ele>2552.5</ele><time>2026-01-01T00:00:00Z</time></trkpt>\
                    <x:trkpt lat=\"4.66\" lon=\"-74.09\"/><ele>1</ele></trkseg></trk></gpx>";
        assert_eq!(
            points(text).unwrap(),
            [
                Point { lat: 4.65, lon: -74.1, altitude_m: Some(2552.5) },
                Point { lat: 4.66, lon: -74.09, altitude_m: None }
            ]
        );
    }

    #[test]
    fn a_route_or_way_points_will_do() {
        assert_eq!(points("<gpx><rte><rtept lat=\"1\" lon=\"2\"/></rte></gpx>").unwrap().len(), 1);
        assert_eq!(
            points("<gpx><wpt lat=\"1\" lon=\"2\"></wpt><wpt lat=\"1\" lon=\"3\"></wpt></gpx>")
                .unwrap()
                .len(),
            2
        );
    }

    #[test]
    fn what_is_broken_is_told() {
        assert!(matches!(
            points("<gpx><trkpt lat=\"x\" lon=\"2\"/></gpx>"),
            Err(TrackError::Point { number: 1, .. })
        ));
        assert_eq!(points("<gpx></gpx>"), Err(TrackError::Empty));
        assert_eq!(points("<kml></kml>"), Err(TrackError::Form));
        for text in
            ["<", "<trkpt", "<trkpt lat=", "<trkpt lat=\"1", "<!--", "</", "<>", "<trkpt lat=1 lon=2>"]
        {
            assert!(points(text).is_err(), "{text}");
        }
    }
}
