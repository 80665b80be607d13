//! A batch while it goes on: a bar with where the trackers stand, and beside it what a person should know at once.

use std::collections::{HashMap, HashSet};
use std::time::{Duration, Instant};

use indicatif::ProgressBar;

use crate::engine::batch::{CourierId, Engine, Entry, Progress, Quiet};
use crate::engine::{AttemptId, News, Standing};
use crate::run::Spectator;
use crate::ui::{Term, Volume, escape};
use crate::units::show_duration;

use super::run::now_ms;

/// How often the bar is drawn anew at most.
const DRAW: Duration = Duration::from_millis(100);

/// Milliseconds of a day, which begins at midnight UTC.
const DAY_MS: i64 = 86_400_000;

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
    cap: Cap,
    quiet: Option<Quiet>,
    /// Couriers of which a person knows that they are given nothing more, and whether it is known that it is quiet now.
    tripped: HashSet<CourierId>,
    is_quiet: bool,
}

/// What couriers let out on a day, so that a batch that waits for the next one does not do so without a word.
#[derive(Debug, Default)]
pub(super) struct Cap {
    /// Short messages by each courier and day.
    pub(super) most: Option<u32>,
    /// What they let out: courier, day, short messages.
    pub(super) used: Vec<(CourierId, i64, u32)>,
    /// By which courier an attempt goes that was not let out yet.
    given: HashMap<AttemptId, CourierId>,
    /// Couriers and days of which a person knows.
    told: HashSet<(CourierId, i64)>,
}

impl Cap {
    pub(super) fn new(most: Option<u32>, used: Vec<(CourierId, i64, u32)>) -> Self {
        Self { most, used, ..Self::default() }
    }

    fn sees(&mut self, entry: &Entry) {
        match entry {
            Entry::Handed { attempt, courier, .. } => {
                self.given.insert(*attempt, *courier);
            }
            Entry::Committed { attempt, day, messages, .. } => {
                let Some(courier) = self.given.remove(attempt) else { return };
                match self.used.iter_mut().find(|(of, on, _)| (*of, *on) == (courier, *day)) {
                    Some((_, _, used)) => *used = used.saturating_add(*messages),
                    None => self.used.push((courier, *day, *messages)),
                }
            }
            Entry::Attempt { attempt, .. } => {
                self.given.remove(attempt);
            }
            _ => {}
        }
    }

    /// Couriers that have used up what they may let out on a day, each once.
    fn full(&mut self, today: i64) -> Vec<CourierId> {
        let Some(most) = self.most else { return Vec::new() };
        let full = self.used.iter().filter(|(_, day, used)| *day == today && *used >= most);
        let full: Vec<CourierId> = full.map(|(courier, ..)| *courier).collect();
        full.into_iter().filter(|courier| self.told.insert((*courier, today))).collect()
    }
}

impl<'t> Live<'t> {
    pub(super) fn new(
        trackers: usize,
        couriers: Vec<(CourierId, String)>,
        cap: Cap,
        quiet: Option<Quiet>,
        term: &'t mut Term,
    ) -> Self {
        let bar = term.progress_with(trackers as u64, "{bar:20} {pos}/{len} {wide_msg}");
        Self {
            term,
            bar,
            begun: Instant::now(),
            drawn: None,
            before: None,
            couriers,
            cap,
            quiet,
            tripped: HashSet::new(),
            is_quiet: false,
        }
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

    /// Says once that a courier waits for the next day.
    fn tell_of_the_cap(&mut self) {
        let today = now_ms().div_euclid(DAY_MS);
        let (used, are) = match self.cap.most.unwrap_or_default() {
            1 => ("the one short message".to_owned(), "is"),
            most => (format!("the {most} short messages"), "are"),
        };
        for courier in self.cap.full(today) {
            let name = self.name(courier).to_owned();
            self.warn(&format!(
                "{name}: {used} of --daily-cap {are} used up; it goes on at midnight UTC (Ctrl-C stops, `homing batch resume` goes on)"
            ));
        }
    }

    /// Says once that a courier is given nothing more.
    fn tell_of_the_tripped(&mut self, engine: &Engine) {
        for (id, name) in self.couriers.clone() {
            if let Some(why) = engine.tripped(id).filter(|_| !self.tripped.contains(&id)) {
                self.tripped.insert(id);
                self.warn(&format!(
                    "{name}: nothing more is sent by it, as it refuses whatever it is given: {why}"
                ));
            }
        }
    }

    /// Says when quiet hours begin to hold the batch up, and until when.
    fn tell_of_quiet_hours(&mut self) {
        let left = self.quiet.and_then(|quiet| quiet.left(now_ms()));
        let was = std::mem::replace(&mut self.is_quiet, left.is_some());
        if let Some(left) = left.filter(|_| !was) {
            let left = show_duration(Duration::from_secs(left.as_secs().div_ceil(60) * 60));
            self.warn(&format!(
                "quiet hours: nothing is sent for another {left} (Ctrl-C stops, `homing batch resume` goes on)"
            ));
        }
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
            Entry::Stranger { sender, text, .. } => {
                let from = escape(&sender.to_string());
                self.detail(&format!(
                    "< {} characters from {from}, who is nobody of this batch",
                    text.chars().count()
                ));
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
    let left = progress.trackers.saturating_sub(progress.done);
    // What is only waited for takes as long as it takes, whatever went before.
    if left > 0 && progress.waiting >= left {
        parts.push(format!("waiting for {left} more to answer"));
    } else if done > 2 && left > 0 {
        let each = spent.as_secs_f64() / done as f64;
        let time = Duration::from_secs((each * left as f64) as u64);
        parts.push(format!("about {} left", show_duration(time.max(Duration::from_secs(1)))));
    }
    let minutes = spent.as_secs_f64() / 60.0;
    let rate = format!("{:.0}", messages as f64 / minutes.max(f64::EPSILON));
    let rate = if messages > 4 && minutes > 0.05 { format!(" ({rate}/min)") } else { String::new() };
    parts.push(format!("{} SMS{rate}", progress.messages));
    let shown = Standing::ALL.iter().zip(progress.standings).filter(|(_, count)| *count > 0);
    parts.extend(shown.map(|(standing, count)| format!("{count} {standing}")));
    if progress.waiting > 0 && progress.waiting < left {
        parts.push(format!("{} waited for", progress.waiting));
    }
    parts.join(", ")
}

impl Spectator for Live<'_> {
    fn sees(&mut self, engine: &Engine, entries: &[Entry]) {
        for entry in entries {
            self.tell(entry);
            self.cap.sees(entry);
        }
        if !engine.is_finished() {
            self.tell_of_the_cap();
            self.tell_of_quiet_hours();
        }
        self.tell_of_the_tripped(engine);
        self.draw(engine);
    }

    fn hears(&mut self, courier: CourierId, news: &News) {
        let name = self.name(courier).to_owned();
        match news {
            News::Up(capacity) => {
                self.detail(&format!("{name} is ready: {}", escape(&capacity.name)));
                capacity.warnings.iter().for_each(|warning| self.warn(&format!("{name}: {warning}")));
            }
            News::Notice(cause) => self.warn(&format!("{name}: {}", cause.words())),
            News::Down { cause, last } => {
                let end = if *last { "; it is not used any more" } else { "; it is waited for" };
                let hint = cause.hint.as_ref().map(|hint| format!(" ({hint})")).unwrap_or_default();
                self.warn(&format!("{name}: {}{end}{hint}", cause.sentence));
            }
            _ => {}
        }
    }
}
