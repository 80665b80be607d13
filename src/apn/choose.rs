//! One access point for one SIM card, or why there is not one: several candidates are offered, never guessed between.

use super::database::{Access, Database, Found, Operator};
use super::network::{Network, Sim};
use crate::tracker::shown;

/// What stands in place of an APN where one is to be looked up: `auto`, or `auto:` and words that choose among several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Auto<'t> {
    /// The words.
    pub words: Option<&'t str>,
}

impl<'t> Auto<'t> {
    /// Of a text that asks for it; none for an APN.
    #[must_use]
    pub fn read(text: &'t str) -> Option<Self> {
        let text = text.trim();
        match text.split_once(':') {
            Some((auto, words)) if auto.trim().eq_ignore_ascii_case("auto") => {
                Some(Self { words: Some(words.trim()) })
            }
            None if text.eq_ignore_ascii_case("auto") => Some(Self { words: None }),
            _ => None,
        }
    }
}

/// What was chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice<'d> {
    /// The network that the SIM card is of.
    pub network: Network,
    /// The entries that say so; they agree in what a tracker is set to.
    pub found: Vec<Found<'d>>,
    /// What a tracker is set to.
    pub access: &'d Access,
}

impl Choice<'_> {
    /// What was chosen and why, as a sentence without its password.
    #[must_use]
    pub fn sentence(&self, database: &Database) -> String {
        let mut names: Vec<&str> = Vec::new();
        let mut countries: Vec<&str> = Vec::new();
        for Found { operator, .. } in &self.found {
            if !names.contains(&operator.name.as_str()) {
                names.push(&operator.name);
            }
            if !countries.contains(&operator.country.as_str()) {
                countries.push(&operator.country);
            }
        }
        let with = match (self.access.user.is_empty(), self.access.password.is_empty()) {
            (true, true) => "no user and no password",
            (false, true) => "its user and no password",
            (true, false) => "no user and its password",
            (false, false) => "its user and password",
        };
        let plain = self.found.iter().any(|Found { operator, access }| operator.access.contains(access));
        let doubt = match self.access.usage.as_slice() {
            _ if plain => String::new(),
            [] => "; the database does not say that it is for the internet".to_owned(),
            uses => format!("; the database says that it is for {}", uses.join(" and ")),
        };
        format!(
            "APN {} with {with}: the SIM card's network {} is {} in {} ({}){doubt}",
            self.access.apn,
            self.network,
            names.join(", "),
            countries.join(", "),
            database.origin
        )
    }
}

/// Why none was chosen.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChooseError {
    /// The SIM card is of no country's operator.
    #[error(
        "the SIM card's network {0} is no operator's of one country: the APN of a roaming or M2M card is its seller's"
    )]
    International(Network),
    /// No operator has the network.
    #[error("no operator with the network {numbers} is known ({origin})")]
    Unknown {
        /// The network, or the two that an IMSI can mean.
        numbers: String,
        /// Which database.
        origin: String,
    },
    /// The operator is known, and no access point of it.
    #[error("the SIM card's network {network} is {operators}, of which no access point is known ({origin})")]
    NoAccess {
        /// The network.
        network: Network,
        /// Whose it is.
        operators: String,
        /// Which database.
        origin: String,
    },
    /// The operator is known, and none of its access points is said to be for the internet.
    #[error(
        "the SIM card's network {network} is {operators}, and no access point of it is said to be for the internet; \
         there is: {candidates}"
    )]
    NotSaid {
        /// The network.
        network: Network,
        /// Whose it is.
        operators: String,
        /// What there is, with what it is said to be for, and by which database.
        candidates: String,
        /// The words that choose the first of them.
        example: Option<String>,
    },
    /// None of its access points is the one that was asked for.
    #[error("`{}` is none of the access points of the network {network}: {candidates}", shown(wanted))]
    NotThere {
        /// What was asked for.
        wanted: String,
        /// The network.
        network: Network,
        /// What there is.
        candidates: String,
    },
    /// Several could be meant.
    #[error("the SIM card's network {network} has {count} access points, and none is guessed: {candidates}")]
    Several {
        /// The network.
        network: Network,
        /// How many.
        count: usize,
        /// What there is.
        candidates: String,
        /// The words that choose the first of them.
        example: Option<String>,
    },
}

impl ChooseError {
    /// The rule that was broken, for the problems of a sheet.
    #[must_use]
    pub fn rule(&self) -> &'static str {
        match self {
            Self::International(_) => "apn-international",
            Self::Unknown { .. } => "apn-unknown-network",
            Self::NoAccess { .. } => "apn-none-known",
            Self::NotSaid { .. } => "apn-not-said",
            Self::NotThere { .. } => "apn-not-there",
            Self::Several { .. } => "apn-several",
        }
    }

    /// The way out.
    #[must_use]
    pub fn fix(&self) -> String {
        match self {
            Self::International(_) => "the APN that its seller names".to_owned(),
            Self::Unknown { .. } | Self::NoAccess { .. } => {
                "the APN that the operator names; `homing apn --country NAME` lists what is known".to_owned()
            }
            Self::NotThere { network, .. } => format!("what `homing apn --mcc-mnc {network}` shows"),
            Self::NotSaid { example, .. } => {
                format!(
                    "what the operator names, or with {}, which takes it as it is",
                    words_or_apn(example.as_deref())
                )
            }
            Self::Several { network, example, .. } => {
                let example = words_or_apn(example.as_deref());
                format!("{example}, for example; `homing apn --mcc-mnc {network}` shows how to choose each")
            }
        }
    }
}

/// What chooses an entry: words behind `auto:`, or its name where no words do.
fn words_or_apn(words: Option<&str>) -> String {
    words.map_or_else(|| "the APN itself".to_owned(), |words| format!("auto:{words}"))
}

/// The access point for a SIM card. Those that are said to be for the internet count before the others, which only words
/// choose. `wanted` are words that choose among several, with commas between them: each is an
/// APN, an operator, a plan, a user or what the operator calls it, in any case.
///
/// # Errors
/// When there is none, or more than one that differ in what a tracker is set to.
pub fn choose<'d>(
    database: &'d Database,
    sim: &Sim,
    wanted: Option<&str>,
) -> Result<Choice<'d>, ChooseError> {
    let networks = sim.networks();
    if let Some(odd) = networks.iter().find(|network| network.is_international()) {
        return Err(ChooseError::International(odd.clone()));
    }
    let operators = database.of_networks(&networks);
    let Some(network) = known(&networks, &operators) else {
        let numbers: Vec<String> = networks.iter().map(ToString::to_string).collect();
        return Err(ChooseError::Unknown {
            numbers: numbers.join(" or "),
            origin: database.origin.to_string(),
        });
    };
    let all: Vec<Found<'d>> = operators.iter().flat_map(|operator| entries(operator)).collect();
    let others: Vec<Found<'d>> = operators.iter().flat_map(|operator| others(operator)).collect();
    let found = match wanted {
        None => all.clone(),
        Some(words) => Some(narrow(&all, words))
            .filter(|found| !found.is_empty())
            .unwrap_or_else(|| narrow(&others, words)),
    };
    let Some(first) = found.first().copied() else {
        return Err(none(database, network, &operators, wanted, (&all, &others)));
    };
    if found.iter().all(|one| one.access.key() == first.access.key()) {
        return Ok(Choice { network, found, access: first.access });
    }
    let example = words_for(first, &found);
    Err(ChooseError::Several { network, count: distinct(&found).len(), candidates: listed(&found), example })
}

/// Why no entry of a network's operators is taken: there is none, none is for the internet, or none is what was wanted.
fn none(
    database: &Database,
    network: Network,
    operators: &[&Operator],
    wanted: Option<&str>,
    (all, others): (&[Found<'_>], &[Found<'_>]),
) -> ChooseError {
    let names = || operators.iter().map(|operator| operator.name.as_str()).collect::<Vec<_>>().join(", ");
    let origin = || database.origin.to_string();
    match (wanted, others.first()) {
        (_, None) if all.is_empty() => {
            ChooseError::NoAccess { network, operators: names(), origin: origin() }
        }
        (None, Some(first)) => ChooseError::NotSaid {
            network,
            operators: names(),
            candidates: format!("{} ({})", listed(others), database.origin),
            example: words_for(*first, others),
        },
        _ => {
            let candidates = listed(&[all, others].concat());
            ChooseError::NotThere { wanted: wanted.unwrap_or_default().to_owned(), network, candidates }
        }
    }
}

/// Which of the networks that a SIM card can be of is one that somebody has.
fn known(networks: &[Network], operators: &[&Operator]) -> Option<Network> {
    let has = |network: &&Network| operators.iter().any(|operator| operator.networks.contains(network));
    networks.iter().find(has).cloned()
}

/// The access points of an operator for the internet.
pub(super) fn entries(operator: &Operator) -> impl Iterator<Item = Found<'_>> {
    operator.access.iter().map(move |access| Found { operator, access })
}

/// Those of which nobody says that.
fn others(operator: &Operator) -> impl Iterator<Item = Found<'_>> {
    operator.others.iter().map(move |access| Found { operator, access })
}

/// Those of several that the words mean. The whole text is one word first, as some names have commas.
#[must_use]
pub fn narrow<'d>(found: &[Found<'d>], words: &str) -> Vec<Found<'d>> {
    let by = |words: &[&str]| -> Vec<Found<'d>> {
        found.iter().filter(|one| words.iter().all(|word| says(one, word))).copied().collect()
    };
    let whole = by(&[words.trim()]);
    if whole.is_empty() { by(&words.split(',').map(str::trim).collect::<Vec<_>>()) } else { whole }
}

/// Whether an entry has a word in one of its fields.
fn says(found: &Found<'_>, word: &str) -> bool {
    let word = word.to_lowercase();
    let Found { operator, access } = found;
    let fields = [&access.apn, &operator.name, &access.label, &access.user];
    !word.is_empty() && fields.into_iter().chain(&access.plans).any(|field| field.to_lowercase() == word)
}

/// The fewest words that choose one entry among several; none where nothing tells it from another.
#[must_use]
pub fn words_for(one: Found<'_>, all: &[Found<'_>]) -> Option<String> {
    let Found { operator, access } = one;
    let plan = access.plans.first().cloned().unwrap_or_default();
    let fields = [&operator.name, &access.apn, &plan, &access.label, &access.user];
    let fields: Vec<&String> = fields.into_iter().filter(|field| !field.is_empty()).collect();
    let pairs = fields
        .iter()
        .enumerate()
        .flat_map(|(at, first)| fields.iter().skip(at + 1).map(move |second| format!("{first},{second}")));
    let singles = fields.iter().map(|field| (*field).clone());
    singles.chain(pairs).find(|words| {
        let left = narrow(all, words);
        !left.is_empty() && left.iter().all(|other| other.access.key() == access.key())
    })
}

/// One of each that differ in what a tracker is set to.
fn distinct<'d>(found: &[Found<'d>]) -> Vec<Found<'d>> {
    let mut kept: Vec<Found<'d>> = Vec::new();
    for one in found {
        if kept.iter().all(|other| other.access.key() != one.access.key()) {
            kept.push(*one);
        }
    }
    kept
}

/// Candidates in one line.
fn listed(found: &[Found<'_>]) -> String {
    let entry = |one: &Found<'_>| {
        let Found { operator, access } = one;
        let mut about = vec![operator.name.as_str()];
        about.extend(access.plans.iter().map(String::as_str));
        about.extend([access.label.as_str()].into_iter().filter(|label| !label.is_empty()));
        let said = access.said_use();
        about.extend(operator.others.contains(access).then_some(said.as_str()));
        format!("{} ({})", access.apn, about.join(", "))
    };
    distinct(found).iter().map(entry).collect::<Vec<_>>().join("; ")
}
