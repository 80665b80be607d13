//! Embeds the profiles: one table of file names and texts, so that a tracker is added by a file and no Rust.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=profiles");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(root.join("profiles"))? {
        let path = entry?.path();
        let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        // `_template.toml` is for people who write a new profile; it is no tracker.
        if path.extension().is_some_and(|ext| ext == "toml") && !stem.starts_with('_') {
            files.push(path);
        }
    }
    files.sort();
    fs::write(out.join("profiles.rs"), table(&files))
}

fn table(files: &[PathBuf]) -> String {
    let stem =
        |path: &Path| path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let mut code = String::from(
        "/// Id and text of every built-in profile.\npub(super) static PROFILES: &[(&str, &str)] = &[\n",
    );
    for path in files {
        let _ = writeln!(code, "    ({:?}, include_str!({:?})),", stem(path), path);
    }
    code.push_str("];\n");
    code
}
