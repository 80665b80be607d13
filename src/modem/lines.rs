//! Bytes of a modem as lines and prompts (3GPP TS 27.005, ITU-T V.250). A line ends with CR, LF or both; a prompt is a
//! `>` where a line begins, and has no end. Nothing here knows what a line means.

/// Longer than any line of a modem that is of use; what is longer is passed over whole.
const LONGEST: usize = 8 * 1024;

/// What came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Heard {
    /// A line that is not empty, without blanks around it.
    Line(String),
    /// The modem waits for the text of a message.
    Prompt,
}

/// Cuts bytes into lines; holds no more than one of bounded length.
#[derive(Debug, Default)]
pub(crate) struct Lines {
    partial: Vec<u8>,
    too_long: bool,
}

impl Lines {
    /// Takes the next byte.
    pub(crate) fn push(&mut self, byte: u8) -> Option<Heard> {
        match byte {
            b'\r' | b'\n' => return self.end(),
            b'>' if self.partial.is_empty() && !self.too_long => return Some(Heard::Prompt),
            // Blanks before a line, as the one behind a prompt; 0xFF and zeros are what a waking line gives.
            b' ' | b'\t' | 0xFF if self.partial.is_empty() => {}
            // Echoed ESC and 0x1A, zeros, XON and XOFF belong to no line.
            0x00..=0x08 | 0x0B..=0x1F | 0x7F => {}
            _ if self.partial.len() >= LONGEST => self.too_long = true,
            _ => self.partial.push(byte),
        }
        None
    }

    /// Whether a line has begun and not ended.
    pub(crate) fn is_mid_line(&self) -> bool {
        !self.partial.is_empty()
    }

    /// Passes over the line that has begun.
    pub(crate) fn clear(&mut self) {
        self.partial.clear();
        self.too_long = false;
    }

    fn end(&mut self) -> Option<Heard> {
        let is_whole = !std::mem::take(&mut self.too_long);
        let line = std::mem::take(&mut self.partial);
        let text = String::from_utf8_lossy(&line);
        let text = text.trim();
        (is_whole && !text.is_empty()).then(|| Heard::Line(text.to_owned()))
    }
}
