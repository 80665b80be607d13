//! `--dry-run` of a batch: every message, how many, what they cost, how long it takes, what will not be proven.

use crate::courier::Via;
use crate::ui::{Exit, Term, commands::plural, escape};

use super::run::{Run, at_pace};
use super::sheet::Sheet;

pub(super) fn show(run: &Run, vias: &[Via], sheet: &Sheet, term: &mut Term) -> Exit {
    for shown in &sheet.shown {
        term.line(format!("{} ({})", escape(&shown.label), shown.profile));
        let titles = ["ask", "send", "read"];
        for (title, texts) in titles.iter().zip(&shown.parts) {
            for text in texts {
                term.line(format!("  {title:<5}{}", escape(text.trim_end())));
            }
        }
    }
    let counted = &sheet.counted;
    let trackers = sheet.shown.len();
    term.line("");
    term.line(format!(
        "{trackers} tracker{}, {} to {} short messages",
        plural(trackers),
        counted.least,
        counted.most
    ));
    if let Some(price) = run.way.sms_price {
        term.line(format!("cost: {} to {}", price.times(counted.least), price.times(counted.most)));
    }
    match at_pace(&run.way, vias.len(), counted.most) {
        Some(time) => term.line(format!("time: {time} at the pace asked for, and the last answers' wait")),
        None => term.line("time: as fast as the couriers take them; a modem takes about 5 s for each"),
    }
    for (profile, open) in counted.unreadable.iter().filter(|(_, open)| !open.is_empty()) {
        term.line(format!("not proven by reading back: {} of {profile}", open.join(", ")));
    }
    if vias.is_empty() {
        term.line("whether answers can come back depends on the courier: --via names it");
    }
    term.note("nothing was sent");
    sheet.exit.unwrap_or(Exit::Done)
}
