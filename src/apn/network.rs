//! The number of a network: three digits of the country, and two or three of the network in it (ITU-T E.212).
//! The second part is text: 01 and 001 are two networks, and nothing here makes numbers of them.

use std::fmt;
use std::str::FromStr;

use crate::tracker::{Imsi, shown};

/// MCC and MNC, 5 or 6 digits.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Network {
    mcc: String,
    mnc: String,
}

impl Network {
    /// The three digits of the country.
    #[must_use]
    pub fn mcc(&self) -> &str {
        &self.mcc
    }

    /// The two or three digits of the network, with their zeros.
    #[must_use]
    pub fn mnc(&self) -> &str {
        &self.mnc
    }

    /// Of its two parts, when they have the digits.
    #[must_use]
    pub fn of(mcc: &str, mnc: &str) -> Option<Self> {
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let fits = mcc.len() == 3 && matches!(mnc.len(), 2 | 3) && digits(mcc) && digits(mnc);
        fits.then(|| Self { mcc: mcc.to_owned(), mnc: mnc.to_owned() })
    }

    /// Whether no country's operator has it: 901 is shared by networks of all countries, 001 and 999 are for tests and
    /// private networks (ITU-T E.212).
    #[must_use]
    pub fn is_international(&self) -> bool {
        matches!(self.mcc.as_str(), "901" | "001" | "999")
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.mcc, self.mnc)
    }
}

/// Why a text is no MCC and MNC.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{}` is no MCC and MNC: it has three digits and then two or three, with all their zeros, as 732101 or 214-07",
    shown(.0)
)]
pub struct NetworkError(String);

impl FromStr for Network {
    type Err = NetworkError;

    /// Reads `732101`, and the same with one of `-`, `/` or a blank between the parts.
    fn from_str(text: &str) -> Result<Self, NetworkError> {
        let trimmed = text.trim();
        let parts = trimmed.split_once(['-', '/', ' ']).or_else(|| trimmed.split_at_checked(3));
        parts.and_then(|(mcc, mnc)| Self::of(mcc, mnc)).ok_or_else(|| NetworkError(text.to_owned()))
    }
}

/// What is known of a SIM card.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Sim {
    /// Its subscriber's number, which begins with MCC and MNC and does not say how long the MNC is.
    Imsi(Imsi),
    /// Its home network.
    Network(Network),
}

impl Sim {
    /// The networks it can be of: with three digits of MNC first, then with two.
    #[must_use]
    pub fn networks(&self) -> Vec<Network> {
        match self {
            Self::Network(network) => vec![network.clone()],
            Self::Imsi(imsi) => {
                let mcc = imsi.as_str().get(..3).unwrap_or_default();
                let mnc = |end| imsi.as_str().get(3..end).and_then(|mnc| Network::of(mcc, mnc));
                [mnc(6), mnc(5)].into_iter().flatten().collect()
            }
        }
    }
}
