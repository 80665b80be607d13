//! The terminal: the only file that prints. Results go to standard output, everything else to standard error,
//! and nothing that came from outside reaches a terminal with its control characters.

use std::borrow::Cow;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::time::Duration;

use console::Style;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::echo;
use crate::units::is_unprintable;

/// How much is said on standard error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Volume {
    /// Errors only.
    Quiet,
    /// Warnings and progress.
    Normal,
    /// Also what is sent and heard, masked.
    Verbose,
}

/// Where output goes.
pub struct Term {
    out: BufWriter<Box<dyn Write>>,
    volume: Volume,
    colour: bool,
    width: Option<usize>,
    live: bool,
    /// Why nothing more is written: the reader went away, or the disk is full.
    trouble: Option<io::Error>,
}

impl Term {
    /// The terminal of this process.
    #[must_use]
    pub fn new(volume: Volume) -> Self {
        let tty = io::stdout().is_terminal();
        let columns = || std::env::var("COLUMNS").ok()?.parse().ok().filter(|columns| *columns >= 20);
        let size = || console::Term::stdout().size_checked().map(|(_, columns)| usize::from(columns));
        let width = if tty { size() } else { columns() };
        Self {
            out: BufWriter::with_capacity(1 << 16, Box::new(io::stdout())),
            volume,
            colour: tty && colour_is_wanted(),
            width,
            live: io::stderr().is_terminal() && volume > Volume::Quiet,
            trouble: None,
        }
    }

    /// Columns of the terminal that shows results, or what `COLUMNS` asks for; none for a file or a pipe without it.
    #[must_use]
    pub fn width(&self) -> Option<usize> {
        self.width
    }

    /// How much is said.
    #[must_use]
    pub fn volume(&self) -> Volume {
        self.volume
    }

    /// Writes a line of the result.
    pub fn line(&mut self, text: impl AsRef<str>) {
        self.text(text.as_ref());
        self.text("\n");
    }

    /// Writes a sentence of the result, broken between words where there is a width.
    pub fn sentence(&mut self, text: &str) {
        match self.width {
            Some(width) => self.line(wrap(text, width)),
            None => self.line(text),
        }
    }

    /// Writes a part of the result.
    pub fn text(&mut self, text: &str) {
        // What goes wrong is kept, and told by `flush`.
        let _ = self.write_all(text.as_bytes());
    }

    /// Whether nothing more can be written: whoever read the result went away, or a disk is full.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.trouble.is_some()
    }

    /// Makes everything written so far visible.
    ///
    /// # Errors
    /// When a result could not be written, other than to a reader that went away.
    pub fn finish(&mut self) -> io::Result<()> {
        let _ = Write::flush(self);
        match self.trouble.take() {
            Some(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error),
            _ => Ok(()),
        }
    }

    /// Less important words of a result.
    #[must_use]
    pub fn dim(&self, text: &str) -> String {
        self.style(text, &Style::new().dim())
    }

    /// The words of a result that a person looks for.
    #[must_use]
    pub fn bold(&self, text: &str) -> String {
        self.style(text, &Style::new().bold())
    }

    /// Whether results are shown in colours.
    #[must_use]
    pub fn has_colour(&self) -> bool {
        self.colour
    }

    /// Lines in black on white, as on paper, where colours are shown.
    #[must_use]
    pub fn paper(&self, text: &str) -> String {
        let style = Style::new().color256(16).on_color256(231);
        text.lines().map(|line| self.style(line, &style)).collect::<Vec<_>>().join("\n")
    }

    fn style(&self, text: &str, style: &Style) -> String {
        if self.colour {
            style.clone().force_styling(true).apply_to(text).to_string()
        } else {
            text.to_owned()
        }
    }

    /// Something a person should know; not shown with `--quiet`.
    pub fn warn(&mut self, text: &str) {
        if self.volume > Volume::Quiet {
            self.say("warning", text);
        }
    }

    /// The same for a text whose parts were escaped already.
    pub fn warn_shown(&mut self, text: &str) {
        if self.volume > Volume::Quiet {
            self.err(&format!("warning: {text}"));
        }
    }

    /// Something that helps to follow what happens; not shown with `--quiet`.
    pub fn note(&mut self, text: &str) {
        if self.volume > Volume::Quiet {
            self.err(&escape(text));
        }
    }

    /// Detail for whoever asked for it.
    pub fn detail(&mut self, text: &str) {
        if self.volume == Volume::Verbose {
            self.err(&escape(text));
        }
    }

    /// An error, and what to do about it. Always shown.
    pub fn error(&mut self, text: &str, hint: Option<&str>) {
        self.say("error", text);
        self.hint(hint);
    }

    /// What to do about something that a result has told already. Always shown.
    pub fn hint(&mut self, hint: Option<&str>) {
        if let Some(hint) = hint {
            self.say("hint", hint);
        }
    }

    /// A finding that is printed as it stands, one or more lines.
    pub fn err(&mut self, text: &str) {
        let _ = Write::flush(self);
        let text = match Self::error_width() {
            Some(width) => Cow::Owned(wrap(text, width)),
            None => Cow::Borrowed(text),
        };
        let mut err = io::stderr().lock();
        let _ = writeln!(err, "{text}");
    }

    /// A page that was laid out elsewhere, plain and with its styles: help as a result, a usage error as an error.
    pub fn page(&mut self, plain: &str, styled: &str, error: bool) {
        let colour = if error { io::stderr().is_terminal() && colour_is_wanted() } else { self.colour };
        let text = if colour { styled } else { plain };
        if error {
            self.err(text.trim_end());
        } else {
            self.text(text);
        }
    }

    fn say(&mut self, word: &str, text: &str) {
        self.err(&format!("{word}: {}", escape(text)));
    }

    /// Columns of the terminal that shows errors; none when they go to a file or a pipe.
    fn error_width() -> Option<usize> {
        let size = console::Term::stderr().size_checked().map(|(_, columns)| usize::from(columns));
        size.filter(|_| io::stderr().is_terminal())
    }

    /// A line that shows work going on, on a terminal only. It cleans up after itself.
    #[must_use]
    pub fn spinner(&self, text: &str) -> ProgressBar {
        let bar = self.bar(ProgressBar::new_spinner(), "{spinner} {msg}");
        bar.set_message(text.to_owned());
        bar.enable_steady_tick(Duration::from_millis(120));
        bar
    }

    /// A line that is never drawn: a person types where it would stand.
    #[must_use]
    pub fn no_spinner(&self) -> ProgressBar {
        ProgressBar::hidden()
    }

    /// A bar for `total` things, on a terminal only.
    #[must_use]
    pub fn progress(&self, total: u64, text: &str) -> ProgressBar {
        let bar = self.bar(ProgressBar::new(total), "{msg} [{bar:30}] {percent}% {eta} left");
        bar.set_message(text.to_owned());
        bar
    }

    /// A bar for `total` things with a form of its own, on a terminal only.
    #[must_use]
    pub fn progress_with(&self, total: u64, template: &str) -> ProgressBar {
        self.bar(ProgressBar::new(total), template)
    }

    fn bar(&self, bar: ProgressBar, template: &str) -> ProgressBar {
        let target = if self.live { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        bar.set_draw_target(target);
        match ProgressStyle::with_template(template) {
            Ok(style) => bar.with_style(style),
            Err(_) => bar,
        }
    }

    /// Asks for a secret on the terminal, without showing it.
    ///
    /// # Errors
    /// When there is no terminal to ask at.
    pub fn ask_secret(&mut self, what: &str) -> io::Result<String> {
        if !(io::stdin().is_terminal() && io::stderr().is_terminal()) {
            return Err(io::Error::new(io::ErrorKind::NotConnected, "there is no terminal to ask at"));
        }
        let _ = write!(io::stderr(), "{}: ", escape(what));
        let _shown = echo::hidden();
        console::Term::stderr().read_secure_line()
    }

    /// Asks for a line; none when there is no more input. Works with a pipe too, so that a script can play a person.
    pub fn ask_line(&mut self, prompt: &str) -> Option<String> {
        let _ = Write::flush(self);
        let _ = write!(io::stderr(), "{}", escape(prompt));
        let mut line = String::new();
        match io::stdin().read_line(&mut line) {
            Ok(1..) => Some(line.trim_end_matches(['\r', '\n']).to_owned()),
            Ok(0) | Err(_) => {
                let _ = writeln!(io::stderr());
                None
            }
        }
    }

    /// Whether a person sees standard error as it comes.
    #[must_use]
    pub fn is_live(&self) -> bool {
        self.live
    }

    /// Asks a yes-or-no question; anything but yes is no.
    ///
    /// # Errors
    /// When there is no terminal to ask at.
    pub fn ask_yes(&mut self, question: &str) -> io::Result<bool> {
        if !(io::stdin().is_terminal() && io::stderr().is_terminal()) {
            return Err(io::Error::new(io::ErrorKind::NotConnected, "there is no terminal to ask at"));
        }
        let _ = Write::flush(self);
        let asked = format!("{} [y/N] ", escape(question));
        let asked = Self::error_width().map_or_else(|| asked.clone(), |width| wrap(&asked, width));
        let _ = write!(io::stderr(), "{asked}");
        let mut answer = String::new();
        if io::stdin().read_line(&mut answer)? == 0 {
            // No more input, as by Ctrl-D: what is said next begins on a line of its own.
            let _ = writeln!(io::stderr());
        }
        Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
    }
}

/// Whether a terminal may be given styles: <https://no-color.org>, and terminals that know none.
fn colour_is_wanted() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
        && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// Results, made piece by piece. A write that goes wrong is kept for [`Term::finish`] and the rest is dropped, so that
/// no format has to care.
impl Write for Term {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes).map(|()| bytes.len())
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.trouble.is_none() {
            self.trouble = self.out.write_all(bytes).err();
        }
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.trouble.is_none() {
            self.trouble = self.out.flush().err();
        }
        Ok(())
    }
}

/// A text from outside with its control characters made visible, so that no device can drive the terminal.
/// Line breaks inside are shown too; direction marks and other invisible characters likewise.
#[must_use]
pub fn escape(text: &str) -> String {
    if !text.chars().any(is_unprintable) {
        return text.to_owned();
    }
    text.chars()
        .flat_map(|c| if is_unprintable(c) { c.escape_default().collect::<Vec<_>>() } else { vec![c] })
        .collect()
}

/// A text with its lines broken between words at the terminal's width, going on where [`hang`] says.
/// Words that are longer than a line stay whole, so that they can be copied.
fn wrap(text: &str, width: usize) -> String {
    let mut wrapped = String::with_capacity(text.len());
    for (number, line) in text.lines().enumerate() {
        if number > 0 {
            wrapped.push('\n');
        }
        let (mut column, hang) = (0, hang(line, width));
        for word in line.split_inclusive(' ') {
            let (length, bare) =
                (console::measure_text_width(word), console::measure_text_width(word.trim_end()));
            if column > hang && column + bare > width {
                wrapped.truncate(wrapped.trim_end_matches(' ').len());
                wrapped.push('\n');
                wrapped.extend(std::iter::repeat_n(' ', hang));
                column = hang;
            }
            wrapped.push_str(word);
            column += length;
        }
    }
    wrapped
}

/// The column at which a broken line goes on: two further in, below the beginning of an indented line, or below what
/// stands behind a name and blanks.
fn hang(line: &str, width: usize) -> usize {
    /// The longest name that what follows is set out against.
    const NAME: usize = 20;
    let indent = line.len() - line.trim_start_matches(' ').len();
    let rest = line.get(indent..).unwrap_or_default();
    let behind = rest.find("  ").filter(|at| indent > 0 && indent + at <= NAME).map(|at| {
        let gap = rest.get(at..).unwrap_or_default();
        indent + at + gap.len() - gap.trim_start_matches(' ').len()
    });
    behind.filter(|column| *column <= width / 2).unwrap_or(indent).clamp(2, (width / 2).max(2))
}

#[cfg(test)]
mod tests {
    use super::{escape, wrap};

    #[test]
    fn lines_are_broken_between_words_and_long_words_stay_whole() {
        assert_eq!(wrap("error: one two three", 14), "error: one two\n  three");
        assert_eq!(wrap("a\n  hint: /very/long/path x", 8), "a\n  hint:\n  /very/long/path\n  x");
        assert_eq!(wrap("short", 80), "short");
        assert_eq!(wrap("    one two three", 12), "    one two\n    three");
        assert_eq!(wrap("  name   one two three", 18), "  name   one two\n         three");
        assert_eq!(wrap("  name   one two", 10), "  name\n  one two", "no room to go in");
    }

    #[test]
    fn control_characters_and_direction_marks_are_made_visible() {
        assert_eq!(escape("OK\x1b[2J\r\n\u{202e}x"), "OK\\u{1b}[2J\\r\\n\\u{202e}x");
        assert_eq!(escape("mañana ✓ {}"), "mañana ✓ {}");
    }
}
