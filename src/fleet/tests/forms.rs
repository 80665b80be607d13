//! Forms of files: encodings, separators, quotes, line ends, defaults.

use super::super::{Encoding, Sheet};
use super::{Bench, run};

const ROWS: &str = "name;profile;imei;notes\r\nPérez;pt32;868683024748398;\"a; \"\"b\"\" €\"\r\n\r\nÑandú;vt100;868683024748380;\r\n";

fn names(bytes: &[u8]) -> Vec<(String, Option<u64>, Option<String>)> {
    let outcome = Bench::default().run(bytes);
    assert_eq!(outcome.found(), []);
    outcome.trackers.into_iter().map(|t| (t.name, t.line, t.notes)).collect()
}

fn windows_1252(text: &str) -> Vec<u8> {
    text.chars().map(|c| if c == '€' { 0x80 } else { u8::try_from(u32::from(c)).unwrap() }).collect()
}

#[test]
fn every_encoding_gives_the_same_trackers() {
    let want = names(ROWS.as_bytes());
    assert_eq!(want[0], ("Pérez".to_owned(), Some(2), Some("a; \"b\" €".to_owned())));
    assert_eq!(want[1], ("Ñandú".to_owned(), Some(4), None));
    let little = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let big = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
    let marked = format!("\u{feff}{ROWS}");
    for (bytes, encoding) in [
        (marked.as_bytes().to_vec(), Encoding::Utf8),
        (windows_1252(ROWS), Encoding::Windows1252),
        (little(ROWS), Encoding::Utf16Le),
        (big(ROWS), Encoding::Utf16Be),
        (little(&marked), Encoding::Utf16Le),
        (big(&marked), Encoding::Utf16Be),
    ] {
        assert_eq!(Sheet::from_reader("x", &bytes[..]).unwrap().encoding(), encoding);
        assert_eq!(names(&bytes), want, "{encoding:?}");
    }
}

#[test]
fn every_separator_and_line_end_is_read() {
    for (text, separator) in [
        ("name,profile,imei\nA,pt32,868683024748398\n", ','),
        ("name;profile;imei\r\nA;pt32;868683024748398", ';'),
        ("name\tprofile\timei\rA\tpt32\t868683024748398\r", '\t'),
        ("name|profile|imei\nA|pt32|868683024748398\n", '|'),
        ("sep=;\nname;profile;imei\nA;pt32;868683024748398\n", ';'),
        ("\u{feff}sep=,\r\nname,profile,imei\r\nA,pt32,868683024748398\r\n", ','),
        ("\"name\",\"profile\",\"imei\"\n\"A\",\"pt32\",\"868683024748398\"\n", ','),
        ("IMEI,Profile,NAME\n868683024748398,PT32,A\n", ','),
        ("name,profile,imei,,\nA,pt32,868683024748398,,\n,,,,\n", ','),
        ("name,profile,imei\nA,pt32,\"=\"\"868683024748398\"\"\"\n", ','),
        ("name,profile,imei\nA,pt32,=\"868683024748398\"\n", ','),
    ] {
        assert_eq!(Sheet::from_reader("x", text.as_bytes()).unwrap().separator(), separator, "{text:?}");
        let outcome = run(text);
        assert_eq!(outcome.found(), [], "{text:?}");
        let tracker = &outcome.trackers[0];
        assert_eq!(
            (tracker.name.as_str(), tracker.value("imei").as_deref()),
            ("A", Some("868683024748398")),
            "{text:?}"
        );
    }
}

#[test]
fn lines_are_those_of_the_file_whatever_stands_before_the_row() {
    for text in [
        "\n\nprofile,imei,notes\n\npt32,868683024748398,\"a\nb\n\nc\"\n\npt32,1,\n",
        "\r\n\r\nprofile,imei,notes\r\n\r\npt32,868683024748398,\"a\r\nb\r\n\r\nc\"\r\n\r\npt32,1,\r\n",
        "\r\rprofile,imei,notes\r\rpt32,868683024748398,\"a\rb\r\rc\"\r\rpt32,1,",
    ] {
        let outcome = run(text);
        assert_eq!(outcome.found(), [(5, "notes", "line-break"), (10, "imei", "imei-length")], "{text:?}");
        assert_eq!(outcome.trackers[0].line, Some(5));
        assert_eq!(outcome.trackers[0].notes.as_deref(), Some("a b  c"));
    }
    assert_eq!(run("sep=,\nprofile,imei\npt32,1\n").found(), [(3, "imei", "imei-length")]);
}

#[test]
fn defaults_fill_empty_cells_and_missing_columns() {
    let bench = Bench::default()
        .default_value("apn", "internet")
        .default_value("interval", "5m")
        .default_value("server", "plaspy")
        .default_value("by", "ip")
        .default_value("reliable", "1");
    let outcome = bench.run(
        b"profile,imei,apn,server,set.order\npt32,868683024748398,,,\npt32,868683024748380,m2m,example.com:9000,0\n",
    );
    assert_eq!(outcome.found(), []);
    let value =
        |index: usize, name: &str| outcome.trackers[index].value(name).unwrap_or_default().into_owned();
    for (name, first, second) in [
        ("apn", "internet", "m2m"),
        ("interval", "300", "300"),
        ("server", "54.85.159.138", "example.com"),
        ("port", "8888", "9000"),
        ("reliable", "1", "1"),
        ("order", "", "0"),
    ] {
        assert_eq!((value(0, name), value(1, name)), (first.to_owned(), second.to_owned()), "{name}");
    }
}

#[test]
fn a_default_that_no_row_could_take_is_told_once() {
    for (name, value, words) in [
        ("interval", "0", "the default for interval cannot be used"),
        ("server", "plaspi", "did you mean plaspy"),
        ("profile", "pt33", "did you mean istartek-pt32"),
    ] {
        let outcome =
            Bench::default().default_value(name, value).run(b"imei,profile\n868683024748398,pt32\n");
        let error = outcome.result.unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
        assert!(outcome.problems.is_empty());
    }
}

#[test]
fn each_row_is_given_a_named_server_as_its_own_tracker_takes_it() {
    let bench = Bench::default().default_value("server", "plaspy");
    let outcome = bench.run(
        b"profile,imei,server\npt32,868683024748398,\nvt100,868683024748380,\npt32,868683024748372,plaspy\n",
    );
    assert_eq!(outcome.found(), []);
    let servers: Vec<_> =
        outcome.trackers.iter().map(|tracker| tracker.value("server").unwrap().into_owned()).collect();
    assert_eq!(servers, ["d.plaspy.com", "54.85.159.138", "d.plaspy.com"]);
}
