//! Exit codes and errors.

use super::*;

#[test]
fn the_exit_code_says_whether_all_of_it_is_recognised_and_whole() {
    for (input, code) in [
        (A20.to_owned(), 0),
        (LOGIN.to_owned(), 0),
        (format!("{A20}\n\n{LOGIN}\n"), 0),
        (A147.to_owned(), 1),
        (format!("{A20}\n{A147}\n"), 1),
        (format!("{A20}\nnobody knows this\n"), 1),
        (format!("{A20}\n787\n"), 1),
        ("nobody knows this".to_owned(), 3),
        ("GET / HTTP/1.1".to_owned(), 3),
        (format!("{LOGIN}\nGET / HTTP/1.1\n"), 0),
    ] {
        for format in ["explain", "ndjson", "json", "table", "csv", "geojson", "gpx"] {
            let said = fed(&["--format", format], input.as_bytes());
            assert_eq!(said.code, code, "{format} {input}: {said}");
        }
    }
}

#[test]
fn input_that_cannot_be_read_ends_with_two_and_a_way_out() {
    for (args, input, error, hint) in [
        (&[][..], "", "standard input: the input is empty", "hex:"),
        (&["no-such-file.log"], "", "no-such-file.log cannot be read", ""),
        (&["src"], "", "src cannot be read: it is a folder", ""),
        (&[LOGIN], "", "cannot be read", "hex:78780D01"),
        (&["--input=pcap"], A147, "begins with the bytes 26 26 41 31", "leave --input out"),
        (&["hex:78xx"], "", "no line of it can be read as hexadecimal digits", "text:"),
        (&["--input=hex"], A147, "no line of it can be read as hexadecimal digits", ""),
        (&["--protocol=gt60"], LOGIN, "did you mean gt06?", ""),
        (&["--protocol=h02"], LOGIN, "startek", ""),
        (&["--log-zone=PST"], LOGIN, "`PST` is no time zone", ""),
        (&["--interval=60"], LOGIN, "has no unit", ""),
        (&["--imei=123"], LOGIN, "123", ""),
    ] {
        let said = fed(args, input.as_bytes());
        assert_eq!(said.code, 2, "{args:?}: {said}");
        assert!(said.err.contains(error) && said.err.contains(hint), "{args:?}: {said}");
    }
}

#[test]
fn the_expected_tracker_and_the_interval_that_is_set_are_looked_at() {
    let said = fed(&["--format=table", "--imei=490154203237518"], A20.as_bytes());
    assert!(
        said.out.contains("problem[other-identity]: 021104023195429: 490154203237518 is expected"),
        "{said}"
    );
    let at = |minute: u32, second: u32| {
        let body = format!(
            ",867747070319866,000,0,,2602240{}{minute:02}{second:02},A,-38.093638,145.175618,9,0.9,0,0,0,736,505|1|30A5|081A1F02,24,0010,00,00,04E2|019A",
            4
        );
        let head = format!("&&:{}{body}", body.len());
        format!("{head}{:02X}\n", head.bytes().fold(0_u8, u8::wrapping_add))
    };
    let input: String = (0..20).map(|minute| at(minute, 0)).collect();
    let said = fed(&["--format=table", "--interval=10m"], input.as_bytes());
    assert_eq!(said.code, 0, "{said}");
    assert!(said.out.contains("interval-differs"), "{said}");
    let said = fed(&["--format=table", "--interval=60s"], input.as_bytes());
    assert!(!said.out.contains("interval-differs"), "{said}");
}

#[test]
fn a_reader_that_goes_away_ends_the_program_without_a_word() {
    use std::io::Read as _;
    let input = format!("{LOGIN}\n").repeat(200_000);
    let mut command = Homing::new(&["decode", "--format=ndjson"]).command();
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let feeding = std::thread::spawn(move || {
        let _ = stdin.write_all(input.as_bytes());
    });
    let mut stdout = child.stdout.take().unwrap();
    stdout.read_exact(&mut [0; 10]).unwrap();
    drop(stdout);
    let mut words = String::new();
    child.stderr.take().unwrap().read_to_string(&mut words).unwrap();
    child.wait().unwrap();
    feeding.join().unwrap();
    assert!(!words.contains("panicked") && !words.contains("error"), "{words}");
}
