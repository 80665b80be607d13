//! The points of a GeoJSON document (RFC 7946): of every Point, LineString and MultiLineString, in their order.

use serde_json::Value;

use super::track::{MOST, Point, TrackError};

/// Reads the points in their order.
pub(super) fn points(text: &str) -> Result<Vec<Point>, TrackError> {
    let document: Value = serde_json::from_str(text).map_err(|error| TrackError::Json(error.to_string()))?;
    let mut points = Vec::new();
    // What is still to be looked at, the first on top; no deeper than the reader let the document be.
    let mut left = vec![&document];
    while let Some(value) = left.pop() {
        let coordinates = value.get("coordinates");
        match value.get("type").and_then(Value::as_str) {
            Some("FeatureCollection") => push(&mut left, value.get("features")),
            Some("GeometryCollection") => push(&mut left, value.get("geometries")),
            Some("Feature") => left.extend(value.get("geometry")),
            Some("Point") => {
                points.extend(coordinates.map(|place| point(place, points.len() + 1)).transpose()?)
            }
            Some("LineString" | "MultiPoint") => line(coordinates, &mut points)?,
            Some("MultiLineString") => {
                for part in coordinates.and_then(Value::as_array).into_iter().flatten() {
                    line(Some(part), &mut points)?;
                }
            }
            _ => {}
        }
        if points.len() > MOST {
            return Err(TrackError::Long);
        }
    }
    if points.is_empty() { Err(TrackError::Empty) } else { Ok(points) }
}

fn push<'a>(left: &mut Vec<&'a Value>, list: Option<&'a Value>) {
    left.extend(list.and_then(Value::as_array).into_iter().flatten().rev());
}

fn line(places: Option<&Value>, points: &mut Vec<Point>) -> Result<(), TrackError> {
    for place in places.and_then(Value::as_array).into_iter().flatten() {
        points.push(point(place, points.len() + 1)?);
    }
    Ok(())
}

/// Longitude, latitude, and perhaps the height.
fn point(place: &Value, number: usize) -> Result<Point, TrackError> {
    let part = |index: usize| place.get(index);
    match (part(1).and_then(Value::as_f64), part(0).and_then(Value::as_f64)) {
        (Some(lat), Some(lon)) => Ok(Point { lat, lon, altitude_m: part(2).and_then(Value::as_f64) }),
        _ => {
            let shown = |part: Option<&Value>| part.map_or_else(String::new, ToString::to_string);
            Err(TrackError::Point { number, lat: shown(part(1)), lon: shown(part(0)) })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longitude_comes_first_and_features_in_their_order() {
        let text = r#"{"type":"FeatureCollection","features":[
            {"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[-74.1,4.65,2552],[-74.2,4.66]]}},
            {"type":"Feature","geometry":null},
            {"type":"Feature","geometry":{"type":"MultiLineString","coordinates":[[[1,2]],[[3,4]]]}},
            {"type":"Feature","geometry":{"type":"Point","coordinates":[5,6]}}]}"#;
        let places: Vec<_> =
            points(text).unwrap().iter().map(|point| (point.lat, point.lon, point.altitude_m)).collect();
        assert_eq!(
            places,
            [
                (4.65, -74.1, Some(2552.0)),
                (4.66, -74.2, None),
                (2.0, 1.0, None),
                (4.0, 3.0, None),
                (6.0, 5.0, None)
            ]
        );
    }

    #[test]
    fn what_is_broken_is_told() {
        assert_eq!(points(r#"{"type":"Polygon","coordinates":[]}"#), Err(TrackError::Empty));
        assert!(matches!(points("{"), Err(TrackError::Json(_))));
        let half = r#"{"type":"LineString","coordinates":[[1]]}"#;
        assert!(matches!(points(half), Err(TrackError::Point { number: 1, .. })));
        let deep = "{\"type\":\"Feature\",\"geometry\":".repeat(100_000);
        assert!(matches!(points(&deep), Err(TrackError::Json(_))));
    }
}
