//! What a setting's value may be, by the profile's rule for it.

use super::types::SettingRule;

/// Why a value is not what the profile allows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RuleFault {
    /// A number is wanted.
    #[error("{0} is wanted as a whole number")]
    NotANumber(String),
    /// Outside the range the source gives.
    #[error("{value} is outside {}", .range)]
    OutOfRange {
        /// The number.
        value: i64,
        /// The range with its unit.
        range: String,
    },
    /// Not among the values there are.
    #[error("it must be {0}")]
    NotAValue(String),
    /// Longer than the device takes.
    #[error("it has {got} characters, the tracker takes {max}")]
    TooLong {
        /// Its length.
        got: usize,
        /// The longest allowed.
        max: usize,
    },
    /// Not of the form the source gives.
    #[error("it must be of the form {0}")]
    WrongForm(String),
}

impl SettingRule {
    /// Checks a value.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn check(&self, value: &str) -> Result<(), RuleFault> {
        if self.min.is_some() || self.max.is_some() {
            let number: i64 = value.parse().map_err(|_| RuleFault::NotANumber(self.what()))?;
            if self.min.is_some_and(|min| number < min) || self.max.is_some_and(|max| number > max) {
                return Err(RuleFault::OutOfRange { value: number, range: self.range() });
            }
        }
        if !self.values.is_empty() && !self.values.iter().any(|known| known == value) {
            let values = self.values.join(", ");
            return Err(RuleFault::NotAValue(if self.values.len() == 1 {
                values
            } else {
                format!("one of {values}")
            }));
        }
        let length = value.chars().count();
        if let Some(max) = self.max_length.filter(|max| length > *max) {
            return Err(RuleFault::TooLong { got: length, max });
        }
        match &self.pattern {
            Some(pattern) if !pattern.is_match(value) => {
                let form = pattern.as_str().trim_start_matches("^(?:").trim_end_matches(")$");
                Err(RuleFault::WrongForm(form.to_owned()))
            }
            _ => Ok(()),
        }
    }

    /// Whether a number is one that others take, none when nothing is known about that.
    #[must_use]
    pub fn is_usual(&self, value: &str) -> Option<bool> {
        let (min, max) = self.usual?;
        Some(value.parse::<i64>().is_ok_and(|number| (min..=max).contains(&number)))
    }

    /// What is allowed, in words.
    #[must_use]
    pub fn describe(&self) -> String {
        if self.min.is_some() || self.max.is_some() {
            return self.range();
        }
        if !self.values.is_empty() {
            return self.values.join(", ");
        }
        match (&self.pattern, self.max_length) {
            (Some(_), _) => self.title.clone().unwrap_or_else(|| "another form".to_owned()),
            (None, Some(max)) => format!("up to {max} characters"),
            (None, None) => "any value".to_owned(),
        }
    }

    fn what(&self) -> String {
        self.title.clone().unwrap_or_else(|| self.name.clone())
    }

    fn range(&self) -> String {
        let unit = self.unit.as_ref().map(|unit| format!(" {unit}")).unwrap_or_default();
        match (self.min, self.max) {
            (Some(min), Some(max)) => format!("{min} to {max}{unit}"),
            (Some(min), None) => format!("{min}{unit} and more"),
            (None, Some(max)) => format!("{max}{unit} and less"),
            (None, None) => "any".to_owned(),
        }
    }
}
