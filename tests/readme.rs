//! The README's console blocks are run, and what they show is what comes out.
//! `HOMING_BLESS=1 cargo test --test readme` writes what comes out into the README.
#![cfg(test)]
#![cfg(target_os = "linux")]

mod support;

use std::net::TcpListener;
use std::path::Path;
use std::process::Command;
use std::{env, fs};

use support::device::Habits;
use support::hash::HashDevice;

/// The port the README names; a test device stands behind it.
const PORT: &str = "/dev/ttyUSB0";

/// The port that a listener in the README takes; where it runs here, a free one.
const LISTENS: &str = "8899";

/// A block of commands: how many lines stand before it, what follows its fence, and its lines. `pt32` has a device
/// behind its port; `now` shows times and other numbers that are new each time, and is compared without its digits.
struct Block {
    first: usize,
    device: bool,
    now: bool,
    lines: Vec<String>,
}

fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    for (number, line) in text.lines().enumerate() {
        match (&mut open, line.strip_prefix("```console")) {
            (None, Some(rest)) => {
                let (device, now) = (rest.trim() == "pt32", rest.trim() == "now");
                open = Some(Block { first: number + 1, device, now, lines: Vec::new() });
            }
            (Some(_), _) if line == "```" => blocks.extend(open.take()),
            (Some(block), _) => block.lines.push(line.to_owned()),
            (None, None) => {}
        }
    }
    blocks
}

/// What a person sees after typing a command: both streams, in the order they come.
fn run(command: &str, port: Option<&Path>) -> String {
    let bin = Path::new(env!("CARGO_BIN_EXE_homing")).parent().unwrap().to_owned();
    let path = format!("{}:{}", bin.display(), env::var("PATH").unwrap_or_default());
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port().to_string();
    let typed = match port {
        Some(port) => command.replace(PORT, &port.display().to_string()),
        None => command.replace(LISTENS, &free),
    };
    let output = Command::new("sh")
        .args(["-c", &format!("{{ {typed}; }} 2>&1")])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("PATH", path)
        .env("XDG_CONFIG_HOME", "/nonexistent")
        .env("COLUMNS", "100")
        .env_remove("HOMING_PASSWORD")
        .env_remove("HOMING_APN_PASSWORD")
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    match port {
        Some(port) => text.replace(&port.display().to_string(), PORT),
        None => ["127.0.0.1", "0.0.0.0"].iter().fold(text, |text, address| {
            text.replace(&format!("{address}:{free}"), &format!("{address}:{LISTENS}"))
        }),
    }
}

/// The block as it ought to be: each command with what it printed.
fn replayed(block: &Block) -> Vec<String> {
    let device = block.device.then(|| HashDevice::plug(Habits::default()));
    let mut lines = Vec::new();
    for command in block.lines.iter().filter_map(|line| line.strip_prefix("$ ")) {
        lines.push(format!("$ {command}"));
        let shown = run(command, device.as_ref().map(|device| Path::new(device.path())));
        lines.extend(shown.lines().map(str::to_owned));
    }
    lines
}

/// Lines as they are compared: with one `#` for each number where these are new each time.
fn compared(block: &Block, lines: &[String]) -> String {
    let text = lines.join("\n");
    if !block.now {
        return text;
    }
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '0'..='9' if plain.ends_with('#') => {}
            '0'..='9' => plain.push('#'),
            c => plain.push(c),
        }
    }
    plain
}

#[test]
fn every_console_block_shows_what_comes_out() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let text = fs::read_to_string(&path).unwrap();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let blocks = blocks(&text);
    assert!(blocks.len() >= 8, "only {} console blocks", blocks.len());
    let bless = env::var_os("HOMING_BLESS").is_some();
    for block in blocks.iter().rev() {
        let wanted = replayed(block);
        let (stands, comes) = (compared(block, &block.lines), compared(block, &wanted));
        if bless && stands != comes {
            lines.splice(block.first..block.first + block.lines.len(), wanted);
        }
        if !bless {
            assert_eq!(stands, comes, "the block at line {}", block.first);
        }
    }
    if bless {
        fs::write(path, lines.join("\n") + "\n").unwrap();
    }
}

#[test]
fn the_readme_names_its_two_commands_and_ci_calls_the_second() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    assert!(
        readme.contains("cargo run --release -- batch run examples/fleet.csv --via lab --yes\ncargo test\n")
    );
    let ci = fs::read_to_string(root.join(".ci/run")).unwrap();
    assert!(ci.lines().any(|line| line.starts_with("cargo test")));
}
