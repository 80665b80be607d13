//! The columns the tool knows, and what people call them instead.
//! It looks at names only; `layout.rs` lays them over a sheet.

use crate::tracker::is_invisible;

/// A column that the tool knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Name,
    Profile,
    Imei,
    DeviceId,
    Phone,
    Iccid,
    SimId,
    Imsi,
    Apn,
    ApnUser,
    ApnPassword,
    Login,
    Password,
    Server,
    By,
    Transport,
    Interval,
    Timezone,
    Notes,
    Lab,
}

impl Column {
    /// All of them, in the order in which a row is checked.
    pub(super) const ALL: [(Self, &'static str); 20] = [
        (Self::Name, "name"),
        (Self::Profile, "profile"),
        (Self::Imei, "imei"),
        (Self::DeviceId, "device_id"),
        (Self::Phone, "phone"),
        (Self::Iccid, "iccid"),
        (Self::SimId, "sim_id"),
        (Self::Imsi, "imsi"),
        (Self::Apn, "apn"),
        (Self::ApnUser, "apn_user"),
        (Self::ApnPassword, "apn_password"),
        (Self::Login, "login"),
        (Self::Password, "password"),
        (Self::Server, "server"),
        (Self::By, "by"),
        (Self::Transport, "transport"),
        (Self::Interval, "interval"),
        (Self::Timezone, "timezone"),
        (Self::Notes, "notes"),
        (Self::Lab, "lab"),
    ];

    /// How many there are.
    pub(super) const COUNT: usize = Self::ALL.len();

    /// Its name in a header.
    pub(super) fn name(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// The column of a normal name.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == name).map(|(column, _)| *column)
    }

    /// The column that a setting of a fault stands in, when it is not in one of its own name.
    pub(super) fn of_setting(setting: &str) -> Option<Self> {
        match setting {
            "port" | "server_kind" => Some(Self::Server),
            other => Self::named(other),
        }
    }
}

/// A header as it is compared: small letters, blanks and dashes as one underscore, nothing invisible.
pub(super) fn normal(header: &str) -> String {
    let visible = header.chars().filter(|c| !is_invisible(*c) || c.is_whitespace());
    let mut out = String::with_capacity(header.len());
    for c in visible.flat_map(char::to_lowercase) {
        let c = if c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2014}') { '_' } else { c };
        if !(c == '_' && (out.is_empty() || out.ends_with('_'))) {
            out.push(c);
        }
    }
    out.trim_matches(['_', '"', '\'', ':']).to_owned()
}

/// What people write for the columns that the tool knows.
const SYNONYMS: [(&str, &[&str]); 17] = [
    ("name", &["label", "title", "alias", "nombre", "tracker", "tracker_name"]),
    ("profile", &["model", "type", "device_type", "device_model", "tracker_model", "perfil", "modelo"]),
    ("imei", &["imei_number", "imei_no", "imei_nr", "imei_1", "imei1"]),
    ("device_id", &["id", "deviceid", "device", "dev_id", "unit_id", "tracker_id", "terminal_id", "did"]),
    (
        "phone",
        &[
            "telephone",
            "number",
            "msisdn",
            "tel",
            "mobile",
            "cell",
            "phone_number",
            "phone_no",
            "mobile_number",
            "sim_number",
            "sim_phone",
            "gsm",
            "gsm_number",
            "telefono",
            "teléfono",
            "numero",
            "número",
            "celular",
            "telefon",
            "handynummer",
            "telefone",
        ],
    ),
    ("iccid", &["ccid", "icc", "icc_id", "sim_serial", "sim_iccid", "iccid_number", "iccid_no"]),
    ("sim_id", &["simid", "sim"]),
    ("imsi", &["imsi_number", "imsi_no"]),
    ("apn", &["access_point", "access_point_name", "apn_name"]),
    ("apn_user", &["apnuser", "apn_username", "apn_user_name", "apn_login", "apnu", "user"]),
    ("apn_password", &["apnpassword", "apn_pass", "apn_pw", "apn_pwd", "apnp"]),
    (
        "password",
        &["pass", "pw", "pwd", "passwd", "sms_password", "contraseña", "clave", "passwort", "senha"],
    ),
    (
        "server",
        &[
            "host",
            "hostname",
            "address",
            "ip",
            "ip_address",
            "domain",
            "endpoint",
            "server_ip",
            "server_address",
            "servidor",
        ],
    ),
    ("transport", &["protocol", "proto", "tcp_udp", "tcp/udp", "network_protocol"]),
    (
        "interval",
        &[
            "period",
            "frequency",
            "report_interval",
            "upload_interval",
            "reporting_interval",
            "seconds",
            "intervalo",
            "timer",
        ],
    ),
    ("timezone", &["tz", "time_zone", "zone", "gmt", "utc", "utc_offset", "zona_horaria", "huso_horario"]),
    ("notes", &["note", "comment", "comments", "remark", "remarks", "notas"]),
];

/// The known column that a header was most likely meant for.
pub(super) fn meant(header: &str) -> Option<Column> {
    let known = SYNONYMS.iter().find(|(_, names)| names.contains(&header)).map(|(known, _)| *known);
    known.or_else(|| slip(header)).and_then(Column::named)
}

/// A known name that a header is a slip away from: one in up to four letters, two in more. The shortest names are
/// left out, since too many other words are near to them.
fn slip(header: &str) -> Option<&'static str> {
    let letters = header.chars().count();
    let most = if letters <= 4 { 1 } else { 2 };
    let names = Column::ALL.iter().map(|(_, name)| *name).filter(|name| name.len() > 3 || *name == "apn");
    let near = crate::units::near(header, names).first().copied()?;
    (letters > 2 && crate::units::distance(header, near) <= most).then_some(near)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_at_their_own_index() {
        for (index, (column, name)) in Column::ALL.iter().enumerate() {
            assert_eq!((*column as usize, column.name(), Column::named(name)), (index, *name, Some(*column)));
        }
    }

    #[test]
    fn headers_are_compared_without_case_blanks_and_dashes() {
        for (header, want) in [
            ("IMEI", "imei"),
            (" Device  ID ", "device_id"),
            ("apn-user", "apn_user"),
            ("\u{feff}name", "name"),
            ("SIM\u{a0}id", "sim_id"),
            ("Phone:", "phone"),
            ("set.Reliable", "set.reliable"),
        ] {
            assert_eq!(normal(header), want, "{header}");
        }
    }

    #[test]
    fn what_people_write_instead_is_known_and_other_words_are_not() {
        for (header, want) in [
            ("imie", "imei"),
            ("phon", "phone"),
            ("telephone", "phone"),
            ("tz", "timezone"),
            ("simid", "sim_id"),
            ("id", "device_id"),
            ("profil", "profile"),
            ("aphn", "apn"),
            ("pasword", "password"),
            ("intervall", "interval"),
        ] {
            assert_eq!(meant(header).map(Column::name), Some(want), "{header}");
        }
        for header in [
            "plate", "make", "date", "lat", "lon", "colour", "owner", "driver", "vehicle", "group", "serial",
            "city", "km", "site", "email", "",
        ] {
            assert_eq!(meant(header), None, "{header}");
        }
    }
}
