//! How a virtual tracker behaves, by name.

use crate::units::nearest;

/// How a tracker of the lab behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Behaviour {
    /// It obeys and answers.
    #[default]
    Obeys,
    /// It obeys nothing and answers nothing.
    Silent,
    /// Its password is another than the one that its commands come with.
    WrongPassword,
    /// Whoever writes to it is not allowed to.
    NotAuthorised,
    /// It obeys another dialect than the one on its box.
    OtherDialect,
    /// It obeys and answers, and never reaches its server: its SIM card has no data, say.
    Offline,
}

/// A word that names no behaviour.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{word}` is no behaviour{}: use {}", near.map(|near| format!(" (did you mean {near}?)")).unwrap_or_default(), words())]
pub struct BehaviourError {
    word: String,
    near: Option<&'static str>,
}

impl Behaviour {
    /// All behaviours with the word that each has.
    pub const WORDS: [(&'static str, Self); 6] = [
        ("obeys", Self::Obeys),
        ("silent", Self::Silent),
        ("wrong_password", Self::WrongPassword),
        ("not_authorised", Self::NotAuthorised),
        ("other_dialect", Self::OtherDialect),
        ("offline", Self::Offline),
    ];
}

fn words() -> String {
    Behaviour::WORDS.map(|(word, _)| word).join(", ")
}

/// Capital letters and hyphens in place of underscores make no difference.
impl std::str::FromStr for Behaviour {
    type Err = BehaviourError;

    fn from_str(text: &str) -> Result<Self, BehaviourError> {
        let plain = text.trim().to_ascii_lowercase().replace('-', "_");
        let known = Self::WORDS.iter().find(|(word, _)| *word == plain);
        known.map(|(_, behaviour)| *behaviour).ok_or_else(|| BehaviourError {
            word: text.chars().filter(|c| !crate::units::is_unprintable(*c)).collect(),
            near: nearest(&plain, Self::WORDS.iter().map(|(word, _)| *word)),
        })
    }
}

impl std::fmt::Display for Behaviour {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(Self::WORDS.iter().find(|(_, behaviour)| behaviour == self).map_or("", |(word, _)| word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_read_in_both_spellings_and_written_back() {
        for (word, behaviour) in Behaviour::WORDS {
            let spellings = [word.to_owned(), word.replace('_', "-"), format!(" {} ", word.to_uppercase())];
            for spelling in spellings {
                assert_eq!(spelling.parse(), Ok(behaviour), "{spelling}");
            }
            assert_eq!(behaviour.to_string(), word);
        }
    }

    #[test]
    fn another_word_is_told_with_all_there_are_and_the_nearest() {
        let error = "wrong-pasword".parse::<Behaviour>().unwrap_err().to_string();
        assert_eq!(
            error,
            "`wrong-pasword` is no behaviour (did you mean wrong_password?): \
             use obeys, silent, wrong_password, not_authorised, other_dialect, offline"
        );
        let error = "\u{1b}[2Jbench 2".parse::<Behaviour>().unwrap_err().to_string();
        assert!(error.starts_with("`[2Jbench 2` is no behaviour: use obeys"), "{error}");
    }
}
