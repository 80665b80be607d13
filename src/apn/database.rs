//! What is known of operators and their access points, and looking in it by network or by country.

use std::cmp::Reverse;
use std::fmt;

use super::compact::{self, CompactError};
use super::network::Network;
use crate::tracker::{Country, SettingError, Settings};

/// Where a database comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Its name.
    pub name: String,
    /// Its day, `YYYY-MM-DD`: of its edition, or of the file where that says none.
    pub day: String,
    /// The path of the file; none where it is built in.
    pub file: Option<String>,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.file {
            None => write!(f, "{} of {}, built in", self.name, self.day),
            Some(file) => write!(f, "{file} of {}", self.day),
        }
    }
}

/// One access point.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Access {
    /// Its name.
    pub apn: String,
    /// The plans it is for, `prepaid` and `postpaid`; often none is said.
    pub plans: Vec<String>,
    /// What the operator calls it; may be empty.
    pub label: String,
    /// Its user name; may be empty.
    pub user: String,
    /// Its password, which everybody knows; may be empty.
    pub password: String,
    /// Of one that is not said to be for the internet, the uses that are said; none where the database says none.
    pub usage: Vec<String>,
}

impl Access {
    /// Of one of an operator's others: what the database says that it is for.
    #[must_use]
    pub fn said_use(&self) -> String {
        if self.usage.is_empty() { "use not said".to_owned() } else { self.usage.join(" and ") }
    }

    /// What a tracker is set to: two entries that agree in it are one.
    #[must_use]
    pub fn key(&self) -> (&str, &str, &str) {
        (&self.apn, &self.user, &self.password)
    }

    /// Sets the APN, and user and password where they are `wanted` and there are any.
    ///
    /// # Errors
    /// When the database has something that no setting can be.
    pub fn set(&self, settings: &mut Settings, wanted: bool) -> Result<(), SettingError> {
        settings.set("apn", &self.apn)?;
        for (name, value) in [("apn_user", &self.user), ("apn_password", &self.password)] {
            if wanted && !value.is_empty() {
                settings.set(name, value)?;
            }
        }
        Ok(())
    }
}

/// An operator of one country, or who sells in its network.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Operator {
    /// Its name.
    pub name: String,
    /// Code (`co`) of its country.
    pub code: String,
    /// English name of its country.
    pub country: String,
    /// Its networks; some have none.
    pub networks: Vec<Network>,
    /// Its access points for the internet.
    pub access: Vec<Access>,
    /// Its access points of which the database does not say that, but for those for MMS or WAP alone.
    pub others: Vec<Access>,
}

/// An access point and whose it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found<'d> {
    /// Whose.
    pub operator: &'d Operator,
    /// What.
    pub access: &'d Access,
}

/// All of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Database {
    /// Where it comes from.
    pub origin: Origin,
    /// The operators, by country.
    pub operators: Vec<Operator>,
}

impl Database {
    /// The compact form that was built in.
    ///
    /// # Errors
    /// Never in a release: a test reads it.
    pub fn built_in() -> Result<Self, CompactError> {
        compact::read(include_str!("providers.txt"))
    }

    /// The operators of any of these networks.
    pub fn of_networks(&self, networks: &[Network]) -> Vec<&Operator> {
        let is = |operator: &&Operator| operator.networks.iter().any(|network| networks.contains(network));
        self.operators.iter().filter(is).collect()
    }

    /// The operators of a country, by its ISO code, its name, its calling code, or a part of the name of three letters or more.
    pub fn of_country(&self, wanted: &str) -> Vec<&Operator> {
        let wanted = wanted.trim().to_lowercase();
        // The table of telephone countries knows other names for some, and calling codes.
        let iso =
            wanted.parse::<Country>().map_or_else(|_| wanted.clone(), |country| country.iso().to_lowercase());
        let whole = |one: &&Operator| one.code == iso || one.country.to_lowercase() == wanted;
        let exact: Vec<&Operator> = self.operators.iter().filter(whole).collect();
        if !exact.is_empty() || wanted.chars().count() < 3 {
            return exact;
        }
        self.operators.iter().filter(|one| one.country.to_lowercase().contains(&wanted)).collect()
    }

    /// The countries it knows, by name.
    pub fn countries(&self) -> impl Iterator<Item = &str> {
        let mut last = "";
        self.operators.iter().map(|one| one.country.as_str()).filter(move |name| {
            let new = *name != last;
            last = name;
            new
        })
    }

    /// The country of most operators whose networks have this MCC.
    #[must_use]
    pub fn country_of(&self, mcc: &str) -> Option<&str> {
        let has = |one: &&Operator| one.networks.iter().any(|network| network.mcc() == mcc);
        let mut counts: Vec<(&str, usize)> = Vec::new();
        for operator in self.operators.iter().filter(has) {
            match counts.iter_mut().find(|(name, _)| *name == operator.country) {
                Some((_, count)) => *count += 1,
                None => counts.push((&operator.country, 1)),
            }
        }
        counts.sort_by_key(|(_, count)| Reverse(*count));
        counts.first().map(|(name, _)| *name)
    }
}
