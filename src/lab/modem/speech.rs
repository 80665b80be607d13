//! What a modem writes to its client: what commands say, result codes, and unsolicited lines between them
//! (ITU-T V.250 section 5.7, 3GPP TS 27.005 section 3.4.1).

use super::answer::{self, Answer, Blocks, Done};
use super::{FaultKind, Modem, Scene};

impl Modem {
    /// Writes what a command says.
    pub(super) fn say(&self, blocks: &Blocks, scene: &mut Scene<'_>) {
        let lead: &[u8] = if self.set.verbose { b"\r\n" } else { b"" };
        if blocks.0.is_empty() {
            return;
        }
        self.interrupt(scene);
        scene.write(lead);
        for (at, block) in blocks.0.iter().enumerate() {
            if at > 0 {
                self.interrupt(scene);
            }
            scene.write(block.as_bytes());
            scene.write(b"\r\n");
        }
    }

    /// Ends a command line.
    pub(super) fn finish(&mut self, answer: Answer, scene: &mut Scene<'_>) {
        let result = match answer {
            Ok(Done::Prompt) => return scene.write(b"\r\n> "),
            Ok(Done::Later | Done::Silence) => return,
            Ok(Done::Said(blocks)) => {
                self.say(&blocks, scene);
                answer::fine(self.set.verbose)
            }
            Err(fail) => fail.result(self.set.cmee, self.set.verbose),
        };
        self.interrupt(scene);
        if !self.set.quiet {
            let text = if self.set.verbose { format!("\r\n{result}\r\n") } else { format!("{result}\r") };
            scene.write(text.as_bytes());
        }
        self.release(scene);
    }

    /// An unsolicited line in the middle of an answer, while that fault is on.
    pub(super) fn interrupt(&self, scene: &mut Scene<'_>) {
        if scene.strikes(FaultKind::UrcInAnswers, self.identity.index).is_some() {
            // Each looks like something: a Huawei's signal level, a registration, a Quectel's indication.
            const LINES: [&str; 3] = ["^RSSI: 17", "+CREG: 1", "+QIND: \"csq\",20,99"];
            let at = scene.out.len() % LINES.len();
            scene.write(format!("\r\n{}\r\n", LINES[at]).as_bytes());
        }
    }

    /// An unsolicited line. While the line to the client is in use it waits; what tells of a message waits too while
    /// the first value of `+CNMI` is 0.
    pub(super) fn notify(&mut self, text: String, of_message: bool, scene: &mut Scene<'_>) {
        let in_use = self.data.is_some() || self.pending.is_some();
        if in_use || (of_message && self.set.cnmi[0] == 0) {
            // The oldest is lost when there is no room (TS 27.005 section 3.4.1, `<mode>` 0).
            if self.waiting.len() >= 32 {
                self.waiting.pop_front();
            }
            self.waiting.push_back((text, of_message));
        } else {
            scene.write(format!("\r\n{text}\r\n").as_bytes());
        }
    }

    /// Writes the unsolicited lines that have waited long enough.
    pub(super) fn release(&mut self, scene: &mut Scene<'_>) {
        if self.data.is_some() || self.pending.is_some() {
            return;
        }
        let keep = self.set.cnmi[0] == 0;
        for (text, of_message) in std::mem::take(&mut self.waiting) {
            if of_message && keep {
                self.waiting.push_back((text, true));
            } else {
                scene.write(format!("\r\n{text}\r\n").as_bytes());
            }
        }
    }
}
