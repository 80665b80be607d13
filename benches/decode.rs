//! How many lines of hex a second the built program turns into JSON: `cargo bench --bench decode`.
//! Ten runs, best and median, from a file to nowhere; no assertion, as a clock has no place in a test.
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a bench prints its figures and fails by panicking"
)]

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::Instant;

use homing::wire::protocol::startek::{self, Extras};
use homing::wire::{Cell, Dec, DeviceId, Report, Session, UtcTime};

const LINES: u32 = 500_000;
const RUNS: usize = 10;

fn main() {
    let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
    let mut text = String::new();
    (0..LINES).for_each(|number| line(number, &mut text));
    file.write_all(text.as_bytes()).expect("a temporary file that can be written");
    let path = file.path().to_str().expect("a path that is UTF-8");
    for format in ["ndjson", "csv", "geojson"] {
        let mut rates: Vec<f64> = (0..RUNS).map(|_| rate(path, format)).collect();
        rates.sort_by(f64::total_cmp);
        let bytes = text.len() as f64 / f64::from(LINES);
        println!(
            "hex to {format}: best {:.0}, median {:.0} lines/s of {bytes:.0} characters",
            rates[RUNS - 1],
            rates[RUNS / 2]
        );
    }
}

/// A position with all that a VT tracker says, in hexadecimal digits.
fn line(number: u32, text: &mut String) {
    let id = format!("86868302474{:04}", number % 10_000);
    let mut session = Session::of(DeviceId::new(id.as_bytes()).expect("an identity"));
    let time = UtcTime::from_unix(1_795_564_800 + i64::from(number / 10_000) * 60);
    let place = |spread: u32, step: u32| i64::from(number.wrapping_mul(step) % spread);
    let (lat, lon) =
        (Dec::new(place(80_000_000, 7_919), 6), Dec::new(place(340_000_000, 104_729) - 170_000_000, 6));
    let report = Report {
        altitude_m: Some(Dec::whole(place(900, 13))),
        speed_kmh: Some(Dec::whole(place(120, 7))),
        course_deg: Some(place(360, 11) as u16),
        satellites: Some(8),
        hdop: Some(Dec::new(9, 1)),
        odometer_m: Some(u64::from(number) * 17),
        battery_v: Some(Dec::new(396, 2)),
        power_v: Some(Dec::new(125, 1)),
        csq: Some(24),
        cell: Some(Cell {
            mcc: Some(460),
            mnc: Some(0),
            lac: Some(0x27B3),
            cid: Some(0x0EA7),
            rssi_dbm: None,
        }),
        ..Report::at(time, lat, lon)
    };
    let extras = Extras {
        status: (0x0F, 8),
        inputs: 2,
        outputs: 1,
        analogue_v: vec![Dec::new(456, 2), Dec::whole(0)],
        protocol_code: Some(1),
        fuel_l: vec![(1, Dec::whole(120))],
        temperature_c: vec![(1, Dec::new(317, 1)), (2, Dec::new(-309, 1))],
        ..Extras::default()
    };
    let mut frame = Vec::new();
    startek::position(&report, &extras, false, &mut session, &mut frame).expect("a position");
    text.push_str(&homing::report::hex(&frame));
    text.push('\n');
}

fn rate(path: &str, format: &str) -> f64 {
    let start = Instant::now();
    let mut command = Command::new(env!("CARGO_BIN_EXE_homing"));
    command.args(["decode", path, "--input", "hex", "--format", format]);
    let ended = command.stdout(Stdio::null()).stderr(Stdio::null()).status().expect("the program");
    assert!(ended.success(), "{format}: {ended}");
    f64::from(LINES) / start.elapsed().as_secs_f64()
}
