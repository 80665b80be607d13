//! `homing.apn/1`: the access points that are known for a SIM card, a network or a country.

use serde::Serialize;

use crate::apn::{Access, Choice, ChooseError, Database, Network, Operator};

/// An access point, whose it is, and how it is chosen.
#[derive(Debug)]
pub struct AccessPoint<'d> {
    /// Whose.
    pub operator: &'d Operator,
    /// What.
    pub access: &'d Access,
    /// Whether nobody says that it is for the internet.
    pub is_other: bool,
    /// What `--apn` takes to choose it: `auto`, or `auto:WORDS`; none where nothing tells it from another.
    pub auto: Option<String>,
}

#[derive(Debug, Serialize)]
struct ApnView<'a> {
    schema: &'static str,
    database: DatabaseView<'a>,
    networks: Vec<String>,
    access_points: Vec<AccessView<'a>>,
    chosen: Option<&'a str>,
    reason: Option<String>,
}

#[derive(Debug, Serialize)]
struct DatabaseView<'a> {
    name: &'a str,
    day: &'a str,
    file: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct AccessView<'a> {
    country_code: &'a str,
    country: &'a str,
    operator: &'a str,
    networks: Vec<String>,
    apn: &'a str,
    user: Option<&'a str>,
    password: Option<&'a str>,
    plans: &'a [String],
    label: Option<&'a str>,
    usage: Vec<&'a str>,
    auto: Option<&'a str>,
}

/// What is known as JSON. The passwords are those that the operators publish, and are shown.
#[must_use]
pub fn access_points<'a>(
    database: &'a Database,
    networks: &[Network],
    entries: impl Iterator<Item = &'a AccessPoint<'a>>,
    choice: Option<&'a Result<Choice<'a>, ChooseError>>,
) -> impl Serialize + 'a {
    let texts = |networks: &[Network]| networks.iter().map(ToString::to_string).collect::<Vec<_>>();
    let some = |text: &'a str| Some(text).filter(|text| !text.is_empty());
    let entry = |AccessPoint { operator, access, is_other, auto }: &'a AccessPoint<'a>| AccessView {
        country_code: &operator.code,
        country: &operator.country,
        operator: &operator.name,
        networks: texts(&operator.networks),
        apn: &access.apn,
        user: some(&access.user),
        password: some(&access.password),
        plans: &access.plans,
        label: some(&access.label),
        usage: if *is_other { access.usage.iter().map(String::as_str).collect() } else { vec!["internet"] },
        auto: auto.as_deref(),
    };
    let origin = &database.origin;
    ApnView {
        schema: "homing.apn/1",
        database: DatabaseView { name: &origin.name, day: &origin.day, file: origin.file.as_deref() },
        networks: texts(networks),
        access_points: entries.map(entry).collect(),
        chosen: choice.and_then(|choice| choice.as_ref().ok()).map(|choice| choice.access.apn.as_str()),
        reason: choice.map(|choice| match choice {
            Ok(choice) => choice.sentence(database),
            Err(error) => error.to_string(),
        }),
    }
}
