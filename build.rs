//! Embeds the profiles and the gateways: tables of file names and texts, so that one more is a file and no Rust.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=profiles");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let profiles = root.join("profiles");
    fs::write(out.join("profiles.rs"), table("profile", "PROFILES", &files(&profiles)?))?;
    fs::write(out.join("gateways.rs"), table("gateway", "GATEWAYS", &files(&profiles.join("gateways"))?))
}

/// The TOML files of a folder, in the order of their names.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        // `_template.toml` is for people who write a new one; it is no tracker and no gateway.
        if path.extension().is_some_and(|ext| ext == "toml") && !stem.starts_with('_') {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn table(what: &str, name: &str, files: &[PathBuf]) -> String {
    let stem =
        |path: &Path| path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let mut code = format!(
        "/// Id and text of every built-in {what}.\npub(super) static {name}: &[(&str, &str)] = &[\n"
    );
    for path in files {
        let _ = writeln!(code, "    ({:?}, include_str!({:?})),", stem(path), path);
    }
    code.push_str("];\n");
    code
}
