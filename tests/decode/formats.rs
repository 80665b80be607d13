//! Formats for other programs.

use super::check::{Edit, Schema};
use super::*;
use serde_json::json;

#[test]
fn one_object_a_message_has_the_keys_that_were_promised_and_no_made_up_values() {
    let input = format!("{A147}\n{A20}\n");
    let messages = messages(&[], input.as_bytes());
    assert_eq!(messages.len(), 2);
    let first = &messages[0];
    for (key, value) in [
        ("schema", json!("homing.message/1")),
        ("protocol", json!("startek")),
        ("direction", json!("up")),
        ("kind", json!("position")),
        ("device_id", json!("021104023195429")),
        ("time", json!("2018-01-06T09:30:46Z")),
        ("valid", json!(true)),
        ("lat", json!(22.646430)),
        ("lon", json!(114.065730)),
        ("altitude_m", json!(76)),
        ("speed_kmh", json!(54)),
        ("course_deg", json!(86)),
        ("satellites", json!(8)),
        ("hdop", json!(0.9)),
        ("odometer_m", json!(326_781)),
        ("battery_v", json!(3.96)),
        ("power_v", json!(12.5)),
        ("rssi_dbm", json!(-59)),
        ("cells", json!([{"mcc": 460, "mnc": 0, "lac": 0x27B3, "cid": 0x0EA7}])),
        ("events", json!([{"code": 0, "name": "interval"}])),
        ("checksum", json!({"got": "46", "want": "71", "ok": false})),
        ("length", json!({"declared": 147, "actual": 158, "ok": false})),
        ("line", json!(1)),
    ] {
        assert_eq!(first[key], value, "{key}");
    }
    assert_eq!(first["raw"].as_str().unwrap().len(), 2 * (A147.len() + 2));
    assert!(first.get("battery_pct").is_none());
    let second = messages[1].as_object().unwrap();
    for absent in ["time", "valid", "lat", "lon", "cells", "events", "power_v"] {
        assert!(!second.contains_key(absent), "{absent}");
    }
    assert_eq!(second["line"], json!(2));
}

#[test]
fn json_is_as_its_schemas_say() {
    let input = format!("{A147}\n{A20}\n{LOGIN}\nzz nobody knows this\n787\n");
    let message = Schema::of("homing.message/1");
    let lines = messages(&[], input.as_bytes());
    assert_eq!(lines.len(), 3);
    lines.iter().for_each(|line| message.accepts(line));
    message.refuses(
        &lines[0],
        &[
            ("/schema", Edit::To(json!("homing.message/2"))),
            ("/schema", Edit::Gone),
            ("/protocol", Edit::Gone),
            ("/direction", Edit::To(json!("sideways"))),
            ("/kind", Edit::To(json!("joke"))),
            ("/device_id", Edit::To(json!(21_104_023_195_429_u64))),
            ("/time", Edit::To(json!("2018-01-06 09:30:46"))),
            ("/valid", Edit::To(json!("A"))),
            ("/lat", Edit::To(json!(91))),
            ("/lon", Edit::To(json!("114.065730"))),
            ("/lon", Edit::To(json!(null))),
            ("/satellites", Edit::To(json!(-1))),
            ("/cells", Edit::To(json!([]))),
            ("/events/0/name", Edit::Gone),
            ("/attributes", Edit::Gone),
            ("/attributes/type", Edit::Gone),
            ("/attributes/status/set", Edit::Gone),
            ("/checksum/got", Edit::To(json!(0x46))),
            ("/checksum/ok", Edit::Gone),
            ("/length/declared", Edit::To(json!("147"))),
            ("/raw", Edit::Gone),
            ("/raw", Edit::To(json!("2626 "))),
            ("/line", Edit::To(json!(0))),
        ],
    );

    let decoded = Schema::of("homing.decoded/1");
    let document = fed(&["--format=json"], input.as_bytes()).json();
    decoded.accepts(&document);
    assert_eq!(document["messages"], Value::Array(lines));
    let kinds: Vec<_> = document["troubles"]
        .as_array()
        .unwrap()
        .iter()
        .map(|trouble| (&trouble["kind"], &trouble["line"]))
        .collect();
    assert_eq!(
        kinds,
        [
            (&json!("damaged"), &json!(1)),
            (&json!("not-recognised"), &json!(4)),
            (&json!("not-recognised"), &json!(5))
        ]
    );
    assert_eq!(document["counts"]["damaged"], 1);

    decoded.accepts(&fed(&["--format=json"], b"nobody knows this").json());
    decoded.accepts(&fed(&["--format=json", "--input=hex"], b"0D0A\nzz\n").json());
}

#[test]
fn csv_has_a_heading_and_one_row_a_message() {
    let said = fed(&["--format=csv"], format!("{A147}\n{A20}\n").as_bytes());
    let mut rows = said.out.lines();
    assert!(rows.next().unwrap().starts_with("line,protocol,direction,kind,device_id,time,valid,lat,lon,"));
    assert!(rows.next().unwrap().starts_with("1,startek,up,position,021104023195429,2018-01-06T09:30:46Z,true,22.646430,114.065730,76,54,86,8,0.9,326781,3.96,,12.50,-59,"));
    assert!(rows.next().unwrap().starts_with("2,startek,up,reply,021104023195429,,,,"));
    assert_eq!(rows.next(), None);
    // A heading alone is a table, too.
    assert_eq!(fed(&["--format=csv"], b"nobody").out.lines().count(), 1);
}

#[test]
fn no_cell_of_a_csv_begins_a_formula() {
    // The identity of the vendor's papers is letters or digits; event data and answers are anything.
    let body = ",021104023195429,000,25,=1+1,180106093046,A,-22.646430,114.065730,8,0.9,54,86,76,326781,460|0|27B3|0EA7,27,0000000F,02,01,04E2|018C";
    let head = format!("&&A{}{body}", body.len());
    let sum = head.bytes().fold(0_u8, u8::wrapping_add);
    let said = fed(&["--format=csv"], format!("{head}{sum:02X}").as_bytes());
    assert_eq!(said.code, 0, "{said}");
    let row = said.out.lines().nth(1).unwrap();
    assert!(row.contains("leaves fence (=1+1)"), "{row}");
    for cell in row.split(',') {
        let cell = cell.trim_matches('"');
        let formula =
            cell.starts_with(['=', '+', '@']) || cell.starts_with('-') && cell.parse::<f64>().is_err();
        assert!(!formula, "{cell}");
    }
}

#[test]
fn maps_have_positions_with_a_fix_and_say_how_many_were_left_out() {
    let no_fix = "&&:120,867747070319866,000,0,,260224044557,V,-38.093638,145.175618,0,0.0,0,0,0,736,505|1|30A5|081A1F02,14,0010,00,00,0000|019AE4";
    let input = format!("{A147}\n{A20}\n{no_fix}\n");
    let geojson = fed(&["--format=geojson"], input.as_bytes());
    let features = geojson.json();
    assert_eq!(features["type"], "FeatureCollection");
    let features = features["features"].as_array().unwrap();
    assert_eq!(features.len(), 1);
    // Longitude first, then latitude, then metres (RFC 7946, section 3.1.1).
    assert_eq!(features[0]["geometry"], json!({"type": "Point", "coordinates": [114.06573, 22.64643, 76]}));
    assert_eq!(features[0]["properties"]["device_id"], "021104023195429");

    let gpx = fed(&["--format=gpx"], input.as_bytes());
    assert_eq!(gpx.out.matches("<trkpt").count(), 1, "{}", gpx.out);
    assert!(gpx.out.contains(
        "<trkpt lat=\"22.646430\" lon=\"114.065730\"><ele>76</ele><time>2018-01-06T09:30:46Z</time>"
    ));
    for said in [geojson, gpx] {
        assert!(said.err.contains("2 messages are left out"), "{said}");
    }
    assert_eq!(fed(&["--format=geojson"], A20.as_bytes()).json()["features"], json!([]));
}

#[test]
fn a_table_has_a_row_a_message_and_says_what_it_came_to() {
    let said = fed(&["--format=table"], format!("{A147}\n{LOGIN}\n").as_bytes());
    assert!(said.out.contains("declares 147, has 158; checksum 46, want 71"), "{said}");
    assert!(said.out.contains("2 messages in 2 frames, 1 damaged"), "{said}");
}

/// The same table as a terminal of so many columns shows it; without a width as a pipe gets it.
fn table(columns: Option<&str>, input: &str) -> Said {
    let run = Homing::new(&["decode", "--format=table"]);
    fed_to(columns.into_iter().fold(run, |run, columns| run.env("COLUMNS", columns)), input.as_bytes())
}

#[test]
fn a_table_leaves_columns_out_and_breaks_no_identity_where_there_is_no_room() {
    let input = format!("{A147}\n{LOGIN}\n");
    let whole = ["021104023195429", "123456789012345", "2018-01-06T09:30:46Z", "22.646430,", "114.065730"];
    let wide = table(Some("140"), &input);
    let narrow = table(Some("80"), &input);
    for (said, width) in [(&wide, 140), (&narrow, 80)] {
        let longest = said.out.lines().map(|line| line.chars().count()).max().unwrap();
        assert!(longest <= width, "{said}");
        whole.iter().for_each(|word| assert!(said.out.contains(word), "{word}: {said}"));
    }
    let left_out = "\nleft out: protocol, events, whole; a pipe or --format csv shows all\n";
    assert!(narrow.out.contains(left_out), "{narrow}");
    assert!(!narrow.out.contains("startek"), "{narrow}");
    let piped = table(None, &input);
    for said in [&wide, &piped] {
        assert!(said.out.contains("startek") && !said.out.contains("left out"), "{said}");
    }
    // In 40 columns what a message is and whose it is are left.
    let least = table(Some("40"), &input);
    whole[..2].iter().for_each(|word| assert!(least.out.contains(word), "{word}: {least}"));
    assert!(least.out.lines().all(|line| line.chars().count() <= 40), "{least}");
}

#[test]
fn a_column_that_says_nothing_is_the_first_to_be_left_out() {
    let said = table(Some("60"), &format!("{LOGIN}\n"));
    assert!(said.out.contains("gt06"), "{said}");
    assert!(said.out.contains("left out: position, km/h, events;"), "{said}");
}

#[test]
fn what_a_format_has_no_room_for_is_told_on_standard_error() {
    let said = fed(&["--format=ndjson"], format!("{A147}\nnobody knows this\n").as_bytes());
    assert!(said.err.contains("line 1: the frame declares a length of 147, and has 158"), "{said}");
    assert!(said.err.contains("line 2: not recognised"), "{said}");
    let many = "nobody knows this\n".repeat(30);
    let said = fed(&["--format=ndjson"], many.as_bytes());
    assert!(said.err.contains("10 more of this kind"), "{said}");
}
