//! `homing profile`: the catalogue.

mod ask;
mod new;

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use crate::profile::{Catalogue, Entry, Example, Finding, Profile, Scope, Severity, lint, tracker_with};
use crate::report;
use crate::ui::{self, Exit, Failure, Term, commands::plural, escape};

use super::context::{Global, not_found};
use super::files::{profile_files, read_text, stem};

/// The catalogue of tracker families.
#[derive(Debug, Args)]
pub(super) struct ProfileArgs {
    #[command(subcommand)]
    command: ProfileCommand,
}

#[derive(Debug, Subcommand)]
enum ProfileCommand {
    /// All profiles, with what each rests on
    List(List),
    /// Profiles by a word of their id, name, maker or models
    Find(Find),
    /// One profile: its steps, with evidence and source
    Show(Show),
    /// Check profiles: every problem with file, line and caret
    Check(Check),
    /// A profile for a tracker that has none: asks, and writes the file
    New(new::New),
}

#[derive(Debug, Args)]
struct List {
    /// Output
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Debug, Args)]
struct Find {
    /// A model, maker, id or a part of one
    word: String,
    /// Output
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Debug, Args)]
struct Show {
    /// Profile: its id, a model's name, or the path of a TOML file
    profile: String,
}

#[derive(Debug, Args)]
struct Check {
    /// Files or folders [default: the built-in profiles and those of --profile-dir]
    path: Vec<PathBuf>,
    /// Say notes too: what a profile cannot prove
    #[arg(long)]
    notes: bool,
    /// Output
    #[arg(long, value_enum, default_value_t)]
    format: CheckFormat,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table
    #[default]
    Table,
    /// One JSON document
    Json,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum CheckFormat {
    /// For people
    #[default]
    Text,
    /// One JSON document
    Json,
}

impl ProfileArgs {
    pub(super) fn run(self, global: &Global, term: &mut Term) -> anyhow::Result<Exit> {
        let mut catalogue = global.catalogue()?;
        match self.command {
            ProfileCommand::List(list) => {
                show_list(&catalogue.entries().iter().collect::<Vec<_>>(), list.format, term)
            }
            ProfileCommand::Find(find) if find.word.trim().is_empty() => {
                Err(Failure::usage("an empty word leads to every profile")
                    .hint("`homing profile list` shows all; a model's name as on the box leads to its own")
                    .into())
            }
            ProfileCommand::Find(find) => {
                let found = catalogue.search(&find.word);
                if found.is_empty() {
                    let near = catalogue.find(&find.word).err();
                    return Err(near
                        .map_or_else(|| Failure::usage("nothing found"), |near| not_found(&near))
                        .into());
                }
                show_found(&find.word, &found, find.format, term)
            }
            ProfileCommand::Show(show) => {
                let query = if show.profile.ends_with(".toml") {
                    let path = PathBuf::from(&show.profile);
                    catalogue.add(&stem(&path), &show.profile, read_text(&path)?);
                    stem(&path)
                } else {
                    show.profile
                };
                let profile = catalogue.find(&query).map_err(|error| not_found(&error))?;
                show_one(profile, term);
                Ok(Exit::Done)
            }
            ProfileCommand::Check(check) => check.run(&catalogue, term),
            ProfileCommand::New(new) => new.run(&catalogue, term),
        }
    }
}

fn show_list(entries: &[&Entry], format: Format, term: &mut Term) -> anyhow::Result<Exit> {
    if format == Format::Json {
        report::pretty(&mut *term, &report::profiles(entries))?;
        return Ok(broken(entries, term));
    }
    let rows = entries.iter().filter_map(|entry| {
        let profile = entry.profile().ok()?;
        let answers = if profile.answers() { "known" } else { "none known" };
        let evidence = profile.provision_evidence().map(|evidence| evidence.to_string()).unwrap_or_default();
        let row = [&entry.id, &profile.vendor, &transports(profile), &evidence, answers];
        Some(row.map(str::to_owned))
    });
    let heading = ["profile", "maker", "transport", "evidence", "answers"];
    let text = ui::table::table(&heading, rows, term.width());
    term.line(text);
    Ok(broken(entries, term))
}

/// What a word led to, with the models that made it so and what tells one from the other.
fn show_found(word: &str, entries: &[&Entry], format: Format, term: &mut Term) -> anyhow::Result<Exit> {
    if format == Format::Json {
        return show_list(entries, format, term);
    }
    let rows = entries.iter().filter_map(|entry| {
        let profile = entry.profile().ok()?;
        let evidence = profile.provision_evidence().map(|evidence| evidence.to_string()).unwrap_or_default();
        let models = profile.models_like(word).join(", ");
        Some([entry.id.clone(), profile.vendor.clone(), models, evidence])
    });
    let text = ui::table::table(&["profile", "maker", "models", "evidence"], rows, term.width());
    term.line(text);
    let known = entries.iter().filter_map(|entry| entry.profile().ok());
    let known = known.filter_map(|profile| Some((&profile.id.value, profile.known_by.as_ref()?)));
    // One that stands alone needs no telling apart.
    for (id, known_by) in known.filter(|_| entries.len() > 1) {
        term.sentence(&escape(&format!("{id}: {known_by}")));
    }
    Ok(broken(entries, term))
}

fn transports(profile: &Profile) -> String {
    let transports: Vec<&str> = profile.transports.iter().map(|transport| transport.as_str()).collect();
    transports.join(", ")
}

fn broken(entries: &[&Entry], term: &mut Term) -> Exit {
    let mut exit = Exit::Done;
    for entry in entries.iter().filter(|entry| entry.profile().is_err()) {
        term.error(
            &format!("{} has problems", entry.origin),
            Some(&format!("homing profile check {}", entry.origin)),
        );
        exit = Exit::Usage;
    }
    exit
}

fn show_one(profile: &Profile, term: &mut Term) {
    let title = term.bold(&escape(&profile.id));
    term.line(format!("{title}: {}", escape(&profile.name)));
    let servers: Vec<String> = profile.servers.iter().map(ToString::to_string).collect();
    let mut lines = vec![
        format!("maker: {}", profile.vendor),
        format!("models: {}", profile.models.join(", ")),
        format!("reports over: {}", transports(profile)),
        format!("takes its server by: {}", servers.join(", ")),
    ];
    lines.extend(profile.known_by.as_ref().map(|known_by| format!("known by: {known_by}")));
    lines.iter().for_each(|line| term.sentence(&escape(line)));
    term.line(match profile.trials.len() {
        0 => "trials: none; no one has reported a device answering this".to_owned(),
        count => format!("trials: {count}"),
    });
    for routine in &profile.routines {
        let steps: Vec<&str> = routine.steps.iter().map(|step| step.as_str()).collect();
        term.sentence(&escape(&format!("{}: {}", routine.name.value, steps.join(", "))));
    }
    let rows = profile.steps.iter().map(|step| {
        let example = step.examples.first().map(|example| as_sent(profile, example)).unwrap_or_default();
        let mut title = step.title.clone().unwrap_or_default();
        if step.destructive {
            title.push_str(" (DESTRUCTIVE)");
        }
        [
            step.id.value.clone(),
            title,
            example,
            profile.evidence(&step.source).to_string(),
            step.source.value.clone(),
        ]
    });
    let text = ui::table::table(&["step", "what", "example", "evidence", "source"], rows, term.width());
    term.line(text);
    for source in &profile.sources {
        let place = [source.title.as_deref(), source.url.as_deref()]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(", ");
        term.sentence(&escape(&format!("{} ({}): {place}", source.id.value, source.evidence)));
    }
    for note in &profile.notes {
        term.sentence(&escape(&format!("note: {}", note.text)));
    }
}

/// An example as it goes out: in the profile's first form, with the default of its password.
fn as_sent(profile: &Profile, example: &Example) -> String {
    let with = example.with.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let wrapped = tracker_with(with).ok().zip(profile.forms.first()).and_then(|(tracker, form)| {
        let scope = Scope::whole(profile, &tracker);
        profile.render_form(form.name, &scope, example.sends.value.clone(), None).ok()
    });
    wrapped.map_or_else(|| example.sends.value.clone(), |text| text.trim_end_matches(['\r', '\n']).to_owned())
}

impl Check {
    fn run(self, catalogue: &Catalogue, term: &mut Term) -> anyhow::Result<Exit> {
        let files = self.files(catalogue)?;
        let count = |severity| {
            files.iter().flat_map(|(_, _, findings)| findings).filter(|f| f.severity == severity).count()
        };
        let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
        if self.format == CheckFormat::Json {
            let mut files = files;
            let shown = |finding: &Finding| self.notes || finding.severity > Severity::Note;
            files.iter_mut().for_each(|(_, _, findings)| findings.retain(shown));
            report::pretty(&mut *term, &report::findings(&files))?;
        } else {
            for (file, text, findings) in &files {
                let shown = findings.iter().filter(|finding| self.notes || finding.severity > Severity::Note);
                for finding in shown {
                    term.line(ui::findings::finding(file, text, finding));
                    term.line("");
                }
            }
            let notes = count(Severity::Note);
            let more = if self.notes || notes == 0 {
                String::new()
            } else {
                format!(", {notes} note{} (--notes)", plural(notes))
            };
            let total = files.len();
            term.line(format!(
                "{total} profile{}: {errors} error{}, {warnings} warning{}{more}",
                plural(total),
                plural(errors),
                plural(warnings)
            ));
        }
        Ok(if errors > 0 { Exit::Failed } else { Exit::Done })
    }

    fn files(&self, catalogue: &Catalogue) -> Result<Vec<(String, String, Vec<Finding>)>, Failure> {
        if self.path.is_empty() {
            let entry = |entry: &Entry| {
                let name = if entry.origin == "built in" {
                    format!("{}.toml", entry.id)
                } else {
                    entry.origin.clone()
                };
                (name, entry.text.to_string(), lint(&entry.text, Some(&entry.id)))
            };
            return Ok(catalogue.entries().iter().map(entry).collect());
        }
        let mut files = Vec::new();
        for path in &self.path {
            for file in profile_files(path)? {
                let text = read_text(&file)?;
                // A template is named after no tracker.
                let name = stem(&file);
                let id = (!name.starts_with('_')).then_some(name.as_str());
                let findings = lint(&text, id);
                files.push((file.display().to_string(), text, findings));
            }
        }
        if files.is_empty() {
            let names: Vec<String> = self.path.iter().map(|path| path.display().to_string()).collect();
            return Err(Failure::usage(format!("there is no profile in {}", names.join(", "))));
        }
        Ok(files)
    }
}
