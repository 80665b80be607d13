//! The completion scripts and man pages in the repository are those of this program.
//! `HOMING_BLESS=1 cargo test --test generated` writes them anew.

#![cfg(test)]

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;
use std::{env, fs};

use clap::{CommandFactory, ValueEnum};
use clap_complete::{Generator, Shell};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};
use homing::cli::Cli;
use homing::ui::Exit;

/// Files of a folder, by name.
type Files = BTreeMap<String, String>;

#[test]
fn the_completion_scripts_are_those_of_the_program() {
    let script = |shell: &Shell| {
        let made = Command::new(env!("CARGO_BIN_EXE_homing"))
            .args(["completions", &shell.to_string()])
            .output()
            .unwrap();
        assert!(made.status.success() && made.stderr.is_empty(), "{shell}: {made:?}");
        (shell.file_name("homing"), String::from_utf8(made.stdout).unwrap())
    };
    compare("completions", &Shell::value_variants().iter().map(script).collect());
}

#[test]
fn the_man_pages_are_those_of_the_program() {
    let mut cmd = Cli::command().disable_help_subcommand(true);
    cmd.build();
    let mut pages = Files::new();
    let mut open = vec![cmd];
    while let Some(cmd) = open.pop() {
        open.extend(cmd.get_subcommands().filter(|sub| !sub.is_hide_set()).cloned());
        let name = cmd.get_display_name().unwrap_or("homing").to_owned();
        let text = if name == "homing" { main_page(cmd) } else { sub_page(cmd) };
        pages.insert(format!("{name}.1"), text);
    }
    compare("man", &pages);
}

#[test]
fn the_main_man_page_tells_every_exit_code_and_where_secrets_come_from() {
    let page = main_page(Cli::command());
    for exit in Exit::ORDER {
        assert!(page.contains(&format!("\\fB{}\\fR", exit.code())), "{exit:?}");
    }
    for name in ["HOMING_PASSWORD", "HOMING_APN_PASSWORD", "NO_COLOR", "homing/config.toml"] {
        assert!(page.contains(name), "{name}");
    }
}

/// The folder in the repository holds these files and no others; or, when asked to, it will.
fn compare(folder: &str, made: &Files) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(folder);
    if env::var_os("HOMING_BLESS").is_some() {
        let _ = fs::remove_dir_all(&path);
        fs::create_dir(&path).unwrap();
        for (name, text) in made {
            fs::write(path.join(name), text).unwrap();
        }
        return;
    }
    let entries = fs::read_dir(&path).into_iter().flatten().map(Result::unwrap);
    let committed: Files = entries
        .map(|entry| (entry.file_name().into_string().unwrap(), fs::read_to_string(entry.path()).unwrap()))
        .collect();
    let missing = made.keys().filter(|name| !committed.contains_key(*name));
    let missing = missing.map(|name| format!("{folder}/{name} is missing"));
    let stale = committed.keys().filter(|name| !made.contains_key(*name));
    let stale = stale.map(|name| format!("{folder}/{name} is made by nothing"));
    let old = committed.iter().filter_map(|(name, text)| {
        let (had, wanted) = first_difference(text, made.get(name)?)?;
        Some(format!("{folder}/{name} is old\n    it has {had:?}\n    it should have {wanted:?}"))
    });
    let problems: Vec<String> = missing.chain(stale).chain(old).collect();
    let way_out = "HOMING_BLESS=1 cargo test --test generated";
    assert!(problems.is_empty(), "\n{}\n`{way_out}` writes them anew\n", problems.join("\n"));
}

fn first_difference<'t>(had: &'t str, wanted: &'t str) -> Option<(&'t str, &'t str)> {
    if had == wanted {
        return None;
    }
    let (mut had, mut wanted) = (had.split('\n'), wanted.split('\n'));
    loop {
        match (had.next(), wanted.next()) {
            (Some(had), Some(wanted)) if had == wanted => {}
            (had, wanted) => return Some((had.unwrap_or_default(), wanted.unwrap_or_default())),
        }
    }
}

/// A page's writer. No date: a page is the same whenever it is made.
fn man(cmd: clap::Command) -> Man {
    Man::new(cmd).source(concat!("homing ", env!("CARGO_PKG_VERSION"))).manual("homing")
}

type Section = fn(&Man, &mut dyn std::io::Write) -> std::io::Result<()>;

fn main_page(cmd: clap::Command) -> String {
    let first_steps = first_steps(&cmd);
    let man = man(cmd);
    let sections: [Section; 6] = [
        Man::render_title,
        Man::render_name_section,
        Man::render_synopsis_section,
        Man::render_description_section,
        Man::render_options_section,
        Man::render_subcommands_section,
    ];
    let mut page = Vec::new();
    sections.iter().for_each(|section| section(&man, &mut page).unwrap());
    let mut more = Roff::new();
    examples(&mut more, &first_steps);
    exit_status(&mut more);
    environment(&mut more);
    files(&mut more);
    more.to_writer(&mut page).unwrap();
    once(&String::from_utf8(page).unwrap())
}

fn sub_page(cmd: clap::Command) -> String {
    let mut page = Vec::new();
    man(cmd).render(&mut page).unwrap();
    let mut more = Roff::new();
    more.control("SH", ["EXIT STATUS"]).text([roman("The table in homing(1) holds for every subcommand.")]);
    more.control("SH", ["SEE ALSO"]).text([roman("homing(1)")]);
    more.to_writer(&mut page).unwrap();
    once(&String::from_utf8(page).unwrap())
}

/// The preamble that every section brings, kept only at the beginning.
fn once(page: &str) -> String {
    let preamble = Roff::new().render();
    format!("{preamble}{}", page.replace(&preamble, ""))
}

/// The first steps that `homing --help` ends with, without their heading.
fn first_steps(cmd: &clap::Command) -> Vec<String> {
    let help = cmd.get_after_help().unwrap().to_string();
    let steps = help.split("\n\n").next().unwrap();
    steps.lines().skip(1).map(str::to_owned).collect()
}

fn examples(page: &mut Roff, steps: &[String]) {
    page.control("SH", ["EXAMPLES"]).control("nf", []);
    for step in steps {
        page.text([roman(step)]);
    }
    page.control("fi", []);
}

fn exit_status(page: &mut Roff) {
    page.control("SH", ["EXIT STATUS"]);
    let mut table = Exit::ORDER;
    table.sort_by_key(|exit| exit.code());
    for exit in table {
        page.control("TP", []).text([bold(exit.code().to_string())]).text([roman(meaning(exit))]);
    }
    let order: Vec<String> = Exit::ORDER.iter().map(|exit| exit.code().to_string()).collect();
    let order = format!("Where several apply, the first of these counts: {}.", order.join(", "));
    page.control("PP", []).text([roman(order)]);
}

fn meaning(exit: Exit) -> &'static str {
    match exit {
        Exit::Done => "All that was asked is done and proven.",
        Exit::Failed => "At least one thing asked about failed.",
        Exit::Usage => "Wrong usage or bad input. Nothing was sent.",
        Exit::Unproven => "Not proven either way.",
        Exit::Machine => {
            "This machine's own fault: a port in use or not permitted, a file that cannot be written."
        }
        Exit::Interrupted => "Interrupted.",
    }
}

fn environment(page: &mut Roff) {
    page.control("SH", ["ENVIRONMENT"]);
    for (name, what) in [
        ("HOMING_PASSWORD", "Password of the tracker's commands, where --password is not given."),
        ("HOMING_APN_PASSWORD", "Password for the APN, where --apn-password is not given."),
        ("NO_COLOR", "When it is set and not empty: no colours and no bold."),
        ("XDG_CONFIG_HOME", "Folder of the configuration; ~/.config when it is not set."),
        ("XDG_STATE_HOME", "Folder of the journal of batches; ~/.local/state when it is not set."),
    ] {
        page.control("TP", []).text([bold(name)]).text([roman(what)]);
    }
}

fn files(page: &mut Roff) {
    page.control("SH", ["FILES"]);
    let config = "Configuration: [defaults] with a value for any setting, [server.NAME] with host, ip and port, \
                  [gateway.NAME] with definition, url and credentials. A broken file is an error, never ignored. \
                  --config names another.";
    let journal =
        "What batches sent and heard, for its owner's eyes only. --journal of homing batch names another.";
    for (name, what) in
        [("$XDG_CONFIG_HOME/homing/config.toml", config), ("$XDG_STATE_HOME/homing/journal.db", journal)]
    {
        page.control("TP", []).text([bold(name)]).text([roman(what)]);
    }
}
