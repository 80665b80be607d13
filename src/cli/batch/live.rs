//! A batch while it goes on: a bar with where the trackers stand, and beside it what a person should know at once.

use std::time::{Duration, Instant};

use indicatif::ProgressBar;

use crate::engine::batch::{CourierId, Engine, Entry, Progress};
use crate::engine::{News, Standing};
use crate::run::Spectator;
use crate::ui::{Term, Volume, escape};
use crate::units::show_duration;

/// How often the bar is drawn anew at most.
const DRAW: Duration = Duration::from_millis(100);

/// Shows a batch while it goes on.
pub(super) struct Live<'t> {
    term: &'t mut Term,
    bar: ProgressBar,
    begun: Instant,
    drawn: Option<Instant>,
    /// Trackers that were done, and messages that were out, when this run began.
    before: Option<(usize, u64)>,
    /// Names of couriers, for what they say.
    couriers: Vec<(CourierId, String)>,
}

impl<'t> Live<'t> {
    pub(super) fn new(trackers: usize, couriers: Vec<(CourierId, String)>, term: &'t mut Term) -> Self {
        let bar = term.progress_with(trackers as u64, "{bar:20} {pos}/{len} {wide_msg}");
        Self { term, bar, begun: Instant::now(), drawn: None, before: None, couriers }
    }

    pub(super) fn finish(self) {
        self.bar.finish_and_clear();
    }

    fn name(&self, courier: CourierId) -> &str {
        self.couriers.iter().find(|(id, _)| *id == courier).map_or("a courier", |(_, name)| name)
    }

    fn warn(&mut self, text: &str) {
        self.bar.suspend(|| self.term.warn(text));
    }

    fn detail(&mut self, text: &str) {
        if self.term.volume() == Volume::Verbose {
            self.bar.suspend(|| self.term.detail(text));
        }
    }

    /// Draws the bar anew, not more often than an eye can follow: counting costs something with many trackers.
    fn draw(&mut self, engine: &Engine) {
        let now = Instant::now();
        if self.drawn.is_some_and(|drawn| now - drawn < DRAW) {
            return;
        }
        self.drawn = Some(now);
        let progress = engine.progress();
        let before = *self.before.get_or_insert((progress.done, progress.messages));
        self.bar.set_position(progress.done as u64);
        self.bar.set_message(words(&progress, before, now - self.begun));
    }

    /// What of the entries a person wants to see with --verbose.
    fn tell(&mut self, entry: &Entry) {
        match entry {
            Entry::Command { masked, .. } => self.detail(&format!("> {}", masked.trim_end())),
            Entry::Inbound { sender, text, why_not, .. } => {
                let why = why_not.as_ref().map(|why| format!(" ({why})")).unwrap_or_default();
                // Raw, as it may hold what no form masks: only whom it is from, and why it does not count.
                self.detail(&format!("< {} characters from {sender}{why}", text.chars().count()));
            }
            Entry::Ended { shown, .. } => {
                for line in shown {
                    self.detail(&format!("< {line}"));
                }
            }
            Entry::Standing { standing, sentence, done: true, .. } => {
                self.detail(&format!("= {standing}: {sentence}"))
            }
            _ => {}
        }
    }
}

/// How long it may still take, how fast it goes, and where the trackers stand: what matters least is cut off first.
fn words(progress: &Progress, before: (usize, u64), spent: Duration) -> String {
    let mut parts: Vec<String> = Vec::new();
    let (done, messages) =
        (progress.done.saturating_sub(before.0), progress.messages.saturating_sub(before.1));
    if done > 2 && progress.done < progress.trackers {
        let each = spent.as_secs_f64() / done as f64;
        let left = Duration::from_secs((each * (progress.trackers - progress.done) as f64) as u64);
        parts.push(format!("about {} left", show_duration(left.max(Duration::from_secs(1)))));
    }
    let minutes = spent.as_secs_f64() / 60.0;
    let rate = format!("{:.0}", messages as f64 / minutes.max(f64::EPSILON));
    let rate = if messages > 4 && minutes > 0.05 { format!(" ({rate}/min)") } else { String::new() };
    parts.push(format!("{} SMS{rate}", progress.messages));
    let shown = Standing::ALL.iter().zip(progress.standings).filter(|(_, count)| *count > 0);
    parts.extend(shown.map(|(standing, count)| format!("{count} {standing}")));
    if progress.waiting > 0 {
        parts.push(format!("{} waited for", progress.waiting));
    }
    parts.join(", ")
}

impl Spectator for Live<'_> {
    fn sees(&mut self, engine: &Engine, entries: &[Entry]) {
        entries.iter().for_each(|entry| self.tell(entry));
        self.draw(engine);
    }

    fn hears(&mut self, courier: CourierId, news: &News) {
        let name = self.name(courier).to_owned();
        match news {
            News::Up(capacity) => {
                self.detail(&format!("{name} is ready: {}", escape(&capacity.name)));
                capacity.warnings.iter().for_each(|warning| self.warn(&format!("{name}: {warning}")));
                if !capacity.two_way {
                    self.warn(&format!(
                        "{name}: no answer of a tracker can come back on this way, so nothing is proven on it"
                    ));
                }
            }
            News::Down { cause, last } => {
                let end = if *last { "; it is not used any more" } else { "; it is waited for" };
                let hint = cause.hint.as_ref().map(|hint| format!(" ({hint})")).unwrap_or_default();
                self.warn(&format!("{name}: {}{end}{hint}", cause.sentence));
            }
            _ => {}
        }
    }
}
