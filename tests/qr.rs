//! The QR codes are read by a decoder that is not ours, from the terminal's blocks and from the pictures.
#![cfg(test)]

use std::fs;
use std::path::Path;
use std::process::Command;

const TEXT: &str = "SERVER,1,d.plaspy.com,8888#";

fn homing(args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_homing"))
        .args(["generate", "istartek-pt32", "--apn", "internet", "--step", "server", "--format", "qr", "-q"])
        .args(args)
        .env("XDG_CONFIG_HOME", "/nonexistent")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Reads the one code of a picture whose dark modules are given.
fn read(width: usize, height: usize, dark: impl Fn(usize, usize) -> bool) -> String {
    const SCALE: usize = 4;
    let grey = |x: usize, y: usize| if dark(x / SCALE, y / SCALE) { 0 } else { 255 };
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(width * SCALE, height * SCALE, grey);
    let grids = image.detect_grids();
    assert_eq!(grids.len(), 1, "codes in the picture");
    grids[0].decode().unwrap().1
}

/// Half blocks to modules: on a dark terminal a drawn block is light.
fn read_terminal(text: &str) -> String {
    let lines: Vec<Vec<char>> = text
        .lines()
        .filter(|line| line.chars().any(|c| "█▀▄".contains(c)))
        .map(|line| line.chars().collect())
        .collect();
    let width = lines.iter().map(Vec::len).max().unwrap();
    read(width, lines.len() * 2, |x, y| {
        let block = lines[y / 2].get(x).copied().unwrap_or(' ');
        let drawn = if y % 2 == 0 { "█▀" } else { "█▄" };
        !drawn.contains(block)
    })
}

/// The picture's dark squares, as `M24 24h6v6H24V24`.
fn read_picture(svg: &str) -> String {
    let path = svg.split(" d=\"").nth(1).unwrap().split('"').next().unwrap();
    let number = |text: &str| text.parse::<usize>().unwrap();
    let squares: Vec<(usize, usize, usize)> = path
        .split('M')
        .skip(1)
        .map(|square| {
            let (place, rest) = square.split_once('h').unwrap();
            let (x, y) = place.split_once(' ').unwrap();
            (number(x), number(y), number(rest.split('v').next().unwrap()))
        })
        .collect();
    let side = squares[0].2;
    let size = number(svg.split("viewBox=\"0 0 ").nth(1).unwrap().split(' ').next().unwrap()) / side;
    read(size, size, |x, y| squares.iter().any(|(left, top, _)| left / side == x && top / side == y))
}

#[test]
fn a_code_in_the_terminal_opens_the_message_app_with_number_and_text() {
    assert_eq!(read_terminal(&homing(&["--phone", "+447700900101"])), format!("SMSTO:+447700900101:{TEXT}"));
}

#[test]
fn without_a_number_a_code_holds_the_text() {
    assert_eq!(read_terminal(&homing(&[])), TEXT);
}

#[test]
fn pictures_and_page_hold_the_same_code() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().to_str().unwrap();
    homing(&["--phone", "+447700900101", "--out", out]);
    let names: Vec<_> = fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    let svg = names.iter().find(|name| name.to_string_lossy().ends_with(".svg")).unwrap();
    let wanted = format!("SMSTO:+447700900101:{TEXT}");
    assert_eq!(read_picture(&fs::read_to_string(Path::new(out).join(svg)).unwrap()), wanted);
    let page = fs::read_to_string(Path::new(out).join("index.html")).unwrap();
    assert_eq!(read_picture(&page), wanted);
    assert!(page.contains("<code>SERVER,1,d.plaspy.com,8888#</code>"));
    assert!(!page.contains("src=") && !page.contains("href="), "the page asks for something from outside");
}

fn refused(args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_homing"))
        .args(["generate", "istartek-vt", "--apn", "internet", "--format", "qr"])
        .args(args)
        .env("XDG_CONFIG_HOME", "/nonexistent")
        .output()
        .unwrap();
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(2), &b""[..]));
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn codes_are_for_messages_only() {
    for form in ["cable", "link"] {
        assert!(refused(&["--form", form]).contains("--format qr is for messages"), "{form}");
    }
}
