//! Random tables in every encoding come back cell by cell; random bytes never panic.

use proptest::prelude::*;

use super::super::{Encoding, Sheet};
use super::{Bench, run};

/// Cells of every kind: with separators, quotes, line ends, other scripts.
fn cell() -> impl Strategy<Value = String> {
    "[ -~ñé€\n]{0,12}|[,;\t|\"']{0,4}|[a-z🐕\u{a0}]{0,5}"
}

fn quote(cell: &str, separator: char, always: bool) -> String {
    let must = cell.contains([separator, '"', '\n', '\r']) || always;
    if must { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

fn encode(text: &str, encoding: Encoding, mark: bool) -> Vec<u8> {
    let text = if mark { format!("\u{feff}{text}") } else { text.to_owned() };
    match encoding {
        Encoding::Utf8 | Encoding::Windows1252 => text.into_bytes(),
        Encoding::Utf16Le => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        Encoding::Utf16Be => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
    }
}

proptest! {
    #[test]
    fn a_random_table_comes_back_cell_by_cell(
        table in prop::collection::vec(prop::collection::vec(cell(), 3), 1..8),
        separator in prop::sample::select(vec![',', ';', '\t', '|']),
        encoding in prop::sample::select(vec![Encoding::Utf8, Encoding::Utf16Le, Encoding::Utf16Be]),
        end in prop::sample::select(vec!["\n", "\r\n", "\r"]),
        always: bool,
        last_end: bool,
    ) {
        let join = |row: &[String]| row.iter().map(|c| quote(c, separator, always)).collect::<Vec<_>>().join(&separator.to_string());
        let mut lines = vec![["name", "imei", "notes", "profile"].join(&separator.to_string())];
        // The last column keeps a row from being blank, and so from being passed over.
        lines.extend(table.iter().map(|row| format!("{}{separator}pt32", join(row))));
        let mut text = lines.join(end);
        if last_end {
            text.push_str(end);
        }
        let sheet = Sheet::from_reader("x", &encode(&text, encoding, true)[..]).unwrap();
        prop_assert_eq!((sheet.separator(), sheet.encoding()), (separator, encoding));
        let mut rows = sheet.rows().unwrap();
        let mut line = 2;
        for row in &table {
            prop_assert_eq!(rows.advance().unwrap(), Some(line));
            let cells: Vec<&str> = rows.record().iter().take(3).collect();
            prop_assert_eq!(&cells, row);
            line += 1 + row.iter().map(|cell| cell.matches('\n').count() as u64).sum::<u64>();
        }
        prop_assert_eq!(rows.advance().unwrap(), None);
    }

    #[test]
    fn random_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = Bench::default().run(&bytes).result;
        let mut with_header = b"profile,imei,phone,iccid,imsi,server,by,interval,timezone,apn,password\n".to_vec();
        with_header.extend(&bytes);
        let _ = Bench::default().run(&with_header).result;
    }

    #[test]
    fn random_cells_never_panic_and_a_good_row_has_no_error(cells in prop::collection::vec(cell(), 12)) {
        let row = cells.iter().map(|c| quote(c, ',', true)).collect::<Vec<_>>().join(",");
        let outcome = run(&format!("imei,phone,iccid,imsi,apn,server,by,interval,timezone,transport,device_id,set.pin,profile\n{row},pt32\n"));
        if let Ok(checked) = &outcome.result {
            prop_assert_eq!(checked.good as usize, outcome.trackers.len());
            prop_assert_eq!(checked.errors > 0, checked.good == 0);
        }
    }
}
