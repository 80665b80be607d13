//! The printable page of QR codes: one self-contained HTML file per batch.

use std::fmt::Write as _;

use crate::plan::Plan;
use crate::profile::Profile;
use crate::tracker::Tracker;

use super::{commands, qr};

/// The page before the first tracker.
pub const HEAD: &str = r#"<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>homing: messages to send</title>
<style>
body { font: 14px/1.4 system-ui, sans-serif; margin: 2em; color: #111; background: #fff; }
section { break-inside: avoid-page; border-top: 1px solid #999; padding-top: .6em; margin-bottom: 2em; }
h2 { font-size: 1.1em; margin: 0 0 .2em; }
p { margin: .1em 0; color: #444; }
ol { display: flex; flex-wrap: wrap; gap: 1.2em; list-style: none; padding: 0; }
li { width: 15em; break-inside: avoid; }
li svg { width: 13em; height: 13em; display: block; }
code { overflow-wrap: anywhere; }
.done { display: inline-block; width: .9em; height: .9em; border: 1px solid #111; margin-right: .4em; }
</style>
<h1>Messages to send</h1>
<p>Scan a code with a phone: its message app opens with number and text filled in. Send them in order, each after the
answer to the one before.</p>
"#;

/// The page after the last tracker.
pub const FOOT: &str = "</html>\n";

/// One tracker's part of the page.
#[must_use]
pub fn section(profile: &Profile, tracker: &Tracker, plan: &Plan) -> String {
    let mut html = format!("<section>\n<h2>{}</h2>\n", text(&commands::heading(profile, tracker)));
    for line in commands::about(profile, plan).iter().chain(&plan.warnings) {
        let _ = writeln!(html, "<p>{}</p>", text(line));
    }
    html.push_str("<ol>\n");
    let phone = tracker.value("phone");
    for (at, command) in plan.commands.iter().enumerate() {
        let picture = qr::picture(&qr::payload(phone.as_deref(), &command.text)).unwrap_or_default();
        let picture = picture.trim_start_matches(r#"<?xml version="1.0" standalone="yes"?>"#);
        let caption = text(&commands::caption(profile, command));
        let _ = writeln!(
            html,
            "<li>{picture}<p><span class=\"done\"></span>{}. {caption}</p><code>{}</code></li>",
            at + 1,
            text(&command.text)
        );
    }
    html.push_str("</ol>\n</section>\n");
    html
}

/// Text safe inside HTML.
fn text(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            _ => safe.push(c),
        }
    }
    safe
}

/// A file name for one message: nothing in it can leave the folder or trouble a shell.
#[must_use]
pub fn file_name(number: u64, tracker: &Tracker, order: usize, step: &str) -> String {
    let plain = |text: &str| -> String {
        text.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' }).take(40).collect()
    };
    format!("{number:04}-{}-{order}-{}.svg", plain(tracker.label()), plain(step))
}
