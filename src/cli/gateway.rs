//! `homing gateway`: the SMS gateways that are known, what each needs and can prove, and whether one that is configured
//! takes its credentials. Sends no message.

use std::sync::mpsc::channel;
use std::time::Duration;

use clap::{Args, Subcommand, ValueEnum};

use crate::courier::gateway::{self, Definition, Facts, built_in};
use crate::engine::News;
use crate::report;
use crate::ui::table::table;
use crate::ui::{Exit, Failure, Term, escape};
use crate::units::nearest;

use super::context::Global;

/// SMS gateways: what is known of each, and whether one takes its credentials.
#[derive(Debug, Args)]
pub(super) struct GatewayArgs {
    #[command(subcommand)]
    command: GatewayCommand,
}

#[derive(Debug, Subcommand)]
enum GatewayCommand {
    /// The definitions that came with the program
    List {
        /// Output
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// What a gateway needs, is asked, and cannot prove
    Show {
        /// A definition, or a gateway of the configuration
        name: String,
    },
    /// Whether a gateway of the configuration is there and takes its credentials; sends no message
    Test {
        /// Its name in the configuration
        name: String,
    },
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table
    #[default]
    Table,
    /// One JSON document
    Json,
}

/// The longest time that one may take to say whether it works: its own time-outs end it before.
const PATIENCE: Duration = Duration::from_secs(300);

impl GatewayArgs {
    pub(super) fn run(self, global: &Global, term: &mut Term) -> anyhow::Result<Exit> {
        match self.command {
            GatewayCommand::List { format: Format::Table } => list(term),
            GatewayCommand::List { format: Format::Json } => {
                report::pretty(&mut *term, &report::gateways(known()))?;
                Ok(Exit::Done)
            }
            GatewayCommand::Show { name } => show(&name, global, term),
            GatewayCommand::Test { name } => test(&name, global, term),
        }
    }
}

fn known() -> impl Iterator<Item = (&'static str, Definition)> {
    // The tests hold that every built-in definition can be read.
    built_in().filter_map(|entry| Some((entry.id, entry.definition().ok()?)))
}

fn list(term: &mut Term) -> anyhow::Result<Exit> {
    let row = |(id, definition): (&str, Definition)| {
        let facts = definition.facts();
        [
            id.to_owned(),
            definition.name.clone(),
            facts.recipients.to_owned(),
            facts.answers.unwrap_or("-").to_owned(),
            if facts.can_be_tested { "yes" } else { "-" }.to_owned(),
        ]
    };
    let rows: Vec<_> = known().map(row).collect();
    let heading = ["definition", "gateway", "addresses by", "answers come", "test"];
    term.line(table(&heading, rows, term.width()));
    term.note("`homing gateway show NAME` says what each needs; any other is a TOML file of your own");
    Ok(Exit::Done)
}

fn show(name: &str, global: &Global, term: &mut Term) -> anyhow::Result<Exit> {
    let found = known().find(|(id, _)| *id == name).map(|(_, definition)| definition);
    let definition = match found {
        Some(definition) => definition,
        None => {
            let context = global.context()?;
            context.config.gateway_definition(name).unwrap_or_else(|| Err(unknown(name)))?
        }
    };
    let facts = definition.facts();
    term.sentence(&format!("{} ({})", escape(&definition.name), escape(&definition.id)));
    term.line("");
    let mut pair = |name: &str, text: String| term.sentence(&format!("{name:<12}{}", escape(&text)));
    pair("url", facts.url.clone().unwrap_or_else(|| "to be given in the configuration".to_owned()));
    pair("addresses", format!("trackers by {}", facts.recipients));
    pair("answers", facts.answers.unwrap_or("none come back").to_owned());
    if let Some(most) = facts.max_chars {
        pair("at most", format!("{most} characters"));
    }
    for (name, line) in &facts.requests {
        pair(name, line.clone());
    }
    for source in &definition.sources {
        pair("source", format!("{}, {}", source.title, source.url));
    }
    term.line("");
    for text in unproven(&facts) {
        term.sentence(&text);
    }
    term.line("");
    for line in block(&definition, &facts) {
        term.line(escape(&line));
    }
    Ok(Exit::Done)
}

/// What cannot be proven by it.
fn unproven(facts: &Facts) -> Vec<String> {
    let mut lines = Vec::new();
    if facts.answers.is_none() {
        lines.push(
            "No answer of a tracker comes back: what is sent by it ends as `sent` at the most. A report at the server \
             (`batch run --expect-report`, `batch confirm`) proves more."
                .to_owned(),
        );
    }
    if !facts.idempotent {
        lines.push(
            "It does not promise to take a message once that is handed over twice: one of unknown outcome is not sent \
             again by itself."
                .to_owned(),
        );
    }
    if !facts.can_be_tested {
        lines.push("Nothing can be asked that sends nothing: whether it takes the credentials is seen with the first message.".to_owned());
    }
    lines
}

/// What stands in the configuration.
fn block(definition: &Definition, facts: &Facts) -> Vec<String> {
    let mut lines = vec!["[gateway.NAME]".to_owned(), format!("definition = \"{}\"", definition.id)];
    if facts.url.is_none() {
        lines.push("url = \"https://...\"".to_owned());
    }
    for given in &facts.variables {
        let mark = if given.optional { "# " } else { "" };
        let value = if given.secret { "env:NAME" } else { "..." };
        lines.push(format!("{mark}{} = \"{value}\"    # {}", given.name, given.help));
    }
    lines
}

fn unknown(name: &str) -> Failure {
    let ids: Vec<&str> = built_in().map(|entry| entry.id).collect();
    let hint = match nearest(name, ids.iter().copied()) {
        Some(near) => format!("did you mean {near}?"),
        None => format!("there is {}", ids.join(", ")),
    };
    Failure::usage(format!("\"{name}\" is neither a definition nor a gateway of the configuration"))
        .hint(hint)
}

fn test(name: &str, global: &Global, term: &mut Term) -> anyhow::Result<Exit> {
    let setup = global.context()?.config.gateway(name)?;
    if !setup.facts().can_be_tested {
        term.sentence(&format!(
            "{name}: not tested: its definition has no request that proves the credentials and sends nothing"
        ));
        return Ok(Exit::Unproven);
    }
    let hears = setup.hears();
    let (tell, news) = channel();
    let spinner = term.spinner("asking the gateway");
    let post = gateway::open(
        setup,
        Box::new(move |one| {
            // Only the first word matters; nobody may be left who hears another.
            let _ = tell.send(one);
        }),
    )
    .map_err(|error| Failure::machine(&error).maybe(error.hint()))?;
    let said = news.recv_timeout(PATIENCE);
    spinner.finish_and_clear();
    let exit = match said {
        Ok(News::Up(capacity)) => {
            term.sentence(&format!("{name}: works: {} takes the credentials", escape(&capacity.name)));
            for warning in &capacity.warnings {
                term.warn(&escape(warning));
            }
            if !hears {
                term.warn("no answer of a tracker can come back by it as it is set up");
            }
            Exit::Done
        }
        Ok(News::Down { cause, .. }) => {
            term.sentence(&format!("{name}: does not work: {}", escape(&cause.sentence)));
            term.hint(cause.hint.as_deref());
            Exit::Failed
        }
        Ok(_) | Err(_) => {
            term.sentence(&format!("{name}: not tested: it said nothing"));
            Exit::Unproven
        }
    };
    drop(post);
    Ok(exit)
}
