//! Texts that no sentence may repeat: credentials, tokens that were fetched, and the message in which a tracker's password
//! may stand. Programs write what they repeat as they please, so texts are compared with every encoding taken off.

use std::sync::{Arc, Mutex, PoisonError};

use super::template::decoded;
use crate::secret::Secret;

/// Credentials of one gateway. They print as a mask.
#[derive(Debug, Clone, Default)]
pub(super) struct Hidden {
    given: Vec<Text>,
    /// Tokens that were fetched, newest last.
    tokens: Arc<Mutex<Vec<Text>>>,
}

/// One of them.
#[derive(Debug, Clone)]
struct Text {
    whole: Secret,
    /// Without any encoding.
    bare: Secret,
}

/// Fetched tokens that are remembered: of older ones nobody has any use.
const TOKENS: usize = 8;

/// A secret of fewer letters would be found in every sentence.
const SHORTEST: usize = 4;

impl Hidden {
    pub(super) fn new(texts: impl IntoIterator<Item = String>) -> Self {
        Self {
            given: texts.into_iter().filter_map(|text| Text::new(&text)).collect(),
            tokens: Arc::default(),
        }
    }

    /// A token was fetched: no sentence may repeat it from now on.
    pub(super) fn fetched(&self, token: &str) {
        let mut tokens = self.tokens.lock().unwrap_or_else(PoisonError::into_inner);
        tokens.extend(Text::new(token));
        let old = tokens.len().saturating_sub(TOKENS);
        tokens.drain(..old);
    }

    /// Whether a sentence repeats one of them.
    pub(super) fn is_in(&self, sentence: &str) -> bool {
        let bare = bare(sentence);
        let is = |text: &Text| sentence.contains(text.whole.expose()) || bare.contains(text.bare.expose());
        self.given.iter().any(is) || self.tokens.lock().unwrap_or_else(PoisonError::into_inner).iter().any(is)
    }
}

impl Text {
    fn new(text: &str) -> Option<Self> {
        let bare = bare(text);
        (bare.len() >= SHORTEST).then(|| Self { whole: Secret::new(text), bare: Secret::new(bare) })
    }
}

/// So many letters in a row are no chance: gateways repeat the beginning of a message too.
const RUN: usize = 12;

/// Whether a sentence repeats a message or a good part of it, in whatever encoding.
pub(super) fn repeats(sentence: &str, message: &str) -> bool {
    let (sentence, message) = (bare(sentence), bare(message));
    let letters: Vec<char> = message.chars().collect();
    let run = letters.len().min(RUN);
    run >= SHORTEST && letters.windows(run).any(|part| sentence.contains(&part.iter().collect::<String>()))
}

/// How often a text may have been encoded over and over.
const LAYERS: usize = 4;

/// A text without the encodings of URLs, forms, JSON and HTML, all letters small.
fn bare(text: &str) -> String {
    let mut text = text.to_lowercase();
    for _ in 0..LAYERS {
        let next = unescaped(&decoded(&text)).to_lowercase();
        if next == text {
            break;
        }
        text = next;
    }
    text
}

/// What HTML and XML write for letters of their own.
const NAMED: [(&str, &str); 5] =
    [("&quot;", "\""), ("&apos;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")];

/// Takes off what forms (`+`), JSON (`\`) and HTML (`&`) put in place of a letter.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let found = match letter {
            '+' => Some((" ".to_owned(), 1)),
            '\\' => Some(code(rest, "\\u", 16, Some(4)).unwrap_or((String::new(), 1))),
            '&' => {
                let named = NAMED.iter().find(|(name, _)| rest.starts_with(name));
                named
                    .map(|(name, plain)| ((*plain).to_owned(), name.len()))
                    .or_else(|| code(rest, "&#x", 16, None))
                    .or_else(|| code(rest, "&#", 10, None))
            }
            _ => None,
        };
        let (plain, length) = found.unwrap_or_else(|| (letter.to_string(), letter.len_utf8()));
        out.push_str(&plain);
        rest = rest.get(length..).unwrap_or_default();
    }
    out
}

/// The letter that a number stands for behind `lead`, of so many digits or up to a semicolon; and the length of it all.
fn code(text: &str, lead: &str, radix: u32, digits: Option<usize>) -> Option<(String, usize)> {
    let behind = text.strip_prefix(lead)?;
    let (number, length) = match digits {
        Some(digits) => (behind.get(..digits)?, digits),
        None => {
            let end = behind.bytes().take(8).position(|byte| byte == b';')?;
            (behind.get(..end)?, end + 1)
        }
    };
    let letter = u32::from_str_radix(number, radix).ok().and_then(char::from_u32)?;
    Some((letter.to_string(), lead.len() + length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_found_in_whatever_encoding_and_mixture() {
        // As Python 3.12 writes it with quote, quote_plus, json.dumps and html.escape.
        let secret = "c4n4ry/+= \"&ß";
        let hidden = Hidden::new([secret.to_owned()]);
        for sentence in [
            secret,
            "key=c4n4ry/%2B%3D%20%22%26%C3%9F is not known",
            "c4n4ry%2F%2B%3D+%22%26%C3%9F",
            "\"c4n4ry/+= \\\"&\\u00df\"",
            "c4n4ry/+= &quot;&amp;ß",
            // As PHP writes JSON, and a URL that was encoded twice, in small digits.
            "\"c4n4ry\\/+= \\\"&\\u00df\"",
            "c4n4ry%252f%252b%253d%2520%2522%2526%25c3%259f",
            // A browser's mixture, numbers for letters, and capitals.
            "/c4n4ry/+=%20%22&%C3%9F",
            "c4n4ry&#47;&#x2B;= &#34;&ß",
            "C4N4RY/+= \"&ß",
        ] {
            assert!(hidden.is_in(sentence), "{sentence}");
        }
        for sentence in ["c4n4ry", "the key is unknown", "", "c4n4ry/+= \"&"] {
            assert!(!hidden.is_in(sentence), "{sentence}");
        }
    }

    #[test]
    fn secrets_of_a_few_letters_and_of_nothing_hide_no_sentence() {
        assert!(!Hidden::new(["abc".to_owned(), String::new()]).is_in("abc of it"));
        assert!(!repeats("whatever", "") && !repeats("SMA#1", "A#"));
    }

    #[test]
    fn a_message_is_found_whole_and_in_a_good_part() {
        let message = "0000,109,internet,user,hunter2";
        for sentence in [
            "cannot send 0000%2C109%2Cinternet%2Cuser%2Chunter2",
            "no such characters: 0000,109,inter...",
            "...net,user,hunter2 is too long",
        ] {
            assert!(repeats(sentence, message), "{sentence}");
        }
        assert!(!repeats("no internet, user 0000", message));
        assert!(repeats("cannot send \"RESET#\"", "RESET#"));
    }

    #[test]
    fn odd_texts_are_taken_apart_without_harm() {
        for text in
            ["%", "%4", "\\", "\\u12", "\\ud800", "&", "&#;", "&#x110000;", "&#99999999999;", "%C3", "ä&#"]
        {
            let _ = bare(text);
        }
        assert_eq!(bare("100%"), "100%");
    }

    #[test]
    fn tokens_are_remembered_and_nothing_of_it_is_printed() {
        let hidden = Hidden::new(["given-hunter2".to_owned()]);
        for number in 0..20 {
            hidden.clone().fetched(&format!("fetched-{number}!"));
        }
        assert!(hidden.is_in("fetched-19!") && hidden.is_in("GIVEN-hunter2") && !hidden.is_in("fetched-1!"));
        let shown = format!("{hidden:?}");
        assert!(!shown.contains("fetched-") && !shown.contains("hunter2"), "{shown}");
    }
}
