//! The report as one self-contained page: counts, a bar per standing, a table to filter. It asks no other file or host
//! for anything, and works without its script but for the filter.

use std::io::{self, Write};

use super::Format;
use crate::engine::Standing;
use crate::report::{BatchHead, TrackerReport};
use crate::ui::commands::plural;

/// A page.
#[derive(Debug, Default)]
pub struct Html(());

const STYLE: &str = r##"
:root { color-scheme: light dark; --line: #8884; --dim: #666; --good: #1f7a3d; --fair: #3f8a55; --sent: #2f68ad;
  --none: #777; --doubt: #976100; --no: #b4450f; --bad: #b3261e; }
@media (prefers-color-scheme: dark) {
  :root { --dim: #a0a0a0; --good: #4fbf73; --fair: #86c99a; --sent: #7fb0ea; --none: #a8a8a8; --doubt: #e0a83c;
    --no: #f0874f; --bad: #ff7a70; }
}
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem; }
h1 { font-size: 1.4rem; margin: 0; overflow-wrap: anywhere; }
header p { color: var(--dim); margin: .2rem 0 1.2rem; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: max-content 4rem 1fr; gap: .3rem .8rem; align-items: center; margin: 0 0 1.5rem; }
dt, dd { margin: 0; } dd.n { text-align: right; font-variant-numeric: tabular-nums; }
dd.b { background: #8882; border-radius: 3px; height: .8rem; }
dd.b i { display: block; height: 100%; min-width: 3px; border-radius: 3px; background: var(--c); }
.reporting, .verified { --c: var(--good); } .acknowledged { --c: var(--fair); } .sent { --c: var(--sent); }
.planned { --c: var(--none); } .unknown { --c: var(--doubt); } .refused { --c: var(--no); } .failed { --c: var(--bad); }
form { display: flex; gap: .8rem; flex-wrap: wrap; align-items: center; margin-bottom: .8rem; }
input, select { font: inherit; padding: .25rem .5rem; }
input { flex: 1 1 16rem; }
#shown { color: var(--dim); font-variant-numeric: tabular-nums; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid var(--line); }
th { position: sticky; top: 0; background: Canvas; }
td { overflow-wrap: break-word; }
td.w { min-width: 14rem; }
td.l { color: var(--dim); font-variant-numeric: tabular-nums; }
td.k { font-variant-numeric: tabular-nums; white-space: nowrap; }
td b { color: var(--c); font-weight: 600; }
details { margin-top: .2rem; } summary { color: var(--dim); cursor: pointer; }
pre { margin: .2rem 0 0; white-space: pre-wrap; word-break: break-all; font-size: .85rem; }
footer { color: var(--dim); margin-top: 1.5rem; font-size: .9rem; }
/* A heading that stays needs a table that does not scroll by itself. */
@media (max-width: 55rem) {
  .wide { overflow-x: auto; }
  th:nth-child(4), td:nth-child(4), th:nth-child(7), td:nth-child(7) { display: none; }
}
@media print { form { display: none; } th { position: static; } tr { break-inside: avoid; } }
"##;

const SCRIPT: &str = r"
const text = document.getElementById('text'), standing = document.getElementById('standing');
const rows = [...document.querySelectorAll('tbody tr')], shown = document.getElementById('shown');
function filter() {
  const wanted = text.value.toLowerCase();
  let count = 0;
  for (const row of rows) {
    const fits = (!standing.value || row.className === standing.value) && row.textContent.toLowerCase().includes(wanted);
    row.hidden = !fits;
    if (fits) count++;
  }
  shown.textContent = count + ' of ' + rows.length;
}
text.addEventListener('input', filter);
standing.addEventListener('change', filter);
document.querySelector('form').addEventListener('submit', event => event.preventDefault());
filter();
";

/// Text safe inside HTML, its control characters made visible.
fn text(text: &str) -> String {
    let shown = crate::ui::escape(text);
    shown.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Where trackers stand, from the best to the worst.
fn by_proof(head: &BatchHead) -> impl Iterator<Item = (String, u64)> + '_ {
    const ORDER: [Standing; 8] = [
        Standing::Reporting,
        Standing::Verified,
        Standing::Acknowledged,
        Standing::Sent,
        Standing::Planned,
        Standing::Unknown,
        Standing::Refused,
        Standing::Failed,
    ];
    ORDER.iter().filter_map(|standing| {
        let word = standing.to_string();
        let count = *head.counts.get(&word)?;
        Some((word, count))
    })
}

impl Format for Html {
    fn begin(&mut self, head: &BatchHead, out: &mut dyn Write) -> io::Result<()> {
        let name = text(&head.name);
        write!(out, "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n")?;
        writeln!(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")?;
        writeln!(out, "<title>homing: {name}</title>\n<style>{STYLE}</style>")?;
        writeln!(out, "<header><h1>{name}</h1>")?;
        writeln!(
            out,
            "<p>{} tracker{} of {}, begun {}; {}</p></header>",
            head.total,
            plural(usize::try_from(head.total).unwrap_or(usize::MAX)),
            text(&head.file),
            text(&head.created),
            text(&head.state)
        )?;
        writeln!(out, "<dl>")?;
        for (standing, count) in by_proof(head) {
            let width = count as f64 * 100.0 / head.total.max(1) as f64;
            writeln!(
                out,
                "<dt>{standing}</dt><dd class=\"n\">{count}</dd><dd class=\"b {standing}\"><i style=\"width:{width:.2}%\"></i></dd>"
            )?;
        }
        writeln!(
            out,
            "</dl>\n<form><input id=\"text\" type=\"search\" placeholder=\"filter\" aria-label=\"filter\">"
        )?;
        write!(
            out,
            "<select id=\"standing\" aria-label=\"standing\"><option value=\"\">every standing</option>"
        )?;
        for (standing, _) in by_proof(head) {
            write!(out, "<option>{standing}</option>")?;
        }
        writeln!(out, "</select> <span id=\"shown\"></span></form>\n<div class=\"wide\"><table>")?;
        writeln!(
            out,
            "<thead><tr><th>line<th>tracker<th>register<th>profile<th>standing<th>why<th>firmware</thead>\n<tbody>"
        )
    }

    fn tracker(&mut self, tracker: &TrackerReport, out: &mut dyn Write) -> io::Result<()> {
        let standing = tracker.standing.to_string();
        let firmware: Vec<String> = [&tracker.firmware_before, &tracker.firmware_after]
            .into_iter()
            .flatten()
            .map(|one| text(one))
            .collect();
        let mut firmware = firmware;
        firmware.dedup();
        write!(
            out,
            "<tr class=\"{standing}\"><td class=\"l\">{}<td>{}",
            tracker.line_word(),
            text(&tracker.name)
        )?;
        write!(
            out,
            "<td class=\"k\">{}<td>{}",
            text(tracker.register.as_deref().unwrap_or_default()),
            text(&tracker.profile)
        )?;
        write!(
            out,
            "<td><b class=\"{standing}\">{standing}</b>{}",
            if tracker.done { "" } else { " (open)" }
        )?;
        write!(out, "<td class=\"w\">{}", text(&tracker.why))?;
        if !tracker.commands.is_empty() {
            write!(out, "<details><summary>{} commands</summary><pre>", tracker.commands.len())?;
            for command in &tracker.commands {
                writeln!(out, "&gt; {}", text(command.text.trim_end()))?;
                for line in &command.reply {
                    writeln!(out, "&lt; {}", text(line))?;
                }
                let causes =
                    command.attempts.iter().filter_map(|attempt| Some((attempt, attempt.cause.as_ref()?)));
                for (attempt, cause) in causes {
                    writeln!(out, "  attempt {}: {}: {}", attempt.n, text(&attempt.state), text(cause))?;
                }
            }
            write!(out, "</pre></details>")?;
        }
        writeln!(out, "<td>{}</tr>", firmware.join(" → "))
    }

    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "</tbody></table></div>")?;
        writeln!(
            out,
            "<footer>A standing is the last thing that was proven: sent is not taken, and taken is not reporting.</footer>"
        )?;
        writeln!(out, "<script>{SCRIPT}</script>\n</html>")
    }
}
