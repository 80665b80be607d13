//! The two passes: the same rows in both, and a file that changes between them.

use std::io::Write;

use super::super::{Defaults, Options, Sheet, SheetError, check, trackers};
use super::profiles;
use crate::tracker::{Directory, Tracker};

fn with(change: impl FnOnce(&mut std::fs::File)) -> Vec<Result<Tracker, SheetError>> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(b"profile,imei\npt32,868683024748398\npt32,1\npt32,868683024748380\n").unwrap();
    let directory = Directory::new();
    let options = Options {
        country: None,
        defaults: Defaults::new(),
        directory: &directory,
        profiles: &profiles,
        auto: None,
        takes: &|_| Vec::new(),
    };
    let mut sheet = Sheet::open(file.path().to_str().unwrap()).unwrap();
    let checked = check(&mut sheet, &options, &mut |_| Vec::new(), &mut |_| {}).unwrap();
    assert_eq!((checked.rows, checked.good, checked.bad_lines.iter().collect()), (3, 2, vec![3]));
    change(file.as_file_mut());
    trackers(&mut sheet, &options, &checked).collect()
}

#[test]
fn the_second_pass_hands_out_the_good_rows() {
    let lines: Vec<_> = with(|_| {}).into_iter().map(|tracker| tracker.unwrap().line).collect();
    assert_eq!(lines, [Some(2), Some(4)]);
}

#[test]
fn a_file_that_was_written_to_is_noticed() {
    let after = with(|file| file.write_all(b"pt32,868683024748372\n").unwrap());
    assert!(matches!(after.as_slice(), [Err(SheetError::Changed { .. })]), "{after:?}");
}

#[test]
fn a_file_that_is_replaced_is_read_as_it_was() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(b"profile,imei\npt32,868683024748398\n").unwrap();
    let sheet = Sheet::open(file.path().to_str().unwrap()).unwrap();
    std::fs::remove_file(file.path()).unwrap();
    std::fs::write(file.path(), b"profile,imei\nvt100,868683024748380\n").unwrap();
    let mut rows = sheet.rows().unwrap();
    rows.advance().unwrap();
    assert_eq!(rows.record().get(0), Some("pt32"));
}

#[test]
fn what_is_not_there_or_no_file_is_told() {
    for path in ["/no/such/fleet.csv", "/"] {
        let error = Sheet::open(path).unwrap_err();
        assert!(error.is_io(), "{error}");
    }
}
