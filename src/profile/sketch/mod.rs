//! A first profile out of what a maker's paper prints: commands with example values, cut into text and settings. Pure:
//! it writes a text, and knows neither the person who is asked nor the file.

mod answer;
mod cut;
mod write;

pub use answer::Shown;
pub use cut::{CutError, Piece, Wanted, cut};

use cut::place;
use write::escaped;

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
    /// Questions that change nothing.
    pub queries: Vec<Query>,
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
    /// What the tracker answers, as printed; none for a question, whose answer is told by [`Query::shown`].
    pub answer: Option<String>,
}

/// A command that only asks.
#[derive(Debug, Clone)]
pub struct Query {
    /// The command.
    pub order: Order,
    /// What its answer shows, where the paper prints one that shows something.
    pub shown: Option<Shown>,
}

impl Order {
    fn values(&self) -> impl Iterator<Item = (&'static str, &str, u32)> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Value { name, value, unit } => Some((*name, value.as_str(), *unit)),
            Piece::Text(_) => None,
        })
    }

    /// The settings it sets whose values an answer shows as they are: a time in minutes is another number there.
    pub fn shows(&self) -> impl Iterator<Item = &'static str> {
        self.values().filter(|(name, _, unit)| *name != "password" && *unit == 1).map(|(name, ..)| name)
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
    /// Whether an answer shows by itself that the tracker is of this family, so that it can be asked first.
    #[must_use]
    pub fn is_told(&self) -> bool {
        self.queries.iter().any(Query::tells)
    }

    fn all(&self) -> impl Iterator<Item = &Order> {
        self.orders.iter().chain(self.queries.iter().map(|query| &query.order))
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
}

impl Query {
    /// Whether its answer tells the family from others.
    fn tells(&self) -> bool {
        self.shown.as_ref().is_some_and(|shown| shown.is_telling(&self.order.printed))
    }
}
