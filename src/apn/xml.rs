//! Reads the database as its makers publish it: `serviceproviders.xml`, format 2.0 (its DTD stands beside it).
//! One pass without recursion; nothing is expanded but the five names and the numbers of XML itself.

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};

use super::database::{Access, Database, Operator, Origin};
use super::network::Network;

/// Elements inside of each other: the format needs seven.
const DEPTH: usize = 16;

/// Characters of one name, user or password.
const LONGEST: usize = 1000;

/// Why a text is not this database.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum XmlError {
    /// Not well-formed.
    #[error("it is no XML at byte {at}: {what}")]
    Syntax {
        /// Where.
        at: u64,
        /// What the reader says.
        what: String,
    },
    /// Another document, or another format of it.
    #[error("it is no <serviceproviders> of format 2.0")]
    Format,
    /// More than the format has.
    #[error("{what} at byte {at}")]
    Limit {
        /// Where.
        at: u64,
        /// What there is too much of.
        what: &'static str,
    },
}

/// What is open while it is read.
#[derive(Default)]
struct Open {
    /// The names of the elements around the place, outermost first.
    path: Vec<String>,
    code: String,
    country: String,
    operator: Operator,
    has_gsm: bool,
    access: Access,
    usage: Vec<String>,
    /// The text of the element; none where it is in another language or nobody reads it.
    text: Option<String>,
    operators: Vec<Operator>,
}

/// Reads a whole document.
///
/// # Errors
/// When it is no well-formed document of this format.
pub(super) fn read(text: &str, origin: Origin) -> Result<Database, XmlError> {
    let mut reader = Reader::from_str(text);
    let mut open = Open::default();
    let mut seen = false;
    loop {
        let event = reader.read_event();
        let at = reader.buffer_position();
        let syntax = |error: &dyn std::fmt::Display| XmlError::Syntax { at, what: error.to_string() };
        match event.map_err(|error| syntax(&error))? {
            Event::Start(start) => {
                if open.path.len() >= DEPTH {
                    return Err(XmlError::Limit { at, what: "too many elements inside of each other" });
                }
                seen |= root(&open, &start)?;
                open.begin(&start).map_err(|error| syntax(&error))?;
                open.path.push(start.name().as_ref().to_owned());
            }
            Event::Empty(start) => {
                open.begin(&start).map_err(|error| syntax(&error))?;
                open.path.push(start.name().as_ref().to_owned());
                open.end();
            }
            Event::End(_) => open.end(),
            Event::Text(words) => open.add(&words.xml10_content(), at)?,
            Event::CData(words) => open.add(&words.xml10_content(), at)?,
            Event::GeneralRef(name) => {
                let letter = name.resolve_char_ref().map_err(|error| syntax(&error))?.map(String::from);
                let word = letter.or_else(|| resolve_xml_entity(&name).map(str::to_owned));
                let word = word.ok_or_else(|| syntax(&format_args!("no entity is called {}", &*name)))?;
                open.add(&word, at)?;
            }
            Event::Eof if seen && open.path.is_empty() => break,
            Event::Eof if seen => return Err(syntax(&"it ends inside of an element")),
            Event::Eof => return Err(XmlError::Format),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
    Ok(Database { origin, operators: open.operators })
}

/// Whether this is the root; another one is another document.
fn root(open: &Open, start: &BytesStart<'_>) -> Result<bool, XmlError> {
    if !open.path.is_empty() {
        return Ok(false);
    }
    let format = attribute(start, "format").ok().flatten();
    let is = start.name().as_ref() == "serviceproviders" && format.as_deref() == Some("2.0");
    if is { Ok(true) } else { Err(XmlError::Format) }
}

/// The value of an attribute.
fn attribute(start: &BytesStart<'_>, name: &str) -> Result<Option<String>, String> {
    let found = start.try_get_attribute(name).map_err(|error| error.to_string())?;
    let value =
        found.map(|one| one.normalized_value(XmlVersion::Implicit1_0).map(|value| value.trim().to_owned()));
    value.transpose().map_err(|error| error.to_string())
}

impl Open {
    /// An element begins. The elements around it are in `path`.
    fn begin(&mut self, start: &BytesStart<'_>) -> Result<(), String> {
        let value = |name: &str| attribute(start, name).map(Option::unwrap_or_default);
        let inside = |name: &str| self.path.last().is_some_and(|last| last == name);
        self.text = None;
        match start.name().as_ref() {
            "country" => {
                self.code = value("code")?.to_lowercase();
                self.country.clear();
            }
            "provider" => {
                self.operator = Operator {
                    code: self.code.clone(),
                    country: self.country.clone(),
                    ..Operator::default()
                };
                self.has_gsm = false;
            }
            "gsm" => self.has_gsm = true,
            "network-id" => self.operator.networks.extend(Network::of(&value("mcc")?, &value("mnc")?)),
            "apn" => {
                self.access = Access { apn: value("value")?, ..Access::default() };
                self.usage.clear();
            }
            "plan" if inside("apn") => self.access.plans.push(value("type")?),
            "usage" if inside("apn") => self.usage.push(value("type")?),
            "name" if attribute(start, "xml:lang")?.is_none() => self.text = Some(String::new()),
            "username" | "password" if inside("apn") => self.text = Some(String::new()),
            _ => {}
        }
        Ok(())
    }

    fn add(&mut self, words: &str, at: u64) -> Result<(), XmlError> {
        let Some(text) = &mut self.text else { return Ok(()) };
        text.push_str(words);
        if text.len() > LONGEST {
            return Err(XmlError::Limit { at, what: "a text of more than 1,000 bytes" });
        }
        Ok(())
    }

    /// An element ends.
    fn end(&mut self) {
        let name = self.path.pop().unwrap_or_default();
        let text = self.text.take();
        let text =
            || text.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ")).unwrap_or_default();
        match (name.as_str(), self.path.last().map_or("", String::as_str)) {
            ("name", "country") => first(&mut self.country, text()),
            ("name", "provider") => first(&mut self.operator.name, text()),
            ("name", "apn") => first(&mut self.access.label, text()),
            ("username", "apn") => first(&mut self.access.user, text()),
            ("password", "apn") => first(&mut self.access.password, text()),
            ("apn", "gsm") if self.usage.iter().any(|usage| usage == "internet") => {
                self.operator.access.push(std::mem::take(&mut self.access));
            }
            ("apn", "gsm")
                if self.usage.is_empty() || self.usage.iter().any(|usage| !is_no_internet(usage)) =>
            {
                self.access.usage = std::mem::take(&mut self.usage);
                self.operator.others.push(std::mem::take(&mut self.access));
            }
            ("provider", _) if self.has_gsm => self.operators.push(std::mem::take(&mut self.operator)),
            _ => {}
        }
    }
}

/// A use for which a tracker's reports do not go there.
fn is_no_internet(usage: &str) -> bool {
    matches!(usage, "mms" | "wap")
}

/// The first of several counts.
fn first(place: &mut String, text: String) {
    if place.is_empty() {
        *place = text;
    }
}
