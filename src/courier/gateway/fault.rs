//! Why a gateway cannot be used as it is given, each with its own sentence and its own way out. No value stands in them.

use std::net::SocketAddr;

use thiserror::Error;

/// Why a gateway cannot be used as it is given.
#[derive(Debug, Error)]
pub enum SetupError {
    /// Neither the definition nor the configuration says where it is.
    #[error("gateway {0} has no `url`")]
    NoUrl(String),
    /// The URL is none.
    #[error("the `url` of gateway {gateway} is no URL of http or https: {why}")]
    BadUrl {
        /// The gateway.
        gateway: String,
        /// What is wrong with it; not the URL, which may hold a password.
        why: String,
    },
    /// Everybody between this machine and the gateway could read the credentials.
    #[error(
        "gateway {gateway} would be spoken to over plain HTTP at {host}, where others can read its password"
    )]
    Plain {
        /// The gateway.
        gateway: String,
        /// Where it is.
        host: String,
        /// It can be allowed: the address may be one of a private network.
        private: bool,
    },
    /// A variable of the definition has no value.
    #[error("gateway {gateway} has no `{name}`: {help}")]
    Missing {
        /// The gateway.
        gateway: String,
        /// The variable.
        name: String,
        /// What it is.
        help: String,
    },
    /// A variable has a value and the definition has no such variable.
    #[error("gateway {gateway} ({definition}) has no setting `{name}`")]
    Unknown {
        /// The gateway.
        gateway: String,
        /// Its definition.
        definition: String,
        /// What was given.
        name: String,
        /// What the definition has.
        known: Vec<String>,
    },
    /// A value that no header or path can hold.
    #[error("the `{name}` of gateway {gateway} holds a control character")]
    Control {
        /// The gateway.
        gateway: String,
        /// The variable.
        name: String,
    },
    /// A rate or another number is none.
    #[error("gateway {gateway}: {why}")]
    Bad {
        /// The gateway.
        gateway: String,
        /// What is wrong.
        why: String,
    },
    /// A file of certificates cannot be used.
    #[error("{path} holds no certificates that can be used: {why}")]
    Certificates {
        /// The file.
        path: String,
        /// What is wrong.
        why: String,
    },
    /// The definition does not say what its webhook is called with.
    #[error("gateway {gateway} ({definition}) calls no webhook that its definition knows")]
    NoWebhook {
        /// The gateway.
        gateway: String,
        /// Its definition.
        definition: String,
    },
    /// Anybody could send answers.
    #[error("a webhook at {address} would take messages from everybody")]
    OpenWebhook {
        /// Where it would listen.
        address: SocketAddr,
    },
    /// No thread, no client, or no socket for the webhook.
    #[error("gateway {gateway} cannot be opened: {why}")]
    Machine {
        /// The gateway.
        gateway: String,
        /// Why not.
        why: String,
    },
}

impl SetupError {
    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::NoUrl(name) => Some(format!("give it as url = \"https://...\" in [gateway.{name}]")),
            Self::BadUrl { .. } => {
                Some("as https://sms.example.net:8443/api, without user, password, `?` and `#`".to_owned())
            }
            Self::Plain { private: true, gateway, .. } => Some(format!(
                "use https, or say insecure_http = true in [gateway.{gateway}] if nobody else is in that network"
            )),
            Self::Plain { .. } => {
                Some("use https; plain HTTP is for this machine and private networks".to_owned())
            }
            Self::Missing { gateway, name, .. } => {
                Some(format!("give it in [gateway.{gateway}], as {name} = \"file:PATH\" or \"env:NAME\""))
            }
            Self::Unknown { name, known, .. } => {
                match crate::units::nearest(name, known.iter().map(String::as_str)) {
                    Some(near) => Some(format!("did you mean {near}?")),
                    None => Some(format!("it has {}", known.join(", "))),
                }
            }
            Self::OpenWebhook { .. } => {
                Some("give webhook_secret in [gateway.NAME], or listen at 127.0.0.1".to_owned())
            }
            Self::Certificates { .. } => {
                Some("it must be PEM, one or more `-----BEGIN CERTIFICATE-----`".to_owned())
            }
            Self::Control { .. } | Self::Bad { .. } | Self::NoWebhook { .. } | Self::Machine { .. } => None,
        }
    }
}
