//! How modems of different makers want to be treated, as data: each row with its source.
//! All rows that fit a modem apply, the later ones over the earlier ones; what no row says is as in the first.

use std::time::Duration;

/// One modem's or maker's peculiarity.
pub(crate) struct Quirk {
    /// What the answer to `+CGMI` contains, in small letters; empty fits all.
    maker: &'static str,
    /// What the answer to `+CGMM` contains, in small letters; empty fits all.
    model: &'static str,
    /// The time between two commands, in milliseconds.
    gap_ms: Option<u64>,
    /// How long the prompt may take, in seconds.
    prompt_s: Option<u64>,
    /// How long the network may take to accept a message, in seconds.
    accept_s: Option<u64>,
    /// The time between two looks for messages, in seconds.
    poll_s: Option<u64>,
    /// How long a tracker's answer may take, in seconds; only in rehearsals.
    answer_s: Option<u64>,
    /// Settings that are tried while opening, until one is taken; refusing them costs nothing.
    settings: &'static [&'static str],
    /// Asks how many tries the PIN has left, where `+CPINR` is not known.
    tries: Option<&'static str>,
    /// Reads messages one by one, as listing them is not to be relied on.
    no_list: bool,
    /// What a person should know.
    note: Option<&'static str>,
    /// Where this is known from.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "a source is for readers, and for the test that wants one")
    )]
    source: &'static str,
}

const NONE: Quirk = Quirk {
    maker: "",
    model: "",
    gap_ms: None,
    prompt_s: None,
    accept_s: None,
    poll_s: None,
    answer_s: None,
    settings: &[],
    tries: None,
    no_list: false,
    note: None,
    source: "",
};

/// The rows, from the general to the particular.
pub(crate) const QUIRKS: &[Quirk] = &[
    Quirk {
        gap_ms: Some(20),
        prompt_s: Some(10),
        accept_s: Some(150),
        poll_s: Some(15),
        source: "20 to 100 ms between commands; TS 27.005 sets no limit for +CMGS, other programs wait 30 to 120 s",
        ..NONE
    },
    Quirk {
        maker: "quectel",
        settings: &["AT+QURCCFG=\"urcport\",\"all\"", "AT+QURCCFG=\"urcport\",\"usbat\""],
        tries: Some("AT+QPINC=\"SC\""),
        source: "zabsalahid/serialport-gsm#12: an EC25 announces messages on another port; +QPINC: Quectel EC2x manual",
        ..NONE
    },
    Quirk {
        maker: "huawei",
        tries: Some("AT^CPIN?"),
        source: "Huawei ME909s AT manual: ^CPIN: <code>,<times>,<puk>,<pin>,…",
        ..NONE
    },
    Quirk {
        maker: "simcom",
        tries: Some("AT+SPIC"),
        source: "SIM800 AT manual: +SPIC: <pin1>,<pin2>,<puk1>,<puk2>",
        ..NONE
    },
    Quirk {
        maker: "simcom",
        model: "sim7000",
        note: Some(
            "a multimedia notice in the store keeps messages from arriving on this model, and a message can be announced without being stored (+CMTI: ,-1)",
        ),
        source: "botletics/SIM7000-LTE-Shield#128; Xinyuan-LilyGO/T-SIM7600X#63",
        ..NONE
    },
    Quirk { maker: "telit", tries: Some("AT#PCT"), source: "Telit LE910 AT manual: #PCT: <n>", ..NONE },
    Quirk {
        maker: "cinterion",
        tries: Some("AT^SPIC"),
        source: "Siemens MC35 AT manual 8.31: ^SPIC: <counter>",
        ..NONE
    },
    Quirk {
        maker: "siemens",
        tries: Some("AT^SPIC"),
        source: "Siemens MC35 AT manual 8.31: ^SPIC: <counter>",
        ..NONE
    },
    Quirk {
        model: "t77w968",
        note: Some(
            "this model has to be switched through its stores ME, MT, SM and ME before it receives messages",
        ),
        source: "4IceG/luci-app-sms-tool-js#42",
        ..NONE
    },
    Quirk {
        model: "trm240",
        note: Some("this model announces status reports only by their place in the store"),
        source: "gammu#695",
        ..NONE
    },
    Quirk {
        maker: "homing",
        model: "lab",
        gap_ms: Some(0),
        prompt_s: Some(5),
        accept_s: Some(10),
        poll_s: Some(2),
        answer_s: Some(5),
        source: "this project's own rehearsal modem, whose trackers answer at once",
        ..NONE
    },
];

/// How a modem is treated.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Manner {
    pub(crate) gap: Duration,
    pub(crate) prompt: Duration,
    pub(crate) accept: Duration,
    pub(crate) poll: Duration,
    pub(crate) answer_within: Option<Duration>,
    pub(crate) settings: Vec<&'static str>,
    pub(crate) tries: Option<&'static str>,
    pub(crate) no_list: bool,
    pub(crate) notes: Vec<&'static str>,
}

impl Manner {
    /// How a modem is treated that calls itself so.
    pub(crate) fn of(maker: Option<&str>, model: Option<&str>) -> Self {
        let [maker, model] = [maker, model].map(|text| text.unwrap_or_default().to_ascii_lowercase());
        let mut manner = Self::default();
        for quirk in QUIRKS.iter().filter(|row| maker.contains(row.maker) && model.contains(row.model)) {
            let Quirk { gap_ms, prompt_s, accept_s, poll_s, answer_s, .. } = quirk;
            manner.gap = gap_ms.map_or(manner.gap, Duration::from_millis);
            for (value, seconds) in
                [(&mut manner.prompt, prompt_s), (&mut manner.accept, accept_s), (&mut manner.poll, poll_s)]
            {
                *value = seconds.map_or(*value, Duration::from_secs);
            }
            manner.answer_within = answer_s.map(Duration::from_secs).or(manner.answer_within);
            manner.settings.extend(quirk.settings);
            manner.tries = quirk.tries.or(manner.tries);
            manner.no_list |= quirk.no_list;
            manner.notes.extend(quirk.note);
        }
        manner
    }
}

/// How many tries the PIN has left, by an answer to `+CPINR` or to a maker's own question.
pub(crate) fn tries_left(info: &[String]) -> Option<u32> {
    use super::fields::{behind, fields, number, text};
    info.iter().find_map(|line| {
        if let Some(said) = behind(line, "+CPINR") {
            let fields = fields(said);
            return (text(fields.first()?).eq_ignore_ascii_case("SIM PIN"))
                .then(|| number(fields.get(1)?))?;
        }
        if let Some(said) = behind(line, "^CPIN") {
            // The code, its tries, then those of PUK, PIN, PUK2, PIN2; only the first is about the code at hand.
            let fields = fields(said);
            return text(fields.first()?).eq_ignore_ascii_case("SIM PIN").then(|| number(fields.get(1)?))?;
        }
        if let Some(said) = behind(line, "+QPINC") {
            return number(fields(said).get(1)?);
        }
        let said = ["+SPIC", "^SPIC", "#PCT", "+CPINC"].iter().find_map(|name| behind(line, name))?;
        number(fields(said).first()?)
    })
}

#[cfg(test)]
pub(crate) fn sources() -> impl Iterator<Item = &'static str> {
    QUIRKS.iter().map(|row| row.source)
}
