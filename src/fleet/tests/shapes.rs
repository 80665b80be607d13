//! Damage to the shape of a sheet: headers, numbers of cells, quotes, other kinds of files.

use super::{Bench, Outcome, run};
use crate::tracker::Told;

#[test]
fn a_row_without_a_profile_is_told_in_its_row_and_a_sheet_without_in_its_header() {
    assert_eq!(run("profile,imei\n,868683024748398\n").found(), [(2, "profile", "profile-missing")]);
    let outcome = run("imei\n868683024748398\n");
    assert_eq!(outcome.found(), [(1, "profile", "profile-missing")]);
    assert_eq!(outcome.checked().header_errors, 1);
    let outcome = Bench::default().default_value("profile", "PT32").run(b"imei\n868683024748398\n");
    assert_eq!(outcome.found(), []);
    assert_eq!(outcome.trackers[0].profile, "istartek-pt32");
}

#[test]
fn headers_that_are_wrong_are_told_and_no_tracker_is_handed_out() {
    for (header, column, rule, words) in [
        ("profile,imie", "imei", "header-near", "did you mean `imei`"),
        ("profile,Telephone", "phone", "header-near", "did you mean `phone`"),
        ("profile,number", "phone", "header-near", "did you mean `phone`"),
        ("profile,SIMID", "sim_id", "header-near", "did you mean `sim_id`"),
        ("profile,id", "device_id", "header-near", "did you mean `device_id`"),
        ("profile,tz", "timezone", "header-near", "did you mean `timezone`"),
        ("profile,port", "port", "header-near", "behind the server"),
        (
            "profile,imei,IMEI",
            "imei",
            "header-twice",
            "columns 2 and 3 have the same header, `imei` and `IMEI`",
        ),
        ("profile,SIM id,sim_id", "sim_id", "header-twice", "columns 2 and 3"),
        ("profile,colour,Colour", "colour", "header-twice", "columns 2 and 3"),
        ("profile,set.interval", "set.interval", "header-setting", "write `interval`"),
        ("profile,set.no good!", "set.no_good!", "header-setting", "cannot name a setting"),
        ("profil,imei", "profile", "header-near", "did you mean `profile`"),
    ] {
        let row = vec!["x"; header.split(',').count()].join(",");
        let outcome = run(&format!("\n{header}\n{row}\n"));
        let found = outcome.found();
        assert_eq!(found[0], (2, column, rule), "{header}: {:?}", outcome.problems);
        assert!(outcome.problems[0].message.contains(words), "{header}: {:?}", outcome.problems);
        assert_eq!((outcome.checked().header_errors, outcome.trackers.len()), (1, 0), "{header}");
    }
}

#[test]
fn a_column_of_ones_own_is_kept_beside_the_known_one() {
    let outcome = run(
        "profile,imei,device_id,id,phone,number,lab,plate\npt32,868683024748398,A,7,,9,bench 2,ABC-123\n",
    );
    assert_eq!(outcome.found(), []);
    let extra: Vec<_> =
        outcome.trackers[0].extra.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    assert_eq!(extra, [("lab", "bench 2"), ("id", "7"), ("number", "9"), ("plate", "ABC-123")]);
}

#[test]
fn what_is_no_sheet_is_told_in_words() {
    for (bytes, rule, words) in [
        (&b"PK\x03\x04\x14\0\x06\0"[..], "not-csv", "save it as CSV UTF-8"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "not-csv", ".xls"),
        (b"<html><table>", "not-csv", "web page"),
        (b"{\"trackers\":[]}", "not-csv", "JSON"),
        (b"", "file-empty", "is empty"),
        (b"\xef\xbb\xbf\r\n \r\n", "file-empty", "is empty"),
        (b"868683024748398,+573001234567\n", "no-header", "line 1 of fleet.csv names no column that is known"),
        (b"profile,imei\n", "no-rows", "no row under it"),
        (b"sep=x\nprofile,imei\n", "separator-line", "sep=x"),
        (b"profile,imei,notes\npt32,868683024748398,\"two\nlines\"\npt32,868683024748380,\"open\npt32,1,\n", "unclosed-quote", "opens on line 4 and is not closed"),
        (b"profile,\"imei\n", "unclosed-quote", "opens on line 1"),
        (b"\nprofile,\"imei\npt32,\"1\"\n", "unclosed-quote", "opens on line 2"),
    ] {
        let outcome: Outcome = Bench::default().run(bytes);
        let error = outcome.result.as_ref().map(|_| ()).unwrap_err();
        assert_eq!(error.rule(), rule, "{error}");
        assert!(error.to_string().contains(words), "{error}");
        assert_eq!(error.problem().rule, rule);
        assert!(outcome.trackers.is_empty());
    }
}

#[test]
fn a_row_that_never_ends_is_refused_before_it_fills_the_memory() {
    let mut text = b"profile,imei\npt32,\"".to_vec();
    text.resize(4 << 20, b'x');
    let error = Bench::default().run(&text).result.unwrap_err();
    assert_eq!(error.rule(), "row-too-long", "{error}");
}

#[test]
fn a_row_with_another_number_of_cells_is_told_with_its_line() {
    let outcome = run(
        "profile,imei,apn\npt32,868683024748398\npt32,868683024748380,a,b\npt32,868683024748372,a,,\n,,\n",
    );
    assert_eq!(outcome.found(), [(2, "", "cells"), (3, "", "cells")]);
    assert!(
        outcome.problems[0].message.contains("has 2 cells, fewer than the 3 headers"),
        "{:?}",
        outcome.problems
    );
    assert!(
        outcome.problems[1].message.contains("has 4 cells, more than the 3 headers"),
        "{:?}",
        outcome.problems
    );
    assert_eq!((outcome.checked().rows, outcome.trackers.len()), (3, 1));
}

#[test]
fn a_value_without_a_header_is_told() {
    let outcome = run("profile,imei,\npt32,868683024748398,\npt32,868683024748380,x\n");
    assert_eq!(outcome.found(), [(3, "", "no-header")]);
    assert!(outcome.problems[0].message.contains("column 3 has no header"), "{:?}", outcome.problems);
}

#[test]
fn rows_that_a_missing_quote_swallows_are_not_lost() {
    for (text, words) in [
        ("pt32,868683024748398,\"open\npt32,1,\npt32,2,\"shut\"\n", "middle of a cell on line 4"),
        ("pt32,868683024748398,\"12\" tube\"\n", "a quote closes in the middle of a cell: close it"),
        (
            "pt32,868683024748398,\"open\npt32,868683024748372,shut\"\n",
            "closed on line 3 only, and what stands between looks like rows",
        ),
        ("pt32,868683024748398,\"open\nvt100,868683024748372,\nx\"\n", "closed on line 4 only"),
        (
            "pt32,868683024748398,\"open\npt32,,\nx\",,y\n",
            "5 cells, more than the 3 headers: it runs on to line 4",
        ),
    ] {
        let outcome = run(&format!("profile,imei,notes\n{text}pt32,868683024748380,\n"));
        assert_eq!(outcome.problems.len(), 1, "{text}: {:?}", outcome.problems);
        assert_eq!(
            (outcome.problems[0].line, outcome.trackers.len()),
            (2, 1),
            "{text}: {:?}",
            outcome.problems
        );
        assert!(outcome.problems[0].message.contains(words), "{text}: {:?}", outcome.problems);
    }
    assert_eq!(
        run("profile,imei,notes\npt32,868683024748398,\"call\nAna, Luis, 300 123 4567\nnot pt32\"\n").found(),
        [(2, "notes", "line-break")]
    );
}
