//! A first profile out of what a maker's paper prints: commands with example values, cut into text and settings. Pure:
//! it writes a text, and knows neither the person who is asked nor the file.

use std::fmt::Write;

use thiserror::Error;

/// What is known of a family before anybody has tried it.
#[derive(Debug, Clone)]
pub struct Sketch {
    /// The profile's id, which is its file's name.
    pub id: String,
    /// The maker.
    pub vendor: String,
    /// Models.
    pub models: Vec<String>,
    /// `tcp`, `udp`.
    pub transports: Vec<String>,
    /// The password that the printed commands carry.
    pub password: Option<String>,
    /// The access point, the server, the interval, in the order they are sent.
    pub orders: Vec<Order>,
    /// A question that changes nothing.
    pub query: Option<Order>,
    /// The word for what the source is worth.
    pub evidence: String,
    /// Title of the source.
    pub title: String,
    /// Where it can be read.
    pub url: Option<String>,
}

/// A command as it is printed.
#[derive(Debug, Clone)]
pub struct Order {
    /// The step's id.
    pub id: &'static str,
    /// What it does, in words.
    pub what: &'static str,
    /// The text, example values and all.
    pub printed: String,
    /// Its parts.
    pub pieces: Vec<Piece>,
    /// What the tracker answers, as printed.
    pub answer: Option<String>,
}

/// A part of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// It is always so.
    Text(String),
    /// The value of a setting.
    Value {
        /// The setting.
        name: &'static str,
        /// The example's value, as printed.
        value: String,
        /// Seconds that one of its unit has; 1 where it is no time.
        unit: u32,
    },
}

/// Why a printed command cannot be cut.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CutError {
    /// A value does not stand in it.
    #[error("\"{value}\" does not stand in {printed}")]
    Missing {
        /// The value.
        value: String,
        /// The command.
        printed: String,
    },
    /// A value stands in it more than once, so that nobody can tell which one is the setting.
    #[error(
        "\"{value}\" stands {count} times in {printed}: write the example with a value that stands there once"
    )]
    Several {
        /// The value.
        value: String,
        /// How often.
        count: usize,
        /// The command.
        printed: String,
    },
    /// Two settings follow each other without anything between them, or overlap.
    #[error("{0} and {1} stand without anything between them, so that no tracker could part them")]
    Touching(&'static str, &'static str),
}

/// A value to look for: setting, example value, seconds of its unit.
pub type Wanted<'w> = (&'static str, &'w str, u32);

/// Cuts a printed command at the values of its settings.
///
/// # Errors
/// When a value is not there, is there more than once, or touches another.
pub fn cut(printed: &str, wanted: &[Wanted<'_>]) -> Result<Vec<Piece>, CutError> {
    let mut places = Vec::new();
    for (name, value, unit) in wanted {
        places.push((place(printed, name, value)?, *name, *value, *unit));
    }
    places.sort_by_key(|(at, ..)| *at);
    let (mut pieces, mut end, mut last) = (Vec::new(), 0, None);
    for (at, name, value, unit) in places {
        match (last, printed.get(end..at)) {
            (Some(last), None | Some("")) => return Err(CutError::Touching(last, name)),
            (_, Some(text)) if !text.is_empty() => pieces.push(Piece::Text(text.to_owned())),
            _ => {}
        }
        pieces.push(Piece::Value { name, value: value.to_owned(), unit });
        (end, last) = (at + value.len(), Some(name));
    }
    if let Some(rest) = printed.get(end..).filter(|rest| !rest.is_empty()) {
        pieces.push(Piece::Text(rest.to_owned()));
    }
    Ok(pieces)
}

/// Where a value stands. One that stands by itself goes before one within a longer word; of a password, which a code
/// may repeat, the first is meant.
fn place(printed: &str, name: &str, value: &str) -> Result<usize, CutError> {
    let around = |at: usize| {
        let (before, after) = printed.split_at(at);
        (before.chars().next_back(), after.get(value.len()..).and_then(|rest| rest.chars().next()))
    };
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    // A number within a longer one is another number.
    let whole = |at: &usize| {
        let (before, after) = around(*at);
        let goes_on_before = value.starts_with(|c: char| c.is_ascii_digit()) && digit(before);
        let goes_on_behind = value.ends_with(|c: char| c.is_ascii_digit()) && digit(after);
        !goes_on_before && !goes_on_behind
    };
    let all = printed.match_indices(value).map(|(at, _)| at);
    // A password may stand before a number without anything between them.
    let all: Vec<usize> = all.filter(|at| name == "password" || whole(at)).collect();
    let part = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'));
    let alone = |at: &&usize| {
        let (before, after) = around(**at);
        !part(before) && !part(after)
    };
    let own: Vec<usize> = all.iter().filter(alone).copied().collect();
    let found = if own.is_empty() { all } else { own };
    match found[..] {
        [] => Err(CutError::Missing { value: value.to_owned(), printed: printed.to_owned() }),
        [at] => Ok(at),
        [first, ..] if name == "password" => Ok(first),
        _ => Err(CutError::Several {
            value: value.to_owned(),
            count: found.len(),
            printed: printed.to_owned(),
        }),
    }
}

impl Order {
    fn values(&self) -> impl Iterator<Item = (&'static str, &str, u32)> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Value { name, value, unit } => Some((*name, value.as_str(), *unit)),
            Piece::Text(_) => None,
        })
    }

    /// The settings it sets.
    fn sets(&self) -> impl Iterator<Item = &'static str> {
        self.values().map(|(name, ..)| name).filter(|name| *name != "password")
    }

    /// The answer's parts: what the example's values are repeated as is another tracker's server, and no fixed text.
    fn answer(&self) -> Option<Vec<Piece>> {
        let answer = self.answer.as_ref()?;
        let own = self.values().filter(|(name, ..)| *name != "password");
        let found: Vec<Wanted<'_>> =
            own.filter(|(name, value, _)| place(answer, name, value).is_ok()).collect();
        Some(cut(answer, &found).unwrap_or_else(|_| vec![Piece::Text(answer.clone())]))
    }

    /// How a tracker would hear it. A time in another unit than seconds is not captured, as no tracker tells its unit.
    fn pattern(&self, separators: &str) -> String {
        let class: String = separators.chars().map(|c| escaped(&c.to_string())).collect();
        let piece = |piece: &Piece| match piece {
            Piece::Text(text) => escaped(text),
            Piece::Value { name: "password", .. } => format!("[^{class}\\s]+?"),
            Piece::Value { name, unit: 1, .. } => match *name {
                "port" | "interval" => format!("(?<{name}>\\d+)"),
                "server" => "(?<server>[0-9A-Za-z._-]+)".to_owned(),
                name => format!("(?<{name}>[^{class}\\s]*)"),
            },
            Piece::Value { .. } => "\\d+".to_owned(),
        };
        format!("^{}$", self.pieces.iter().map(piece).collect::<String>())
    }
}

impl Sketch {
    fn all(&self) -> impl Iterator<Item = &Order> {
        self.orders.iter().chain(&self.query)
    }

    /// The characters that part its commands.
    fn separators(&self) -> String {
        let mut found = String::new();
        for piece in self.all().flat_map(|order| &order.pieces) {
            let Piece::Text(text) = piece else { continue };
            let parts = |c: &char| c.is_ascii_punctuation() && !matches!(c, '.' | '-' | '_') || *c == ' ';
            for c in text.chars().filter(parts) {
                if !found.contains(c) {
                    found.push(c);
                }
            }
        }
        found
    }

    /// The profile as TOML.
    #[must_use]
    pub fn toml(&self) -> String {
        let mut text = String::new();
        self.head(&mut text);
        for order in &self.orders {
            self.step(&mut text, order, "set");
        }
        if let Some(query) = &self.query {
            self.step(&mut text, query, "query");
        }
        text
    }

    fn head(&self, text: &mut String) {
        let name = match self.models.first() {
            Some(model) if !model.starts_with(&self.vendor) => format!("{} {model}", self.vendor),
            Some(model) => model.clone(),
            None => self.vendor.clone(),
        };
        line(
            text,
            "# Made by `homing profile new` from what a paper prints. No tracker has answered it yet: when one has, add a\n# [[trial]]. All keys, and how answers are read back, are in profiles/README.md.",
        );
        line(text, "schema = 1");
        for (key, value) in [("id", &self.id), ("name", &name), ("vendor", &self.vendor)] {
            line(text, &format!("{key} = {}", quoted(value)));
        }
        line(text, &format!("models = {}", list(self.models.iter().map(String::as_str))));
        line(text, &format!("transports = {}", list(self.transports.iter().map(String::as_str))));
        line(text, "register = \"{{ imei }}\"\n\n[limits]\nalphabet = \"[ -~]\"");
        line(text, &format!("separators = {}\nparts = 1", quoted(&self.separators())));
        line(text, "\n[form.sms]\nwrap = \"{{ body }}\"\nsource = \"paper\"");
        if let Some(password) = &self.password {
            line(text, &format!("\n[setting.password]\ndefault = {}\nsource = \"paper\"", quoted(password)));
        }
        let mut values = self.orders.iter().flat_map(Order::values);
        let interval = values.find(|(name, ..)| *name == "interval");
        if let Some((seconds, unit)) =
            interval.and_then(|(_, value, unit)| Some((value.parse::<u32>().ok()?.checked_mul(unit)?, unit)))
        {
            let unit = match unit {
                1 => "",
                60 => " The tracker takes whole minutes.",
                _ => " The tracker takes whole hours.",
            };
            line(
                text,
                &format!(
                    "\n# The example of the paper.{unit}\n[setting.interval]\nunit = \"s\"\ndefault = \"{seconds}\""
                ),
            );
        }
        let provision = list(self.orders.iter().map(|order| order.id));
        line(text, &format!("\n[routine]\nprovision = {provision}"));
        if self.query.is_some() {
            line(
                text,
                "# Its answer is shown and not understood. With a [[step.reply]] it may stand in `verify` and `identify`.",
            );
            line(text, "check = [\"read\"]");
        }
        line(text, &format!("\n[[source]]\nid = \"paper\"\nevidence = {}", quoted(&self.evidence)));
        line(text, &format!("title = {}", quoted(&self.title)));
        if let Some(url) = &self.url {
            line(text, &format!("url = {}", quoted(url)));
        }
    }

    fn step(&self, text: &mut String, order: &Order, kind: &str) {
        let title = quoted(order.what);
        line(text, &format!("\n[[step]]\nid = \"{}\"\ntitle = {title}\nkind = \"{kind}\"", order.id));
        if kind == "set" {
            line(text, &format!("sets = {}", list(order.sets())));
        }
        line(
            text,
            &format!("idempotent = true\nsend = {}\nsource = \"paper\"", quoted(&template(&order.pieces))),
        );
        let answer = order.answer();
        if let Some((pieces, printed)) = answer.as_ref().zip(order.answer.as_ref()) {
            let class: String = self.separators().chars().map(|c| escaped(&c.to_string())).collect();
            let piece = |piece: &Piece| match piece {
                Piece::Text(text) => escaped(text),
                Piece::Value { .. } => format!("[^{class}\\s]*"),
            };
            let pattern = format!("(?i)^{}$", pieces.iter().map(piece).collect::<String>());
            line(text, "[[step.reply]]");
            line(text, &format!("means = \"{}\"", if kind == "set" { "ok" } else { "value" }));
            line(text, &format!("match = {}", quoted(&pattern)));
            line(text, &format!("examples = [{}]\nsource = \"paper\"", quoted(printed)));
        }
        line(text, "[[step.example]]");
        let with: Vec<String> = order
            .values()
            .map(|(name, value, unit)| {
                let seconds = value.parse::<u32>().ok().and_then(|value| value.checked_mul(unit));
                let value = seconds.filter(|_| unit != 1).map_or_else(|| value.to_owned(), |s| s.to_string());
                format!("{name} = {}", quoted(&value))
            })
            .collect();
        if !with.is_empty() {
            line(text, &format!("with = {{ {} }}", with.join(", ")));
        }
        line(text, &format!("sends = {}", quoted(&order.printed)));
        line(text, &format!("[step.device]\nhears = {}", quoted(&order.pattern(&self.separators()))));
        if let Some(pieces) = answer {
            line(text, &format!("says = {}", quoted(&template(&pieces))));
        }
    }
}

/// Text and settings as a template.
fn template(pieces: &[Piece]) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Value { name, unit: 1, .. } if name.starts_with("apn_") => format!("{{{{ {name} or '' }}}}"),
        Piece::Value { name, unit: 1, .. } => format!("{{{{ {name} }}}}"),
        Piece::Value { name, unit, .. } => format!("{{{{ {name}|div({unit}) }}}}"),
    };
    pieces.iter().map(piece).collect()
}

/// A text as a pattern that matches it, without the backslashes that only a commented pattern needs.
fn escaped(text: &str) -> String {
    regex_lite::escape(text).replace("\\#", "#").replace("\\&", "&").replace("\\~", "~").replace("\\-", "-")
}

fn line(text: &mut String, line: &str) {
    // Writing to a text does not fail.
    let _ = writeln!(text, "{line}");
}

fn list<'t>(items: impl Iterator<Item = &'t str>) -> String {
    let items: Vec<String> = items.map(quoted).collect();
    format!("[{}]", items.join(", "))
}

/// A TOML string: without escapes where it can be.
fn quoted(text: &str) -> String {
    let bare = !text.contains(['\'', '\n', '\r']) && !text.chars().any(char::is_control);
    if text.contains(['\\', '"']) && bare {
        return format!("'{text}'");
    }
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_printed_command_is_cut_at_the_values_of_its_example() {
        for (printed, wanted, cut_as) in [
            // Coban, Queclink, and one where nothing stands between the word and the address.
            (
                "adminip123456 203.0.113.5 5000",
                &[("server", "203.0.113.5", 1), ("port", "5000", 1), ("password", "123456", 1)][..],
                "adminip{{ password }} {{ server }} {{ port }}",
            ),
            (
                "000000SVR54.85.159.138,8888",
                &[("server", "54.85.159.138", 1), ("port", "8888", 1)],
                "000000SVR{{ server }},{{ port }}",
            ),
            (
                "0000,109,internet,user,pass",
                &[("apn", "internet", 1), ("apn_user", "user", 1), ("apn_password", "pass", 1)],
                "0000,109,{{ apn }},{{ apn_user or '' }},{{ apn_password or '' }}",
            ),
            ("APN,apn#", &[("apn", "apn", 1)], "APN,{{ apn }}#"),
            ("TIMER,5#", &[("interval", "5", 60)], "TIMER,{{ interval|div(60) }}#"),
        ] {
            assert_eq!(cut(printed, wanted).map(|pieces| template(&pieces)).as_deref(), Ok(cut_as));
        }
    }

    #[test]
    fn what_nobody_could_cut_is_refused_with_the_reason() {
        let server = "SERVER,1,d.plaspy.com,8888,8888#";
        for (printed, wanted, why) in [
            (server, ("port", "888", 1), "\"888\" does not stand in"),
            (server, ("port", "8888", 1), "\"8888\" stands 2 times in"),
            (server, ("server", "plaspy.org", 1), "\"plaspy.org\" does not stand in"),
        ] {
            let error = cut(printed, &[wanted]).unwrap_err().to_string();
            assert!(error.starts_with(why), "{error}");
        }
        let touching = cut("G12345699#", &[("password", "123456", 1), ("interval", "99", 1)]);
        assert!(touching.is_err(), "{touching:?}");
    }
}
