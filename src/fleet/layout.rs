//! Which column of a sheet holds what, and what is wrong with its headers.
//! It looks at the line of headers and at the defaults, never at a row.

use super::columns::{Column, meant, normal};
use super::defaults::Defaults;
use super::problem::Problem;
use super::source::Sheet;
use crate::secret::Secret;
use crate::tracker::{Settings, shown};

/// A column `set.NAME`, or a default for such a setting.
#[derive(Debug)]
pub(super) struct SetColumn {
    /// Where it stands; nowhere when there is only a default.
    pub(super) index: Option<usize>,
    /// The setting's name.
    pub(super) setting: String,
    /// The column's name, with `set.`.
    pub(super) column: String,
    /// What fills empty cells.
    pub(super) default: Option<Secret>,
}

/// The columns of one sheet.
#[derive(Debug, Default)]
pub(super) struct Layout {
    known: [Option<usize>; Column::COUNT],
    /// Settings that only profiles know.
    pub(super) set: Vec<SetColumn>,
    /// Columns that nobody knows, with their headers as they are written.
    pub(super) extra: Vec<(usize, String)>,
    /// Columns without a header.
    pub(super) headless: Vec<usize>,
    /// How many columns there are.
    pub(super) width: usize,
}

impl Layout {
    /// Lays the known columns over a sheet. Every header that is wrong becomes a problem.
    pub(super) fn new(sheet: &Sheet, defaults: &Defaults, problems: &mut Vec<Problem>) -> Self {
        let line = sheet.header_line();
        let names: Vec<String> = sheet.headers().iter().map(|header| normal(header)).collect();
        let mut layout = Self { width: names.len(), ..Self::default() };
        let mut seen: Vec<(&str, usize)> = Vec::new();
        for (index, name) in names.iter().enumerate() {
            let header = &sheet.headers()[index];
            match seen.iter().find(|(other, _)| other == name) {
                Some((_, first)) if !name.is_empty() => {
                    problems.push(twice(line, name, header, &sheet.headers()[*first], *first, index));
                }
                _ => layout.place(index, name, header, &names, line, problems),
            }
            seen.push((name, index));
        }
        layout.fill(defaults);
        if layout.known[Column::Profile as usize].is_none()
            && defaults.get(Column::Profile).is_none()
            && !problems.iter().any(|problem| problem.column.as_deref() == Some("profile"))
        {
            problems.push(no_profile(line));
        }
        layout
    }

    /// No column at all, only defaults.
    pub(super) fn of_defaults(defaults: &Defaults) -> Self {
        let mut layout = Self::default();
        layout.fill(defaults);
        layout
    }

    /// Where a known column stands.
    pub(super) fn index(&self, column: Column) -> Option<usize> {
        self.known[column as usize]
    }

    /// Whether any header is one that the tool knows, or was meant to be.
    pub(super) fn names_nothing(headers: &[String]) -> bool {
        let known = |name: String| {
            Column::named(&name).is_some() || name.starts_with("set.") || meant(&name).is_some()
        };
        !headers.iter().map(|header| normal(header)).any(known)
    }

    /// Finds the place of one column.
    fn place(
        &mut self,
        index: usize,
        name: &str,
        header: &str,
        all: &[String],
        line: u64,
        problems: &mut Vec<Problem>,
    ) {
        if name.is_empty() {
            self.headless.push(index);
        } else if let Some(column) = Column::named(name) {
            self.known[column as usize] = Some(index);
        } else if let Some(setting) = name.strip_prefix("set.") {
            match set_column(setting) {
                Ok(()) => {
                    let (setting, column) = (setting.to_owned(), name.to_owned());
                    self.set.push(SetColumn { index: Some(index), setting, column, default: None });
                }
                Err((message, fix)) => {
                    problems.push(header_problem(line, "header-setting", header, message).fix(fix))
                }
            }
        } else if name == "port" {
            let message =
                "the header `port` is no column: the port stands behind the server, as in d.plaspy.com:8888";
            problems.push(header_problem(line, "header-near", header, message.to_owned()).fix("server"));
        } else {
            // A column `id` beside a column `device_id` is somebody's own number; alone it is a slip.
            match meant(name).filter(|column| !all.iter().any(|other| other == column.name())) {
                Some(column) => problems.push(near(line, header, column)),
                None => self.extra.push((index, header.trim().to_owned())),
            }
        }
    }

    /// Takes over the defaults of settings that only profiles know.
    fn fill(&mut self, defaults: &Defaults) {
        for (setting, value) in defaults.settings() {
            match self.set.iter_mut().find(|column| column.setting == setting) {
                Some(column) => column.default = Some(value.clone()),
                None => self.set.push(SetColumn {
                    index: None,
                    setting: setting.to_owned(),
                    column: format!("set.{setting}"),
                    default: Some(value.clone()),
                }),
            }
        }
    }
}

/// Whether a setting can stand in a column `set.NAME`; else why not, and what would be right.
fn set_column(setting: &str) -> Result<(), (String, String)> {
    if setting == "port" {
        return Err((
            "the header `set.port` is no column: the port stands behind the server".to_owned(),
            "server".to_owned(),
        ));
    }
    if let Some(column) = Column::named(setting) {
        let name = column.name();
        return Err((
            format!("the header `set.{name}` has a column of its own: write `{name}`"),
            name.to_owned(),
        ));
    }
    let fix = || "set. and the setting's name in the profile".to_owned();
    Settings::default().set(setting, "").map_err(|error| (error.to_string(), fix()))
}

/// A problem of a header.
fn header_problem(line: u64, rule: &'static str, header: &str, message: String) -> Problem {
    // A header is no secret, even that of a column of passwords.
    let value = Some(shown(header.trim()));
    Problem { value, column: Some(normal(header)), ..Problem::error(line, rule, message) }
}

/// Two headers that are the same.
fn twice(line: u64, name: &str, header: &str, other: &str, first: usize, second: usize) -> Problem {
    let (header, other) = (shown(header.trim()), shown(other.trim()));
    let both = if header == other { format!("`{header}`") } else { format!("`{other}` and `{header}`") };
    let message =
        format!("columns {} and {} have the same header, {both}: keep one of them", first + 1, second + 1);
    let problem = header_problem(line, "header-twice", &header, message);
    Problem { column: Some(name.to_owned()), ..problem }.fix(format!("one column `{name}`"))
}

/// A header that is nearly a known one.
fn near(line: u64, header: &str, column: Column) -> Problem {
    let name = column.name();
    let message = format!(
        "the header `{}` is no known column, did you mean `{name}`? For a column of your own take a name that is not near to it",
        shown(header.trim())
    );
    let problem = header_problem(line, "header-near", header, message);
    Problem { column: Some(name.to_owned()), ..problem }.fix(name)
}

/// Nobody says which profile.
fn no_profile(line: u64) -> Problem {
    let message = "the sheet has no column `profile` and no profile was given for all rows: add the column, or name the profile on the command line";
    let problem = Problem::error(line, "profile-missing", message).fix("a column `profile`");
    Problem { column: Some("profile".to_owned()), ..problem }
}
