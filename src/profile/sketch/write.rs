//! A sketch as TOML, in the order in which `profiles/README.md` names the keys.

use std::fmt::Write;

use super::cut::Piece;
use super::{Order, Query, Sketch};

impl Sketch {
    /// The profile as TOML.
    #[must_use]
    pub fn toml(&self) -> String {
        let mut text = String::new();
        self.names(&mut text);
        self.limits(&mut text);
        self.routines(&mut text);
        self.source(&mut text);
        for order in &self.orders {
            self.set(&mut text, order);
        }
        for query in &self.queries {
            self.query(&mut text, query);
        }
        text
    }

    /// What it is called and what it can do.
    fn names(&self, text: &mut String) {
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
        let mut values = self.orders.iter().flat_map(Order::values);
        let is_address =
            values.any(|(name, value, _)| name == "server" && value.parse::<std::net::IpAddr>().is_ok());
        if is_address {
            line(
                text,
                "# The paper prints an address. Add \"domain\" in front where the tracker takes a name as well.",
            );
            line(text, "servers = [\"ip\"]");
        }
        line(text, "register = \"{{ imei }}\"");
    }

    /// What a text may hold, how it is wrapped, and what its settings may be.
    fn limits(&self, text: &mut String) {
        line(text, "\n[limits]\nalphabet = \"[ -~]\"");
        line(text, &format!("separators = {}\nparts = 1", quoted(&self.separators())));
        line(text, "\n[form.sms]\nwrap = \"{{ body }}\"\nsource = \"paper\"");
        if let Some(password) = &self.password {
            line(text, &format!("\n[setting.password]\ndefault = {}\nsource = \"paper\"", quoted(password)));
        }
        let mut values = self.orders.iter().flat_map(Order::values);
        let Some((_, value, unit)) = values.find(|(name, ..)| *name == "interval") else { return };
        let Some(seconds) = value.parse::<u32>().ok().and_then(|value| value.checked_mul(unit)) else {
            return;
        };
        let whole = match unit {
            1 => "",
            60 => " The tracker takes whole minutes.",
            _ => " The tracker takes whole hours.",
        };
        line(text, &format!("\n# The example of the paper.{whole}"));
        line(text, &format!("[setting.interval]\nunit = \"s\"\ndefault = \"{seconds}\""));
    }

    fn routines(&self, text: &mut String) {
        let provision = list(self.orders.iter().map(|order| order.id));
        line(text, &format!("\n[routine]\nprovision = {provision}"));
        let routine = |text: &mut String, name: &str, takes: fn(&Query) -> bool| {
            let steps: Vec<&str> =
                self.queries.iter().filter(|query| takes(query)).map(|query| query.order.id).collect();
            if !steps.is_empty() {
                line(text, &format!("{name} = {}", list(steps.into_iter())));
            }
        };
        routine(text, "verify", |query| query.shown.is_some());
        routine(text, "identify", Query::tells);
        if self.queries.iter().any(|query| query.shown.is_none()) {
            line(
                text,
                "# Its answer is shown and not understood. With a [[step.reply]] it may stand in `verify` and `identify`.",
            );
        }
        routine(text, "check", |query| query.shown.is_none());
    }

    fn source(&self, text: &mut String) {
        line(text, &format!("\n[[source]]\nid = \"paper\"\nevidence = {}", quoted(&self.evidence)));
        line(text, &format!("title = {}", quoted(&self.title)));
        if let Some(url) = &self.url {
            line(text, &format!("url = {}", quoted(url)));
        }
    }

    /// A step that sets something, with the tracker's word for it where the paper prints one.
    fn set(&self, text: &mut String, order: &Order) {
        begin(text, order, "set");
        let answer = order.answer();
        if let Some((pieces, printed)) = answer.as_ref().zip(order.answer.as_ref()) {
            let class: String = self.separators().chars().map(|c| escaped(&c.to_string())).collect();
            let piece = |piece: &Piece| match piece {
                Piece::Text(text) => escaped(text),
                Piece::Value { .. } => format!("[^{class}\\s]*"),
            };
            let pattern = format!("(?i)^{}$", pieces.iter().map(piece).collect::<String>());
            line(text, &format!("[[step.reply]]\nmeans = \"ok\"\nmatch = {}", quoted(&pattern)));
            line(text, &format!("examples = [{}]\nsource = \"paper\"", quoted(printed)));
        }
        self.end(text, order, answer.as_deref());
    }

    /// A step that asks, with what its answer shows.
    fn query(&self, text: &mut String, query: &Query) {
        begin(text, &query.order, "query");
        if let Some(shown) = &query.shown {
            let pattern = quoted(&shown.pattern(&query.order.printed));
            line(text, &format!("[[step.reply]]\nmeans = \"value\"\nmatch = {pattern}"));
            line(text, &format!("examples = [{}]", quoted(&shown.printed)));
            let tells: Vec<String> =
                shown.values().map(|(name, value)| format!("{name} = {}", quoted(value))).collect();
            line(text, &format!("tells = {{ {} }}\nsource = \"paper\"", tells.join(", ")));
        }
        self.end(text, &query.order, query.shown.as_ref().map(super::Shown::pieces));
    }

    /// The example of a step, and how a tracker of the lab hears and answers it.
    fn end(&self, text: &mut String, order: &Order, answer: Option<&[Piece]>) {
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
            line(text, &format!("says = {}", quoted(&template(pieces))));
        }
    }
}

/// What every step begins with.
fn begin(text: &mut String, order: &Order, kind: &str) {
    let title = quoted(order.what);
    line(text, &format!("\n[[step]]\nid = \"{}\"\ntitle = {title}\nkind = \"{kind}\"", order.id));
    if kind == "set" {
        line(text, &format!("sets = {}", list(order.sets())));
    }
    line(text, "idempotent = true");
    if order.sets().any(|name| matches!(name, "apn_user" | "apn_password")) {
        line(
            text,
            "# Without user and password their places stay empty: whether the tracker takes that, was not asked.",
        );
    }
    line(text, &format!("send = {}", quoted(&template(&order.pieces))));
    line(text, "source = \"paper\"");
}

/// Text and settings as a template.
pub(super) fn template(pieces: &[Piece]) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Value { name, unit: 1, .. } if name.starts_with("apn_") => format!("{{{{ {name} or '' }}}}"),
        Piece::Value { name, unit: 1, .. } => format!("{{{{ {name} }}}}"),
        Piece::Value { name, unit, .. } => format!("{{{{ {name}|div({unit}) }}}}"),
    };
    pieces.iter().map(piece).collect()
}

/// A text as a pattern that matches it, without the backslashes that only a commented pattern needs.
pub(super) fn escaped(text: &str) -> String {
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
