//! `homing.gateways/1`: the SMS gateways that came with the program, and what each needs and can tell.

use serde::Serialize;

use crate::courier::gateway::Definition;

#[derive(Debug, Serialize)]
struct GatewaysView {
    schema: &'static str,
    gateways: Vec<GatewayView>,
}

#[derive(Debug, Serialize)]
struct GatewayView {
    id: &'static str,
    name: String,
    recipients: &'static str,
    answers: Option<&'static str>,
    tells_delivery: bool,
    max_chars: Option<usize>,
    can_be_tested: bool,
    variables: Vec<VariableView>,
}

#[derive(Debug, Serialize)]
struct VariableView {
    name: String,
    help: String,
    secret: bool,
    optional: bool,
}

/// Gateways as JSON, by their ids.
#[must_use]
pub fn gateways(known: impl Iterator<Item = (&'static str, Definition)>) -> impl Serialize {
    let view = |(id, definition): (&'static str, Definition)| {
        let facts = definition.facts();
        GatewayView {
            id,
            name: definition.name.clone(),
            recipients: facts.recipients,
            answers: facts.answers,
            tells_delivery: facts.tells_delivery,
            max_chars: facts.max_chars,
            can_be_tested: facts.can_be_tested,
            variables: facts
                .variables
                .into_iter()
                .map(|one| VariableView {
                    name: one.name,
                    help: one.help,
                    secret: one.secret,
                    optional: one.optional,
                })
                .collect(),
        }
    };
    GatewaysView { schema: "homing.gateways/1", gateways: known.map(view).collect() }
}
